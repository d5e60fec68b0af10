"""The run folder: atomic status, whole lines, checkpoints that can be trusted."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.errors import RecipeError
from training.jobs import QUEUE, queued
from training.runs import RunFolder, Status, checkpoint_step, is_whole, write_atomically, write_manifest
from training.train import recorded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = RunFolder(tmp_path / "run")
    folder.create()
    return folder


def checkpoint(run: RunFolder, step: int) -> Path:
    folder = run.checkpoints / f"checkpoint-{step}"
    (folder / "ref").mkdir(parents=True)
    (folder / "adapter_model.safetensors").write_bytes(os.urandom(100))
    (folder / "ref" / "adapter_model.safetensors").write_bytes(os.urandom(100))
    write_manifest(folder, step=step)
    return folder


def test_a_status_is_written_and_changed(run: RunFolder):
    assert run.status() == Status()
    run.write_status(Status("running", "grpo", 3, 10, pid=5))
    status = run.write_status(step=4, eta_s=2.5)
    assert (status.state, status.stage, status.step, status.pid, status.eta_s) == ("running", "grpo", 4, 5, 2.5)
    assert run.status() == status and status.updated == pytest.approx(time.time(), abs=5)
    assert set(json.loads((run.path / "status.json").read_text())) == {
        "state", "stage", "step", "total_steps", "started", "updated", "eta_s", "reason", "pid", "adapter_sha256"}


def test_an_unknown_state_is_a_bug(run: RunFolder):
    with pytest.raises(ValueError, match="asleep"):
        run.write_status(state="asleep")


def write_for_ever(path: Path) -> None:
    number = 0
    while True:
        number += 1
        write_atomically(path, json.dumps({"number": number, "filler": "x" * 20_000}))


def test_a_reader_never_meets_half_a_file(tmp_path: Path):
    path = tmp_path / "status.json"
    writer = multiprocessing.get_context("spawn").Process(target=write_for_ever, args=(path,))
    writer.start()
    try:
        seen = set()
        end = time.time() + 20
        while len(seen) < 20 and time.time() < end:
            if path.exists():
                seen.add(json.loads(path.read_text())["number"])
    finally:
        writer.kill()
        writer.join()
    assert len(seen) >= 2
    json.loads(path.read_text())


def test_lines_are_whole_numbers_finite_and_torn_ends_left_out(run: RunFolder):
    run.append(run.metrics, {"step": 1, "loss": 0.5, "kl": float("nan")})
    run.append(run.metrics, {"step": 2, "loss": 0.4})
    with run.metrics.open("a") as handle:
        handle.write('{"step": 3, "lo')
    assert run.read_lines(run.metrics) == [{"step": 1, "loss": 0.5}, {"step": 2, "loss": 0.4}]
    run.rewind(1)
    assert run.metrics.read_text() == '{"step": 1, "loss": 0.5}\n'


def test_the_last_whole_checkpoint_is_found(run: RunFolder):
    assert run.last_checkpoint() is None
    folders = [checkpoint(run, step) for step in (5, 10, 9, 100)]
    assert run.last_checkpoint() == folders[3]
    (folders[3] / "ref" / "adapter_model.safetensors").write_bytes(b"damaged")
    (folders[1] / "manifest.json").unlink()
    assert run.last_checkpoint() == folders[2]
    assert folders[3].exists(), "looking deletes nothing"
    assert run.last_checkpoint(delete=True) == folders[2]
    assert not folders[3].exists() and not folders[1].exists()


@pytest.mark.parametrize("damage", ["missing", "extra", "changed", "manifest", "empty"])
def test_a_damaged_checkpoint_is_not_whole(run: RunFolder, damage: str):
    folder = checkpoint(run, 1)
    assert is_whole(folder)
    file, manifest = folder / "adapter_model.safetensors", folder / "manifest.json"
    {"missing": file.unlink, "extra": lambda: (folder / "more").write_text("x"),
     "changed": lambda: file.write_bytes(b"x" * 100), "manifest": lambda: manifest.write_text('{"fil'),
     "empty": lambda: manifest.write_text("{}")}[damage]()
    assert not is_whole(folder)


def test_steps_of_checkpoint_names():
    assert checkpoint_step(Path("checkpoint-120")) == 120
    assert checkpoint_step(Path("checkpoint-tmp")) == -1


HOLD = ("import sys, time\nfrom pathlib import Path\nfrom training.runs import RunFolder\n"
        "run = RunFolder(Path(sys.argv[1]))\n"
        "with run.locked():\n    run.write_status(state='running', step=3)\n    print('held', flush=True)\n"
        "    time.sleep(60)\n")


def test_one_process_at_a_time_and_a_killed_one_is_not_running(run: RunFolder, monkeypatch: pytest.MonkeyPatch):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(run.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        assert run.in_use()
        assert run.effective_status().state == "running"
        monkeypatch.setattr("training.runs.LOCK_SECONDS", 0.1)
        with pytest.raises(RecipeError, match="another process trains"), run.locked():
            pytest.fail("two held it")
    finally:
        holder.kill()
        holder.wait()
    assert not run.in_use()
    status = run.effective_status()
    assert status.state == "failed" and "step 3" in status.reason
    assert run.status().state == "running", "looking changes nothing"


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RecipeError, match="cannot be made"):
        RunFolder(tmp_path / "file" / "run").create()


def test_reading_a_long_run_is_quick(run: RunFolder):
    run.metrics.write_text("".join(json.dumps({"step": i, "loss": 1 / i}) + "\n" for i in range(1, 10_001)))
    run.write_status(state="complete", step=10_000)
    began = time.process_time()
    assert run.effective_status().step == 10_000
    assert time.process_time() - began < 0.05


def test_a_run_says_that_it_is_running_only_once_it_holds_the_queue(run: RunFolder):
    with recorded(run, "sft"):
        assert run.status().state == "queued"  # one that is started later must not go before it
        with queued(run, run.path.parent / QUEUE):
            assert run.status().state == "running"
