"""Words of a text for matching: one tokeniser and one light stemmer for jobs and resumes alike.

"C++", "C#", ".NET" and "R&D" survive as one token; "Java" is never a part of "JavaScript".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_TOKEN = re.compile(r"\.net\b|[^\W_]+\.js\b|[^\W_]+(?:&[^\W_]+)*(?:\+\+|\+(?!\w)|#)?", re.IGNORECASE)

# Names so short that case and neighbours decide whether they are meant.
AMBIGUOUS = frozenset(
    """r c go d ad ap ar er ot pr ai ml dl ts bi ui ux it qa qc als gl pos sen send rest rails word access swift rust
    spark sage epic lean excel teams pals torch elk sap hr sass puppet slack outlook zoom notion flask express
    spring elixir julia dart unity maya blender sketch canvas clio toast opera sabre pa np cam ems sox wan
    mot""".split()
)

STOP = frozenset("""
a an and or the of in to for with on at by from as is are be been was were will would can could may might must have
has had we you your our their they he she i its this that these those who which what where when than then skill
skills ability abilities able knowledge experience experienced expertise proficiency proficient strong excellent
good great proven solid understanding familiarity familiar competent competency competence capable demonstrated
effective effectively exceptional outstanding level years year using use including etc various other well very
related relevant required requirement minimum least preferred plus within
""".split())


@dataclass(frozen=True)
class Token:
    """A word: `norm` lower case without accents, `stem` and `root` of it, `raw` as written, with its place."""

    raw: str
    norm: str
    stem: str
    root: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Tokens of a text in order, with character offsets."""
    return [Token(m.group(), *_forms(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=200_000)
def _forms(raw: str) -> tuple[str, str, str]:
    norm = unicodedata.normalize("NFKD", raw).casefold()
    norm = "".join(c for c in norm if not unicodedata.combining(c))
    return norm, stem(norm), root(norm)


_VERBS_OF_NOUNS = ("ization", "izing", "ized", "ize", "ising", "ised", "ise")
_ENDINGS = ("ingly", "ing", "edly", "ed", "ly", "ment", "ation", "or", "er")


def stem(word: str) -> str:
    """A light English stem: plurals, -ing, -ed, -ly and British spelling fall together ("modelling", "models")."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = word.replace("isation", "ization").replace("our", "or") if len(word) > 5 else word
    if word.endswith("s"):
        for ending, put in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
            if word.endswith(ending):
                word = word[: -len(ending)] + put
                break
        else:
            word = word if word.endswith(("ss", "us", "is")) else word[:-1]
    if word.endswith(_VERBS_OF_NOUNS):
        for ending in _VERBS_OF_NOUNS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
    if word.endswith(_ENDINGS) and not word.endswith("eer"):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    if word.endswith("ll") and len(word) > 4:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


_SNOWBALL = snowballstemmer.stemmer("english")
_SAME_ROOT = {
    "analysi": "analyz", "analyt": "analyz", "analyst": "analyz", "supervisor": "supervis", "accuraci": "accur",
    "strategi": "strateg", "empathi": "empath", "empathet": "empath", "mainten": "maintain", "diagnosi": "diagnos",
    "diagnost": "diagnos", "compassion": "compass", "instructor": "instruct"}


def root(norm: str) -> str:
    """The root that a family of words shares ("analysis", "analytical"), by Porter's second algorithm.

    Rougher than `stem`, so that a match by root is worth less than one by stem.
    """
    found = _SNOWBALL.stemWord(norm) if norm.isalpha() else norm
    return _SAME_ROOT.get(found, found)


def content(toks: list[Token]) -> list[Token]:
    """The tokens that carry meaning; all of them where every one is a stop word."""
    kept = [t for t in toks if t.norm not in STOP]
    return kept or toks
