"""Names that mean the same ("k8s" and "Kubernetes"), from aliases.txt."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from model.brief.text import tokens

FILE = Path(__file__).with_name("aliases.txt")


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
