"""How good are the verdicts? Pure functions on lists and arrays that need numpy only.

Labels are 0 or 1 (1 = the human said SELECTED), statuses are `SELECTED` or `REJECTED`, probabilities are those of
SELECTED in [0, 1], scores run from 0 to 100. A figure that a set cannot give (precision where nothing was selected,
AUC of one class, an error of scores that no row has) is None, never 0. Intervals are 95 %.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atanh, comb, sqrt, tanh

import numpy as np

from model.schema import Status

Z95 = 1.959963984540054
BINS = 10
BOOTSTRAP_SEED = 2511


@dataclass(frozen=True)
class Prediction:
    """What one judge or baseline says of one pair. `decision` is SELECTED, REJECTED or REVIEW; `status` is forced."""

    status: Status
    probability: float
    score: int
    decision: str


# The forced status: the paper's Table 2 and figure 4


def confusion(labels: Sequence[int], statuses: Sequence[str]) -> dict[str, int]:
    """Counts {tp, fp, tn, fn} with SELECTED as the positive class (the paper's figure 4)."""
    counts = {"tp": 0, "fp": 0, "tn": 0, "fn": 0}
    for label, status in zip(labels, statuses, strict=True):
        if status == "SELECTED":
            counts["tp" if label else "fp"] += 1
        else:
            counts["fn" if label else "tn"] += 1
    return counts


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def accuracy(counts: dict[str, int]) -> float | None:
    """(TP + TN) / n."""
    return _ratio(counts["tp"] + counts["tn"], sum(counts.values()))


def precision(counts: dict[str, int]) -> float | None:
    """TP / (TP + FP); None where nothing was selected."""
    return _ratio(counts["tp"], counts["tp"] + counts["fp"])


def recall(counts: dict[str, int]) -> float | None:
    """TP / (TP + FN); None where no label is 1."""
    return _ratio(counts["tp"], counts["tp"] + counts["fn"])


def f1(counts: dict[str, int]) -> float | None:
    """2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall."""
    return _ratio(2 * counts["tp"], 2 * counts["tp"] + counts["fp"] + counts["fn"])


# The ranking by probability


def average_ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks from 1 to n, shape [n]; equal values share the mean of their ranks."""
    _, inverse, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def auc(labels: Sequence[int], probabilities: Sequence[float]) -> float | None:
    """Area under the ROC curve by the rank sum (Mann-Whitney), ties counting half; None for one class."""
    positive = np.asarray(labels) == 1
    n_pos, n_neg = int(positive.sum()), int((~positive).sum())
    if not n_pos or not n_neg:
        return None
    rank_sum = average_ranks(probabilities)[positive].sum()
    return float((rank_sum - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg))


def twin_outcomes(ids: Sequence[str], labels: Sequence[int], probabilities: Sequence[float]) -> list[float]:
    """One number a pair of twins: 1 where `X-1` (label 1) outranks `X-0` (label 0), 0.5 at a tie, else 0.

    Ids without a twin, and twins whose labels contradict their ids, are no pair.
    """
    seen = {key: (label, p) for key, label, p in zip(ids, labels, probabilities, strict=True)}
    outcomes = []
    for key, (label, p) in seen.items():
        if label != 1 or not key.endswith("-1"):
            continue
        twin = seen.get(key[:-1] + "0")
        if twin is not None and twin[0] == 0:
            outcomes.append(1.0 if p > twin[1] else 0.5 if p == twin[1] else 0.0)
    return outcomes


def paired_accuracy(ids: Sequence[str], labels: Sequence[int], probabilities: Sequence[float]) -> float | None:
    """Share of twins in which the matching resume has the higher probability; None without twins."""
    outcomes = twin_outcomes(ids, labels, probabilities)
    return _ratio(sum(outcomes), len(outcomes))


# The score: the paper's Table 3


def mae(expected: Sequence[float], scores: Sequence[float]) -> float | None:
    """Mean absolute error in points of 100; None for no rows."""
    error = np.abs(np.subtract(expected, scores))
    return float(error.mean()) if error.size else None


def rmse(expected: Sequence[float], scores: Sequence[float]) -> float | None:
    """Root of the mean squared error in points of 100; None for no rows."""
    error = np.subtract(expected, scores)
    return float(np.sqrt(np.square(error).mean())) if error.size else None


def spearman(expected: Sequence[float], scores: Sequence[float]) -> float | None:
    """Spearman's rank correlation, ties by average ranks; None under 2 rows or where one side is constant."""
    if len(expected) < 2:
        return None
    first, second = average_ranks(expected), average_ranks(scores)
    first, second = first - first.mean(), second - second.mean()
    scale = sqrt(float((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / scale if scale else None


# Calibration and review


def reliability_bins(labels: Sequence[int], probabilities: Sequence[float], bins: int = BINS) -> list[dict]:
    """Equal-width bins of probability, as {low, high, n, probability, observed, interval}; the last one includes 1.

    `probability` is the bin's mean, `observed` the share of label 1 in it with its `interval`; None where `n` is 0.
    """
    y, p = np.asarray(labels, dtype=float), np.asarray(probabilities, dtype=float)
    where = np.minimum((p * bins).astype(int), bins - 1)
    out = []
    for index in range(bins):
        inside = where == index
        n = int(inside.sum())
        mean, observed = (float(p[inside].mean()), float(y[inside].mean())) if n else (None, None)
        row = {"low": index / bins, "high": (index + 1) / bins, "n": n, "probability": mean, "observed": observed}
        out.append(row | {"interval": wilson(float(y[inside].sum()), n)})
    return out


def ece(labels: Sequence[int], probabilities: Sequence[float], bins: int = BINS) -> float | None:
    """Expected calibration error: the bins' |observed - probability|, weighted by their rows. None for no rows."""
    table = [row for row in reliability_bins(labels, probabilities, bins) if row["n"]]
    total = sum(row["n"] for row in table)
    return _ratio(sum(row["n"] * abs(row["observed"] - row["probability"]) for row in table), total)


def brier(labels: Sequence[int], probabilities: Sequence[float]) -> float | None:
    """Mean squared difference of probability and label; None for no rows."""
    error = np.subtract(probabilities, labels)
    return float(np.square(error).mean()) if error.size else None


def review_share(decisions: Sequence[str]) -> float | None:
    """Share of rows that go to a human."""
    return _ratio(sum(d == "REVIEW" for d in decisions), len(decisions))


def decided(labels: Sequence[int], decisions: Sequence[str]) -> list[bool]:
    """Right or wrong, for the rows that were not sent to review."""
    return [(d == "SELECTED") == bool(y) for y, d in zip(labels, decisions, strict=True) if d != "REVIEW"]


def accuracy_decided(labels: Sequence[int], decisions: Sequence[str]) -> float | None:
    """Accuracy over the rows that were not sent to review; None where all were."""
    right = decided(labels, decisions)
    return _ratio(sum(right), len(right))


def risk_coverage(correct: Sequence[bool], confidence: Sequence[float], points: int = 200) -> list[dict]:
    """The share of wrong statuses (`risk`) among the most confident `coverage` of the rows, both in [0, 1].

    Rows of equal confidence enter together. At most about `points` points, the last always at coverage 1.
    """
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    sure, wrong = np.asarray(confidence, dtype=float)[order], ~np.asarray(correct, dtype=bool)[order]
    n = len(order)
    if not n:
        return []
    risk = np.cumsum(wrong) / np.arange(1, n + 1)
    ends = np.flatnonzero(np.append(sure[1:] != sure[:-1], True))
    kept = ends if len(ends) <= points else ends[np.unique(np.linspace(0, len(ends) - 1, points).astype(int))]
    return [{"coverage": (int(i) + 1) / n, "risk": float(risk[i])} for i in kept]


# Intervals and tests


def wilson(successes: float, n: int) -> list[float] | None:
    """Wilson's 95 % score interval [lo, hi] of a proportion; None for n = 0."""
    if not n:
        return None
    share, z2 = successes / n, Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return [0.0 if successes == 0 else max(0.0, centre - half), 1.0 if successes == n else min(1.0, centre + half)]


def f1_interval(counts: dict[str, int]) -> list[float] | None:
    """F1 = 2 J / (1 + J) where J = TP / (TP + FP + FN) is a proportion: Wilson's interval of J, carried over."""
    bounds = wilson(counts["tp"], counts["tp"] + counts["fp"] + counts["fn"])
    return bounds and [2 * j / (1 + j) for j in bounds]


def auc_interval(area: float | None, n_pos: int, n_neg: int) -> list[float] | None:
    """Newcombe's score-type interval of an AUC (2006, method 5): Wilson's idea with Hanley and McNeil's variance.

    Unlike DeLong's or a bootstrap it stays honest at AUC 1, where those give a width of 0.
    """
    if area is None:
        return None
    mean = (n_pos + n_neg) / 2 - 1

    def outside(theta: float) -> bool:
        spread = 1 + mean * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return abs(area - theta) > Z95 * sqrt(theta * (1 - theta) * spread / (n_pos * n_neg))

    bounds = []
    for end in (0.0, 1.0):
        inner, outer = area, end
        for _ in range(60):
            middle = (inner + outer) / 2
            inner, outer = (inner, middle) if outside(middle) else (middle, outer)
        bounds.append(inner)
    return bounds


def spearman_interval(rho: float | None, n: int) -> list[float] | None:
    """Fisher's z with Bonett and Wright's variance (2000); None under 4 rows."""
    if rho is None or n < 4:
        return None
    if abs(rho) >= 1:
        return [rho, rho]
    half = Z95 * sqrt((1 + rho * rho / 2) / (n - 3))
    return [tanh(atanh(rho) - half), tanh(atanh(rho) + half)]


def bootstrap(errors: np.ndarray, figure: Callable[[np.ndarray], float], rounds: int = 1000) -> list[float] | None:
    """Percentile bootstrap [lo, hi] of `figure` over `errors`, shape [n]; seeded, so the same rows give the same."""
    if not len(errors):
        return None
    draw = np.random.default_rng(BOOTSTRAP_SEED)
    figures = [figure(errors[draw.integers(0, len(errors), len(errors))]) for _ in range(rounds)]
    return [float(bound) for bound in np.percentile(figures, [2.5, 97.5])]


def mcnemar(labels: Sequence[int], first: Sequence[str], second: Sequence[str]) -> dict:
    """McNemar's exact two-sided test on two judges' statuses of the same rows.

    Returns `b` (only the first is right), `c` (only the second is right) and `p`: twice the binomial tail of
    min(b, c) in b + c fair throws, at most 1.
    """
    b = c = 0
    for label, one, two in zip(labels, first, second, strict=True):
        one_right, two_right = (one == "SELECTED") == bool(label), (two == "SELECTED") == bool(label)
        b += one_right and not two_right
        c += two_right and not one_right
    tail = sum(comb(b + c, k) for k in range(min(b, c) + 1))
    return {"b": b, "c": c, "p": min(1.0, 2 * tail / 2 ** (b + c))}


# All of it


def summarise(
    ids: Sequence[str], labels: Sequence[int], expected: Sequence[float | None], predictions: Sequence[Prediction]
) -> dict:
    """Every figure of one judge on one set, each of the four lists of length n, with `intervals` {figure: [lo, hi]}.

    `accuracy` and `confusion` count the forced status, before REVIEW; the errors of scores, the rows that expect one.
    """
    statuses, decisions = [p.status for p in predictions], [p.decision for p in predictions]
    probabilities = [p.probability for p in predictions]
    scored = [(e, p.score) for e, p in zip(expected, predictions, strict=True) if e is not None]
    wanted, given = [e for e, _ in scored], [s for _, s in scored]
    error = np.subtract(given, wanted)
    counts, right = confusion(labels, statuses), decided(labels, decisions)
    twins = twin_outcomes(ids, labels, probabilities)
    area, rho = auc(labels, probabilities), spearman(wanted, given)
    tp, fp, tn, fn = (counts[key] for key in ("tp", "fp", "tn", "fn"))
    return {
        "accuracy": accuracy(counts),
        "precision": precision(counts),
        "recall": recall(counts),
        "f1": f1(counts),
        "auc": area,
        "paired_accuracy": _ratio(sum(twins), len(twins)),
        "confusion": counts,
        "mae": mae(wanted, given),
        "rmse": rmse(wanted, given),
        "spearman": rho,
        "review_share": review_share(decisions),
        "accuracy_decided": _ratio(sum(right), len(right)),
        "ece": ece(labels, probabilities),
        "intervals": {
            "accuracy": wilson(tp + tn, len(labels)),
            "precision": wilson(tp, tp + fp),
            "recall": wilson(tp, tp + fn),
            "f1": f1_interval(counts),
            "auc": auc_interval(area, tp + fn, tn + fp),
            "paired_accuracy": wilson(sum(twins), len(twins)),
            "mae": bootstrap(error, lambda e: np.abs(e).mean()),
            "rmse": bootstrap(error, lambda e: np.sqrt(np.square(e).mean())),
            "spearman": spearman_interval(rho, len(scored)),
            "review_share": wilson(sum(d == "REVIEW" for d in decisions), len(decisions)),
            "accuracy_decided": wilson(sum(right), len(right)),
        },
    }
