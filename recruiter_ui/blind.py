"""Blind mode: identity out of what is shown, by the same redaction that the model's own input goes through."""

from __future__ import annotations

from collections.abc import Callable

from model.brief.redact import identity, redact
from model.schema import Document


def redactor(document: Document | None, blind: bool) -> Callable[[str], str]:
    """A function that takes names, contacts and personal facts out of any piece of `document`; not blind, none."""
    if not blind or document is None:
        return str
    who = identity(document.text)
    return lambda piece: redact(piece, who)
