"""Screenings: a job, a pile of documents and the adapters that judge them. Each is its owner's, and shared or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from model.errors import RecordsError
from model.schema import Document, Job
from recruiter_ui.records import audit
from recruiter_ui.records.documents import document_from
from recruiter_ui.records.jobs import load_job
from recruiter_ui.records.store import LOCAL, Store, now
from recruiter_ui.records.tables import documents, items, jobs, screenings, verdicts

STATES = ("queued", "running", "scored", "unreadable", "failed")
WAITING = ("queued", "running")


@dataclass(frozen=True)
class Screening:
    """One screening. `status` is open, done, stopped or failed (then `message` says why); `counts` is by item state."""

    id: int
    job: int
    title: str
    owner: str
    adapters: tuple[str, ...]
    status: str
    message: str
    shared: bool
    created: str
    closed: str | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.total - sum(self.counts[state] for state in WAITING)


@dataclass(frozen=True)
class Entry:
    """A document of a screening, without its text."""

    id: int
    sha256: str
    name: str
    path: Path
    size: int


def create_screening(store: Store, job: int, document_ids: Sequence[int], adapters: Sequence[str],
                     user: str = LOCAL) -> int:
    """Queue the documents to be judged by the job; returns the screening's id. Job and documents must be the user's."""
    with store.write() as connection:
        digest = connection.execute(select(jobs.c.hash).where(jobs.c.id == job, jobs.c.owner == user)).scalar()
        if digest is None:
            raise RecordsError(f"there is no job {job} of yours: it was removed. Read the job again")
        made = connection.execute(insert(screenings).values(
            job=job, owner=user, adapters=list(adapters), status="open", created=now())).inserted_primary_key[0]
        count = _queue(connection, made, document_ids, user)
        audit.append(connection, user, "screening started", f"screening:{made}",
                     {"job": digest, "documents": count, "adapters": list(adapters)})
        return made


def extend_screening(store: Store, screening: int, document_ids: Sequence[int], user: str = LOCAL) -> None:
    """Add documents and open the screening again; what is done stays done, what failed is tried anew."""
    with store.write() as connection:
        _owned(connection, screening, user)
        _queue(connection, screening, document_ids, user)
        connection.execute(update(items).where(items.c.screening == screening, items.c.state == "failed").values(
            state="queued", attempts=0, unread=None, done=None))
        left = connection.execute(select(func.count()).where(items.c.screening == screening,
                                                             items.c.state.in_(WAITING))).scalar_one()
        if left:
            connection.execute(update(screenings).where(screenings.c.id == screening).values(
                status="open", message="", closed=None))
            audit.append(connection, user, "screening resumed", f"screening:{screening}", {"waiting": left})


def _queue(connection: Connection, screening: int, document_ids: Sequence[int], user: str) -> int:
    mine = set()
    for start in range(0, len(document_ids), 500):
        mine |= set(connection.execute(select(documents.c.id).where(
            documents.c.owner == user, documents.c.id.in_(document_ids[start:start + 500]))).scalars())
    if missing := [number for number in document_ids if number not in mine]:
        raise RecordsError(f"{len(missing)} of these documents are not there any more: add them again")
    if document_ids:
        connection.execute(insert_or(items).on_conflict_do_nothing(),
                           [{"screening": screening, "document": number} for number in document_ids])
    return len(mine)


def stop_screening(store: Store, screening: int, user: str = LOCAL) -> None:
    """Judge no more of it; what is done stays. `extend_screening` goes on."""
    with store.write() as connection:
        _owned(connection, screening, user)
        if close(connection, screening, "stopped"):
            audit.append(connection, user, "screening stopped", f"screening:{screening}")


def close(connection: Connection, screening: int, status: str, message: str = "") -> bool:
    """Within a transaction: end a screening that is open; returns whether it was."""
    ended = connection.execute(update(screenings).where(
        screenings.c.id == screening, screenings.c.status == "open").values(
        status=status, message=message, closed=now()))
    return ended.rowcount > 0


def share(store: Store, screening: int, shared: bool = True, user: str = LOCAL) -> None:
    """Let everyone who may log in see this screening, or its owner alone again."""
    with store.write() as connection:
        _owned(connection, screening, user)
        connection.execute(update(screenings).where(screenings.c.id == screening).values(shared=shared))
        audit.append(connection, user, "screening shared" if shared else "screening unshared",
                     f"screening:{screening}")


# --- reading ---------------------------------------------------------------------------------------------------------


def visible(user: str) -> ColumnElement[bool]:
    """The condition on `screenings` that this user may see one."""
    return or_(screenings.c.owner == user, screenings.c.shared)


def _owned(connection: Connection, screening: int, user: str) -> None:
    found = connection.execute(select(screenings.c.id).where(screenings.c.id == screening,
                                                             screenings.c.owner == user)).scalar()
    if found is None:
        raise _absent(screening)


def seen(connection: Connection, screening: int, user: str) -> None:
    """Raises RecordsError where the user may not see this screening; it does not say whether there is one."""
    if connection.execute(select(screenings.c.id).where(screenings.c.id == screening, visible(user))).scalar() is None:
        raise _absent(screening)


def _absent(screening: int) -> RecordsError:
    return RecordsError(f"there is no screening {screening} that you may use: it was removed, or is not yours")


def screenings_of(store: Store, user: str = LOCAL, limit: int = 200, offset: int = 0) -> list[Screening]:
    """The user's own screenings and the shared ones, newest first."""
    with store.read() as connection:
        return _screenings(connection, visible(user), limit, offset)


def screening_of(store: Store, screening: int, user: str = LOCAL) -> Screening:
    """One screening. Raises RecordsError where the user may not see it."""
    with store.read() as connection:
        found = _screenings(connection, (screenings.c.id == screening) & visible(user), 1, 0)
    if not found:
        raise _absent(screening)
    return found[0]


def latest_open(store: Store, user: str = LOCAL) -> Screening | None:
    """The user's newest screening that still runs."""
    with store.read() as connection:
        found = _screenings(connection, (screenings.c.owner == user) & (screenings.c.status == "open"), 1, 0)
    return found[0] if found else None


def is_open(store: Store, screening: int) -> bool:
    """Whether a screening is still to be judged; False where it was removed."""
    with store.read() as connection:
        return connection.execute(select(screenings.c.status).where(screenings.c.id == screening)).scalar() == "open"


def _screenings(connection: Connection, wanted: ColumnElement[bool], limit: int, offset: int) -> list[Screening]:
    rows = connection.execute(select(screenings, jobs.c.title).join(jobs, jobs.c.id == screenings.c.job).where(
        wanted).order_by(screenings.c.id.desc()).limit(limit).offset(offset)).all()
    counted = connection.execute(select(items.c.screening, items.c.state, func.count()).where(
        items.c.screening.in_([row.id for row in rows])).group_by(items.c.screening, items.c.state))
    counts = {row.id: dict.fromkeys(STATES, 0) for row in rows}
    for screening, state, count in counted:
        counts[screening][state] = count
    return [Screening(row.id, row.job, row.title, row.owner, tuple(row.adapters), row.status, row.message, row.shared,
                      row.created, row.closed, counts[row.id]) for row in rows]


def job_of(store: Store, screening: int, user: str = LOCAL) -> Job:
    """The job that a screening was judged by."""
    with store.read() as connection:
        seen(connection, screening, user)
        job = connection.execute(select(screenings.c.job).where(screenings.c.id == screening)).scalar_one()
        return load_job(connection, job)


def entries_of(store: Store, screening: int, user: str = LOCAL) -> list[Entry]:
    """The documents of a screening, in the order they were queued."""
    with store.read() as connection:
        seen(connection, screening, user)
        rows = connection.execute(select(documents.c.id, documents.c.sha256, documents.c.name, documents.c.path,
                                         documents.c.size).join(items, items.c.document == documents.c.id).where(
            items.c.screening == screening).order_by(items.c.id))
        return [Entry(row.id, row.sha256, row.name, store.folder / row.path, row.size) for row in rows]


def document_of(store: Store, screening: int, sha256: str, user: str = LOCAL) -> Document | None:
    """The text of a document of a screening; None where it has not been read, or cannot be."""
    with store.read() as connection:
        seen(connection, screening, user)
        row = connection.execute(select(documents).join(items, items.c.document == documents.c.id).where(
            items.c.screening == screening, documents.c.sha256 == sha256)).first()
        return document_from(row) if row else None


def rows_of(store: Store, screening: int, user: str = LOCAL, after: int = 0) -> list[tuple[int, dict]]:
    """(number, row of the `score` contract) of what is done, in that order; `after` leaves out what one has already."""
    with store.read() as connection:
        seen(connection, screening, user)
        found = connection.execute(
            select(items.c.done, documents.c.name, documents.c.sha256, verdicts.c.row, items.c.unread)
            .join(documents, documents.c.id == items.c.document)
            .join(verdicts, verdicts.c.id == items.c.verdict, isouter=True)
            .where(items.c.screening == screening, items.c.done > after).order_by(items.c.done))
        return [(row.done, {**(row.row or row.unread), "file": row.name, "sha256": row.sha256}) for row in found
                if row.row or row.unread]
