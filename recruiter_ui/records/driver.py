"""The SQLite library and how it is opened: a version without the WAL-reset fault, durable, nothing left behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine, create_engine, event

from model.errors import RecordsError

FIRST_FAULTY, LAST_FAULTY = (3, 7, 0), (3, 51, 2)  # these can corrupt a database when a WAL is reset
BUSY_MS = 15_000
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # a commit that returned survives a power cut
    "foreign_keys": "ON",
    "secure_delete": "ON",  # what is deleted is overwritten
    "busy_timeout": BUSY_MS,
    "cache_size": -500,  # KiB a connection, of which the pool holds several; the system caches the file as well
    "temp_store": "MEMORY",  # no copy of a resume in the temporary folder
}


def faulty(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can corrupt a database in WAL mode."""
    return FIRST_FAULTY <= version <= LAST_FAULTY


def sqlite_module() -> ModuleType:
    """The DB-API module to use: the `pysqlite3` wheel, else the system's where it is sound.

    Raises RecordsError where neither is.
    """
    found = []
    for module in filter(None, (_wheel(), sqlite3)):
        if not faulty(module.sqlite_version_info):
            return module
        found.append(f"{module.__name__.split('.')[0]} has {module.sqlite_version}")
    raise RecordsError(f"no sound SQLite: {' and '.join(found)}, and versions 3.7.0 to 3.51.2 can corrupt the records. "
                       "Install the wheel that carries a newer one: pip install -r requirements.txt")


def _wheel() -> ModuleType | None:
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - there is no wheel for some platforms
    except ImportError:
        return None
    return dbapi2


def sqlite_engine(path: Path) -> Engine:
    """An engine whose transactions begin when we say so; those of `engine.execution_options(write=True)` with the lock.

    Taking the write lock at BEGIN means that what was read before a write is still true when it is written.
    """
    engine = create_engine(f"sqlite+pysqlite:///{path}", module=sqlite_module(), pool_size=8, max_overflow=32,
                           hide_parameters=True)  # a fault's message holds no text of a resume

    @event.listens_for(engine, "connect")
    def prepare(connection, _record) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine
