"""Dates as people write them in resumes: ranges of months, open ranges, and stated durations.

A month is numbered `year * 12 + month - 1`. Ranges of months include their last month; ranges of bare years count as
the difference of the years. "Present" is the stated `as_of` date, never the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.brief.date_words import DASHES, MONTH_OF, SEASON_OF, any_of
from model.brief.durations import stated_years

__all__ = ["Span", "find_spans", "months_of", "single_date", "stated_years"]


_YEAR = r"(?:19[4-9]\d|20\d\d)"
_MONTH = rf"(?:{any_of(MONTH_OF)})"
_MOJIBAKE_DASH = "\u00e2\u20ac\u201c|\u00e2\u20ac\u201d|\u00ef\u00bc\u200b"
_SEPARATOR = (
    rf"(?:[{DASHES}]{{1,3}}|{_MOJIBAKE_DASH}|to|untill?|till?|thru|through|up to|upto|bis(?:\s+zum)?|jusqu'(?:à|en)"
    r"|à|au|al?|hasta|até|fino a|tot|do|em)"
)
_PRESENT = (
    r"(?:(?:the\s+)?present(?:e|ly)?(?:\s+(?:day|date|time))?|pres\.?|current(?:ly)?|curr\.?|now|today|to\s+date|date"
    r"|ongoing|on[\s-]going|still\s+working|this\s+day|heute|jetzt|aktuell|laufend|dato|gegenwart"
    r"|aujourd['\u2019]hui|actuel(?:lement)?|ce\s+jour|présent|maintenant|la\s+actualidad|actualidad|actual(?:mente)?"
    r"|la\s+fecha|hoy|oggi|attual(?:e|mente)|in\s+corso|atual(?:mente)?|o\s+momento|hoje|heden|nu|obecnie)"
)
_TOKEN = re.compile(
    rf"""(?<![\w$€£#])(?=\d|['\u2019]\d|[^\W\d_]{{2,11}}[\s.,'\u2019/-]{{1,3}}(?:\d|of\b|del?\b|['\u2019]|seme|term)|q[1-4]\s)(?:
      (?P<iso_y>{_YEAR})[-/.](?P<iso_m>0[1-9]|1[0-2])[-/.](?P<iso_d>[0-3]\d)(?!\d)
    | (?P<full_a>[0-3]?\d)(?P<full_s>[./-])\s?(?P<full_b>[0-3]?\d)[./-]\s?(?P<full_y>{_YEAR})(?!\d)
    | (?P<num_m>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<num_y>{_YEAR})(?![\d%])
    | (?P<rev_y>{_YEAR})(?P<rev_s>[/.-])(?P<rev_m>\d\d)(?![\d%])
    | (?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?)?(?P<name>{_MONTH})\.?,?\s*
        (?:(?:[0-3]?\d)(?:st|nd|rd|th)?(?:,\s*|\s+))?(?:of\s+|de(?:l)?\s+|/\s?)?['\u2019]?(?P<name_y>{_YEAR})(?!\d)
    | (?P<short>{_MONTH})\.?(?:\s?['\u2019]|[\s-])(?P<short_y>\d\d)(?![\d:%]|,?\s+\d{{4}}\b)
    | (?P<season>{any_of(SEASON_OF)})(?:\s+(?:of|de|semester|term))?[\s-]+(?P<season_y>{_YEAR})(?!\d)
    | (?P<two_m>0[1-9]|1[0-2])/(?P<two_y>\d\d)(?![\d/])
    | (?P<year>{_YEAR})(?![\d%]|,\d|\.\d)
    | ['\u2019](?P<yy>\d\d)(?![\d\w])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_GAP = re.compile(rf"\s*[,)\]]?\s*{_SEPARATOR}\s*[(\[]?\s*(?:to\s+)?", re.IGNORECASE)
_NOW = re.compile(rf"\s*{_SEPARATOR}\s*(?:to\s+|the\s+|(?:un)?till?\s+)?{_PRESENT}(?![\w'])", re.IGNORECASE)
_ONWARDS = re.compile(
    rf"\s*(?:[{DASHES}]?\s*(?:and\s+)?(?:onwards?|ongoing|on\b)|\+(?!\d)|[{DASHES}]\s*(?=[)\]]|\Z|\n\s*\n))",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|seit|ab|depuis|desde|dal|sinds|od|as of|starting)\s+(?:le\s+|el\s+|dem\s+)?$", re.I)
_BARE_MONTH = re.compile(rf"(?<!\w)(?P<month>{_MONTH})\.?\s*(?:[{DASHES}]|to|bis|à|a|until|through)\s*$", re.IGNORECASE)
_NO_DATE_AFTER = re.compile(
    r"(?:(?:\bfy|\bfiscal(?:\s+years?)?|financial years?|tax years?|windows|office|sql server|exchange|outlook|excel"
    r"|autocad|sharepoint|studio|\(\d{2,4}\)|\+\d[\d ]{1,8})[\s.-]*|\d[-.])$", re.I
)
_AMOUNT = re.compile(
    r"\s*(?:units?|employees|sq\b|square|rpm|lbs?|kg|hours|students|people|users|customers|products|items|pieces|psi"
    r"|volts?)",
    re.I,
)


@dataclass(frozen=True)
class Span:
    """Months from `start` to `end` (exclusive). `at`, `to`: place in the text. `precise`: both ends give a month."""

    start: int
    end: int
    precise: bool = True
    at: int = 0
    to: int = 0

    @property
    def months(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class _Date:
    """One date in a text: `first` and `last` month (equal for a plain month); `month` false for a bare year.

    `weak` dates ("'09", "03/17") count only as one end of a range.
    """

    at: int
    to: int
    year: int
    first: int = 1
    last: int = 12
    month: bool = False
    season: bool = False
    weak: bool = False
    short_end: int = 0


def _century(two: str, as_of: date) -> int:
    year = 2000 + int(two)
    return year if year <= as_of.year + 5 else year - 100


def _reverse(match: re.Match, as_of: date) -> _Date:
    """ "2015/09" is a month, "2012-14" a range of years, "2005-09" that too unless another date follows it."""
    year, two = int(match["rev_y"]), int(match["rev_m"])
    end = year // 100 * 100 + two
    if two <= year % 100:
        end = end + 100 if year % 100 > 80 and end + 100 <= as_of.year else 0
    if match["rev_s"] == ".":
        end = 0
    if 1 <= two <= 12:
        return _Date(*match.span(), year, two, two, month=True, short_end=end if match["rev_s"] == "-" else 0)
    return _Date(*match.span(), year, short_end=end or -1)


def _date(match: re.Match, as_of: date) -> _Date:
    """The date that a match of `_TOKEN` stands for."""
    at, to = match.span()
    if match["iso_y"]:
        month = int(match["iso_m"])
        return _Date(at, to, int(match["iso_y"]), month, month, month=True)
    if match["full_y"]:
        one, two = int(match["full_a"]), int(match["full_b"])
        month = one if match["full_s"] == "/" and one <= 12 else two
        month = month if 1 <= month <= 12 else one
        month = min(max(month, 1), 12)
        return _Date(at, to, int(match["full_y"]), month, month, month=True)
    if match["num_y"]:
        return _Date(at, to, int(match["num_y"]), int(match["num_m"]), int(match["num_m"]), month=True)
    if match["rev_y"]:
        return _reverse(match, as_of)
    if match["name_y"]:
        month = MONTH_OF[match["name"].lower()]
        return _Date(at, to, int(match["name_y"]), month, month, month=True)
    if match["short_y"]:
        month = MONTH_OF[match["short"].lower()]
        return _Date(at, to, _century(match["short_y"], as_of), month, month, month=True, weak=True)
    if match["season_y"]:
        first, last = SEASON_OF[match["season"].lower()]
        return _Date(at, to, int(match["season_y"]), first, last, month=True, season=True)
    if match["two_y"]:
        month = int(match["two_m"])
        return _Date(at, to, _century(match["two_y"], as_of), month, month, month=True, weak=True)
    if match["year"]:
        return _Date(at, to, int(match["year"]))
    return _Date(at, to, _century(match["yy"], as_of), weak=True)


def _between(one: _Date, two: _Date, at: int, as_of: date) -> Span | None:
    """The span from one date to another; None where it is not a possible period."""
    now = as_of.year * 12 + as_of.month
    if one.month or two.month:
        start = one.year * 12 + (one.first - 1 if one.month else 6)
        end = two.year * 12 + (two.last if two.month else 6)
        if one.year == two.year and not (one.month and two.month):
            start, end = (one.year * 12, end) if two.month else (start, two.year * 12 + 12)
    else:
        start, end = one.year * 12, two.year * 12
        end = start + 6 if end == start else end
    end = min(end, max(now, start + 1))
    if start >= now or end <= start or end - start > 60 * 12:
        return None
    return Span(start, end, one.month and two.month, at, two.to)


def _until_now(one: _Date, at: int, to: int, as_of: date) -> Span | None:
    now = as_of.year * 12 + as_of.month
    if one.month:
        start = one.year * 12 + one.first - 1
    else:
        start = now - 12 * (as_of.year - one.year) if one.year < as_of.year else now - min(6, as_of.month)
    if start >= now or now - start > 60 * 12:
        return None
    return Span(start, now, one.month, at, to)


def _between_words(text: str, one: _Date, two: _Date) -> bool:
    gap = text[one.to : two.at]
    if len(gap) > 16:
        return False
    if _GAP.fullmatch(gap):
        return True
    return gap.strip().lower() in ("and", "und", "et", "y") and bool(
        re.search(r"\b(?:between|zwischen|entre)\s+$", text[max(0, one.at - 12) : one.at], re.I)
    )


def _alone(text: str, one: _Date, as_of: date) -> Span | None:
    """What a date means that no second date follows: "since 2018", "2016 to date", "Summer 2019", "Jan-May 2013"."""
    before = text[max(0, one.at - 24) : one.at]
    after = text[one.to : one.to + 40]
    if now := _NOW.match(after):
        return _until_now(one, one.at, one.to + now.end(), as_of)
    if one.weak:
        return None
    if since := _SINCE.search(before):
        return _until_now(one, one.at - (len(before) - since.start()), one.to, as_of)
    if one.short_end > 0:
        return _between(_Date(one.at, one.to, one.year), _Date(one.at, one.to, one.short_end), one.at, as_of)
    if onwards := _ONWARDS.match(after):
        return _until_now(one, one.at, one.to + onwards.end(), as_of)
    if one.month and not one.season and (bare := _BARE_MONTH.search(before)):
        first = MONTH_OF[bare["month"].lower()]
        year = one.year - (first > one.first)
        at = one.at - (len(before) - bare.start())
        return _between(_Date(at, one.at, year, first, first, month=True), one, at, as_of)
    if one.season:
        return _between(one, one, one.at, as_of)
    return None


def find_spans(text: str, as_of: date) -> list[Span]:
    """Every period in `text`, in reading order: ranges, open ranges up to `as_of`, and seasons.

    A single month or year is no period. Periods that begin after `as_of` are left out, those that end after it are cut.
    """
    dates = [_date(match, as_of) for match in _TOKEN.finditer(text)]
    spans: list[Span] = []
    index = 0
    while index < len(dates):
        one = dates[index]
        two = dates[index + 1] if index + 1 < len(dates) else None
        index += 1
        if _NO_DATE_AFTER.search(text[max(0, one.at - 20) : one.at]):
            continue
        if two and _between_words(text, one, two):
            index += 1
            if _AMOUNT.match(text, two.to) and not (one.month or two.month):
                continue
            span = _between(one, two, one.at, as_of)
        else:
            span = _alone(text, one, as_of)
        if span:
            spans.append(span)
    return spans


def single_date(text: str) -> tuple[int, int] | None:
    """The place of the one month ("Aug 2011", "08/2015") in `text`; None where it names none or several dates."""
    if not any(char.isdigit() for char in text):
        return None
    found = [match for match in _TOKEN.finditer(text) if not match["yy"] and not match["two_y"]]
    return found[0].span() if len(found) == 1 and (found[0]["num_y"] or found[0]["name_y"]) else None


def months_of(spans: Iterable[Span]) -> int:
    """Months covered by the spans, overlaps counted once."""
    total, reached = 0, -1
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        total += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return total
