"""The positions of a resume: the headings of its entries, with title, period and extent."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from model.brief.dates import Span, find_spans, single_date, stated_years
from model.brief.durations import find_durations
from model.brief.education import degree_level
from model.brief.sections import Line, sentences
from model.brief.titles import EDGE, clean_title, has_title_word, lead_in, names_company, names_employer, reads_as_prose

_NO_POSITION = frozenset(("education", "certifications", "projects", "references", "languages", "interests", "skills"))
_AWARD = re.compile(r"\b(?:scholarship|award(?:ee|s)?|dean'?s list|honou?r roll|fellowship|grant)\b", re.I)


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
class Head:
    """The heading of an entry: its title, its place, and its period or stated years."""

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


def _is_title(text: str) -> bool:
    """Whether a whole line names a post and no employer."""
    return has_title_word(text) and not names_company(text) and len(text.split()) <= 8


def _above(lines: list[Line], first: int, previous: Line | None, taken: int) -> Line | None:
    """The line above the one above a dated line, where that is the title over the employer's line."""
    if previous is None or previous.gap or previous.bullet or first - 2 <= taken or first < 2:
        return None
    line = lines[first - 2]
    if not _short(line, previous.section) or line.bullet or len(line.text.split()) > 8:
        return None
    begins = line.gap or first == 2 or lines[first - 3].heading
    if _is_title(previous.text) and not (begins and "," in previous.text and "," not in line.text):
        return None
    return line if _is_title(line.text) and not reads_as_prose(line.text, True) else None


def _below(lines: list[Line], last: int, following: Line | None) -> Line | None:
    """The line below the one below a dated line, where that is the title under the employer's line."""
    line = lines[last + 2] if last + 2 < len(lines) else None
    if following is None or _is_title(following.text) or not _short(line, following.section):
        return None
    if line.bullet or line.gap or find_spans(line.text, date(9000, 1, 1)) or reads_as_prose(line.text, True):
        return None
    return line if _is_title(line.text) and len(line.text.split()) <= 6 else None


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


def _dated_head(lines: list[Line], first: int, span: Span, taken: int) -> Head | None:
    """The heading that the period on a line belongs to; None where it stands in a sentence about something else."""
    line, last = lines[first], first
    while last + 1 < len(lines) and lines[last + 1].start < span.to:
        last += 1
    before, after = _sides(lines, first, last, span)
    bracketed = line.text[: max(0, span.at - line.start)].rstrip().endswith(("(", "["))
    closing = bracketed or not after or names_company(after)
    named = has_title_word(before) or has_title_word(after)
    if reads_as_prose(before, closing) or line.section in _NO_POSITION:
        return None
    previous, following = _neighbours(lines, first, last, taken)
    above = _above(lines, first, previous, taken)
    below = _below(lines, last, following)
    near = any(other and _is_title(other.text) for other in (previous, above, following, below))
    if line.section != "experience" and not named and not near:
        return None
    if not named and (degree_level(f"{before} {after}") or _AWARD.search(before)):
        return None
    if len(after.split()) > 25:
        after = " ".join(after.split()[:25]) if lead_in(after) else ""
    places: list[tuple[str, int, int]] = [
        (before, line.start, lines[last].end),
        (after, line.start, lines[last].end),
        (previous.text if previous else "", previous.start if previous else 0, lines[last].end),
        (following.text if following else "", line.start, following.end if following else 0),
    ]
    if above:
        places.insert(0 if _is_title(above.text) else 3, (above.text, above.start, lines[last].end))
    if below:
        places.append((below.text, line.start, below.end))
    if any(_is_title(text) for text, _, _ in places):  # a line that is a title goes before a company with such a word
        places = [place for place in places if place[0] and not names_employer(place[0])]
    titles = [(clean_title(text), start, end) for text, start, end in places if text]
    nameless = next((t for t in titles if t[0]), ("", line.start, lines[last].end))
    title, start, end = next((t for t in titles if has_title_word(t[0])), nameless)
    if not title and line.section != "experience":
        return None
    if end == lines[last].end:
        end = _head_end(lines[last], span, after) if before or not has_title_word(clean_title(after)) else end
        if end == lines[last].end and following and len(following.text.split()) <= 10 and names_company(following.text):
            end = following.end
    return Head(title, start, end, span, round(span.months / 12, 2))


def _single_head(lines: list[Line], index: int) -> Head | None:
    """A heading with one month only ("Account Executive Aug 2011"): a post of unknown length."""
    line = lines[index]
    if line.heading or line.bullet or not _short(line, "experience") or not (place := single_date(line.text)):
        return None
    rest = (line.text[: place[0]] + " " + line.text[place[1] :]).strip(EDGE + "()[]")
    following = lines[index + 1] if index + 1 < len(lines) else None
    if not rest and _short(following, "experience") and not following.bullet:
        rest, end = following.text, following.end
    else:
        end = line.end
    if not rest or reads_as_prose(rest, True) or lead_in(rest) or degree_level(rest) or _AWARD.search(rest):
        return None
    title = clean_title(rest)
    return Head(title, line.start, end, None, None) if has_title_word(title) else None


_STATED_POST = re.compile(r"\bas\s+(?:an?\s+|the\s+)?(?=\w)", re.I)
_STATED_FIRST = re.compile(r"\s*(?:(?:about|over|nearly|approximately|more than|have|i have)\s+)?(?:\d"
r"|[a-z]+\s+(?:\(\d+\)\s+)?years?\b)", re.I)


def _stated_head(line: Line, anywhere: bool) -> Head | None:
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
            return Head(title, line.start + a, line.start + b, None, years)
    return None


def _undated_heads(lines: list[Line]) -> list[Head]:
    """Titles in an experience section that gives no dates at all."""
    heads = []
    for line in lines:
        short = len(line.text.split()) <= (14 if names_company(line.text) else 10) and not line.text.endswith(".")
        if line.section == "experience" and not line.heading and short and not reads_as_prose(line.text, False):
            title = clean_title(line.text)
            if has_title_word(title) and not degree_level(line.text):
                heads.append(Head(title, line.start, line.end, None, None))
    return heads


def _clauses(line: Line, starts: list[int], a: int, b: int) -> list[tuple[int, int]]:
    """A sentence cut at semicolons where each clause holds a period of its own."""
    cuts = [a, *(a + m.end() for m in re.finditer(r";\s+", line.text[a:b])), b]
    parts = list(pairwise(cuts))
    dated = [bisect_left(starts, line.start + y) > bisect_left(starts, line.start + x) for x, y in parts]
    return parts if len(parts) > 1 and sum(dated) > 1 else [(a, b)]


def _by_sentence(lines: list[Line], spans: list[Span]) -> list[Line]:
    """The lines, paragraphs that hold periods cut into their sentences."""
    starts, out = sorted(span.at for span in spans), []
    for line in lines:
        inside = bisect_left(starts, line.end) - bisect_left(starts, line.start)
        pieces = sentences(line.text, 0, len(line.text)) if inside and not line.heading else []
        if inside > max(1, len(pieces)):
            pieces = [part for a, b in pieces for part in _clauses(line, starts, a, b)]
        if len(pieces) < 2:
            out.append(line)
            continue
        for a, b in pieces:
            out.append(Line(line.text[a:b], line.start + a, line.start + b, line.section, False, line.bullet, line.gap))
    return out


def _lengths(text: str, lines: list[Line]) -> list[Span]:
    """Durations that stand where dates would ("Clerk, Acme (3 years)"), as spans from month 0."""
    found = []
    for line in lines:
        for at, to, years in () if line.section in _NO_POSITION or line.heading else find_durations(line.text):
            before, after = line.text[:at].rstrip(" "), line.text[to:]
            closes = not after.strip(" .") or re.match(r"\s*[)\]|;:,\t–—]|\s{2,}", after)
            opens = not before or before[-1] in "([|;:,\t–—-" or not after.strip() or line.text[:at].endswith("  ")
            if closes and opens and years > 0:
                found.append(Span(0, max(1, round(years * 12)), True, line.start + at, line.start + to))
    return found


def _dated_heads(lines: list[Line], spans: list[Span]) -> list[Head]:
    """The headings that hold a period, one a line."""
    index, taken = 0, -1
    by_line: dict[int, Span] = {}
    for span in spans:
        while index < len(lines) and lines[index].end <= span.at:
            index += 1
        if index < len(lines):
            by_line.setdefault(index, span)
    dated: list[Head] = []
    for index, span in by_line.items():
        head = None if lines[index].heading else _dated_head(lines, index, span, taken)
        if head and (not dated or head.start >= dated[-1].end):
            dated.append(head)
            taken = max(i for i in range(index, min(index + 4, len(lines))) if i == index or lines[i].start < head.end)
    return dated


def heads_of(text: str, lines: list[Line], spans: list[Span]) -> list[Head]:
    """The headings of entries, in reading order. `spans` are the periods of the whole `text`."""
    whole = lines
    lines = _by_sentence(whole, spans)
    heads: list[Head] = []
    dated = _dated_heads(lines, spans)
    if not dated and (lengths := _lengths(text, whole)):
        lines = _by_sentence(whole, lengths)
        dated = [replace(head, span=None) for head in _dated_heads(lines, lengths)]
    for index, line in enumerate(lines):
        if any(head.start < line.end and line.start < head.end for head in [*dated, *heads[-1:]]):
            continue
        head = _stated_head(line, anywhere=not any(head.span for head in dated)) or _single_head(lines, index)
        if head and not any(other.start < head.end and head.start < other.end for other in dated):
            heads.append(head)
    return sorted([*heads, *dated], key=lambda head: head.start) or _undated_heads(lines)


def positions_of(text: str, lines: list[Line], heads: list[Head], as_of: date) -> tuple[Position, ...]:
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
