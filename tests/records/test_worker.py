"""The worker: judges what is queued, resumes, drains, and takes no harm from a bad document or a full disk."""

from __future__ import annotations

import json
import logging
import threading
import time

import pytest

from model.errors import AdapterError, RecordsError
from recruiter_ui import log, records, worker
from recruiter_ui.records.queue import GAVE_UP
from recruiter_ui.worker import Worker

from .making import VERSIONS, PlainJudge, resumes, screening


def done(store, number):
    return records.screening_of(store, number).done


def run(made, until, seconds=20):
    """Run the loop in a thread until the condition holds, then drain."""
    thread = threading.Thread(target=made.run)
    thread.start()
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.01)
    made.stop()
    thread.join(seconds)
    assert until() and not thread.is_alive()


def test_everything_queued_is_judged(store, tmp_path):
    numbers = [screening(store, tmp_path / "a", 12), screening(store, tmp_path / "b", 5, user="ann")]
    judge = PlainJudge()
    made = Worker(store, judge)
    while made.step():
        pass
    assert len(judge.judged) == 12, "the five are among the twelve, the job is the same"
    assert records.screening_of(store, numbers[0]).counts["scored"] == 12
    assert records.screening_of(store, numbers[1], "ann").counts["scored"] == 5


def test_scoring_again_costs_nothing_until_a_version_changes(store, tmp_path):
    screening(store, tmp_path / "files", 4)
    judge = PlainJudge()
    made = Worker(store, judge)
    made.step()
    for _ in range(2):
        records.create_screening(store, 1, [1, 2, 3, 4], ["grpo"])
        made.step()
    assert len(judge.judged) == 4
    judge.current = {**VERSIONS, "prompt": "p2"}
    records.create_screening(store, 1, [1, 2, 3, 4], ["grpo"])
    made.step()
    assert len(judge.judged) == 8


def test_stop_drains(store, tmp_path):
    number = screening(store, tmp_path / "files", 30)
    judge = PlainJudge(delay=0.05)
    run(Worker(store, judge), lambda: done(store, number) >= 3)
    found = records.screening_of(store, number)
    assert found.counts["running"] == 0 and found.counts["queued"] == 30 - found.done > 0
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT max(attempts) FROM items WHERE state = 'queued'").scalar() == 0
    run(Worker(store, PlainJudge()), lambda: done(store, number) == 30)


def test_a_stopped_screening_is_left(store, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.0)
    number = screening(store, tmp_path / "files", 10)
    judge = PlainJudge()
    first = judge.screen

    def screen(*args):
        for judged in first(*args):
            yield judged
            records.stop_screening(store, number)
    judge.screen = screen
    made = Worker(store, judge)
    assert made.step() and not made.step()
    found = records.screening_of(store, number)
    assert (found.status, found.done, found.counts["running"]) == ("stopped", 1, 0)


def test_what_is_left_of_a_claim_is_judged_by_the_adapter_that_was_promoted_meanwhile(store, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(worker, "stamp", lambda: (judge.current["adapter"], 0, 0))
    number = screening(store, tmp_path / "files", 6)
    judge, made = PlainJudge(), []
    first = judge.screen

    def screen(*args):
        for judged in first(*args):
            made.append(judged[0]["versions"]["adapter"])
            yield judged
            judge.current = {**VERSIONS, "adapter": "sft:aaaa,grpo:cccc"}
    judge.screen = screen
    loop = Worker(store, judge)
    while loop.step():
        pass
    assert made == [VERSIONS["adapter"]] + ["sft:aaaa,grpo:cccc"] * 5
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT max(attempts) FROM items").scalar() == 1
    assert records.screening_of(store, number).status == "done"


def test_a_document_that_breaks_the_engine_harms_no_other(store, tmp_path):
    number = screening(store, tmp_path / "files", 6)
    judge = PlainJudge()
    judge.broken = {records.entries_of(store, number)[2].sha256}
    made = Worker(store, judge)
    while made.step():
        pass
    found = records.screening_of(store, number)
    assert (found.status, found.counts["scored"], found.counts["failed"]) == ("done", 5, 1)
    failed = [row for _, row in records.rows_of(store, number) if row["outcome"] == "failed"]
    assert failed[0]["sha256"] in judge.broken and failed[0]["error"] == GAVE_UP


def test_a_document_that_gets_no_row_is_not_asked_for_ever(store, tmp_path):
    number = screening(store, tmp_path / "files", 3)
    judge = PlainJudge()
    judge.missing = {records.entries_of(store, number)[0].sha256}
    made = Worker(store, judge)
    for _ in range(20):
        made.step()
    assert records.screening_of(store, number).counts["failed"] == 1


def test_a_document_that_was_erased_in_hand_is_no_error(store, tmp_path):
    number = screening(store, tmp_path / "files", 2)
    judge = PlainJudge()
    first = judge.screen

    def screen(*args):
        with store.write() as connection:
            connection.exec_driver_sql("DELETE FROM documents WHERE id = 1")
        yield from first(*args)
    judge.screen = screen
    Worker(store, judge).step()
    assert len(records.rows_of(store, number)) == 1
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM verdicts").scalar() == 1


def test_a_judge_that_is_not_there_ends_the_screening_in_words(store, tmp_path):
    number = screening(store, tmp_path / "files", 2)
    judge = PlainJudge()

    def screen(*_):
        raise AdapterError("no adapter named 'grpo' is loaded")
        yield
    judge.screen = screen
    made = Worker(store, judge)
    made.step()
    found = records.screening_of(store, number)
    assert (found.status, found.counts["queued"]) == ("failed", 2) and "no adapter" in found.message
    assert not made.step()


def test_a_full_disk_is_waited_out(store, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)
    number = screening(store, tmp_path / "files", 3)
    real, calls, troubles = worker.finish_item, [], []
    made = Worker(store, PlainJudge())

    def finish(*args, **named):
        calls.append(1)
        if len(calls) < 6:
            raise RecordsError("the disk is full")
        troubles.append(made.trouble)
        return real(*args, **named)
    monkeypatch.setattr(worker, "finish_item", finish)
    run(made, lambda: done(store, number) == 3)
    assert troubles[0] == "the disk is full" and made.trouble == ""
    assert records.screening_of(store, number).counts["scored"] == 3, "a full disk is no document's fault"


def test_the_log_holds_no_text_of_a_resume(store, tmp_path):
    files = resumes(tmp_path / "files", 2, "SECRET {i} Müller")
    records.create_screening(store, records.add_job(store, records.jobs.Job("Job\n- x", "Job", ())),
                             records.add_documents(store, files), ["grpo"])
    judge = PlainJudge()
    judge.broken = {files[1].sha256}
    path = log.write_to(store.folder)
    made = Worker(store, judge)
    while made.step():
        pass
    text = path.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"judged", "a batch broke"} <= {line["event"] for line in lines}
    broke = next(line for line in lines if line["event"] == "a batch broke")
    assert broke["error"] == "builtins.ValueError" and "screen" in broke["at"][-1]
    for secret in ("SECRET", "Müller", "person_", *(file.sha256 for file in files)):
        assert secret not in text
    for handler in list(logging.getLogger("shortlist").handlers):
        logging.getLogger("shortlist").removeHandler(handler)
        handler.close()


@pytest.mark.slow
def test_kills_lose_and_double_nothing(tmp_path):
    """Five kills; `python -m tests.records.kill_worker` makes two hundred during 5,000 verdicts."""
    from .kill_worker import main  # noqa: PLC0415 - forks
    found = main(tmp_path, verdicts=80, kills=5, seed=1)
    assert found["kills"] == 5 and found["wrong"] == []


def test_a_fault_of_the_loop_itself_is_shown_and_tried_again(store, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)
    number = screening(store, tmp_path / "files", 2)
    real, troubles, made = worker.claim_next, [], Worker(store, PlainJudge())

    def claim(*args):
        troubles.append(made.trouble)
        if len(troubles) < 3:
            raise KeyError("a bug")
        return real(*args)
    monkeypatch.setattr(worker, "claim_next", claim)
    run(made, lambda: done(store, number) == 2)
    assert troubles[1] == worker.FAULT and made.trouble == ""
