"""How well a phrase is covered by a piece of text, word by word: exactly, through an alias, or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from model.brief.lexicon import aliases
from model.brief.text import AMBIGUOUS, Token, content, tokens

EXACT, SCATTERED, ALIAS = 1.0, 0.9, 0.95


@dataclass(frozen=True)
class Match:
    """`strength` in [0, 1] and the span (character offsets in the searched text) of the words that matched."""

    strength: float
    start: int
    end: int
    how: str


@dataclass(frozen=True)
class _Phrase:
    text: str
    words: tuple[Token, ...]
    stems: tuple[str, ...]
    ambiguous: bool


@lru_cache(maxsize=50_000)
def _phrase(text: str) -> _Phrase:
    words = tuple(content(tokens(text)))
    ambiguous = len(words) == 1 and words[0].norm in AMBIGUOUS
    return _Phrase(text, words, tuple(w.stem for w in words), ambiguous)


@lru_cache(maxsize=50_000)
def _names(text: str) -> tuple[tuple[_Phrase, float, str], ...]:
    names = [(_phrase(text), EXACT, "exact"), *((_phrase(alias), ALIAS, "alias") for alias in aliases(text))]
    words = text.split()
    for size in range(len(words) - 1, len(words) // 2 - 1, -1):  # "adult critical care": "adult ICU" says most of it
        parts = [" ".join(words[at:at + size]) for at in range(len(words) - size + 1)]
        known = [alias for part in parts if size for alias in aliases(part)]
        if len(names) == 1 and known:
            names += [(_phrase(alias), ALIAS * size / len(words), "alias") for alias in known]
    return tuple(names)


def match(phrase: str, words: Sequence[Token], stems: frozenset[str] | None = None) -> Match | None:
    """The best match of `phrase` or one of its aliases in the tokens of a text; None where no word is shared.

    `stems` are those of `words`, where the caller has them already.
    """
    best: Match | None = None
    stems = frozenset(w.stem for w in words) if stems is None else stems
    for name, full, how in _names(phrase):
        if stems.isdisjoint(name.stems):
            continue
        found = _match_one(name, words, full, how)
        if found and (best is None or found.strength > best.strength):
            best = found
        if best and best.strength == EXACT:
            break
    return best


def _match_one(name: _Phrase, words: Sequence[Token], full: float, how: str) -> Match | None:
    wanted = name.stems
    if not wanted:
        return None
    if len(wanted) == 1:
        for i, word in enumerate(words):
            if word.stem == wanted[0] and (not name.ambiguous or _meant(name.words[0], words, i)):
                return Match(full, word.start, word.end, how)
        return None
    places = [i for i, w in enumerate(words) if w.stem in wanted]
    if not places:
        return None
    need = set(wanted)
    best: tuple[int, int, int] | None = None  # (stems found, -width, first index)
    for first in places:
        last, seen = first, set()
        for i in places:
            if first <= i <= first + 2 * len(wanted) + 2 and words[i].stem not in seen:
                seen.add(words[i].stem)
                last = i
        candidate = (len(seen), first - last, first)
        if best is None or candidate[:2] > best[:2]:
            best = candidate
    count, width, first = best
    last = first - width
    span = words[first].start, words[last].end
    if count == len(need):
        tight = last - first + 1 <= len(wanted) + 1
        return Match(full if tight else min(full, SCATTERED), *span, how)
    if how == "alias":
        return None
    return Match(0.6 * count / len(need), *span, "part")


def _meant(wanted: Token, words: Sequence[Token], at: int) -> bool:
    """Whether a short name such as R, Go or Excel is meant here: it must be written with its own capitals."""
    word = words[at]
    capital = wanted.raw if wanted.raw != wanted.norm else wanted.raw.capitalize()
    return word.raw in (capital, wanted.raw.upper()) and (len(word.raw) > 1 or word.raw.isupper())
