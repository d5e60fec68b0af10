"""Jobs held: when, for how long, and how many years of a role a reader of the resume would count.

Months are numbered from year 0. A resume shows its dates in one precision, and the truth is counted from what is shown:
year ranges count as the difference of the years, overlapping ranges once. Where two fair readings of the same dates
(end
month included or not, "present" with or without the started year) would give different marks, the career is redrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from training.corpus.sample import AS_OF
from training.corpus.tables import Profession
from training.corpus.words import YEAR_WORDS

NOW = AS_OF.year * 12 + AS_OF.month - 1
YEAR_STYLES = ("year", "worded", "since_year")
MONTHS = "January February March April May June July August September October November December".split()


@dataclass
class Stint:
    """One job held. `end` is None while it lasts; `bullets` are filled by the resume writer."""

    title: str
    months: int
    profession: Profession | None
    start: int = 0
    end: int | None = None
    company: str = ""
    city: str = ""
    key: str = ""
    overlap: int = 0
    bullets: list[str] = field(default_factory=list)


def schedule(rng: Random, stints: list[Stint], style: str, employed: bool) -> None:
    """Places the jobs in time, the first one latest, with gaps and now and then an overlap."""
    by_year = style in YEAR_STYLES
    step = 12 if by_year else 1
    cursor = AS_OF.year * 12 if by_year else NOW
    if not employed:
        cursor -= rng.choice((1, 1, 2)) * 12 if by_year else rng.randrange(1, 30)
    for i, stint in enumerate(stints):
        if i == 0 and employed:
            stint.end = None
        else:
            gaps = (0, 0, 0, 0, 12, 24) if by_year else (0, 0, 1, 1, 2, 3, 5, 14, 31)
            cursor += stint.overlap if stint.overlap else -rng.choice(gaps)
            stint.end = min(cursor, AS_OF.year * 12 if by_year else NOW)
            cursor = stint.end
        stint.start = cursor - max(step, stint.months // step * step)
        cursor = stint.start


def years_of(stints: Iterable[Stint], held: Callable[[str], bool], style: str) -> tuple[float, float]:
    """The least and the most years that a fair reader counts in titles for which `held` is true."""
    chosen = [s for s in stints if held(s.title)]
    if style == "worded":
        total = sum(s.months for s in chosen) / 12
        return total, total
    least = _union([(s.start, AS_OF.year * 12 if s.end is None and style != "month" else _end(s)) for s in chosen])
    most = _union([(s.start, _end(s) + (1 if style not in YEAR_STYLES else 0)) for s in chosen])
    return least / 12, most / 12


def _end(stint: Stint) -> int:
    return NOW if stint.end is None else stint.end


def _union(spans: list[tuple[int, int]]) -> int:
    total, reached = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def show_dates(rng: Random, stint: Stint, style: str) -> str:
    """The dates of a job in one of the world's forms. `style` is a precision or the name of a month form."""
    if style == "worded":
        return f"{years_in_words(rng, stint.months)}"
    if style in YEAR_STYLES:
        first = stint.start // 12
        if stint.end is None:
            return rng.choice((f"{first} - Present", f"{first} - present", f"{first} to date", f"since {first}",
            f"{first} - now",
                               f"{first} – Present"))  # fmt: skip
        dash = rng.choice((" - ", " - ", "-", " – ", " to "))
        return f"{first}{dash}{stint.end // 12}"
    end = "" if stint.end is None else month(stint.end, style)
    start = month(stint.start, style)
    if not end:
        if rng.random() < 0.15:
            return f"since {start}"
        end = rng.choice(("Present", "Current", "present", "to date", "now", "today"))
    return start + rng.choice((" - ", " - ", " – ", " to ", "-")).replace("to" if end == "to date" else "\0", "-") + end


def month(at: int, style: str) -> str:
    """One month in the given form: Jan 2019, January 2019, 01/2019, 2019-01, 01.2019, Jan '19."""
    year, index = divmod(at, 12)
    forms = {
        "short": f"{MONTHS[index][:3]} {year}", "long": f"{MONTHS[index]} {year}", "slash": f"{index + 1:02d}/{year}",
        "iso": f"{year}-{index + 1:02d}", "dot": f"{index + 1:02d}.{year}",
    }  # fmt: skip
    return forms[style]


def years_in_words(rng: Random, months: int) -> str:
    """`4 years`, `four years`, `2.5 years`."""
    whole, rest = divmod(months, 12)
    if rest:
        return f"{months / 12:.1f} years" if whole else f"{months} months"
    number = YEAR_WORDS[whole] if whole < len(YEAR_WORDS) and rng.random() < 0.4 else str(whole)
    return f"{number} year{'s' if whole != 1 else ''}"
