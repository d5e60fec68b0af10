"""A candidate's experience as data: the posts with their periods and years, and the gaps between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nlargest
from itertools import combinations

from model.brief.dates import Span
from model.brief.resume import Position, Resume, parse_resume
from model.schema import Document
from recruiter_ui.i18n import t

HEADERS = ["No.", "Post", "From", "Until", "Years"]
GAP = "– Gap between posts"
OVERLAP = "≡ Posts {first} and {second} at once"
MIN_OVERLAP = 2  # months that two posts must share; where only years are known, a year more
MAX_OVERLAPS = 20
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Timeline:
    """`bars` are (first month, month after the last, "post", "gap" or "overlap"), a line of `table` each, whose columns
    are `HEADERS`; posts without dates come last and have no bar."""

    table: list[list[str]]
    bars: list[tuple[int, int, str]]
    total_years: float | None


def read(document: Document, today: date, redact: Callable[[str], str] = str) -> Timeline:
    """Posts, newest first, with gaps of half a year or more between them and with what ran at once."""
    resume = _parsed(document.text, today)
    dated = sorted((p for p in resume.positions if p.span), key=lambda p: -p.span.end)
    lines = []
    for number, post in enumerate(dated, 1):
        start, until = ends(post.span)
        until = t("now") if post.current else until
        lines.append((post.span, "post", [str(number), title(post, redact), start, until]))
    lines += [(gap, "gap", ["", t(GAP), *ends(gap)]) for gap in resume.gaps]
    lines += [(both, "overlap", ["", t(OVERLAP, first=first, second=second), *ends(both)])
              for first, second, both in overlaps([post.span for post in dated])]
    lines.sort(key=lambda line: -line[0].end)
    table = [[*cells, years(span.months)] for span, _, cells in lines]
    bars = [(span.start, span.end, kind) for span, kind, _ in lines]
    for post in resume.positions:
        if not post.span:
            found = "" if post.years is None else f"{post.years:g}"
            table.append(["", title(post, redact), t("no dates"), "", found])
    return Timeline(table, bars, resume.total_years)


@lru_cache(maxsize=16)  # a candidate is looked at several times: the next one, back, undo
def _parsed(text: str, today: date) -> Resume:
    return parse_resume(text, today)


def forget() -> None:
    """Let go of the texts that were parsed: somebody may have been erased."""
    _parsed.cache_clear()


def overlaps(spans: Sequence[Span]) -> list[tuple[int, int, Span]]:
    """(number of the one, number of the other, the time they share) of two periods at once, counted from 1; of many
    the MAX_OVERLAPS longest."""
    found = []
    for (i, one), (k, other) in combinations(enumerate(spans, 1), 2):
        start, end, precise = max(one.start, other.start), min(one.end, other.end), one.precise and other.precise
        if end - start >= MIN_OVERLAP + (0 if precise else 12):
            found.append((end - start, i, k, precise, start))
    longest = sorted(nlargest(MAX_OVERLAPS, found), key=lambda one: one[1:3])
    return [(i, k, Span(start, start + months, precise)) for months, i, k, precise, start in longest]


def title(post: Position, redact: Callable[[str], str]) -> str:
    return redact(post.title)[:90].strip() or t("A post without a title")


def ends(span: Span) -> tuple[str, str]:
    """The first and last month of a period; only the years where the resume gives no months."""
    if not span.precise:
        return str(span.start // 12), str(span.end // 12)
    return month(span.start), month(span.end - 1)


def month(index: int) -> str:
    """"Mar 2021" of a month counted from year 0."""
    return f"{t(MONTHS[index % 12])} {index // 12}"


def years(months: int) -> str:
    return f"{months / 12:.1f}"


def total_words(timeline: Timeline) -> str:
    """The years of work in a sentence."""
    if timeline.total_years is None:
        return t("No dated experience was found in this document.")
    return t("{years} years of work in all, overlaps counted once.", years=f"{timeline.total_years:.1f}")
