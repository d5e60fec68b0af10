"""Compares the requirements read from a post with the expected ones of `job_posts`."""

from __future__ import annotations

import re
from typing import NamedTuple

from model.schema import Job, Requirement

_STOP = {"a", "an", "the", "of", "in", "and", "or", "with", "to", "for", "s"}


class Tally(NamedTuple):
    """Counts over posts: expected, found, matched requirements, and matched ones whose `must` is right."""

    expected: int
    found: int
    matched: int
    musts: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.matched / max(self.expected, 1)

    @property
    def precision(self) -> float:
        return self.matched / max(self.found, 1)


def words(text: str) -> set[str]:
    """The stems of the words in a phrase."""
    found = re.findall(r"[^\W_][\w+#]*", text.casefold())
    return {word.rstrip("s") if len(word) > 3 else word for word in found} - _STOP


def parse(line: str) -> tuple[str, bool, float | None, int, set[str]]:
    """A line of expectation as (kind, must, years, level, words)."""
    must = not line.startswith("?")
    line = line.lstrip("?")
    level = re.match(r"L(\d)\s*", line)
    if level:
        return "education", must, None, int(level.group(1)), words(line[level.end() :])
    years = re.match(r"(\d+(?:\.\d+)?)?y\s+", line)
    if years:
        return "experience", must, float(years.group(1)) if years.group(1) else None, 0, words(line[years.end() :])
    return "skill", must, None, 0, words(line)


def _overlap(one: set[str], two: set[str]) -> float:
    """The Dice coefficient of two sets of words."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


def matches(line: str, requirement: Requirement) -> bool:
    """Whether a requirement is the expected one: kind, years and level equal, words much the same."""
    kind, _, years, level, expected = parse(line)
    if kind != requirement.kind or years != requirement.years or level != requirement.level:
        return False
    alone, together = words(requirement.text), words(" ".join((requirement.text, *requirement.any_of)))
    if kind == "education":
        return expected <= together
    return any(_overlap(expected, got) >= 0.6 for got in (alone, together))


def compare(job: Job, expected: tuple[str, ...]) -> tuple[Tally, list[str], list[Requirement]]:
    """The tally of a post, the expectations that were missed, and the requirements that nobody expected."""
    rest, missed, musts = list(job.requirements), [], 0
    for line in expected:
        hit = next((one for one in rest if matches(line, one)), None)
        if hit is None:
            missed.append(line)
        else:
            rest.remove(hit)
            musts += hit.must == parse(line)[1]
    matched = len(expected) - len(missed)
    return Tally(len(expected), len(job.requirements), matched, musts), missed, rest
