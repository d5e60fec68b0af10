"""A job text, normalised without moving a character, so that every place in it stays a place in the original."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

TAKEN = "\x00"
"""Stands for a character that a rule has already used; the splitter sees it as a separator."""

_CHARACTERS = {
    **{chr(code): " " for code in range(32) if chr(code) != "\n"},
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f", " "),
    **dict.fromkeys("\u2018\u2019\u201b\u00b4\u02bc\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"),
    "\uff1a": ":",
    "\uff0c": ",",
    "\u3001": ",",
    "\uff1b": ";",
    "\uff0f": "/",
    "\uff08": "(",
    "\uff09": ")",
    "\u3002": ".",
    "`": " ",
}
_TABLE = str.maketrans(_CHARACTERS)
_BLOCK_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|tr|table|section|hr)\b[^<>\n]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_ENTITY = re.compile(r"&(amp|nbsp|lt|gt|quot|rsquo|#39|bull);")
_ENTITIES = {"amp": "&", "nbsp": " ", "lt": "<", "gt": ">", "quot": '"', "rsquo": "'", "#39": "'", "bull": "•"}
_LINK = re.compile(
    r"\]\([^()\s]{1,300}\)|https?://[^\s)\]]{1,300}|www\.[^\s)\]]{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
)
_GENDER_TAG = re.compile(
    r"\(\s*(?:[mfwdxhi]|gn|all genders?)(?:\s*[/|,*]\s*(?:[mfwdxhi]|gn|divers))+\s*\)", re.IGNORECASE
)


class Piece(NamedTuple):
    """A slice of the normalised text: `text`, and where it starts in the job."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def sub(self, start: int, end: int | None = None) -> Piece:
        """The slice `[start:end]` of this piece (positions as in Python slices, not negative)."""
        return Piece(self.text[start:end], self.start + start)

    def strip(self, characters: str | None = None) -> Piece:
        """Without white space (or `characters`) at both ends; the place moves along."""
        bare = self.text.strip(characters)
        if len(bare) == len(self.text):
            return self
        return Piece(bare, self.start + len(self.text) - len(self.text.lstrip(characters)))

    def take(self, start: int, end: int) -> Piece:
        """The same piece with `[start:end]` marked as used."""
        return Piece(self.text[:start] + TAKEN * (end - start) + self.text[end:], self.start)


_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=512)
def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case: a cheap test whether a costly pattern can match at all."""
    return frozenset(_WORD.findall(text.lower()))


def _blank(match: re.Match) -> str:
    return " " * len(match.group())


def _entity(match: re.Match) -> str:
    return _ENTITIES[match.group(1)].ljust(len(match.group()))


_COLUMN = re.compile(r"(?<=\S) *\t[ \t]*(?=\S)")


def normalise(text: str) -> str:
    """`text` with plain quotes, hyphens, spaces and line ends, without markup, links and gender tags; same length."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    if "\t" in plain:
        plain = _COLUMN.sub(lambda match: "|".center(len(match.group())), plain)
    plain = plain.translate(_TABLE)
    if "<" in plain:
        plain = _BLOCK_TAG.sub(lambda match: "\n" + " " * (len(match.group()) - 1), plain)
        plain = _TAG.sub(_blank, plain)
    if "&" in plain:
        plain = _ENTITY.sub(_entity, plain)
    if "](" in plain or "http" in plain or "www." in plain or "@" in plain:
        plain = _LINK.sub(_blank, plain)
    return _GENDER_TAG.sub(_blank, plain)


_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|incl|approx|min|max|yrs?|vs|no|st|dr|mr|ms|mrs|sr|jr|inc|ltd|co|dept|ca|bzw|z\.b|u\.a|"
    r"mind|inkl|ggf|ej|p\.ex|ing|dipl|mos|exp|est|ph|b|m|rer|nat)|\b[A-Za-z]|\.[A-Za-z])\.$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.!?]+[\"')\]]*\s+(?=[\"'(\[]?[^\Wa-z_]|\d|[$£€]|[\"'(]\w)|;\s+|(?<=[a-z]{3})[.!?](?=(?:The|We|You|Your|This|"
    r"Must|Our|It|In|An|Strong|Experience|Ability|Knowledge|Excellent) )|\s+[•●▪·]\s+"
)


def sentences(piece: Piece) -> list[Piece]:
    """The sentences of a piece; also split at semicolons and at bullets within a line."""
    found, begin = [], 0
    for match in _STOP.finditer(piece.text):
        stop = match.start() + 1
        if piece.text[match.start()] == "." and _ABBREVIATION.search(piece.text[max(0, stop - 12) : stop]):
            if not re.match(r"etc|yrs?", piece.text[max(0, stop - 4) : stop].strip(" ."), re.IGNORECASE):
                continue
        found.append(piece.sub(begin, match.start()))
        begin = match.end()
    found.append(piece.sub(begin))
    return [part for part in (one.strip() for one in found) if any(map(str.isalnum, part.text))]
