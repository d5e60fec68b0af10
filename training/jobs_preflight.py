"""The check before a start: `app.py train --dry-run` in a process of its own, so that the page never loads torch.

`measure` times two real steps. Light: no torch here.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from model.errors import RecipeError
from training import jobs
from training import recipe as recipes
from training.jobs_process import APP
from training.recipe import Recipe
from training.runs import RunFolder

SECONDS = 600
MEASURED_STEPS = 3  # the first one is slower than the rest


def obstacle(recipe: Recipe) -> str:
    """Why this machine cannot run a recipe at all, without asking torch; empty where nothing is known to be amiss."""
    if os.environ.get("SPACES_ZERO_GPU"):
        return ("This is a ZeroGPU space: its GPU is lent for a minute at a time, and a training run takes longer. "
                "Start Shortlist on a machine of your own, or on a space with a GPU of its own.")
    if recipe.device == "cuda" and not _nvidia():
        return (f"The recipe {recipe.name} needs a CUDA GPU, and this machine has none. Choose a recipe for the "
                "embedded base, or start Shortlist on a machine with a GPU.")
    return ""


def _nvidia() -> bool:
    return any(Path("/dev").glob("nvidia[0-9]*")) or shutil.which("nvidia-smi") is not None


def preflight(recipe: Recipe, root: Path | None = None, seconds: float = SECONDS) -> dict:
    """The report of `app.py train --dry-run` (`training.preflight`).

    Raises RecipeError with its words where there is none.
    """
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "recipe.yaml"
        file.write_text(recipes.to_yaml(recipe), encoding="utf-8")
        done = _run("train", recipe.stage, "--recipe", str(file), "--run-dir", str((root or jobs.runs_dir()) / "new"),
                    "--dry-run", seconds=seconds)
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise RecipeError(_last_words(done)) from error


def measure(recipe: Recipe, report: dict, root: Path | None = None, seconds: float = SECONDS) -> dict:
    """`report` with the time estimate of a few real steps, made and thrown away. Raises RecipeError where they fail."""
    root = root or jobs.runs_dir()
    folder = root / f".measured-{secrets.token_hex(4)}"  # two admins may check at once
    changes = {"max_steps": MEASURED_STEPS, "eval_every": 0, "checkpoint_every": 10_000, "log_every": 1}
    small = replace(recipe, **changes, samples=min(recipe.samples, 200))
    if recipe.stage == "grpo":
        small = replace(small, guards=replace(small.guards, probe_size=0))
    try:
        folder.mkdir(parents=True)
        (folder / "recipe.yaml").write_text(recipes.to_yaml(small), encoding="utf-8")
        done = _run(*jobs.command(folder, recipe.stage)[2:], seconds=seconds)
        rows = [row for row in RunFolder(folder).read_lines(folder / "metrics.jsonl") if "loss" in row]
        if done.returncode or len(rows) < 2:
            raise RecipeError(_last_words(done, folder / "log.txt"))
    except OSError as error:
        raise RecipeError(jobs.cannot_write(folder, error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    pace = (rows[-1]["time"] - rows[0]["time"]) / (rows[-1]["step"] - rows[0]["step"])
    steps = report["estimates"]["steps"]
    return {**report, "estimates": {**report["estimates"], "time_s": round(steps * pace), "measured_s_per_step": pace}}


def _run(*arguments: str, seconds: float) -> subprocess.CompletedProcess:
    try:
        return subprocess.run([sys.executable, str(APP), *arguments], capture_output=True, text=True, timeout=seconds,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise RecipeError(f"the check took longer than {seconds:.0f} s: the machine is busy with something else. "
                          "Try again when it is done") from error


def _last_words(done: subprocess.CompletedProcess, log: Path | None = None) -> str:
    lines = [line for line in done.stderr.splitlines() if line.strip()] or (list(jobs.log_tail(log)) if log else [])
    return lines[-1].removeprefix("app.py train: ") if lines else f"the check ended without a word ({done.returncode})"
