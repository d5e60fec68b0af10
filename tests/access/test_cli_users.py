"""`users` on the command line, and where the server listens."""

from __future__ import annotations

import io

import pytest

import app
from model.errors import UsageError
from recruiter_ui.records import open_store, users


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("SHORTLIST_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def types(monkeypatch):
    """What comes through the standard input."""
    def say(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return say


def test_users_are_added_listed_changed_and_shut_out(data, types, capsys):
    types("a fine password\n")
    assert app.main(["users", "list"]) == 0 and "no users" in capsys.readouterr().out
    assert app.main(["users", "add", "Ann", "--role", "admin"]) == 0
    types("another password\n")
    assert app.main(["users", "add", "bob", "--role", "viewer"]) == 0
    assert app.main(["users", "role", "bob", "--role", "recruiter"]) == 0
    types("a third password\n")
    assert app.main(["users", "password", "bob"]) == 0
    assert app.main(["users", "disable", "bob"]) == 0
    capsys.readouterr()
    assert app.main(["users", "list"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[:3] for line in said.splitlines()] == [["ann", "admin", "active"],
                                                               ["bob", "recruiter", "disabled"]]
    assert app.main(["users", "enable", "bob"]) == 0
    store = open_store(data)
    assert not users.find_user(store, "bob").disabled
    assert users.find_user(store, "ann").password_hash.startswith("$argon2id$")
    store.close()


@pytest.mark.parametrize(("arguments", "words"), [
    (["add", "ann"], "which role"), (["add"], "whom"), (["add", "a b", "--role", "admin"], "cannot be"),
    (["add", "ann", "--role", "admin"], "10 to 256"), (["disable", "nobody"], "no user nobody"),
    (["role", "ann"], "role")])
def test_what_is_wrong_is_said_in_a_sentence(data, types, capsys, arguments, words):
    types("short\n")
    assert app.main(["users", *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said and "short" not in said


def test_others_are_let_near_only_once_there_are_users(data, monkeypatch):
    from recruiter_ui.build import front_desk  # noqa: PLC0415 - only this test pays for Gradio's import

    class Service:
        store = open_store(data)

    for address in ("0.0.0.0", "::", "10.1.2.3", "host.example"):
        with pytest.raises(UsageError, match="users add NAME --role admin"):
            front_desk(Service, address)
    assert front_desk(Service, "127.0.0.1").nobody_signs_in()
    users.add_user(Service.store, "ann", "h", "admin")
    assert not front_desk(Service, "0.0.0.0").nobody_signs_in() and not front_desk(Service, "::1").nobody_signs_in()
    with Service.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM users")
    desk = front_desk(Service, "127.0.0.1")
    desk.network = True
    assert not desk.nobody_signs_in(), "users that vanish under a server on the network open nothing"
    Service.store.close()
