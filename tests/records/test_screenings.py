"""Screenings, the queue, decisions, overrides: whose they are, that nothing doubles, that undo is a row of its own."""

from __future__ import annotations

import os
import threading
import time

import pytest
from sqlalchemy import func, select, update

from model.errors import RecordsError
from model.schema import Document
from recruiter_ui import records
from recruiter_ui.records import decisions, queue
from recruiter_ui.records.tables import audit, items, verdicts

from .making import JOB, VERSIONS, job, resumes, row, screening


def finished(store, claim, score=80):
    for item in claim.items:
        queue.finish_item(store, claim, item, row(item.sha256, score=score), Document("x", item.sha256, "txt", "read"))


def count(store, table):
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_way_of_a_screening(store, tmp_path):
    number = screening(store, tmp_path / "files", 5)
    assert records.latest_open(store).id == number
    claim = records.claim_next(store, 3)
    assert claim.job == JOB and len(claim.items) == 3 and claim.items[0].path.is_file()
    finished(store, claim)
    found = records.screening_of(store, number)
    assert (found.status, found.done, found.total, found.title) == ("open", 3, 5, "Analyst")
    assert [done for done, _ in records.rows_of(store, number)] == [1, 2, 3]
    assert [done for done, _ in records.rows_of(store, number, after=2)] == [3]
    first = records.rows_of(store, number)[0][1]
    assert first["file"].startswith("person_") and first["verdicts"]["grpo"]["score"] == 80
    assert records.document_of(store, number, first["sha256"]).text == "read"
    finished(store, records.claim_next(store, 3))
    assert records.screening_of(store, number).status == "done" and records.claim_next(store) is None
    assert records.latest_open(store) is None


def test_a_row_that_comes_twice_is_recorded_once(store, tmp_path):
    screening(store, tmp_path / "files", 1)
    claim = records.claim_next(store)
    assert queue.finish_item(store, claim, claim.items[0], row(claim.items[0].sha256))
    assert not queue.finish_item(store, claim, claim.items[0], row(claim.items[0].sha256, score=10))
    assert count(store, verdicts) == 1 and records.rows_of(store, 1)[0][1]["verdicts"]["grpo"]["score"] == 80


def test_one_verdict_for_each_of_the_six(store, tmp_path):
    key = queue.key_of("d", "j", VERSIONS, ["grpo"])
    assert key == {"document": "d", "job": "j", "model": "tiny:0001", "adapter": "grpo:bbbb", "prompt": "p1",
                   "rubric": "r1"}
    assert queue.key_of("d", "j", VERSIONS, ["grpo", "sft"])["adapter"] == "grpo:bbbb,sft:aaaa"
    screening(store, tmp_path / "files", 1)
    finished(store, records.claim_next(store))
    for change in ({}, {"base": "other"}, {"prompt": "p2"}, {"rubric": "r2"}, {"adapter": "sft:aaaa,grpo:cccc"},
                   {"adapter": "sft:changed,grpo:bbbb"}):
        again = records.create_screening(store, 1, [1], ["grpo"])
        claim, versions = records.claim_next(store), {**VERSIONS, **change}
        known = records.known_verdicts(store, claim, versions)
        same = change in ({}, {"adapter": "sft:changed,grpo:bbbb"})  # sft did not judge
        assert bool(known) is same, change
        queue.finish_item(store, claim, claim.items[0], {**row(claim.items[0].sha256), "versions": versions})
        assert records.screening_of(store, again).status == "done"
    assert count(store, verdicts) == 5


def test_another_user_sees_nothing_unless_it_is_shared(store, tmp_path):
    number = screening(store, tmp_path / "files", 1, user="ann")
    finished(store, records.claim_next(store))
    sha256 = records.rows_of(store, number, "ann")[0][1]["sha256"]
    uses = [lambda: records.rows_of(store, number, "bob"), lambda: records.job_of(store, number, "bob"),
            lambda: records.entries_of(store, number, "bob"), lambda: records.screening_of(store, number, "bob"),
            lambda: records.document_of(store, number, sha256, "bob"),
            lambda: records.history(store, number, user="bob"),
            lambda: records.decide(store, number, sha256, "DECLINED", user="bob"),
            lambda: records.override(store, number, sha256, status="REJECTED", user="bob"),
            lambda: records.undo(store, number, "bob")]
    changes = [lambda: records.share(store, number, user="bob"), lambda: records.stop_screening(store, number, "bob"),
               lambda: records.extend_screening(store, number, [], "bob")]
    for use in uses + changes:
        with pytest.raises(RecordsError, match="that you may use"):
            use()
    assert records.screenings_of(store, "bob") == [] and records.agreement_over_time(store, "bob") == []
    with pytest.raises(RecordsError, match="not there any more"):
        records.create_screening(store, records.add_job(store, JOB, "bob"), [1], ["grpo"], "bob")
    with pytest.raises(RecordsError, match="no job"):
        records.create_screening(store, 1, [], ["grpo"], "bob")
    records.share(store, number, user="ann")
    for use in uses:
        use()
    for change in changes:
        with pytest.raises(RecordsError):
            change()
    records.share(store, number, False, user="ann")
    with pytest.raises(RecordsError):
        uses[0]()


def test_the_name_of_a_file_stays_with_who_uploaded_it(store, tmp_path):
    files = resumes(tmp_path / "files", 1)
    for user, name in (("ann", "from ann.txt"), ("bob", "from bob.txt")):
        mine = [type(files[0])(files[0].path, name, files[0].sha256, files[0].size)]
        number = records.create_screening(store, records.add_job(store, JOB, user),
                                          records.add_documents(store, mine, user), ["grpo"], user)
        finished(store, records.claim_next(store))
        assert records.rows_of(store, number, user)[0][1]["file"] == name
    assert count(store, verdicts) == 1


def test_stop_keeps_what_is_done_and_extend_goes_on(store, tmp_path):
    number = screening(store, tmp_path / "files", 4)
    finished(store, records.claim_next(store, 2))
    records.stop_screening(store, number)
    assert records.claim_next(store) is None and records.screening_of(store, number).done == 2
    records.extend_screening(store, number, records.add_documents(store, resumes(tmp_path / "b", 2, "more {i}")))
    assert records.screening_of(store, number).total == 6
    finished(store, records.claim_next(store, 9))
    assert records.screening_of(store, number).status == "done"
    assert [done for done, _ in records.rows_of(store, number)] == [1, 2, 3, 4, 5, 6]


def test_screenings_take_turns(store, tmp_path):
    mine, yours = screening(store, tmp_path / "a", 4), screening(store, tmp_path / "a", 4, user="ann", of=job(2))
    turns = [records.claim_next(store, 2).screening for _ in range(4)]
    assert turns == [mine, yours, mine, yours]


def test_no_document_is_claimed_twice(store, tmp_path):
    screening(store, tmp_path / "files", 60)
    taken, lock = [], threading.Lock()

    def take():
        while claim := records.claim_next(store, 2):
            with lock:
                taken.extend(item.id for item in claim.items)
    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(set(taken)) and len(taken) == 60


# --- claims whose worker has ended -----------------------------------------------------------------------------------


def dead_worker():
    return f"{queue._host()}:{os.getpid()}:1.00:feed"  # this process id, but of a process that started long ago


def test_what_a_dead_worker_held_is_done_by_another(store, tmp_path):
    number = screening(store, tmp_path / "files", 3)
    records.claim_next(store, 3, worker=dead_worker())
    assert records.claim_next(store) is None
    assert records.requeue(store) == 3
    claim = records.claim_next(store, 3)
    assert len(claim.items) == 1, "what may have ended a process is tried alone"
    finished(store, claim)
    for _ in range(2):
        finished(store, records.claim_next(store, 3))
    assert records.screening_of(store, number).status == "done"


def test_the_living_and_those_of_other_machines_keep_their_claims(store, tmp_path):
    screening(store, tmp_path / "files", 2)
    records.claim_next(store, 1)
    records.claim_next(store, 1, worker="elsewhere:1:1.00:feed")
    assert records.requeue(store) == 0


def test_after_three_attempts_a_document_is_given_up_in_words(store, tmp_path):
    number = screening(store, tmp_path / "files", 1)
    for _ in range(queue.MAX_ATTEMPTS):
        assert records.claim_next(store, worker=dead_worker())
        assert records.requeue(store) == 1
    assert records.claim_next(store) is None
    found = records.rows_of(store, number)[0][1]
    assert found["outcome"] == "failed" and found["decision"] == "REVIEW" and "3 times" in found["error"]
    assert records.screening_of(store, number).status == "done"
    records.extend_screening(store, number, [])
    assert len(records.claim_next(store).items) == 1, "a person may have it tried anew"


def test_what_is_given_back_was_not_tried(store, tmp_path):
    screening(store, tmp_path / "files", 2)
    for _ in range(5):
        claim = records.claim_next(store, 2)
        assert len(claim.items) == 2
        queue.give_back(store, claim)


@pytest.mark.parametrize(("moved", "back"), [(queue.LEASE_SECONDS + 1, 1), (-1, 0), (-3 * queue.LEASE_SECONDS, 1)])
def test_leases_and_a_clock_that_moves(store, tmp_path, monkeypatch, moved, back):
    """`moved`: seconds that the clock goes on (or back) while a worker of another machine holds a document."""
    screening(store, tmp_path / "files", 1)
    records.claim_next(store, worker="elsewhere:1:1.00:feed")
    moment = time.time() + moved
    monkeypatch.setattr(queue.time, "time", lambda: moment)
    assert records.requeue(store) == back


def test_a_late_worker_doubles_nothing(store, tmp_path):
    number = screening(store, tmp_path / "files", 1)
    late = records.claim_next(store, worker=dead_worker())
    records.requeue(store)
    finished(store, records.claim_next(store))
    assert not queue.finish_item(store, late, late.items[0], row(late.items[0].sha256))
    assert len(records.rows_of(store, number)) == 1 and count(store, verdicts) == 1


# --- decisions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(store, tmp_path):
    """(store, screening, hashes) of three documents that were scored 80, 80 and 10."""
    number = screening(store, tmp_path / "files", 3)
    finished(store, records.claim_next(store, 2))
    finished(store, records.claim_next(store), score=10)
    return store, number, [found["sha256"] for _, found in records.rows_of(store, number)]


def test_a_decision_and_its_undoing_are_rows(judged):
    store, number, (a, b, _) = judged
    records.decide(store, number, a, "SHORTLISTED", note="strong")
    records.decide(store, number, b, "DECLINED")
    records.decide(store, number, a, "DECLINED")
    assert records.current(store, number) == {a: "DECLINED", b: "DECLINED"}
    assert records.undo(store, number) == a and records.current(store, number)[a] == "SHORTLISTED"
    assert records.undo(store, number) == b and records.undo(store, number) == a
    assert records.undo(store, number) is None and records.current(store, number) == {}
    said = records.history(store, number, a)
    assert [row.decision for row in said] == ["SHORTLISTED", "DECLINED", "SHORTLISTED", "NONE"]
    assert [row.undoes for row in said] == [None, None, said[1].id, said[0].id]
    records.decide(store, number, a, "SHORTLISTED")
    assert records.undo(store, number) == a and records.current(store, number) == {}


def test_a_decision_outlives_an_edit_of_the_requirements(judged):
    store, number, (a, *_) = judged
    records.decide(store, number, a, "SHORTLISTED")
    edited = type(JOB)(JOB.text, JOB.title, JOB.requirements[:1])
    again = records.create_screening(store, records.add_job(store, edited), [1, 2, 3], ["grpo"])
    assert again != number and records.current(store, again) == {a: "SHORTLISTED"}
    other = records.create_screening(store, records.add_job(store, job(7)), [1, 2, 3], ["grpo"])
    assert records.current(store, other) == {}


def test_users_take_back_their_own_decisions_only(judged):
    store, number, (a, b, _) = judged
    records.share(store, number)
    records.decide(store, number, a, "SHORTLISTED")
    records.decide(store, number, b, "DECLINED", user="ann")
    assert records.undo(store, number, "ann") == b and records.undo(store, number, "ann") is None
    assert records.current(store, number, "ann") == {a: "SHORTLISTED"}


def test_only_what_was_screened_can_be_decided(judged):
    store, number, _ = judged
    with pytest.raises(RecordsError, match="not in screening"):
        records.decide(store, number, "f" * 64, "DECLINED")


def test_overrides_are_checked_and_kept(judged):
    store, number, (a, *_) = judged
    records.override(store, number, a, [2, 0], "REJECTED", "no nursing")
    found = records.overrides_of(store, number, a)
    assert [(o.marks, o.status, o.note) for o in found] == [([2, 0], "REJECTED", "no nursing")]
    for marks in ([2], [2, 3], [2, 0, 1]):
        with pytest.raises(RecordsError, match="2 numbers of 0, 1 or 2"):
            records.override(store, number, a, marks)
    with pytest.raises(RecordsError, match="give one"):
        records.override(store, number, a)


def test_agreement_counts_the_decisions_that_hold(judged, monkeypatch):
    store, number, (a, b, c) = judged
    days = iter(["2026-11-01T00:00:00"] * 2 + ["2026-11-02T00:00:00"] * 2)
    monkeypatch.setattr(decisions, "now", lambda: next(days))
    records.decide(store, number, a, "DECLINED")
    records.decide(store, number, a, "SHORTLISTED")
    records.decide(store, number, b, "DECLINED")
    records.decide(store, number, c, "DECLINED")
    found = records.agreement_over_time(store)
    assert [(day.day, day.decided, day.agreed) for day in found] == [("2026-11-01", 1, 1), ("2026-11-02", 2, 1)]


def test_every_deed_has_its_line(judged):
    store, number, (a, *_) = judged
    records.decide(store, number, a, "DECLINED")
    with store.read() as connection:
        deeds = connection.execute(select(audit.c.action, func.count()).group_by(audit.c.action)).all()
        versions = connection.execute(select(audit.c.versions).where(audit.c.action == "decided")).scalar_one()
    assert dict(deeds) == {"job added": 1, "document added": 3, "screening started": 1, "scored": 3,
                           "screening done": 1, "decided": 1}
    assert "bbbb" in versions, "the versions that the person had before them"


def test_states_fit_the_words_in_the_tables(store, tmp_path):
    screening(store, tmp_path / "files", 1)
    with pytest.raises(Exception, match="CHECK"), store.write() as connection:
        connection.execute(update(items).values(state="lost"))
