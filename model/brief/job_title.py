"""The title of a job post."""

from __future__ import annotations

import re

from model.brief.job_headings import TITLE, bare_label, classify, made_of_heading_words
from model.brief.job_sections import Line

NO_TITLE = "this position"
"""The title of a post that names none."""

_ADJECTIVE = (
    r"(?:highly|very|an?|our|next|new|the|some|two|three|four|several|\d+|experienced|skilled|qualified|talented|"
    r"motivated|dedicated|passionate|enthusiastic|dynamic|driven|reliable|creative|professional|committed|"
    r"friendly|energetic|ambitious|outstanding|exceptional|great|strong|accomplished|proactive|diligent|"
    r"resourceful|detail-oriented|self-motivated|hard-working|hardworking|caring|compassionate|competent|"
    r"seasoned|full-time|part-time|permanent|temporary|temp|additional|young|proven|capable|superb|brilliant|"
    r"organised|organized|confident|and|or)"
)
_SOUGHT = re.compile(
    rf"\b(?:(?:looking|searching|search|hunting)\s+(?:for|of)|"
    rf"after(?=\s+an?\b))\s+(?:{_ADJECTIVE}[\s,]+)*(?P<a>[^,.;:!?\n(]{{3,70}})|\b(?:seeks?|seeking|hiring|"
    rf"recruiting|recruit|hires?|needs?|require|requires|"
    rf"wants?)\s+(?:{_ADJECTIVE}[\s,]+)+(?P<b>[^,.;:!?\n(]{{3,70}})|"
    r"\bhiring\s*[!:.]*\s+(?:\d+\s*x?\s+)?(?P<i>[^,.;:!?\n(]{3,50})|"
    rf"\b(?:opening|vacancy|opportunity|position|role)\s+(?:for|"
    rf"of)\s+(?:{_ADJECTIVE}[\s,]+)+(?P<c>[^,.;:!?\n(]{{3,70}})|\bas\s+(?:our|"
    rf"an?)\s+(?:new\s+)?(?P<d>[A-Z][^,.;:!?\n(]{{2,60}}),\s+you|"
    rf"^(?:{_ADJECTIVE}\s+)*(?P<e>[^,.;:!?\n(]{{3,50}}?)s?\s+(?:wanted|needed|required)\b|"
    r"\b(?:suchen)\s+(?:wir\s+)?(?:zum\s+\S+\s+\S+\s+)?(?:eine?n?\s+)(?P<f>[^,.;:!?\n(]{3,60})|\b(?:recherchons|"
    r"cherchons|recrutons)\s+(?:une?\s+)(?P<g>[^,.;:!?\n(]{3,60})|"
    r"\b(?:buscamos)\s+(?:una?\s+)?(?P<h>[^,.;:!?\n(]{3,60})",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE_END = re.compile(
    r"\s+(?:to|with|who|that|for|in|at|on|based|capable|responsible|possessing|having|able|ready|willing|within|"
    r"from|will|which|whose|is|are|join|and\s+(?:a|an|to|who)|mit|für|zur|zum|in\s+der|avec|pour|con|para|wanted|"
    r"needed|required)\b.*$|\s*[–—]\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_TITLE = re.compile(
    r"\d|\byears?\b|^(?:someone|somebody|people|person|individual|candidate|team|help|colleague|you|an? |that|us|"
    r"more|experience|skills?|knowledge)\b|^(?:be|have|has|a|an)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:job\s+title|job\s+description|position(?:\s+title)?|role|title|vacancy|job|stelle|poste|"
    r"puesto)\s*[:–-]\s*(.{2,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|welcome|join|about|are you|do you|we|our|come|if you|you)\b|[?!]$|\bis hiring\b|hiring\b|"
    r"required skills",
    re.IGNORECASE,
)


def _tidy(title: str) -> str:
    title = re.sub(r"^\W*(?:\d{1,2}[.)]\s+)?", "", title).strip(" \t#*_:-–—|.,\"'")
    title = re.sub(r"\s*\([^()A-Z]*\)$", "", re.sub(r"\s+", " ", title))
    if title[:1].islower():
        title = re.sub(rf"^(?:(?:{_ADJECTIVE})\s+)+(?=\w)", "", title, flags=re.IGNORECASE)
    return title[:90].strip(" ,-–—")


def find_title(text: str, lines: list[Line]) -> str:
    """The title from its heading, its label, a sentence that says who is sought, or a short first line."""
    for line in lines:
        if line.section == TITLE and _tidy(line.piece.text):
            return _tidy(line.piece.text)
    label = _LABEL.search(text)
    if label and _tidy(label.group(1)):
        return _tidy(label.group(1))
    first = next((raw.strip(" \t*_") for raw in text.split("\n") if any(map(str.isalnum, raw))), "")
    first = re.split(r"\s+(?:[|•·]|[-–—])\s+", first)[0]
    bare = bare_label(first)
    heading = classify(bare) and made_of_heading_words(bare)
    short = 1 <= len(bare.split()) <= 9 and first[-1:] not in ".:;," and "," not in first
    alone = text.strip() == first
    if short and not alone and not heading and not _GREETING.search(bare) and not re.match(r"[-*•\d]", first):
        wanted = re.search(r"\b(?:wanted|needed)\b", first, re.IGNORECASE)
        return _tidy(_TITLE_END.sub("", first) if wanted else first) or NO_TITLE
    for match in _SOUGHT.finditer(text):
        title = _tidy(_TITLE_END.sub("", next(group for group in match.groups() if group)))
        if title and not _NOT_TITLE.search(title) and len(title.split()) <= 7:
            return title
    return NO_TITLE
