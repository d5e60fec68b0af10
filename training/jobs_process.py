"""Detached processes: started in a session of their own, told apart from later ones with the same number, stopped.

`job.json` in a folder says which process works there. Light: no torch here.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psutil

from model.errors import RecipeError
from training.runs import write_atomically

APP = Path(__file__).resolve().parent.parent / "app.py"
JOB = "job.json"
GRACE_S = (60.0, 20.0)  # until SIGTERM follows SIGINT, and until SIGKILL follows that
TAIL = 16 * 1024  # bytes of a file's end that a look reads


@dataclass(frozen=True)
class Job:
    """The process that works in a run folder. `identity` tells it from a later process with the same number."""

    command: tuple[str, ...] = ()
    pid: int = 0
    identity: str = ""
    created: float = 0.0
    by: str = ""
    stop_asked: float = 0.0


def identity(pid: int) -> str:
    """What sets a process apart from any other that has or had its number; empty where there is none, or a zombie."""
    stat = Path(f"/proc/{pid}/stat")
    if pid <= 0:
        return ""
    try:
        if Path("/proc/self/stat").exists():  # Linux: clock ticks since boot do not move with the clock
            after = stat.read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            return "" if after[0] in "ZX" else f"{boot}/{after[19]}"
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else repr(process.create_time())
    except (OSError, IndexError, psutil.Error):
        return ""


def is_alive(job: Job) -> bool:
    """Whether the very process of a job still runs."""
    return bool(job.identity) and identity(job.pid) == job.identity


def read_job(folder: Path) -> Job:
    """The job of a folder; an empty one where there is none."""
    try:
        row = json.loads((folder / JOB).read_text(encoding="utf-8"))
        job = Job(**{**row, "command": tuple(map(str, row["command"]))})
        return replace(job, pid=int(job.pid), created=float(job.created), stop_asked=float(job.stop_asked))
    except (OSError, ValueError, KeyError, TypeError):
        return Job()


def write_job(folder: Path, job: Job) -> None:
    write_atomically(folder / JOB, json.dumps(asdict(job), indent=1) + "\n")


def spawn(folder: Path, command: Sequence[str], log: Path, by: str = "") -> Job:
    """Start a process of its own session, its words appended to `log`, and write `job.json`.

    Raises RecipeError where the folder cannot be written.
    """
    try:
        with log.open("ab") as words:
            process = subprocess.Popen([*command], stdin=subprocess.DEVNULL, stdout=words, stderr=words,
                                       start_new_session=True)
        job = Job(tuple(command), process.pid, identity(process.pid), time.time(), by)
        write_job(folder, job)
    except OSError as error:
        raise RecipeError(cannot_write(folder, error)) from error
    threading.Thread(target=process.wait, daemon=True).start()  # no zombie is left while the app lives
    return job


def cannot_write(folder: Path, error: OSError) -> str:
    """The sentence for a folder that cannot be written."""
    return (f"{folder} cannot be written: {error.strerror or error}. Free some space or change its permissions, or "
            "name another folder in SHORTLIST_DATA and start again")


def in_words(line: Sequence[str]) -> str:
    """A command line as a person would type it in the repository."""
    return shlex.join("python" if part == sys.executable else "app.py" if part == str(APP) else part for part in line)


def stop(folder: Path, grace_s: tuple[float, float] = GRACE_S) -> str:
    """Ask a run to stop: SIGINT, at which it writes a checkpoint; then SIGTERM, then SIGKILL where it does not answer.

    Asked once more, the next step comes at once. Returns what was done, in words.
    """
    job = read_job(folder)
    if not is_alive(job):
        return f"{folder.name} does not run."
    if job.stop_asked:
        _signal(job, signal.SIGKILL)
        return f"{folder.name} was ended at once. Its last checkpoint is kept."
    job = replace(job, stop_asked=time.time())
    with contextlib.suppress(OSError):  # a full disk is a reason to stop, not one to go on
        write_job(folder, job)
    _signal(job, signal.SIGINT)
    threading.Thread(target=_insist, args=(job, grace_s), daemon=True).start()
    return f"{folder.name} stops after its step and keeps a checkpoint. Stop once more to end it at once."


def _insist(job: Job, grace_s: tuple[float, float]) -> None:
    for seconds, number in zip(grace_s, (signal.SIGTERM, signal.SIGKILL), strict=True):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not is_alive(job):
                return
            time.sleep(0.2)
        _signal(job, number)


def _signal(job: Job, number: int) -> None:
    """Signal the process of a job; SIGKILL goes to its whole session."""
    if is_alive(job):
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if number == signal.SIGKILL else os.kill)(job.pid, number)


def tail(path: Path, size: int = TAIL) -> list[str]:
    """The last whole lines of a file, at most `size` bytes of them."""
    try:
        with path.open("rb") as handle:
            end = handle.seek(0, os.SEEK_END)
            handle.seek(max(0, end - size))
            text = handle.read().decode("utf-8", "replace")
    except OSError:
        return []
    lines = text.splitlines()
    return lines if end <= size else lines[1:]
