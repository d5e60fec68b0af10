"""The tables. Times are ISO 8601 in UTC; owners and users are `users.id`, "local" where nobody logs in.

A change here goes with a migration in `migrations/versions`; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                                       "ck": "ck_%(table_name)s_%(constraint_name)s",
                                       "fk": "fk_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})


Json = JSON(none_as_null=True)


def _text(name: str, *args, null: bool = False, **more) -> Column:
    return Column(name, Text, *args, nullable=null, **more)


def _id() -> Column:
    return Column("id", Integer, primary_key=True)


def _cascade(target: str) -> ForeignKey:
    return ForeignKey(target, ondelete="CASCADE")


# --- who -------------------------------------------------------------------------------------------------------------

users = Table(
    "users", metadata,
    _text("id", primary_key=True), _text("name", unique=True), _text("password_hash"), _text("role"),
    Column("disabled", Boolean(create_constraint=False), nullable=False, server_default="0"), _text("created"),
    Column("failed_logins", Integer, nullable=False, server_default="0"), _text("locked_until", null=True),
    CheckConstraint("role IN ('viewer', 'recruiter', 'admin')", name="role"))

sessions = Table(
    "sessions", metadata,
    _text("token_hash", primary_key=True), _text("user", _cascade("users.id"), index=True),
    _text("created"), _text("expires"), _text("last_seen", null=True))

# --- what is screened ------------------------------------------------------------------------------------------------

jobs = Table(
    "jobs", metadata,
    _id(), _text("hash"), _text("text_hash", index=True), _text("text"), _text("title"),
    Column("requirements", Json, nullable=False), Column("warnings", Json, nullable=False), _text("owner"),
    Column("retention_days", Integer), _text("created"),
    UniqueConstraint("owner", "hash"))

documents = Table(
    "documents", metadata,
    _id(), _text("sha256", index=True), _text("owner"), _text("path"), _text("name"),
    _text("kind", null=True), _text("text", null=True), Column("pages", Integer),  # null until the file was read
    Column("blocks", Json), Column("flags", Json), Column("size", Integer, nullable=False), _text("created"),
    UniqueConstraint("owner", "sha256"))

screenings = Table(
    "screenings", metadata,
    _id(), Column("job", Integer, _cascade("jobs.id"), nullable=False, index=True), _text("owner", index=True),
    Column("adapters", Json, nullable=False), _text("status"), _text("message", server_default=""),
    Column("shared", Boolean(create_constraint=False), nullable=False, server_default="0"), _text("created"),
    _text("closed", null=True),
    Column("served", Integer, nullable=False, server_default="0"),  # when its turn was, counted up over all
    Column("finished", Integer, nullable=False, server_default="0"),  # how often an item of it was done
    CheckConstraint("status IN ('open', 'done', 'stopped', 'failed')", name="status"))

verdicts = Table(  # one for each of the six; `row` is the `score` contract's, without the file's name
    "verdicts", metadata,
    _id(), _text("document"), _text("job"), _text("model"), _text("adapter"), _text("prompt"), _text("rubric"),
    Column("row", Json, nullable=False), _text("created"),
    UniqueConstraint("document", "job", "model", "adapter", "prompt", "rubric"))

items = Table(  # the queue: one for each document of a screening
    "items", metadata,
    _id(), Column("screening", Integer, _cascade("screenings.id"), nullable=False),
    Column("document", Integer, _cascade("documents.id"), nullable=False, index=True),
    _text("state", server_default="queued"), Column("attempts", Integer, nullable=False, server_default="0"),
    _text("worker", null=True), Column("lease_until", Float),  # seconds since 1970
    Column("verdict", Integer, ForeignKey("verdicts.id", ondelete="SET NULL"), index=True),
    Column("unread", Json),  # the row of a document that was not scored
    Column("done", Integer),  # the screening's `finished` when this was done
    UniqueConstraint("screening", "document"),
    CheckConstraint("state IN ('queued', 'running', 'scored', 'unreadable', 'failed')", name="state"),
    Index("ix_items_state", "state", "screening"), Index("ix_items_done", "screening", "done"))

# --- what people said ------------------------------------------------------------------------------------------------

decisions = Table(  # append-only: taking one back is a row of its own, with `undoes`
    "decisions", metadata,
    _id(), Column("screening", Integer, _cascade("screenings.id"), nullable=False, index=True),
    _text("document", index=True), _text("user"), _text("decision"), _text("note", server_default=""),
    Column("undoes", Integer, ForeignKey("decisions.id", ondelete="CASCADE")), _text("time"),
    CheckConstraint("decision IN ('SHORTLISTED', 'DECLINED', 'NONE')", name="decision"))

overrides = Table(  # marks or status that a person put right; append-only
    "overrides", metadata,
    _id(), Column("screening", Integer, _cascade("screenings.id"), nullable=False, index=True),
    _text("document", index=True), _text("user"), Column("marks", Json), _text("status", null=True),
    _text("note", server_default=""), _text("time"))

# --- training --------------------------------------------------------------------------------------------------------

runs = Table(
    "runs", metadata,
    _id(), _text("kind"), _text("folder", unique=True), Column("recipe", Json, nullable=False), _text("status"),
    Column("metrics", Json), _text("user"), _text("created"), _text("ended", null=True))

adapters = Table(
    "adapters", metadata,
    _id(), _text("name"), _text("hash", unique=True), _text("base"), _text("path"),
    Column("run", Integer, ForeignKey("runs.id", ondelete="SET NULL")), Column("metrics", Json),
    _text("created"), _text("promoted", null=True), _text("retired", null=True))

# --- the audit -------------------------------------------------------------------------------------------------------

audit = Table(  # triggers forbid UPDATE and DELETE; `details` and `versions` are JSON exactly as hashed
    "audit", metadata,
    _id(), _text("time"), _text("actor"), _text("action"), _text("subject", index=True), _text("details"),
    _text("versions"), _text("prev_hash"), _text("hash", unique=True),
    sqlite_autoincrement=True)

keys = Table("keys", metadata, _text("name", primary_key=True), _text("value"))  # secrets of these records
