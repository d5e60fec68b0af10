"""Jobs: a text with the requirements that it is judged by. The same job of the same owner is stored once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from model.schema import Job, Requirement
from recruiter_ui.records import audit
from recruiter_ui.records.store import LOCAL, Store, now
from recruiter_ui.records.tables import jobs


def text_hash(text: str) -> str:
    """`job_sha256` of the `score` contract."""
    return hashlib.sha256(text.encode()).hexdigest()


def job_hash(job: Job) -> str:
    """Hash of what a verdict depends on: the text and the requirements, edited ones included."""
    said = json.dumps([job.text, [asdict(r) for r in job.requirements]], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def add_job(store: Store, job: Job, user: str = LOCAL, retention_days: int | None = None) -> int:
    """The id of the job, which is stored where it is new; `retention_days` None leaves the policy's."""
    with store.write() as connection:
        digest = job_hash(job)
        known = connection.execute(select(jobs.c.id).where(jobs.c.owner == user, jobs.c.hash == digest)).scalar()
        if known is not None:
            return known
        made = connection.execute(insert(jobs).values(
            hash=digest, text_hash=text_hash(job.text), text=job.text, title=job.title,
            requirements=[asdict(r) for r in job.requirements], warnings=list(job.warnings), owner=user,
            retention_days=retention_days, created=now())).inserted_primary_key[0]
        audit.append(connection, user, "job added", f"job:{digest}", {"job": made})
        return made


def job_from(row) -> Job:
    """The Job in a row of `jobs`."""
    requirements = tuple(Requirement(**{**r, "any_of": tuple(r["any_of"])}) for r in row.requirements)
    return Job(row.text, row.title, requirements, tuple(row.warnings))


def load_job(connection: Connection, job: int) -> Job:
    return job_from(connection.execute(select(jobs).where(jobs.c.id == job)).one())
