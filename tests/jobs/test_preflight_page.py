"""The check before a start, as the page runs it."""

from __future__ import annotations

import json
import subprocess

import pytest

from model.errors import RecipeError
from training import jobs_preflight
from training import recipe as recipes

RECIPE = recipes.load("sft-embedded")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch):
    """Let `app.py` answer what is given."""
    def use(status: int, out: str = "", err: str = "") -> None:
        monkeypatch.setattr(jobs_preflight.subprocess, "run",
                            lambda *args, **kw: subprocess.CompletedProcess(args, status, out, err))
    return use


def test_the_report_is_what_the_dry_run_printed(answers):
    answers(0, json.dumps({"ok": True}))
    assert jobs_preflight.preflight(RECIPE) == {"ok": True}


@pytest.mark.parametrize(("err", "words"), [
    ("Traceback\napp.py train: seed: 'x' should be a whole number\n", "^seed: 'x' should be"),
    ("", "ended without a word")])
def test_a_check_that_fails_says_its_last_words(answers, err: str, words: str):
    answers(1, "", err)
    with pytest.raises(RecipeError, match=words):
        jobs_preflight.preflight(RECIPE)


def test_a_check_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch):
    def slow(*args, **kw):
        raise subprocess.TimeoutExpired("app.py", 1)
    monkeypatch.setattr(jobs_preflight.subprocess, "run", slow)
    with pytest.raises(RecipeError, match="longer than 600 s"):
        jobs_preflight.preflight(RECIPE)


def test_where_training_cannot_be_the_reason_is_known_without_torch(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs_preflight, "_nvidia", lambda: False)
    assert jobs_preflight.obstacle(RECIPE) == ""
    assert "needs a CUDA GPU" in jobs_preflight.obstacle(recipes.load("grpo-qwen2-paper"))
    monkeypatch.setenv("SPACES_ZERO_GPU", "1")
    assert "ZeroGPU" in jobs_preflight.obstacle(RECIPE)
