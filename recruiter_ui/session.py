"""What one visitor sees: the job, the files taken in, the rows judged, the decisions. The records hold what lasts.

One `Session` lives in one `gr.State`; nothing here is shared between visitors. What was screened lies in the records
and can be shown again by `attach`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.schema import Document, Job, Requirement
from recruiter_ui import records
from recruiter_ui.i18n import t
from recruiter_ui.records import LOCAL, Store

SHORTLISTED, DECLINED = "SHORTLISTED", "DECLINED"
OPEN = "NONE"  # how the records call a candidate who was not decided on


@dataclass(frozen=True)
class Resume:
    """One file taken in: where it lies, what the recruiter called it, and its hash."""

    path: Path
    name: str
    sha256: str
    size: int


class Texts(Mapping[str, Document]):
    """The documents of a screening by hash, read from the records when asked for; the last one is kept at hand."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: Document | None = None

    def __getitem__(self, sha256: str) -> Document:
        held = self._session
        if self._last is None or self._last.sha256 != sha256:
            if held.screening is None or sha256 not in held.rows:
                raise KeyError(sha256)
            found = records.document_of(held.store, held.screening, sha256, held.user)
            if found is None:
                raise KeyError(sha256)
            self._last = found
        return self._last

    def __iter__(self) -> Iterator[str]:
        return (sha256 for sha256 in self._session.rows if sha256 in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass
class Session:
    """Everything of one visit. Candidates are keyed by the SHA-256 of their file, in the order they were taken in.

    `screening` is the one shown, in `store`, and `seen` the number of its last row here. Without one (nothing screened
    yet) decisions are kept here alone.
    """

    job: Job | None = None
    resumes: dict[str, Resume] = field(default_factory=dict)
    rows: dict[str, dict] = field(default_factory=dict)
    human: dict[str, str] = field(default_factory=dict)
    history: list[tuple[str, str | None]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)  # how many decisions each undo takes back
    selected: str | None = None
    picked: list[str] = field(default_factory=list)  # in the ranked table, for one decision on all of them
    chosen_requirement: int | None = None
    former: list[tuple[Requirement, ...]] = field(default_factory=list)  # the requirements before each change
    changing: int | None = None  # the requirement whose change `former` holds already, however many keys it takes
    blind: bool = True
    judged_for: tuple | None = None
    folder: Path | None = None
    store: Store | None = None
    user: str = LOCAL
    screening: int | None = None
    seen: int = 0
    running: bool = False
    only: str = "ALL"  # which rows the table shows, a key of `screening.FILTERS`
    shown: str = "OPEN"  # whom the review queue shows, a key of `reviewing.SHOWN`
    drawn_at: float = 0.0  # when the table was drawn last, monotonic
    undrawn: bool = False  # whether rows have come since
    pace: tuple[float, int] = (0.0, 0)  # the monotonic time and the rows done when following began

    def __post_init__(self) -> None:
        self.documents = Texts(self)

    def code(self, sha256: str) -> str:
        """The neutral name of a candidate, stable while the session lasts: "Candidate 07"."""
        return _code(list(self.resumes).index(sha256) + 1)

    def label(self, sha256: str) -> str:
        """What a candidate is called on screen and in exports: the code when blind, else the file's name."""
        return self.labels()[sha256]

    def labels(self) -> dict[str, str]:
        """The label of every candidate; unique, so that a row of a table can be found again."""
        if self.blind:
            return {sha256: _code(i) for i, sha256 in enumerate(self.resumes, 1)}
        seen: dict[str, int] = {}
        found = {}
        for sha256, resume in self.resumes.items():
            seen[resume.name] = seen.get(resume.name, 0) + 1
            found[sha256] = resume.name if seen[resume.name] == 1 else f"{resume.name} ({seen[resume.name]})"
        return found

    def keep(self, sha256: str, row: dict) -> None:
        """Store a judged row under the hash of its file, with the name that the recruiter knows."""
        self.rows[sha256] = {**row, "sha256": sha256, "file": self.resumes[sha256].name}

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

    def take_job(self, job: Job | None) -> None:
        """Take up what was read of a job text; of the same text again, the edited requirements can come back."""
        if job and self.job and job.text == self.job.text:
            self.keep_requirements()
        else:
            self.former.clear()
        self.job, self.chosen_requirement, self.changing = job, None, None

    def keep_requirements(self, changing: int | None = None) -> None:
        """Remember the requirements before a change, once for all that is typed into one of them."""
        if self.job and (changing is None or changing != self.changing):
            self.former.append(self.job.requirements)
        self.changing = changing

    def undo_requirements(self) -> bool:
        """Take the last change of the requirements back; False where there is none."""
        if not self.former or self.job is None:
            return False
        self.set_requirements(self.former.pop())
        self.changing = None
        return True

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
            self.screening, self.seen = None, 0
        if self.judged_for and self.judged_for[0] != wanted[0]:
            self.human.clear()
            self.history.clear()
            self.groups.clear()
        self.judged_for = wanted
        return [resume for sha256, resume in self.resumes.items() if sha256 not in self.rows]

    # --- what the records hold ---------------------------------------------------------------------------------------

    def submit(self, store: Store, user: str, adapters: tuple[str, ...]) -> None:
        """Queue the resumes for this job and these adapters; what was judged by them before is not judged again."""
        self.waiting(adapters)
        ids = records.add_documents(store, list(self.resumes.values()), user)
        if self.screening is None:
            job = records.add_job(store, self.job, user)
            self.screening = records.create_screening(store, job, ids, adapters, user)
        else:
            records.extend_screening(store, self.screening, ids, user)
        self._watch(store, user)

    def attach(self, store: Store, user: str, screening: records.Screening) -> None:
        """Show a screening of the records."""
        self.forget_resumes()
        self.take_job(records.job_of(store, screening.id, user))
        self.resumes = {entry.sha256: Resume(entry.path, entry.name, entry.sha256, entry.size)
                        for entry in records.entries_of(store, screening.id, user)}
        self.judged_for = (self.job.text, self.job.requirements, screening.adapters)
        self.screening = screening.id
        self._watch(store, user)
        self.catch_up()

    def _watch(self, store: Store, user: str) -> None:
        self.store, self.user, self.running = store, user, True
        said = records.current(store, self.screening, user)
        self.human = {sha256: decision for sha256, decision in said.items() if sha256 in self.resumes}

    def catch_up(self) -> int:
        """Take over the rows that were recorded since the last time; returns how many."""
        fresh = records.rows_of(self.store, self.screening, self.user, after=self.seen)
        for number, row in fresh:
            if row["sha256"] in self.resumes:
                self.keep(row["sha256"], row)
            self.seen = number
        return len(fresh)

    def decide(self, sha256: str, decision: str | None, note: str = "") -> None:
        """Record the recruiter's own decision (None takes it back); `undo` restores the one before."""
        self.decide_all([sha256], decision, note)

    def decide_all(self, keys: Sequence[str], decision: str | None, note: str = "") -> None:
        """Record one decision on several candidates; one `undo` takes all of them back."""
        for sha256 in keys:
            if self.screening is not None:
                records.decide(self.store, self.screening, sha256, decision or OPEN, note, user=self.user)
            self.history.append((sha256, self.human.get(sha256)))
            self._put(sha256, decision)
        if keys:
            self.groups.append(len(keys))

    def undo(self) -> str | None:
        """Take the last decision back, with those made together; returns whose it was, None where there is none."""
        last = None
        for _ in range(self.groups.pop() if self.groups else 1):
            last = self._undo_one() or last
        return last

    def _undo_one(self) -> str | None:
        if self.screening is not None:
            return self._undo_recorded()
        if not self.history:
            return None
        sha256, before = self.history.pop()
        self._put(sha256, before)
        return sha256

    def _undo_recorded(self) -> str | None:
        sha256 = records.undo(self.store, self.screening, self.user)
        if sha256 is not None:
            self._put(sha256, records.current(self.store, self.screening, self.user).get(sha256))
        return sha256

    def _put(self, sha256: str, decision: str | None) -> None:
        if decision is None:
            self.human.pop(sha256, None)
        else:
            self.human[sha256] = decision

    def forget_resumes(self) -> None:
        """Show no resume any more and delete the uploads; what was screened stays in the records."""
        for store in (self.resumes, self.rows, self.human, self.history, self.groups, self.picked):
            store.clear()
        self.selected = self.judged_for = self.screening = None
        self.seen, self.running = 0, False
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def close(self) -> None:
        """Called when the visit ends: delete the uploads. What is queued goes on."""
        self.forget_resumes()


def _code(number: int) -> str:
    return f"{t('Candidate')} {number:02d}"
