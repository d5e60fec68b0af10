"""Taking persons out of the records: every row that holds a document, its verdicts or what was said of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Row, delete, func, select, update

from model.errors import RecordsError
from recruiter_ui.records import audit
from recruiter_ui.records.driver import sqlite_module
from recruiter_ui.records.pseudonyms import DOCUMENT, pseudonym
from recruiter_ui.records.screenings import WAITING, close
from recruiter_ui.records.store import FILES, Store, now
from recruiter_ui.records.tables import audit as lines
from recruiter_ui.records.tables import decisions, documents, items, jobs, overrides, screenings, verdicts

FREE_SECONDS = 30.0  # to wait for readers to end before the log can be emptied
VACUUM_BYTES = 2**30  # larger databases are not rewritten; what was deleted is overwritten all the same


@dataclass
class Gone:
    """What was taken out, counted by table."""

    documents: int = 0
    verdicts: int = 0
    decisions: int = 0
    overrides: int = 0
    items: int = 0
    screenings: int = 0
    jobs: int = 0
    paths: list[str] = field(default_factory=list)  # files that nothing names any more, to be deleted


def paths_of(store: Store, hashes: Sequence[str]) -> list[str]:
    """Every copy of these documents, relative to the data folder."""
    with store.read() as connection:
        return list(connection.execute(select(documents.c.path).where(documents.c.sha256.in_(hashes))).scalars())


def texts_of(store: Store, sha256: str) -> list[str]:
    """The names and the text that the records hold of a document, to look for afterwards."""
    with store.read() as connection:
        rows = connection.execute(select(documents.c.name, documents.c.text).where(documents.c.sha256 == sha256)).all()
    return [text for row in rows for text in (row.name, row.text) if text]


def forget_documents(store: Store, hashes: Sequence[str], actor: str, why: str) -> Gone:
    """Delete the documents of these hashes, of every owner, with all that hangs on them; the audit gets a line each.

    One transaction. A worker that has one in hand finds it gone when it is done.
    """
    gone = Gone()
    with store.write() as connection:
        for sha256 in hashes:
            queued = set(connection.execute(select(items.c.screening).join(
                documents, documents.c.id == items.c.document).where(documents.c.sha256 == sha256)).scalars())
            counts = {"items": connection.execute(select(func.count()).select_from(items).join(
                documents, documents.c.id == items.c.document).where(documents.c.sha256 == sha256)).scalar_one()}
            for table in (decisions, overrides, verdicts):
                counts[table.name] = connection.execute(delete(table).where(table.c.document == sha256)).rowcount
            counts["documents"] = connection.execute(delete(documents).where(documents.c.sha256 == sha256)).rowcount
            for name, count in counts.items():
                setattr(gone, name, getattr(gone, name) + count)
            audit.append(connection, actor, "erased", f"document:{sha256}", {"why": why, **counts})
            _close_emptied(connection, queued)
    return gone


def _close_emptied(connection: Connection, touched: Iterable[int]) -> None:
    """End the screenings that nothing waits in any more."""
    for screening in touched:
        left = connection.execute(select(items.c.id).where(items.c.screening == screening,
                                                           items.c.state.in_(WAITING)).limit(1)).first()
        if left is None:
            close(connection, screening, "done")


def erased_since(store: Store, line: int) -> tuple[int, set[str]]:
    """(the audit's last line, pseudonyms of the documents that were erased after `line`)."""
    with store.read() as connection:
        last = connection.execute(select(func.max(lines.c.id))).scalar() or 0
        found = connection.execute(select(lines.c.subject).where(lines.c.id > line, lines.c.id <= last,
                                                                 lines.c.action == "erased")).scalars()
        return last, {subject.removeprefix(DOCUMENT) for subject in found}


def taken_in_before(store: Store, erased: Mapping[str, str]) -> list[str]:
    """Hashes of documents that were taken in before the time that `erased` (pseudonym -> time) states for them."""
    with store.read() as connection:
        rows = connection.execute(select(documents.c.sha256, func.min(documents.c.created).label("first")).group_by(
            documents.c.sha256)).all()
        return [row.sha256 for row in rows if row.first < erased.get(pseudonym(connection, row.sha256), "")]


# --- retention -------------------------------------------------------------------------------------------------------


def due_screenings(store: Store, days: int | None) -> list[Row]:
    """Screenings kept longer than their job's `retention_days`, or than `days` where the job states none.

    Rows of (id, job, owner). The time counts from the last thing that happened: begun, ended or decided.
    """
    last_said = select(func.max(decisions.c.time)).where(decisions.c.screening == screenings.c.id).scalar_subquery()
    with store.read() as connection:
        rows = connection.execute(select(
            screenings.c.id, screenings.c.job, screenings.c.owner, screenings.c.created, screenings.c.closed,
            jobs.c.retention_days, last_said.label("said")).join(jobs, jobs.c.id == screenings.c.job)).all()
    moment = datetime.fromisoformat(now())
    due = []
    for row in rows:
        kept = days if row.retention_days is None else row.retention_days
        last = max(filter(None, (row.created, row.closed, row.said)))
        if kept is not None and datetime.fromisoformat(last) + timedelta(days=kept) < moment:
            due.append(row)
    return due


def only_in(store: Store, due: Sequence[int]) -> list[str]:
    """Hashes of the documents that belong to these screenings and to no other, of any owner."""
    with store.read() as connection:
        pairs = connection.execute(select(documents.c.sha256, items.c.screening).join(
            items, items.c.document == documents.c.id)).all()
    here, elsewhere, wanted = set(), set(), set(due)
    for sha256, screening in pairs:
        (here if screening in wanted else elsewhere).add(sha256)
    return sorted(here - elsewhere)


def idle_documents(store: Store, days: int | None) -> list[str]:
    """Hashes of documents that are in no screening, of any owner, and were taken in longer ago than the policy."""
    if days is None:
        return []
    before = (datetime.fromisoformat(now()) - timedelta(days=days)).isoformat(timespec="microseconds")
    with store.read() as connection:
        screened = select(documents.c.sha256).join(items, items.c.document == documents.c.id)
        return list(connection.execute(select(documents.c.sha256).where(
            documents.c.sha256.not_in(screened)).group_by(documents.c.sha256).having(
            func.max(documents.c.created) < before)).scalars())


def unnamed_files(store: Store, older_than: float) -> list[Path]:
    """Stored files that no record names (a crash came between), unchanged for so many seconds."""
    with store.read() as connection:
        named = set(connection.execute(select(documents.c.path)).scalars())
    before = time.time() - older_than
    return [path for path in (store.folder / FILES).rglob("*") if path.is_file()
            and str(path.relative_to(store.folder)) not in named and path.stat().st_mtime < before]


def forget_screenings(store: Store, due: Sequence[int], actor: str) -> Gone:
    """Delete these screenings with their decisions, and what no other screening holds: verdicts, copies, jobs."""
    gone = Gone()
    with store.write() as connection:
        for screening in due:
            row = connection.execute(select(screenings.c.job).where(screenings.c.id == screening)).first()
            if row is None:
                continue
            held = list(connection.execute(select(items.c.verdict).where(
                items.c.screening == screening, items.c.verdict.is_not(None))).scalars())
            copies = connection.execute(select(documents.c.id, documents.c.path).join(
                items, items.c.document == documents.c.id).where(items.c.screening == screening)).all()
            gone.items += connection.execute(delete(items).where(items.c.screening == screening)).rowcount
            gone.screenings += connection.execute(delete(screenings).where(screenings.c.id == screening)).rowcount
            for verdict in held:
                used = connection.execute(select(items.c.id).where(items.c.verdict == verdict).limit(1)).first()
                if used is None:
                    gone.verdicts += connection.execute(delete(verdicts).where(verdicts.c.id == verdict)).rowcount
            for copy in copies:
                if connection.execute(select(items.c.id).where(items.c.document == copy.id).limit(1)).first() is None:
                    connection.execute(delete(documents).where(documents.c.id == copy.id))
                    gone.paths.append(copy.path)
            other = connection.execute(select(screenings.c.id).where(screenings.c.job == row.job).limit(1)).first()
            if other is None:
                gone.jobs += connection.execute(delete(jobs).where(jobs.c.id == row.job)).rowcount
            audit.append(connection, actor, "screening erased", f"screening:{screening}", {"why": "retention"})
    return gone


def set_retention(store: Store, job: int, days: int | None, user: str, anyones: bool = False) -> None:
    """Keep screenings of this job so many days; None: as the policy says. Raises RecordsError for a strange job."""
    with store.write() as connection:
        mine = jobs.c.id == job if anyones else (jobs.c.id == job) & (jobs.c.owner == user)
        if not connection.execute(update(jobs).where(mine).values(retention_days=days)).rowcount:
            raise RecordsError(f"there is no job {job} that you may change: it was removed, or is not yours")
        audit.append(connection, user, "retention set", f"job:{job}", {"days": days})


# --- traces ----------------------------------------------------------------------------------------------------------


def scrub(store: Store) -> None:
    """Leave no trace of what was deleted in the database's files: rewrite it, then empty the write-ahead log.

    Deleted content is overwritten as it is deleted (`secure_delete`); this takes it out of the log as well. Raises
    RecordsError where a reader keeps the log from being emptied.
    """
    held = RecordsError(f"{store.path} is in use, and its files may still hold traces of what was erased: run "
                        "`python app.py erase --scrub` once the others have ended")
    with store.engine.connect() as connection:
        raw = connection.connection
        end = time.monotonic() + FREE_SECONDS
        try:
            if store.path.stat().st_size < VACUUM_BYTES:
                raw.execute("VACUUM")
            while raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > end:
                    raise held
                time.sleep(0.1)
        except sqlite_module().Error as error:
            raise held from error
