"""Durations as people state them: "four (4) years", "18 months", "over a decade"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.brief.date_words import DASHES, NUMBER_OF, any_of

_WORD_NUMBER = rf"(?:{any_of(NUMBER_OF)})"
_UNIT = (
    r"(?P<unit>years?|yrs?|y(?=\b)|jahren?|ans?|années?|años?|anos?|anni|anno|jaar|lat"
    r"|months?|mos?|mths?|monaten?|mois|meses|mesi|maanden|decades?)"
)
_STATED = re.compile(
    rf"(?<![\w.,$€£/-])(?:(?P<number>\d{{1,2}}(?:[.,]\d{{1,2}})?)(?P<half>\s*(?:½|1/2))?|(?P<word>{_WORD_NUMBER}))"
    rf"(?:[\s-]+(?P<more>one|two|three|four|five|six|seven|eight|nine)(?=[\s-]))?(?P<and>\s+and\s+(?:a|one)[\s-]+half)?"
    rf"\s*(?:\(\s*(?P<digits>\d{{1,2}})\s*\+?\s*\))?\s*(?:(?:[{DASHES}]|to|or)\s*\d{{1,2}}\s*)?(?:\+|plus\b"
    rf"|or\s+more\b)?[\s-]*"
    rf"(?:full\s+|a\s+)?{_UNIT}\b\.?(?P<tail>\s*(?:and\s+|,\s*|&\s*)?(?P<months>\d{{1,2}})\s*(?:months?|mos?\b|mths?"
    rf"|monate|mois|meses))?",
    re.IGNORECASE,
)
_NOT_TENURE = re.compile(
    r"\s*[-\s]?(?:olds?\b|ago\b|of age|later\b|warrant|plans?\b|term\b|contract\b|lease|bond|forecast|budget"
    r"|anniversary)",
    re.I,
)
_AGE = re.compile(r"\b(?:age[ds]?|ages of)\s*:?\s*$", re.I)


_UNIT_HINT = re.compile(r"y(?:ea)?rs?|months?|\bmo|mths|decade|jahr|monat|ann[ioé]|\bans?\b|mois|años|jaar|anos|meses"
r"|mesi|\blat\b|maand", re.I)


def find_durations(text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, years) of each duration that `text` states. "18 months" is 1.5."""
    if not _UNIT_HINT.search(text):
        return
    for match in _STATED.finditer(text):
        if _NOT_TENURE.match(text, match.end()) or _AGE.search(text[max(0, match.start() - 10) : match.start()]):
            continue
        if (years := _years(match)) is not None:
            yield match.start(), match.end(), years


def _years(match: re.Match) -> float | None:
    if match["digits"]:
        amount = float(match["digits"])
    elif match["number"]:
        amount = float(match["number"].replace(",", ".")) + (0.5 if match["half"] else 0)
    else:
        amount = float(NUMBER_OF[match["word"].lower()] + NUMBER_OF.get((match["more"] or "").lower(), 0))
    amount += 0.5 if match["and"] else 0
    unit = match["unit"].lower()
    if unit.startswith("m"):
        return round(amount / 12, 2)
    if unit.startswith("d"):
        return amount * 10
    return round(amount + int(match["months"] or 0) / 12, 2) if amount <= 60 else None


def stated_years(text: str) -> float | None:
    """The first duration that `text` states, in years; None where it states none."""
    return next((years for _, _, years in find_durations(text)), None)
