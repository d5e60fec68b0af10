"""Runs as processes: started detached, watched through their folders alone, resumed, cloned, deleted.

A run lives in `<data>/runs/<name>/` (the files are those of `training.runs`). `job.json` beside them says which process
works there. One run trains at a time: each child waits for the lock of the runs folder and shows `queued` meanwhile, so
that no page has to live for the next run to start. Light: no torch here.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from model.errors import RecipeError, ShortlistError
from model.settings import data_dir
from training import jobs_process
from training import recipe as recipes
from training.jobs_process import APP, JOB, Job, cannot_write, in_words, is_alive, read_job, spawn, tail, write_job
from training.promotion_gate import GATE
from training.recipe import Recipe
from training.runs import ENDED, RunFolder, Status, write_atomically

QUEUE = ".queue.lock"
DELETED = ".deleted-"  # begins the name of a folder that is on its way out
LOG_LINES = 12
LIVE = ("starting", "queued", "running", "stopping")


def runs_dir() -> Path:
    """Folder of all runs."""
    return data_dir().absolute() / "runs"


@dataclass(frozen=True)
class View:
    """What a look at a run folder shows. `state` is one of LIVE, those of `training.runs.ENDED`, or `damaged`."""

    path: Path
    name: str
    state: str
    reason: str = ""
    stage: str = ""
    step: int = 0
    total_steps: int = 0
    eta_s: float | None = None
    created: float = 0.0
    by: str = ""
    command: str = ""
    last: dict = field(default_factory=dict)
    log: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        return self.state in LIVE


# --- starting --------------------------------------------------------------------------------------------------------


def create(recipe: Recipe, by: str = "", root: Path | None = None) -> Path:
    """Make a run folder of its own with recipe.yaml; starts nothing. Raises RecipeError."""
    root = root or runs_dir()
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in recipe.name)[:40]
    folder = root / f"{time.strftime('%Y%m%d-%H%M%S')}-{name}-{secrets.token_hex(2)}"
    try:
        folder.mkdir(parents=True)
        write_atomically(folder / "recipe.yaml", recipes.to_yaml(recipe))
        write_job(folder, Job(created=time.time(), by=by))
    except OSError as error:
        raise RecipeError(cannot_write(folder, error)) from error
    return folder


def command(folder: Path, stage: str) -> list[str]:
    """The command line of a run's child."""
    return [sys.executable, str(APP), "train", stage, "--recipe", str(folder / "recipe.yaml"), "--run-dir", str(folder),
            "--queue", str(folder.parent / QUEUE)]


def launch(folder: Path, by: str = "") -> Job:
    """Start, or resume, the run of a folder. Raises RecipeError: running already, complete, or half deleted."""
    recipe = read_recipe(folder)
    with alone_in(folder):
        seen = status(folder)
        if seen.live:
            raise RecipeError(f"{folder.name} runs already: there is nothing to start")
        if seen.state == "complete":
            raise RecipeError(f"{folder.name} is complete: clone it to train once more")
        run = RunFolder(folder)
        run.create()
        run.write_status(replace(run.status(), state="queued", stage=recipe.stage, reason="", eta_s=None, pid=0))
        return spawn(folder, command(folder, recipe.stage), run.log, by or read_job(folder).by)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One start in a folder at a time, whoever presses. Raises RecipeError for who waits in vain, and for a full disk.
    """
    try:
        with FileLock(folder / ".launch.lock", timeout=10):
            yield
    except Timeout as error:
        raise RecipeError(f"somebody else starts {folder.name} just now: look again in a moment") from error
    except OSError as error:
        raise RecipeError(cannot_write(folder, error)) from error


def read_recipe(folder: Path) -> Recipe:
    """A run's recipe. Raises RecipeError where the folder was half deleted or the recipe is not readable."""
    if not (folder / "recipe.yaml").is_file():
        raise RecipeError(f"{folder} holds no recipe.yaml: it was half deleted. Delete it and start a new run")
    return recipes.load(folder / "recipe.yaml")


def clone(folder: Path, changes: Sequence[str] = (), by: str = "") -> Path:
    """A new run folder with the recipe of an old one, `key=value` changes applied; starts nothing."""
    read_recipe(folder)
    return create(recipes.load(folder / "recipe.yaml", changes), by, folder.parent)


@contextlib.contextmanager
def queued(run: RunFolder, lock: Path | None) -> Iterator[None]:
    """In the child: wait for the lock of the runs folder, first come first served, shown as `queued`; then it is
    `running`."""
    with contextlib.ExitStack() as held:
        while lock is not None:
            if _older_waiting(run.path) is None:
                with contextlib.suppress(Timeout):
                    held.enter_context(FileLock(lock, timeout=0))
                    break
            if not run.status().reason:
                run.write_status(state="queued", reason="waits for another run on this machine to end")
            time.sleep(0.5)
        run.write_status(state="running", reason="", started=time.time())
        yield


def _older_waiting(folder: Path) -> Path | None:
    """A live run beside this one that was started earlier and has not begun."""
    mine = read_job(folder).created
    for other in folder.parent.glob(f"*/{JOB}"):
        if other.parent != folder and (job := read_job(other.parent)).created < mine and is_alive(job) \
                and RunFolder(other.parent).status().state == "queued":
            return other.parent
    return None


# --- looking ---------------------------------------------------------------------------------------------------------


def status(folder: Path) -> View:
    """What a run is doing, from its folder alone; reads the ends of its files, so it takes milliseconds at any length.

    A process that is gone is never `running`: without a last word of its own, the run has failed, or was stopped where
    somebody asked for that.
    """
    folder = Path(folder)
    run, job = RunFolder(folder), read_job(folder)
    written, reason = run.status(), ""
    alive = is_alive(job) if job.pid else written.state == "running" and run.in_use()
    state = written.state
    if not (folder / "recipe.yaml").is_file() and not alive:
        state, reason = "damaged", "recipe.yaml is missing: the folder was half deleted. Delete it."
    elif alive:
        state = ("stopping" if job.stop_asked and state not in ENDED else
                 "starting" if written.state == "queued" and not written.reason else state)
    elif state not in ENDED and job.pid:
        state, reason = (("stopped", "stopped before its process could say so") if job.stop_asked else
                         ("failed", _gone(written)))
    elif state == "queued":
        state, reason = "stopped", "never started"
    elif state == "running":
        state, reason = "failed", _gone(written)
    eta = written.eta_s if isinstance(written.eta_s, int | float) else None
    if eta is not None:
        eta = max(0.0, eta - (time.time() - written.updated))
    return View(folder, folder.name, state, reason or written.reason, written.stage, written.step, written.total_steps,
                eta if alive else None, job.created or written.started, job.by, in_words(job.command),
                last_metrics(run.metrics), log_tail(run.log) if state in ("failed", "damaged") else ())


def _gone(status: Status) -> str:
    return (f"the process ended at step {status.step} without a word: killed, out of memory, or the machine went down. "
            "Resume it to go on from its last checkpoint.")


def views(root: Path | None = None) -> list[View]:
    """Every run, the newest first."""
    root = root or runs_dir()
    folders = [p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")] if root.is_dir() else []
    return sorted(map(status, folders), key=lambda view: -view.created)


def log_tail(path: Path, lines: int = LOG_LINES) -> tuple[str, ...]:
    return tuple(line for line in tail(path) if line.strip())[-lines:]


def last_metrics(path: Path) -> dict:
    """The newest value of every figure in the last lines of metrics.jsonl."""
    found: dict = {}
    for line in tail(path):
        with contextlib.suppress(ValueError):
            row = json.loads(line)
            found |= row if isinstance(row, dict) else {}
    return found


def curves(folder: Path, points: int = 240) -> list[dict]:
    """The lines of metrics.jsonl that have figures, at most about `points` of each sort, the last one always.

    Sorts are told apart by their text, so that a long run is not parsed line by line.
    """
    try:
        lines = (folder / "metrics.jsonl").read_bytes().splitlines()
    except OSError:
        return []
    rare = [line for line in lines if b'"probe_accuracy"' in line or b'"eval_loss"' in line]
    seen = set(rare)
    often = [line for line in lines if line not in seen] if rare else lines
    rows = []
    for sort in (often, rare):
        step = max(1, -(-len(sort) // points))
        for line in [*sort[:-1:step], *sort[-1:]]:
            with contextlib.suppress(ValueError):
                row = json.loads(line)
                if isinstance(row, dict):
                    rows.append(row)
    return sorted(rows, key=lambda row: row.get("step", 0))


def lines(path: Path, last: int = 40) -> list[dict]:
    """The objects in the last lines of a JSONL file (rollouts, alarms)."""
    found = []
    for line in tail(path, 256 * 1024)[-last:]:
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    return [row for row in found if isinstance(row, dict)]


# --- stopping, deleting ----------------------------------------------------------------------------------------------


def stop(folder: Path) -> str:
    """Ask a run to stop after its step, which leaves a checkpoint; asked once more, end it. What was done, in words."""
    term, kill = jobs_process.GRACE_S
    pace = last_metrics(folder / "metrics.jsonl").get("s_per_step", 0.0)
    return jobs_process.stop(folder, (max(term, 4 * pace), kill))


def delete(folder: Path) -> None:
    """Delete a run folder. Raises RecipeError where it runs, or where its files cannot be deleted."""
    if status(folder).live:
        raise RecipeError(f"{folder.name} runs: stop it before deleting it")
    if is_alive(read_job(folder / GATE)):
        raise RecipeError(f"{folder.name} is being measured: wait until that is done before deleting it")
    for left in folder.parent.glob(f"{DELETED}*"):  # of a deletion that was cut off
        shutil.rmtree(left, ignore_errors=True)
    gone = folder.with_name(f"{DELETED}{folder.name}")
    try:
        os.replace(folder, gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise RecipeError(cannot_write(folder, error)) from error


def find(name: str, root: Path | None = None) -> Path:
    """The folder of a run by its name. Raises RecipeError for one that is not there; never leaves the runs folder."""
    root = root or runs_dir()
    folder = root / str(name)
    if not name or folder.parent != root or folder.name.startswith(".") or not folder.is_dir():
        raise RecipeError(f"there is no run {str(name)[:80]!r}: it was deleted meanwhile. Look at the list again")
    return folder


def sentence(error: ShortlistError) -> str:
    """An error as one line."""
    return " ".join(str(error).split())
