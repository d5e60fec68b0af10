"""Demands for experience: how many years, and of what ("at least 4 years as a ward nurse" -> "ward nurse", 4.0).

A line that asks years of several domains ("5+ years of experience with Python and Django") gives one experience
requirement, for the first, and a skill for each of the others: the years are seldom meant for each of them.
Roles are not split ("painter and decorator"), but "as a painter and as a roofer" are two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.brief.job_choices import join_choice
from model.brief.job_experience_words import (
    BEFORE_TAIL,
    DOMAIN_END,
    DOMAIN_PREP,
    HEAD,
    LATER_NOUN,
    MEANS,
    NOT_AFTER,
    NOT_BEFORE,
    NOUN,
    PROVES,
    ROLE_END,
    ROLE_PREP,
    SOME,
    TAIL_MEANS,
    UNITS,
    VERB,
    WORDS,
    YEARS,
)
from model.brief.job_lists import Item, items
from model.brief.job_praise import says_nothing_alone
from model.brief.job_roles import find_roles, without_place
from model.brief.job_text import Piece, words_of
from model.brief.lexicon import prototypes
from model.brief.phrases import clean, tool_like
from model.brief.titles import has_title_word

TOTAL_EXPERIENCE = "total experience"
"""The text of an experience requirement that names no role or domain ("5 years of experience")."""


class Demand(NamedTuple):
    """Experience asked for: `text` is the role or domain, `years` the least number (None where only some is asked)."""

    text: str
    years: float | None
    start: int
    end: int
    any_of: tuple[str, ...] = ()


def _value(match: re.Match) -> float:
    """The least number of years in a match of `YEARS`."""
    low = match.group("low").lower()
    number = WORDS.get(re.sub(r"\s+", " ", low))
    if number is None:
        number = float(low.replace(",", "."))
    if match.group("unit").lower().startswith("mo") or match.group("unit").lower() == "meses":
        number = round(number / 12, 2)
    return float(number)


_ARTICLES = frozenset({"a", "an", "un", "une", "ein", "eine"})
_ONE_YEAR = frozenset({"year", "ans", "an", "jahr", "jahre", "année"})
_YEAR_OF = re.compile(r"\s*(?:'s?|of|experience|working|as\b|in\b)", re.IGNORECASE)


def _numbers(text: str) -> list[re.Match]:
    """The matches of `YEARS` that speak of experience, not of age, contract or the company."""
    if not words_of(text) & UNITS:
        return []
    found = []
    for match in YEARS.finditer(text):
        low = match.group("low").lower()
        if low in _ARTICLES and match.group("unit").lower() not in _ONE_YEAR:
            continue
        if NOT_AFTER.match(text, match.end()):
            continue
        if any(NOT_BEFORE.search(text[: match.start(group)]) for group in (0, "low")):
            continue
        if low in ("a", "an") and not _YEAR_OF.match(text, match.end()):
            continue
        found.append(match)
    return found


def _domain(piece: Piece) -> tuple[list[Item], int]:
    """The domains after "experience in", and where they end."""
    end = DOMAIN_END.search(piece.text)
    stop = end.start() if end else len(piece.text)
    means = MEANS.search(piece.text, 0, stop)
    if means:
        return items(piece.sub(0, means.start(means.lastgroup or 0))) + items(piece.sub(means.end(), stop)), stop
    found = _pair(piece, items(piece.sub(0, stop)))
    if len(found) > 1 and end and _OR_LIKE.match(end.group()):  # "in finance, audit or a comparable role"
        options = tuple(dict.fromkeys(one.text for one in found))
        found = [Item(join_choice(options), found[0].start, found[-1].end, options)]
    return found, stop


_OR_LIKE = re.compile(r",?\s+or\b", re.IGNORECASE)


def _pair(piece: Piece, found: list[Item]) -> list[Item]:
    """Keeps "in pottery and glass blowing" together: only names such as "Python and Django" are told apart."""
    if len(found) != 2 or found[0].any_of or found[1].any_of:
        return found
    left, right = found
    between = piece.text[left.end - piece.start : right.start - piece.start]
    sizes = len(left.text.split()), len(right.text.split())
    names = tool_like(left.text) and tool_like(right.text) and min(sizes) == 1 and sizes[1] < 3
    if names or not re.fullmatch(r"\s*(?:and|&)\s+", between):
        return found
    text = re.sub(r"\s+", " ", piece.text[left.start - piece.start : right.end - piece.start])
    return [Item(text, left.start, right.end)]


def _demands(found: list[Item], years: float | None) -> tuple[list[Demand], list[Item]]:
    """One demand for the first domain, the rest as skills."""
    if not found:
        return [], []
    first = found[0]
    text = first.text[: without_place(first.text)] or first.text
    return [Demand(text, years, first.start, first.end, first.any_of)], found[1:]


def _as_demands(roles: list[tuple[Piece, tuple[str, ...]]], years: float | None) -> list[Demand]:
    return [Demand(re.sub(r"\s+", " ", role.text), years, role.start, role.end, options) for role, options in roles]


_AS_A = re.compile(r"(?P<before>[^.;,\x00]{0,60}?)\bas\s+an?\s+", re.IGNORECASE)


def _after(piece: Piece, years: float | None) -> tuple[list[Demand], list[Item], int]:
    """Reads what follows a number of years: demands, further skills, and how much of the piece was used."""
    head = HEAD.match(piece.text)
    rest = piece.sub(head.end())
    if head.group("role") or re.search(r"\bas\s+(?:an?\s+)?$", head.group("verb2")):
        roles = find_roles(rest)
        if roles:
            return _as_demands(roles, years), [], roles[-1][0].end - piece.start
    named = _AS_A.match(rest.text)
    roles = find_roles(rest.sub(named.end())) if named else []
    if roles and has_title_word(roles[0][0].text) and not has_title_word(named.group("before")):
        return _as_demands(roles, years), [], roles[-1][0].end - piece.start
    introduced = head.group("domain") or head.group("adverb").strip()
    if head.group("noun") or introduced:
        if not introduced and not re.match(r"[a-z]{3,}ing\b|[A-Z]", rest.text):
            return [], [], head.end()
    later = None if head.group("noun") else LATER_NOUN.match(rest.text)
    if later:
        return _named(rest, later, years, piece)
    if not rest.text.strip() or (head.end() == 0 and rest.text[0] in ",;)."):
        return [], [], 0
    found, stop = _domain(rest)
    demands, skills = _demands(found, years)
    return demands, skills, head.end() + stop if demands or introduced else 0


def _named(rest: Piece, later: re.Match, years: float | None, piece: Piece) -> tuple[list[Demand], list[Item], int]:
    """Reads "5 years of commercial diving experience": the domain precedes the noun, a role may follow it."""
    tail = rest.sub(later.end())
    before = tail.start - piece.start
    role = re.match(rf"\s*(?:(?:{VERB})\s+)*(?:{ROLE_PREP})\s+", tail.text, re.IGNORECASE)
    roles = find_roles(tail.sub(role.end())) if role else []
    if roles:
        return _as_demands(roles, years), [], roles[-1][0].end - piece.start
    demands, skills = _demands(items(rest.sub(0, later.end("what"))), years)
    means = TAIL_MEANS.match(tail.text)
    if demands and means:
        return demands, skills + items(tail.sub(means.end("prep"))), before + len(tail.text)
    if skills:
        return demands, skills, before
    if demands:
        stop = ROLE_END.search(tail.text)
        return demands, skills, before + (stop.start() if stop else len(tail.text))
    found, used = _domain(tail)
    demands, skills = _demands(found, years)
    return demands, skills, before + used


def _before(piece: Piece, years: float) -> tuple[list[Demand], list[Item]]:
    """Reads what stands before a number of years: "worked as a nurse for 3 years", "Welding: 2 yrs"."""
    tail = BEFORE_TAIL.search(piece.text)
    piece = piece.sub(0, tail.start() if tail else None)
    if re.search(r"(?:\band|&|\bplus|\bwith|\bhas|\bhave|;)$", piece.text, re.IGNORECASE):
        return [], []
    ends = [match.end() for match in _AS.finditer(piece.text)]
    if ends and piece.text[ends[-1] :].strip():
        return _as_demands(find_roles(piece.sub(ends[-1])), years), []
    some = _EXPERIENCE_IN.search(piece.text)
    if some:
        piece = piece.sub(some.end())
        stop = re.search(r"\s+in\s+an?\s|,|\(", piece.text)
        piece = piece.sub(0, stop.start() if stop else None)
    subject = _SUBJECT.match(piece.text)
    named = clean(piece.sub(subject.end()) if subject else piece)
    if not any(map(str.isalpha, named.text)) or len(named.text.split()) > 9:
        return [], []
    return _demands(items(named), years)


_BREAK = re.compile(r"[,;.(\x00]\s*(?:and\s+|plus\s+)?(?!\s*in\b)|\s+(?:and|plus|with|or|by)\s+")


def _segments(text: str, matches: list[re.Match]) -> list[tuple[int, int]]:
    """Cuts a sentence so that each number of years has the words that belong to it."""
    bounds = [0]
    first_gap = text[matches[0].end() : matches[1].start()] if len(matches) > 1 else ""
    number_first = not re.match(r"\s*(?:[,;.)\x00]|and\b|$)", first_gap)
    for left, right in zip(matches, matches[1:], strict=False):
        gap = text[left.end() : right.start()]
        breaks = list(_BREAK.finditer(gap))
        if not breaks:
            bounds.append(right.start())
        else:
            last_style = re.search(r"\bfor\s*$", gap + right.group("lead"))  # "... and a background in X for one year"
            chosen = breaks[-1] if number_first and not last_style else breaks[0]
            bounds.append(left.end() + chosen.end())
    bounds.append(len(text))
    return list(zip(bounds, bounds[1:], strict=False))


_SUBJECT = re.compile(
    r".*\b(?:candidates?|applicants?|person|you|someone|who)(?:'ve|'ll)?\s+"
    r"(?:(?:will|must|should|have|has|had|previously|already|also|be)\s+)*",
    re.IGNORECASE,
)
_AS = re.compile(r"\b(?:as|position\s+of|role\s+of)\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_EXPERIENCE_IN = re.compile(
    rf"(?:{NOUN}|roles?|jobs?|positions?)\s+(?:{DOMAIN_PREP})\s+(?:an?\s+|the\s+)?", re.IGNORECASE
)
_EXPERIENCE = re.compile(NOUN + r"|\+|\bas\s+an?\b", re.IGNORECASE)


_EXPERIENCED = re.compile(r"exp[eé]rien|erfahrung|worked|\bspent", re.IGNORECASE)


def _demanding(text: str, match: re.Match) -> bool:
    """Whether a number of years in prose is a demand: "60 years" of a company's history is not."""
    if re.search(r"min|least|mindestens|moins|menos", match.group("lead"), re.IGNORECASE):
        return True
    near = text[match.start() : match.end() + 60]
    return bool(_EXPERIENCE.search(near) or _EXPERIENCED.search(text[: match.start()]))


_PLACED = re.compile(
    r"(?:in|within|across|under)\s+(?:the\s+)?(?:fields?|areas?|domain|realms?|sphere)\s+of\s+", re.IGNORECASE
)
_OPENS = re.compile(rf"(?:{PROVES}|(?:back|front|up|out|off|over|behind|away)\s+(?:in|of|at|to|on))\b", re.IGNORECASE)


def _checked(found: list[Demand]) -> list[Demand]:
    """The demands, each for a role or a field; what names neither asks for experience as such, or for nothing."""
    kept = []
    for one in found:
        placed = _PLACED.match(one.text)
        text = one.text[placed.end() :] if placed else one.text
        vague = not has_title_word(text) and (
            all(says_nothing_alone(word) for word in text.split()) or _OPENS.match(text) or prototypes(text)
        )
        if not vague:
            kept.append(one._replace(text=text))
        elif one.years:
            kept.append(one._replace(text=TOTAL_EXPERIENCE, any_of=()))
    return kept


def extract(piece: Piece, prose: bool = False) -> tuple[list[Demand], list[Item], Piece]:
    """Takes the demands for experience out of a sentence.

    Returns (demands, further items that are skills, the sentence with the words that were used marked as taken).
    """
    matches = [match for match in _numbers(piece.text) if not prose or _demanding(piece.text, match)]
    if not matches:
        return _without_years(piece)
    demands: list[Demand] = []
    skills: list[Item] = []
    for (begin, end), match in zip(_segments(piece.text, matches), matches, strict=True):
        years = _value(match)
        after = piece.sub(match.end(), end)
        start, stop = match.start(), match.end()
        found, more = _before(piece.sub(begin, start), years) if re.match(r"\s*[,;.)]", after.text) else ([], [])
        if not found:
            found, more, used = _after(after, years)
            earlier = ([], []) if _checked(found) == found else _before(piece.sub(begin, match.start()), years)
            stop += used
            if not found or earlier[0]:
                found, more = earlier if earlier[0] else _before(piece.sub(begin, match.start()), years)
            else:
                begin = start
        start = begin if found else start
        if not found:
            found = [Demand(TOTAL_EXPERIENCE, years, piece.start + match.start(), piece.start + match.end())]
        if len(found) == 1:  # the words of the number belong to its place too
            one = found[0]
            first, last = piece.start + start, piece.start + match.end()
            found = [one._replace(start=min(one.start, first), end=max(one.end, last))]
        demands += found
        skills += more
        piece = piece.take(start, min(max(stop, start), len(piece.text)))
    return _checked(demands), skills, piece


def _without_years(piece: Piece) -> tuple[list[Demand], list[Item], Piece]:
    """Reads "previous experience as a barista": experience without a number."""
    match = SOME.search(piece.text)
    if not match:
        return [], [], piece
    found, more, used = _after(piece.sub(match.end()), None)
    found = _checked(found)
    if not found:
        return [], [], piece
    return found, more, piece.take(match.start(), min(match.end() + used, len(piece.text)))
