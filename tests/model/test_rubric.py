"""The expert rule and the reward (paper, Table 1): gold is best, each flipped fact costs, nothing constant wins."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from model.rubric import (
    COMPONENTS,
    GROUNDED,
    PAPER,
    SELECT_AT,
    Answer,
    RewardSpec,
    Truth,
    coverage,
    expected,
    failed_gates,
    reward,
)
from model.schema import Requirement

SKILLS = tuple(Requirement(name, "skill") for name in ("welding", "blueprints", "forklift", "safety"))
JOB = (*SKILLS, Requirement("welder", "experience", years=3.0), Requirement("diploma", "education", level=2))


def gold(truth: Truth) -> Answer:
    return Answer(truth.marks, truth.score, truth.status)


def random_truths(n: int, seed: int = 0) -> list[Truth]:
    rng = random.Random(seed)
    truths = []
    while len(truths) < n:
        kinds = ["skill"] * rng.randint(1, 8) + ["experience"] * rng.randint(0, 3) + ["education"] * rng.randint(0, 1)
        job = tuple(Requirement(f"{k}{i}", k, must=rng.random() < 0.8) for i, k in enumerate(kinds))
        share = rng.random()
        marks = [2 if rng.random() < share else rng.choice((0, 1)) for _ in job]
        truths.append(Truth.from_marks(job, marks))
    half = n // 2
    selected = [t for t in truths if t.status == "SELECTED"][:half]
    return selected + [t for t in truths if t.status == "REJECTED"][: len(selected)]


def test_rule_on_worked_example():
    rule = expected(JOB, (2, 2, 1, 2, 2, 0))
    assert (rule.skills, rule.experience, rule.education) == (88, 100, 0)
    assert rule.failed_gates == ("required education is missing: diploma",)
    assert rule.score == min(59, int(0.7 * (0.5 * 88 + 35) + 0.5)) == 55
    assert rule.status == "REJECTED"
    assert expected(JOB, (2, 2, 1, 2, 2, 1)).status == "SELECTED"


def test_score_and_status_never_disagree():
    for truth in random_truths(400):
        assert (truth.score >= SELECT_AT) == (truth.status == "SELECTED")


def test_more_evidence_never_lowers_the_score():
    rng = random.Random(1)
    for truth in random_truths(300, seed=1):
        i = rng.randrange(len(truth.marks))
        if truth.marks[i] < 2:
            better = (*truth.marks[:i], truth.marks[i] + 1, *truth.marks[i + 1:])
            assert expected(truth.requirements, better).score >= truth.score


def test_nice_to_have_is_no_gate_and_weighs_half():
    nice = (SKILLS[0], Requirement("degree", "education", must=False))
    assert failed_gates(nice, (2, 0)) == ()
    assert coverage((SKILLS[0], replace(SKILLS[1], must=False)), (2, 0)) == pytest.approx(2 / 3)


def test_recruiters_verdict_overrides_the_rule():
    truth = Truth.from_marks(JOB, (2,) * 6, source="the recruiter", status="REJECTED")
    assert truth.status == "REJECTED" and truth.score < SELECT_AT


@pytest.mark.parametrize("spec", [PAPER, GROUNDED], ids=["paper", "grounded"])
def test_ranges_are_those_of_table_1(spec):
    low = {"status_correctness": -2, "score_accuracy": -1, "skills_matching": -1, "experience_evaluation": -1}
    high = {"status_correctness": 2, "score_accuracy": 1, "skills_matching": 1, "experience_evaluation": 1}
    rng = random.Random(2)
    for truth in random_truths(200, seed=2):
        marks = tuple(rng.choice((0, 1, 2)) for _ in truth.marks)
        got = reward(Answer(marks, rng.randint(0, 100), rng.choice(("SELECTED", "REJECTED"))), truth, spec)
        for name, part in got.components.items():
            assert part.S is None or low[name] <= part.S <= high[name]
        assert got.total == pytest.approx(sum(p.weight * (p.S or 0) for p in got.components.values()))


def test_paper_status_outcomes_to_the_letter():
    good, bad = Truth.from_marks(JOB, (2,) * 6), Truth.from_marks(JOB, (0,) * 6)
    s = {(t.status, status): reward(Answer(t.marks, 50, status), t, PAPER).components["status_correctness"].S
         for t in (good, bad) for status in ("SELECTED", "REJECTED")}
    assert s == {("SELECTED", "SELECTED"): 2, ("REJECTED", "REJECTED"): 0, ("REJECTED", "SELECTED"): -1,
                 ("SELECTED", "REJECTED"): -2}


def test_gold_scores_the_maximum_of_every_grounded_component():
    for truth in random_truths(200, seed=3):
        parts = reward(gold(truth), truth).components
        assert parts["status_correctness"].S == 2
        for name in COMPONENTS[1:]:
            assert parts[name].S in (1.0, None)


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_flipped_fact_costs_its_component(component):
    truth = Truth.from_marks(JOB, (2, 2, 2, 1, 2, 2))
    flip = {
        "status_correctness": replace(gold(truth), status="REJECTED"),
        "score_accuracy": replace(gold(truth), score=truth.score - 12),
        "skills_matching": replace(gold(truth), marks=(0, *truth.marks[1:])),
        "experience_evaluation": replace(gold(truth), marks=(*truth.marks[:4], 0, truth.marks[5])),
    }[component]
    best, worse = reward(gold(truth), truth), reward(flip, truth)
    assert worse.components[component].S < best.components[component].S
    assert worse.total < best.total


@pytest.mark.parametrize("spec", [PAPER, GROUNDED], ids=["paper", "grounded"])
def test_invalid_answer_scores_the_minimum(spec):
    for truth in random_truths(20, seed=4):
        parts = reward(None, truth, spec).components
        assert [parts[name].S for name in COMPONENTS] == [-2.0, -1.0, -1.0, -1.0]


def constant_answers(truth: Truth) -> dict[str, Answer | None]:
    n = len(truth.marks)
    return {
        "always REJECTED": Answer((0,) * n, 0, "REJECTED"), "score 49": Answer((1,) * n, 49, "REJECTED"),
        "always SELECTED": Answer((2,) * n, 100, "SELECTED"), "empty": None,
        "all met but REJECTED": Answer((2,) * n, 59, "REJECTED"),
    }


def test_no_constant_completion_beats_an_honest_one():
    truths = random_truths(300, seed=5)
    rng = random.Random(6)

    def honest(truth: Truth) -> Answer:  # right on nine marks of ten, and consistent with them
        marks = tuple(m if rng.random() < 0.9 else rng.choice((0, 1, 2)) for m in truth.marks)
        rule = expected(truth.requirements, marks)
        return Answer(marks, rule.score, rule.status)

    mean = sum(reward(honest(t), t).total for t in truths) / len(truths)
    for name in constant_answers(truths[0]):
        constant = sum(reward(constant_answers(t)[name], t).total for t in truths) / len(truths)
        assert constant < mean - 0.3, name


def test_harsh_penalties_make_rejecting_pay():
    """The paper's failed run: with FN -5 and FP -2 the spread punishes SELECTED mistakes over honest doubt."""
    harsh = RewardSpec(false_negative=-5.0, false_positive=-2.0)
    truth = Truth.from_marks(JOB, (2,) * 6)
    assert reward(Answer(truth.marks, 50, "REJECTED"), truth, harsh).components["status_correctness"].S == -5


def test_a_bug_raises_instead_of_scoring_zero():
    truth = Truth.from_marks(JOB, (2,) * 6)
    with pytest.raises(AttributeError):
        reward("not an answer", truth)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="reward weights must name exactly"):
        RewardSpec(weights={"status": 1.0})
    with pytest.raises(ValueError, match="at least one requirement"):
        expected((), ())
