"""The smallest change of evidence that turns a verdict, with a judge that counts what it is shown."""

import pytest

from model.schema import Brief, Evidence, Job, Requirement, Verdict
from model.what_if import MAX_VARIANTS, changed, proof, what_if

ASKED = (Requirement("Python", "skill"), Requirement("SQL", "skill", must=False),
         Requirement("nursing", "experience", years=4.0), Requirement("BSc", "education"))


def brief(strengths, asked=ASKED):
    found = tuple(Evidence(r.text, r.text, how="exact", strength=s) if s else Evidence()
                  for r, s in zip(asked, strengths, strict=True))
    return Brief(Job("", "", tuple(asked)), found)


class Counting:
    """SELECTED where the mean strength reaches `needed`; remembers how many briefs each call held."""

    def __init__(self, needed):
        self.needed, self.calls = needed, []

    def __call__(self, briefs):
        self.calls.append(len(briefs))
        found = []
        for one in briefs:
            mean = sum(e.strength for e in one.evidence) / len(one.evidence)
            marks = tuple(2 if e.strength > 0.5 else 0 for e in one.evidence)
            found.append(Verdict("SELECTED" if mean >= self.needed else "REJECTED", int(100 * mean), mean, marks))
        return found


def test_one_requirement_suffices_where_one_does():
    found = what_if(brief((1.0, 1.0, 0.0, 0.0)), Counting(0.7))
    assert found.now.status == "REJECTED" and [change.changed for change in found.turning] == [(2,), (3,)]
    assert all(change.verdict.status == "SELECTED" for change in found.turning)


def test_two_are_tried_only_where_no_single_one_turns_it():
    judge = Counting(0.9)
    found = what_if(brief((1.0, 1.0, 0.0, 0.0)), judge)
    assert [set(change.changed) for change in found.turning] == [{2, 3}] and judge.calls == [1, 2, 1]
    assert found.tried == 3


def test_a_selected_candidate_loses_evidence():
    found = what_if(brief((1.0, 1.0, 1.0, 0.0)), Counting(0.6))
    assert found.now.status == "SELECTED" and {change.changed for change in found.turning} == {(0,), (1,), (2,)}
    assert {change.verdict.status for change in found.turning} == {"REJECTED"}


def test_no_change_of_two_turns_a_hopeless_one_and_batches_stay_small():
    asked = tuple(Requirement(f"skill {i}", "skill") for i in range(12))
    judge = Counting(0.9)
    found = what_if(brief((0.0,) * 12, asked), judge)
    assert found.turning == () and judge.calls == [1, MAX_VARIANTS, MAX_VARIANTS]


@pytest.mark.parametrize(("requirement", "years", "compared"), [
    (ASKED[0], None, ""), (ASKED[2], 4.0, ""), (Requirement("nursing", "experience"), 5.0, ""), (ASKED[3], None, "ok")])
def test_proof_shows_what_the_prompt_compares(requirement, years, compared):
    found = proof(requirement)
    assert (found.years, found.compared, found.strength, found.how) == (years, compared, 1.0, "exact")
    assert changed(brief((0.0,) * 4), (1,), strong=True).evidence[1] == proof(ASKED[1])
