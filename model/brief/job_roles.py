"""The name of a role after "as a": where it ends, and whether it is several."""

from __future__ import annotations

import re

from model.brief.job_experience_words import ROLE_END, ROLE_PLACE
from model.brief.job_praise import says_nothing_alone
from model.brief.job_text import Piece
from model.brief.titles import is_title_word

_ROLE_ARTICLE = re.compile(r"(?:(?:an?|the|experienced|qualified|professional)\s+)*", re.IGNORECASE)
_AGENT = re.compile(
    r"(?:er|or|ist|ian|ant|ent|eer|ess|man|men|woman|clerk|nurse|chef|cook|pilot|lead|head|analyst|guide|judge|"
    r"coach|aide|host|officer|mason|tutor|therap\w+|technician|mechanic|smith|representative|assistant|attendant|"
    r"specialist|scientist|agent|worker)s?$",
    re.IGNORECASE,
)


def find_roles(piece: Piece) -> list[tuple[Piece, tuple[str, ...]]]:
    """The role or roles named after "as a"."""
    parts = re.split(r"(\s+and\s+as\s+(?:an?\s+)?)", piece.text)
    if len(parts) > 1:
        found, position = [], 0
        for part in parts:
            if not re.match(r"\s+and\s+as\s", part):
                found += find_roles(piece.sub(position, position + len(part)))
            position += len(part)
        return found
    piece = piece.sub(len(piece.text) - len(piece.text.lstrip(" '\"")))
    end = ROLE_END.search(piece.text)
    role = piece.sub(0, end.start() if end else None)
    role = _comma(role).strip(" \t.,;:!?*_\"'~|-–—\x00")
    role = role.sub(0, len(re.sub(r"\s+(?:and|or|&)$", "", role.text)))
    role = role.sub(0, without_place(role.text)).strip()
    role = role.sub(_ROLE_ARTICLE.match(role.text).end())
    role = role.sub(0, _without_quality(role.text))
    words = list(re.finditer(r"\S+", role.text))
    if len(words) > 14:
        role = role.sub(0, words[13].end())
    options: tuple[str, ...] = ()
    if " or " in role.text and len(words) <= 8:
        options = tuple(filter(None, re.split(r",?\s+or\s+|,\s+", role.text)))
    return [(role, options if len(options) > 1 else ())] if any(map(str.isalpha, role.text)) else []


def _without_quality(text: str) -> int:
    """Where a lone adjective after a title begins ("surveyors adventurous"), else the length of the text."""
    head, _, last = text.rpartition(" ")
    trails = last.islower() and says_nothing_alone(last) and is_title_word(head.split(" ")[-1].lower())
    return len(head) if trails else len(text)


def _comma(role: Piece) -> Piece:
    """Cuts a role at a comma unless what follows are roles too ("waiter, porter, cleaner")."""
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


def without_place(text: str) -> int:
    """Where "... role" or "... position" begins at the end of a role's name."""
    match = ROLE_PLACE.search(text)
    return match.start() if match else len(text)
