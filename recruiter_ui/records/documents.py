"""Documents: the files taken in, and what was read of them. One row an owner and content; the worker adds the text."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Row, insert, select, update

from model.errors import RecordsError
from model.schema import Block, Document, Flag
from recruiter_ui.records import audit
from recruiter_ui.records.store import FILES, LOCAL, Store, now
from recruiter_ui.records.tables import documents

AT_ONCE = 40  # documents recorded in one transaction
READ = ("kind", "text", "pages", "blocks", "flags")  # the columns that reading fills


class Taken(Protocol):
    """A file taken in; `session.Resume` is one."""

    path: Path
    name: str
    sha256: str
    size: int


def add_documents(store: Store, files: Sequence[Taken], user: str = LOCAL) -> list[int]:
    """The ids of the documents, in order; files that are new are copied into the data folder under names of ours.

    Raises RecordsError where one cannot be copied; nothing is recorded then. Many are recorded a few at a time, so that
    others can write in between.
    """
    with store.read() as connection:
        known = _known(connection, [file.sha256 for file in files], user)
    kept = {}
    try:
        for file in files:
            if file.sha256 not in known and file.sha256 not in kept:
                kept[file.sha256] = keep_file(store.folder, file.path)
        fresh = list({file.sha256: file for file in files if file.sha256 in kept}.values())
        for start in range(0, len(fresh), AT_ONCE):
            part = fresh[start:start + AT_ONCE]
            with store.write() as connection:
                there = _known(connection, [file.sha256 for file in part], user)
                made = {file.sha256: _insert(connection, file, kept[file.sha256], user)
                        for file in part if file.sha256 not in there}
            known |= there | made
            for sha256 in made:
                del kept[sha256]
    finally:
        for path in kept.values():  # those that another process recorded first, or that could not be recorded
            (store.folder / path).unlink(missing_ok=True)
    return [known[file.sha256] for file in files]


def keep_file(folder: Path, path: Path) -> str:
    """Copy a file into the data folder under a name that says nothing; returns its path relative to `folder`."""
    ending = path.suffix.lower() if path.suffix[1:].isalnum() and len(path.suffix) < 7 else ""
    name = uuid.uuid4().hex
    place = Path(FILES) / name[:2] / (name + ending)
    try:
        (folder / place.parent).mkdir(exist_ok=True, mode=0o700)
        shutil.copyfile(path, folder / place)
        os.chmod(folder / place, 0o600)
    except OSError as error:
        (folder / place).unlink(missing_ok=True)
        raise RecordsError(f"{path.name} could not be kept in {folder}: {error.strerror}. Free some space or check "
                           "the folder's permissions, then add it again") from error
    return str(place)


def _known(connection: Connection, hashes: Sequence[str], user: str) -> dict[str, int]:
    found = {}
    for start in range(0, len(hashes), 500):
        part = hashes[start:start + 500]
        rows = connection.execute(select(documents.c.sha256, documents.c.id).where(
            documents.c.owner == user, documents.c.sha256.in_(part)))
        found |= {row.sha256: row.id for row in rows}
    return found


def _insert(connection: Connection, file: Taken, path: str, user: str) -> int:
    twin = connection.execute(select(*(documents.c[name] for name in READ)).where(
        documents.c.sha256 == file.sha256, documents.c.text.is_not(None)).limit(1)).first()
    read = dict(twin._mapping) if twin else {}
    made = connection.execute(insert(documents).values(
        sha256=file.sha256, owner=user, path=path, name=file.name, size=file.size, created=now(), **read))
    audit.append(connection, user, "document added", f"document:{file.sha256}", {"bytes": file.size})
    return made.inserted_primary_key[0]


def put_text(connection: Connection, document: Document) -> None:
    """Record what was read of a file, for everyone who has it."""
    unread = (documents.c.sha256 == document.sha256) & documents.c.text.is_(None)
    connection.execute(update(documents).where(unread).values(
        kind=document.kind, text=document.text, pages=document.pages, blocks=[asdict(b) for b in document.blocks],
        flags=[asdict(f) for f in document.flags]))


def document_from(row: Row) -> Document | None:
    """The Document in a row of `documents`; None where it was not read, or could not be."""
    if row.text is None:
        return None
    blocks = tuple(Block(**{**b, "box": tuple(b["box"]) if b["box"] else None}) for b in row.blocks)
    return Document(row.name, row.sha256, row.kind, row.text, row.pages, blocks, tuple(Flag(**f) for f in row.flags))
