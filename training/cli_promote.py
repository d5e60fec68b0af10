"""What `app.py promote` and `app.py rollback` do. What is heavy loads once the arguments are good."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from model.errors import ShortlistError, UsageError
from training import promotion
from training.promotion_gate import GATE, Gate, Line, evaluate_gate, read_gate
from training.runs import RunFolder


def promote(run_dir: Path, pairs: int, reason: str, measure_only: bool, queue: Path | None, device: str) -> int:
    """Measure a run where that is not done yet, print the table, and put the adapter into service if it may.

    The exit status: 0 promoted (or measured), 1 refused. Raises AdapterError and UsageError.
    """
    run = RunFolder(run_dir)
    if pairs < 4:
        raise UsageError(f"--pairs {pairs}: the held-out set needs at least 4 pairs, and 200 to say much")
    manifest = promotion.finished(run)
    gate = read_gate(run.path)
    stale = promotion.objection(gate, manifest["sha256"], promotion.serving(manifest["stage"])).startswith("it ")
    if measure_only or (stale and not reason):
        gate = _measure(run, pairs, queue, device)
    if gate is not None:
        print(table(gate))
    if measure_only:
        return 0
    entry = promotion.promote(run.path, reason)
    print(f"promoted: {entry['folder']} serves as {manifest['stage']} from the next screening on")
    return 0


def rollback() -> int:
    """Put back what served before."""
    print(f"serving now: {promotion.rollback()}")
    return 0


def _measure(run: RunFolder, pairs: int, queue: Path | None, device: str) -> Gate:
    """The gate, with its progress in `gate/status.json`, after any run that holds the queue."""
    folder = RunFolder(run.path / GATE)
    folder.path.mkdir(exist_ok=True)
    folder.write_status(state="queued", stage="gate", started=time.time(), pid=os.getpid(), reason="waits for a run")
    with _told(folder), FileLock(queue) if queue else contextlib.nullcontext():
        from training.corpus import AS_OF  # noqa: PLC0415 - only for a measurement
        from training.promotion_measure import measure  # noqa: PLC0415 - loads torch

        def say(words: str) -> None:
            folder.write_status(state="running", reason=words)
            print(words, file=sys.stderr, flush=True)

        os.environ["SHORTLIST_AS_OF"] = AS_OF.isoformat()  # the day of the generated resumes
        gate = evaluate_gate(run.path, lambda path: measure(path, pairs, say, device))
        folder.write_status(state="complete", reason=gate.why)
        return gate


@contextlib.contextmanager
def _told(folder: RunFolder) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        name = "" if isinstance(error, ShortlistError) else f"{type(error).__name__}: "
        folder.write_status(state="failed", reason=(name + " ".join(str(error).split()))[:500])
        raise


def table(gate: Gate) -> str:
    """The gate's table as text."""
    lines = [f"{'':60} {'new':>8} {'serving':>8}  {'difference':^26} verdict"]
    lines += [f"{line.name[:60]:60} {_number(line.candidate):>8} {_number(line.other):>8}  {_spread(line):^26} "
              f"{line.verdict}{' (' + line.note + ')' if line.note else ''}"
              + (f" [{line.against}]" if line.against != "in service" else "") for line in gate.lines]
    return "\n".join([*lines, f"{'passed' if gate.passed else 'not passed'}: {gate.why}"])


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _spread(line: Line) -> str:
    if line.difference is None:
        return ""
    low_high = f" [{line.interval[0]:+.3f}, {line.interval[1]:+.3f}]" if line.interval else ""
    return f"{line.difference:+.3f}{low_high}"
