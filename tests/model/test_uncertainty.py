"""The range of a score: the rule for many marks at once, and what the range says of sure and unsure marks."""

from __future__ import annotations

import numpy as np
import pytest

from model.rubric import expected
from model.schema import Requirement
from model.uncertainty import score_range, scores

REQUIREMENTS = (Requirement("Python", "skill"), Requirement("SQL", "skill", must=False, weight=2.0),
                Requirement("Excel", "skill"), Requirement("Analyst", "experience", years=3),
                Requirement("Degree", "education", level=3), Requirement("Banking", "experience", must=False))


def sure(*marks: int) -> list[tuple[float, ...]]:
    return [tuple(float(mark == m) for m in range(3)) for mark in marks]


@pytest.mark.parametrize("count", range(1, len(REQUIREMENTS) + 1))
def test_many_scores_at_once_are_the_rules(count: int):
    requirements = REQUIREMENTS[-count:]
    marks = np.random.default_rng(count).integers(0, 3, (200, count))
    assert scores(requirements, marks).tolist() == [expected(requirements, row.tolist()).score for row in marks]


def test_sure_marks_leave_no_range():
    marks = (2, 1, 2, 1, 2, 0)
    score = expected(REQUIREMENTS, marks).score
    assert score_range(REQUIREMENTS, sure(*marks), score) == (score, score)


def test_an_unsure_must_have_opens_the_range_to_both_sides_of_its_gate():
    probabilities = sure(2, 2, 2, 2, 2, 2)
    probabilities[3] = (0.4, 0.0, 0.6)
    low, high = score_range(REQUIREMENTS, probabilities, 100)
    assert high == 100 and low == expected(REQUIREMENTS, (2, 2, 2, 0, 2, 2)).score < 60
    probabilities[3] = (0.02, 0.0, 0.98)
    assert score_range(REQUIREMENTS, probabilities, 100) == (100, 100)


def test_the_range_is_the_same_each_time_holds_the_score_and_grows_with_doubt():
    widths = []
    for doubt in (0.01, 0.05, 0.2):
        probabilities = [(doubt, doubt, 1 - 2 * doubt)] * len(REQUIREMENTS)
        low, high = score_range(REQUIREMENTS, probabilities, 61)
        assert 0 <= low <= 61 <= high <= 100
        assert (low, high) == score_range(REQUIREMENTS, probabilities, 61)
        widths.append(high - low)
    assert widths == sorted(widths) and widths[0] < widths[-1]
