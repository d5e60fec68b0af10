"""From documents to training examples, through the same parser and finder that serve: never from the generator's truth.

A sample's truth speaks of the requirements that its author wrote; an example holds those that the parser found in the
job's text. Each found requirement takes the mark of the written one at the same place. What the parser invented or read
with other years or another degree is left out of the example, as a recruiter would remove it; score and status then
follow from the marks by the rule, so that an example never contradicts itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from model.brief.experience import NEARLY, years_share
from model.brief.finder import build_brief
from model.brief.job import parse_job
from model.brief.lexicon import phrase_key
from model.brief.skills import CERTAIN
from model.brief.text import tokens
from model.errors import DataError, JobError
from model.rubric import Truth
from model.schema import Brief, Document, Evidence, Requirement
from training import augment, feedback
from training.corpus import AS_OF, Sample, TruthItem, generate

VARIED_SHARE = 0.5
DONORS = 50  # examples before this one that can lend it requirements
SAME_LINE = 0.6  # share of words by which a quote is recognised as a line of the generator
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Example:
    """One training example: what the model sees (`brief`) and what is true of it (`truth`)."""

    id: str
    brief: Brief
    truth: Truth
    tags: tuple[str, ...] = ()
    grey: bool = False
    profession: str = ""


def examples(n: int, seed: int = 0, split: str = "train", progress: Progress | None = None,
             varied: bool = False) -> list[Example]:
    """Examples from `n` generated samples; a few samples whose job cannot be read give none. `varied` makes half of
    them harder (`training.augment`)."""
    built: list[Example] = []
    for i, sample in enumerate(generate(n, seed, split)):
        example = build_example(sample)
        if example is not None and varied and built:
            rng = Random(f"{seed} {i}")
            if rng.random() < VARIED_SHARE:
                example = augment.vary(example, sample.resume, rng.choice(built[-DONORS:]), rng)
        if example is not None:
            built.append(example)
        if progress and i % 50 == 49:
            progress(i + 1, n)
    return built


def build_example(sample: Sample) -> Example | None:
    """The example of one sample; None where parser and truth share no requirement."""
    try:
        job = parse_job(sample.job)
    except JobError:
        return None
    pairs = [(r, t) for r in job.requirements if (t := written_for(r, sample.truth)) is not None]
    if not pairs:
        return None
    job = replace(job, requirements=tuple(r for r, _ in pairs))
    brief = build_brief(job, Document(sample.id, "", "txt", sample.resume), AS_OF)
    marks = [visible_mark(r, e, t) for e, (r, t) in zip(brief.evidence, pairs, strict=True)]
    truth = Truth.from_marks(job.requirements, marks)
    return Example(sample.id, brief, truth, sample.tags, sample.grey, sample.profession)


def visible_mark(requirement: Requirement, evidence: Evidence, item: TruthItem) -> int:
    """The mark that the evidence shown supports, at most the true one.

    Where the finder missed what proves a skill, or code counted fewer years or a lower degree than there are, the
    honest mark is what can be seen; otherwise training would teach that any line is evidence of anything, and that
    counts are not.
    """
    if evidence.how == "none" or item.mark == 0:
        return 0
    if item.kind == "experience" and requirement.years:
        share = years_share(requirement, evidence)
        return min(item.mark, 1 if share is None else 2 if share >= 1 else 1 if share >= NEARLY else 0)
    if item.kind == "education":
        return min(item.mark, 1 if evidence.compared.startswith("below") else 2)
    if item.kind == "experience" or not item.proof or evidence.strength >= CERTAIN:  # named, whatever else proves it
        return item.mark
    return item.mark if shows_proof(evidence, item) else 0


def shows_proof(evidence: Evidence, item: TruthItem) -> bool:
    """Whether a line that was written to prove a skill is among the quotes shown."""
    shown = [words_of(quote) for quote in (evidence.quote, *(other.text for other in evidence.others)) if quote]
    proofs = [words_of(line) for line in item.proof.split(" / ")]
    return any(len(q & p) >= SAME_LINE * min(len(q), len(p)) for q in shown for p in proofs if q and p)


def words_of(text: str) -> set[str]:
    return {token.stem for token in tokens(text)}


def written_for(found: Requirement, truth: Iterable[TruthItem]) -> TruthItem | None:
    """The written requirement that a found one stands for: same kind, shared place, same years and degree."""
    best, most = None, 0.0
    words = set(phrase_key(found.text))
    for item in truth:
        overlap = min(found.end, item.end) - max(found.start, item.start)
        other = set(phrase_key(item.text))
        same = len(words & other) / max(1, min(len(words), len(other)))
        score = same + (0.5 if overlap > 0 else 0.0)
        if item.kind == found.kind and score > most and (overlap > 0 or same > 0.6):
            best, most = item, score
    if best is None or (most <= 0.5 and found.kind == "skill"):
        return None
    if (best.years or 0) != (found.years or 0) or (best.level and found.level and best.level != found.level):
        return None
    return best


def read_rows(path: Path) -> Iterator[Sample | Example]:
    """Samples from a JSON-lines file as `python -m training.corpus` writes it, or examples from recruiters' feedback.

    Raises DataError naming the file, the line and the field that is missing or wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            yield _row(json.loads(line), number)
        except (ValueError, KeyError, TypeError, DataError) as error:
            raise DataError(f"{path}, line {number}: {type(error).__name__}: {error}. Each line needs job, resume, "
                            "label, score and truth (see `python -m training.corpus`).") from error


def _row(row: dict, number: int) -> Sample | Example:
    if "evidence" in row:
        return Example(str(row.get("id", number)), feedback.brief_of(row), feedback.truth_of(row), ("feedback",))
    truth = tuple(TruthItem(**item) for item in row["truth"])
    return Sample(str(row.get("id", number)), row["job"], row["resume"], truth, int(row["label"]), int(row["score"]),
                  bool(row.get("grey", False)), row.get("profession", ""), tuple(row.get("tags", ())))


def from_jsonl(path: Path, progress: Progress | None = None) -> list[Example]:
    """Examples from a JSON-lines file of samples or feedback. Raises DataError where none of its rows can be used."""
    built = []
    for i, row in enumerate(read_rows(path)):
        example = row if isinstance(row, Example) else build_example(row)
        if example is not None:
            built.append(example)
        if progress and i % 50 == 49:
            progress(i + 1, 0)
    if not built:
        raise DataError(f"{path} holds no usable sample")
    return built
