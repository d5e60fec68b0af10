"""Into service and out again: whole or not at all, whatever happens."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model import installed
from model.errors import AdapterError
from model.installed import adapter_folders, promoted_dir, read_pointer
from model.settings import SHIPPED_ADAPTERS
from tests.jobs.measured import digest_of, finished_run, measured
from training import promotion
from training.promotion_gate import evaluate_gate
from training.runs import RunFolder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return finished_run(tmp_path / "run")


def passes(run: RunFolder) -> None:
    """Let the gate of a run pass against whatever serves."""
    stage = json.loads((run.adapter / "manifest.json").read_text())["stage"]
    evaluate_gate(run.path, lambda path: measured(candidate=0.95, in_service=0.85, sha=digest_of(run),
                                                  other=promotion.serving(stage)))


def test_nothing_promoted_means_the_shipped_ones():
    assert all(folder.parent == SHIPPED_ADAPTERS for folder in adapter_folders().values())
    with pytest.raises(AdapterError, match="nothing to go back to"):
        promotion.rollback()


def test_a_promoted_adapter_serves_and_a_rollback_takes_it_out_again(run: RunFolder, tmp_path: Path):
    before = installed.stamp()
    passes(run)
    entry = promotion.promote(run.path, by="ada")
    folder = adapter_folders()["grpo"]
    assert folder == promoted_dir() / f"grpo-{digest_of(run)[:12]}" and installed.stamp() != before
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in run.adapter.iterdir()}
    second = finished_run(tmp_path / "second", content=b"other weights")
    passes(second)
    promotion.promote(second.path)
    assert digest_of(second) == promotion.serving("grpo")
    began = time.monotonic()
    assert entry["folder"] in promotion.rollback("bob")
    assert time.monotonic() - began < 5 and promotion.serving("grpo") == digest_of(run)
    assert promotion.rollback() == "the shipped adapters"
    assert "grpo" not in read_pointer()["in_service"]


def test_the_registry_keeps_where_every_adapter_came_from(run: RunFolder):
    passes(run)
    promotion.promote(run.path, by="ada")
    promotion.rollback("bob")
    back, row = promotion.registry()
    assert (back["action"], back["by"]) == ("rollback", "bob")
    assert row["recipe_yaml"] == run.recipe.read_text() and row["data_sha256"] == "d" * 64
    assert row["parent_sha256"] == "p" * 64 and row["metrics"] == {"loss": 0.5} and row["by"] == "ada"
    assert row["passed"] and row["gate"]["lines"]
    with (promoted_dir() / "registry.jsonl").open("a") as file:
        file.write('{"torn')
    passes(run)
    promotion.promote(run.path)
    assert [row["action"] for row in promotion.registry()] == ["promote", "rollback", "promote"]


@pytest.mark.parametrize("found", [None, {"candidate": 0.75}, {"sha": "x" * 64}, {"other": "y" * 64}])
def test_without_a_gate_that_passed_only_a_written_reason_promotes(run: RunFolder, found: dict | None):
    if found is not None:
        known = {"candidate": 0.95, "in_service": 0.85, "sha": digest_of(run), "other": promotion.serving("grpo")}
        evaluate_gate(run.path, lambda path: measured(**{**known, **found}))
    with pytest.raises(AdapterError, match="give a reason"):
        promotion.promote(run.path, reason="  ")
    assert not read_pointer()["in_service"]
    promotion.promote(run.path, reason="the held-out set is of the wrong trade")
    assert promotion.registry()[0]["reason"] == "the held-out set is of the wrong trade"
    assert not promotion.registry()[0]["passed"]


@pytest.mark.parametrize("state", ["running", "failed", "stopped"])
def test_only_a_complete_run_is_promoted(run: RunFolder, state: str):
    run.write_status(state=state)
    with pytest.raises(AdapterError, match="no finished adapter"):
        promotion.promote(run.path, reason="I want it")


def test_a_run_whose_weights_were_changed_is_not_promoted(run: RunFolder):
    (run.adapter / "adapter_model.safetensors").write_bytes(b"changed")
    with pytest.raises(AdapterError, match="no finished adapter"):
        promotion.promote(run.path, reason="I want it")


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "adapter_config.json", "manifest.json"])
def test_a_promoted_adapter_that_is_damaged_does_not_serve(run: RunFolder, name: str):
    passes(run)
    entry = promotion.promote(run.path)
    before = dict(adapter_folders())
    (promoted_dir() / entry["folder"] / name).write_bytes(b"")
    assert before["grpo"].parent == promoted_dir() and adapter_folders().get("grpo", SHIPPED_ADAPTERS).parent in (
        SHIPPED_ADAPTERS, SHIPPED_ADAPTERS.parent)
    assert "checksum" in promotion.in_service()["grpo"]["wrong"]


@pytest.mark.parametrize("pointer", ["", "{", "[]", '{"in_service": {"grpo": {"folder": "../../etc", "files": {}}}}',
                                     '{"in_service": {"grpo": {"folder": "x", "files": {"../y": "0"}}}}'])
def test_whatever_the_pointer_says_only_whole_adapters_serve(pointer: str):
    promoted_dir().mkdir(parents=True)
    (promoted_dir() / "current.json").write_text(pointer)
    assert all(folder.parent == SHIPPED_ADAPTERS for folder in adapter_folders().values())


def test_a_setting_of_its_own_wins_and_refuses_promotion(run: RunFolder, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(tmp_path / "mine"))
    with pytest.raises(AdapterError, match="SHORTLIST_ADAPTERS is set"):
        promotion.promote(run.path, reason="x")


def test_a_full_or_forbidden_disk_leaves_what_served(run: RunFolder, monkeypatch: pytest.MonkeyPatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")
    passes(run)
    monkeypatch.setattr(promotion.shutil, "copytree", full)
    with pytest.raises(AdapterError, match="No space left.*Nothing was promoted"):
        promotion.promote(run.path)
    assert not read_pointer()["in_service"] and not list(promoted_dir().glob(".*.tmp"))


def kills(count: int, data: Path, runs: Path) -> dict[str, int]:
    """Kill a process that promotes and rolls back without end, `count` times; look each time at what would be loaded.

    Returns how often nothing promoted served, the adapter before the kill, and another; and how often a half copy was
    left lying, which must never serve.
    """
    seen, last = {"shipped": 0, "the one before": 0, "a new one": 0, "half copies": 0}, ""
    chance = random.Random(count)
    for _ in range(count):
        child = subprocess.Popen([sys.executable, "-m", "tests.jobs.promote_for_ever", str(runs)], cwd=ROOT,
                                 env={**os.environ, "SHORTLIST_DATA": str(data)}, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen["half copies"] += any(promoted_dir().glob(".*.tmp"))
        folder = adapter_folders().get("grpo")
        entry = read_pointer()["in_service"].get("grpo")
        if entry is None:
            assert not last, "what was promoted does not vanish"
            seen["shipped"] += 1
            continue
        assert folder == promoted_dir() / entry["folder"] and installed.check(entry) == ""
        digest = installed.sha256_of(folder / installed.WEIGHTS)
        assert digest == entry["sha256"] == json.loads((folder / "manifest.json").read_text())["sha256"]
        assert any(digest == row.get("sha256") for row in promotion.registry())
        seen["the one before" if digest == last else "a new one"] += 1
        last = digest
    return seen


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_adapter(data: Path, tmp_path: Path):
    """Reduced; `python -m tests.jobs.promote_for_ever --kills 100` prints the full figure."""
    seen = kills(12, data, tmp_path / "runs")
    assert sum(seen.values()) - seen["half copies"] == 12
