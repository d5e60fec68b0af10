"""A resume as data: segments by section, positions with their periods, studies, languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from model.brief.dates import Span, find_spans, months_of, stated_years
from model.brief.education import degree_level, degree_mentions
from model.brief.positions import Head, Position, heads_of, positions_of
from model.brief.sections import LANGUAGE, Line, Segment, lines_of, segments_of, sentences

__all__ = ["Position", "Resume", "Segment", "Study", "parse_resume"]

_DEGREE_HINT = re.compile(r"degree|bachelor|master|doctor|diplom|licen[ct]|school|graduate|certificate|ph\.?\s?d|mba"
r"|[BMA]\.?[SAE]|ged|abitur|"
                          r"ausbildung|studium|grado|título|laurea|bac\b|bts|apprentice|nvq|gcse"
                          r"|a-level", re.I)  # fmt: skip


@dataclass(frozen=True)
class Study:
    """A line that names a degree; `level` is on the scale of `model.brief.education`."""

    text: str
    start: int
    end: int
    level: int


@dataclass(frozen=True)
class Resume:
    """A resume's parts. `total_years`: years of work, overlaps once. `gaps`: half a year or more between positions."""

    text: str
    segments: tuple[Segment, ...]
    positions: tuple[Position, ...]
    studies: tuple[Study, ...]
    total_years: float | None
    gaps: tuple[Span, ...]
    languages: tuple[str, ...]


_BARE_DEGREE = re.compile(r"\b([BM][AS])\s+(?=\(?[A-Z][a-z])")
_NO_STUDY = re.compile(
    r"(?:[\w-]+\s){0,3}(?:teacher|tutor|principal|counsel|librarian|coach|instructor|nurse|head\b)", re.I
)


def _studied(text: str, schooling: bool) -> int:
    """The level of the degree that a piece of text claims, 0 for none; "high school teacher" claims none."""
    level = degree_level(_BARE_DEGREE.sub(r"\1 in ", text) if schooling else text)
    if level == 1 and all(_NO_STUDY.match(text[m.end :].lstrip()) for m in degree_mentions(text)):
        return 0
    return level


_SCHOOLED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:university|college|school|institute|academy)\b", re.I)


def _is_degree(line: Line) -> bool:
    """Whether a short line among skills begins with a degree ("Bachelor of Arts in History")."""
    found = degree_mentions(line.text) if line.section == "skills" and len(line.text.split()) <= 10 else []
    return bool(found) and found[0].start <= 2


def _opens_with_degree(piece: str) -> bool:
    """Whether a line lists a degree ("BSc Physics, 2012") rather than speaks of one ("taught master's students")."""
    first = degree_mentions(piece)[:1]
    before = piece[: first[0].start] if first else piece
    return not re.search(r"[a-z]{2,}ed\b|[.!?]|\b(?:for|to|with|of|in|and)\s", before) and len(before.split()) <= 6


def _study_pieces(line: Line) -> list[tuple[int, int]]:
    """A line's clauses where it lists several degrees or is a paragraph; else the whole line."""
    whole = (0, len(line.text))
    if ";" in line.text and len(degree_mentions(line.text)) > 1:
        cuts = [m.start() for m in re.finditer(";", line.text)]
        return list(pairwise([-1, *cuts, len(line.text)]))
    if line.section == "education" and len(line.text) <= 160:
        return [whole]
    return sentences(line.text, *whole)


def _studies(lines: list[Line], heads: list[Head]) -> tuple[Study, ...]:
    """What names a degree: all in education sections, short sentences elsewhere but in experience."""
    found = []
    for line in lines:
        if line.heading or line.section in ("references", "interests"):
            continue
        schooling = line.section == "education"
        elsewhere = line.section in ("experience", "skills", "projects")
        if elsewhere and (len(line.text) > 160 or not _SCHOOLED.search(line.text) and not _is_degree(line)):
            continue
        if not schooling and not _DEGREE_HINT.search(line.text):
            continue
        for a, b in _study_pieces(line):
            piece = line.text[a:b].lstrip(" \t;")
            at = line.start + b - len(piece)
            piece = piece.rstrip()
            if not schooling and len(piece) > 160 or any(h.start < at + len(piece) and at < h.end for h in heads):
                continue
            level = _studied(piece, schooling) if piece else 0
            if elsewhere and level and not _opens_with_degree(piece):
                continue
            if level:
                found.append(Study(piece, at, at + len(piece), level))
    return tuple(found)


def _gaps(positions: tuple[Position, ...]) -> tuple[Span, ...]:
    gaps, reached = [], None
    for span in sorted((p.span for p in positions if p.span), key=lambda s: s.start):
        if reached is not None and span.start - reached >= 6:
            gaps.append(Span(reached, span.start, span.precise))
        reached = max(reached or 0, span.end)
    return tuple(gaps)


_FLUENT = re.compile(r"\b(?:fluent|bilingual|native|proficien\w+|spoken|speak\w*|mother tongue|conversational"
r"|trilingual)\b", re.I)


def _languages(segments: tuple[Segment, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for segment in segments:
        if segment.section == "languages" or _FLUENT.search(segment.text):
            found.update(dict.fromkeys(LANGUAGE.findall(segment.text)))
    return tuple(found)


def _total_years(positions: tuple[Position, ...], segments: tuple[Segment, ...]) -> float | None:
    """Years of work: the union of the dated positions and what others state; else what the text states."""
    periods = [p.span for p in positions if p.span]
    undated = [p.years for p in positions if p.years and not p.span]
    if periods or undated:
        return round(months_of(periods) / 12 + sum(undated), 2)
    told = [s.text for s in segments if s.section in ("summary", "personal", "other", "experience")]
    return max((years for text in told if (years := stated_years(text))), default=None)


def parse_resume(text: str, as_of: date) -> Resume:
    """Parse a resume's text; "present" means `as_of`. Never raises on odd text: what is not found stays empty."""
    spans = find_spans(text, as_of)
    lines = lines_of(text, frozenset(span.at for span in spans))
    heads = heads_of(text, lines, spans)
    positions = positions_of(text, lines, heads, as_of)
    segments = segments_of(text, lines, frozenset(s for head in heads for s in (head.start, head.end)))
    total = _total_years(positions, segments)
    return Resume(text, segments, positions, _studies(lines, heads), total, _gaps(positions), _languages(segments))
