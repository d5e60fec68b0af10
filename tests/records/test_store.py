"""Opening the records: a sound SQLite, durable settings, migrations, and faults told in words."""

from __future__ import annotations

import sqlite3
import stat
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert

from model.errors import RecordsError
from recruiter_ui import records
from recruiter_ui.records import documents as documents_module
from recruiter_ui.records import driver, open_store
from recruiter_ui.records import store as store_module
from recruiter_ui.records.store import head, schema_version
from recruiter_ui.records.tables import documents, metadata

from .making import JOB, resumes, screening


@pytest.mark.parametrize(("version", "bad"), [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True),
                                              ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False)])
def test_the_versions_that_corrupt(version, bad):
    assert driver.faulty(version) is bad


def test_without_a_sound_sqlite_nothing_is_opened(monkeypatch, tmp_path):
    old = SimpleNamespace(__name__="sqlite3", sqlite_version="3.40.1", sqlite_version_info=(3, 40, 1))
    monkeypatch.setattr(driver, "sqlite3", old)
    monkeypatch.setattr(driver, "_wheel", lambda: None)
    with pytest.raises(RecordsError, match=r"sqlite3 has 3\.40\.1.*pip install -r requirements\.txt"):
        open_store(tmp_path / "data")


def test_a_commit_survives_and_what_is_deleted_is_overwritten(store):
    with store.read() as connection:
        said = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_the_migrations_make_the_tables_as_they_are_described(store):
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert schema_version(store) == head()


def test_opening_again_changes_nothing_and_nobody_else_may_look(store):
    screening(store, store.folder.parent / "files", 2)
    again = open_store(store.folder)
    assert len(records.screenings_of(again)) == 1
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700 and stat.S_IMODE(store.path.stat().st_mode) == 0o600
    again.close()


def test_a_newer_database_is_left_alone(store):
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordsError, match="newer Shortlist"):
        open_store(store.folder)


@pytest.mark.parametrize("content", [b"this is no database at all, but it is long enough to be looked at" * 20,
                                     b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_database_is_told_in_words(tmp_path, content):
    (tmp_path / "shortlist.db").write_bytes(content)
    with pytest.raises(RecordsError, match=r"shortlist\.db is damaged.*doctor.*restore"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordsError, match="SHORTLIST_DATA"):
        open_store(tmp_path / "file" / "data")


def test_a_full_disk_is_told_in_words_and_leaves_a_sound_database(store, tmp_path):
    """`max_page_count` makes SQLite answer as a full disk does."""
    number = screening(store, tmp_path / "files", 3)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    full = store_module.Store(store.folder, driver.sqlite_engine(store.path))
    with full.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RecordsError, match="the disk is full: .*free some space"), full.write() as connection:
        for i in range(1000):
            connection.execute(insert(documents).values(sha256=str(i), owner="local", path="x", name="x" * 4000,
                                                        size=1, created="x"))
    full.close()
    assert records.screening_of(store, number).total == 3
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 3
    assert records.add_documents(store, resumes(tmp_path / "more", 1, "more {i}"))


def test_a_transaction_that_fails_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        records.audit.append(connection, "x", "x", "x")
        1 / 0  # noqa: B018
    assert records.audit.verify(store).lines == 0


def test_a_bug_is_not_dressed_up_as_a_full_disk(store):
    with pytest.raises(Exception, match="UNIQUE") as raised:
        for _ in range(2):
            with store.write() as connection:
                connection.execute(insert(documents).values(
                    sha256="a", owner="local", path="x", name="SECRET", size=1, created="x"))
    assert not isinstance(raised.value, RecordsError) and "SECRET" not in str(raised.value)


def test_the_same_job_and_the_same_file_are_stored_once(store, tmp_path):
    files = resumes(tmp_path / "files", 3)
    assert records.add_job(store, JOB) == records.add_job(store, JOB)
    ids = records.add_documents(store, [*files, files[0]])
    assert ids[3] == ids[0] and records.add_documents(store, files) == ids[:3]
    assert records.add_documents(store, files, "other") != ids[:3]
    kept = [path for path in (store.folder / "files").rglob("*") if path.is_file()]
    assert len(kept) == 6 and not any("person" in path.name for path in kept)


def test_a_file_that_cannot_be_kept_leaves_no_half(store, tmp_path):
    files = resumes(tmp_path / "files", 3)
    files[2].path.unlink()
    with pytest.raises(RecordsError, match=r"person_2\.txt could not be kept"):
        records.add_documents(store, files)
    assert not [path for path in (store.folder / "files").rglob("*") if path.is_file()]


def test_the_standard_library_can_read_it_too(store):
    with sqlite3.connect(store.path) as plain:
        assert plain.execute("SELECT count(*) FROM audit").fetchone() == (0,)


def test_many_files_are_recorded_in_parts(store, tmp_path, monkeypatch):
    monkeypatch.setattr(documents_module, "AT_ONCE", 2)
    files = resumes(tmp_path / "files", 5)
    assert records.add_documents(store, files) == [1, 2, 3, 4, 5] == records.add_documents(store, files)
    assert len([path for path in (store.folder / "files").rglob("*") if path.is_file()]) == 5
