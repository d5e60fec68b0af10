"""What one visitor has done: the job, the files taken in, the rows judged, the recruiter's own decisions.

One `Session` lives in one `gr.State`; nothing here is shared between visitors.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path

from model.schema import Document, Job, Requirement

SHORTLISTED, DECLINED = "SHORTLISTED", "DECLINED"


@dataclass(frozen=True)
class Resume:
    """One file taken in: where it lies, what the recruiter called it, and its hash."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass
class Session:
    """Everything of one visit. Candidates are keyed by the SHA-256 of their file, in the order they were taken in."""

    job: Job | None = None
    resumes: dict[str, Resume] = field(default_factory=dict)
    rows: dict[str, dict] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    human: dict[str, str] = field(default_factory=dict)
    history: list[tuple[str, str | None]] = field(default_factory=list)
    selected: str | None = None
    chosen_requirement: int | None = None
    blind: bool = True
    judged_for: tuple | None = None
    folder: Path | None = None
    cancel: threading.Event | None = None

    @property
    def running(self) -> bool:
        return self.cancel is not None

    def code(self, sha256: str) -> str:
        """The neutral name of a candidate, stable while the session lasts: "Candidate 07"."""
        return f"Candidate {list(self.resumes).index(sha256) + 1:02d}"

    def label(self, sha256: str) -> str:
        """What a candidate is called on screen and in exports: the code when blind, else the file's name."""
        return self.labels()[sha256]

    def labels(self) -> dict[str, str]:
        """The label of every candidate; unique, so that a row of a table can be found again."""
        if self.blind:
            return {sha256: f"Candidate {i:02d}" for i, sha256 in enumerate(self.resumes, 1)}
        seen: dict[str, int] = {}
        found = {}
        for sha256, resume in self.resumes.items():
            seen[resume.name] = seen.get(resume.name, 0) + 1
            found[sha256] = resume.name if seen[resume.name] == 1 else f"{resume.name} ({seen[resume.name]})"
        return found

    def keep(self, resume: Resume, row: dict, document: Document | None) -> None:
        """Store a judged row under the hash of its file, with the name that the recruiter knows."""
        self.rows[resume.sha256] = {**row, "sha256": resume.sha256, "file": resume.name}
        if document:
            self.documents[resume.sha256] = document

    def add(self, found: list[Resume]) -> tuple[int, int]:
        """Take files in; returns (new, already here). Sorted by hash, so that a code says nothing about a name."""
        fresh = {resume.sha256: resume for resume in found if resume.sha256 not in self.resumes}
        for sha256 in sorted(fresh):
            self.resumes[sha256] = fresh[sha256]
        return len(fresh), len(found) - len(fresh)

    def set_requirements(self, requirements: tuple[Requirement, ...]) -> None:
        """Put the edited requirements into the job."""
        old = self.job or Job("", "", ())
        self.job = Job(old.text, old.title, requirements, old.warnings)

    @property
    def judged_by(self) -> tuple[Requirement, ...]:
        """The requirements that the present rows were judged by."""
        return self.judged_for[1] if self.judged_for else ()

    @property
    def stale(self) -> bool:
        """Whether the job was changed after the present rows were judged."""
        return bool(self.rows and self.job and self.job.requirements != self.judged_by)

    def waiting(self, adapters: tuple[str, ...]) -> list[Resume]:
        """The resumes that have no row for this job and these adapters yet.

        Rows of another job or other adapters are dropped first; the recruiter's decisions only with another job text.
        """
        wanted = (self.job.text, self.job.requirements, adapters)
        if self.judged_for != wanted:
            self.rows.clear()
        if self.judged_for and self.judged_for[0] != wanted[0]:
            self.human.clear()
            self.history.clear()
        self.judged_for = wanted
        return [resume for sha256, resume in self.resumes.items() if sha256 not in self.rows]

    def decide(self, sha256: str, decision: str | None) -> None:
        """Record the recruiter's own decision (None takes it back); `undo` restores the one before."""
        self.history.append((sha256, self.human.get(sha256)))
        self._put(sha256, decision)

    def undo(self) -> str | None:
        """Take the last decision back; returns whose it was, or None where there is nothing to undo."""
        if not self.history:
            return None
        sha256, before = self.history.pop()
        self._put(sha256, before)
        return sha256

    def _put(self, sha256: str, decision: str | None) -> None:
        if decision is None:
            self.human.pop(sha256, None)
        else:
            self.human[sha256] = decision

    def forget_resumes(self) -> None:
        """Remove every resume, its row and its file."""
        for store in (self.resumes, self.rows, self.documents, self.human, self.history):
            store.clear()
        self.selected = self.judged_for = None
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def close(self) -> None:
        """Called when the visit ends: stop the run and delete the files."""
        if self.cancel:
            self.cancel.set()
        self.forget_resumes()
