"""How sure a score is: the range that the rule's score covers while the marks vary as their probabilities say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from model.rubric import GATE_FACTOR, KIND_WEIGHTS, SELECT_AT, SKILL_GATE
from model.schema import KINDS, MET, NOT_MET, Requirement

DRAWS = 400
TAILS = (10, 90)
"""Percentiles: four of five draws lie between them."""


def score_range(requirements: Sequence[Requirement], mark_probabilities: Sequence[Sequence[float]],
                score: int) -> tuple[int, int]:
    """(low, high) of the rule's score, 0-100: the 10th and 90th percentile under independent marks, `score` included.

    `mark_probabilities[i]` is (p_not, p_partly, p_met). The same input always gives the same range.
    """
    p = np.asarray(mark_probabilities, float)
    draws = _draws(len(p))
    marks = (draws >= p[:, 0]).astype(np.int64) + (draws >= p[:, 0] + p[:, 1])
    low, high = np.percentile(scores(requirements, marks), TAILS, method="closest_observation")
    return min(int(low), score), max(int(high), score)


@cache
def _draws(n: int) -> np.ndarray:
    """[DRAWS, n] numbers in [0, 1): in each column one of every DRAWS-th part, so that no tail is missed."""
    rng = np.random.default_rng(n)
    parts = rng.permuted(np.tile(np.arange(DRAWS), (n, 1)), axis=1).T
    return (parts + rng.random((DRAWS, n))) / DRAWS


def scores(requirements: Sequence[Requirement], marks: np.ndarray) -> np.ndarray:
    """[k] scores of the rule for marks [k, n] in {0, 1, 2}: `rubric.expected` for many at once."""
    weight = np.array([(2.0 if r.must else 1.0) * r.weight for r in requirements])
    raw, total, failed = np.zeros(len(marks)), 0.0, np.zeros(len(marks), bool)
    for kind in KINDS:
        own = np.array([r.kind == kind for r in requirements])
        if weight[own].sum():
            share = marks[:, own] @ weight[own] / (MET * weight[own].sum())
            raw += KIND_WEIGHTS[kind] * np.floor(100 * share + 0.5)
            total += KIND_WEIGHTS[kind]
    must = np.array([r.must for r in requirements])
    skill = np.array([r.kind == "skill" for r in requirements])
    failed |= (marks[:, must & ~skill] == NOT_MET).any(axis=1)
    if weight[must & skill].sum():
        failed |= marks[:, must & skill] @ weight[must & skill] / (MET * weight[must & skill].sum()) < SKILL_GATE
    raw /= total
    return np.floor(np.where(failed, np.minimum(GATE_FACTOR * raw, SELECT_AT - 1), raw) + 0.5).astype(np.int64)
