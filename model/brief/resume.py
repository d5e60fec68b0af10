"""A resume as data: segments by section, positions with their periods, studies, languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from model.brief.dates import Span, find_spans, months_of, stated_years
from model.brief.education import degree_level
from model.brief.sections import LANGUAGE, Line, Segment, lines_of, segments_of, sentences
from model.brief.titles import EDGE, clean_title, has_title_word, lead_in, names_company, reads_as_prose

__all__ = ["Position", "Resume", "Segment", "Study", "parse_resume"]

_NO_POSITION = frozenset(("education", "certifications", "projects", "references", "languages", "interests", "skills"))
_AWARD = re.compile(r"\b(?:scholarship|award(?:ee|s)?|dean'?s list|honou?r roll|fellowship|grant)\b", re.I)
_DEGREE_HINT = re.compile(r"degree|bachelor|master|doctor|diplom|licen[ct]|school|graduate|certificate|ph\.?\s?d|mba"
r"|[BMA]\.?[SAE]|ged|abitur|"
                          r"ausbildung|studium|grado|título|laurea|bac\b|bts|apprentice|nvq|gcse"
                          r"|a-level", re.I)  # fmt: skip


@dataclass(frozen=True)
class Position:
    """A post that was held. `[start, end)` is the whole entry, `[head_start, head_end)` its heading with the dates.

    `years` come from `span`, else from a statement ("4 years as a curator"), else None.
    """

    title: str
    start: int
    end: int
    head_start: int
    head_end: int
    span: Span | None
    years: float | None
    current: bool


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


@dataclass(frozen=True)
class _Head:
    title: str
    start: int
    end: int
    span: Span | None
    years: float | None


def _short(line: Line | None, section: str) -> bool:
    """Whether a neighbouring line can belong to the heading of an entry."""
    if not line or line.heading or line.section != section or line.text.endswith((".", "!", "?", ";", ",")):
        return False
    words = len(line.text.split())
    if line.text[0].islower():
        return words <= 3 and has_title_word(line.text)
    return words <= (18 if names_company(line.text) else 12)


def _neighbours(lines: list[Line], first: int, last: int, taken: int) -> tuple[Line | None, Line | None]:
    """The lines before and after a dated line that may hold its title or company."""
    line = lines[first]
    before = lines[first - 1] if first - 1 > taken and first else None
    if not _short(before, line.section) or reads_as_prose(before.text, True):
        before = None
    elif before.bullet and not line.bullet and not (
        before.gap or first - 2 == taken or first > 1 and lines[first - 2].heading
    ):
        before = None
    after = lines[last + 1] if last + 1 < len(lines) else None
    if not _short(after, line.section) or after.bullet or find_spans(after.text, date(9000, 1, 1)):
        after = None
    return before, after


def _sides(lines: list[Line], first: int, last: int, span: Span) -> tuple[str, str]:
    """The words before and after a period on its line(s); of those after, the first sentence."""
    before = lines[first].text[: max(0, span.at - lines[first].start)].strip(EDGE + "([")
    after = lines[last].text[max(0, span.to - lines[last].start) :].lstrip(EDGE + ")]").rstrip()
    return before, re.split(r"(?<=[a-z)])[.!?](?:\s|$)", after)[0]


def _head_end(line: Line, span: Span, after: str) -> int:
    """Where the heading of an entry ends on its last line: what follows a colon or a full stop is its description."""
    tail = line.text[max(0, span.to - line.start) :]
    close = re.match(r"\s*[)\]]*[*_]*", tail).end()
    if len(after.split()) > 8 or re.match(r"\s*(?:[:.;]|[-–—]\s+[A-Z]?[a-z]+(?:ed|ing)\b)", tail[close:]):
        return min(line.end, max(line.start, span.to) + close)
    return line.end


def _dated_head(lines: list[Line], first: int, span: Span, taken: int) -> _Head | None:
    """The heading that the period on a line belongs to; None where it stands in a sentence about something else."""
    line, last = lines[first], first
    while last + 1 < len(lines) and lines[last + 1].start < span.to:
        last += 1
    before, after = _sides(lines, first, last, span)
    bracketed = line.text[: max(0, span.at - line.start)].rstrip().endswith(("(", "["))
    closing = bracketed or not after or names_company(after)
    named = has_title_word(before) or has_title_word(after)
    if reads_as_prose(before, closing) or line.section in _NO_POSITION or line.section != "experience" and not named:
        return None
    if not named and (degree_level(f"{before} {after}") or _AWARD.search(before)):
        return None
    previous, following = _neighbours(lines, first, last, taken)
    if len(after.split()) > 25:
        after = " ".join(after.split()[:25]) if lead_in(after) else ""
    places = [
        (before, line.start, lines[last].end),
        (after, line.start, lines[last].end),
        (previous.text if previous else "", previous.start if previous else 0, lines[last].end),
        (following.text if following else "", line.start, following.end if following else 0),
    ]
    titles = [(clean_title(text), start, end) for text, start, end in places if text]
    nameless = next((t for t in titles if t[0]), ("", line.start, lines[last].end))
    title, start, end = next((t for t in titles if has_title_word(t[0])), nameless)
    if not title and line.section != "experience":
        return None
    if end == lines[last].end:
        end = _head_end(lines[last], span, after) if before or not has_title_word(clean_title(after)) else end
        if end == lines[last].end and following and len(following.text.split()) <= 10 and names_company(following.text):
            end = following.end
    return _Head(title, start, end, span, round(span.months / 12, 2))


_STATED_POST = re.compile(r"\bas\s+(?:an?\s+|the\s+)?(?=\w)", re.I)
_STATED_FIRST = re.compile(r"\s*(?:(?:about|over|nearly|approximately|more than|have|i have)\s+)?(?:\d"
r"|[a-z]+\s+(?:\(\d+\)\s+)?years?\b)", re.I)


def _stated_head(line: Line, anywhere: bool) -> _Head | None:
    """ "4 years as a curator": a post with a duration and no dates; only at the start of a line unless `anywhere`."""
    if line.section in _NO_POSITION or line.heading or not _STATED_POST.search(line.text):
        return None
    if not anywhere and (line.section != "experience" or not _STATED_FIRST.match(line.text)):
        return None
    for a, b in sentences(line.text, 0, len(line.text)):
        sentence = line.text[a:b]
        years = stated_years(sentence)
        post = _STATED_POST.search(sentence) if years else None
        if not post:
            continue
        title = clean_title(re.split(r"\s+(?:in|from|during|since|and|for)\s|[.;]\s*$", sentence[post.end() :])[0])
        if has_title_word(title) and len(title.split()) <= 10:
            return _Head(title, line.start + a, line.start + b, None, years)
    return None


def _undated_heads(lines: list[Line]) -> list[_Head]:
    """Titles in an experience section that gives no dates at all."""
    heads = []
    for line in lines:
        short = len(line.text.split()) <= (14 if names_company(line.text) else 10) and not line.text.endswith(".")
        if line.section == "experience" and not line.heading and short and not reads_as_prose(line.text, False):
            title = clean_title(line.text)
            if has_title_word(title) and not degree_level(line.text):
                heads.append(_Head(title, line.start, line.end, None, None))
    return heads


def _by_sentence(lines: list[Line], spans: list[Span]) -> list[Line]:
    """The lines, those that hold several periods cut into their sentences."""
    starts, out = [span.at for span in spans], []
    for line in lines:
        inside = bisect_left(starts, line.end) - bisect_left(starts, line.start)
        pieces = sentences(line.text, 0, len(line.text)) if inside > 1 and not line.heading else []
        if len(pieces) < 2:
            out.append(line)
            continue
        for a, b in pieces:
            out.append(Line(line.text[a:b], line.start + a, line.start + b, line.section, False, line.bullet, line.gap))
    return out


def _heads(lines: list[Line], spans: list[Span]) -> list[_Head]:
    heads: list[_Head] = []
    taken = -1
    by_line: dict[int, Span] = {}
    index = 0
    for span in spans:
        while index < len(lines) and lines[index].end <= span.at:
            index += 1
        if index < len(lines):
            by_line.setdefault(index, span)
    dated: list[_Head] = []
    for index, span in by_line.items():
        head = None if lines[index].heading else _dated_head(lines, index, span, taken)
        if head and (not dated or head.start >= dated[-1].end):
            dated.append(head)
            taken = max(i for i in range(index, min(index + 4, len(lines))) if i == index or lines[i].start < head.end)
    for line in lines:
        if not any(head.start < line.end and line.start < head.end for head in dated):
            if head := _stated_head(line, anywhere=not dated):
                heads.append(head)
    return sorted([*heads, *dated], key=lambda head: head.start) or _undated_heads(lines)


def _positions(text: str, lines: list[Line], heads: list[_Head], as_of: date) -> tuple[Position, ...]:
    """Each heading with what follows it, up to the next heading or the end of its section."""
    now = as_of.year * 12 + as_of.month
    positions = []
    for number, head in enumerate(heads):
        limit = heads[number + 1].start if number + 1 < len(heads) else len(text)
        end, section = head.end, None
        for line in lines:
            if line.end <= head.start:
                continue
            section = section or line.section
            if line.start >= limit or line.section != section or line.heading and line.start > head.start:
                break
            end = max(end, min(line.end, limit))
        end = head.start + len(text[head.start : end].rstrip())
        current = head.span is not None and head.span.end >= now
        positions.append(Position(head.title, head.start, end, head.start, head.end, head.span, head.years, current))
    return tuple(positions)


def _studies(lines: list[Line]) -> tuple[Study, ...]:
    """Lines that name a degree: all in education sections, short ones elsewhere but in experience."""
    found = []
    for line in lines:
        if line.heading or line.section in ("experience", "references", "interests", "skills", "projects"):
            continue
        if line.section != "education" and (len(line.text) > 160 or not _DEGREE_HINT.search(line.text)):
            continue
        if level := degree_level(line.text):
            found.append(Study(line.text, line.start, line.end, level))
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
    heads = _heads(_by_sentence(lines, spans), spans)
    positions = _positions(text, lines, heads, as_of)
    segments = segments_of(text, lines, frozenset(s for head in heads for s in (head.start, head.end)))
    total = _total_years(positions, segments)
    return Resume(text, segments, positions, _studies(lines), total, _gaps(positions), _languages(segments))
