"""Whether the letters drawn are the letters that a font says they are, by how far they reach above and below the line.

A font's own table (ToUnicode) can turn what is drawn as "lorem" into any other word. A letter without a descender that
is drawn below its baseline, or one of the x-height that towers over it, gives such a font away. Small capitals pass.
"""

from __future__ import annotations

from statistics import median

from model.documents.pdf_words import Char

STRANGE = "letters drawn unlike the text they stand for"
LOW = frozenset("acemnorsuvwxz")
MIN_LETTERS = 12  # of a font, to judge it by; fonts of fewer are judged together
FEW_LETTERS = 3
MIN_STRANGE = 0.2  # of a font's small letters
BELOW = 0.12  # of the size, beneath the baseline


def strange_fonts(chars: list[Char]) -> set[int]:
    """Fonts whose small letters have not the shapes of those letters."""
    fonts: dict[int, list[Char]] = {}
    for char in chars:
        if char.rise and char.text in LOW:
            fonts.setdefault(char.font, []).append(char)
    found = {f for f, letters in fonts.items() if len(letters) >= MIN_LETTERS and _is_strange(letters)}
    rare = {f: letters for f, letters in fonts.items() if FEW_LETTERS <= len(letters) < MIN_LETTERS}
    total = sum(map(len, rare.values()))
    if total >= MIN_LETTERS and sum(map(_strange, rare.values())) > MIN_STRANGE * total:
        found |= {font for font, letters in rare.items() if _is_strange(letters)}
    return found


def _is_strange(letters: list[Char]) -> bool:
    return _strange(letters) > MIN_STRANGE * len(letters)


def _strange(letters: list[Char]) -> int:
    usual = median(c.rise[0] for c in letters)
    return sum(c.rise[1] > BELOW or not 0.72 * usual < c.rise[0] < 1.3 * usual for c in letters)
