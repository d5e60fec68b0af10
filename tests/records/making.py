"""Records to test with: jobs, documents, rows of the `score` contract, a judge without a model."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from model.schema import Document, Job, Requirement
from recruiter_ui import records
from recruiter_ui.records import Store
from recruiter_ui.session import Resume

VERSIONS = {"base": "tiny:0001", "adapter": "sft:aaaa,grpo:bbbb", "prompt": "p1", "rubric": "r1"}
JOB = Job("Analyst\n- Python\n- 5 years of nursing", "Analyst",
          (Requirement("Python", "skill", any_of=("Python", "R")), Requirement("nursing", "experience", years=5.0)))


def job(number: int) -> Job:
    """Another job."""
    return Job(f"{JOB.text}\n{number}", f"Analyst {number}", JOB.requirements)


def resumes(folder: Path, count: int, text: str = "Python at Firm {i} for years, née Müller") -> list[Resume]:
    """So many small files with different content."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for i in range(count):
        path = folder / f"person_{i}.txt"
        path.write_text(text.format(i=i), encoding="utf-8")
        content = path.read_bytes()
        made.append(Resume(path, path.name, hashlib.sha256(content).hexdigest(), len(content)))
    return made


def row(sha256: str, asked: Sequence[Requirement] = JOB.requirements, adapters: Sequence[str] = ("grpo",),
        score: int = 80, padding: int = 0, path: str = "") -> dict:
    """A scored row; `padding` characters of evidence bring it to the size of a real one."""
    status = "SELECTED" if score >= 60 else "REJECTED"
    verdict = {"status": status, "score": score, "probability": score / 100, "skills": 100, "experience": 50,
               "education": None, "marks": [2] * len(asked)}
    wanted = [{"text": r.text, "kind": r.kind, "must": r.must, "mark": 2, "evidence": "Python at Firm " + "x" * padding,
               "start": 0, "end": 15 + padding, "how": "exact", "strength": 1.0, "years": None,
               "needed_years": r.years} for r in asked]
    return {"file": path, "sha256": sha256, "outcome": "scored", "decision": status,
            "reasons": ["2 of 2 requirements are met"], "verdicts": dict.fromkeys(adapters, verdict), "reward": {},
            "requirements": wanted, "flags": [], "versions": VERSIONS, "elapsed_ms": 5, "error": None}


def screening(store: Store, folder: Path, count: int, user: str = records.LOCAL, of: Job = JOB,
              adapters: Sequence[str] = ("grpo",)) -> int:
    """A screening of so many new documents."""
    ids = records.add_documents(store, resumes(folder, count), user)
    return records.create_screening(store, records.add_job(store, of, user), ids, adapters, user)


class PlainJudge:
    """Judges every file as met; `delay` seconds each. `broken` and `missing` hashes raise or get no row."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay
        self.judged: list[str] = []
        self.broken: set[str] = set()
        self.missing: set[str] = set()
        self.current = VERSIONS

    def versions(self) -> dict[str, str]:
        return self.current

    def screen(self, job: Job, paths: list[str], adapters: Sequence[str], cancel) -> Iterator[tuple[dict, Document]]:
        for path in paths:
            if cancel.is_set():
                return
            content = Path(path).read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in self.broken:
                raise ValueError(f"a fault of ours on {content!r}")
            if sha256 in self.missing:
                continue
            time.sleep(self.delay)
            self.judged.append(sha256)
            made = {**row(sha256, job.requirements, adapters, path=path), "versions": self.current}
            yield made, Document("x", sha256, "txt", content.decode())
