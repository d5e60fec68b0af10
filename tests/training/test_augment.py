"""Harder twins: what is borrowed from another profession is not met, and other years are compared by code."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from model.brief.experience import NEARLY, years_share
from model.rubric import expected
from training import augment
from training.corpus import generate
from training.dataset import build_example, examples


@pytest.fixture(scope="module")
def pairs():
    """(sample, example) of both professions that a twin needs."""
    built = [(sample, build_example(sample)) for sample in generate(40, seed=3)]
    return [(sample, example) for sample, example in built if example]


def test_borrowed_requirements_are_not_met(pairs):
    borrowed = Counter()
    for i, (sample, example) in enumerate(pairs):
        donor = next(e for s, e in pairs if s.profession != sample.profession)
        twin = augment.vary(example, sample.resume, donor, Random(i))
        own = {r.text for r in example.brief.job.requirements}
        for requirement, mark in zip(twin.brief.job.requirements, twin.truth.marks, strict=True):
            if requirement.text not in own:
                borrowed[requirement.kind] += 1
                assert mark == 0
    assert borrowed["skill"] > 5


def test_other_years_are_compared_anew(pairs):
    marks = Counter()
    for i, (sample, example) in enumerate(pairs):
        twin = augment.vary(example, sample.resume, example, Random(i))
        for requirement, evidence, mark in zip(twin.brief.job.requirements, twin.brief.evidence, twin.truth.marks,
                                               strict=True):
            share = years_share(requirement, evidence) if requirement.kind == "experience" else None
            if share is not None and mark:
                marks[mark] += 1
                assert mark <= (2 if share >= 1 else 1) and share >= NEARLY
    assert marks[1] and marks[2]


def test_truth_follows_from_the_marks_and_the_seed():
    once, twice = examples(30, seed=8, varied=True), examples(30, seed=8, varied=True)
    assert [e.truth for e in once] == [e.truth for e in twice]
    assert [e.truth for e in once] != [e.truth for e in examples(30, seed=8)]
    for example in once:
        assert expected(example.brief.job.requirements, example.truth.marks).status == example.truth.status
        assert len(example.brief.evidence) == len(example.truth.marks)
