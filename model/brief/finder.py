"""The finder: for each requirement of a job, the best evidence in a resume, with its place in the text.

Skills are found by exact term, by alias and by meaning (static embeddings over short windows of the resume).
Experience is matched to positions, and its years are counted from their dates; a position counts for the requirement
that it fits best. Education is compared by degree level and field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from model.brief.dates import months_of, stated_years
from model.brief.education import LEVELS, degree_level
from model.brief.embed import encode
from model.brief.job import TOTAL_EXPERIENCE
from model.brief.lexicon import prototypes, same_title
from model.brief.match import ALIAS, match
from model.brief.redact import Identity, identity, redact
from model.brief.resume import Position, Resume, parse_resume
from model.brief.text import Token, tokens
from model.schema import Brief, Document, Evidence, Job, Requirement

WINDOW_WORDS, WINDOW_STEP = 12, 6
MEANING_FLOOR, MEANING_SPAN, MEANING_CAP = 0.22, 0.50, 0.85
SHOWN_MARGIN = 6  # words kept on each side of an exact match
CERTAIN = 0.9  # strength from which words alone make evidence certain
PROTOTYPE_TRUST = 0.9  # a sentence that typically shows a soft skill counts a little less than its name
RELEVANT = 0.55  # a position that fits a role at least so well counts towards its years
RIVAL_MARGIN = 0.12  # a position counts only for requirements it fits within this of its best one
NOTHING = 0.12  # evidence weaker than this is none
UNWORKED_SECTIONS = ("education", "certifications", "languages", "interests", "references", "skills")
EVIDENCE_SECTIONS = {"experience": 0.02, "projects": 0.02, "skills": 0.01, "references": -0.05, "interests": -0.05}


@dataclass(frozen=True)
class Window:
    """A short piece of the resume: the unit in which evidence is found and quoted."""

    text: str
    start: int
    end: int
    section: str
    words: list[Token]


def build_brief(job: Job, document: Document, as_of: date) -> Brief:
    """Align a resume with a job. `as_of` is the date that "present" stands for."""
    resume = parse_resume(document.text, as_of)
    return Brief(job, find_evidence(job.requirements, resume, identity(document.text)), document.flags)


def find_evidence(requirements: Sequence[Requirement], resume: Resume, who: Identity) -> tuple[Evidence, ...]:
    """Evidence for each requirement, in their order."""
    windows = [w for w in windows_of(resume) if w.section != "personal"]
    vectors = encode([w.text for w in windows])
    fits = _fits(requirements, resume.positions)
    found = []
    for i, requirement in enumerate(requirements):
        if requirement.kind == "experience":
            evidence = _experience(requirement, resume, fits[i], fits, windows, vectors)
        elif requirement.kind == "education":
            evidence = _education(requirement, resume)
        else:
            evidence = _skill(requirement, windows, vectors)
        shown = evidence.shown or " | ".join(filter(None, (evidence.quote, evidence.also)))
        found.append(replace(evidence, shown=redact(shown, who)))
    return tuple(found)


def windows_of(resume: Resume) -> list[Window]:
    """The resume's segments, long ones cut into overlapping windows of WINDOW_WORDS words."""
    windows = []
    for segment in resume.segments:
        words = tokens(segment.text)
        if len(words) <= WINDOW_WORDS + WINDOW_STEP:
            if words:
                windows.append(Window(segment.text, segment.start, segment.end, segment.section, words))
            continue
        for first in range(0, len(words) - WINDOW_STEP, WINDOW_STEP):
            part = words[first:first + WINDOW_WORDS]
            start, end = part[0].start, part[-1].end
            shifted = [Token(t.raw, t.norm, t.stem, t.start - start, t.end - start) for t in part]
            windows.append(Window(segment.text[start:end], segment.start + start, segment.start + end,
                                  segment.section, shifted))
    return windows


def _meaning(cosine: float) -> float:
    return MEANING_CAP * min(1.0, max(0.0, (cosine - MEANING_FLOOR) / MEANING_SPAN))


@dataclass(frozen=True)
class _Hit:
    """One window as evidence for a phrase; `order` ranks hits, `strength` is what is shown."""

    order: float
    strength: float
    how: str
    window: Window
    span: tuple[int, int]


def _skill(requirement: Requirement, windows: Sequence[Window], vectors: np.ndarray) -> Evidence:
    """The best window for a phrase or one of its alternatives, and a second one where the best is not certain."""
    hits = [hit for option in requirement.any_of or (requirement.text,) for hit in _hits(option, windows, vectors)]
    if not hits:
        return Evidence()
    best = max(hits, key=lambda hit: hit.order)
    evidence = _quote(best)
    if best.strength >= CERTAIN:
        return evidence
    apart = [h for h in hits if h.window.end <= best.window.start or h.window.start >= best.window.end]
    if not apart:
        return evidence
    second = _quote(max(apart, key=lambda hit: hit.order))
    return replace(evidence, also=second.quote, also_start=second.start, also_end=second.end)


def _hits(option: str, windows: Sequence[Window], vectors: np.ndarray) -> list[_Hit]:
    if not windows:
        return []
    asked = encode([option, *prototypes(option)])
    cosines = vectors @ asked.T
    cosines[:, 1:] *= PROTOTYPE_TRUST
    hits = []
    for window, cosine in zip(windows, cosines.max(axis=1), strict=True):
        found = match(option, window.words)
        meaning = _meaning(float(cosine))
        lexical = found.strength if found else 0.0
        strength = lexical if lexical >= CERTAIN else max(meaning, min(MEANING_CAP, lexical + 0.4 * meaning))
        order = strength + EVIDENCE_SECTIONS.get(window.section, 0.0) + 0.02 * meaning
        if order > NOTHING:
            exact = lexical >= CERTAIN
            span = _around(window, found.start, found.end) if exact else (0, len(window.text))
            hits.append(_Hit(order, strength, found.how if exact else "meaning", window, span))
    return hits


def _quote(hit: _Hit) -> Evidence:
    start, end = hit.span
    at = hit.window.start
    return Evidence(hit.window.text[start:end], "", at + start, at + end, hit.how, hit.strength)


def _around(window: Window, start: int, end: int) -> tuple[int, int]:
    """The words around a match, so that "no experience with" in front of it is not cut off."""
    inside = [i for i, t in enumerate(window.words) if t.start < end and t.end > start]
    first = max(0, inside[0] - SHOWN_MARGIN)
    last = min(len(window.words) - 1, inside[-1] + SHOWN_MARGIN)
    begin = 0 if first == 0 else window.words[first].start
    return begin, len(window.text) if last == len(window.words) - 1 else window.words[last].end


# --- experience ------------------------------------------------------------------------------------------------------


def _fits(requirements: Sequence[Requirement], positions: Sequence[Position]) -> np.ndarray:
    """How well each position fits each experience requirement, by title and heading: [requirements, positions]."""
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
                found = match(option, tokens(position.title))
                back = match(position.title, tokens(option)) if position.title else None
                lexical = max(found.strength if found else 0.0, 0.9 * (back.strength if back else 0.0))
                close = min(0.95, max(0.0, (float(cosines[j]) - 0.15) / 0.70))
                same = ALIAS if same_title(option, position.title) else 0.0
                fits[i, j] = max(fits[i, j], lexical, same, close)
    return fits


def _experience(requirement: Requirement, resume: Resume, fit: np.ndarray, fits: np.ndarray, windows: list[Window],
                vectors: np.ndarray) -> Evidence:
    if requirement.text == TOTAL_EXPERIENCE:
        return _total(resume)
    best_of_position = fits.max(axis=0) if len(resume.positions) else np.zeros(0)
    relevant = [j for j in range(len(resume.positions))
                if fit[j] >= RELEVANT and fit[j] >= best_of_position[j] - RIVAL_MARGIN]
    if not relevant:
        return _experience_in_text(requirement, resume, fit, windows, vectors)
    best = max(relevant, key=lambda j: (round(float(fit[j]), 2), resume.positions[j].years or 0))
    position = resume.positions[best]
    years = _years([resume.positions[j] for j in relevant])
    quote = resume.text[position.head_start:position.head_end]
    how = "exact" if fit[best] >= 0.9 else "meaning"
    return Evidence(quote, quote, position.head_start, position.head_end, how, float(min(1.0, fit[best])), years)


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
    quote = resume.text[start:end]
    shown = f"in {len(resume.positions)} positions" if latest else "stated"
    return Evidence(quote, shown, start, end, "exact", 1.0, round(resume.total_years, 1))


def _experience_in_text(requirement: Requirement, resume: Resume, fit: np.ndarray, windows: list[Window],
                        vectors: np.ndarray) -> Evidence:
    """Experience with a thing or a field ("5 years of Python"): positions whose text speaks of it, or a statement."""
    worked = [i for i, w in enumerate(windows) if w.section not in UNWORKED_SECTIONS]
    evidence = _skill(replace(requirement, kind="skill"), [windows[i] for i in worked], vectors[worked])
    weak = Evidence()
    if len(fit) and float(fit.max()) > NOTHING:
        position = resume.positions[int(fit.argmax())]
        quote = resume.text[position.head_start:position.head_end]
        weak = Evidence(quote, quote, position.head_start, position.head_end, "meaning", float(fit.max()),
                        _years([position]))
    if evidence.how == "none" or evidence.strength < weak.strength:
        return weak
    stated = stated_years(evidence.quote)
    if stated is not None:
        return replace(evidence, years=stated)
    if evidence.strength < 0.5:
        return evidence
    holding = [p for p in resume.positions
               if any(_speaks_of(requirement, w) for w in windows if p.start <= w.start < p.end)]
    return replace(evidence, years=_years(holding) if holding else None)


def _speaks_of(requirement: Requirement, window: Window) -> bool:
    found = [match(option, window.words) for option in requirement.any_of or (requirement.text,)]
    return any(f and f.strength >= 0.9 for f in found)


# --- education -------------------------------------------------------------------------------------------------------


def _education(requirement: Requirement, resume: Resume) -> Evidence:
    """The study that fits best: level first, then field."""
    if not resume.studies:
        return Evidence()
    needed = requirement.level or degree_level(requirement.text)
    cosines = encode([s.text for s in resume.studies]) @ encode([requirement.text])[0]
    words = requirement.text.split(" in ", 1)[-1]
    ranked = []
    for study, cosine in zip(resume.studies, cosines, strict=True):
        found = match(words, tokens(study.text))
        field = max(found.strength if found else 0.0, _meaning(float(cosine)))
        ranked.append((min(study.level, needed) if needed else 0, field, study))
    level, field, study = max(ranked, key=lambda r: (r[0], r[1]))
    compared = "" if not needed else "ok" if study.level >= needed else f"below, {LEVELS[study.level]}"
    strength = 0.5 * (1.0 if not needed or study.level >= needed else 0.2) + 0.5 * field
    return Evidence(study.text, study.text, study.start, study.end, "exact" if strength >= 0.9 else "meaning",
                    float(strength), compared=compared)


# --- what code alone makes of it --------------------------------------------------------------------------------------


def heuristic_marks(brief: Brief) -> tuple[int, ...]:
    """Marks by the finder alone: the expert heuristic that a verdict is held against at serving."""
    return tuple(_heuristic_mark(r, e) for r, e in zip(brief.job.requirements, brief.evidence, strict=True))


def _heuristic_mark(requirement: Requirement, evidence: Evidence) -> int:
    if evidence.how == "none":
        return 0
    if requirement.kind == "education":
        return 2 if evidence.strength >= 0.7 else 1 if evidence.strength >= 0.5 else 0
    if requirement.kind == "experience" and requirement.years:
        if evidence.years is None:
            return 1 if evidence.strength >= RELEVANT else 0
        share = (evidence.years + 2 / 12) / requirement.years
        close = evidence.strength >= RELEVANT
        return 2 if close and share >= 1 else 1 if share >= 0.6 and evidence.strength >= 0.4 else 0
    return 2 if evidence.strength >= 0.6 else 1 if evidence.strength >= 0.35 else 0
