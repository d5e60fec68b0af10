"""Runs that are killed, stopped or refused: what they leave, what they say, and how they go on."""
# ruff: noqa: PLC0415 - torch and its friends are loaded by the tests of this tier alone, not at collection

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.errors import DataError, RecipeError, ShortlistError
from tests.training.tiny import GRPO, SFT, example, examples, losses
from training.runs import RunFolder
from training.train import train

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def start(stage: str, run: RunFolder, *overrides: str) -> subprocess.Popen:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, "-m", "tests.training.tiny", stage, f"{stage}-embedded", str(run.path),
                             *overrides], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def wait_for_step(run: RunFolder, process: subprocess.Popen, step: int) -> None:
    end = time.time() + 300
    while max(losses(run), default=0) < step:
        assert process.poll() is None and time.time() < end, run.status()
        time.sleep(0.01)


@pytest.mark.parametrize("stage", ["sft", "grpo"])
def test_a_killed_run_resumes_to_the_same_losses(stage: str, base: Path, sft: RunFolder, grpo: RunFolder,
                                                 tmp_path: Path):
    whole = {"sft": sft, "grpo": grpo}[stage]
    overrides = [f"base={base}", *(SFT if stage == "sft" else [f"adapter={sft.path}", *GRPO])]
    run = RunFolder(tmp_path / "run")
    process = start(stage, run, *overrides)
    wait_for_step(run, process, {"sft": 6, "grpo": 3}[stage])
    process.kill()
    process.wait()
    assert run.effective_status().state == "failed" and run.status().state == "running"
    broken = run.checkpoints / "checkpoint-99"
    broken.mkdir()
    (broken / "adapter_model.safetensors").write_bytes(b"half")
    train(stage, f"{stage}-embedded", run.path, overrides, examples=examples())
    assert "resuming from checkpoint-" in run.log.read_text()
    found, expected = losses(run), losses(whole)
    assert list(found) == list(expected), "no line is missing or doubled"
    assert max(abs(found[step] - expected[step]) for step in expected) < 1e-3
    assert run.status().adapter_sha256 == whole.status().adapter_sha256
    assert not broken.exists()


def test_a_run_killed_before_its_adapter_was_written_makes_no_step_more(base: Path, sft: RunFolder, tmp_path: Path):
    run = RunFolder(tmp_path / "run")
    shutil.copytree(sft.path, run.path, ignore=shutil.ignore_patterns("adapter", ".lock"))
    run.write_status(state="running", adapter_sha256="")
    train("sft", "sft-embedded", run.path, [f"base={base}", *SFT], examples=examples())
    assert losses(run) == losses(sft)
    assert run.status().state == "complete" and run.status().adapter_sha256 == sft.status().adapter_sha256


def test_a_run_told_to_stop_keeps_a_checkpoint_and_goes_on_later(base: Path, tmp_path: Path):
    run = RunFolder(tmp_path / "run")
    overrides = [f"base={base}", *SFT, "checkpoint_every=100"]
    process = start("sft", run, *overrides)
    wait_for_step(run, process, 3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    status = run.status()
    assert status.state == "stopped" and "SIGTERM" in status.reason and 3 <= status.step < 16
    assert run.last_checkpoint().name == f"checkpoint-{status.step}"
    assert not run.adapter.exists()
    with pytest.raises(RecipeError, match="another learning_rate"):
        train("sft", "sft-embedded", run.path, [*overrides, "learning_rate=1e-4"], examples=examples())
    train("sft", "sft-embedded", run.path, overrides, examples=examples())
    assert run.status().state == "complete" and list(losses(run)) == list(range(1, 17))
    with pytest.raises(RecipeError, match="complete run"):
        train("sft", "sft-embedded", run.path, overrides, examples=examples())


# --- what fails says so -----------------------------------------------------------------------------------------------


def failing(tmp_path: Path, overrides: list[str], data, error: type[Exception], stage: str = "sft") -> str:
    run = RunFolder(tmp_path / "failing")
    with pytest.raises(error):
        train(stage, f"{stage}-embedded", run.path, overrides, examples=data)
    status = run.status()
    assert status.state == "failed"
    assert "Traceback" in run.log.read_text() and "\n" not in status.reason
    assert not run.adapter.exists()
    return status.reason


def test_data_and_devices_are_refused_before_anything_long(base: Path, tmp_path: Path):
    rng = random.Random(1)
    one_class = [e for e in (example(i, rng) for i in range(40)) if e.truth.status == "REJECTED"]
    assert "one class only (REJECTED)" in failing(tmp_path, [f"base={base}"], one_class, ShortlistError)
    assert "at least 2" in failing(tmp_path, [f"base={base}"], one_class[:1], ShortlistError)
    assert "needs CUDA" in failing(tmp_path, [f"base={base}", "device=cuda"], examples(8), ShortlistError)
    assert "unknown key batches" in failing(tmp_path, ["batches=3"], examples(8), RecipeError)
    assert "no run folder" in failing(tmp_path, [f"base={base}", "adapter=nowhere"], examples(8), ShortlistError,
                                      "grpo")
    assert "neither `corpus` nor" in failing(tmp_path, [f"base={base}", "data=nowhere.jsonl"], None, ShortlistError)


def test_too_little_memory_or_disk_is_refused(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from training import preflight

    monkeypatch.setattr(preflight, "free_memory", lambda device: 10 << 20)
    assert "too little memory" in failing(tmp_path, [f"base={base}"], examples(8), ShortlistError)
    monkeypatch.undo()
    monkeypatch.setattr(preflight, "free_disk", lambda path: 1 << 20)
    assert "too little disk space" in failing(tmp_path, [f"base={base}"], examples(8), ShortlistError)


def test_a_full_disk_lost_memory_and_a_bug_in_words(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from training import adapter

    overrides = [f"base={base}", *SFT, "max_steps=1"]
    for error, kind, words in ((OSError(errno.ENOSPC, "No space left on device"), RecipeError, "is full"),
                               (MemoryError(), RecipeError, "out of memory"),
                               (KeyError("slot"), KeyError, "a bug: KeyError('slot')")):
        def broken(*args, error=error):
            raise error
        monkeypatch.setattr(adapter, "save", broken)
        assert words in failing(tmp_path, overrides, examples(16), kind)


def test_a_run_that_learned_nothing_has_failed(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from training import adapter

    monkeypatch.setattr(adapter, "weights_hash", lambda model: "the same")
    assert "did not change the adapter" in failing(tmp_path, [f"base={base}", *SFT, "max_steps=1"], examples(16),
                                                   ShortlistError)


def test_data_without_truth_is_refused():
    with pytest.raises(DataError, match="at least 2"):
        from training.preflight import check_data
        check_data([])
