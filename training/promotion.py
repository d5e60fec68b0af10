"""An adapter into service, and out again: `python app.py promote RUN_DIR`, `python app.py rollback`.

The adapter is copied into `<data>/adapters/<stage>-<hash>`, synced to disk, checked against its hashes, entered in the
registry, and only then does the pointer `current.json` turn to it, in one `os.replace`. A crash before that leaves the
old adapter in service, one after it the new one; `model.installed` checks every file once more when it loads. The
pointer keeps what served before, so that a rollback is one more turn of it. Light: no torch here.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from model.base import sha256_of
from model.errors import AdapterError
from model.installed import POINTER, WEIGHTS, check, promoted_dir, read_pointer
from model.settings import adapters_dir
from training.promotion_gate import Gate, read_gate
from training.runs import RunFolder, file_hashes, write_atomically

REGISTRY = "registry.jsonl"
HISTORY = 50  # states that a rollback can go back to
LOCK_SECONDS = 30


def promote(run_dir: Path, reason: str = "", by: str = "", folder: Path | None = None) -> dict:
    """Put a run's adapter into service; returns its entry in the pointer.

    Its gate must have passed, or `reason` must say why it is promoted all the same. Raises AdapterError.
    """
    run, target = RunFolder(Path(run_dir)), folder or promoted_dir()
    if folder is None and os.environ.get("SHORTLIST_ADAPTERS"):
        raise AdapterError("SHORTLIST_ADAPTERS is set, so that its folder serves whatever is promoted: unset it first")
    manifest = finished(run)
    gate, stage = read_gate(run.path), manifest["stage"]
    no = objection(gate, manifest["sha256"], serving(stage, target))
    if no and not reason.strip():
        raise AdapterError(f"{run.path.name}: {no}. To promote it all the same, give a reason")
    with _locked(target):
        place = _store(run.adapter, target, f"{stage}-{manifest['sha256'][:12]}")
        pointer = read_pointer(target)
        entry = {"folder": place.name, "sha256": manifest["sha256"], "files": _all_hashes(place)}
        _register(target, entry, manifest, run, gate, not no, reason, by)
        if pointer["in_service"].get(stage) != entry:
            _turn(target, pointer, {**pointer["in_service"], stage: entry}, _past(pointer))
    return entry


def objection(gate: Gate | None, candidate: str, other: str) -> str:
    """Why an adapter may not replace `other` (SHA-256; empty for none) without a written reason; empty where it may."""
    if gate is None or gate.candidate != candidate:
        return "it has not been measured yet: run its gate first"
    if gate.other != other:
        return "it was measured against another adapter than the one that serves now: run its gate again"
    return "" if gate.passed else f"the gate says no: {gate.why}"


def serving(stage: str, folder: Path | None = None) -> str:
    """SHA-256 of the adapter that serves as `stage`; empty where none does."""
    target = folder or promoted_dir()
    entry = read_pointer(target)["in_service"].get(stage)
    if entry and not check(entry, target):
        return entry["sha256"]
    shipped = adapters_dir() / stage / WEIGHTS
    return sha256_of(shipped) if shipped.is_file() else ""


def finished(run: RunFolder) -> dict:
    """The manifest of a run's adapter. Raises AdapterError for an unfinished run or an adapter that is not whole."""
    state = run.status().state
    try:
        manifest = json.loads((run.adapter / "manifest.json").read_text(encoding="utf-8"))
        whole = file_hashes(run.adapter).get(WEIGHTS) == manifest["sha256"] and manifest["stage"] in ("sft", "grpo")
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if state != "complete" or not whole:
        raise AdapterError(f"{run.path} holds no finished adapter ({state}): only a complete run can be promoted")
    return manifest


def rollback(by: str = "", folder: Path | None = None) -> str:
    """Put back what served before the last promotion; returns what serves now, in words. Raises AdapterError."""
    target = folder or promoted_dir()
    with _locked(target):
        pointer = read_pointer(target)
        if not pointer["history"]:
            raise AdapterError("there is nothing to go back to: the shipped adapters serve")
        *past, before = pointer["history"]
        for entry in before.values():
            wrong = check(entry, target)
            if wrong:
                raise AdapterError(f"the adapter before cannot serve: {wrong}. Promote another one instead")
        _append(target / REGISTRY, {"time": time.time(), "action": "rollback", "by": by, "to": _names(before)})
        _turn(target, pointer, before, past)
    return _words(before)


def in_service(folder: Path | None = None) -> dict[str, dict]:
    """What the pointer names, each with `wrong`: empty, or why it does not serve."""
    target = folder or promoted_dir()
    return {name: {**entry, "wrong": check(entry, target)}
            for name, entry in sorted(read_pointer(target)["in_service"].items())}


def registry(folder: Path | None = None) -> list[dict]:
    """Every promotion and rollback, the newest first."""
    target = folder or promoted_dir()
    rows = []
    for line in (target / REGISTRY).read_text(encoding="utf-8").splitlines() if (target / REGISTRY).is_file() else []:
        with contextlib.suppress(ValueError):  # a line that a crash cut off; the next one begins on its own
            rows.append(json.loads(line))
    return rows[::-1]


# --- the steps -------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One promotion at a time; what a killed one left half copied is swept away. Raises AdapterError."""
    lock = FileLock(target / ".lock", timeout=LOCK_SECONDS)
    try:
        target.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise AdapterError("somebody else promotes or rolls back just now: try again in a moment") from error
    except OSError as error:
        raise AdapterError(f"{target} cannot be written: {error.strerror}") from error
    try:
        for left in target.glob(".*.tmp"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield
    except OSError as error:
        raise AdapterError(f"{target} cannot be written ({error}): what served before still serves") from error
    finally:
        lock.release()


def _store(source: Path, target: Path, name: str) -> Path:
    """Copy an adapter folder to `target/name`, synced and read back; a whole copy that is there already is kept."""
    place, wanted = target / name, _all_hashes(source)
    if place.is_dir():
        if _all_hashes(place) == wanted:
            return place
        name = f"{name}-{time.time_ns():x}"  # same weights, other calibration; what serves is never changed in place
        place = target / name
    scratch = target / f".{name}.{os.getpid()}.tmp"
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(source, scratch)
        for path in [*scratch.rglob("*"), scratch]:
            sync(path)
        if _all_hashes(scratch) != wanted:
            raise AdapterError(f"the copy of {source} differs from it: the disk is faulty, nothing was promoted")
        os.replace(scratch, place)
        sync(target)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise AdapterError(f"the adapter cannot be copied to {target}: {error}. Nothing was promoted") from error
    return place


def _all_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of an adapter folder, its manifest included."""
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.is_file()}


def sync(path: Path) -> None:
    """Bring a file or a folder's entries to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _turn(target: Path, pointer: dict, now: dict, past: list) -> None:
    fresh = {"serial": pointer["serial"] + 1, "changed": time.time(), "in_service": now, "history": past}
    write_atomically(target / POINTER, json.dumps(fresh, indent=1) + "\n")
    sync(target)


def _past(pointer: dict) -> list:
    return [*pointer["history"], pointer["in_service"]][-HISTORY:]


def _register(target: Path, entry: dict, manifest: dict, run: RunFolder, gate: Gate | None, passed: bool,
              reason: str, by: str) -> None:
    """One line: recipe, data, metrics and parent of the adapter, and why it was let through."""
    recipe = run.recipe.read_text(encoding="utf-8") if run.recipe.is_file() else ""
    facts = {key: manifest.get(key) for key in ("stage", "sha256", "parent_sha256", "recipe", "recipe_sha256",
                                                "data_sha256", "base", "base_sha256", "steps", "seed", "metrics")}
    _append(target / REGISTRY, {
        "time": time.time(), "action": "promote", "by": by, "folder": entry["folder"], **facts, "run": str(run.path),
        "recipe_yaml": recipe, "gate": gate.to_json() if gate else None, "passed": passed,
        "reason": reason.strip()})


def _append(path: Path, row: dict) -> None:
    torn = path.is_file() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as handle:
        handle.write(("\n" if torn else "") + json.dumps(row) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def _names(entries: dict) -> dict[str, str]:
    return {name: entry["folder"] for name, entry in entries.items()}


def _words(entries: dict) -> str:
    return ", ".join(f"{name}: {entry['folder']}" for name, entry in sorted(entries.items())) or "the shipped adapters"
