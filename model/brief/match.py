"""How well a phrase is covered by a piece of text, word by word: exactly, through an alias, or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from model.brief.lexicon import aliases
from model.brief.text import AMBIGUOUS, Token, content, tokens

EXACT, SCATTERED, ALIAS = 1.0, 0.9, 0.95
ROOT = 0.9  # the same word family: "analysis" where "analytical" is written
NAME = 0.9  # a name alone where the job adds what kind of thing it is: "Spring" for "Spring framework"
KIND_WORDS = frozenset(
    "framework platform environment software tool toolset technology technologies system suite application program "
    "package methodology methodologies principle concept standard protocol language library libraries technique "
    "practice fundamental basic ecosystem stack".split()
)


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
    roots: tuple[str, ...]
    ambiguous: bool


@lru_cache(maxsize=50_000)
def _phrase(text: str) -> _Phrase:
    words = tuple(content(tokens(text)))
    ambiguous = len(words) == 1 and words[0].norm in AMBIGUOUS
    return _Phrase(text, words, tuple(w.stem for w in words), tuple(w.root for w in words), ambiguous)


@lru_cache(maxsize=50_000)
def _names(text: str) -> tuple[tuple[_Phrase, float, str], ...]:
    names = [(_phrase(text), EXACT, "exact"), *((_phrase(alias), ALIAS, "alias") for alias in aliases(text))]
    words = text.split()
    for size in range(len(words) - 1, len(words) // 2 - 1, -1):  # "adult critical care": "adult ICU" says most of it
        parts = [" ".join(words[at:at + size]) for at in range(len(words) - size + 1)]
        known = [alias for part in parts if size for alias in aliases(part)]
        if len(names) == 1 and known:
            names += [(_phrase(alias), ALIAS * size / len(words), "alias") for alias in known]
    bare = _without_kind(names[0][0])
    if bare:
        names.append((_phrase(bare), NAME, "alias"))
    return tuple(names)


def _without_kind(phrase: _Phrase) -> str:
    """"Spring" of "Spring framework", "lean manufacturing" of "lean manufacturing principles"; empty where what is left
    is no name of its own."""
    words = list(phrase.words)
    while words and {words[-1].norm, words[-1].norm.removesuffix("s")} & KIND_WORDS:
        words.pop()
    if not words or len(words) == len(phrase.words):
        return ""
    rest = phrase.text[words[0].start:words[-1].end]
    known = words[0].norm in AMBIGUOUS or not rest[1:].islower() or rest[0].isupper() and aliases(rest)
    return rest if (known or len(words) > 1) and rest.count("(") == rest.count(")") else ""


def match(phrase: str, words: Sequence[Token], forms: frozenset[str] | None = None) -> Match | None:
    """The best match of `phrase` or one of its aliases in the tokens of a text; None where no word is shared.

    `forms` are the stems and roots of `words`, where the caller has them already.
    """
    best: Match | None = None
    forms = forms_of(words) if forms is None else forms
    for name, full, how in _names(phrase):
        if not forms.isdisjoint(name.stems):
            best = _better(best, _match_one(name, name.stems, [w.stem for w in words], words, full, how))
        if (best is None or best.strength < ROOT) and not name.ambiguous and not forms.isdisjoint(name.roots):
            best = _better(best, _match_one(name, name.roots, [w.root for w in words], words, min(full, ROOT),
                                            "alias"))
        if best and best.strength == EXACT:
            break
    return best


def forms_of(words: Sequence[Token]) -> frozenset[str]:
    """Stems and roots of some words: a phrase that shares none of them cannot match."""
    return frozenset(form for word in words for form in (word.stem, word.root))


def _better(best: Match | None, found: Match | None) -> Match | None:
    return found if found and (best is None or found.strength > best.strength) else best


def _match_one(name: _Phrase, wanted: tuple[str, ...], forms: Sequence[str], words: Sequence[Token], full: float,
               how: str) -> Match | None:
    """The best place of the `wanted` forms among those of `words`, `full` being the strength of finding all."""
    if not wanted:
        return None
    if len(wanted) == 1:
        for i, word in enumerate(words):
            if forms[i] == wanted[0] and (not name.ambiguous or _meant(name.words[0], words, i)):
                return Match(full, word.start, word.end, how)
        return None
    places = [i for i, form in enumerate(forms) if form in wanted]
    if not places:
        return None
    need = set(wanted)
    best: tuple[int, int, int] | None = None  # (forms found, -width, first index)
    for first in places:
        last, seen = first, set()
        for i in places:
            if first <= i <= first + 2 * len(wanted) + 2 and forms[i] not in seen:
                seen.add(forms[i])
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
