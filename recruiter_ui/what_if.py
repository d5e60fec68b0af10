"""What would change the verdict: the smallest change of evidence that flips the expert rule. Pure; no model is run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from model.rubric import SELECT_AT, expected
from model.schema import MET, NOT_MET, Requirement

MAX_CHANGED = 2
MAX_SHOWN = 4


def flips(requirements: Sequence[Requirement], marks: Sequence[int]) -> list[tuple[tuple[int, ...], int]]:
    """The smallest sets of requirements whose marks, changed, flip the rule's status: (their numbers, the new score).

    For a rejected candidate marks rise to met, for a selected one they fall to not met. Sets of one come first; sets
    of two only where no single one suffices. The largest effect first.
    """
    now = expected(requirements, marks)
    target = NOT_MET if now.status == "SELECTED" else MET
    open_ones = [i for i, mark in enumerate(marks) if mark != target]
    for size in range(1, MAX_CHANGED + 1):
        found = []
        for changed in combinations(open_ones, size):
            then = expected(requirements, [target if i in changed else mark for i, mark in enumerate(marks)])
            if then.status != now.status:
                found.append((changed, then.score))
        if found:
            return sorted(found, key=lambda item: abs(item[1] - now.score), reverse=True)
    return []


def words(requirements: Sequence[Requirement], marks: Sequence[int]) -> str:
    """`flips` in sentences, a line each."""
    if len(requirements) != len(marks):
        return ""
    now = expected(requirements, marks)
    selected = now.status == "SELECTED"
    found = flips(requirements, marks)
    if not found:
        side = "under" if selected else "to"
        return f"No change of one or two requirements would bring the score {side} {SELECT_AT}."
    verb, result = ("were not met", "suggested: reject") if selected else ("were met", "selected")
    lines = []
    for changed, score in found[:MAX_SHOWN]:
        names = " and ".join(f"“{requirements[i].text}”" for i in changed)
        lines.append(f"– If {names} {verb}: {now.score} becomes {score}, {result}.")
    more = len(found) - MAX_SHOWN
    return "\n".join([*lines, f"– and {more} more."] if more > 0 else lines)
