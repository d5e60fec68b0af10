"""Deciding from the ranked table, and changes of the requirements, without a browser."""

from __future__ import annotations

import pytest

from model.schema import Job, Requirement
from recruiter_ui import editor, picking, screening
from recruiter_ui.session import DECLINED, SHORTLISTED, Resume, Session

from .test_render import judged, unread


@pytest.fixture
def session():
    """Four candidates, best first a, b, c, and d who was not read."""
    held = Session()
    held.add([Resume(None, f"{key}.txt", key, 1) for key in "abcd"])
    for row in (judged("a", "SELECTED", 90), judged("b", "REVIEW", 60), judged("c", "REJECTED", 30), unread("d")):
        held.keep(row["sha256"], row)
    return held


@pytest.fixture
def said(monkeypatch):
    words = []
    monkeypatch.setattr(picking.gr, "Info", words.append)
    return words


def test_steps_go_through_what_the_table_shows_round_the_end(session):
    walked = []
    for by in (1, 1, 1, 1, 1, -1):
        picking.step(session, by)
        walked += session.picked
    assert "".join(walked) == "abcdad" and session.selected == "d"
    session.only = "REVIEW"
    picking.step(session, 1)
    assert session.picked == ["b"], "one who is not shown is left for the first who is"
    session.only = "MINE"
    picking.step(session, 1)
    assert session.picked == []


def test_an_answer_that_comes_late_draws_the_filter_of_now(session):
    screening.show(session, "REVIEW")
    for late in (picking.pick(session, ["a"]), picking.step(session, 1), screening.set_blind(session, True)):
        assert [line[0] for line in late[2]["data"]] == [2]


def test_one_decision_on_all_who_are_picked_and_one_undo(session, said):
    picking.pick(session, ["b", "c"])
    picking.decide(session, DECLINED)
    assert session.human == {"b": DECLINED, "c": DECLINED} and session.picked == [], "the next press decides nobody"
    picking.decide(session, SHORTLISTED)
    assert said == [picking.NOBODY] and len(session.human) == 2
    picking.undo(session)
    assert session.human == {} and session.picked
    picking.undo(session)
    assert said[-1] == picking.NOTHING


def test_all_shown_are_picked_and_let_go_again(session):
    session.only = "REJECTED"
    picking.pick_shown(session)
    assert session.picked == ["c"]
    session.only = "ALL"
    picking.pick_shown(session)
    assert session.picked == list("abcd")
    picking.pick_shown(session)
    assert session.picked == []


def test_who_is_picked_is_marked_in_the_table_and_gone_with_the_resumes(session):
    *_, table, _, _, picker = picking.pick(session, ["b", "gone"])
    assert picker.value == ["b"] and [bool(style[0]) for style in table["metadata"]["styling"]] == [False, True, False,
                                                                                                    False]
    words = screening.forget(session)[1]
    assert session.picked == [] and words == screening.REMOVED
    assert screening.forget(session)[1] == screening.NO_RESUMES


# --- the requirements ------------------------------------------------------------------------------------------------

ASKED = (Requirement("Python", "skill"), Requirement("nursing", "experience", False, 5.0))


@pytest.fixture
def edited():
    return Session(job=Job("text", "title", ASKED), chosen_requirement=0)


def texts(session):
    return [requirement.text for requirement in session.job.requirements]


def test_changes_of_the_requirements_are_taken_back_one_by_one(edited):
    for typed in ("R", "Ra", "Rust"):
        editor.change(edited, typed, "skill", True, None, True)
    editor.add(edited)
    edited.chosen_requirement = 1
    editor.remove(edited)
    assert texts(edited) == ["Rust", "New requirement"]
    for expected in (["Rust", "nursing", "New requirement"], ["Rust", "nursing"], ["Python", "nursing"]):
        assert not editor.undo(edited)[0].visible and texts(edited) == expected
    assert edited.job.requirements == ASKED and "no change" in editor.undo(edited)[0].value


def test_reading_the_same_job_again_can_be_taken_back_and_another_job_starts_anew(edited):
    editor.change(edited, "Rust", "skill", True, None, False)
    edited.take_job(Job("text", "title", ASKED))
    editor.undo(edited)
    assert texts(edited) == ["Rust", "nursing"]
    edited.take_job(Job("another text", "title", ASKED))
    assert not edited.undo_requirements()


def test_a_requirement_that_can_discriminate_is_warned_of_as_it_is_typed(edited):
    *_, warnings = editor.change(edited, "native speaker of English", "skill", True, None, False)
    assert warnings.visible and "“native speaker of English” can discriminate" in warnings.value
    *_, warnings = editor.change(edited, "fluent English", "skill", True, None, False)
    assert not warnings.visible
