"""Demands for experience: how many years, and of what ("at least 4 years as a ward nurse" -> "ward nurse", 4.0).

A line that asks years of several domains ("5+ years of experience with Python and Django") gives one experience
requirement, for the first, and a skill for each of the others: the years are seldom meant for each of them.
Roles are not split ("Writers and authors"), but "as a painter and as a roofer" are two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from model.brief.job_text import Piece, words_of
from model.brief.phrases import Item, clean, items, tool_like

TOTAL_EXPERIENCE = "total experience"
"""The text of an experience requirement that names no role or domain ("5 years of experience")."""


class Demand(NamedTuple):
    """Experience asked for: `text` is the role or domain, `years` the least number (None where only some is asked)."""

    text: str
    years: float | None
    start: int
    end: int
    any_of: tuple[str, ...] = ()


_WORDS = {
    "half a": 0.5, "a couple of": 2, "couple of": 2, "a few": 2, "several": 3, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty-four": 24, "twenty": 20, "ein": 1, "eine": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "acht": 8, "zehn": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4,
    "cinco": 5, "diez": 10, "an": 1, "a": 1,
}  # fmt: skip
_NUMBER = r"\d{1,2}(?:[.,]\d)?|" + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_YEARS = re.compile(
    rf"(?P<lead>(?:(?:minimum|min\.?|maximum|at\s*least|more\s+than|greater\s+than|no\s+less\s+than|not\s+less\s+than|no\s+fewer\s+than|over|approximately|approx\.?|"
    rf"about|around|roughly|nearly|up\s+to|mindestens|wenigstens|au\s+moins|minimum|mínimo|al\s+menos|más\s+de|plus\s+de|of|de|von|a|an|the|some|total|>=?|≥)\s*)*)"
    rf"(?<![\w.,$£€/])(?P<low>{_NUMBER})\s*(?:\(\s*\d{{1,2}}\s*\+?\s*\)\s*)?(?:\+|plus\b|or\s+more\b)?\s*(?:(?:-|–|—|to|or|bis|à|a|and)\s*(?P<high>{_NUMBER})\s*(?:\(\s*\d{{1,2}}\s*\))?\s*)?"
    r"(?:\+|plus\b|or\s+more\b)?\s*(?:(?:full|solid|good|consecutive|complete|calendar|long)\s+)?[\s-]*(?P<unit>years?|yrs?|months?|mos\b|jahren?|monaten?|ans|années?|mois|años?|meses|anni)\b\.?"
    r"(?:\(s\)|\s*\+|\s+(?:or\s+more|plus|and\s+above|minimum|min\b\.?)(?=\W))?(?:[\s-]+long\b)?",
    re.IGNORECASE,
)
_UNITS = frozenset("year years yr yrs month months mos jahr jahre jahren monat monate monaten ans année années mois año años meses anni".split())
_NOT_AFTER = re.compile(
    r"[\s-]*(?:(?:fixed|rolling|initial)?[\s-]*(?:contract|term|warranty|plan|degree|diploma|probation\w*|program(?:me)?|course|curriculum|lease|guarantee|placement|residency\b(?!\s+exp)|appointment)|old\b|of\s+age|ago\b|"
    r"in\s+a\s+row|running|in\s+business|anniversary|or\s+older|and\s+older|to\s+complete|from\s+now)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?:\b(?:the\s+(?:last|past|next|first|previous)|within|every|last|next|first|aged?|each|after|for\s+up\s+to)\s+)$", re.IGNORECASE)
_NOUN = r"(?:work[\s-]+|working[\s-]+|job[\s-]+|professional[\s-]+|industry[\s-]+)?(?:experiences?|exp\b\.?|expertise|background|practice|tenure|history|standing|service|employment|fieldwork|track\s+record|berufserfahrung|erfahrung|d'expérience|expérience|experiencia|collaboration|contribution|involvement|seniority|pqe|work|time)"
_ADJ = (
    r"relevant|related|professional|progressive(?:ly)?|responsible|increasing(?:ly)?|prior|previous|proven|practical|hands[\s-]?on|solid|strong|significant|recent|direct|demonstrated|demonstrable|full[\s-]time|paid|successful|similar|"
    r"equivalent|verifiable|documented|post[\s-]?qualif\w+|post[\s-]?graduate|post[\s-]?registration|in-depth|deep|extensive|good|great|grand|adequate|substantial|combined|total|actual|overall|broad|dedicated|real|commercial(?=\s+experience)|"
    r"industry(?=\s+experience)|work(?=\s+experience)|working(?=\s+experience)|job(?=\s+experience)|applicable|consistent|continuous|considerable|valuable|minimum|required|respectively|respective|specific|steady|de|d'|more|einschlägige|relevante|praktische|professionnelle|profesional|laboral"
)
_JOINT = rf"{_ADJ}|the|and|of|s|'s|'|a|an|in|with|worth"
_VERB = r"working|serving|functioning|operating|performing|acting|practi[cs]ing|spent|gained|employed|work|served|worked|asting|being|respectively|professionally|directly|primarily|specifically|preferably|having\s+worked|focused|focusing|dealing|specializing|specialising|obtained|acquired|demonstrated|hands-on|successfully|collectively"
_ROLE_PREP = r"as\s+an?\s+role\b|as\s+(?:either\s+)?(?:an?|the|our)\b|as\b|(?:in|on)\s+(?:the\s+|an?\s+)?(?:role|position|capacity|post|job|function)s?\s+(?:of|as)(?:\s+(?:an?|the))?\b|in\s+the\s+following\b:?|(?:role|position)s?\s+(?:as|of)(?:\s+an?)?\b|(?:in\s+)?(?:an?\s+)?similar\s+role\s+as(?:\s+an?)?\b|comme\b|en\s+tant\s+que\b|als\b|como\b"
_DOMAIN_PREP = r"in\s+the\s+(?:field|area|areas|domain|practice|realm|world)s?\s+of|in\s+the|in\s+an?|in|with|of|within|at|on|for|using|across|under|doing|to|im|in\s+der|mit|von|en|dans|de|con|d'"
_HEAD = re.compile(rf"[\s,:–-]*(?:'s\b|s'|'|\))?[\s,]*(?P<adj>(?:(?:{_JOINT})[\s,]+)*)(?P<noun>{_NOUN})?(?(noun)(?![\w]))[\s,:'–-]*(?:\(?[\w\s]*\)\s*)?(?P<adverb>(?:(?:{_VERB}|{_ADJ})[\s,]+)*)(?:(?P<role>{_ROLE_PREP})|(?P<domain>(?:{_DOMAIN_PREP})\b))?\s*(?:(?:an?|the|our)\s+)?(?P<verb2>(?:(?:working|serving|acting|being)\s+(?:as\s+an?\s+|as\s+|in\s+the\s+|in\s+an?\s+|in\s+|with\s+|on\s+|for\s+an?\s+)?)?)", re.IGNORECASE)
_LATER_NOUN = re.compile(rf"(?P<what>(?:[\w+#./&'-]+\s+){{1,6}}?)(?:{_NOUN})\b", re.IGNORECASE)
_ROLE_END = re.compile(
    r"\s*[;\x00\"]|\s*\((?![^()]{1,30}\)\s+[A-Z])|(?<!\bSr)(?<!\bJr)(?<!\bAsst)\.(?=\s|$)|,?\s+(?:is|are|was|were|would|will|shall|should|be)\s+|,?\s+(?:or|and)\s+(?:in\s+|within\s+|as\s+)?(?:an?\s+|any\s+)?(?:similar|equivalent|comparable|related|relevant|other|closely|like)\b|"
    r",\s*(?:preferably|ideally|specifically|particularly|especially|precisely|including|refined|with|working|where|who|which|gained|dealing|in|at|plus|along|having|either|showing|demonstrating|preferred|required|excluding|except|if|as\s+well|strong|good|excellent|and\s+(?:strong|good|excellent|a\s|an\s|have|at\s|experience|knowledge|must|be\s)|knowledge|experience|for)\b|"
    r"\s+(?:with|who|where|which|that|while|whilst|including|preferably|ideally|dealing|working|handling|managing|focused|focusing|specialising|specializing|under|through|having|plus|as\s+well|along|from|during|leading|specifically|within|required|preferred|desired|or\s+above|based\s+in|is)\b|"
    r"\s+(?:in|at|for|on)\s+(?:an?|the|our|any|your|this|that|its|their|other|[a-z]+ing)\b|,?\s+(?:and|plus)\s+(?:with\s+)?(?:at\s+least|an?\s+minimum|minimum|over|around|about|\d)|\s+(?:and|plus)\s+(?:strong|good|excellent|an?\s|proven|solid|knowledge|have|must|be\s|are\s)|~",
    re.IGNORECASE,
)
_DOMAIN_END = re.compile(
    r"\s*[;\x00]|\.(?=\s|$)|,?\s+(?:is|are|was|were|would|will|shall)\s+|,?\s+(?:or|and)\s+(?:in\s+)?(?:an?\s+|any\s+)?(?:similar|equivalent|comparable|related|relevant|other)\b|,\s*(?:preferably|ideally|specifically|particularly|especially|working|where|who|which|refined|if|and\s+(?:strong|good|excellent))\b|"
    r"\s+(?:preferably|ideally|where|who|which|that|including|gained|as\s+an?|~)\b|\s+(?:required|preferred|desired)\b",
    re.IGNORECASE,
)
# "backend development in Java": what it is done with is a skill of its own.
_MEANS = re.compile(r"\w(?P<prep>\s+(?:using|with)\s+)(?=[A-Z])|\b(?:development|programming|coding|scripting|engineering|modelling|modeling|analysis)(?P<in>\s+in\s+)(?=[A-Z])")
_ROLE_PLACE = re.compile(r"\s+(?:role|position|capacity|environment|setting|post|function|roles|positions)$", re.IGNORECASE)
_BEFORE_TAIL = re.compile(r"(?:[\s,:;(–-]|\b(?:for|of|with|least|at|minimum|min|a|an|the|about|around|over|totalling|spanning|lasting|requirement|having|has|have|is|was|required|spent|bring|brings|hold|offer|possess)\b\.?)+$", re.IGNORECASE)
_SOME = re.compile(
    r"(?:(?:prior|previous|past|proven|some|solid|significant|extensive|relevant|demonstrated|earlier)\s+)+(?:(?:work|working|professional|practical|hands-on|industry)\s+)*experiences?\s+(?=(?:in|of|with|at|within|as|working|on)\b)|"
    r"\bexperiences?\s+(?:working\s+|serving\s+)?(?=as\s+an?\b)|\b(?:track\s+record|history|past|tenure|service|prior\s+work|previous\s+work)\s+(?:in\s+)?(?:serving\s+|working\s+)?(?=as\b)|\b(?:background|worked|served|employed|working|career|employment)\s+(?=as\s+an?\b)|"
    r"\bexperiences?\s+(?=(?:working\s+)?(?:in|at|within|of)\s+(?:an?|the)\s+(?:[\w/&-]+\s+){0,4}?(?:role|position|environment|setting|industry|sector|capacity|office|company|kitchen|firm|agency|hospital|school|restaurant|warehouse|factory|shop|store|clinic|hotel|team|ward|department|centre|center|lab|laboratory|bank|studio|practice|unit)\b)",
    re.IGNORECASE,
)


def _value(match: re.Match) -> float:
    """The least number of years in a match of `_YEARS`."""
    low = match.group("low").lower()
    number = _WORDS.get(re.sub(r"\s+", " ", low))
    if number is None:
        number = float(low.replace(",", "."))
    if match.group("unit").lower().startswith("mo") or match.group("unit").lower() == "meses":
        number = round(number / 12, 2)
    return float(number)


def _numbers(text: str) -> list[re.Match]:
    """The matches of `_YEARS` that speak of experience, not of age, contract or the company."""
    if not words_of(text) & _UNITS:
        return []
    found = []
    for match in _YEARS.finditer(text):
        low = match.group("low").lower()
        if low in ("a", "an", "un", "une", "ein", "eine") and match.group("unit").lower() not in ("year", "ans", "jahr", "jahre", "année", "an"):
            continue
        if _NOT_AFTER.match(text, match.end()) or _NOT_BEFORE.search(text[: match.start()]) or _NOT_BEFORE.search(text[: match.start("low")]):
            continue
        if low in ("a", "an") and not re.match(r"\s*(?:'s?|of|experience|working|as\b|in\b)", text[match.end() :], re.IGNORECASE):
            continue
        found.append(match)
    return found


def _role(piece: Piece) -> list[tuple[Piece, tuple[str, ...]]]:
    """The role or roles named after "as a"."""
    parts = re.split(r"(\s+and\s+as\s+(?:an?\s+)?)", piece.text)
    if len(parts) > 1:
        found, position = [], 0
        for part in parts:
            if not re.match(r"\s+and\s+as\s", part):
                found += _role(piece.sub(position, position + len(part)))
            position += len(part)
        return found
    piece = piece.sub(len(piece.text) - len(piece.text.lstrip(" '\"")))
    end = _ROLE_END.search(piece.text)
    role = piece.sub(0, end.start() if end else None)
    role = _comma(role).strip(" \t.,;:!?*_\"'~-–—\x00")
    role = role.sub(0, len(re.sub(r"\s+(?:and|or|&)$", "", role.text)))
    role = role.sub(0, _place(role.text)).strip()
    role = role.sub(re.match(r"(?:(?:an?|the|experienced|qualified|professional)\s+)*", role.text, re.IGNORECASE).end())
    words = list(re.finditer(r"\S+", role.text))
    if len(words) > 14:
        role = role.sub(0, words[13].end())
    options = tuple(filter(None, re.split(r",?\s+or\s+|,\s+", role.text))) if re.search(r"\sor\s", role.text) and len(words) <= 8 else ()
    return [(role, options if len(options) > 1 else ())] if any(map(str.isalpha, role.text)) else []


_AGENT = re.compile(r"(?:er|or|ist|ian|ant|ent|eer|ess|man|men|woman|clerk|nurse|chef|cook|pilot|lead|head|analyst|guide|judge|coach|aide|host|officer|mason|tutor|therap\w+|technician|mechanic|smith|representative|assistant|attendant|specialist|scientist|agent|worker)s?$", re.IGNORECASE)


def _comma(role: Piece) -> Piece:
    """Cuts a role at a comma unless what follows are roles too ("tender, pourer, caster")."""
    parts = role.text.split(",")
    position = kept = len(parts[0])
    for part in parts[1:]:
        position += len(part) + 1
        words = part.split()
        if not words or len(words) > 7:
            break
        if any(_AGENT.search(word) for word in words):
            kept = position
        elif len(words) > 2:
            break
    return role.sub(0, kept)


def _place(text: str) -> int:
    """Where "... role" or "... position" begins at the end of a role's name."""
    match = _ROLE_PLACE.search(text)
    return match.start() if match else len(text)


def _domain(piece: Piece) -> tuple[list, int]:
    """The domains after "experience in", and where they end."""
    end = _DOMAIN_END.search(piece.text)
    stop = end.start() if end else len(piece.text)
    means = _MEANS.search(piece.text, 0, stop)
    if means:
        return items(piece.sub(0, means.start(means.lastgroup or 0))) + items(piece.sub(means.end(), stop)), stop
    return _pair(piece, items(piece.sub(0, stop))), stop


def _pair(piece: Piece, found: list[Item]) -> list[Item]:
    """Keeps "in videography and film editing" together: only names such as "Python and Django" are told apart."""
    if len(found) != 2 or found[0].any_of or found[1].any_of:
        return found
    left, right = found
    between = piece.text[left.end - piece.start : right.start - piece.start]
    short = len(left.text.split()) == 1 or len(right.text.split()) == 1
    if not re.fullmatch(r"\s*(?:and|&)\s+", between) or (tool_like(left.text) and tool_like(right.text) and short and len(right.text.split()) < 3):
        return found
    text = re.sub(r"\s+", " ", piece.text[left.start - piece.start : right.end - piece.start])
    return [Item(text, left.start, right.end)]


def _demands(found: list, years: float | None) -> tuple[list[Demand], list]:
    """One demand for the first domain, the rest as skills."""
    if not found:
        return [], []
    first = found[0]
    text = first.text[: _place(first.text)] or first.text
    return [Demand(text, years, first.start, first.end, first.any_of)], found[1:]


def _after(piece: Piece, years: float | None) -> tuple[list[Demand], list, int]:
    """Reads what follows a number of years: demands, further skills, and how much of the piece was used."""
    head = _HEAD.match(piece.text)
    rest = piece.sub(head.end())
    if head.group("role") or re.search(r"\bas\s+(?:an?\s+)?$", head.group("verb2") or ""):
        roles = _role(rest)
        if roles:
            end = max(role.end for role, _ in roles)
            return [Demand(re.sub(r"\s+", " ", role.text), years, role.start, role.end, options) for role, options in roles], [], end - piece.start
    if head.group("noun") or head.group("domain") or re.search(r"\w", head.group("adverb") or ""):
        as_role = re.match(r"[^.;,\x00]{0,60}?\bas\s+an?\s+", rest.text, re.IGNORECASE)
        if as_role and head.group("domain") is None:
            roles = _role(rest.sub(as_role.end()))
            if roles:
                return [Demand(role.text, years, role.start, role.end, options) for role, options in roles], [], roles[-1][0].end - piece.start
        later = _LATER_NOUN.match(rest.text) if not head.group("noun") else None
        if later:
            return _named(rest, later, years, piece)
        bare = head.group("noun") and not (head.group("domain") or re.search(r"\w", head.group("adverb") or ""))
        if bare and not re.match(r"[a-z]{3,}ing\b|[A-Z]", rest.text):
            return [], [], head.end()
        found, stop = _domain(rest)
        demands, skills = _demands(found, years)
        return demands, skills, head.end() + stop
    later = _LATER_NOUN.match(rest.text)
    if later:
        return _named(rest, later, years, piece)
    if head.end() == 0 and rest.text[:1] in ",;)." or not rest.text.strip():
        return [], [], 0
    found, stop = _domain(rest)
    demands, skills = _demands(found, years)
    return demands, skills, head.end() + stop if demands else 0


def _named(rest: Piece, later: re.Match, years: float | None, piece: Piece) -> tuple[list[Demand], list, int]:
    """ "5 years of commercial diving experience": the domain stands before the noun, a role may stand after it."""
    tail = rest.sub(later.end())
    role = re.match(rf"\s*(?:(?:{_VERB})\s+)*(?:{_ROLE_PREP})\s+", tail.text, re.IGNORECASE)
    if role:
        roles = _role(tail.sub(role.end()))
        if roles:
            return [Demand(one.text, years, one.start, one.end, options) for one, options in roles], [], roles[-1][0].end - piece.start
    demands, skills = _demands(items(rest.sub(0, later.end("what"))), years)
    if demands:
        stop = _ROLE_END.search(tail.text)
        return demands, skills, tail.start - piece.start + (stop.start() if stop else len(tail.text)) if not skills else tail.start - piece.start
    found, stop = _domain(tail)
    demands, skills = _demands(found, years)
    return demands, skills, tail.start - piece.start + stop


def _before(piece: Piece, years: float) -> tuple[list[Demand], list]:
    """Reads what stands before a number of years: "worked as a nurse for 3 years", "Welding: 2 yrs"."""
    tail = _BEFORE_TAIL.search(piece.text)
    piece = piece.sub(0, tail.start() if tail else None)
    if re.search(r"(?:\band|&|\bplus|\bwith|\bhas|\bhave|;)$", piece.text, re.IGNORECASE):
        return [], []
    role = None
    for role in re.finditer(r"\b(?:as|position\s+of|role\s+of)\s+(?:an?\s+|the\s+)?", piece.text, re.IGNORECASE):
        pass
    if role and piece.text[role.end() :].strip():
        return [Demand(one.text, years, one.start, one.end, options) for one, options in _role(piece.sub(role.end()))], []
    some = re.search(rf"(?:{_NOUN}|roles?|jobs?|positions?)\s+(?:{_DOMAIN_PREP})\s+(?:an?\s+|the\s+)?", piece.text, re.IGNORECASE)
    if some:
        piece = piece.sub(some.end())
        stop = re.search(r"\s+in\s+an?\s|,|\(", piece.text)
        piece = piece.sub(0, stop.start() if stop else None)
    named = clean(piece)
    if not any(map(str.isalpha, named.text)) or len(named.text.split()) > 9:
        return [], []
    return _demands(items(named), years)


def _segments(text: str, matches: list[re.Match]) -> list[tuple[int, int]]:
    """Cuts a sentence so that each number of years has the words that belong to it."""
    bounds = [0]
    first_gap = text[matches[0].end() : matches[1].start()] if len(matches) > 1 else ""
    number_first = not re.match(r"\s*(?:[,;.)\x00]|and\b|$)", first_gap)
    for left, right in zip(matches, matches[1:], strict=False):
        gap = text[left.end() : right.start()]
        breaks = list(re.finditer(r"[,;.(\x00]\s*(?:and\s+|plus\s+)?(?!\s*in\b)|\s+(?:and|plus|with|or|als well as)\s+|\s+by\s+", gap))
        if not breaks:
            bounds.append(right.start())
        else:
            last_style = re.search(r"\bfor\s*$", gap + right.group("lead"))  # "... and a background in X for one year"
            chosen = breaks[-1] if number_first and not last_style else breaks[0]
            bounds.append(left.end() + chosen.end())
    bounds.append(len(text))
    return list(zip(bounds, bounds[1:], strict=False))


_EXPERIENCE = re.compile(_NOUN + r"|\+|\bas\s+an?\b", re.IGNORECASE)


def _demanding(text: str, match: re.Match) -> bool:
    """Whether a number of years in prose is a demand: "60 years" of a company's history is not."""
    if re.search(r"min|least|mindestens|moins|menos", match.group("lead"), re.IGNORECASE):
        return True
    near = text[match.start() : match.end() + 60]
    return bool(_EXPERIENCE.search(near) or re.search(r"experience|worked|\bspent", text[: match.start()], re.IGNORECASE))


def extract(piece: Piece, prose: bool = False) -> tuple[list[Demand], list, Piece]:
    """Takes the demands for experience out of a sentence.

    Returns (demands, further items that are skills, the sentence with the words that were used marked as taken).
    """
    matches = [match for match in _numbers(piece.text) if not prose or _demanding(piece.text, match)]
    if not matches:
        return _without_years(piece)
    demands: list[Demand] = []
    skills: list = []
    for (begin, end), match in zip(_segments(piece.text, matches), matches, strict=True):
        years = _value(match)
        after = piece.sub(match.end(), end)
        start, stop = match.start(), match.end()
        found, more = _before(piece.sub(begin, start), years) if re.match(r"\s*[,;.)]", after.text) else ([], [])
        if not found:
            found, more, used = _after(after, years)
            stop += used
            if not found:
                found, more = _before(piece.sub(begin, match.start()), years)
            else:
                begin = start
        start = begin if found else start
        if not found:
            found = [Demand(TOTAL_EXPERIENCE, years, piece.start + match.start(), piece.start + match.end())]
        span = (piece.start + start, piece.start + stop)
        demands += [one._replace(start=min(one.start, span[0] if one.start > span[0] else one.start), end=max(one.end, piece.start + match.end())) if len(found) == 1 else one for one in found]
        skills += more
        piece = piece.take(start, min(max(stop, start), len(piece.text)))
    return demands, skills, piece


def _without_years(piece: Piece) -> tuple[list[Demand], list, Piece]:
    """ "Previous experience as a barista": experience without a number."""
    match = _SOME.search(piece.text)
    if not match:
        return [], [], piece
    found, more, used = _after(piece.sub(match.end()), None)
    if not found:
        return [], [], piece
    return found, more, piece.take(match.start(), min(match.end() + used, len(piece.text)))
