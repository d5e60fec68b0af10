"""A poisoned batch of feedback, from what recruiters said to the gate's word: left out, or learned from and stopped.

The learner is as simple as can be (the mean mark of each strength of evidence), so that only the batch tells the
adapters apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pytest

from model.brief.finder import build_brief, heuristic_marks
from model.brief.job import parse_job
from model.rubric import expected
from model.schema import MET, Brief, Document
from tests.jobs.measured import measured
from training import feedback
from training.corpus import AS_OF, generate
from training.feedback import CONTRADICTS, Said
from training.promotion_gate import CANDIDATE, CURRENT, RULE, weigh

pytestmark = pytest.mark.timeout(300)  # two hundred resumes are read, and the machine may be busy
OTHER = {"SELECTED": "REJECTED", "REJECTED": "SELECTED"}


@cache
def people(n: int, seed: int, split: str) -> list[tuple[Document, Brief, tuple[int, ...]]]:
    """Generated candidates with the marks that are true of them."""
    found = []
    for sample in generate(n, seed, split):
        job, digest = parse_job(sample.job), hashlib.sha256(sample.resume.encode()).hexdigest()
        document = Document("document", digest, "txt", sample.resume)
        brief = build_brief(job, document, AS_OF)
        found.append((document, brief, tuple(heuristic_marks(brief))))
    return found


def said(turned: bool, status_alone: bool = False) -> Iterator[Said]:
    """What three recruiters say of forty candidates; `turned`: the contrary of what is true, in marks and status."""
    for i, (document, brief, true) in enumerate(people(40, 11, "train")):
        job = brief.job
        marks = tuple(MET - mark for mark in true) if turned and not status_alone else true
        status = expected(job.requirements, marks).status
        yield Said(job, document, marks, OTHER[status] if status_alone else status, "override", f"user{i % 3}",
                   "2026-06-30T12:00:00")


def learn(rows: Sequence[dict]) -> Callable[[Brief], dict]:
    """A judge that gives each strength of evidence its mean mark in the rows."""
    seen: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        for evidence, mark in zip(row["evidence"], row["marks"], strict=True):
            seen[round(4 * evidence["strength"])].append(mark)

    def judge(brief: Brief) -> dict:
        near = [min(seen, key=lambda strength, e=e: abs(strength - round(4 * e.strength))) for e in brief.evidence]
        rule = expected(brief.job.requirements, [round(sum(seen[at]) / len(seen[at])) for at in near])
        return {"status": rule.status, "probability": rule.score / 100, "score": rule.score}

    return judge


def test_an_adapter_that_learned_from_flipped_labels_is_stopped():
    honest, poisoned = (feedback.batch(said(turned)) for turned in (False, True))
    assert len(poisoned.train) == len(honest.train) > 20, "flipped marks with the status that follows: nothing shows it"
    held_out = []
    for document, brief, marks in people(80, 22, "test"):
        truth = expected(brief.job.requirements, marks)
        before = learn(honest.train)(brief)
        held_out.append({"id": document.sha256, "label": int(truth.status == "SELECTED"), "score": truth.score,
                         CANDIDATE: learn(poisoned.train)(brief), CURRENT: before, RULE: before})
    right = sum((row[CURRENT]["status"] == "SELECTED") == bool(row["label"]) for row in held_out)
    assert right > 0.7 * len(held_out), "the honest batch teaches"
    gate = weigh({**measured(), "held_out": held_out})
    assert not gate.passed and gate.why.startswith("worse on accuracy")


def test_a_flipped_status_alone_teaches_nothing():
    found = feedback.batch(said(True, status_alone=True))
    assert not found.train and not found.held_out and found.left_out == {CONTRADICTS: 40}
