"""Drills: a mark is right only where the line written for the skill is shown, and the strength does not betray it."""

from __future__ import annotations

from collections import Counter

import pytest

from model.prompt import render, strength_digit
from model.rubric import expected
from training import drills as drills_of
from training import recipe as recipes
from training.preflight import preflight
from training.train import load_examples


@pytest.fixture(scope="module")
def drills():
    return drills_of.drills(60, seed=3)


@pytest.fixture(scope="module")
def lines_of():
    """The lines of every skill that has a name."""
    lines: dict[str, set[str]] = {}
    for skill in drills_of.own_skills():
        for name in skill.names:
            lines.setdefault(name, set()).update(skill.texts)
    return lines


def marked(drills):
    for drill in drills:
        yield from zip(drill.brief.job.requirements, drill.brief.evidence, drill.truth.marks, strict=True)


def test_a_skill_is_met_where_a_line_of_its_own_is_quoted_and_only_there(drills, lines_of):
    counts = Counter()
    for requirement, evidence, mark in marked(drills):
        quotes = {evidence.quote, *(other.text for other in evidence.others)}
        assert evidence.shown == " | ".join([evidence.quote, *(other.text for other in evidence.others)])
        assert bool(quotes & lines_of[requirement.text]) == (mark == 2), (requirement.text, quotes)
        counts[mark] += 1
    assert set(counts) == {0, 2} and min(counts.values()) > 0.4 * counts.total()


def test_a_drill_asks_for_no_skill_twice_and_follows_the_rule(drills):
    for drill in drills:
        texts = [r.text.casefold() for r in drill.brief.job.requirements]
        assert 8 <= len(texts) == len(set(texts)) <= 16
        rule = expected(drill.brief.job.requirements, drill.truth.marks)
        assert (drill.truth.status, drill.truth.score) == (rule.status, rule.score)
        assert all(line.strip() for line in render(drill.brief).text.splitlines())


def test_the_strength_promises_what_it_does_in_whole_resumes(drills):
    met, all_ = Counter(), Counter()
    for _, evidence, mark in marked(drills):
        all_[strength_digit(evidence)] += 1
        met[strength_digit(evidence)] += mark == 2
    assert set(all_) <= set(range(1, 9))
    for digit, (with_proof, without) in enumerate(zip(drills_of.PROOF, drills_of.NO_PROOF, strict=True), 1):
        with_proof, without = with_proof / sum(drills_of.PROOF), without / sum(drills_of.NO_PROOF)
        share = with_proof / (with_proof + without)  # the halves of a drill are equally likely
        assert met[digit] / max(1, all_[digit]) == pytest.approx(share, abs=0.2), digit


def test_the_seed_decides(drills):
    again = drills_of.drills(60, seed=3)
    assert [d.truth for d in again] == [d.truth for d in drills]
    assert [d.truth for d in again] != [d.truth for d in drills_of.drills(60, seed=4)]


def test_a_recipe_mixes_drills_with_the_corpus_and_a_dry_run_counts_them(tmp_path):
    recipe = recipes.load("sft-embedded", ["samples=100", "drills=200", "validation_share=0.1"])
    found = load_examples(recipe, limit=5)
    assert [e.tags == ("drill",) for e in found].count(True) == 5 and len(found) > 5
    report, _ = preflight(recipe, tmp_path)
    assert report["samples"]["train"] == pytest.approx(270, abs=12)
