"""The audit: every way to change it is found, and a candidate can be told why."""

from __future__ import annotations

import json

import pytest

from model.errors import RecordsError
from recruiter_ui import records
from recruiter_ui.records import audit
from recruiter_ui.records.explain import export_candidate, in_words
from recruiter_ui.worker import Worker

from .making import PlainJudge, screening


@pytest.fixture
def lines(store):
    """Records with ten lines."""
    for i in range(10):
        audit.record(store, "ann", f"deed {i}", f"thing:{i}", {"i": i}, {"base": "b"})
    return store


def tamper(store, *statements):
    """Change the database as someone would who has the file: past the triggers."""
    with store.write() as connection:
        for name in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_no_{name}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_an_untouched_audit_is_unbroken(lines):
    found = audit.verify(lines)
    assert (found.lines, found.broken, found.notes) == (10, [], [])
    assert audit.verify(lines, expected_head=found.head).broken == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'b' WHERE id = 3", "DELETE FROM audit WHERE id = 10"])
def test_triggers_forbid_changes(lines, statement):
    with pytest.raises(Exception, match="append-only"), lines.write() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("column", ["time", "actor", "action", "subject", "details", "versions", "prev_hash", "hash"])
@pytest.mark.parametrize("line", [1, 5, 10])
def test_a_changed_line_is_found(lines, column, line):
    tamper(lines, f"UPDATE audit SET {column} = {column} || 'x' WHERE id = {line}")
    broken = audit.verify(lines).broken
    assert broken and f"line {line}" in broken[0]


@pytest.mark.parametrize("statements", [
    ["DELETE FROM audit WHERE id = 1"], ["DELETE FROM audit WHERE id = 5"], ["DELETE FROM audit WHERE id >= 9"],
    ["DELETE FROM audit"], ["UPDATE audit SET id = 99 WHERE id = 10"],
    [f"UPDATE audit SET id = {new} WHERE id = {old}" for old, new in ((4, 99), (5, 4), (99, 5))],
    ["INSERT INTO audit (time, actor, action, subject, details, versions, prev_hash, hash) "
     "SELECT time, actor, action, subject, details, versions, hash, 'f' FROM audit WHERE id = 10"]])
def test_lines_removed_moved_or_added_are_found(lines, statements):
    tamper(lines, *statements)
    assert audit.verify(lines).broken


def test_an_audit_written_anew_does_not_hold_the_hash_that_was_noted(lines):
    noted = audit.verify(lines).head
    with lines.read() as connection:
        old = list(audit.lines(connection))
    before, statements = audit.START, ["UPDATE audit SET actor = 'bob' WHERE id = 3"]
    for line in old:
        line["actor"] = "bob" if line["id"] == 3 else line["actor"]
        digest = audit._hash(before, line)
        statements.append(f"UPDATE audit SET prev_hash = '{before}', hash = '{digest}' WHERE id = {line['id']}")
        before = digest
    tamper(lines, *statements)
    assert audit.verify(lines).broken == [], "whoever rewrites every hash is only found by what was noted elsewhere"
    assert "written anew" in audit.verify(lines, noted).broken[0]


def test_a_clock_that_went_back_is_noted_and_breaks_nothing(store, monkeypatch):
    times = iter(["2026-11-23T10:00:00", "2026-11-23T09:00:00", "2026-11-23T10:30:00"])
    monkeypatch.setattr(audit, "now", lambda: next(times))
    for _ in range(3):
        audit.record(store, "ann", "deed", "thing")
    found = audit.verify(store)
    assert found.broken == [] and found.notes == ["at line 2 the clock of the machine went back to 2026-11-23T09:00:00"]


# --- why was I rejected? ---------------------------------------------------------------------------------------------


def test_a_candidate_can_be_told_why(store, tmp_path):
    number = screening(store, tmp_path / "files", 2)
    Worker(store, PlainJudge()).step()
    sha256 = records.entries_of(store, number)[0].sha256
    records.share(store, number)
    records.override(store, number, sha256, [2, 0], note="no ward named")
    records.decide(store, number, sha256, "SHORTLISTED", user="ann-id")
    records.undo(store, number, "ann-id")
    records.decide(store, number, sha256, "DECLINED", note="needs five years", user="ann-id")
    found = export_candidate(store, sha256)
    words = in_words(found)
    for said in ("person_0.txt", "## Analyst", "scored it 80 of 100 and suggested to select", "- Python, needed: met "
                 "(“Python at Firm”)", "- nursing, 5 years, needed: met", "a person put the program's result right: no "
                 "ward named", "a person took that back", "a person rejected it: needs five years", "base tiny:0001",
                 "every rejection is a decision of a person"):
        assert said in words, said
    assert "ann-id" not in words and "ann-id" not in json.dumps(found), "the reasons, not the names of colleagues"
    assert [line["action"] for line in found["audit"]] == ["document added", "scored", "overrode", "decided",
                                                          "decision undone", "decided"]
    assert json.loads(json.dumps(found))["screenings"][0]["result"]["sha256"] == sha256
    assert audit.verify(store).lines > len(found["audit"])
    assert export_candidate(store, sha256)["audit"][-1]["action"] == "exported for the candidate"


def test_one_who_was_not_judged_and_one_who_is_not_there(store, tmp_path):
    number = screening(store, tmp_path / "files", 1)
    words = in_words(export_candidate(store, records.entries_of(store, number)[0].sha256))
    assert "has not been judged yet" in words
    with pytest.raises(RecordsError, match="no document with the hash"):
        export_candidate(store, "f" * 64)
