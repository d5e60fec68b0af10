"""Runs as processes: what a folder says of them, and what starting, stopping and deleting do."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from filelock import FileLock

from model.errors import RecipeError
from training import jobs, jobs_process
from training import recipe as recipes
from training.jobs_process import Job, identity, is_alive, read_job, write_job
from training.runs import RunFolder

RECIPE = recipes.load("sft-embedded", ["max_steps=2"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch):
    """Runs are `tests.jobs.fake_run`: `quick(steps, seconds a step)`; what is left running is killed at the end."""
    started: list[Path] = []

    def use(steps: int = 3, seconds: float = 0.05) -> None:
        def command(folder: Path, stage: str) -> list[str]:
            started.append(folder)
            return [sys.executable, "-m", "tests.jobs.fake_run", str(folder), str(folder.parent / jobs.QUEUE),
                    str(steps), str(seconds)]
        monkeypatch.setattr(jobs, "command", command)

    yield use
    for folder in started:
        if is_alive(read_job(folder)):
            os.killpg(read_job(folder).pid, signal.SIGKILL)


def until(folder: Path, *states: str, seconds: float = 60) -> jobs.View:
    end = time.monotonic() + seconds
    while (view := jobs.status(folder)).state not in states:
        assert time.monotonic() < end, view
        time.sleep(0.02)
    return view


def started(root: Path) -> Path:
    folder = jobs.create(RECIPE, "ada", root)
    jobs.launch(folder)
    return folder


# --- a run's life ----------------------------------------------------------------------------------------------------


def test_a_run_starts_detached_and_its_folder_tells_the_rest(root: Path, quick):
    quick()
    folder = started(root)
    assert os.getsid(read_job(folder).pid) != os.getsid(0), "it survives the app's terminal"
    view = until(folder, "complete")
    assert (view.step, view.total_steps, view.by, view.eta_s) == (3, 3, "ada", None)
    assert view.last["loss"] == pytest.approx(1 / 3)
    assert recipes.load(folder / "recipe.yaml") == RECIPE
    with pytest.raises(RecipeError, match="is complete: clone it"):
        jobs.launch(folder)


def test_one_run_at_a_time_and_the_first_asked_is_the_first_served(root: Path, quick):
    quick(steps=5000)
    folders = [started(root)]
    until(folders[0], "running")
    quick(steps=3)
    for _ in range(2):
        folders.append(started(root))
        view = until(folders[-1], "queued")
        assert "waits for another run" in view.reason
    assert jobs.status(folders[0]).state == "running"
    jobs.stop(folders[0])
    until(folders[1], "complete")
    until(folders[2], "complete")
    begun = [RunFolder(folder).status().started for folder in folders]
    ended = [RunFolder(folder).status().updated for folder in folders]
    assert begun[1] >= ended[0] and begun[2] >= ended[1]


def test_two_starts_at_once_are_two_runs_and_two_launches_of_one_folder_are_one(root: Path, quick):
    quick(steps=10)
    made: list[Path] = []
    threads = [threading.Thread(target=lambda: made.append(jobs.create(RECIPE, root=root))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8
    said: list[str] = []

    def launch() -> None:
        try:
            jobs.launch(made[0])
            said.append("started")
        except RecipeError as error:
            said.append(str(error))

    threads = [threading.Thread(target=launch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("started") == 1 and sum("runs already" in words for words in said) == 3
    until(made[0], "complete")


def test_who_waits_in_vain_for_a_start_and_a_full_disk_are_told(root: Path, quick, monkeypatch: pytest.MonkeyPatch):
    quick()
    folder = jobs.create(RECIPE, root=root)
    monkeypatch.setattr(jobs, "FileLock", lambda path, timeout: FileLock(path, timeout=0.1))
    with FileLock(folder / ".launch.lock"), pytest.raises(RecipeError, match="somebody else starts"):
        jobs.launch(folder)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("training.runs.write_atomically", full)
    with pytest.raises(RecipeError, match="No space left on device. Free some space"):
        jobs.launch(folder)


def test_a_full_disk_does_not_keep_a_run_from_stopping(root: Path, quick, monkeypatch: pytest.MonkeyPatch):
    quick(steps=400)
    folder = started(root)
    while jobs.status(folder).step < 2:
        time.sleep(0.02)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(jobs_process, "write_job", full)
    assert "stops after its step" in jobs.stop(folder)
    until(folder, "stopped")


def test_stop_keeps_what_was_done_and_resume_goes_on(root: Path, quick):
    quick(steps=200, seconds=0.02)
    folder = started(root)
    while jobs.status(folder).step < 3:
        time.sleep(0.02)
    assert "stops after its step" in jobs.stop(folder)
    view = until(folder, "stopped")
    assert view.reason == "stopped by SIGINT" and 3 <= view.step < 200
    quick(steps=view.step + 2)
    jobs.launch(folder)
    assert until(folder, "complete").step == view.step + 2
    steps = [row["step"] for row in RunFolder(folder).read_lines(folder / "metrics.jsonl")]
    assert steps == list(range(1, view.step + 3))


def test_a_queued_run_can_be_stopped(root: Path, quick):
    quick(steps=400)
    first, second = started(root), started(root)
    until(second, "queued")
    until(first, "running")
    jobs.stop(second)
    assert until(second, "stopped").step == 0
    jobs.stop(first)
    until(first, "stopped")


def at_work(root: Path) -> Path:
    """A run that has begun its steps: before, a signal would end it as it ends any program."""
    folder = started(root)
    while not until(folder, "running").total_steps:
        time.sleep(0.01)
    return folder


def test_a_run_that_does_not_answer_is_ended(root: Path, quick, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs_process, "GRACE_S", (0.3, 0.3))
    quick(steps=5, seconds=60)
    folder = at_work(root)
    jobs.stop(folder)
    until(folder, "stopped")
    assert not is_alive(read_job(folder))


def test_stop_asked_twice_ends_it_at_once(root: Path, quick):
    quick(steps=5, seconds=60)
    folder = at_work(root)
    jobs.stop(folder)
    assert jobs.status(folder).state == "stopping"
    assert "ended at once" in jobs.stop(folder)
    until(folder, "stopped", seconds=10)


def test_a_killed_run_has_failed_with_its_last_words_and_never_runs_or_is_complete(root: Path, quick):
    quick(steps=500)
    folder = started(root)
    until(folder, "running")
    RunFolder(folder).log.open("a").write("the last words\n")
    os.killpg(read_job(folder).pid, signal.SIGKILL)
    view = until(folder, "failed")
    assert "without a word" in view.reason and view.log[-1] == "the last words" and view.eta_s is None
    quick(steps=view.step + 1)
    jobs.launch(folder)
    until(folder, "complete")


def test_a_child_that_cannot_start_has_failed_with_its_traceback(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "command", lambda folder, stage: [sys.executable, "-c", "raise SystemExit('no torch')"])
    view = until(started(root), "failed")
    assert view.log == ("no torch",)


def test_a_later_process_with_the_same_number_is_not_the_run(root: Path):
    folder = jobs.create(RECIPE, root=root)
    RunFolder(folder).write_status(state="running", step=7, pid=os.getpid())
    write_job(folder, Job(("x",), os.getpid(), identity(os.getpid())))
    assert jobs.status(folder).state == "running"
    write_job(folder, Job(("x",), os.getpid(), "of another time"))
    view = jobs.status(folder)
    assert view.state == "failed" and "step 7" in view.reason


# --- folders ---------------------------------------------------------------------------------------------------------


def test_status_of_a_long_run_takes_milliseconds(root: Path):
    folder = jobs.create(RECIPE, root=root)
    RunFolder(folder).write_status(state="complete", step=10_000, total_steps=10_000)
    with (folder / "metrics.jsonl").open("w") as out:
        for step in range(1, 10_001):
            out.write(json.dumps({"step": step, "time": step * 1.5, "loss": 1 / step, "reward": 1.0, "kl": 0.01,
                                  **{f"reward/{i}": 0.5 for i in range(8)}, "learning_rate": 1e-5}) + "\n")
            if step % 100 == 0:
                out.write(json.dumps({"step": step, "probe_accuracy": 0.9}) + "\n")
    jobs.status(folder), jobs.curves(folder)
    took = {}
    for name, look in (("status", jobs.status), ("curves", jobs.curves)):
        began = time.process_time()
        for _ in range(5):
            look(folder)
        took[name] = (time.process_time() - began) / 5
    print(f"\n10,000 steps: status {1000 * took['status']:.1f} ms, curves {1000 * took['curves']:.1f} ms")
    assert jobs.status(folder).last["step"] == 10_000 and took["status"] < 0.05, took
    rows = jobs.curves(folder)
    assert len(rows) < 600 and rows[-1]["step"] == 10_000 and took["curves"] < 0.05, took
    assert sum("probe_accuracy" in row for row in rows) == 100


def test_a_half_deleted_folder_is_named_and_can_be_deleted(root: Path):
    folder = jobs.create(RECIPE, root=root)
    (folder / "recipe.yaml").unlink()
    (folder / "status.json").write_text('{"state": "run')
    view = jobs.status(folder)
    assert view.state == "damaged" and "half deleted" in view.reason
    for act in (jobs.launch, jobs.clone):
        with pytest.raises(RecipeError, match="half deleted"):
            act(folder)
    jobs.delete(folder)
    assert jobs.views(root) == []


@pytest.mark.parametrize("name", ["job.json", "status.json", "metrics.jsonl", "recipe.yaml", "log.txt"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0", b"[1, 2]", b'{"state": 5, "command": 7}', None])
def test_whatever_a_file_of_the_folder_holds_the_list_is_shown(root: Path, name: str, content: bytes | None):
    folder = jobs.create(RECIPE, root=root)
    RunFolder(folder).write_status(state="running", step=1)
    (folder / "metrics.jsonl").write_text('{"step": 1, "loss": 2}\n')
    if content is None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(content)
    assert [view.name for view in jobs.views(root)] == [folder.name]
    assert isinstance(jobs.curves(folder), list)


def test_a_running_folder_is_not_deleted(root: Path, quick):
    quick(steps=500)
    folder = started(root)
    until(folder, "running")
    with pytest.raises(RecipeError, match="stop it before"):
        jobs.delete(folder)
    jobs.stop(folder)
    until(folder, "stopped")
    jobs.delete(folder)
    assert not folder.exists() and not list(root.glob(".deleted-*"))


def test_a_folder_that_is_measured_is_not_deleted(root: Path):
    folder = jobs.create(RECIPE, root=root)
    RunFolder(folder).write_status(state="complete")
    (folder / "gate").mkdir()
    write_job(folder / "gate", Job(("x",), os.getpid(), identity(os.getpid()), 1.0))
    with pytest.raises(RecipeError, match="is being measured"):
        jobs.delete(folder)
    write_job(folder / "gate", Job(("x",), os.getpid(), "another process", 1.0))
    (root / ".deleted-before").mkdir()
    jobs.delete(folder)
    assert not [path for path in root.iterdir() if path.is_dir()], "what an earlier deletion left goes, too"


def test_a_clone_has_the_recipe_with_changes(root: Path):
    folder = jobs.create(RECIPE, "ada", root)
    copy = jobs.clone(folder, ["learning_rate=1e-5"], "bob")
    assert recipes.load(copy / "recipe.yaml").learning_rate == 1e-5 and jobs.status(copy).by == "bob"
    with pytest.raises(RecipeError, match="outside of"):
        jobs.clone(folder, ["learning_rate=5"])
    with pytest.raises(RecipeError, match="unknown key"):
        jobs.clone(folder, ["learnin_rate=1e-4"])


@pytest.mark.parametrize("name", ["", "..", "../runs", ".queue.lock", "no-such-run", "/etc"])
def test_a_run_is_found_by_its_name_and_nothing_else_is(root: Path, name: str):
    folder = jobs.create(RECIPE, root=root)
    assert jobs.find(folder.name, root) == folder
    with pytest.raises(RecipeError, match="there is no run"):
        jobs.find(name, root)


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(RecipeError, match="cannot be written.*SHORTLIST_DATA"):
        jobs.create(RECIPE, root=tmp_path / "runs")


def test_the_command_is_shown_as_a_person_would_type_it(root: Path):
    line = jobs.in_words(jobs.command(root / "a run", "sft"))
    assert line.startswith("python app.py train sft --recipe '") and "--queue" in line


def test_a_job_survives_its_file(root: Path):
    folder = jobs.create(RECIPE, "ada", root)
    job = Job(("a", "b"), 5, "x", 1.5, "ada", 2.5)
    write_job(folder, job)
    assert read_job(folder) == job and set(json.loads((folder / "job.json").read_text())) == set(asdict(job))
