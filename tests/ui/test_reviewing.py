"""The pure half of Review and History: who awaits a person, what agreement is, how two screenings differ."""

from __future__ import annotations

import pytest

from model.schema import Job, Requirement
from recruiter_ui import export, history, past, records, review, reviewing
from recruiter_ui.records import Agreement, open_store
from recruiter_ui.session import DECLINED, SHORTLISTED, Resume, Session

from .test_render import LABELS, both, judged, unread

ROWS = [judged("a", "SELECTED", 90), judged("b", "REJECTED", 55), judged("c", "REVIEW", 62), unread("d"),
        judged("e", "REJECTED", 30), judged("f", "REVIEW", 40)]


def keys(rows):
    return "".join(row["sha256"] for row in rows)


def test_the_queue_holds_doubts_then_rejections_then_files_not_read():
    assert keys(reviewing.queue(ROWS, {})) == "cfbed"
    assert keys(reviewing.queue(ROWS, {"c": SHORTLISTED, "b": DECLINED})) == "fed"
    assert keys(reviewing.queue(ROWS, {"c": SHORTLISTED, "b": DECLINED}, "DONE")) == "cb"
    assert keys(reviewing.queue(ROWS, {}, "ALL")) == "acfbed"


def test_each_has_its_reason_and_a_suggested_rejection_is_none_yet():
    table = reviewing.table(reviewing.queue(ROWS, {}), LABELS, {"b": DECLINED})
    by_label = {line[0]: line for line in table}
    assert all(len(line) == len(reviewing.HEADERS) for line in table)
    assert by_label["Candidate d"][3] == "This PDF is locked with a password."
    assert by_label["Candidate e"][1] == "○ Suggested: reject" and by_label["Candidate e"][4] == ""
    assert by_label["Candidate b"][4] == "✗ Rejected by you"


def test_progress_is_told_until_everybody_is_decided():
    assert reviewing.progress_words(ROWS, {}).startswith("5 of 5 await you")
    assert reviewing.progress_words(ROWS, dict.fromkeys("bcdef", DECLINED)) == "All 5 who awaited you are decided."
    assert "Nobody awaits you" in reviewing.progress_words(ROWS[:1], {})


def test_agreement_is_counted_over_the_days():
    days = [Agreement("2026-11-01", 4, 3), Agreement("2026-11-02", 6, 6)]
    assert "9 of 10 candidates decided so far (90 %)" in reviewing.agreement_words(days)
    assert reviewing.agreement_points(days) == {"x": ["2026-11-01", "2026-11-02"], "%": [75, 100], "n": [4, 6]}
    assert "Once you have decided" in reviewing.agreement_words([])


# --- deciding --------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path):
    """Four judged resumes of one screening in records of their own."""
    store = open_store(tmp_path / "data")
    files = []
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(f"{name} knows Python")
        files.append(Resume(tmp_path / f"{name}.txt", f"{name}.txt", name * 64, 14))
    ids = records.add_documents(store, files)
    job = Job("Python", "Analyst", (Requirement("Python", "skill"), Requirement("nursing", "experience", False, 5.0)))
    number = records.create_screening(store, records.add_job(store, job), ids, ("grpo",))
    versions = {"base": "tiny", "adapter": "grpo:1", "prompt": "p", "rubric": "r"}
    claim = records.claim_next(store, 4)
    decisions = {"a": "SELECTED", "b": "REVIEW", "c": "REJECTED", "d": "REJECTED"}
    for item in claim.items:
        name = item.sha256[0]
        score = {"a": 90, "b": 62, "c": 50, "d": 30}[name]
        records.finish_item(store, claim, item, judged(item.sha256, decisions[name], score, versions=versions))
    held = Session()
    held.attach(store, records.LOCAL, records.screening_of(store, number))
    return held


def test_deciding_goes_on_to_the_next_and_keeps_the_note(session):
    review.show(session)
    session.selected = "b" * 64
    review.decide(session, "  speaks of a move ", SHORTLISTED)
    assert session.selected == "c" * 64 and session.human == {"b" * 64: SHORTLISTED}
    [row] = records.history(session.store, session.screening)
    assert (row.decision, row.note) == (SHORTLISTED, "speaks of a move")
    review.decide(session, "", DECLINED)
    assert session.selected == "d" * 64
    review.undo(session)
    assert session.selected == "c" * 64 and "c" * 64 not in session.human


def test_several_are_decided_at_once_and_taken_back_together(session):
    review.decide(session, "", None)
    review.decide_many(session, ["b" * 64, "c" * 64, "gone"], DECLINED)
    assert session.human == {"b" * 64: DECLINED, "c" * 64: DECLINED}
    review.decide_many(session, ["c" * 64, "d" * 64], SHORTLISTED)
    review.undo(session)
    assert session.human == {"b" * 64: DECLINED, "c" * 64: DECLINED}
    review.undo(session)
    assert session.human == {} and records.current(session.store, session.screening) == {}


def test_the_tab_opens_with_one_of_the_queue_in_hand(session):
    session.selected = "a" * 64
    review.enter(session)
    assert session.selected == "b" * 64
    session.selected = "d" * 64
    review.enter(session)
    assert session.selected == "d" * 64


def test_next_and_previous_go_round_the_queue(session):
    session.selected = "d" * 64
    review.step(session, 1)
    assert session.selected == "b" * 64
    review.step(session, -1)
    assert session.selected == "d" * 64


def test_agreement_comes_from_the_records(session):
    session.decide("a" * 64, SHORTLISTED)
    session.decide("c" * 64, SHORTLISTED)
    words, _ = review._agreement(session)
    assert "1 of 2 candidates decided so far (50 %)" in words


# --- history ---------------------------------------------------------------------------------------------------------


class Past:
    """The part of the service that the History tab uses."""

    def __init__(self, store):
        self.store = store

    def status(self):
        return type("Status", (), {"state": "ready", "adapters": ("sft", "grpo")})

    def nudge(self):
        self.nudged = True


def test_a_past_screening_is_opened_exactly_as_it_was(session):
    session.decide("c" * 64, DECLINED)
    service, visit = Past(session.store), Session()
    table = history.show(service, visit, None)[2]
    assert table["data"][0][2:5] == ["Analyst", 4, "GRPO"] and table["data"][0][5].startswith("Done")
    assert history.reopen(service, visit, session.screening) == ""
    assert visit.rows == session.rows and visit.human == {"c" * 64: DECLINED} and visit.job == session.job
    assert "Choose a screening" in history.reopen(service, visit, None)
    visit.running = True
    assert "is running" in history.reopen(service, visit, session.screening)


def test_rescoring_queues_the_same_documents_for_todays_adapters(session):
    service = Past(session.store)
    history.rescore(service, Session(), session.screening)
    made = records.screenings_of(session.store)[0]
    assert made.id != session.screening and made.total == 4 and made.adapters == ("sft", "grpo") and service.nudged
    assert history.rescore(service, Session(), 99)[4].value.startswith("there is no screening 99")


def test_a_stranger_opens_no_screening_of_another(session, monkeypatch):
    monkeypatch.setattr(history, "current_user", lambda: type("User", (), {"id": "eve"}))
    service = Past(session.store)
    assert history.show(service, Session(), session.screening)[2]["data"] == []
    assert "not yours" in history.reopen(service, Session(), session.screening)
    assert history.detail(service, Session(), session.screening)[1].value.endswith("not yours")
    with pytest.raises(records.store.RecordsError):
        history.write(service, Session(), session.screening, "csv")


@pytest.mark.parametrize("kind", list(export.KINDS))
def test_a_past_screening_is_taken_away_as_a_file(session, kind):
    path = history.write(Past(session.store), Session(), session.screening, kind)
    with open(path, "rb") as file:
        content = file.read()
    assert content[:2] == b"PK" if kind == "xlsx" else b"Candidate 01" in content and b"a.txt" not in content


def test_one_candidate_is_reported_on_one_page(session):
    with open(export.write_candidate(session, "a" * 64), encoding="utf-8") as file:
        text = file.read()
    assert text.count("<section") == 1 and "Candidate 01" in text and "Python" in text


def test_changes_list_other_decisions_first_and_skip_what_was_not_judged_twice():
    then = {row["sha256"]: row for row in [judged("a", score=70), judged("b", "REVIEW", 50), judged("c"), unread("d")]}
    now = {row["sha256"]: row for row in [judged("a", score=90), judged("b", "REJECTED", 48), unread("d")]}
    lines = past.changes(then, now, LABELS)
    assert [line[0] for line in lines] == ["Candidate b", "Candidate a"]
    assert lines[0][-1] == past.OTHER and lines[1][-1] == past.SAME
    assert past.changes_words(lines, False) == "1 of 2 candidates get another decision."
    assert past.changes_words(lines[1:], True).endswith("the same versions.") and "No candidate" in past.changes_words(
        [], False)


def test_versions_name_what_judged():
    rows = [judged("a", versions={"base": "x", "adapter": "sft:1"}), both("b", 1, 2)]
    assert past.versions(rows) == "Base model: x, tiny\nAdapter: sft:1" and "Nothing" in past.versions([])
