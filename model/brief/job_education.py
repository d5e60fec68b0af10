"""Degrees that a sentence of a job post asks for, with their field of study and what may stand in for them."""

from __future__ import annotations

import re

from model.brief.education import degree_mentions
from model.brief.job_text import TAKEN, Piece
from model.schema import Requirement

# Degrees of others: "supervise PhD students", "high school teacher".
_OF_OTHERS = re.compile(
    r"[\s-]*(?:level\s+)?(?:students?|pupils|teachers?|teaching|classes|courses|curriculum|candidates|children|"
    r"learners)\b",
    re.IGNORECASE,
)
_OF_A_ROLE = re.compile(r"\b(?:to|at)\s+$|\bas\s+an?\s+[^,.;]{0,40}$", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(?:\s+or\s+(?:higher|above|better))?\s*(?:degree|qualification|diploma|level)?\s*(?:\s+or\s+(?:higher|"
    r"above))?\s*(?:\((?:hons|honours)\)\s*)?(?:,\s*(?=[A-Z]))?(?P<in>(?:in|of|en|im|der|als|zum|zur)\s+)?",
    re.IGNORECASE,
)
_FIELD_END = re.compile(
    r"\s*[;.(\x00]|\s+(?:with|plus|from|and\s+(?:at\s+least|a\b|an\b|minimum|\d|strong|good|proven|excellent|"
    r"experience|knowledge|must|be\b|two|three|four|five|one)|or\s+(?:an?\s+)?(?:equivalent|similar|comparable|"
    r"commensurate|relevant|\d|\w+\s+years)|is|are|required|preferred|who|as\s+well|combined|along)\b|"
    r",\s*(?:with|plus|and\s+(?:at|a|an|\d|strong|minimum|experience|knowledge)|at\s+least|minimum|\d|"
    r"or\s+(?:an?\s+)?equivalent)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"[^;.\x00]{0,90}?,?\s*(?:or|and)\s+(?:in\s+)?(?:an?\s+|other\s+)?(?:closely\s+)?(?:related|similar|relevant|"
    r"equivalent|comparable|other|another|any\s+other)\s+(?:\w+\s+)?(?:fields?|disciplines?|subjects?|areas?|"
    r"majors?|degrees?|programs?)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[\s,(]*(?:and\s*/?\s*)?or\s+(?:an?\s+)?(?:(?:equivalent|commensurate|comparable|relevant|similar|proven|"
    r"demonstrable|extensive|equal|significant)\s+)+(?:combination\s+of\s+)?(?:(?:professional|practical|work|"
    r"working|industry|relevant|job|life|military|education|training|related|technical|hands-on|on-the-job|field|"
    r"trade|in|and|/|,|of)\s*)*\s*experience\b|[\s,(]*or\s+(?:the\s+)?experience\s+(?:to\s+match|equivalent|"
    r"in\s+lieu)|[\s,(]*or\s+(?:at\s+least\s+)?\w+\+?\s+years['’]?\s+(?:of\s+)?(?:\w+\s+){0,3}?experience|"
    r"[\s,(]*or\s+qualified\s+by\s+experience|[\s,(]*oder\s+(?:eine\s+)?vergleichbare\s+\w+",
    re.IGNORECASE,
)


_OR = re.compile(
    rf"[\s,(/{TAKEN}]*(?:or|and/or|oder|ou|o|/)?(?:\s+an?)?\s*(?:relevant\s+|university\s+)?", re.IGNORECASE
)
# "BTS comptabilité", "BSc Nursing": a field without a preposition.
_SHORT_FORM = re.compile(r"[BM]\.?(?:Sc|Eng|Ed|Com|Tech|Arch)\.?")
_FIELD_NEXT = re.compile(
    r"\s+(?!(?:or|and|with|plus|from|required|preferred|degree|level|is|oder|ou|und|et)\b)[^\W\d_]", re.IGNORECASE
)
_OR_RELATED = re.compile(
    r",?\s*(?:or|and)\s+(?:in\s+)?(?:an?\s+|other\s+)?(?:closely\s+)?(?:related|similar|relevant|equivalent|"
    r"comparable|any\s+other|another|other)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_OR_HIGHER = re.compile(r"(?:\s+(?:degree|level))?(?:\s+or\s+(?:higher|above))?")


def take_education(piece: Piece, must: bool) -> tuple[list[Requirement], Piece]:
    """Takes degrees and diplomas out of a sentence; neighbours joined by "or" become one, at the least level."""
    found: list[Requirement] = []
    mentions = [mention for mention in degree_mentions(piece.text) if not _OF_OTHERS.match(piece.text, mention.end)]
    mentions = [mention for mention in mentions if not _OF_A_ROLE.search(piece.text[: mention.start])]
    index = 0
    while index < len(mentions):
        last = index
        levels = [mentions[index].level]
        while last + 1 < len(mentions):
            if not _OR.fullmatch(piece.text, mentions[last].end, mentions[last + 1].start):
                break
            last += 1
            levels.append(mentions[last].level)
        start, end = mentions[index].start, mentions[last].end
        text, end = _field(piece.text, start, end)
        aside = re.compile(r"\s*\([^)]*\)").match(piece.text, end)
        instead = _INSTEAD.match(piece.text, end) or (aside and _INSTEAD.match(piece.text, aside.end()))
        stop = instead.end() if instead else end
        place = piece.start + start, piece.start + end
        found.append(Requirement(text, "education", must and not instead, None, (), min(levels), 1.0, *place))
        piece = piece.take(start, stop)
        index = last + 1
        while index < len(mentions) and mentions[index].start < stop:
            index += 1
    return found, piece


def _field(text: str, start: int, end: int) -> tuple[str, int]:
    """The phrase of a degree with its field of study, and where it ends in the sentence."""
    head = _FIELD.match(text, end)
    name = text[start:end]
    bare = (name.isupper() or _SHORT_FORM.fullmatch(name)) and _FIELD_NEXT.match(text, end)
    if head.group("in") or bare or re.search(r"\b(?:in|of|en)(?:\s+\w+)?$", name, re.IGNORECASE):
        begin = head.end() if head.group("in") else end
        stop = _FIELD_END.search(text, begin)
        limit = stop.start() if stop else len(text)
        related = _RELATED.match(text, begin)
        end = max(limit, related.end()) if related else _list_end(text, begin, limit)
        phrase = text[start : min(limit, end, related.end() if related else limit)]
    else:
        end = _OR_HIGHER.match(text, end).end()
        phrase = text[start:end]
    words = _OR_RELATED.sub("", phrase).strip(" ,.;:(-").split()
    return " ".join(words[:10]), end


def _list_end(text: str, begin: int, end: int) -> int:
    """Ends a field of study at a comma unless a list of fields follows ("in biology, chemistry or physics")."""
    comma = text.find(",", begin, end)
    if comma < 0 or re.search(r"\bor\b", text[comma:end]):
        return end
    return comma
