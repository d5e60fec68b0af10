"""One open database: `open_store(folder)`; `store.read()` and `store.write()` are its transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from model.errors import RecordsError
from model.settings import data_dir
from recruiter_ui.records.driver import sqlite_engine

DATABASE, FILES = "shortlist.db", "files"
LOCAL = "local"  # the user where nobody logs in
VERSIONS = Path(__file__).parent / "migrations" / "versions"
LOCK_SECONDS = 60


def now() -> str:
    """The time as it is recorded: ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Store:
    """The records of one folder. Threads may share it; a copy of it is itself."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder, self.engine = folder, engine
        self._writing = threading.Lock()  # threads of one process queue here, not at SQLite's door

    @property
    def path(self) -> Path:
        return self.folder / DATABASE

    def __deepcopy__(self, _memo: dict) -> Store:
        return self

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot to read from. Raises RecordsError where the database cannot be read."""
        with _in_words(self.path), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that is wholly there once the block has ended, or not at all.

        Raises RecordsError where the disk is full, the database damaged or held by another for too long.
        """
        with self._writing, _in_words(self.path), self.engine.execution_options(write=True).begin() as connection:
            yield connection

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the database file and empty the log."""
        with self._writing, _in_words(self.path), self.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def open_store(folder: Path | None = None) -> Store:
    """The records in `folder` (default: the data folder), made or brought up to date where needed.

    Raises RecordsError: no sound SQLite, no access to the folder, a damaged database or one of a newer Shortlist.
    """
    folder = Path(folder or data_dir()).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / FILES).mkdir(exist_ok=True, mode=0o700)
        _private(folder / DATABASE)
    except OSError as error:
        raise RecordsError(f"the data folder {folder} cannot be used: {error.strerror}. Name another one in "
                           "SHORTLIST_DATA, or change its permissions") from error
    store = Store(folder, sqlite_engine(folder / DATABASE))
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def _private(path: Path) -> None:
    """Nobody but this user reads the database; SQLite gives its log the same permissions."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def head() -> str:
    """The newest schema version that this Shortlist knows: "0001"."""
    return max(path.stem[:4] for path in VERSIONS.glob("[0-9]*.py"))


def schema_version(store: Store) -> str | None:
    """The schema version of the database, None where it is new."""
    with store.read() as connection:
        there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if there else None


def _bring_up_to_date(store: Store) -> None:
    newest = head()
    if schema_version(store) == newest:
        return
    try:
        with FileLock(store.folder / "shortlist.lock", timeout=LOCK_SECONDS):
            found = schema_version(store)
            if found is not None and found > newest:
                raise RecordsError(f"{store.path} was written by a newer Shortlist (schema {found}, this one knows "
                                   f"{newest}): update Shortlist, or restore a backup made before")
            if found != newest:
                _upgrade(store)
    except Timeout as error:
        raise RecordsError(f"another process has been bringing {store.path} up to date for {LOCK_SECONDS} s: wait for "
                           "it, or end it") from error


def _upgrade(store: Store) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, needed once a release
    from alembic.config import Config  # noqa: PLC0415 - as above
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    with store.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turns the database's own errors into RecordsError; what is a bug of ours stays as it is."""
    try:
        yield
    except DatabaseError as error:
        words = _words(str(error.orig), path, isinstance(error, OperationalError))
        if words is None:
            raise
        raise RecordsError(words) from error


def _words(said: str, path: Path, operational: bool) -> str | None:
    if "full" in said:
        return (f"the disk is full: {path} could not be written. Nothing that was recorded is lost; free some space "
                "and go on")
    if "malformed" in said or "not a database" in said:
        return (f"{path} is damaged ({said}). `python app.py doctor` says more; `python app.py restore BACKUP` puts a "
                "backup in its place")
    if "locked" in said:
        return f"{path} has been held by another process for too long: end it, or try again"
    if operational and ("readonly" in said or "unable to open" in said or "I/O error" in said):
        return f"{path} cannot be used ({said}): check the disk and the permissions of its folder"
    return None
