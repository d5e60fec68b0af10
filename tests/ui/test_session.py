"""What a visit holds: the recruiter's changes to the job, candidates, decisions; and what would change a verdict."""

import pytest

from model.errors import JobError
from model.schema import Requirement
from recruiter_ui import requirements, what_if
from recruiter_ui.session import DECLINED, SHORTLISTED, Resume, Session

# --- the requirement table -------------------------------------------------------------------------------------------


def test_requirements_survive_the_table():
    before = (Requirement("Python", "skill", any_of=("R",), start=4, certainty=0.5),
              Requirement("nursing", "experience", years=5.0),
              Requirement("BSc", "education", must=False, level=3))
    assert requirements.to_rows(before)[1:] == [["nursing", "Experience", "Must have", "5"],
                                                ["BSc", "Education", "Nice to have", ""]]
    for i, r in enumerate(before):
        assert requirements.change(before, i, r.text, r.kind, r.must, r.years, r.weight > 1) == before


def test_new_text_has_its_alternatives_and_its_degree_read_anew():
    before = (Requirement("Python", "skill", start=4), Requirement("nursing", "experience"))
    edited = requirements.change(before, 0, " R  or SAS ", "skill", False, None, True)
    assert edited[0] == Requirement("R or SAS", "skill", False, any_of=("R", "SAS"), weight=2.0)
    degree = requirements.change(before, 1, "Master's degree in law", "education", True, 0, False)[1]
    assert degree.level > 0 and degree.years is None and degree.weight == 1.0


def test_what_a_recruiter_changes_is_asked_for_by_itself():
    before = (Requirement("glint polishing", "skill", certainty=0.35),)
    assert requirements.change(before, 0, "glint polishing", "skill", True, None, True)[0].certainty == 1.0


@pytest.mark.parametrize(("text", "years", "words"), [("  ", None, "a few words"), ("x", 99, "between 0 and 60")])
def test_a_change_that_cannot_be_used_is_answered_in_words(text, years, words):
    with pytest.raises(JobError, match=words):
        requirements.change((Requirement("x", "skill"),), 0, text, "skill", True, years, False)


def test_the_last_requirement_stays():
    two = (Requirement("a", "skill"), Requirement("b", "skill"))
    assert requirements.remove(two, 0) == two[1:]
    with pytest.raises(JobError, match="last requirement"):
        requirements.remove(two[:1], 0)


# --- what would change the verdict -----------------------------------------------------------------------------------

ASKED = (Requirement("Python", "skill"), Requirement("SQL", "skill"), Requirement("nursing", "experience", years=5.0))


def test_the_smallest_change_flips_the_rule():
    assert [changed for changed, _ in what_if.flips(ASKED, (2, 2, 0))] == [(2,)]
    words = what_if.words(ASKED, (2, 2, 0))
    assert "With full evidence of “nursing”" in words and words.endswith("selected.")
    assert "Without evidence of" in what_if.words(ASKED, (2, 2, 2))


def test_two_changes_where_one_is_not_enough_and_none_where_two_are_not():
    assert {len(changed) for changed, _ in what_if.flips(ASKED, (2, 0, 0))} == {2}
    many = tuple(Requirement(str(i), "skill") for i in range(12))
    assert what_if.flips(many, (0,) * 12) == [] and "No change of one or two" in what_if.words(many, (0,) * 12)


# --- candidates and decisions ---------------------------------------------------------------------------


def resume(key, name=None):
    return Resume(None, name or f"{key}.pdf", key, 10)


def test_codes_are_neutral_stable_and_do_not_follow_the_upload_order():
    session = Session()
    assert session.add([resume("f"), resume("c")]) == (2, 0)
    assert session.label("c") == "Candidate 01"
    assert session.add([resume("a"), resume("c")]) == (1, 1)
    assert session.label("c") == "Candidate 01" and session.label("a") == "Candidate 03"


def test_labels_are_unique_when_names_are_not():
    session = Session(blind=False)
    session.add([resume("a", "cv.pdf"), resume("b", "cv.pdf")])
    assert list(session.labels().values()) == ["cv.pdf", "cv.pdf (2)"]


def test_undo_restores_the_decision_before():
    session = Session()
    session.add([resume("a")])
    session.decide("a", SHORTLISTED)
    session.decide("a", DECLINED)
    assert session.undo() == "a" and session.human == {"a": SHORTLISTED}
    session.undo()
    assert session.human == {} and session.undo() is None


def test_a_changed_job_drops_the_old_verdicts_and_more_files_keep_them():
    session = Session()
    session.add([resume("a")])
    session.set_requirements((Requirement("Python", "skill"),))
    assert len(session.waiting(("grpo",))) == 1
    session.keep("a", {"outcome": "scored"})
    session.add([resume("b")])
    assert [r.sha256 for r in session.waiting(("grpo",))] == ["b"]
    session.decide("a", SHORTLISTED)
    session.set_requirements((Requirement("Java", "skill"),))
    assert session.stale
    assert len(session.waiting(("grpo",))) == 2 and not session.rows
    assert session.human == {"a": SHORTLISTED}, "a decision outlives an edit of the job"
