"""The model card holds what manifest and evaluation say, and complains about what is missing."""

from __future__ import annotations

import json

import pytest

from model.calibration import Calibration
from model.errors import DataError
from training.card import card

METRICS = {"accuracy": 0.9, "precision": 0.8, "recall": 0.7, "f1": 0.75, "auc": 0.95, "paired_accuracy": None,
           "mae": None, "rmse": None, "ece": 0.0312, "review_share": 0.25, "intervals": {"accuracy": [0.85, 0.94]}}


@pytest.fixture
def folders(tmp_path):
    adapter, evaluation = tmp_path / "sft", tmp_path / "held-out"
    adapter.mkdir()
    evaluation.mkdir()
    manifest = {"base": "tiny", "stage": "sft", "recipe": "r", "sha256": "ab12", "parent_sha256": None,
                "data_sha256": "cd", "examples": {"train": 9, "validation": 1},
                "steps": 3, "seed": 7, "versions": {"torch": "2"}}
    (adapter / "manifest.json").write_text(json.dumps(manifest))
    found = {"n": 50, "adapters": {"sft": METRICS}, "baselines": {"coverage_rule": METRICS}}
    (evaluation / "metrics.json").write_text(json.dumps(found))
    return adapter, evaluation


def test_card(folders):
    adapter, evaluation = folders
    Calibration((0.5, 1.0, 2.0), -4.0).save(adapter)
    text = card(adapter, [evaluation])
    assert "`ab12`" in text and "| optimiser steps, seed | 3, 7 |" in text and "expected_score 0.50" in text
    assert "## On held-out: 50 pairs" in text and "| sft | 90.0 [85.0, 94.0] |" in text
    assert "paired_accuracy" not in text


def test_missing_figures_are_named(folders):
    adapter, evaluation = folders
    (evaluation / "metrics.json").write_text(json.dumps({"n": 1, "adapters": {"grpo": METRICS}, "baselines": {}}))
    with pytest.raises(DataError, match="no figures of the adapter 'sft'"):
        card(adapter, [evaluation])
    with pytest.raises(DataError, match="manifest.json cannot be read"):
        card(evaluation, [])
