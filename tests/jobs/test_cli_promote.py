"""`app.py promote` and `app.py rollback`: what they print, and what they refuse, on a made-up measurement."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

import app
from model.installed import promoted_dir, read_pointer
from tests.jobs.measured import digest_of, finished_run, measured
from training import promotion
from training.runs import RunFolder


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SHORTLIST_AS_OF", "2026-06-30")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return finished_run(tmp_path / "run")


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch, run: RunFolder):
    """Let the measurement find what is given, without loading a model."""
    def use(**found) -> None:
        fake = types.ModuleType("training.promotion_measure")

        def measure(path: Path, pairs: int, say, device: str) -> dict:
            say("held-out set: 1 of 4")
            return measured(sha=digest_of(run), other=promotion.serving("grpo") or "x", n=pairs, **found)

        fake.measure = measure
        monkeypatch.setitem(sys.modules, "training.promotion_measure", fake)
    return use


def test_a_better_adapter_is_measured_and_promoted(run: RunFolder, measures, capsys, monkeypatch):
    monkeypatch.setattr(promotion, "serving", lambda stage, folder=None: "o" * 64)
    measures(candidate=0.96, in_service=0.85)
    assert app.main(["promote", str(run.path)]) == 0
    out = capsys.readouterr().out
    assert "passed: better on accuracy" in out and f"promoted: grpo-{digest_of(run)[:12]} serves as grpo" in out
    assert RunFolder(run.path / "gate").status().state == "complete"
    assert app.main(["rollback"]) == 0
    assert "serving now: the shipped adapters" in capsys.readouterr().out


def test_a_worse_one_is_refused_unless_there_is_a_reason(run: RunFolder, measures, capsys, monkeypatch):
    monkeypatch.setattr(promotion, "serving", lambda stage, folder=None: "o" * 64)
    measures(candidate=0.7, in_service=0.9)
    assert app.main(["promote", str(run.path)]) == 1
    shown = capsys.readouterr()
    assert "not passed: worse on accuracy" in shown.out and "give a reason" in shown.err
    assert not read_pointer()["in_service"]
    assert app.main(["promote", str(run.path), "--reason", "a trial"]) == 0
    assert promotion.registry()[0]["reason"] == "a trial"


def test_measuring_alone_promotes_nothing(run: RunFolder, measures, capsys):
    measures(candidate=0.96, in_service=0.85)
    assert app.main(["promote", str(run.path), "--measure-only", "--pairs", "80"]) == 0
    assert "verdict" in capsys.readouterr().out and not promoted_dir().exists()


@pytest.mark.parametrize(("arguments", "status", "words"), [
    (["--pairs", "1"], 2, "at least 4 pairs"), ([], 1, "no finished adapter")])
def test_bad_arguments_are_told(tmp_path: Path, arguments: list[str], status: int, words: str, capsys):
    assert app.main(["promote", str(tmp_path / "nowhere"), *arguments]) == status
    assert words in capsys.readouterr().err
    assert app.main(["rollback"]) == 1


def test_a_measurement_that_fails_says_so_in_its_folder(run: RunFolder, monkeypatch: pytest.MonkeyPatch):
    fake = types.ModuleType("training.promotion_measure")

    def measure(*args):
        raise RuntimeError("CUDA went away")

    fake.measure = measure
    monkeypatch.setitem(sys.modules, "training.promotion_measure", fake)
    with pytest.raises(RuntimeError):
        app.main(["promote", str(run.path), "--measure-only"])
    status = RunFolder(run.path / "gate").status()
    assert (status.state, status.reason) == ("failed", "RuntimeError: CUDA went away")
