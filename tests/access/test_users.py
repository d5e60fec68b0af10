"""Users, sessions and lockout in the records."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from model.errors import UsageError
from recruiter_ui.access_desk import Desk, Times, digest_of
from recruiter_ui.records import audit, open_store, users
from recruiter_ui.records.tables import sessions

from .conftest import add_people, password_of


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def desk(store):
    add_people(store)
    return Desk(store, Times(100, 1000))


@pytest.fixture
def clock(monkeypatch):
    """Seconds to add to the time that the records see."""
    shift = [0.0]
    real = users.now
    monkeypatch.setattr(users, "now", lambda: (datetime.fromisoformat(real()) + timedelta(seconds=shift[0])).isoformat(
        timespec="microseconds"))
    monkeypatch.setattr("recruiter_ui.access_desk.now", lambda: users.now())
    monkeypatch.setattr("recruiter_ui.access_desk.KNOWN_FOR", -1.0)
    monkeypatch.setattr("recruiter_ui.access_desk.TOUCH_EVERY", 1e9)
    return shift


def test_the_first_user_must_be_an_admin_and_one_must_stay(store):
    with pytest.raises(UsageError, match="first user"):
        users.add_user(store, "bob", "h", "recruiter")
    users.add_user(store, "ann", "h", "admin")
    users.add_user(store, "bob", "h", "recruiter")
    for change in (lambda: users.set_disabled(store, "ann", True), lambda: users.set_role(store, "ann", "viewer")):
        with pytest.raises(UsageError, match="only admin"):
            change()
    with pytest.raises(UsageError, match="already"):
        users.add_user(store, "bob", "h", "admin")
    users.set_role(store, "bob", "admin")
    users.set_disabled(store, "ann", True)
    assert [(u.name, u.role, u.disabled) for u in users.all_users(store)] == [("ann", "admin", True),
                                                                             ("bob", "admin", False)]


def test_a_token_is_stored_as_a_hash_alone(desk, store):
    token = desk.sign_in("rex", password_of("rex"), "1").token
    assert desk.identify(token).name == "rex"
    store.checkpoint()
    content = store.path.read_bytes()
    assert token.encode() not in content and digest_of(token).encode() in content
    assert password_of("rex").encode() not in content
    assert desk.identify(digest_of(token)) is None, "what the database holds opens nothing"


@pytest.mark.parametrize("token", [None, "", "x", "x" * 5000, "a" * 43])
def test_forged_tokens_are_nobodys(desk, token):
    assert desk.identify(token) is None


def test_a_session_ends_when_idle_and_when_old(desk, clock):
    token = desk.sign_in("rex", password_of("rex"), "1").token
    clock[0] = 99
    assert desk.identify(token), "and that it was used is noted"
    clock[0] = 198
    assert desk.identify(token)
    clock[0] = 200
    assert desk.identify(token) is None
    users.touch_session(desk.store, digest_of(token))
    assert desk.identify(token)
    clock[0] = 1001
    users.touch_session(desk.store, digest_of(token))
    assert desk.identify(token) is None


def test_a_clock_that_was_set_back_keeps_nobody_in(desk, clock):
    clock[0] = 2 * 3600
    token = desk.sign_in("rex", password_of("rex"), "1").token
    assert desk.identify(token)
    clock[0] = 0
    assert desk.identify(token) is None


def test_disabling_and_a_new_password_end_sessions_at_once(desk, clock):
    tokens = [desk.sign_in(name, password_of(name), "1").token for name in ("rex", "rita")]
    users.set_disabled(desk.store, "rex", True)
    users.set_password(desk.store, "rita", "h")
    assert [desk.identify(token) for token in tokens] == [None, None]
    assert desk.sign_in("rex", password_of("rex"), "1").token is None


def test_a_role_counts_from_the_next_look(desk, clock):
    token = desk.sign_in("rex", password_of("rex"), "1").token
    users.set_role(desk.store, "rex", "viewer")
    assert desk.identify(token).role == "viewer"


def test_five_wrong_tries_lock_a_name_for_a_while(desk, clock):
    answers = [desk.sign_in("rex", "wrong", f"10.0.0.{i}") for i in range(6)]
    assert [answer.wait > 0 for answer in answers] == [False] * 5 + [True]
    assert desk.sign_in("rex", password_of("rex"), "10.0.1.1").token is None, "locked, even with the right one"
    assert desk.sign_in("rita", password_of("rita"), "10.0.1.1").token, "others are not"
    clock[0] = users.LOCKED.total_seconds() + 1
    assert desk.sign_in("rex", password_of("rex"), "10.0.1.2").token
    assert [line["action"] for line in _lines(desk.store) if line["action"] == "user locked"]


def test_a_clock_that_was_set_back_does_not_lock_for_longer(desk, clock):
    clock[0] = 10 * 24 * 3600
    for _ in range(5):
        desk.sign_in("rex", "wrong", "1")
    clock[0] = 0
    assert 0 < desk.sign_in("rex", password_of("rex"), "2").wait <= users.LOCKED.total_seconds()


def test_a_name_that_is_nobodys_is_locked_alike_and_told_alike(desk):
    known = [desk.sign_in("rex", "wrong", f"a{i}") for i in range(7)]
    unknown = [desk.sign_in("nobody", "wrong", f"b{i}") for i in range(7)]
    assert [(a.words, round(a.wait, -1)) for a in known] == [(a.words, round(a.wait, -1)) for a in unknown]
    users.set_disabled(desk.store, "rita", True)
    assert desk.sign_in("rita", password_of("rita"), "c").words == known[0].words


def test_an_address_that_guesses_is_locked_whatever_names_it_tries(desk):
    for i in range(20):
        assert not desk.sign_in(f"name{i}", "wrong", "6.6.6.6").wait
    assert desk.sign_in("rita", password_of("rita"), "6.6.6.6").wait
    assert desk.sign_in("rita", password_of("rita"), "7.7.7.7").token


def test_tries_at_the_same_moment_are_no_more_than_five(desk):
    locked, start = [], threading.Barrier(12)

    def attempt(number: int) -> None:
        start.wait()
        locked.append(desk.sign_in("rex", "wrong", f"d{number}").wait > 0)

    threads = [threading.Thread(target=attempt, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert locked.count(False) == 5


def test_one_user_holds_twenty_sessions_at_most(desk):
    tokens = [desk.sign_in("rex", password_of("rex"), "1").token for _ in range(users.MAX_SESSIONS + 1)]
    assert desk.identify(tokens[0]) is None and desk.identify(tokens[1]) and desk.identify(tokens[-1])


def test_old_hashes_are_made_anew_when_the_password_is_known(desk, monkeypatch):
    monkeypatch.setattr("recruiter_ui.access_desk.outdated", lambda made: True)
    before = users.find_user(desk.store, "rex").password_hash
    assert desk.sign_in("rex", password_of("rex"), "1").token
    assert users.find_user(desk.store, "rex").password_hash != before


def test_sessions_that_ended_are_swept_out(desk, store):
    desk.sign_in("rex", password_of("rex"), "1")
    with store.write() as connection:
        connection.execute(update(sessions).values(expires=users.after(-1)))
    desk.sign_in("rita", password_of("rita"), "1")
    with store.read() as connection:
        assert len(connection.execute(sessions.select()).all()) == 1


def test_what_users_do_at_the_door_is_in_the_audit_without_names(desk):
    token = desk.sign_in("rex", password_of("rex"), "1").token
    desk.sign_out(token)
    lines = _lines(desk.store)
    assert {"user added", "signed in", "signed out"} <= {line["action"] for line in lines}
    assert not any("rex" in str(line) for line in lines) and not audit.verify(desk.store).broken


def _lines(store) -> list[dict]:
    with store.read() as connection:
        return list(audit.lines(connection))
