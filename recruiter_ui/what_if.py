"""What would change the verdict, in words: by asking the model again, or by the expert rule alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from model.rubric import SELECT_AT, expected
from model.schema import MET, NOT_MET, Requirement
from model.what_if import WhatIf
from recruiter_ui.i18n import t
from recruiter_ui.render import percent

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
    lines = [_line(requirements, changed, selected, str(now.score), str(score))
             for changed, score in flips(requirements, marks)]
    if not lines:
        text = ("No change of one or two requirements would bring the score under {least}." if selected else
                "No change of one or two requirements would bring the score to {least}.")
        return t(text, least=SELECT_AT)
    return _listed(lines)


def model_words(requirements: Sequence[Requirement], found: WhatIf) -> str:
    """What the model said when it was asked again, a line a change, with its chance before and after."""
    selected = found.now.status == "SELECTED"
    lines = [_line(requirements, change.changed, selected, percent(found.now.probability),
                   percent(change.verdict.probability)) for change in found.turning]
    if not lines:
        return t("The model was asked about {n} changes of one or two requirements; none would turn its verdict.",
                 n=found.tried)
    return _listed(lines)


def _line(requirements: Sequence[Requirement], changed: Sequence[int], selected: bool, now: str, then: str) -> str:
    names = t(" and ").join(f"“{requirements[i].text}”" for i in changed)
    text = ("– Without evidence of {names}: {now} becomes {then}, suggested: reject." if selected else
            "– With full evidence of {names}: {now} becomes {then}, selected.")
    return t(text, names=names, now=now, then=then)


def _listed(lines: list[str]) -> str:
    more = len(lines) - MAX_SHOWN
    return "\n".join([*lines[:MAX_SHOWN], *([t("– and {n} more.", n=more)] if more > 0 else [])])
