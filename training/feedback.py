"""What recruiters put right or confirmed becomes training data: evidence only, identity redacted, no resume text.

A row holds what the model sees of one candidate and what a person says is true, beside the hash of the document that it
came from: where a candidate is erased, `forget` takes the rows out. Part of the rows is held out of training, by
document, so that a candidate is never on both sides; the gate measures every new adapter on them. Light: no torch here.

    <data>/feedback/train.jsonl     rows to train on (`data: corpus+<that file>` in a recipe)
    <data>/feedback/held_out.jsonl  rows that the gate measures on
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from model.brief.finder import build_brief
from model.errors import DataError
from model.prompt import render
from model.rubric import Truth, expected
from model.schema import Brief, Document, Evidence, Job, Requirement
from model.settings import data_dir
from training.runs import write_atomically

TRAIN, HELD_OUT = "train.jsonl", "held_out.jsonl"
HELD_OUT_SHARE = 0.2
CAP = 200  # rows of one person, the newest: nobody's habits become the model's alone
ORDERS = re.compile(r"ignore\b.{0,40}\b(instruction|requirement|previous|above)|<\|im_|\bstatus\W{1,4}selected\b|"
                    r"\b(answer|select|mark)\b.{0,30}\b(selected|this candidate|every requirement)|\"marks\"\s*:", re.I)
CONTRADICTS = "the status contradicts the marks: put the marks right, so that the model can learn why"
DISAGREE = "recruiters disagree about this candidate"
GIVES_ORDERS = "the evidence holds text that gives the model orders"
DOUBLE, OVER_CAP, NO_REQUIREMENT = "the same evidence and marks as another row", "over the limit for one person", \
    "no requirement, or the marks do not fit the requirements"


@dataclass(frozen=True)
class Said:
    """What one person said of one candidate: the marks, one a requirement, and the status, both as they should be.

    `source` is `override` where the person changed something, `confirmed` where they agreed with the model.
    """

    job: Job
    document: Document
    marks: tuple[int, ...]
    status: str
    source: str
    user: str
    time: str  # ISO 8601


@dataclass(frozen=True)
class Batch:
    """Rows to train on, rows held out, and how many were left out for which reason."""

    train: tuple[dict, ...]
    held_out: tuple[dict, ...]
    left_out: dict[str, int]


def folder() -> Path:
    return data_dir().absolute() / "feedback"


# --- rows ------------------------------------------------------------------------------------------------------------


def to_row(said: Said) -> dict:
    """The row of what one person said. Its evidence is what the model sees: redacted, short, without its place."""
    brief = build_brief(said.job, said.document, date.fromisoformat(said.time[:10]))
    truth = Truth.from_marks(said.job.requirements, said.marks, "a recruiter", said.status)
    shown = [{"shown": e.shown, "how": e.how, "strength": e.strength, "years": e.years, "compared": e.compared}
             for e in brief.evidence]
    asked = [{key: value for key, value in asdict(r).items() if key not in ("start", "end")}
             for r in said.job.requirements]
    row = {"title": said.job.title, "requirements": asked, "evidence": shown, "marks": list(said.marks),
           "status": truth.status, "score": truth.score}
    return {"id": f"fb-{_hash(json.dumps(row, sort_keys=True))}", "document": said.document.sha256,
            "job": _hash(said.job.text), "user": said.user, "source": said.source, "time": said.time, **row}


def brief_of(row: dict) -> Brief:
    """The brief that a row shows. Raises DataError naming the row that is not whole."""
    try:
        asked = tuple(Requirement(**{**r, "any_of": tuple(r.get("any_of", ()))}) for r in row["requirements"])
        found = tuple(Evidence(quote=e["shown"], **e) for e in row["evidence"])
        if not asked or len(asked) != len(found) or len(asked) != len(row["marks"]):
            raise ValueError("requirements, evidence and marks differ in number")
        return Brief(Job("", str(row["title"]), asked), found)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"feedback row {str(row.get('id'))[:40]}: {type(error).__name__}: {error}") from error


def truth_of(row: dict) -> Truth:
    """What a row says is true."""
    return Truth.from_marks(brief_of(row).job.requirements, [int(m) for m in row["marks"]], "a recruiter",
                            row["status"])


def preview(row: dict) -> str:
    """The prompt that a row becomes."""
    return render(brief_of(row)).text


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- batches ---------------------------------------------------------------------------------------------------------


def batch(said: Iterable[Said], cap: int = CAP) -> Batch:
    """Rows from what people said: usable, unlike each other, at most `cap` a person (the newest), part held out."""
    left: Counter[str] = Counter()
    rows = list(_unlike(_usable(_latest(said, left), left), left))
    rows.sort(key=lambda row: row["time"], reverse=True)
    count: Counter[str] = Counter()
    kept = []
    for row in rows:
        count[row["user"]] += 1
        if count[row["user"]] <= cap:
            kept.append(row)
        else:
            left[OVER_CAP] += 1
    held = [row for row in kept if is_held_out(row["document"])]
    return Batch(tuple(row for row in kept if not is_held_out(row["document"])), tuple(held), dict(left))


def is_held_out(document: str) -> bool:
    """Whether a candidate is held out: decided by the hash of the document alone."""
    return int(hashlib.sha256(document.encode()).hexdigest()[:8], 16) / 2**32 < HELD_OUT_SHARE


def _latest(said: Iterable[Said], left: Counter) -> list[Said]:
    """The last word of each person on each candidate of a job; none where two persons disagree."""
    last: dict[tuple, dict[str, Said]] = {}
    for one in sorted(said, key=lambda one: one.time):
        last.setdefault((one.job.text, one.document.sha256), {})[one.user] = one
    found = []
    for people in last.values():
        if len({one.status for one in people.values()}) > 1:
            left[DISAGREE] += len(people)
        else:
            found.append(max(people.values(), key=lambda one: (one.source == "override", one.time)))
    return found


def _usable(said: Iterable[Said], left: Counter) -> Iterator[dict]:
    for one in said:
        asked = one.job.requirements
        if not asked or len(one.marks) != len(asked) or not set(one.marks) <= {0, 1, 2}:
            left[NO_REQUIREMENT] += 1
        elif expected(asked, one.marks).status != one.status:
            left[CONTRADICTS] += 1
        else:
            row = to_row(one)
            if any(ORDERS.search(e["shown"]) for e in row["evidence"]):
                left[GIVES_ORDERS] += 1
            else:
                yield row


def _unlike(rows: Iterable[dict], left: Counter) -> Iterator[dict]:
    seen = set()
    for row in rows:
        if row["id"] in seen:
            left[DOUBLE] += 1
        else:
            seen.add(row["id"])
            yield row


# --- files -----------------------------------------------------------------------------------------------------------


def save(found: Batch) -> Path:
    """Write both files anew; returns the one to train on. Raises DataError where they cannot be written."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with FileLock(folder() / ".lock"):
            for name, rows in ((TRAIN, found.train), (HELD_OUT, found.held_out)):
                write_atomically(folder() / name, "".join(json.dumps(row) + "\n" for row in rows))
    except OSError as error:
        raise DataError(f"{folder()} cannot be written: {error.strerror or error}") from error
    return folder() / TRAIN


def forget(documents: Iterable[str]) -> int:
    """Take the rows of erased candidates (hashes of their documents) out of both files; returns how many."""
    gone, removed = set(documents), 0
    for name in (TRAIN, HELD_OUT):
        path = folder() / name
        if path.is_file():
            with FileLock(folder() / ".lock"):
                rows = read(path)
                kept = [row for row in rows if row.get("document") not in gone]
                removed += len(rows) - len(kept)
                write_atomically(path, "".join(json.dumps(row) + "\n" for row in kept))
    return removed


def read(path: Path) -> list[dict]:
    """The rows of a file; none where it is not there. Raises DataError naming the line that is no row."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            raise DataError(f"{path}, line {number}: not JSON ({error})") from error
    return rows


def held_out_rows() -> list[dict]:
    """The recruiters' labels that the gate measures on."""
    return read(folder() / HELD_OUT)


def summary(rows: Sequence[dict]) -> dict:
    """How many rows, of which status, source and person."""
    return {"rows": len(rows), **{key: dict(Counter(row[key] for row in rows)) for key in ("status", "source", "user")}}
