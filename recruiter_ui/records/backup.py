"""Backups: one ZIP with the database, the files and a manifest that says when it was made and when it expires.

The database is copied by SQLite's backup API, so that it may be in use meanwhile, and is put back the same way.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from model.errors import RecordsError, UsageError
from recruiter_ui.records import audit
from recruiter_ui.records.driver import sqlite_module
from recruiter_ui.records.store import DATABASE, FILES, Store, head, now, open_store, schema_version

MANIFEST, FORMAT = "manifest.json", 1
BACKUPS = "backups"  # folder in the data folder for backups without a name
KEPT_DAYS = 30
FILE_NAME = re.compile(FILES + r"/[0-9a-f]{2}/[0-9a-f]{32}(\.[a-z0-9]{1,5})?")
BAD_ZIP = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. Times are ISO 8601 in UTC; `lines` and `head` are those of its audit."""

    created: str
    expires: str
    schema: str
    lines: int
    head: str
    files: int
    database_sha256: str
    format: int = FORMAT


@dataclass(frozen=True)
class Restored:
    """What a restore did. `aside` is the damaged database that it moved away, if any."""

    manifest: Manifest
    files: int
    aside: Path | None


def backup(store: Store, target: Path | None = None, days: int = KEPT_DAYS) -> Path:
    """Write a backup that expires in so many days and return its path.

    `target` is a file that is not there yet, or a folder (default: `backups` in the data folder, from which backups
    that have expired are deleted); in a folder, its name states both dates. Raises UsageError or RecordsError.
    """
    made, folder = datetime.now(UTC), target or store.folder / BACKUPS
    expires = made + timedelta(days=days)
    if target is None:
        folder.mkdir(exist_ok=True, mode=0o700)
        sweep(folder)
    path = (folder / f"shortlist-{made:%Y%m%dT%H%M%SZ}-expires-{expires:%Y%m%d}.zip" if folder.is_dir() else folder)
    if path.exists():
        raise UsageError(f"{path} is there already: name another file")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist: make it first")
    try:
        with tempfile.TemporaryDirectory(prefix=".shortlist-", dir=path.parent) as place:
            whole = _write(store, Path(place), made, expires)
            os.replace(whole, path)
    except OSError as error:
        raise RecordsError(f"the backup {path} could not be written: {error.strerror}. Free some space or name "
                           "another place") from error
    audit.record(store, "system", "backup made", "records", {"expires": expires.isoformat()})
    return path


def _write(store: Store, place: Path, made: datetime, expires: datetime) -> Path:
    """The backup as a file in the folder `place`."""
    lite, copy, whole = sqlite_module(), place / DATABASE, place / "backup.zip"
    with _closing(lite, copy) as target, store.engine.connect() as source:
        source.connection.driver_connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        paths = [row[0] for row in target.execute("SELECT path FROM documents ORDER BY id")]
        lines, last = target.execute("SELECT count(*), (SELECT hash FROM audit ORDER BY id DESC LIMIT 1) FROM audit"
                                     ).fetchone()
        schema = target.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    os.chmod(copy, 0o600)
    files = 0
    with open(os.open(whole, os.O_CREAT | os.O_RDWR, 0o600), "w+b") as stream, zipfile.ZipFile(
            stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(copy, DATABASE)
        for name in paths:
            if (store.folder / name).is_file():  # else it was erased just now
                archive.write(store.folder / name, name)
                files += 1
        manifest = Manifest(made.isoformat(), expires.isoformat(), schema, lines, last or audit.START, files,
                            _sha256(copy))
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return whole


def sweep(folder: Path) -> int:
    """Delete the backups of a folder that have expired; returns how many."""
    gone = 0
    for path in folder.glob("shortlist-*-expires-*.zip"):
        try:
            old = datetime.fromisoformat(read_manifest(path).expires) < datetime.now(UTC)
        except RecordsError:  # not ours, or broken: a person should look at it
            continue
        if old:
            path.unlink()
            gone += 1
    return gone


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself. Raises RecordsError where the file is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except OSError as error:
        raise RecordsError(f"the backup {path} cannot be read: {error.strerror}") from error
    except BAD_ZIP as error:
        raise RecordsError(f"{path} is no backup of Shortlist, or is damaged: choose another one") from error
    if manifest.format != FORMAT or manifest.schema > head():
        raise RecordsError(f"{path} was made by a newer Shortlist: update this one first")
    return manifest


# --- restoring -------------------------------------------------------------------------------------------------------


def restore(folder: Path, path: Path, expired: bool = False) -> Restored:
    """Put a backup in place of the records in `folder`; what is checked first is checked whole.

    A sound database is overwritten through SQLite, in one transaction, so that others may have it open; a damaged one
    is moved aside. Raises RecordsError: no backup, damaged, expired (unless `expired` allows it), no space.
    """
    manifest = read_manifest(path)
    if datetime.fromisoformat(manifest.expires) < datetime.now(UTC) and not expired:
        raise RecordsError(f"{path} expired on {manifest.expires[:10]}: people in it may have been promised that they "
                           "are forgotten. Take a newer one, or say --expired and have a reason")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=folder) as place, zipfile.ZipFile(path) as archive:
            copy = Path(archive.extract(DATABASE, place))
            _check(copy, manifest, path)
            files = _files(archive, folder, Path(place))
            aside = _put(copy, folder / DATABASE)
    except OSError as error:
        raise RecordsError(f"{path} could not be restored to {folder}: {error.strerror}. Free some space or check the "
                           "folder's permissions, then try again") from error
    except BAD_ZIP as error:
        raise RecordsError(f"{path} is damaged: choose another backup") from error
    store = open_store(folder)
    audit.record(store, "system", "backup restored", "records", {"created": manifest.created, "lines": manifest.lines})
    store.close()
    return Restored(manifest, files, aside)


def _check(copy: Path, manifest: Manifest, path: Path) -> None:
    if _sha256(copy) != manifest.database_sha256 or not is_sound(copy):
        raise RecordsError(f"the database in {path} is damaged: choose another backup")


def is_sound(path: Path) -> bool:
    """Whether SQLite finds no fault in a database file."""
    lite = sqlite_module()
    try:
        with _closing(lite, path) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except lite.DatabaseError:
        return False


def _files(archive: zipfile.ZipFile, folder: Path, place: Path) -> int:
    """Put the stored files back that are not there; returns how many."""
    count = 0
    for name in archive.namelist():
        if FILE_NAME.fullmatch(name) and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole = place / "file"
            with archive.open(name) as source, open(os.open(whole, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as target:
                shutil.copyfileobj(source, target)
            os.replace(whole, folder / name)
            count += 1
    return count


def _put(copy: Path, database: Path) -> Path | None:
    """Make `copy` the content of `database`; returns where a damaged one was moved."""
    aside = None
    if database.exists() and database.stat().st_size and not is_sound(database):
        aside = database.with_name(f"{DATABASE}.damaged-{now()[:19].replace(':', '')}")
        for ending in ("", "-wal", "-shm"):
            part = database.with_name(DATABASE + ending)
            if part.exists():
                os.replace(part, aside.with_name(aside.name + ending))
    lite = sqlite_module()
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    with _closing(lite, copy) as source, _closing(lite, database) as target:
        source.backup(target)
    return aside


@contextmanager
def _closing(lite: ModuleType, path: Path) -> Iterator:
    """A connection that is closed afterwards; what SQLite refuses comes out as RecordsError."""
    connection = lite.connect(str(path), timeout=60, isolation_level=None)
    try:
        yield connection
    except lite.OperationalError as error:
        raise RecordsError(f"{path} could not be copied: {error}. Free some space, end what holds it, and try "
                           "again") from error
    finally:
        connection.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def same_history(store: Store, manifest: Manifest) -> bool:
    """Whether the audit of these records goes on from where the backup's ends."""
    if schema_version(store) is None:
        return False
    with store.read() as connection:
        found = connection.exec_driver_sql("SELECT hash FROM audit WHERE id = ?", (manifest.lines,)).scalar()
    return found == manifest.head or not manifest.lines
