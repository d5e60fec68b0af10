"""What would change a verdict: the smallest change of evidence that turns it, found by asking the model again.

For a rejected candidate a requirement's evidence is made as strong as a resume could show it; for a selected one it is
taken away. One requirement at a time first, then two; a few variants go through the engine as one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from model.schema import MET, NOT_MET, Brief, Evidence, Requirement, Verdict

MAX_VARIANTS = 8  # briefs judged in one batch
SOME_YEARS = 5.0  # of experience where the job states no number
Judge = Callable[[Sequence[Brief]], list[Verdict]]


@dataclass(frozen=True)
class Change:
    """The requirements whose evidence was changed, by their numbers, and what the model then says."""

    changed: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True)
class WhatIf:
    """The verdict as it is, the smallest changes that turn it (largest effect first), and how many were tried."""

    now: Verdict
    turning: tuple[Change, ...]
    tried: int


def what_if(brief: Brief, judge: Judge) -> WhatIf:
    """Ask `judge` about the brief, then about variants with one requirement changed, then, if none turns it, two."""
    now = judge([brief])[0]
    selected = now.status == "SELECTED"
    target = NOT_MET if selected else MET
    open_ones = [i for i, mark in enumerate(now.marks) if mark != target]
    by_weight = sorted(open_ones, key=lambda i: (not brief.job.requirements[i].must, -brief.job.requirements[i].weight))
    singles = _ask(brief, [(i,) for i in by_weight[:MAX_VARIANTS]], selected, judge)
    turning = [change for change in singles if change.verdict.status != now.status]
    tried = len(singles)
    if not turning and len(singles) > 1:
        ranked = [change.changed[0] for change in sorted(singles, key=lambda change: _effect(change, now))]
        pairs = _ask(brief, list(combinations(ranked, 2))[:MAX_VARIANTS], selected, judge)
        turning = [change for change in pairs if change.verdict.status != now.status]
        tried += len(pairs)
    return WhatIf(now, tuple(sorted(turning, key=lambda change: _effect(change, now))), tried)


def _effect(change: Change, now: Verdict) -> float:
    return -abs(change.verdict.probability - now.probability)


def _ask(brief: Brief, sets: Sequence[tuple[int, ...]], selected: bool, judge: Judge) -> list[Change]:
    briefs = [changed(brief, numbers, strong=not selected) for numbers in sets]
    return [Change(*pair) for pair in zip(sets, judge(briefs), strict=True)] if briefs else []


def changed(brief: Brief, numbers: Sequence[int], strong: bool) -> Brief:
    """The brief with the evidence of some requirements as strong as can be, or gone."""
    evidence = list(brief.evidence)
    for i in numbers:
        evidence[i] = proof(brief.job.requirements[i]) if strong else Evidence()
    return replace(brief, evidence=tuple(evidence))


def proof(requirement: Requirement) -> Evidence:
    """The strongest evidence that a resume could hold: the job's own words, all the years, the degree."""
    years = (requirement.years or SOME_YEARS) if requirement.kind == "experience" else None
    return Evidence(quote=requirement.text, shown=requirement.text, end=len(requirement.text), how="exact",
                    strength=1.0, years=years, compared="ok" if requirement.kind == "education" else "")
