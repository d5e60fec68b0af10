"""The way of the data, end to end: files or texts in, judged rows out. Command line, page and `evaluate` use it."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from model import prompt
from model.ahead import groups_ahead
from model.brief.finder import build_brief, heuristic_marks
from model.brief.job import parse_job
from model.calibration import Calibration
from model.decision import Decision, decide
from model.decode import Stopped
from model.documents import ReadResult, read_many, start_worker
from model.engine import Engine
from model.errors import AdapterError, JobError
from model.rubric import GROUNDED, Answer, Reward, RewardSpec, Truth, reward
from model.schema import Brief, Document, Flag, Job, Verdict
from model.settings import DEFAULT_BASE, as_of
from model.what_if import WhatIf, what_if

# documents judged together, where so many are read; a single one never waits
GROUP = {"cpu": os.cpu_count() or 1, "cuda": 128}
KEPT_DOCUMENTS = 256  # texts kept for display
PREFERRED = "grpo"


def rubric_hash(spec: RewardSpec, calibrations: Mapping[str, Calibration]) -> str:
    """What turns marks into a status and a reward: a new calibration makes verdicts that are kept out of date."""
    return hashlib.sha256(repr((spec, sorted(calibrations.items()))).encode()).hexdigest()[:12]


def serving_reward(brief: Brief, verdict: Verdict, spec: RewardSpec = GROUNDED, truth: Truth | None = None) -> Reward:
    """The reward of a verdict against the expert heuristic, or against `truth` (a recruiter's own verdict)."""
    truth = truth or Truth.from_marks(brief.job.requirements, heuristic_marks(brief), "the expert heuristic")
    return reward(Answer(verdict.marks, verdict.score, verdict.status), truth, spec)


@dataclass(frozen=True)
class TextResult:
    """What came of one (job text, resume text) pair; `error` says why where nothing could be judged."""

    brief: Brief | None
    verdicts: dict[str, Verdict]
    decisions: dict[str, Decision]
    error: str | None = None


def judge_texts(pairs: Iterable[tuple[str, str]], engine: Engine, adapters: Sequence[str], when: date | None = None,
                chunk: int = 64) -> Iterator[TextResult]:
    """Judge (job text, resume text) pairs in order; a pair that cannot be judged is its own result."""
    jobs: dict[str, Job | JobError] = {}
    held: list[Brief | str] = []
    for job_text, resume_text in pairs:
        if job_text not in jobs:
            jobs[job_text] = _parse_or_error(job_text)
        held.append(_text_brief(jobs[job_text], resume_text, when or as_of()))
        if len(held) == chunk:
            yield from _judge_held(held, engine, adapters)
            held = []
    yield from _judge_held(held, engine, adapters)


def _parse_or_error(job_text: str) -> Job | JobError:
    try:
        return parse_job(job_text)
    except JobError as error:
        return error


def _text_brief(job: Job | JobError, resume_text: str, when: date) -> Brief | str:
    if isinstance(job, JobError):
        return str(job)
    if not resume_text.strip():
        return "the resume is empty"
    digest = hashlib.sha256(resume_text.encode()).hexdigest()
    return build_brief(job, Document("text", digest, "txt", resume_text), when)


def _judge_held(held: list[Brief | str], engine: Engine, adapters: Sequence[str]) -> Iterator[TextResult]:
    briefs = [b for b in held if isinstance(b, Brief)]
    judged = iter(_judge(briefs, engine, adapters))
    for item in held:
        if isinstance(item, str):
            yield TextResult(None, {}, {}, item)
        else:
            verdicts = next(judged)
            yield TextResult(item, verdicts, {a: decide(item, verdicts, a) for a in adapters})


def _judge(briefs: Sequence[Brief], engine: Engine, adapters: Sequence[str],
           stop: Callable[[], bool] | None = None) -> list[dict[str, Verdict]]:
    """Each brief's verdicts by adapter."""
    found = engine.judge_each(briefs, adapters, stop=stop)
    return [dict(zip(adapters, verdicts, strict=True)) for verdicts in zip(*found, strict=True)]


class Screener:
    """Loads the engine once and screens batches of documents. `progress` hears what is being loaded, in words."""

    def __init__(self, base: str = DEFAULT_BASE, device: str = "auto", adapters: Sequence[str] | None = None,
                 progress: Callable[[str], None] | None = None):
        self.engine = Engine.load(base, adapters, device, progress=progress)
        if not self.engine.adapters:
            raise AdapterError("no adapter is installed: train one (`python app.py train sft ...`) or restore the "
                               "shipped ones in model/adapters")
        self._documents: dict[str, Document] = {}

    @property
    def adapters(self) -> tuple[str, ...]:
        return tuple(self.engine.adapters)

    def prepare(self) -> None:
        """Make ready what the first verdict of the adapter that decides needs, and give one: nobody waits for it then.
        """
        start_worker()
        adapter = PREFERRED if PREFERRED in self.adapters else self.adapters[0]
        job = parse_job("Requirements: Excel, teamwork, 2 years as an accountant")
        resume = Document("text", "", "txt", "Accountant, 2019 - 2023\nKept the books in Excel")
        self.engine.judge([build_brief(job, resume, as_of())], adapter)

    def refresh(self) -> tuple[str, ...]:
        """Take over the adapters that were promoted or rolled back since, between batches; the names that changed."""
        return self.engine.refresh()

    def document(self, sha256: str) -> Document | None:
        """The text of a document screened before, for display."""
        return self._documents.get(sha256)

    def forget(self, sha256: str) -> None:
        """Let go of the text of a document that the caller has kept elsewhere."""
        self._documents.pop(sha256, None)

    def what_if(self, job: Job, document: Document, adapter: str) -> WhatIf:
        """The smallest changes of evidence that would turn the verdict of `adapter` on one document."""
        return what_if(build_brief(job, document, as_of()), lambda briefs: self.engine.judge(briefs, adapter))

    def screen(self, job: Job, paths: Sequence[Path | str], adapters: Sequence[str] | None = None,
               cancel: threading.Event | None = None) -> Iterator[dict]:
        """One contract row for each document, as soon as it is judged; unreadable ones get theirs with the reason.

        `cancel` stops within a second; what was yielded by then is kept, what was in hand is let go. Files are read and
        evidence is found in the background, while the engine judges. The verdict that decides is grpo's where it is
        among `adapters`, else the first one's.
        """
        chosen = list(adapters) if adapters else [PREFERRED if PREFERRED in self.adapters else self.adapters[0]]
        for name in chosen:
            if name not in self.adapters:
                raise AdapterError(f"no adapter named {name!r} is loaded: choose among {', '.join(self.adapters)}")
        stop = cancel.is_set if cancel is not None else _never
        groups = groups_ahead(_read_and_find(job, paths), GROUP.get(self.engine.device, 8), stop)
        try:
            for group in groups:
                for result, brief, seconds in group:
                    if brief is None:
                        yield _unread_row(result, job, self.versions(), seconds)
                yield from self._rows([read for read in group if read[1] is not None], chosen, stop)
        except Stopped:
            return
        finally:
            groups.close()

    def _rows(self, held: list[tuple[ReadResult, Brief, float]], adapters: Sequence[str],
              stop: Callable[[], bool]) -> Iterator[dict]:
        if not held:
            return
        began = time.perf_counter()
        for result, _, _ in held:
            self._keep(result)
        judged = _judge([brief for _, brief, _ in held], self.engine, adapters, stop)
        each = (time.perf_counter() - began) / len(held)
        deciding = PREFERRED if PREFERRED in adapters else adapters[0]
        for (result, brief, reading), verdicts in zip(held, judged, strict=True):
            brief = _with_dropped(brief, max(verdict.dropped for verdict in verdicts.values()))
            decision = decide(brief, verdicts, deciding)
            yield {
                **_head(result), "outcome": "scored", "decision": decision.decision, "reasons": list(decision.reasons),
                "verdicts": {name: v.to_json() for name, v in verdicts.items()},
                "reward": {name: serving_reward(brief, v).to_json() for name, v in verdicts.items()},
                "requirements": requirement_rows(brief, verdicts[deciding].marks),
                "flags": [asdict(f) for f in brief.flags], "versions": self.versions(),
                "elapsed_ms": round(1000 * (reading + each)), "error": None,
            }

    def _keep(self, result: ReadResult) -> None:
        """Keep a text for `document`; the oldest one goes, so that memory stays flat over any number of files."""
        self._documents[result.sha256] = result.document
        if len(self._documents) > KEPT_DOCUMENTS:
            self._documents.pop(next(iter(self._documents)))

    def versions(self) -> dict[str, str]:
        """Hashes of base, adapters, prompt and rubric, as every row states them."""
        return {**self.engine.versions(), "prompt": prompt.version_hash(),
                "rubric": rubric_hash(GROUNDED, self.engine.calibrations)}


def _never() -> bool:
    return False


def _read_and_find(job: Job, paths: Sequence[Path | str]) -> Iterator[tuple[ReadResult, Brief | None, float]]:
    """(result, brief, seconds) of each file, in order; no brief where it could not be read."""
    when = as_of()
    results = read_many([Path(p) for p in paths])
    try:
        began = time.perf_counter()
        for result in results:
            brief = build_brief(job, result.document, when) if result.document is not None else None
            yield result, brief, time.perf_counter() - began
            began = time.perf_counter()
    finally:
        results.close()


def _with_dropped(brief: Brief, dropped: int) -> Brief:
    """The brief with a flag where quotes were left out of the prompt for want of room."""
    if not dropped:
        return brief
    what = "the weakest quote was" if dropped == 1 else f"the {dropped} weakest quotes were"
    flag = Flag("evidence_dropped", f"The job and its evidence are too long for the model: {what} left out.")
    return replace(brief, flags=(*brief.flags, flag))


def requirement_rows(brief: Brief, marks: Sequence[int]) -> list[dict]:
    """Each requirement with its mark and evidence; `start`/`end` are the evidence's place in the document's text."""
    return [{"text": r.text, "kind": r.kind, "must": r.must, "mark": mark, "evidence": e.quote, "start": e.start,
             "end": e.end, "how": e.how, "strength": round(e.strength, 3), "years": e.years, "needed_years": r.years,
             "others": [asdict(other) for other in e.others]}
            for r, e, mark in zip(brief.job.requirements, brief.evidence, marks, strict=True)]


def _head(result: ReadResult) -> dict:
    return {"file": str(result.path), "sha256": result.sha256}


def _unread_row(result: ReadResult, job: Job, versions: dict[str, str], seconds: float) -> dict:
    """The row of a document that could not be read: for a human to look at, never REJECTED."""
    return {**_head(result), "outcome": result.outcome, "decision": "REVIEW", "reasons": [result.reason],
            "verdicts": {}, "reward": {}, "requirements": [],
            "flags": [{"code": result.code, "message": result.reason, "detail": ""}],
            "versions": versions, "elapsed_ms": round(1000 * seconds), "error": result.reason}
