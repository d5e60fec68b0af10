"""What the generator hands out: a pair of documents with its truth. Offsets are character positions in the job text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from model.schema import Kind, Requirement

AS_OF = date(2026, 6, 30)
"""The day that "present" means in every generated resume."""


@dataclass(frozen=True)
class TruthItem:
    """One requirement of the job with the truth about this candidate. `job[start:end] == text`."""

    text: str
    kind: Kind
    must: bool
    years: float | None
    level: int
    start: int
    end: int
    mark: int
    why: str
    any_of: tuple[str, ...] = ()
    proof: str = ""
    """The lines of the resume that were written for this skill, " / " between them, before a layout shaped them."""

    def requirement(self) -> Requirement:
        """The same requirement in the words of `model.schema`."""
        return Requirement(
            text=self.text, kind=self.kind, must=self.must, years=self.years, any_of=self.any_of,
            level=self.level, start=self.start, end=self.end,
        )  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A job, a resume, and what is true of them. Twins share everything of their `id` but its ending, -1 or -0."""

    id: str
    job: str
    resume: str
    truth: tuple[TruthItem, ...]
    label: int
    score: int
    grey: bool
    profession: str
    tags: tuple[str, ...]

    def to_json(self) -> dict:
        row = asdict(self)
        row["truth"] = [dict(item) for item in row["truth"]]
        row["tags"] = list(self.tags)
        return row
