"""The way of the data with a stand-in engine: a row for each document, soon, in the contract's shape."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from model.brief.finder import heuristic_marks
from model.brief.job import parse_job
from model.calibration import Calibration
from model.rubric import COMPONENTS, expected
from model.schema import Verdict

pytest.importorskip("torch")
pipeline = pytest.importorskip("model.pipeline")

JOB = """Job title: Welder

## Required Skills
- MIG welding
- Blueprint reading

## Required Experience
- 3 years as a Welder
"""
GOOD = """Ada Berg
ada@example.com

EXPERIENCE
Welder, Northgate Steel, Jan 2018 - Dec 2023
- MIG welding of frames and tanks, blueprint reading every day
- Kept the workshop clean, ordered consumables in time and helped two apprentices through their first year
- Talked to customers about dates, prices and changes, and wrote down what was agreed

SKILLS
MIG welding, blueprint reading, grinding, quality checks, forklift driving
"""
BAD = """Ben Lund
ben@example.com

EXPERIENCE
Barista, Harbour Coffee, Jan 2018 - Dec 2023
- Served coffee to commuters and trained four new colleagues in the shop
- Kept the workshop clean, ordered consumables in time and helped two apprentices through their first year
- Talked to customers about dates, prices and changes, and wrote down what was agreed

SKILLS
Espresso, latte art, till operation, friendly service, early mornings
"""


class HeuristicEngine:
    """Judges as the expert heuristic does; counts its calls."""

    device = "cpu"
    adapters = {"sft": SimpleNamespace(sha256="a" * 64), "grpo": SimpleNamespace(sha256="b" * 64)}

    def __init__(self):
        self.batches: list[int] = []
        self.calibrations = {"grpo": Calibration()}

    def judge_each(self, briefs, adapters, stop=None):
        return [self.judge(briefs, adapter, stop) for adapter in adapters]

    def judge(self, briefs, adapter, stop=None):
        self.batches.append(len(briefs))
        verdicts = []
        for brief in briefs:
            marks = heuristic_marks(brief)
            rule = expected(brief.job.requirements, marks)
            sure = 0.99 if rule.status == "SELECTED" else 0.01
            verdicts.append(Verdict(rule.status, rule.score, sure, marks, rule.skills, rule.experience, rule.education))
        return verdicts

    def versions(self):
        return {"base": "none", "adapter": "none"}


@pytest.fixture
def screener() -> pipeline.Screener:
    made = pipeline.Screener.__new__(pipeline.Screener)
    made.engine, made._documents = HeuristicEngine(), {}
    return made


@pytest.fixture
def files(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "bad.txt").write_text(BAD)
    (tmp_path / "empty.pdf").write_bytes(b"")
    return [tmp_path / "good.txt", tmp_path / "empty.pdf", tmp_path / "bad.txt"]


def test_every_document_gets_its_row(screener, files):
    rows = {row["file"].rsplit("/", 1)[-1]: row for row in screener.screen(parse_job(JOB), files, ("sft", "grpo"))}
    assert {name: row["decision"] for name, row in rows.items()} == {
        "good.txt": "SELECTED", "bad.txt": "REJECTED", "empty.pdf": "REVIEW"}
    good = rows["good.txt"]
    assert good["outcome"] == "scored" and set(good["verdicts"]) == set(good["reward"]) == {"sft", "grpo"}
    assert set(good["reward"]["grpo"]) == {*COMPONENTS, "total"}
    assert good["reward"]["grpo"]["total"] == pytest.approx(1.4)  # agrees with the heuristic in everything
    for item in good["requirements"]:
        assert GOOD[item["start"]:item["end"]] == item["evidence"] and item["mark"] == 2
    assert screener.document(good["sha256"]).text.strip() == GOOD.strip()


def test_what_cannot_be_read_is_never_rejected(screener, files):
    (row,) = [r for r in screener.screen(parse_job(JOB), files) if r["file"].endswith("empty.pdf")]
    assert row["outcome"] == "unreadable" and row["decision"] == "REVIEW" and row["error"] and not row["verdicts"]


class SlowEngine(HeuristicEngine):
    """Takes 50 ms a pass and 20 passes a brief, and asks between passes whether to stop, as the real one does."""

    def judge(self, briefs, adapter, stop=None):
        for _ in range(20 * len(briefs)):
            if stop():
                raise pipeline.Stopped
            time.sleep(0.05)
        return super().judge(briefs, adapter)


def many(folder, n):
    paths = [folder / f"{i:02}.txt" for i in range(n)]
    for i, path in enumerate(paths):
        path.write_text(GOOD.replace("Ada", f"Ada{i}"))
    return paths


def test_cancel_stops_within_a_second_and_keeps_what_is_done(screener, tmp_path):
    screener.engine = SlowEngine()
    cancel, rows = threading.Event(), []
    timer = threading.Timer(0.3, cancel.set)
    for row in screener.screen(parse_job(JOB), many(tmp_path, 14), ("grpo",), cancel):
        rows.append(row)
        if len(rows) == 1:  # the second group is in hand when it is set
            timer.start()
            began = time.monotonic()
    assert len(rows) == 1 and rows[0]["decision"] == "SELECTED"
    assert time.monotonic() - began < 0.3 + 1.0


def test_the_first_document_does_not_wait_for_others(screener, tmp_path):
    rows = list(screener.screen(parse_job(JOB), many(tmp_path, 9), ("grpo",)))
    assert screener.engine.batches[0] == 1 and sum(screener.engine.batches) == 9
    assert max(screener.engine.batches) <= pipeline.GROUP["cpu"]
    assert [row["file"][-6:] for row in rows] == [f"{i:02}.txt" for i in range(9)]


def test_left_out_evidence_is_flagged(screener, files):
    class Cramped(HeuristicEngine):
        def judge(self, briefs, adapter, stop=None):
            return [replace(v, dropped=2) for v in super().judge(briefs, adapter)]

    screener.engine = Cramped()
    (row,) = screener.screen(parse_job(JOB), files[:1], ("sft",))
    (flag,) = [f for f in row["flags"] if f["code"] == "evidence_dropped"]
    assert "2 weakest quotes were left out" in flag["message"] and "dropped" not in row["verdicts"]["sft"]


def test_texts_kept_for_display_are_bounded(screener, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "KEPT_DOCUMENTS", 3)
    rows = list(screener.screen(parse_job(JOB), many(tmp_path, 5), ("sft",)))
    assert [screener.document(row["sha256"]) is not None for row in rows] == [False, False, True, True, True]


def test_unknown_adapters_are_named(screener, files):
    with pytest.raises(pipeline.AdapterError, match="'ppo'.*sft, grpo"):
        next(screener.screen(parse_job(JOB), files, ("ppo",)))


def test_texts_that_cannot_be_judged_are_their_own_result():
    pairs = [(JOB, GOOD), ("", GOOD), (JOB, "  "), (JOB, BAD)]
    results = list(pipeline.judge_texts(pairs, HeuristicEngine(), ["sft"]))
    assert [r.error is None for r in results] == [True, False, False, True]
    assert [r.verdicts["sft"].status for r in results if r.brief] == ["SELECTED", "REJECTED"]


def test_a_new_calibration_is_another_version(screener: pipeline.Screener):
    before = screener.versions()
    assert before == screener.versions() and set(before) == {"base", "adapter", "prompt", "rubric"}
    screener.engine.calibrations = {"grpo": Calibration(bias=-5.0)}
    after = screener.versions()
    assert {name for name in before if before[name] != after[name]} == {"rubric"}
