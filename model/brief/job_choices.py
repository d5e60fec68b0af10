"""Alternatives and examples within a phrase: "(AWS or GCP)", "such as Salesforce", "Java/Kotlin"."""

from __future__ import annotations

import re

from model.brief.job_text import Piece
from model.brief.job_words import EMPTY, SLASH_TERMS
from model.brief.phrases import STRIP, clean, tool_like

_EXAMPLES = re.compile(
    r"\s*[,(]?\s*\b(?:such\s+as|e\.g\.?,?|eg\b|for\s+example,?|for\s+instance,?|like(?=\s+[A-Z])|"
    r"including(?:\s+but\s+not\s+limited\s+to)?:?|incl\.|z\.\s?B\.|wie\s+z\.\s?B\.|namely|i\.e\.,?|par\s+exemple|"
    r"por\s+ejemplo|tel(?:le)?s?\s+que)\s+",
    re.IGNORECASE,
)


_GRADE = re.compile(r"(?:level|grade|class|stage|part|min|max|code|ref)\b|[\W\d]*$", re.IGNORECASE)


def take_parenthesis(piece: Piece) -> tuple[Piece, tuple[str, ...]]:
    """Takes "(...)" off a phrase: "cloud platforms (AWS or GCP)" -> the phrase and its examples or acronym."""
    match = re.search(r"\s*\(([^()]*)\)", piece.text)
    if not match:
        return piece, ()
    inner = match.group(1).strip()
    head = piece.sub(0, match.start())
    rest = piece.text[match.end() :].strip(STRIP)
    if not head.text.strip():
        return Piece(inner, piece.start + match.start(1)), ()
    if rest and len(rest.split()) <= 3:
        return Piece(piece.text, piece.start), ()
    names = [name.strip(STRIP) for name in re.split(r",|/|;|\bor\b|\band\b|&", _EXAMPLES.sub(" ", " " + inner))]
    names = [name for name in names if name]
    if names and all(len(name.split()) <= 3 and tool_like(name) and not _GRADE.match(name) for name in names):
        return head, tuple(names)
    return head, ()


def take_examples(piece: Piece) -> tuple[Piece, tuple[str, ...]]:
    """Takes "such as X, Y or Z" off a phrase."""
    match = _EXAMPLES.search(piece.text)
    if not match:
        return piece, ()
    parts = re.split(r",|;|\s/\s|\bor\b|\band\b|&|\)", piece.text[match.end() :])
    names = [clean(Piece(part, 0)).text for part in parts]
    return piece.sub(0, match.start()), tuple(name for name in names if _is_example(name))


def _is_example(name: str) -> bool:
    """Whether a word after "such as" or "including" can stand for the thing itself: only a name can."""
    return bool(name) and len(name.split()) <= 4 and name.lower() not in EMPTY and tool_like(name)


def slash_choice(text: str) -> tuple[str, ...]:
    """The alternatives in "AWS/Azure/GCP", none in "CI/CD"."""
    if "/" not in text or " " in text or any(term in text.lower() for term in SLASH_TERMS):
        return ()
    parts = [part for part in text.split("/") if part]
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 or part in "RC" for part in parts) else ()


def join_choice(names: tuple[str, ...]) -> str:
    """Writes alternatives out: ("A", "B", "C") -> "A, B or C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


_NEXT_NAME = re.compile(r"\s*(?:,\s*(?:and|or)?|;|\band\b|\bor\b|&|\s/\s|$)\s*")


def inside(text: str, position: int) -> bool:
    """Whether a position lies within parentheses."""
    return text.count("(", 0, position) > text.count(")", 0, position)


def protect_examples(piece: Piece) -> list[tuple[Piece, tuple[str, ...]]]:
    """Cuts "X such as A, B and C, strong D" so that A, B and C stay with X: [(X, (A, B, C)), (strong D, ())]."""
    match = _EXAMPLES.search(piece.text)
    if not match or inside(piece.text, match.start()) or match.group().lstrip(" ,").startswith("("):
        return [(piece, ())]
    names: list[str] = []
    position, text = match.end(), piece.text
    while position < len(text):
        stop = _NEXT_NAME.search(text, position)
        name = text[position : stop.start()]
        bare = clean(Piece(name, 0)).text
        filler = len(name.split()) > len(bare.split()) + 1
        if not bare or filler or len(bare.split()) > 4 or (names and tool_like(names[0]) and not tool_like(bare)):
            break
        if _is_example(bare):
            names.append(bare)
        position = stop.end() if stop.end() > position else len(text)
    if position == match.end():
        return [(piece, ())]
    found = [(piece.sub(0, match.start()), tuple(names))]
    return found + (protect_examples(piece.sub(position)) if position < len(text) else [])
