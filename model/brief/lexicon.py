"""What code knows about words: names that mean the same (aliases.txt) and sentences that show a soft skill
(soft_skills.txt)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from model.brief.text import content, tokens

FILE = Path(__file__).with_name("aliases.txt")
SOFT_FILE = Path(__file__).with_name("soft_skills.txt")


@lru_cache(maxsize=1)
def _groups() -> dict[tuple[str, ...], tuple[str, ...]]:
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            same, _, instances = line.partition(" > ")
            names = tuple(name.strip() for name in same.split(" | "))
            evidence = names + tuple(name.strip() for name in instances.split(" | ") if name)
            for name in names:
                key = phrase_key(name)
                groups[key] = tuple(dict.fromkeys(groups.get(key, ()) + evidence))
    return groups


@lru_cache(maxsize=50_000)
def phrase_key(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase, by which names are compared."""
    return tuple(t.stem for t in tokens(phrase))


def aliases(phrase: str) -> tuple[str, ...]:
    """Other names and instances of `phrase`; empty where none is known."""
    key = phrase_key(phrase)
    return tuple(name for name in _groups().get(key, ()) if phrase_key(name) != key)


@lru_cache(maxsize=1)
def _shown() -> dict[tuple[str, ...], tuple[str, ...]]:
    table = {}
    for line in SOFT_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            names, _, sentences = line.partition(" = ")
            for name in names.split(" | "):
                table[phrase_key(name)] = tuple(sentences.split(" | "))
    return table


def prototypes(phrase: str) -> tuple[str, ...]:
    """Sentences that typically show the soft skill `phrase`; empty for anything else."""
    return _shown().get(tuple(t.stem for t in content(tokens(phrase))), _shown().get(phrase_key(phrase), ()))
