"""Skills that a prose post names by their own names: "at home in PostgreSQL", "we run on AWS, so you need ...".

Only names that the lexicon knows and that are written as names (a capital, a digit or a sign) count, and only in
sentences that ask for something; lists need no such help.
"""

from __future__ import annotations

import re

from model.brief.lexicon import is_known
from model.brief.text import tokens
from model.schema import Requirement

_ASKS = re.compile(r"\b(?:must|need(?:s|ed)?|require[sd]?|we want|looking for|knows?|at home in|proficien\w+|familiar|"
                   r"skilled|nice to have|bonus)\b", re.I)
_NICE = re.compile(r"\b(?:nice to have|bonus|a plus|advantage|ideally|preferabl[ey])\b", re.I)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")
_NAME = re.compile(r"[A-Z].*[a-z]?|.*[+#0-9].*|\.[a-z].*")
LONGEST = 3  # words of a name


def tools_in(text: str) -> list[Requirement]:
    """Known names in sentences that ask for something, each once."""
    found: dict[str, Requirement] = {}
    for sentence in _SENTENCE.finditer(text):
        if not _ASKS.search(sentence.group()):
            continue
        words = tokens(sentence.group())
        at = 0
        while at < len(words):
            size = next((n for n in range(LONGEST, 0, -1) if _is_tool(sentence.group(), words[at:at + n], n, at)), 0)
            if size:
                start, end = words[at].start, words[at + size - 1].end
                name = sentence.group()[start:end]
                begin = sentence.start() + start
                found.setdefault(name.casefold(), Requirement(
                    name, "skill", must=not _NICE.search(sentence.group()), start=begin, end=begin + end - start))
            at += size or 1
    return list(found.values())


def _is_tool(sentence: str, words: list, size: int, at: int) -> bool:
    if len(words) < size or (at == 0 and size == 1):  # the first word of a sentence has its capital anyway
        return False
    name = sentence[words[0].start:words[-1].end]
    return bool(_NAME.fullmatch(words[0].raw)) and "\n" not in name and is_known(name)
