"""The run folder: the contract between whoever starts a run, the trainer, and whoever watches. Light: no torch here.

    recipe.yaml      the resolved recipe           checkpoints/checkpoint-N/   with manifest.json of SHA-256s
    status.json      written atomically            adapter/                    the result, with its manifest.json
    metrics.jsonl    a line at each logged step    report/                     tables and figures
    rollouts.jsonl   GRPO: best and worst samples  preflight.json              what was checked before the start
    log.txt          what happened, tracebacks included
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from filelock import FileLock, Timeout

from model.errors import RecipeError

STATES = ("queued", "running", "stopped", "stopped_by_guard", "failed", "complete")
ENDED = ("stopped", "stopped_by_guard", "failed", "complete")
MANIFEST = "manifest.json"
LOCK_SECONDS = 5.0  # a look at the lock by `in_use` lasts no longer


@dataclass(frozen=True)
class Status:
    """What `status.json` holds. Times are seconds since 1970, `eta_s` is in seconds, `reason` is in plain words."""

    state: str = "queued"
    stage: str = ""
    step: int = 0
    total_steps: int = 0
    started: float = 0.0
    updated: float = 0.0
    eta_s: float | None = None
    reason: str = ""
    pid: int = 0
    adapter_sha256: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"unknown state {self.state!r}")


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, meets the old content or the new one, never a part."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with scratch.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(scratch, path)


class RunFolder:
    """One run's folder."""

    def __init__(self, path: Path):
        self.path = Path(path)
        self.recipe, self.metrics, self.log = (self.path / n for n in ("recipe.yaml", "metrics.jsonl", "log.txt"))
        self.checkpoints, self.adapter, self.report = (self.path / n for n in ("checkpoints", "adapter", "report"))
        self.rollouts, self.preflight = self.path / "rollouts.jsonl", self.path / "preflight.json"
        self._status = self.path / "status.json"
        self._lock = self.path / ".lock"

    def create(self) -> None:
        """Make the folders; raises RecipeError where that is not allowed."""
        try:
            for folder in (self.path, self.checkpoints, self.report):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RecipeError(f"the run folder {self.path} cannot be made: {error.strerror}") from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder while a run writes to it; raises RecipeError where another process does."""
        lock = FileLock(self._lock, timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise RecipeError(f"another process trains in {self.path} (pid {self.status().pid}): stop it, or choose "
                              "another run folder") from error
        try:
            yield
        finally:
            lock.release()

    def in_use(self) -> bool:
        """Whether a live process holds the folder."""
        if not self._lock.exists():
            return False
        lock = FileLock(self._lock, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False

    # --- status ------------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """The status as written; `queued` where there is none yet."""
        try:
            row = json.loads(self._status.read_text(encoding="utf-8"))
            kinds = {f.name: type(f.default) for f in fields(Status) if f.default is not None}
            if any(not isinstance(row[key], (kind, int) if kind is float else kind) for key, kind in kinds.items()
                   if key in row):
                raise ValueError("a value of another kind")
            return Status(**{key: value for key, value in row.items() if key in kinds or key == "eta_s"})
        except (FileNotFoundError, NotADirectoryError):
            return Status()
        except (OSError, ValueError, TypeError, AttributeError):
            return Status("failed", reason=f"{self._status} is damaged")

    def effective_status(self) -> Status:
        """The status, but `failed` for a run that says `running` while no process holds it: killed or crashed."""
        status = self.status()
        if status.state == "running" and not self.in_use():
            status = self.status()
            if status.state == "running":
                return replace(status, state="failed", eta_s=None,
                               reason=f"the process ended at step {status.step} without a word: killed, or the machine "
                                      "went down. Start the run again to resume it.")
        return status

    def write_status(self, status: Status | None = None, **changes) -> Status:
        """Write a status, or the present one with some fields changed; `updated` is now."""
        status = replace(status or self.status(), **{**changes, "updated": time.time()})
        write_atomically(self._status, json.dumps(asdict(status), indent=1) + "\n")
        return status

    # --- lines -------------------------------------------------------------------------------------------------------

    def append(self, path: Path, row: Mapping) -> None:
        """Add one line of JSON and flush it; numbers that JSON lacks (NaN) are left out."""
        clean = {k: v for k, v in row.items() if not isinstance(v, float) or math.isfinite(v)}
        with path.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(clean) + "\n")

    def read_lines(self, path: Path) -> list[dict]:
        """The whole lines of a JSONL file; a torn last one is left out."""
        rows = []
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    rows.append(json.loads(line))
                except ValueError:
                    break
        return rows

    def rewind(self, step: int) -> None:
        """Drop the lines after a step: a resumed run writes them again."""
        for path in (self.metrics, self.rollouts):
            rows = [row for row in self.read_lines(path) if row.get("step", 0) <= step]
            if path.is_file():
                write_atomically(path, "".join(json.dumps(row) + "\n" for row in rows))

    # --- checkpoints -------------------------------------------------------------------------------------------------

    def last_checkpoint(self, delete: bool = False) -> Path | None:
        """The newest checkpoint whose files all match its manifest; `delete` removes the broken ones after it."""
        found = sorted(self.checkpoints.glob("checkpoint-*"), key=checkpoint_step) if self.checkpoints.is_dir() else []
        while found:
            if is_whole(found[-1]):
                return found[-1]
            broken = found.pop()
            if delete:
                shutil.rmtree(broken)
        return None


def checkpoint_step(folder: Path) -> int:
    """The step in `checkpoint-N`; -1 for another name."""
    text = folder.name.rpartition("-")[2]
    return int(text) if text.isdecimal() else -1


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder but its manifest, by relative path."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST and not path.name.endswith(".tmp"):
            with path.open("rb") as handle:
                found[name] = hashlib.file_digest(handle, "sha256").hexdigest()
    return found


def write_manifest(folder: Path, **facts) -> dict:
    """Write a folder's manifest last, when its files are on disk: {"files": {name: sha256}, ...facts}."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    manifest = {**facts, "files": file_hashes(folder)}
    write_atomically(folder / MANIFEST, json.dumps(manifest, indent=1) + "\n")
    return manifest


def is_whole(folder: Path) -> bool:
    """Whether a folder's files are exactly those of its manifest, with those hashes."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    files = manifest.get("files") if isinstance(manifest, dict) else None
    return isinstance(files, dict) and bool(files) and files == file_hashes(folder)
