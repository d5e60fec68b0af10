"""Pure renderers of the Review tab: who awaits a person, why, and how often person and model agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recruiter_ui.i18n import said, t
from recruiter_ui.records import Agreement
from recruiter_ui.render import (
    HUMAN_WORDS,
    choice_words,
    deciding,
    decision_words,
    is_judged,
    ranked,
)

HEADERS = ["Candidate", "Suggestion", "Score", "Why a person is needed", "Your call"]
SHOWN = {"OPEN": "Awaiting you", "DONE": "Decided by you", "ALL": "Everyone"}
AWAITED = ("REVIEW", "REJECTED")


def needs_person(row: Mapping) -> bool:
    """Whether nobody but a person can settle this one: doubtful, to be rejected, or not read."""
    return not is_judged(row) or row["decision"] in AWAITED


def queue(rows: Iterable[Mapping], human: Mapping[str, str], shown: str = "OPEN") -> list[Mapping]:
    """The rows to review: in doubt first, then suggested rejections, best score first in each, then files not read."""
    order = ranked(rows)
    if shown == "DONE":
        return [row for row in order if row["sha256"] in human]
    if shown == "ALL":
        return order
    return [row for row in order if needs_person(row) and row["sha256"] not in human]


def table(rows: Sequence[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> list[list]:
    """A row a candidate, columns as `HEADERS`."""
    lines = []
    for row in rows:
        verdict = row["verdicts"][deciding(row)] if is_judged(row) else {}
        mine = human.get(row["sha256"])
        lines.append([labels[row["sha256"]], decision_words(row, short=True), verdict.get("score"), why(row),
                      t(HUMAN_WORDS[mine]) if mine else ""])
    return lines


def why(row: Mapping) -> str:
    """The reason why a person must look, in one line."""
    if not is_judged(row):
        return said(row.get("error") or "") or t("The file could not be read.")
    reason = said(row["reasons"][0]) if row["reasons"] else ""
    return reason[:1].upper() + reason[1:]


def choices(rows: Iterable[Mapping], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every candidate as a choice, best first."""
    return [(choice_words(row, labels[row["sha256"]]), row["sha256"]) for row in ranked(rows)]


def progress_words(rows: Sequence[Mapping], human: Mapping[str, str]) -> str:
    """How far the review is."""
    needed = [row for row in rows if needs_person(row)]
    left = sum(row["sha256"] not in human for row in needed)
    if not needed:
        return t("Nobody awaits you: the model is sure of everyone, and everyone was read.")
    if not left:
        return t("All {n} who awaited you are decided.", n=len(needed))
    return t("{left} of {n} await you. Nobody is rejected until you confirm it.", left=left, n=len(needed))


# --- agreement -------------------------------------------------------------------------------------------------------


def agreement_words(days: Sequence[Agreement]) -> str:
    """How often person and model agreed, over everything decided so far."""
    decided, agreed = sum(day.decided for day in days), sum(day.agreed for day in days)
    if not decided:
        return t("Once you have decided on candidates, this shows how often you and the model agree.")
    return t("You and the model agree on {agreed} of {decided} candidates decided so far ({share} %).", agreed=agreed,
             decided=decided, share=f"{100 * agreed / decided:.0f}")


def agreement_points(days: Sequence[Agreement]) -> dict[str, list]:
    """Columns of the plot: a bar a day with the share of agreement in per cent, and of how many decisions."""
    return {"x": [day.day for day in days], "%": [round(100 * day.agreed / day.decided) for day in days],
            "n": [day.decided for day in days]}
