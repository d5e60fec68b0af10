"""A trainer without a model: `python -m tests.jobs.fake_run RUN_DIR QUEUE STEPS SECONDS` writes a run folder like ours.

It goes through the same `recorded` and `queued` as `app.py train`, so that starting, queueing, stopping and killing are
tested on the real thing in milliseconds a step.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

from training.jobs import queued
from training.runs import RunFolder
from training.train import logging_to, recorded


def main(folder: Path, queue: Path, steps: int, seconds: float) -> None:
    run = RunFolder(folder)
    run.create()
    with run.locked(), logging_to(run), recorded(run, "sft"), queued(run, queue):
        asked: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda n, frame: asked.append(n))
        first = max((row["step"] for row in run.read_lines(run.metrics)), default=0)
        run.write_status(state="running", step=first, total_steps=steps)
        for step in range(first + 1, steps + 1):
            time.sleep(seconds)
            run.append(run.metrics, {"step": step, "loss": 1 / step, "s_per_step": seconds})
            run.write_status(state="running", step=step, total_steps=steps, eta_s=seconds * (steps - step))
            if asked and seconds < 5:
                run.write_status(state="stopped", reason="stopped by SIGINT")
                return
        run.write_status(state="complete", eta_s=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
