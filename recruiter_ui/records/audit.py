"""The audit: who did what, on what, with which versions. Append-only; each line's hash holds that of the line before.

Subjects are pseudonyms ("document:<sha256>", "screening:12"), so that a line can stay when a person is erased. Never
put names, notes or text of a resume into `details`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select

from recruiter_ui.records.pseudonyms import as_recorded
from recruiter_ui.records.store import Store, now
from recruiter_ui.records.tables import audit

START = "0" * 64  # what stands for the hash before the first line
HASHED = ("time", "actor", "action", "subject", "details", "versions")


@dataclass(frozen=True)
class Verified:
    """What checking the chain found: `broken` holds a sentence for each fault, `notes` what is odd but sound."""

    lines: int
    head: str
    broken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def append(connection: Connection, actor: str, action: str, subject: str, details: Mapping | None = None,
           versions: Mapping | None = None) -> None:
    """Add a line within a transaction of `store.write()`, so that the deed and its line are there together."""
    before = connection.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar()
    line = {"time": now(), "actor": actor, "action": action, "subject": as_recorded(connection, subject),
            "details": _canonical(details or {}), "versions": _canonical(versions or {})}
    before = before or START
    connection.execute(insert(audit).values(**line, prev_hash=before, hash=_hash(before, line)))


def record(store: Store, actor: str, action: str, subject: str, details: Mapping | None = None,
           versions: Mapping | None = None) -> None:
    """A line of its own, for a deed that changes nothing else in the records (a login, an export)."""
    with store.write() as connection:
        append(connection, actor, action, subject, details, versions)


def _canonical(value: Mapping) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _hash(before: str, line: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([before, *(line[name] for name in HASHED)]).encode()).hexdigest()


def lines(connection: Connection, subject: str | None = None) -> Iterator[dict]:
    """The lines in order, all or those of a subject; `details` and `versions` as they are stored."""
    wanted = select(audit).order_by(audit.c.id)
    if subject is not None:
        wanted = wanted.where(audit.c.subject == as_recorded(connection, subject))
    for line in connection.execution_options(yield_per=1000).execute(wanted):
        yield dict(line._mapping)


def verify(store: Store, expected_head: str | None = None) -> Verified:
    """Check every hash, every link and the numbering; `expected_head` is a hash noted before (a backup names one)."""
    broken, notes, before, last, count, seen = [], [], START, None, 0, expected_head in (None, START)
    with store.read() as connection:
        for line in lines(connection):
            count += 1
            where = f"line {line['id']} ({line['time'][:19]}, {line['action']})"
            if line["prev_hash"] != before:
                broken.append(f"{where} does not follow the line before it: a line was changed, added or removed")
            if _hash(line["prev_hash"], line) != line["hash"]:
                broken.append(f"{where} is not what was written: its hash does not match")
            if last and line["id"] != last["id"] + 1:
                broken.append(f"between line {last['id']} and line {line['id']} lines are missing")
            if last and line["time"] < last["time"]:
                notes.append(f"at line {line['id']} the clock of the machine went back to {line['time'][:19]}")
            seen = seen or line["hash"] == expected_head
            before, last = line["hash"], line
        numbered = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").scalar() or 0
    if (last["id"] if last else 0) != numbered:
        broken.append(f"the last lines are missing: {numbered} were written, the last one left is "
                      f"{last['id'] if last else 'none'}")
    if not seen:
        broken.append(f"no line has the hash {expected_head}: the audit was cut or written anew")
    return Verified(count, before, broken, notes)


def last_hash(connection: Connection) -> tuple[int, str]:
    """(number of lines, hash of the last one)."""
    count = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    return count, connection.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar() or START
