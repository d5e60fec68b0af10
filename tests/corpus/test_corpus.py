"""The generator of training pairs: repeatable, balanced, consistent, and its test split held apart."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter

import pytest

from model.rubric import expected
from training.corpus import SPLITS, generate
from training.corpus.__main__ import main
from training.corpus.phrases import TRAIN
from training.corpus.phrases_test import TEST


@pytest.fixture(scope="module", params=["train", "test"])
def samples(request):
    return list(generate(800, seed=5, split=request.param))


def test_same_seed_same_samples():
    assert list(generate(40, seed=9)) == list(generate(40, seed=9))
    assert [s.job for s in generate(40, seed=9)] != [s.job for s in generate(40, seed=10)]
    assert [s.job for s in generate(20, seed=9)] != [s.job for s in generate(20, seed=9, split="validation")]


def test_samples_do_not_depend_on_hash_seed():
    code = "from training.corpus import generate; print(hash(0), [ (s.id, s.resume, s.job) for s in generate(12)])"
    runs = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": h, "PYTHONPATH": "."}, capture_output=True,
                       text=True, check=True).stdout
        for h in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_a_longer_run_starts_with_the_shorter_one():
    assert [s.id for s in generate(30, seed=2)][:25] == [s.id for s in generate(60, seed=2)][:25]


def test_half_selected(samples):
    assert abs(sum(s.label for s in samples) / len(samples) - 0.5) <= 0.02


def test_ids_are_unique(samples):
    assert len({s.id for s in samples}) == len(samples)


def test_requirement_places(samples):
    for s in samples:
        for item in s.truth:
            assert s.job[item.start : item.end] == item.text
            assert item.text.strip() == item.text != ""


def test_truth_agrees_with_the_rule(samples):
    for s in samples:
        verdict = expected([i.requirement() for i in s.truth], [i.mark for i in s.truth])
        assert (verdict.status == "SELECTED") == bool(s.label)
        assert verdict.score == s.score


def test_every_mark_has_a_reason(samples):
    for s in samples:
        for item in s.truth:
            assert item.why
            absent = item.why in ("absent", "negated", "too low") or item.why.startswith(("lookalike", "years far"))
            assert (item.mark == 0) == absent


def test_literal_skills_stand_in_the_resume_and_absent_ones_do_not(samples):
    for s in samples:
        if any(t in s.tags for t in ("resume:scanned",)) or any(i.any_of for i in s.truth):
            continue
        words = " ".join(s.resume.lower().split())
        for item in s.truth:
            if item.kind == "skill" and item.why == "absent":
                assert f" {item.text.lower()} " not in words, (s.id, item.text)


def test_grey_share_and_meaning(samples):
    grey = [s for s in samples if s.grey]
    assert 0.08 <= len(grey) / len(samples) <= 0.13
    assert all(28 <= s.score <= 70 for s in grey)
    clear = [s for s in samples if not s.grey]
    assert not any(60 <= s.score <= 70 for s in clear)


def test_twins_share_the_job_and_differ_in_label(samples):
    pairs: dict[str, dict[str, object]] = {}
    for s in samples:
        if "twin" in s.tags:
            base, _, end = s.id.rpartition("-")
            pairs.setdefault(base, {})[end] = s
    assert 0.28 <= 2 * len(pairs) / len(samples) <= 0.42
    for pair in pairs.values():
        assert pair["1"].job == pair["0"].job
        assert (pair["1"].label, pair["0"].label) == (1, 0)
        assert pair["1"].resume != pair["0"].resume


def test_skills_only_cases(samples):
    only = [s for s in samples if "skills_only" in s.tags]
    assert 0.05 <= len(only) / len(samples) <= 0.12
    assert all(i.kind == "skill" for s in only for i in s.truth)
    assert {0, 1} == {s.label for s in only}


def test_lengths(samples):
    resumes = sorted(len(s.resume.split()) for s in samples if "skills_only" not in s.tags)
    assert 160 <= sum(resumes) / len(resumes) <= 300
    assert resumes[len(resumes) // 20] >= 30 and resumes[-1] <= 1200
    counts = Counter(min(len(s.truth), 12) for s in samples)
    assert sum(counts[k] for k in range(4, 12)) / len(samples) > 0.8
    assert max(len(s.truth) for s in samples) >= 14


def test_no_template_leaks(samples):
    for s in samples:
        for text in (s.job, s.resume):
            assert not any(c in text for c in "{}\0\ue000\ue001\ue002"), s.id
            assert "None" not in text.replace("None of the", "")


def test_test_wordings_are_not_in_training():
    for name in TRAIN.__dataclass_fields__:
        shared = set(getattr(TRAIN, name)) & set(getattr(TEST, name))
        assert shared <= {"{x}", ""}, (name, shared)


def test_unknown_split_and_negative_number():
    with pytest.raises(ValueError, match="unknown split"):
        next(generate(1, split="dev"))
    with pytest.raises(ValueError, match="must not be negative"):
        next(generate(-1))
    assert SPLITS == ("train", "validation", "test")


def test_command_writes_all_rows_or_none(tmp_path):
    out = tmp_path / "new" / "pairs.jsonl"
    assert main(["--n", "12", "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 12
    assert {"id", "job", "resume", "label", "score", "truth", "tags"} <= set(rows[0])
    assert [p.name for p in out.parent.iterdir()] == ["pairs.jsonl"]
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert main(["--n", "2", "--out", str(blocked / "pairs.jsonl")]) == 2


def test_three_thousand_samples_in_time():
    start = time.process_time()
    assert sum(1 for _ in generate(1000, seed=1)) == 1000
    assert time.process_time() - start < 20 / 3
