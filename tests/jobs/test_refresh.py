"""A promoted adapter takes effect in a running engine, whole or not at all. On the embedded base."""
# ruff: noqa: PLC0415 - torch is loaded by this tier alone, not at collection

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from model.brief.finder import build_brief
from model.brief.job import parse_job
from model.errors import AdapterError
from model.installed import promoted_dir
from model.schema import Document
from model.settings import SHIPPED_ADAPTERS
from training import promotion
from training.corpus import AS_OF, generate
from training.runs import RunFolder

pytestmark = pytest.mark.model


def variant(folder: Path, scale: float) -> RunFolder:
    """A complete run whose adapter is the shipped one, its weights scaled."""
    from safetensors.torch import load_file, save_file

    from model.base import sha256_of
    run = RunFolder(folder)
    run.create()
    run.recipe.write_text("stage: sft\n")
    shutil.copytree(SHIPPED_ADAPTERS / "sft", run.adapter)
    file = run.adapter / "adapter_model.safetensors"
    save_file({name: scale * tensor for name, tensor in load_file(file).items()}, file, metadata={"format": "pt"})
    manifest = json.loads((run.adapter / "manifest.json").read_text())
    (run.adapter / "manifest.json").write_text(json.dumps({**manifest, "sha256": sha256_of(file)}))
    run.write_status(state="complete")
    return run


def test_an_engine_takes_a_promoted_adapter_over_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from model.engine import Engine
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path / "data"))
    sample = next(generate(1, 4, "test"))
    brief = build_brief(parse_job(sample.job), Document("d", "", "txt", sample.resume), AS_OF)
    engine = Engine.load()

    def answer() -> float:
        return engine.judge([brief], "sft")[0].probability

    before, versions = answer(), engine.versions()
    assert engine.refresh() == ()
    first = variant(tmp_path / "first", 0.0)
    promotion.promote(first.path, reason="a test")
    assert engine.versions() == versions, "nothing changes in the middle of a batch"
    assert engine.refresh() == ("sft",) and engine.versions() != versions
    assert answer() != before and len(engine.model.peft_config) == 2
    second = variant(tmp_path / "second", 0.5)
    entry = promotion.promote(second.path, reason="a test")
    monkeypatch.setattr("model.loading.adapter_folders", lambda: {"sft": promoted_dir() / entry["folder"]})
    weights = promoted_dir() / entry["folder"] / "adapter_model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1])
    serving = answer()
    with pytest.raises(AdapterError, match="does not match its manifest"):
        engine.refresh()
    assert answer() == serving, "the one before goes on"
    weights.write_bytes(whole)
    monkeypatch.undo()
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path / "data"))
    for _ in range(2):
        promotion.rollback()
    assert engine.refresh() == ("sft",)
    assert answer() == before and engine.versions() == versions
