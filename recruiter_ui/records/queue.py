"""The queue: documents of open screenings waiting to be judged. Workers claim, judge, finish; a crash loses nothing.

A claim is a lease: where its worker is gone or the lease has run out, the documents wait again, each three times at
most. What is scored twice all the same is stored once, by the verdicts' unique key.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
from sqlalchemy import Connection, and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from model.schema import Document, Job
from recruiter_ui.records import audit
from recruiter_ui.records.documents import put_text
from recruiter_ui.records.jobs import job_from
from recruiter_ui.records.screenings import WAITING, close
from recruiter_ui.records.store import Store, now
from recruiter_ui.records.tables import documents, items, jobs, screenings, verdicts

LEASE_SECONDS = 300.0
MAX_ATTEMPTS = 3
GAVE_UP = (f"This document was tried {MAX_ATTEMPTS} times and each time the program ended. Look at the file "
           "yourself, and screen it alone to see what happens.")
KEY = ("document", "job", "model", "adapter", "prompt", "rubric")


@dataclass(frozen=True)
class Item:
    """One document in hand."""

    id: int
    sha256: str
    path: Path
    name: str


@dataclass(frozen=True)
class Claim:
    """Documents of one screening that a worker has taken."""

    screening: int
    job: Job
    job_hash: str
    adapters: tuple[str, ...]
    items: tuple[Item, ...]
    worker: str


def worker_id() -> str:
    """This process, so that others can see whether it still lives: "host:pid:start time:random"."""
    return _worker_id(os.getpid())  # a fork is another worker


@cache
def _worker_id(pid: int) -> str:
    return f"{_host()}:{pid}:{psutil.Process(pid).create_time():.2f}:{uuid.uuid4().hex[:8]}"


def _host() -> str:
    return socket.gethostname().replace(":", "-")


def _is_gone(worker: str) -> bool:
    """Whether the process of a claim has ended; unknown of other machines, so False there."""
    host, pid, started, _ = worker.split(":")
    if host != _host():
        return False
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) > 1
    except psutil.NoSuchProcess:
        return True


def claim_next(store: Store, limit: int = 1, worker: str | None = None) -> Claim | None:
    """Take up to `limit` documents of the open screening whose turn it is; None where nothing waits.

    A document that was in hand before when a process ended is taken alone, so that it harms no other again.
    """
    worker = worker or worker_id()
    with store.write() as connection:
        turn = connection.execute(
            select(screenings.c.id.label("screening"), screenings.c.adapters, jobs)
            .join(jobs, jobs.c.id == screenings.c.job)
            .where(screenings.c.status == "open", select(items.c.id).where(
                items.c.screening == screenings.c.id, items.c.state == "queued").exists())
            .order_by(screenings.c.served, screenings.c.id).limit(1)).first()
        if turn is None:
            return None
        taken = _take(connection, turn.screening, limit)
        connection.execute(update(items).where(items.c.id.in_([item.id for item in taken])).values(
            state="running", attempts=items.c.attempts + 1, worker=worker, lease_until=time.time() + LEASE_SECONDS))
        served = connection.execute(select(func.max(screenings.c.served))).scalar_one() + 1
        connection.execute(update(screenings).where(screenings.c.id == turn.screening).values(served=served))
        found = tuple(Item(item.id, item.sha256, store.folder / item.path, item.name) for item in taken)
        return Claim(turn.screening, job_from(turn), turn.hash, tuple(turn.adapters), found, worker)


def _take(connection: Connection, screening: int, limit: int) -> Sequence:
    waiting = (select(items.c.id, items.c.attempts, documents.c.sha256, documents.c.path, documents.c.name)
               .join(documents, documents.c.id == items.c.document)
               .where(items.c.screening == screening, items.c.state == "queued").order_by(items.c.id))
    tried = connection.execute(waiting.where(items.c.attempts > 0).limit(1)).all()
    return tried or connection.execute(waiting.limit(limit)).all()


def renew(store: Store, claim: Claim) -> None:
    """Hold on to a claim for another lease; call it while a long batch is judged."""
    with store.write() as connection:
        connection.execute(update(items).where(_held(claim)).values(lease_until=time.time() + LEASE_SECONDS))


def give_back(store: Store, claim: Claim) -> None:
    """Put what is left of a claim back into the queue, as if it had not been tried."""
    with store.write() as connection:
        connection.execute(update(items).where(_held(claim)).values(
            state="queued", attempts=items.c.attempts - 1, worker=None, lease_until=None))


def _held(claim: Claim):
    return and_(items.c.id.in_([item.id for item in claim.items]), items.c.state == "running",
                items.c.worker == claim.worker)


def requeue(store: Store, worker: str | None = None) -> int:
    """Put back what ended workers had in hand, and give up on what was tried too often; returns how many.

    A lease counts as run out where its worker is gone, where its time has passed, or where it lies further ahead than
    any lease can: then the clock has gone back. `worker` names one whose claims broke although it lives.
    """
    moment = time.time()
    with store.write() as connection:
        running = connection.execute(select(items.c.worker).where(items.c.state == "running").distinct()).scalars()
        gone = [name for name in running if name == worker or _is_gone(name)]
        lost = and_(items.c.state == "running", or_(
            items.c.worker.in_(gone), items.c.lease_until < moment, items.c.lease_until > moment + 2 * LEASE_SECONDS))
        hopeless = connection.execute(
            select(items.c.id, items.c.screening, documents.c.sha256)
            .join(documents, documents.c.id == items.c.document).where(lost, items.c.attempts >= MAX_ATTEMPTS)).all()
        for item in hopeless:
            _end(connection, item.id, item.screening, "failed", unread=failed_row(item.sha256, GAVE_UP))
            audit.append(connection, "worker", "not scored", f"document:{item.sha256}",
                         {"screening": item.screening, "outcome": "failed"})
        back = connection.execute(update(items).where(lost, items.c.attempts < MAX_ATTEMPTS).values(
            state="queued", worker=None, lease_until=None))
        return back.rowcount + len(hopeless)


def failed_row(sha256: str, reason: str) -> dict:
    """The contract's row of a document that we could not judge; a person looks at it."""
    return {"file": "", "sha256": sha256, "outcome": "failed", "decision": "REVIEW", "reasons": [reason],
            "verdicts": {}, "reward": {}, "requirements": [], "versions": {}, "elapsed_ms": 0, "error": reason,
            "flags": [{"code": "failed", "message": reason, "detail": ""}]}


# --- finishing -------------------------------------------------------------------------------------------------------


def key_of(sha256: str, job_hash: str, versions: Mapping[str, str], adapters: Sequence[str]) -> dict[str, str]:
    """The six that make a verdict one; of the versions' adapters only those that judged."""
    loaded = dict(part.partition(":")[::2] for part in versions["adapter"].split(","))
    return {"document": sha256, "job": job_hash, "model": versions["base"], "prompt": versions["prompt"],
            "adapter": ",".join(f"{name}:{loaded.get(name, '')}" for name in sorted(adapters)),
            "rubric": versions["rubric"]}


def known_verdicts(store: Store, claim: Claim, versions: Mapping[str, str]) -> dict[str, dict]:
    """Document hash -> row, for what these versions have judged by this job before."""
    keys = [key_of(item.sha256, claim.job_hash, versions, claim.adapters) for item in claim.items]
    same = {name: keys[0][name] for name in KEY[1:]}
    with store.read() as connection:
        found = connection.execute(select(verdicts.c.document, verdicts.c.row).where(
            verdicts.c.document.in_([key["document"] for key in keys]),
            *(verdicts.c[name] == value for name, value in same.items())))
        return {row.document: row.row for row in found}


def finish_item(store: Store, claim: Claim, item: Item, row: Mapping, document: Document | None = None,
                reused: bool = False) -> bool:
    """Record the row and the item's new state in one transaction; False where the item was done already.

    A verdict that is there already (same document, job and versions) is kept as it is. `document` is what was read of
    the file. `reused` says that nothing was judged: the row was there before.
    """
    with store.write() as connection:
        state = connection.execute(select(items.c.state).where(items.c.id == item.id)).scalar()
        if state not in WAITING:  # done by another whose lease had taken over, or removed meanwhile
            return False
        if document is not None:
            put_text(connection, document)
        if row["outcome"] == "scored":
            verdict = _verdict(connection, key_of(item.sha256, claim.job_hash, row["versions"], claim.adapters), row)
            _end(connection, item.id, claim.screening, "scored", verdict=verdict)
        else:
            _end(connection, item.id, claim.screening, row["outcome"], unread=_nameless(row))
        action = "verdict reused" if reused else "scored" if row["outcome"] == "scored" else "not scored"
        audit.append(connection, "worker", action, f"document:{item.sha256}",
                     {"screening": claim.screening, "job": claim.job_hash, "outcome": row["outcome"],
                      "decision": row["decision"]}, row["versions"])
        return True


def _verdict(connection: Connection, key: Mapping[str, str], row: Mapping) -> int:
    connection.execute(insert_or(verdicts).values(**key, row=_nameless(row), created=now()).on_conflict_do_nothing())
    return connection.execute(select(verdicts.c.id).where(
        *(verdicts.c[name] == value for name, value in key.items()))).scalar_one()


def _nameless(row: Mapping) -> dict:
    return {**row, "file": ""}  # the name belongs to whoever uploaded it, the verdict to the content


def _end(connection: Connection, item: int, screening: int, state: str, **what) -> None:
    """Move an item to its last state, and close its screening where nothing waits any more."""
    number = select(screenings.c.finished + 1).where(screenings.c.id == screening).scalar_subquery()
    connection.execute(update(items).where(items.c.id == item).values(
        state=state, worker=None, lease_until=None, done=number, **what))
    connection.execute(update(screenings).where(screenings.c.id == screening).values(
        finished=screenings.c.finished + 1))
    left = connection.execute(select(items.c.id).where(items.c.screening == screening,
                                                       items.c.state.in_(WAITING)).limit(1)).first()
    if left is None and close(connection, screening, "done"):
        audit.append(connection, "worker", "screening done", f"screening:{screening}")


def fail_screening(store: Store, claim: Claim, message: str) -> None:
    """End a screening that cannot be judged at all (its adapter is gone); what is left of the claim waits again."""
    give_back(store, claim)
    with store.write() as connection:
        if close(connection, claim.screening, "failed", message):
            audit.append(connection, "worker", "screening failed", f"screening:{claim.screening}")


def waiting(store: Store) -> int:
    """How many documents of open screenings are queued or in hand."""
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(items).join(
            screenings, screenings.c.id == items.c.screening).where(
            screenings.c.status == "open", items.c.state.in_(WAITING))).scalar_one()
