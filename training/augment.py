"""Harder twins of an example: requirements borrowed from another profession, and other years asked for.

A generated candidate lacks what its author left out of one profession. Real posts also ask for roles that a candidate
never had, and evidence that shares a word or two is then no evidence. What is borrowed is marked not met, and left out
where the resume might show it after all; years that a role was worked for are compared anew by code.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from model.brief.experience import NEARLY, RELEVANT, years_share
from model.brief.finder import build_brief
from model.prompt import LETTERS
from model.rubric import Truth
from model.schema import MET, NOT_MET, PARTLY, Brief, Document, Evidence, Requirement
from training.corpus import AS_OF

if TYPE_CHECKING:
    from training.dataset import Example

BORROWED = (0, 1, 1, 2, 3)  # how many requirements are borrowed, equally likely
DOUBTFUL = {"skill": 0.55, "experience": 0.80}  # evidence this strong may show the borrowed requirement after all
OTHER_YEARS = 0.5  # share of well-founded experience requirements that get other years
MOST_YEARS = 12


def vary(example: Example, resume: str, donor: Example, rng: Random) -> Example:
    """A harder example of the same resume; the same one where nothing can be borrowed or changed."""
    marked = list(zip(example.brief.job.requirements, example.truth.marks, strict=True))
    if donor.profession != example.profession:
        marked = _borrow(marked, donor, rng)
    marked = [(_other_years(r, rng), mark) for r, mark in marked]
    job = replace(example.brief.job, requirements=tuple(r for r, _ in marked))
    brief = build_brief(job, Document(example.id, "", "txt", resume), AS_OF)
    old = dict(zip(example.brief.job.requirements, example.brief.evidence, strict=True))
    kept = [(r, e, mark) for (r, before), e in zip(marked, brief.evidence, strict=True)
            if (mark := _mark(r, e, before, old.get(r))) is not None]
    job = replace(job, requirements=tuple(r for r, _, _ in kept))
    truth = Truth.from_marks(job.requirements, [mark for _, _, mark in kept])
    return replace(example, brief=Brief(job, tuple(e for _, e, _ in kept)), truth=truth)


Marked = list[tuple[Requirement, int | None]]
"""Requirements with their true mark; None where it was borrowed and has still to be judged."""


def _borrow(marked: Marked, donor: Example, rng: Random) -> Marked:
    lent = [r for r in donor.brief.job.requirements if r.kind in DOUBTFUL]
    have = {r.text.lower() for r, _ in marked}
    lent = [r for r in lent if r.text.lower() not in have]
    room = min(rng.choice(BORROWED), len(lent), len(LETTERS) - len(marked))
    for requirement in rng.sample(lent, max(0, room)):
        marked.insert(rng.randint(0, len(marked)), (requirement, None))
    return marked


def _other_years(requirement: Requirement, rng: Random) -> Requirement:
    if requirement.kind == "experience" and requirement.years and rng.random() < OTHER_YEARS:
        return replace(requirement, years=float(rng.randint(1, MOST_YEARS)))
    return requirement


def _mark(requirement: Requirement, evidence: Evidence, before: int | None, old: Evidence | None) -> int | None:
    """The mark of a requirement with its new evidence; None where nobody can say."""
    if before is None:
        return NOT_MET if evidence.strength < DOUBTFUL[requirement.kind] else None
    if old is not None:
        return before if old == evidence else None  # a borrowed role may draw a position to itself
    share = years_share(requirement, evidence)
    if share is None or (before == NOT_MET and evidence.strength < RELEVANT):
        return before
    if before == NOT_MET:
        return None  # too few years, or not that role: only the first would change
    return MET if share >= 1 else PARTLY if share >= NEARLY else NOT_MET
