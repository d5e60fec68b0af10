"""Whether the letters drawn are the letters that a font says they are, by how far they reach above and below the line.

A font's own table (ToUnicode) can turn what is drawn as "lorem" into any other word. A letter without a descender that
is drawn below its baseline, or one of the x-height that towers over it, gives such a font away. Small capitals pass.
"""

from __future__ import annotations

from statistics import median

from model.documents.pdf_words import Char

STRANGE = "letters drawn unlike the text they stand for"
LOW = frozenset("acemnorsuvwxz")
MIN_LETTERS = 12  # of a font, to judge it by
MIN_STRANGE = 0.2  # of a font's small letters
BELOW = 0.12  # of the size, beneath the baseline


def strange_fonts(chars: list[Char]) -> set[int]:
    """Fonts whose small letters have not the shapes of those letters."""
    fonts: dict[int, list[Char]] = {}
    for char in chars:
        if char.rise and char.text in LOW:
            fonts.setdefault(char.font, []).append(char)
    return {font for font, letters in fonts.items() if len(letters) >= MIN_LETTERS and _is_strange(letters)}


def _is_strange(letters: list[Char]) -> bool:
    usual = median(c.rise[0] for c in letters)
    strange = sum(c.rise[1] > BELOW or not 0.72 * usual < c.rise[0] < 1.3 * usual for c in letters)
    return strange > MIN_STRANGE * len(letters)
