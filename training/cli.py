"""What `app.py evaluate` and `app.py train` do. What is heavy loads once the arguments are good."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from model.cli import choose_adapters, installed_adapters
from model.errors import UsageError


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def evaluate(pairs: Path, out: Path, adapter: str | None, base: str, device: str) -> int:
    """Measure adapters (all that are installed, unless one is named) and baselines on labelled pairs; the exit status.

    Raises UsageError, DataError, AdapterError and BaseModelError, each with the way out.
    """
    from training.evaluate import PipelineJudge, read_pairs  # noqa: PLC0415 - pulls in the figures' libraries
    from training.evaluate import evaluate as run  # noqa: PLC0415 - as above

    rows = read_pairs(pairs)
    adapters = choose_adapters(adapter) if adapter or not installed_adapters() else installed_adapters()
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder for the report")
    from model.engine import Engine  # noqa: PLC0415 - loads torch: only once the arguments are known to be good

    engine = Engine.load(base, adapters, device, progress=_say)
    _say(f"{len(rows)} pairs, adapters {', '.join(adapters)}")
    found = run(rows, PipelineJudge(engine, adapters), out, lambda done, n: _tell(done, n))
    for name, figures in {**found["adapters"], **found["baselines"]}.items():
        _say(f"{name:>16}  accuracy {figures['accuracy']:.3f}  f1 {figures['f1']:.3f}")
    _say(f"report: {out / 'report.md'}")
    return 0


def _tell(done: int, total: int) -> None:
    if done == total or done % 10 == 0:
        _say(f"{done}/{total}")


def train(stage: str, recipe: str, run_dir: Path, settings: Sequence[str], dry_run: bool,
          queue: Path | None = None) -> int:
    """Train `sft` or `grpo` in a run folder, or print the preflight as JSON; the exit status.

    Raises RecipeError and DataError, each with the way out.
    """
    from training import recipe as recipes  # noqa: PLC0415 - only this command needs it
    from training.train import train as run  # noqa: PLC0415 - as above

    recipes.load(recipe, settings, stage)  # a mistake in it is told before anything heavy loads
    return run(stage, recipe, run_dir, settings, dry_run, queue=queue)
