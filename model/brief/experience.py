"""Evidence of experience: the positions that fit a requirement, and the years that their dates add up to.

A requirement that names a role ("staff nurse") is held against the titles of positions; one that names a field or a
thing ("critical care", "Python") against their titles and what they tell. A position counts for the role that it fits
best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.brief.dates import months_of, stated_years
from model.brief.embed import encode
from model.brief.job import TOTAL_EXPERIENCE
from model.brief.lexicon import same_title
from model.brief.match import ALIAS, match
from model.brief.resume import Position, Resume
from model.brief.skills import NOTHING, Hit, Window, find_hits, skill_evidence
from model.brief.text import tokens
from model.brief.titles import has_title_word
from model.schema import Evidence, Quote, Requirement

RELEVANT = 0.55  # a position that fits a requirement at least so well counts towards its years
RIVAL_MARGIN = 0.12  # a position counts only for roles it fits within this of its best one
PART_OF_TITLE = 0.5  # a role of one word that is not what the title ends with
SAME_FIELD = 0.6  # positions within this share of the best fit belong to the same field
NEARLY = 0.6  # share of the required years from which experience counts as partly there
TOLD = 0.95  # what a position tells counts a little less than its title
UNWORKED_SECTIONS = ("education", "certifications", "languages", "interests", "references", "skills")


def years_share(requirement: Requirement, evidence: Evidence) -> float | None:
    """Found years as a share of the required ones, with two months of slack for coarse dates; None where either is
    not known."""
    if not requirement.years or evidence.years is None:
        return None
    return (evidence.years + 2 / 12) / requirement.years


def title_fits(requirements: Sequence[Requirement], positions: Sequence[Position]) -> np.ndarray:
    """How well the title of each position fits each experience requirement: [requirements, positions] in [0, 1]."""
    fits = np.zeros((len(requirements), len(positions)), np.float32)
    if not positions:
        return fits
    titles = encode([p.title for p in positions])
    for i, requirement in enumerate(requirements):
        if requirement.kind != "experience" or requirement.text == TOTAL_EXPERIENCE:
            continue
        for option in requirement.any_of or (requirement.text,):
            cosines = titles @ encode([option])[0]
            for j, position in enumerate(positions):
                lexical = _title_match(option, position.title)
                close = min(0.95, max(0.0, (float(cosines[j]) - 0.15) / 0.70))
                same = ALIAS if same_title(option, position.title) else 0.0
                fits[i, j] = max(fits[i, j], lexical, same, close)
    return fits


def _title_match(asked: str, title: str) -> float:
    """How well a title says a role in its own words: "Nurse" is no "Nurse Assistant", "Manager" no "Sales Manager"."""
    held, wanted = tokens(title), tokens(asked)
    found = match(asked, held)
    strength = found.strength if found else 0.0
    if strength and len(wanted) == 1 and len(held) > 1 and held[-1].stem != wanted[0].stem:
        strength = min(strength, PART_OF_TITLE)
    back = match(title, wanted) if title else None
    return max(strength, back.strength * len(held) / max(len(held), len(wanted)) if back else 0.0)


def experience_evidence(requirement: Requirement, resume: Resume, fit: np.ndarray, best_fit: np.ndarray,
                        windows: list[Window], vectors: np.ndarray) -> Evidence:
    """The position that fits best, with the years of all that fit.

    `fit` [positions] is this requirement's row of `title_fits`, `best_fit` [positions] the largest of all rows.
    """
    if requirement.text == TOTAL_EXPERIENCE:
        return _total(resume)
    options = requirement.any_of or (requirement.text,)
    hits = [hit for option in options for hit in find_hits(option, windows, vectors)
            if hit.window.section not in UNWORKED_SECTIONS]
    if any(has_title_word(option) for option in options):
        told, rivals = {}, best_fit
    else:
        told, rivals = _told(resume.positions, hits), np.zeros_like(best_fit)
    fits = [max(float(fit[j]), TOLD * told[j].strength if j in told else 0.0) for j in range(len(resume.positions))]
    relevant = [j for j, value in enumerate(fits) if value >= RELEVANT and value >= rivals[j] - RIVAL_MARGIN]
    if relevant:
        if rivals is not best_fit:  # a field: what is nearly as close counts towards the years too
            relevant = [j for j, value in enumerate(fits) if value >= SAME_FIELD * max(fits)]
        return _at_position(resume, relevant, fits, told)
    return _in_text(requirement, resume, fits, windows, vectors)


def _told(positions: Sequence[Position], hits: Sequence[Hit]) -> dict[int, Hit]:
    """The strongest hit inside each position."""
    best: dict[int, Hit] = {}
    for j, position in enumerate(positions):
        inside = [h for h in hits if position.start <= h.window.start < position.end]
        if inside:
            best[j] = max(inside, key=lambda hit: hit.order)
    return best


def _at_position(resume: Resume, relevant: list[int], fits: list[float], told: dict[int, Hit]) -> Evidence:
    best = max(relevant, key=lambda j: (round(fits[j], 2), resume.positions[j].years or 0))
    head = resume.positions[best]
    evidence = _head(resume, head, min(1.0, fits[best]), _years([resume.positions[j] for j in relevant]))
    hit = told.get(best)
    if hit is None or hit.window.start < head.head_end:
        return evidence
    window = hit.window
    return replace(evidence, others=(Quote(window.text, window.start, window.end),))


def _head(resume: Resume, position: Position, strength: float, years: float | None) -> Evidence:
    quote = resume.text[position.head_start:position.head_end]
    how = "exact" if strength >= 0.9 else "meaning"
    return Evidence(quote, "", position.head_start, position.head_end, how, strength, years)


def _years(positions: Sequence[Position]) -> float | None:
    spans = [p.span for p in positions if p.span]
    stated = [p.years for p in positions if not p.span and p.years]
    if not spans and not stated:
        return None
    return round(months_of(spans) / 12 + sum(stated), 1)


def _total(resume: Resume) -> Evidence:
    if not resume.total_years:
        return Evidence()
    latest = resume.positions[0] if resume.positions else None
    start, end = (latest.head_start, latest.head_end) if latest else (0, 0)
    shown = f"in {len(resume.positions)} positions" if latest else "stated"
    return Evidence(resume.text[start:end], shown, start, end, "exact", 1.0, round(resume.total_years, 1))


def _in_text(requirement: Requirement, resume: Resume, fits: list[float], windows: list[Window],
             vectors: np.ndarray) -> Evidence:
    """No position fits well: the position that fits best, or a sentence that speaks of it ("5 years of welding")."""
    worked = [i for i, w in enumerate(windows) if w.section not in UNWORKED_SECTIONS]
    evidence = skill_evidence(replace(requirement, kind="skill"), [windows[i] for i in worked], vectors[worked])
    best = max(range(len(fits)), key=lambda j: fits[j], default=None)
    if best is not None and fits[best] > max(NOTHING, evidence.strength):
        near = [resume.positions[j] for j, value in enumerate(fits) if value >= SAME_FIELD * fits[best]]
        return _head(resume, resume.positions[best], fits[best], _years(near))
    if evidence.how == "none":
        return evidence
    years = stated_years(evidence.quote)
    around = [p for p in resume.positions if p.start <= evidence.start < p.end]
    return replace(evidence, years=_years(around) if years is None and around else years)
