"""Every metric against a value worked by hand, or against the paper's published table."""

import math

import numpy as np
import pytest

from training import metrics
from training.metrics import Prediction

S, R = "SELECTED", "REJECTED"
PAPER_SFT = {"tp": 52, "fn": 9, "tn": 41, "fp": 2}
PAPER_GRPO = {"tp": 52, "fn": 9, "tn": 43, "fp": 0}


def test_confusion_counts_selected_as_positive():
    counts = metrics.confusion([1, 1, 1, 0, 0, 0, 0], [S, S, R, S, R, R, R])
    assert counts == {"tp": 2, "fn": 1, "fp": 1, "tn": 3}


@pytest.mark.parametrize(("counts", "accuracy", "f1"), [(PAPER_SFT, 0.894, 0.9043), (PAPER_GRPO, 0.9135, 0.9204)])
def test_the_papers_table_follows_from_its_counts(counts, accuracy, f1):
    assert metrics.accuracy(counts) == pytest.approx(accuracy, abs=5e-4)
    assert metrics.f1(counts) == pytest.approx(f1, abs=5e-5)


def test_precision_and_recall_are_none_where_nothing_counts():
    assert metrics.precision({"tp": 3, "fp": 1, "tn": 0, "fn": 2}) == 0.75
    assert metrics.recall({"tp": 3, "fp": 1, "tn": 0, "fn": 2}) == 0.6
    assert metrics.precision({"tp": 0, "fp": 0, "tn": 5, "fn": 1}) is None
    assert metrics.recall({"tp": 0, "fp": 1, "tn": 5, "fn": 0}) is None
    assert metrics.f1({"tp": 0, "fp": 0, "tn": 5, "fn": 0}) is None


def test_average_ranks_share_ties():
    assert metrics.average_ranks([10, 20, 20, 5]).tolist() == [2, 3.5, 3.5, 1]


def test_auc_counts_pairs_with_ties_as_half():
    # positives 0.9, 0.5; negatives 0.5, 0.1: wins 0.9>0.5, 0.9>0.1, 0.5>0.1 and a tie = 3.5 of 4
    assert metrics.auc([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1]) == 0.875
    assert metrics.auc([1, 0], [0.2, 0.8]) == 0
    assert metrics.auc([1, 1, 0], [0.3, 0.3, 0.3]) == 0.5
    assert metrics.auc([1, 1], [0.2, 0.8]) is None


def test_paired_accuracy_takes_twins_only():
    ids = ["a-1", "a-0", "b-0", "b-1", "c-1", "c-0", "lonely-1", "odd", "wrong-1", "wrong-0"]
    labels = [1, 0, 0, 1, 1, 0, 1, 0, 0, 1]
    p = [0.9, 0.1, 0.6, 0.5, 0.4, 0.4, 0.9, 0.1, 0.1, 0.9]
    assert metrics.twin_outcomes(ids, labels, p) == [1.0, 0.0, 0.5]
    assert metrics.paired_accuracy(ids, labels, p) == 0.5
    assert metrics.paired_accuracy(["x", "y"], [1, 0], [0.9, 0.1]) is None


def test_errors_of_scores():
    assert metrics.mae([50, 60, 70], [53, 56, 70]) == pytest.approx(7 / 3)
    assert metrics.rmse([50, 60, 70], [53, 56, 70]) == pytest.approx(math.sqrt(25 / 3))
    assert metrics.mae([], []) is None and metrics.rmse([], []) is None


def test_spearman_is_of_ranks():
    assert metrics.spearman([1, 2, 3, 4], [10, 20, 30, 1000]) == pytest.approx(1)
    # ranks 1234 and 1243: 1 - 6 * 2 / (4 * 15)
    assert metrics.spearman([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(0.8)
    assert metrics.spearman([1, 2, 3], [5, 5, 5]) is None
    assert metrics.spearman([1], [5]) is None


def test_reliability_bins_and_ece():
    # 0.05 (no), 0.05 (yes) -> |0.5 - 0.05|; 0.95 and 1.0 (yes) -> |1 - 0.975|; two rows each
    labels, p = [0, 1, 1, 1], [0.05, 0.05, 0.95, 1.0]
    table = metrics.reliability_bins(labels, p)
    assert [row["n"] for row in table] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert table[9]["observed"] == 1 and table[9]["probability"] == pytest.approx(0.975)
    assert table[1]["observed"] is None and table[1]["interval"] is None
    assert metrics.ece(labels, p) == pytest.approx(0.5 * 0.45 + 0.5 * 0.025)
    assert metrics.ece([], []) is None
    assert metrics.brier([0, 1], [0.5, 0.9]) == pytest.approx((0.25 + 0.01) / 2)


def test_review_and_accuracy_where_decided():
    labels, decisions = [1, 0, 1, 0], [S, S, "REVIEW", R]
    assert metrics.review_share(decisions) == 0.25
    assert metrics.accuracy_decided(labels, decisions) == pytest.approx(2 / 3)
    assert metrics.accuracy_decided([1], ["REVIEW"]) is None


def test_risk_coverage_takes_the_surest_first_and_ties_together():
    curve = metrics.risk_coverage([True, False, True, False], [0.9, 0.2, 0.5, 0.5])
    assert [p["coverage"] for p in curve] == [0.25, 0.75, 1.0]
    assert [p["risk"] for p in curve] == pytest.approx([0, 1 / 3, 0.5])
    many = metrics.risk_coverage([True] * 5000, np.linspace(0, 1, 5000))
    assert len(many) <= 200 and many[-1] == {"coverage": 1.0, "risk": 0.0}
    assert metrics.risk_coverage([], []) == []


def test_wilson_against_published_values():
    assert metrics.wilson(8, 10) == pytest.approx([0.4902, 0.9433], abs=5e-5)
    assert metrics.wilson(0, 10) == pytest.approx([0, 0.2775], abs=5e-5)
    assert metrics.wilson(10, 10) == pytest.approx([0.7225, 1], abs=5e-5)
    assert metrics.wilson(0, 0) is None


def test_f1_interval_holds_f1_and_stays_in_range():
    low, high = metrics.f1_interval(PAPER_GRPO)
    assert 0 < low < metrics.f1(PAPER_GRPO) < high < 1
    # J = 52 / 61, Wilson [0.7428, 0.9204], F1 = 2 J / (1 + J)
    assert [low, high] == pytest.approx([0.8524, 0.9586], abs=2e-4)


def test_auc_interval_agrees_with_a_bootstrap_and_is_honest_at_one():
    draw = np.random.default_rng(1)
    labels = np.repeat([1, 0], 150)
    p = draw.normal(labels * 1.5, 1)
    area = metrics.auc(labels, p)
    low, high = metrics.auc_interval(area, 150, 150)
    rounds = [draw.integers(0, 300, 300) for _ in range(400)]
    again = np.percentile([metrics.auc(labels[rows], p[rows]) for rows in rounds], [2.5, 97.5])
    assert [low, high] == pytest.approx(again, abs=0.02)
    low, high = metrics.auc_interval(1.0, 20, 20)
    assert 0.8 < low < 0.95 and high == pytest.approx(1)
    low, high = metrics.auc_interval(0.0, 20, 20)
    assert low == pytest.approx(0) and 0.05 < high < 0.2
    assert metrics.auc_interval(None, 3, 0) is None


def test_spearman_interval():
    low, high = metrics.spearman_interval(0.8, 103)
    half = 1.959964 * math.sqrt(1.32 / 100)
    assert [low, high] == pytest.approx([math.tanh(math.atanh(0.8) - half), math.tanh(math.atanh(0.8) + half)])
    assert metrics.spearman_interval(1.0, 10) == [1.0, 1.0]
    assert metrics.spearman_interval(0.5, 3) is None


def test_bootstrap_is_seeded_and_holds_the_mean():
    errors = np.arange(100.0)
    bounds = metrics.bootstrap(errors, np.mean)
    assert bounds == metrics.bootstrap(errors, np.mean)
    # standard error of the mean: 28.87 / 10
    assert bounds == pytest.approx([49.5 - 1.96 * 2.887, 49.5 + 1.96 * 2.887], abs=0.8)
    assert metrics.bootstrap(np.array([]), np.mean) is None


def test_mcnemar_is_exact():
    # the paper's gain, 2 cases of 104, is nothing that a test could see
    labels = [0, 0, 1, 1]
    assert metrics.mcnemar(labels, [S, S, S, R], [R, R, S, R]) == {"b": 0, "c": 2, "p": 0.5}
    # b = 1, c = 8: 2 * (1 + 9) / 512
    found = metrics.mcnemar([1] * 9, [R] * 8 + [S], [S] * 8 + [R])
    assert found["b"] == 1 and found["c"] == 8 and found["p"] == pytest.approx(20 / 512)
    assert metrics.mcnemar([1], [S], [S]) == {"b": 0, "c": 0, "p": 1.0}
    assert metrics.mcnemar([1] * 3000, [R] * 1500 + [S] * 1500, [S] * 1500 + [R] * 1500)["p"] == 1.0


def test_summarise_has_the_contracts_figures():
    predictions = [
        Prediction(S, 0.9, 80, S),
        Prediction(R, 0.4, 40, "REVIEW"),
        Prediction(S, 0.6, 60, S),
        Prediction(R, 0.2, 20, R),
    ]
    found = metrics.summarise(["a-1", "a-0", "b-1", "b-0"], [1, 0, 0, 0], [90, None, 60, 20], predictions)
    assert set(found) == {
        *("accuracy", "precision", "recall", "f1", "auc", "paired_accuracy", "confusion", "mae", "rmse", "spearman"),
        *("review_share", "accuracy_decided", "ece", "intervals"),
    }
    assert found["accuracy"] == 0.75 and found["confusion"] == {"tp": 1, "fp": 1, "tn": 2, "fn": 0}
    assert found["auc"] == 1 and found["paired_accuracy"] == 1
    assert found["mae"] == pytest.approx(10 / 3) and found["spearman"] == pytest.approx(1)
    assert found["review_share"] == 0.25 and found["accuracy_decided"] == pytest.approx(2 / 3)
    for figure, bounds in found["intervals"].items():
        assert bounds is None or bounds[0] - 1e-9 <= found[figure] <= bounds[1] + 1e-9, figure


def test_summarise_of_one_class_without_scores():
    found = metrics.summarise(["a", "b"], [1, 1], [None, None], [Prediction(R, 0.1, 10, R)] * 2)
    assert found["auc"] is None and found["intervals"]["auc"] is None
    assert found["precision"] is None and found["mae"] is None and found["spearman"] is None
    assert found["accuracy"] == 0 and found["f1"] == 0
