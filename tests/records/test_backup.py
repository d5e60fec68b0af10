"""Backup, restore and doctor: what is put back is whole, expired ones are refused, damage is explained."""

from __future__ import annotations

import json
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import app
from model.errors import RecordsError, UsageError
from recruiter_ui import doctor, privacy, records
from recruiter_ui.records import audit, open_store
from recruiter_ui.records import backup as backups
from recruiter_ui.worker import Worker

from .making import PlainJudge, resumes, screening


@pytest.fixture
def filled(store, tmp_path):
    """Records with four verdicts and a decision."""
    number = screening(store, tmp_path / "files", 4)
    Worker(store, PlainJudge()).step()
    records.decide(store, number, records.entries_of(store, number)[0].sha256, "DECLINED")
    return store


def seen(store):
    """What must be the same afterwards."""
    return (records.rows_of(store, 1), records.current(store, 1), records.entries_of(store, 1),
            [entry.path.read_bytes() for entry in records.entries_of(store, 1)])


def rewritten(path, **change):
    """The backup with another manifest."""
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == backups.MANIFEST:
                content = json.dumps({**json.loads(content), **change})
            new.writestr(name, content)
    return made


def test_what_is_restored_is_what_was_there(filled, tmp_path):
    before, path = seen(filled), backups.backup(filled, tmp_path / "b.zip")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    manifest = backups.read_manifest(path)
    assert manifest.files == 4 and manifest.lines == audit.verify(filled).lines - 1, "the backup's own line comes after"
    other = tmp_path / "another machine"
    done = backups.restore(other, path)
    made = open_store(other)
    assert done.files == 4 and done.aside is None
    assert seen(made)[:2] == before[:2] and seen(made)[3] == before[3]
    assert audit.verify(made, manifest.head).broken == []
    made.close()


def test_a_store_that_is_open_sees_the_restored_records(filled, tmp_path):
    path = backups.backup(filled, tmp_path / "b.zip")
    records.add_job(filled, replace(records.job_of(filled, 1), text="later"))
    records.decide(filled, 1, records.entries_of(filled, 1)[1].sha256, "SHORTLISTED")
    backups.restore(filled.folder, path)
    assert list(records.current(filled, 1).values()) == ["DECLINED"]
    with filled.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_damaged_database_is_moved_aside(filled, tmp_path):
    before, path = seen(filled), backups.backup(filled, tmp_path / "b.zip")
    filled.checkpoint()
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[4096:40_960] = b"\xde\xad" * 18_432
    filled.path.write_bytes(content)
    found = {check.name: check for check in doctor.examine("none", filled.folder)}
    assert found["database"].state == doctor.BROKEN and "app.py restore BACKUP" in found["database"].words
    done = backups.restore(filled.folder, path)
    assert done.aside.is_file()
    again = open_store(filled.folder)
    assert seen(again) == before
    again.close()
    assert {c.name: c.state for c in doctor.examine("none", filled.folder)}["database"] == doctor.OK


def test_a_missing_database_and_its_files_come_back(filled, tmp_path):
    before, path = seen(filled), backups.backup(filled, tmp_path / "b.zip")
    filled.close()
    for part in [p for p in filled.folder.rglob("*") if p.is_file()]:
        part.unlink()
    assert backups.restore(filled.folder, path).files == 4
    again = open_store(filled.folder)
    assert seen(again) == before
    again.close()


def test_an_expired_backup_is_refused(filled, tmp_path):
    path = backups.backup(filled, tmp_path / "b.zip")
    old = rewritten(path, expires=(datetime.now(UTC) - timedelta(days=1)).isoformat())
    with pytest.raises(RecordsError, match="expired on .*--expired"):
        backups.restore(tmp_path / "other", old)
    assert backups.restore(tmp_path / "other", old, expired=True).files == 4


@pytest.mark.parametrize("change", [{"database_sha256": "0" * 64}, {"format": 2}, {"schema": "9999"}, {"extra": 1}])
def test_a_backup_that_is_not_as_it_says_changes_nothing(filled, tmp_path, change):
    before = seen(filled)
    bad = rewritten(backups.backup(filled, tmp_path / "b.zip"), **change)
    with pytest.raises(RecordsError, match="damaged|newer Shortlist"):
        backups.restore(filled.folder, bad)
    assert seen(filled) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"no zip"])
def test_what_is_no_backup(filled, tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(RecordsError, match="is no backup"):
        backups.restore(filled.folder, tmp_path / "b.zip")
    with pytest.raises(RecordsError, match="cannot be read"):
        backups.restore(filled.folder, tmp_path / "missing.zip")


def test_a_backup_cannot_write_outside_the_files(filled, tmp_path):
    path = backups.backup(filled, tmp_path / "b.zip")
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("../evil.txt", "files/../../evil.txt", "evil.txt", "files/ab/evil.txt"):
            archive.writestr(name, "evil")
    backups.restore(tmp_path / "other" / "data", path)
    assert not list(tmp_path.rglob("evil.txt"))


def test_names_places_and_sweeping(filled, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="is there already"):
        backups.backup(filled, backups.backup(filled, tmp_path / "b.zip"))
    with pytest.raises(UsageError, match="make it first"):
        backups.backup(filled, tmp_path / "no" / "b.zip")
    old = backups.backup(filled, days=-1)
    assert old.parent == filled.folder / "backups" and "-expires-" in old.name
    assert {c.name: c for c in doctor.examine("none", filled.folder)}["backups"].state == doctor.NOTE
    monkeypatch.setattr(backups, "datetime", LaterClock)
    fresh = backups.backup(filled)
    assert list(old.parent.glob("*.zip")) == [fresh]


class LaterClock(datetime):
    """A second later, so that the next backup has another name."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(seconds=1)


def test_a_full_disk_leaves_no_half_backup(filled, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    (tmp_path / "out").mkdir()
    with pytest.raises(RecordsError, match="No space left on device. Free some space"):
        backups.backup(filled, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def at_home(filled, monkeypatch):
    """The records as the commands find them."""
    monkeypatch.setenv("SHORTLIST_DATA", str(filled.folder))
    return filled


def test_backup_restore_and_what_was_erased_meanwhile(at_home, tmp_path, capsys):
    erased, kept = [entry.sha256 for entry in records.entries_of(at_home, 1)][:2]
    assert app.main(["backup", str(tmp_path / "b.zip")]) == 0 and "4 files" in capsys.readouterr().out
    privacy.erase(at_home, [erased], "ann")
    assert app.main(["restore", str(tmp_path / "b.zip")]) == 0
    assert "1 documents that were erased after" in capsys.readouterr().out
    hashes = [entry.sha256 for entry in records.entries_of(at_home, 1)]
    assert erased not in hashes and kept in hashes


def test_a_damaged_database_brings_nobody_back_who_was_erased(at_home, tmp_path, capsys):
    """Its audit cannot be asked any more; the notes beside it can. A note that a crash cut off is no obstacle."""
    erased, kept = [entry.sha256 for entry in records.entries_of(at_home, 1)][:2]
    assert app.main(["backup", str(tmp_path / "b.zip")]) == 0
    privacy.erase(at_home, [erased], "ann")
    at_home.close()
    at_home.path.write_bytes(b"\xff" * 60_000)
    with (at_home.folder / privacy.ERASED).open("a") as notes:
        notes.write('{"docum')
    assert app.main(["doctor"]) == 1 and "restore BACKUP" in capsys.readouterr().out
    assert app.main(["restore", str(tmp_path / "b.zip")]) == 0
    said = capsys.readouterr().out
    assert "damaged database was moved" in said and "1 documents that were erased after" in said
    assert "not known any more" not in said
    hashes = [entry.sha256 for entry in records.entries_of(records.open_store(at_home.folder), 1)]
    assert erased not in hashes and kept in hashes


def test_audit_commands(at_home, capsys):
    head = audit.verify(at_home).head
    assert app.main(["audit", "verify", "--expect", head]) == 0 and "unbroken" in capsys.readouterr().out
    assert app.main(["audit", "verify", "--expect", "f" * 64]) == 1
    sha256 = records.entries_of(at_home, 1)[0].sha256
    capsys.readouterr()
    assert app.main(["audit", "export", "--candidate", sha256]) == 0
    assert "a person rejected it" in capsys.readouterr().out
    assert app.main(["audit", "export", "--candidate", sha256, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == sha256
    assert app.main(["audit", "export", "--candidate", "f" * 64]) == 1
    assert "no document with the hash" in capsys.readouterr().err


# --- doctor ----------------------------------------------------------------------------------------------------------


def found(folder, base="none"):
    return {check.name: check for check in doctor.examine(base, folder)}


@pytest.fixture(autouse=True)
def no_torch(monkeypatch):
    monkeypatch.setattr(doctor, "_device", lambda: (doctor.OK, "CPU"))


def test_doctor_finds_nothing_wrong_with_new_records(filled):
    seen = found(filled.folder)
    for name in ("SQLite", "data folder", "database", "audit", "disk", "adapters"):
        assert seen[name].state == doctor.OK, seen[name].words
    assert seen["backups"].state == doctor.NOTE and seen["base model"].state == doctor.BROKEN


def test_doctor_says_what_is_wrong_and_how_to_mend_it(filled, tmp_path, monkeypatch, capsys):
    records.entries_of(filled, 1)[0].path.unlink()
    with filled.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE id = 2")
    monkeypatch.setattr(doctor, "LOW", 10**18)
    monkeypatch.setattr(doctor, "tesseract", lambda: None)
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(tmp_path / "none"))
    filled.folder.chmod(0o755)
    seen = found(filled.folder)
    for name, state, words in (("database", "note", "1 stored files are missing"), ("audit", "BROKEN", "line 2"),
                               ("disk", "BROKEN", "free some"), ("adapters", "BROKEN", "none is installed"),
                               ("OCR", "note", "apt-get install tesseract-ocr"), ("data folder", "note", "chmod 700"),
                               ("base model", "BROKEN", "unknown base model")):
        assert seen[name].state == state and words in seen[name].words, name
    assert doctor.report(iter(seen.values())) == 1 and "Something is broken" in capsys.readouterr().out


def test_doctor_checks_every_adapter_against_its_manifest(filled, tmp_path, monkeypatch):
    place = tmp_path / "adapters" / "sft"
    place.mkdir(parents=True)
    (place / "adapter_model.safetensors").write_bytes(b"weights")
    (place / "manifest.json").write_text('{"sha256": "other"}')
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(place.parent))
    assert "does not match its manifest" in found(filled.folder)["adapters"].words


def test_doctor_where_nothing_was_started_yet(tmp_path):
    seen = found(tmp_path / "data")
    assert seen["database"].state == seen["audit"].state == doctor.NOTE and not (tmp_path / "data").exists()


def test_more_records_than_the_backup_has(filled, tmp_path):
    """Files that came after the backup stay where they are until the policy clears what no record names."""
    path = backups.backup(filled, tmp_path / "b.zip")
    records.add_documents(filled, resumes(tmp_path / "late", 2, "late {i}"))
    backups.restore(filled.folder, path)
    assert len([p for p in (filled.folder / "files").rglob("*") if p.is_file()]) == 6
