"""Evidence of a skill: found by exact term, by alias and by meaning, over short windows of the resume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.brief.embed import encode, toward_proof
from model.brief.lexicon import prototypes
from model.brief.match import forms_of, match
from model.brief.resume import Resume
from model.brief.text import Token, tokens
from model.schema import Evidence, Quote, Requirement

WINDOW_WORDS, WINDOW_STEP = 12, 6
ALIKE_FLOOR, SHOWS_FLOOR = 0.13, 0.06  # cosines that mean nothing, of like texts and of a skill and what shows it
MEANING_SPAN, MEANING_CAP = 0.50, 0.85
SHOWN_MARGIN = 6  # words kept on each side of an exact match
OTHERS = 2  # quotes shown after the first where it is not certain
CERTAIN = 0.9  # strength from which words alone make evidence certain
PROTOTYPE_TRUST = 0.9  # a sentence that typically shows a soft skill counts a little less than its name
NOTHING = 0.12  # evidence weaker than this is none
EVIDENCE_SECTIONS = {"experience": 0.02, "projects": 0.02, "skills": 0.01, "references": -0.05, "interests": -0.05}


@dataclass(frozen=True)
class Window:
    """A short piece of the resume: the unit in which evidence is found and quoted."""

    text: str
    start: int
    end: int
    section: str
    words: list[Token]
    forms: frozenset[str]


def windows_of(resume: Resume) -> list[Window]:
    """The resume's segments, long ones cut into overlapping windows of WINDOW_WORDS words."""
    windows = []
    for segment in resume.segments:
        words = tokens(segment.text)
        if len(words) <= WINDOW_WORDS + WINDOW_STEP:
            if words:
                windows.append(Window(segment.text, segment.start, segment.end, segment.section, words,
                                      forms_of(words)))
            continue
        for first in range(0, len(words) - WINDOW_STEP, WINDOW_STEP):
            part = words[first:first + WINDOW_WORDS]
            start, end = part[0].start, part[-1].end
            shifted = [replace(t, start=t.start - start, end=t.end - start) for t in part]
            windows.append(Window(segment.text[start:end], segment.start + start, segment.start + end,
                                  segment.section, shifted, forms_of(shifted)))
    return windows


def meaning_of(cosine: float, floor: float = ALIKE_FLOOR) -> float:
    """Strength in [0, MEANING_CAP] of a cosine between two texts."""
    return MEANING_CAP * min(1.0, max(0.0, (cosine - floor) / MEANING_SPAN))


@dataclass(frozen=True)
class Hit:
    """One window as evidence for a phrase; `order` ranks hits, `strength` is what is shown."""

    order: float
    strength: float
    how: str
    window: Window
    span: tuple[int, int]


def skill_evidence(requirement: Requirement, windows: Sequence[Window], vectors: np.ndarray) -> Evidence:
    """The best window for a phrase or one of its alternatives, and up to OTHERS more where the best is not certain."""
    hits = [hit for option in requirement.any_of or (requirement.text,) for hit in find_hits(option, windows, vectors)]
    if not hits:
        return Evidence()
    hits.sort(key=lambda hit: hit.order, reverse=True)
    chosen = hits[:1]
    if chosen[0].strength < CERTAIN:
        for hit in hits:
            if len(chosen) <= OTHERS and all(_apart(hit, other) for other in chosen):
                chosen.append(hit)
    first, *others = map(_quote, chosen)
    return replace(first, others=tuple(Quote(e.quote, e.start, e.end) for e in others))


def _apart(hit: Hit, other: Hit) -> bool:
    return hit.window.end <= other.window.start or hit.window.start >= other.window.end


def find_hits(option: str, windows: Sequence[Window], vectors: np.ndarray) -> list[Hit]:
    """Every window that is some evidence for a phrase; `vectors` [n, 256] embed the windows."""
    if not windows:
        return []
    shows = vectors @ toward_proof(encode([option]))[0]
    alike = (PROTOTYPE_TRUST * vectors @ encode(prototypes(option)).T).max(axis=1, initial=-1.0)
    hits = []
    for window, showing, like in zip(windows, shows, alike, strict=True):
        found = match(option, window.words, window.forms)
        meaning = max(meaning_of(float(showing), SHOWS_FLOOR), meaning_of(float(like)))
        lexical = found.strength if found else 0.0
        strength = lexical if lexical >= CERTAIN else max(meaning, min(MEANING_CAP, lexical + 0.4 * meaning))
        order = strength + EVIDENCE_SECTIONS.get(window.section, 0.0) + 0.02 * meaning
        if order > NOTHING:
            exact = lexical >= CERTAIN
            span = _around(window, found.start, found.end) if exact else (0, len(window.text))
            hits.append(Hit(order, strength, found.how if exact else "meaning", window, span))
    return hits


def _quote(hit: Hit) -> Evidence:
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
