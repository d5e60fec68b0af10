"""trackio is optional: nothing without it, words where it is asked for and missing, a copy of the lines where it is."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from model.errors import RecipeError
from training import tracking


def test_without_the_setting_there_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SHORTLIST_TRACKIO", raising=False)
    assert tracking.tracker("run", {}) is None


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHORTLIST_TRACKIO", "1")
    monkeypatch.setattr(tracking.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RecipeError, match="pip install -r requirements-tracking.txt"):
        tracking.wanted()


def test_lines_go_to_the_data_folder_and_nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    seen: list = []

    class Run:
        def log(self, row, step):
            seen.append((step, row))

        def finish(self):
            seen.append("finished")

    def init(**settings):
        seen.append(settings)
        return Run()

    monkeypatch.setenv("SHORTLIST_TRACKIO", "1")
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path))
    monkeypatch.setenv("TRACKIO_SPACE_ID", "somebody/space")
    monkeypatch.setenv("TRACKIO_DIR", "")
    monkeypatch.delenv("TRACKIO_DIR")
    monkeypatch.setattr(tracking.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setitem(sys.modules, "trackio", types.SimpleNamespace(init=init))
    write, finish = tracking.tracker("run-1", {"stage": "sft"})
    write({"step": 3, "time": 1.0, "loss": 0.5})
    finish()
    assert seen[0]["project"] == "shortlist" and seen[0]["name"] == "run-1" and "space_id" not in seen[0]
    assert seen[1:] == [(3, {"loss": 0.5}), "finished"]
    assert tracking.os.environ["TRACKIO_DIR"] == str(tmp_path / "trackio")
    assert "TRACKIO_SPACE_ID" not in tracking.os.environ
