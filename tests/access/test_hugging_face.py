"""Sign-in with Hugging Face: which accounts are let in, and as what. The provider itself is not asked here."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from recruiter_ui import access_oauth, login
from recruiter_ui.access_desk import Desk
from recruiter_ui.records import open_store, users


@pytest.fixture
def desk(tmp_path, monkeypatch):
    for name in access_oauth.NEEDED:
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("SHORTLIST_HF_ADMINS", "Ann")
    monkeypatch.setenv("SHORTLIST_HF_RECRUITERS", "rex, rita")
    store = open_store(tmp_path)
    yield Desk(store)
    store.close()


def arrive(desk: Desk, account: str | None):
    session = {"oauth_info": {"userinfo": {"preferred_username": account}}} if account else {}
    request = Request({"type": "http", "method": "GET", "path": "/login", "headers": [], "query_string": b"",
                       "scheme": "https", "server": ("127.0.0.1", 7860), "client": ("10.0.0.1", 1),
                       "session": session})
    return asyncio.run(login.respond(request, "/login", desk, desk.nobody_signs_in())), session


def test_accounts_on_the_lists_come_in_with_their_role(desk):
    for account, role in (("Ann", "admin"), ("rex", "recruiter")):
        answer, session = arrive(desk, account)
        cookie = answer.headers["set-cookie"]
        assert "__Host-" in cookie and "Secure" in cookie and "SameSite=strict" in cookie and not session
        assert b'url=/"' in answer.body, "a page of ours turns on, so that the strict cookie is sent"
        user = desk.identify(cookie.split("=", 1)[1].split(";")[0])
        assert (user.name, user.role) == (f"hf@{account.lower()}", role)


@pytest.mark.parametrize("account", ["mallory", "ann2", "<script>alert(1)</script>", ""])
def test_other_accounts_do_not(desk, account):
    answer, _ = arrive(desk, account)
    assert "set-cookie" not in answer.headers and b"<script>" not in answer.body
    assert b"Hugging Face" in answer.body and not users.all_users(desk.store)


def test_the_first_must_be_an_admin_and_lists_count_at_once(desk, monkeypatch):
    assert "set-cookie" not in arrive(desk, "rex")[0].headers
    arrive(desk, "ann")
    token = arrive(desk, "rex")[0].headers["set-cookie"].split("=", 1)[1].split(";")[0]
    assert desk.identify(token).role == "recruiter"
    monkeypatch.setenv("SHORTLIST_HF_RECRUITERS", "rita")
    desk.forget()
    assert desk.identify(token) is None


def test_such_a_user_has_no_password(desk):
    arrive(desk, "ann")
    for password in ("", "x", "ann"):
        assert desk.sign_in("hf@ann", password, "1").token is None


def test_without_a_space_there_is_none_of_it(desk, monkeypatch):
    monkeypatch.delenv("SPACE_ID")
    assert not access_oauth.enabled() and desk.nobody_signs_in()
    answer = asyncio.run(login.respond(Request({
        "type": "http", "method": "GET", "path": "/login/callback", "headers": [], "query_string": b""}),
        "/login/callback", desk, False))
    assert answer.headers["location"] == "/login"
