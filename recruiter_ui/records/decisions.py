"""What people decided, and where they put the model right. Append-only: taking something back is a row of its own.

A decision belongs to the candidate and the job's text, so that it outlives an edit of the requirements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Select, insert, select

from model.errors import RecordsError
from recruiter_ui.records import audit
from recruiter_ui.records.screenings import seen, visible
from recruiter_ui.records.store import LOCAL, Store, now
from recruiter_ui.records.tables import decisions, documents, items, jobs, overrides, screenings, verdicts

Said = Literal["SHORTLISTED", "DECLINED", "NONE"]
AS_STATUS = {"SHORTLISTED": "SELECTED", "DECLINED": "REJECTED"}


@dataclass(frozen=True)
class Decision:
    """One row; `undoes` is the id of the row that this one took back."""

    id: int
    screening: int
    document: str
    user: str
    decision: Said
    note: str
    undoes: int | None
    time: str


def decide(store: Store, screening: int, document: str, decision: Said, note: str = "", user: str = LOCAL) -> int:
    """Record a person's decision on a document (its hash); "NONE" leaves it open again. Returns its id."""
    with store.write() as connection:
        _belongs(connection, screening, document, user)
        return _add(connection, screening, document, user, decision, note, None)


def undo(store: Store, screening: int, user: str = LOCAL) -> str | None:
    """Take the user's last decision on this job back; returns the hash of its document, None where there is none."""
    with store.write() as connection:
        seen(connection, screening, user)
        rows = [_decision(row) for row in connection.execute(_of_job(screening, user))]
        undone = {row.undoes for row in rows}
        mine = [row for row in rows if row.user == user and row.undoes is None and row.id not in undone]
        if not mine:
            return None
        last = mine[-1]
        before = [row for row in rows if row.document == last.document and row.id < last.id
                  and row.undoes is None and row.id not in undone]
        _add(connection, last.screening, last.document, user, before[-1].decision if before else "NONE", "", last.id)
        return last.document


def _add(connection: Connection, screening: int, document: str, user: str, decision: Said, note: str,
         undoes: int | None) -> int:
    made = connection.execute(insert(decisions).values(
        screening=screening, document=document, user=user, decision=decision, note=note, undoes=undoes,
        time=now())).inserted_primary_key[0]
    audit.append(connection, user, "decision undone" if undoes else "decided", f"document:{document}",
                 {"screening": screening, "decision": decision, **({"undoes": undoes} if undoes else {})},
                 _versions(connection, screening, document))
    return made


def _versions(connection: Connection, screening: int, document: str) -> dict:
    """The versions of the verdict that the person had before them."""
    row = _row(connection, screening, document)
    return row["versions"] if row else {}


def _row(connection: Connection, screening: int, document: str) -> dict | None:
    return connection.execute(
        select(verdicts.c.row).join(items, items.c.verdict == verdicts.c.id)
        .join(documents, documents.c.id == items.c.document)
        .where(items.c.screening == screening, documents.c.sha256 == document)).scalar()


def _belongs(connection: Connection, screening: int, document: str, user: str) -> None:
    seen(connection, screening, user)
    found = connection.execute(select(items.c.id).join(documents, documents.c.id == items.c.document).where(
        items.c.screening == screening, documents.c.sha256 == document)).scalar()
    if found is None:
        raise RecordsError(f"this document is not in screening {screening}: it was removed")


def _of_job(screening: int, user: str) -> Select:
    """The decisions on the same job text that this user may see, oldest first."""
    text = select(jobs.c.text_hash).join(screenings, screenings.c.job == jobs.c.id).where(
        screenings.c.id == screening).scalar_subquery()
    return select(decisions).join(screenings, screenings.c.id == decisions.c.screening).join(
        jobs, jobs.c.id == screenings.c.job).where(jobs.c.text_hash == text, visible(user)).order_by(decisions.c.id)


def _decision(row) -> Decision:
    return Decision(**row._mapping)


def history(store: Store, screening: int, document: str | None = None, user: str = LOCAL) -> list[Decision]:
    """Every decision on this job, of one document or all, oldest first."""
    with store.read() as connection:
        seen(connection, screening, user)
        found = [_decision(row) for row in connection.execute(_of_job(screening, user))]
    return [row for row in found if document in (None, row.document)]


def current(store: Store, screening: int, user: str = LOCAL) -> dict[str, Said]:
    """Document hash -> the decision that holds; those left open are not there."""
    said = {row.document: row.decision for row in history(store, screening, user=user)}
    return {document: decision for document, decision in said.items() if decision != "NONE"}


# --- overrides -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Override:
    """One row: marks (0 not met, 1 partly, 2 met) or status that a person put right."""

    id: int
    screening: int
    document: str
    user: str
    marks: list[int] | None
    status: str | None
    note: str
    time: str


def override(store: Store, screening: int, document: str, marks: Sequence[int] | None = None,
             status: Literal["SELECTED", "REJECTED"] | None = None, note: str = "", user: str = LOCAL) -> int:
    """Record what the model should have said. Raises RecordsError where it says nothing, or marks do not fit."""
    with store.write() as connection:
        _belongs(connection, screening, document, user)
        row = _row(connection, screening, document)
        asked = len(row["requirements"]) if row else 0
        if marks is None and status is None:
            raise RecordsError("an override changes the marks, the status or both: give one of them")
        if marks is not None and (len(marks) != asked or not set(marks) <= {0, 1, 2}):
            raise RecordsError(f"marks are {asked} numbers of 0, 1 or 2, one a requirement: got {list(marks)}")
        made = connection.execute(insert(overrides).values(
            screening=screening, document=document, user=user, marks=None if marks is None else list(marks),
            status=status, note=note, time=now())).inserted_primary_key[0]
        audit.append(connection, user, "overrode", f"document:{document}",
                     {"screening": screening, "marks": None if marks is None else list(marks), "status": status},
                     row["versions"] if row else {})
        return made


def overrides_of(store: Store, screening: int, document: str | None = None, user: str = LOCAL) -> list[Override]:
    """The overrides in a screening, oldest first; the last one of a document holds."""
    with store.read() as connection:
        seen(connection, screening, user)
        rows = connection.execute(select(overrides).where(overrides.c.screening == screening).order_by(overrides.c.id))
        return [Override(**row._mapping) for row in rows if document in (None, row.document)]


# --- agreement -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """One day (UTC): how many candidates people decided, and with how many the model's forced status agreed."""

    day: str
    decided: int
    agreed: int


def agreement_over_time(store: Store, user: str = LOCAL) -> list[Agreement]:
    """Day by day, over the screenings that the user may see: the decisions that hold against the model's status."""
    with store.read() as connection:
        rows = connection.execute(
            select(decisions.c.screening, decisions.c.document, decisions.c.decision, decisions.c.time, verdicts.c.row)
            .join(screenings, screenings.c.id == decisions.c.screening)
            .join(items, items.c.screening == decisions.c.screening)
            .join(documents, (documents.c.id == items.c.document) & (documents.c.sha256 == decisions.c.document))
            .join(verdicts, verdicts.c.id == items.c.verdict)
            .where(visible(user)).order_by(decisions.c.id)).all()
    last = {(row.screening, row.document): row for row in rows}
    days: dict[str, list[bool]] = {}
    for row in last.values():
        if row.decision in AS_STATUS:
            judged = row.row["verdicts"]
            status = judged.get("grpo", next(iter(judged.values())))["status"]
            days.setdefault(row.time[:10], []).append(status == AS_STATUS[row.decision])
    return [Agreement(day, len(agreed), sum(agreed)) for day, agreed in sorted(days.items())]
