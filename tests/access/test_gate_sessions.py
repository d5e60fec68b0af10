"""The running server: sign-in, cookies, and sessions that end."""

from __future__ import annotations

import time

import httpx
import pytest

from recruiter_ui.records import users

from .conftest import JOB, Client, number, password_of

pytestmark = pytest.mark.timeout(300)  # a server is started, and the machine may be busy


def test_the_cookie_is_for_the_server_alone(house):
    client = Client(house.address)
    said = client.sign_in("rex").headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=strict" in said and "path=/" in said and "domain" not in said
    assert client.get("/").status_code == 200 and client.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_behind_https_the_cookie_is_secure(house, scheme):
    client = Client(house.address, headers={"X-Forwarded-Proto": scheme})
    said = client.sign_in("rex").headers["set-cookie"]
    assert ("Secure" in said and said.startswith("__Host-")) is (scheme == "https")


def test_forged_stolen_and_ended_sessions_open_nothing(house):
    rex = house.client("rex")
    name, token = next(iter(rex.cookies.items()))
    with house.store.read() as connection:
        digests = connection.exec_driver_sql("SELECT token_hash FROM sessions").scalars().all()
    for forged in ("", "x", token[:-1], token + "x", token.swapcase(), *digests[:3], "../../x", "' OR 1=1 --"):
        assert httpx.get(f"{house.address}/config", headers={"Cookie": f"{name}={forged}"}).status_code == 401
    copied = {"Cookie": f"{name}={token}"}
    assert httpx.get(f"{house.address}/config", headers=copied).status_code == 200
    assert rex.post("/logout").headers["location"] == "/login"
    assert httpx.get(f"{house.address}/config", headers=copied).status_code == 401, "signed out is out, copies too"


def test_a_session_ends_with_its_user(house):
    users.add_user(house.store, "tom", users.find_user(house.store, "rex").password_hash, "recruiter")
    tom = Client(house.address)
    assert tom.sign_in("tom", password_of("rex")).status_code == 303
    assert tom.call(number(house.app, "show"), [None, "ALL"])["success"]
    users.set_disabled(house.store, "tom", True)
    time.sleep(2.2)  # what the desk knows is at most so old
    assert tom.get("/config").status_code == 401
    assert tom.join(0, [None, JOB]).status_code == 401


def test_a_call_that_waited_while_its_user_was_shut_out_is_not_run(house):
    """The role is asked for when the handler runs, not only when the call is taken."""
    made = users.find_user(house.store, "rex").password_hash
    users.add_user(house.store, "uma", made, "recruiter")
    uma = Client(house.address)
    uma.sign_in("uma", password_of("rex"))
    assert uma.call(number(house.app, "read_job"), [None, JOB])["success"]
    users.set_role(house.store, "uma", "viewer")
    house.desk.forget()
    said = uma.call(number(house.app, "read_job"), [None, JOB])
    assert not said["success"] and "needs the role recruiter" in said["error"]


def test_wrong_passwords_lock_and_say_no_more_than_that(house):
    users.add_user(house.store, "lock", users.find_user(house.store, "rex").password_hash, "viewer")
    client = Client(house.address)
    answers = [client.sign_in("lock", "wrong wrong") for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429] and int(answers[-1].headers["retry-after"]) > 800
    assert client.sign_in("lock", password_of("rex")).status_code == 429
    nobody = client.sign_in("nobody-there", "wrong wrong")
    assert nobody.status_code == 401 and nobody.text.replace("nobody-there", "lock") == answers[0].text


def test_a_wrong_sign_in_takes_its_time_whoever_is_named(house):
    for name in ("rita", "nobody-2"):
        began = time.monotonic()
        Client(house.address).sign_in(name, "wrong wrong")
        assert time.monotonic() - began >= 0.6
    users.right_password(house.store, users.find_user(house.store, "rita").id)


def test_ones_own_password_is_changed_with_the_old_one(house):
    users.add_user(house.store, "pia", users.find_user(house.store, "rex").password_hash, "viewer")
    pia, elsewhere = Client(house.address), Client(house.address)
    for client in (pia, elsewhere):
        client.sign_in("pia", password_of("rex"))
    new = "seven grey cats sleep"
    wrong = [({"password": "no", "new": new, "again": new}, "present password is wrong"),
             ({"password": password_of("rex"), "new": new, "again": new + "x"}, "not typed the same"),
             ({"password": password_of("rex"), "new": "short", "again": "short"}, "10 characters or more")]
    for form, words in wrong:
        answer = pia.post("/account/password", data=form)
        assert answer.status_code == 400 and words in answer.text
    right = {"password": password_of("rex"), "new": new, "again": new}
    assert pia.post("/account/password", data=right).status_code == 200
    assert pia.get("/config").status_code == 200 and elsewhere.get("/config").status_code == 401
    assert Client(house.address).sign_in("pia", new).status_code == 303


def test_the_pages_of_the_sign_in_speak_german_too(house):
    client = Client(house.address, headers={"Accept-Language": "de-DE,de;q=0.9"})
    assert 'lang="de"' in client.get("/login").text and "Anmelden" in client.get("/login").text
    assert "Passwort ist falsch" in client.sign_in("nobody-3", "wrong wrong").text
    client.sign_in("rex")
    assert "Angemeldet als" in client.get("/account").text
