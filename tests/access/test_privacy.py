"""Erasure proven by a search of every byte of the data folder; retention; a log without resumes."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from model.errors import RecordsError, UsageError
from recruiter_ui import access_cli, export, intake, privacy, records, timeline, uploads
from recruiter_ui.records import audit, erasure, open_store
from recruiter_ui.records.pseudonyms import pseudonym
from recruiter_ui.records.tables import screenings
from recruiter_ui.session import SHORTLISTED, Session
from tests.ui.fake_service import FakeService

from .conftest import JOB

pytestmark = pytest.mark.timeout(300)  # a server is started, and the machine may be busy
NAME, LINE = "Zebulon Quaverley", "Python programming for the Zanzibar Umbrella Foundry 2015-2021"
TEXT = f"{NAME}\nzebulon@quaverley.example\n{LINE}\nNürnberg “Größe” and 5 years of nursing experience\n"
OTHER = "Mary Plain\nFinancial modelling and Python programming at the Harbour Bank 2012-2020\n"
SECRETS = [NAME, "zebulon@quaverley.example", "Zanzibar Umbrella", "Nürnberg", "zebulon-cv"]


@pytest.fixture
def service(tmp_path, monkeypatch):
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path))
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    made = FakeService(0.0, 0.0, folder=tmp_path)
    uploads.prepare(tmp_path)
    made.start()
    assert made.wait(20).state == "ready"
    yield made
    made.stop(10)
    made.store.close()


def screened(service, texts: dict[str, str], user: str = "local", text: str = JOB) -> Session:
    """A visit that has screened these files and decided on each."""
    session = Session(job=service.parse_job(text), folder=intake.new_folder())
    for name, content in texts.items():
        path = session.folder / name
        path.write_text(content)
        session.add(intake.take_in([path], session.folder, move=True).resumes)
    session.submit(service.store, user, ("grpo", "sft"))
    service.nudge()
    end = time.monotonic() + 30
    while records.screening_of(service.store, session.screening, user).status == "open":
        assert time.monotonic() < end
        time.sleep(0.05)
    session.catch_up()
    for sha256 in session.rows:
        session.decide(sha256, SHORTLISTED)
    if sha_of(TEXT) in session.rows:
        records.decide(service.store, session.screening, sha_of(TEXT), "SHORTLISTED", note=f"Call {NAME}", user=user)
    return session


def found_in(folder: Path, secrets: list[str]) -> dict[str, list[str]]:
    """Secret -> files that hold its bytes: plain, as JSON writes them, in UTF-16."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in secrets:
                forms = secret.encode(), json.dumps(secret)[1:-1].encode(), secret.encode("utf-16-le")
                if any(form in content for form in forms) or secret in path.name:
                    found.setdefault(secret, []).append(path.name)
    return found


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_erased_candidate_leaves_no_byte(service, tmp_path):
    session = screened(service, {"zebulon-cv.txt": TEXT, "mary.txt": OTHER})
    session.blind = False
    for kind in export.KINDS:
        export.write(session, kind)
    (session.folder / "pairs.jsonl").write_text(json.dumps({"resume": TEXT}))
    (tmp_path / "feedback").mkdir()
    rows = [{"document": sha_of(text), "evidence": text} for text in (TEXT, OTHER)]
    (tmp_path / "feedback" / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    secrets = [*SECRETS, sha_of(TEXT)]
    service.store.checkpoint()
    assert set(found_in(tmp_path, secrets)) == set(secrets), "all of it is there before"

    done = privacy.erase(service.store, [sha_of(TEXT)], "ann")
    left = found_in(tmp_path, secrets)
    print(f"bytes searched: {sum(p.stat().st_size for p in tmp_path.rglob('*') if p.is_file())}, traces: {left}")
    assert not left and not done.left
    assert (done.gone.documents, done.gone.verdicts, done.lines) == (1, 1, 1) and done.gone.decisions == 2
    assert found_in(tmp_path, ["Harbour Bank", sha_of(OTHER)]), "the other candidate stays"
    assert not audit.verify(service.store).broken
    with service.store.read() as connection:
        named = f"document:{pseudonym(connection, sha_of(TEXT))}"
        lines = [line["action"] for line in audit.lines(connection, f"document:{sha_of(TEXT)}")]
        assert {line["subject"] for line in audit.lines(connection, named)} == {named}
    assert lines[-1] == "erased" and "scored" in lines, "a pseudonymous line stays"
    assert len(records.rows_of(service.store, session.screening)) == 1


def test_open_pages_forget_who_was_erased(service):
    session = screened(service, {"zebulon-cv.txt": TEXT, "mary.txt": OTHER})
    session.selected = sha_of(TEXT)
    assert session.documents[sha_of(TEXT)].text

    class State:
        state_data = {1: session, 2: "other"}

    class App:
        class state_holder:
            session_data = {"page": State}

    keeper = privacy.Keeper(App, service.store, look=0.05)
    timeline._parsed(TEXT, date(2026, 1, 1))
    privacy.erase(service.store, [sha_of(TEXT)], "ann")
    end = time.monotonic() + 20
    while sha_of(TEXT) in session.rows and time.monotonic() < end:
        time.sleep(0.05)
    keeper.stop()
    assert list(session.rows) == list(session.resumes) == [sha_of(OTHER)] and session.selected is None
    assert NAME not in repr(session.documents._last) and sha_of(TEXT) not in session.human
    assert timeline._parsed.cache_info().currsize == 0


def test_erasing_while_it_waits_in_the_queue(service, tmp_path):
    service.hold_after(0)
    session = Session(job=service.parse_job(JOB), folder=intake.new_folder())
    path = session.folder / "zebulon-cv.txt"
    path.write_text(TEXT)
    session.add(intake.take_in([path], session.folder, move=True).resumes)
    session.submit(service.store, "local", ("grpo",))
    service.nudge()
    time.sleep(0.7)
    privacy.erase(service.store, [sha_of(TEXT)], "ann")
    service.go_on()
    time.sleep(0.7)
    service.store.checkpoint()
    assert not found_in(tmp_path, [*SECRETS, sha_of(TEXT)])
    assert records.screening_of(service.store, session.screening).status == "done"


def test_what_comes_back_with_a_backup_is_erased_again(service, tmp_path):
    screened(service, {"zebulon-cv.txt": TEXT})
    copy = tmp_path.parent / f"{tmp_path.name}-copy.db"
    service.store.checkpoint()
    copy.write_bytes(service.store.path.read_bytes())
    privacy.erase(service.store, [sha_of(TEXT)], "ann")
    service.stop(10)
    service.store.close()
    for ending in ("-wal", "-shm"):
        (tmp_path / f"shortlist.db{ending}").unlink(missing_ok=True)
    service.store.path.write_bytes(copy.read_bytes())
    store = open_store(tmp_path)
    assert found_in(tmp_path, [NAME])
    privacy.keep_to_policy(store)
    assert not found_in(tmp_path, [*SECRETS, sha_of(TEXT)])
    store.close()


def test_a_reader_that_stays_is_told_of(service, monkeypatch):
    screened(service, {"zebulon-cv.txt": TEXT})
    monkeypatch.setattr(erasure, "FREE_SECONDS", 0.3)
    monkeypatch.setattr(erasure, "VACUUM_BYTES", 0)
    ready, end = threading.Event(), threading.Event()

    def read() -> None:
        with service.store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM documents").scalar()
            ready.set()
            end.wait(30)

    reader = threading.Thread(target=read)
    reader.start()
    ready.wait(10)
    with pytest.raises(RecordsError, match="--scrub"):
        privacy.erase(service.store, [sha_of(TEXT)], "ann")
    end.set()
    reader.join()
    erasure.scrub(service.store)
    assert not found_in(service.store.folder, [NAME])


def test_traces_elsewhere_in_the_folder_are_named(service, tmp_path):
    screened(service, {"zebulon-cv.txt": TEXT})
    (tmp_path / "my-notes.txt").write_text(f"ask about this: {LINE}")
    done = privacy.erase(service.store, [sha_of(TEXT)], "ann")
    assert [path.name for path in done.left] == ["my-notes.txt"] and "my-notes.txt" in done.words()


# --- retention -------------------------------------------------------------------------------------------------------


def age(store, screening: int, days: int) -> None:
    then = (datetime.fromisoformat(records.store.now()) - timedelta(days=days)).isoformat(timespec="microseconds")
    with store.write() as connection:
        connection.execute(update(screenings).where(screenings.c.id == screening).values(created=then, closed=then))
        connection.exec_driver_sql("DELETE FROM decisions WHERE screening = ?", (screening,))


def test_what_is_older_than_the_policy_goes(service, tmp_path):
    old = screened(service, {"zebulon-cv.txt": TEXT, "mary.txt": OTHER})
    new = screened(service, {"mary.txt": OTHER}, text=JOB + "- Nursing\n")
    age(service.store, old.screening, 31)
    what, done = privacy.keep_to_policy(service.store, days=30)
    assert what.screenings == (old.screening,) and what.documents == (sha_of(TEXT),)
    assert not found_in(tmp_path, [*SECRETS, sha_of(TEXT)])
    assert len(records.rows_of(service.store, new.screening)) == 1, "what is in a newer screening stays"
    with pytest.raises(RecordsError):
        records.screening_of(service.store, old.screening)
    assert privacy.keep_to_policy(service.store, days=30)[0] == privacy.Due((), ())
    assert not audit.verify(service.store).broken and done.gone.screenings == 1


def test_a_job_has_a_time_of_its_own(service):
    old = screened(service, {"zebulon-cv.txt": TEXT})
    age(service.store, old.screening, 10)
    job = records.screening_of(service.store, old.screening).job
    assert not privacy.due(service.store, None).screenings, "no policy keeps everything"
    erasure.set_retention(service.store, job, 9, "local")
    assert privacy.due(service.store, None).screenings == (old.screening,)
    erasure.set_retention(service.store, job, 11, "local")
    assert not privacy.due(service.store, 5).screenings, "a job's own time comes before the policy"
    with pytest.raises(RecordsError):
        erasure.set_retention(service.store, job, 1, "somebody else")


def test_one_owners_copy_goes_when_another_still_screens_the_same_file(service, tmp_path):
    mine = screened(service, {"zebulon-cv.txt": TEXT}, "rex")
    theirs = screened(service, {"other-name.txt": TEXT}, "rita")
    age(service.store, mine.screening, 31)
    before = len([p for p in (tmp_path / "files").rglob("*") if p.is_file()])
    privacy.keep_to_policy(service.store, days=30)
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == before - 1
    assert len(records.rows_of(service.store, theirs.screening, "rita")) == 1


def test_files_that_a_crash_left_behind_go(service, tmp_path):
    stray, fresh = tmp_path / "files" / "ab", tmp_path / "files" / "cd"
    for place in (stray, fresh):
        place.mkdir()
        (place / ("0" * 32)).write_text(TEXT)
    os.utime(stray / ("0" * 32), (0, 0))
    left = tmp_path / "temp" / "visit-x"
    left.mkdir()
    (left / "cv.txt").write_text(TEXT)
    os.utime(left, (0, 0))
    privacy.keep_to_policy(service.store)
    assert not list(stray.iterdir()) and list(fresh.iterdir()) and not left.exists()


@pytest.mark.parametrize("stated", ["0", "-3", "ten", "99999"])
def test_a_policy_that_is_none_is_refused(stated, monkeypatch):
    monkeypatch.setenv("SHORTLIST_RETENTION_DAYS", stated)
    with pytest.raises(UsageError, match="SHORTLIST_RETENTION_DAYS"):
        privacy.policy()


# --- commands, log ---------------------------------------------------------------------------------------------------


def test_the_commands(service, tmp_path, capsys, monkeypatch):
    screened(service, {"zebulon-cv.txt": TEXT})
    cv = tmp_path.parent / "their-cv.txt"
    cv.write_text(TEXT)
    with pytest.raises(UsageError, match="--yes"):
        access_cli.erase_command(str(cv), False, False)
    assert access_cli.erase_command(str(cv), True, True) == 0
    assert "1 stored copy, 1 verdicts" in capsys.readouterr().out and not found_in(tmp_path, SECRETS)
    assert access_cli.retention_command(False, None, None) == 0
    assert "keep everything" in capsys.readouterr().out
    for wrong in ((None, False, False), ("no such file", True, False)):
        with pytest.raises(UsageError):
            access_cli.erase_command(*wrong)


def test_the_log_holds_no_resume(service, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    screened(service, {"zebulon-cv.txt": TEXT, "broken.txt": "\0\0"})
    privacy.erase(service.store, [sha_of(TEXT)], "ann")
    said = "\n".join(f"{record.getMessage()} {vars(record)} {record.exc_text}" for record in caplog.records)
    assert "judged" in said and not [secret for secret in SECRETS if secret in said]
