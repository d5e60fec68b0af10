"""The editable requirement table: `Requirement`s to table rows and back. Pure; no Gradio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.errors import JobError
from model.schema import Kind, Requirement
from recruiter_ui.render import KIND_WORDS

HEADERS = ["Requirement", "Kind", "Must", "Years"]
TYPES = ["str", "str", "bool", "number"]
KINDS_BY_WORD: dict[str, Kind] = {word.lower(): kind for kind, word in KIND_WORDS.items()}
MAX_YEARS = 60


def to_rows(requirements: Sequence[Requirement]) -> list[list]:
    return [[r.text, KIND_WORDS[r.kind], r.must, r.years] for r in requirements]


def from_rows(rows: Sequence[Sequence], before: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """The edited requirements. A row whose text is unchanged keeps what the table does not show (alternatives, place).

    Empty rows are dropped. Raises JobError in words that name the row.
    """
    known = {r.text: r for r in before}
    edited = [_from_row(row, known, number) for number, row in enumerate(rows, 1) if str(row[0] or "").strip()]
    if not edited:
        raise JobError("No requirement is left. Add at least one, or read the job again.")
    return tuple(edited)


def _from_row(row: Sequence, known: dict[str, Requirement], number: int) -> Requirement:
    text, kind_word, must, years = (*row, None, None, None)[:4]
    text = " ".join(str(text).split())
    kind = KINDS_BY_WORD.get(str(kind_word or "skill").strip().lower())
    if kind is None:
        raise JobError(f"Row {number}: the kind must be Skill, Experience or Education, not “{kind_word}”.")
    base = known.get(text, Requirement(text, kind))
    return replace(base, kind=kind, must=_truth(must), years=_years(years, number))


def _truth(cell) -> bool:
    return str(cell).strip().lower() in ("true", "1", "yes", "1.0")


def _years(cell, number: int) -> float | None:
    words = str(cell).strip() if cell is not None else ""
    if words.lower() in ("", "nan", "none"):
        return None
    try:
        years = float(words.replace(",", "."))
    except ValueError:
        raise JobError(f"Row {number}: years must be a number, not “{words}”.") from None
    if not 0 <= years <= MAX_YEARS:
        raise JobError(f"Row {number}: years must lie between 0 and {MAX_YEARS}, not {words}.")
    return years or None
