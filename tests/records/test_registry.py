"""Adapters and runs: what served from when to when, and that a hash of long ago can still be explained."""

from __future__ import annotations

import json
from dataclasses import replace

from recruiter_ui.records import audit, registry


def adapter(folder, name, weights):
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "adapter_model.safetensors").write_bytes(weights)
    (place / "manifest.json").write_text(json.dumps({"base": "tiny", "metrics": {"loss": 1.5}}))
    return place


def test_adapters_come_into_service_and_go_out(store, tmp_path):
    old, new = adapter(tmp_path, "old", b"1"), adapter(tmp_path, "new", b"2")
    assert registry.note_serving(store, {"sft": old})
    assert not registry.note_serving(store, {"sft": old}), "nothing new, so nothing is written"
    assert registry.note_serving(store, {"sft": new})
    later, first = registry.adapters_of(store)
    assert (later["path"], later["retired"], later["base"]) == (str(new), None, "tiny")
    assert first["retired"] and first["metrics"] == {"loss": 1.5}
    assert registry.note_serving(store, {"sft": old}), "rolled back"
    assert [bool(row["retired"]) for row in registry.adapters_of(store)] == [True, False]
    with store.read() as connection:
        deeds = [line["action"] for line in audit.lines(connection)]
    assert deeds == ["adapter in service"] + ["adapter in service", "adapter out of service"] * 2


def test_runs_are_kept_as_they_were_last(store):
    run = registry.Run("sft-1", "sft", "running", {"lr": 0.1}, {}, "ann", "2026-11-23T10:00:00", None)
    registry.note_runs(store, [run])
    registry.note_runs(store, [replace(run, status="complete", metrics={"loss": 0.2}, ended="2026-11-23T11:00:00")])
    registry.note_runs(store, [])
    found = registry.runs_of(store)
    assert len(found) == 1 and found[0]["status"] == "complete" and found[0]["recipe"] == {"lr": 0.1}
