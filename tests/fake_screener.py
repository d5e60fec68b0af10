"""A screener without a model: it finds words. Its rows are the `score` contract's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.cli import WEIGHTS
from model.rubric import Answer, Truth, expected, reward
from model.schema import MET, NOT_MET, Job
from model.settings import adapters_dir


class FakeScreener:
    """Marks a requirement met where its words stand in the file; files that hold NUL are unreadable.

    `stop_after` raises KeyboardInterrupt after so many rows, `lose` says how many rows get lost at the end.
    """

    made = 0

    def __init__(self, base: str = "fake", device: str = "cpu", adapters: Sequence[str] = ("grpo",), progress=None,
                 stop_after: int | None = None, lose: int = 0) -> None:
        type(self).made += 1
        weights = {name: (adapters_dir() / name / WEIGHTS).read_bytes() for name in adapters}
        loaded = ",".join(f"{name}:{hashlib.sha256(data).hexdigest()[:12]}" for name, data in weights.items())
        self.versions = {"base": "fake", "adapter": loaded, "prompt": "1", "rubric": "1"}
        self.stop_after, self.lose, self.seen = stop_after, lose, []

    def screen(self, job: Job, paths: Sequence[str], adapters: Sequence[str] = ("grpo",),
               cancel=None) -> Iterator[dict]:
        paths = list(paths)
        for number, path in enumerate(paths[:len(paths) - self.lose]):
            if number == self.stop_after:
                raise KeyboardInterrupt
            self.seen.append(path)
            yield self._row(job, Path(path), adapters)

    def _row(self, job: Job, path: Path, adapters: Sequence[str]) -> dict:
        data = path.read_bytes()
        row = {"file": str(path), "sha256": hashlib.sha256(data).hexdigest(), "outcome": "scored", "decision": "REVIEW",
               "reasons": [], "verdicts": {}, "reward": {}, "requirements": [], "flags": [], "versions": self.versions,
               "elapsed_ms": 1}
        if b"\0" in data:
            return {**row, "outcome": "unreadable", "decision": "REVIEW", "reasons": ["This is no document."]}
        text = data.decode().lower()
        marks = tuple(MET if r.text.lower() in text else NOT_MET for r in job.requirements)
        rule = expected(job.requirements, marks)
        earned = reward(Answer(marks, rule.score, rule.status), Truth.from_marks(job.requirements, marks)).to_json()
        verdict = {"status": rule.status, "score": rule.score, "probability": 0.9, "skills": rule.skills,
                   "experience": rule.experience, "education": rule.education, "marks": list(marks)}
        wanted = [{"text": r.text, "kind": r.kind, "must": r.must, "mark": m, "evidence": "", "start": 0, "end": 0}
                  for r, m in zip(job.requirements, marks, strict=True)]
        return {**row, "decision": rule.status, "reasons": ["=1+1"], "requirements": wanted,
                "verdicts": dict.fromkeys(adapters, verdict), "reward": dict.fromkeys(adapters, earned)}
