"""The requirements of a job as a table, and the changes that a recruiter makes to them. Pure; no Gradio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.brief.education import degree_level
from model.errors import JobError
from model.schema import Kind, Requirement
from recruiter_ui.i18n import t
from recruiter_ui.render import KIND_WORDS

HEADERS = ["Requirement", "Kind", "Need", "Years"]
MUST, NICE = "Must have", "Nice to have"
IMPORTANT = 2.0  # the weight of a requirement that the recruiter calls more important
MAX_YEARS = 60
NEW = Requirement("New requirement", "skill")

Requirements = tuple[Requirement, ...]


def to_rows(requirements: Sequence[Requirement]) -> list[list[str]]:
    """A row a requirement, columns as `HEADERS`; an arrow marks what is more important."""
    return [[r.text, t(KIND_WORDS[r.kind]), t(MUST if r.must else NICE) + (" ▲" if r.weight > 1 else ""),
             "" if r.years is None else f"{r.years:g}"] for r in requirements]


def change(requirements: Requirements, at: int, text: str, kind: Kind, must: bool, years: float | None,
           important: bool) -> Requirements:
    """Requirement number `at` with new values. Raises JobError in words where they cannot be used.

    Unchanged text keeps its alternatives and its place in the job; new text has its alternatives ("Python or R") and
    its degree read anew.
    """
    text = " ".join((text or "").split())
    if not text:
        raise JobError(t("A requirement needs a few words. To drop it, press Remove."))
    if years is not None and not 0 <= years <= MAX_YEARS:
        raise JobError(t("Years must lie between 0 and {most}.", most=MAX_YEARS))
    old = requirements[at]
    if text != old.text:
        old = Requirement(text, kind, any_of=_alternatives(text))
    level = (old.level or degree_level(text)) if kind == "education" else 0
    new = replace(old, kind=kind, must=must, years=years or None, level=level, weight=IMPORTANT if important else 1.0)
    if new != old:
        new = replace(new, certainty=1.0)  # whoever changes it, asks for it
    return (*requirements[:at], new, *requirements[at + 1:])


def remove(requirements: Requirements, at: int) -> Requirements:
    """Without requirement number `at`. Raises JobError where it is the last one."""
    if len(requirements) == 1:
        raise JobError(t("This is the last requirement. Change it, or read another job."))
    return (*requirements[:at], *requirements[at + 1:])


def _alternatives(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.replace(", or ", " or ").split(" or "))
    return parts if len(parts) > 1 and all(parts) else ()
