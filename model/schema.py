"""The data that flows from a file to a verdict. Plain frozen dataclasses; no heavy imports.

Offsets (`start`, `end`) are character positions in the text they belong to, end exclusive.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

Kind = Literal["skill", "experience", "education"]
KINDS: tuple[Kind, ...] = ("skill", "experience", "education")
Status = Literal["SELECTED", "REJECTED"]

MET, PARTLY, NOT_MET = 2, 1, 0
MARK_NAMES = {MET: "met", PARTLY: "partly", NOT_MET: "not"}


@dataclass(frozen=True)
class Flag:
    """Something about a document that a recruiter should know.

    `code` is stable (`hidden_text`, `scanned`, `truncated`, ...); `message` is a sentence for a recruiter;
    `detail` is the thing itself, for example the hidden text, and is never shown to the model.
    """

    code: str
    message: str
    detail: str = ""


@dataclass(frozen=True)
class Block:
    """A run of text on a page. `box` is (left, top, right, bottom) in points from the page's top left corner."""

    text: str
    start: int
    end: int
    page: int = 0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Document:
    """The text that a human would see, in reading order. `text[b.start:b.end] == b.text` for every block."""

    name: str
    sha256: str
    kind: str
    text: str
    pages: int = 1
    blocks: tuple[Block, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """One thing that a job asks for.

    `text` is the short phrase that recruiter and model see ("financial modelling", "SOC Security Analyst").
    `any_of` lists alternatives of which one suffices ("Python or R"); empty when `text` stands alone.
    `years` is the least number of years, where the job states one. For `education`, `level` is the least
    degree on the scale of `model.brief.education`. `start`/`end` give its place in the job's text. `certainty` in
    (0, 1] says how sure the parser is that it is asked for by itself; the probability of SELECTED counts it by that.
    """

    text: str
    kind: Kind
    must: bool = True
    years: float | None = None
    any_of: tuple[str, ...] = ()
    level: int = 0
    weight: float = 1.0
    start: int = 0
    end: int = 0
    certainty: float = 1.0


@dataclass(frozen=True)
class Job:
    """A job text with what it requires. `warnings` name requirements that can discriminate (age, photo, ...)."""

    text: str
    title: str
    requirements: tuple[Requirement, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quote:
    """A verbatim piece of a document: `document.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Evidence:
    """The best evidence that a resume holds for one requirement.

    `quote` is verbatim (`document.text[start:end]`), `shown` is the same with identity redacted, as the model sees it.
    `how` says how it was found; `strength` is in [0, 1]; `years` are the computed years, where dates or a
    statement give them; `compared` is what code found of a degree ("ok", "below"), empty otherwise. `others` are more
    quotes, best first, where the first is not certain; the model sees them too.
    """

    quote: str = ""
    shown: str = ""
    start: int = 0
    end: int = 0
    how: Literal["exact", "alias", "meaning", "none"] = "none"
    strength: float = 0.0
    years: float | None = None
    compared: str = ""
    others: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A job and one resume, aligned: `evidence[i]` belongs to `job.requirements[i]`."""

    job: Job
    evidence: tuple[Evidence, ...]
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one adapter says of one brief; a superset of the paper's {"score", "status"}.

    `marks[i]` in {0, 1, 2} belongs to requirement i; `mark_probabilities[i]` is (p_not, p_partly, p_met).
    The sub-scores are 0-100 or None where the job asks nothing of that kind. `probability` is the calibrated one of
    SELECTED, and `status` follows it: SELECTED from one half on. `written` is the status that the model wrote after its
    marks, where it is another. `score_range` holds, in four of five cases, the score that the evidence shown
    deserves. `dropped` counts quotes left out for want of room.
    """

    status: Status
    score: int
    probability: float
    marks: tuple[int, ...]
    skills: int | None = None
    experience: int | None = None
    education: int | None = None
    score_range: tuple[int, int] | None = None
    mark_probabilities: tuple[tuple[float, float, float], ...] = field(default=(), repr=False)
    written: Status | None = None
    dropped: int = field(default=0, repr=False)

    def to_json(self) -> dict:
        row = asdict(self)
        for name in ("mark_probabilities", "written", "dropped"):
            row.pop(name)
        row["marks"] = list(self.marks)
        row["score_range"] = self.score_range and list(self.score_range)
        row["probability"] = round(self.probability, 4)
        return row
