"""A candidate's experience as data: the posts with their periods and years, and the gaps between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from model.brief.dates import Span
from model.brief.resume import Position, parse_resume
from model.schema import Document
from recruiter_ui.i18n import t

HEADERS = ["No.", "Post", "From", "Until", "Years"]
GAP = "– Gap between posts"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Timeline:
    """`bars` are (first month, month after the last, "post" or "gap"); the columns of `table` are `HEADERS`."""

    table: list[list[str]]
    bars: list[tuple[int, int, str]]
    total_years: float | None


def read(document: Document, today: date, redact: Callable[[str], str] = str) -> Timeline:
    """Posts, newest first, with gaps of half a year or more between them; a post without dates keeps its place."""
    resume = parse_resume(document.text, today)
    table, bars = [], []
    dated = sorted((p for p in resume.positions if p.span), key=lambda p: -p.span.end)
    for number, post in enumerate(dated, 1):
        start, until = ends(post.span)
        until = t("now") if post.current else until
        table.append([str(number), title(post, redact), start, until, years(post.span.months)])
        bars.append((post.span.start, post.span.end, "post"))
    for gap in resume.gaps:
        table.append(["", t(GAP), *ends(gap), years(gap.months)])
        bars.append((gap.start, gap.end, "gap"))
    for post in resume.positions:
        if not post.span:
            found = "" if post.years is None else f"{post.years:g}"
            table.append(["", title(post, redact), t("no dates"), "", found])
    return Timeline(table, bars, resume.total_years)


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
