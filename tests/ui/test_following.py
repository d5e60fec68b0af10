"""What the page does with the records, without a browser: queue, follow, stop, find again, decide."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import gradio as gr
import pytest

from model.errors import RecordsError
from recruiter_ui import access, candidate, records, screening
from recruiter_ui.records import open_store
from recruiter_ui.session import DECLINED, SHORTLISTED, Session

from .driving import JOB, resume_text
from .fake_service import FakeService

NOTICE, PROGRESS, CLOCK = 2, 3, 4  # places in what `follow` returns


@pytest.fixture
def service(tmp_path):
    made = FakeService(delay=0.0, folder=tmp_path / "data")
    made.start()
    assert made.wait(20).state == "ready"
    yield made
    made.go_on()
    made.stop(20)
    made.store.close()


@pytest.fixture
def files(tmp_path):
    paths = []
    for i in range(6):
        paths.append(tmp_path / f"person_{i}.txt")
        paths[-1].write_text(resume_text(i))
    return paths


def begin(service, files, adapter="grpo", session=None):
    """(session, updates of `follow`) after pressing Screen."""
    session = session or Session()
    screening.take_resumes(session, [str(path) for path in files], move=False)
    return session, screening.start(service, session, JOB, adapter)[-screening.FOLLOWED:]


def followed(service, session, seconds=20):
    """The updates once nothing runs any more."""
    end, last = time.monotonic() + seconds, ()
    while session.running and time.monotonic() < end:
        last = screening.follow(service, session)
        time.sleep(0.02)
    assert not session.running
    return last


def bar(updates):
    return updates[PROGRESS].value


def test_the_page_follows_to_the_end(service, files):
    session, first = begin(service, files)
    assert first[CLOCK].active and session.running
    last = followed(service, session)
    assert "All 6 done" in bar(last) and not last[CLOCK].active and len(session.rows) == 6
    sha256 = next(iter(session.rows))
    assert "Python" in session.documents[sha256].text and session.documents.get("none") is None
    assert len(list(session.documents.items())) == 6
    assert screening.follow(service, session)[CLOCK].active is False


def test_screening_again_judges_nothing_again(service, files):
    followed(service, begin(service, files)[0])
    judged = service.judged
    session, _ = begin(service, files)
    assert "All 6 done" in bar(followed(service, session)) and service.judged == judged


def test_stop_and_go_on(service, files):
    service.hold_after(2)
    session, _ = begin(service, files)
    while len(session.rows) < 2:
        screening.follow(service, session)
    screening.stop(session)
    assert "Stopping" in bar(screening.follow(service, session))
    time.sleep(0.3)  # the worker looks five times a second
    service.go_on()
    assert "Stopped at 2 of 6" in bar(followed(service, session)) and len(session.rows) == 2
    number = session.screening
    begin(service, [], session=session)
    assert "All 6 done" in bar(followed(service, session)) and session.screening == number


def test_a_new_page_finds_the_screening_that_runs_and_none_that_ended(service, files):
    service.hold_after(2)
    session, _ = begin(service, files)
    page = Session()
    text, judge, *_ = screening.attach(service, page)
    assert text == JOB and judge.value == "grpo" and page.screening == session.screening
    assert list(page.resumes) == list(session.resumes), "the same candidates have the same codes"
    service.go_on()
    followed(service, page)
    assert len(page.rows) == 6 and page.labels() == session.labels()
    late = Session()
    screening.attach(service, late)
    assert late.screening is None and not late.running


def test_decisions_are_in_the_records_and_come_back(service, files):
    session, _ = begin(service, files)
    followed(service, session)
    a, b = list(session.rows)[:2]
    session.selected = a
    assert "shortlisted" in candidate.decide(session, SHORTLISTED)
    session.selected = b
    candidate.decide(session, DECLINED)
    candidate.decide(session, None)
    assert records.current(service.store, session.screening) == {a: SHORTLISTED}
    again, _ = begin(service, files)
    assert again.human == {a: SHORTLISTED}, "decisions belong to candidate and job"
    assert again.undo() == b and again.human == {a: SHORTLISTED, b: DECLINED}
    assert again.undo() == b and again.undo() == a and again.undo() is None and again.human == {}


def test_another_job_has_its_own_decisions(service, files):
    session, _ = begin(service, files)
    followed(service, session)
    session.decide(next(iter(session.rows)), DECLINED)
    screening.start(service, session, JOB + "- Java", "grpo")
    assert session.human == {}
    followed(service, session)


def test_both_judges(service, files):
    session, _ = begin(service, files, "both")
    followed(service, session)
    assert all(set(row["verdicts"]) == {"sft", "grpo"} for row in session.rows.values())


@pytest.mark.parametrize("wrong", ["no judge", "disk full", "no resumes"])
def test_what_keeps_a_screening_from_starting_is_said(service, files, monkeypatch, wrong):
    def full(*_):
        raise RecordsError("the disk is full: free some space")
    if wrong == "disk full":
        monkeypatch.setattr(records, "create_screening", full)
    service._screener.adapters = ("sft",)
    service._status = type(service._status)("ready", "", ("sft",) if wrong == "no judge" else ("sft", "grpo"))
    session, updates = begin(service, [] if wrong == "no resumes" else files)
    said = {"no judge": "no GRPO", "disk full": "free some space", "no resumes": "no resumes yet"}[wrong]
    assert said in updates[NOTICE].value and not session.running and records.latest_open(service.store) is None


def test_an_engine_that_failed_is_said_and_the_queue_stays(service, files):
    service._status = type(service._status)("failed", "The model is gone.")
    service.hold_after(0)
    session, updates = begin(service, files)
    assert updates[NOTICE].value == "The model is gone." and not session.running
    assert records.latest_open(service.store).total == 6


def test_trouble_of_the_worker_is_shown_while_it_lasts(service, files):
    service.hold_after(1)
    session, _ = begin(service, files)
    service.worker.trouble = "the disk is full"
    assert screening.follow(service, session)[NOTICE].value == "the disk is full"
    service.worker.trouble = ""
    service.go_on()
    assert followed(service, session)[NOTICE].value == ""


def test_a_screening_that_was_erased_meanwhile(service, files):
    service.hold_after(0)
    session, _ = begin(service, files)
    with service.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM screenings")
    updates = screening.follow(service, session)
    assert "was removed" in updates[NOTICE].value and not session.running


def test_removing_all_clears_the_page_and_keeps_the_records(service, files):
    session, _ = begin(service, files)
    followed(service, session)
    number, folder = session.screening, session.folder
    screening.forget(session)
    assert not session.rows and not folder.exists() and session.screening is None
    assert len(records.rows_of(service.store, number)) == 6


def test_a_restart_goes_on_with_what_was_queued(service, files, tmp_path):
    service.hold_after(2)
    session, _ = begin(service, files)
    while len(session.rows) < 2:
        screening.follow(service, session)
    service.worker.stop()
    service.go_on()
    service._thread.join(20)
    again = FakeService(delay=0.0, folder=tmp_path / "data")
    again.start()
    page = Session()
    screening.attach(again, page)
    followed(again, page)
    assert len(page.rows) == 6 and again.judged <= 4
    again.stop(20)
    again.store.close()


def test_users_do_not_see_each_other(service, files, monkeypatch):
    who = type("Who", (), {"id": "ann"})
    monkeypatch.setattr(screening, "current_user", lambda: who)
    service.hold_after(0)
    session, _ = begin(service, files)
    assert session.user == "ann" and records.latest_open(service.store, "ann")
    who.id = "bob"
    page = Session()
    screening.attach(service, page)
    assert page.screening is None and records.screenings_of(service.store, "bob") == []


def test_the_store_of_a_folder_is_opened_once(service, tmp_path):
    assert service.store is service.store and service.store.folder == tmp_path / "data"
    other = open_store(tmp_path / "data")
    assert other is not service.store
    other.close()


def test_an_expected_error_of_any_handler_reaches_the_page_in_its_words():
    async def process_api(*_):
        raise RecordsError("the disk is full: free some space")
    app = access.guard(SimpleNamespace(process_api=process_api, fns={}))
    with pytest.raises(gr.Error, match="free some space"):
        asyncio.run(app.process_api(None, []))
