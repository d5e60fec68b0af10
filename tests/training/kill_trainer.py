"""Kills a trainer at random moments and lets it resume: `python -m tests.training.kill_trainer [--stage sft|grpo]`.

A run on the tiny base goes through undisturbed; another one with the same recipe is killed with SIGKILL, ten times
(`--kills`), while it loads, trains or writes a checkpoint. Prints the largest difference of their losses; exit status 1
where it is 1e-3 or more, a step is missing or doubled, or the adapters differ.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.training.tiny import GRPO, SFT, losses, make_base
from training.runs import RunFolder

ROOT = Path(__file__).resolve().parents[2]
STEPS = {"sft": 160, "grpo": 16}
LIMIT = 1e-3


def start(stage: str, run: RunFolder, overrides: list[str]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "tests.training.tiny", stage, f"{stage}-embedded", str(run.path),
                             *overrides], cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"},
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(stage: str, run: RunFolder, overrides: list[str]) -> RunFolder:
    """Let a run go on to its end."""
    if start(stage, run, overrides).wait() or run.status().state != "complete":
        raise SystemExit(f"{run.path.name} did not complete: {run.status().reason}")
    return run


def kill_once(stage: str, run: RunFolder, overrides: list[str], chance: random.Random, left: int) -> int:
    """Start or resume the run, and kill it after a few steps at most; returns the step at which it was."""
    process = start(stage, run, overrides)
    seen = max(losses(run), default=0)
    aim = seen + chance.randint(0, max(1, (STEPS[stage] - seen) // max(1, left)))
    loading = time.time() + chance.uniform(1, 15)  # an aim of no step: it is killed while it loads
    while process.poll() is None and (max(losses(run), default=0) < aim or aim == seen and time.time() < loading):
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.3))
    if process.poll() is not None:
        raise SystemExit(f"it ended before the kill: {run.status().reason}")
    process.kill()
    process.wait()
    return max(losses(run), default=0)


def main(stage: str, kills: int, seed: int) -> int:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        base = [f"base={make_base(folder / 'base')}"]
        overrides = {"sft": [*base, *SFT], "grpo": [*base, *GRPO]}
        if stage == "grpo":
            overrides["grpo"].append(f"adapter={whole('sft', RunFolder(folder / 'sft'), overrides['sft']).path}")
        mine = [*overrides[stage], f"max_steps={STEPS[stage]}", "checkpoint_every=2"]
        calm = whole(stage, RunFolder(folder / "calm"), mine)
        run, at = RunFolder(folder / "killed"), []
        for number in range(kills):
            at.append(kill_once(stage, run, mine, chance, kills - number))
        whole(stage, run, mine)
        found, expected = losses(run), losses(calm)
        same = list(found) == list(expected) and run.status().adapter_sha256 == calm.status().adapter_sha256
        apart = max(abs(found.get(step, 9.9) - expected[step]) for step in expected)
    print(f"{stage}: {kills} kills at steps {at}; the losses differ by {apart:.1g} at most; the steps and the adapter "
          f"are {'the same' if same else 'NOT the same'}")
    return 0 if same and apart < LIMIT else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=10)
    asked.add_argument("--stage", choices=("sft", "grpo"), default="sft")
    asked.add_argument("--seed", type=int, default=7)
    args = asked.parse_args()
    sys.exit(main(args.stage, args.kills, args.seed))
