"""Doors, holdings, tries, passwords, roles: without a server."""

from __future__ import annotations

import pytest

from model.errors import UsageError
from recruiter_ui import access_passwords
from recruiter_ui.access import Identity, paths_in
from recruiter_ui.access_desk import Times, Tries
from recruiter_ui.access_doors import door, file_of, foreign, is_loopback
from recruiter_ui.access_gate import without_addresses
from recruiter_ui.access_holdings import MAX_EACH, Holdings


@pytest.mark.parametrize(("method", "path", "kind"), [
    ("GET", "/", "page"), ("HEAD", "/", "page"), ("GET", "/config", "page"), ("GET", "/gradio_api/info", "page"),
    ("POST", "/gradio_api/queue/join", "call"), ("POST", "/gradio_api/cancel", "call"),
    ("GET", "/gradio_api/queue/data", "stream"), ("GET", "/gradio_api/heartbeat/abc", "stream"),
    ("POST", "/gradio_api/upload", "upload"), ("GET", "/gradio_api/file=/tmp/x", "file"),
    ("GET", "/assets/index.js", "open"), ("GET", "/health", "open"), ("GET", "/metrics", "metrics"),
    ("GET", "/login", "login"), ("POST", "/logout", "login"), ("POST", "/account/password", "login"),
    *(("POST", f"/gradio_api/{path}", "shut") for path in (
        "run/show", "api/show", "call/show", "call/v2/show", "component_server", "reset", "stream/1",
        "process_recording", "vibe-edit", "run-history/connect", "mcp")),
    *(("GET", path, "shut") for path in (
        "/gradio_api/call/show/1", "/gradio_api/proxy=http://x", "/gradio_api/file/x", "/gradio_api/token",
        "/monitoring",
        "/gradio_api/dev/reload", "/gradio_api/queue/status", "/gradio_api/runs", "/gradio_api/user", "/svelte/x",
        "/gradio_api/custom_component/a/client/b/c", "/gradio_api/deep_link", "/gradio_api/mcp/sse", "//config",
        "/CONFIG", "/config/x", "/.env", "/gradio_api/openapi.json", "/login/other", "/anything")),
    ("PUT", "/", "shut"), ("DELETE", "/gradio_api/queue/join", "shut"), ("OPTIONS", "/config", "shut")])
def test_what_is_not_listed_is_shut(method: str, path: str, kind: str):
    assert door(method, path) == kind


def test_a_file_is_named_as_the_address_says():
    assert file_of("/gradio_api/file=/a/b c.txt") == "/a/b c.txt"


@pytest.mark.parametrize(("headers", "alone", "is_foreign"), [
    ({"host": "a.example"}, False, False), ({"host": "127.0.0.1:7860"}, True, False),
    ({"host": "[::1]:7860"}, True, False), ({"host": "localhost"}, True, False),
    ({"host": "evil.example:7860"}, True, True), ({}, True, True), ({"host": "127.0.0.1.evil.example"}, True, True),
    ({"host": "a.example", "origin": "https://a.example"}, False, False),
    ({"host": "a.example", "origin": "https://b.example"}, False, True),
    ({"host": "a.example:1", "origin": "http://a.example:2"}, False, True),
    ({"host": "a.example", "origin": "null"}, False, True),
    ({"host": "a.example", "sec-fetch-site": "same-origin", "origin": "https://public.example"}, False, False),
    ({"host": "a.example", "sec-fetch-site": "none"}, False, False),
    ({"host": "a.example", "sec-fetch-site": "same-site"}, False, True),
    ({"host": "a.example", "sec-fetch-site": "cross-site"}, False, True)])
def test_calls_of_other_sites_are_known(headers: dict, alone: bool, is_foreign: bool):
    assert foreign(headers, alone) is is_foreign


@pytest.mark.parametrize(("address", "own"), [("127.0.0.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
                                              ("127.8.9.1", True), ("0.0.0.0", False), ("10.0.0.1", False),
                                              ("::", False), ("", False), ("host.example", False)])
def test_this_computers_addresses(address: str, own: bool):
    assert is_loopback(address) is own


def test_a_page_belongs_to_whom_it_came_with():
    held = Holdings()
    assert held.claim("abc", "rex") and held.claim("abc", "rex") and not held.claim("abc", "rita")
    for strange in (None, 7, "", "a b", "../x", "x" * 65, ["abc"]):
        assert not held.claim(strange, "rex")


def test_many_pages_of_one_user_cost_no_other_user_theirs():
    held = Holdings()
    held.claim("mine", "rita")
    for i in range(MAX_EACH + 10):
        held.claim(f"p{i}", "rex")
    assert not held.claim("mine", "rex") and held.claim("p0", "rita")


def test_a_file_is_fetched_by_its_own_user_alone():
    held = Holdings()
    held.give("/t/a.csv", "rex")
    assert held.has("/t/a.csv", "rex")
    others = (("/t/a.csv", "rita"), ("/t/../t/a.csv", "rex"), ("/t/a.csv ", "rex"), (None, "rex"), ([], "rex"))
    for path, user in others:
        assert not held.has(path, user)


def test_tries_are_counted_in_a_window():
    at = [0.0]
    tries = Tries(3, window=100, clock=lambda: at[0])
    assert [tries.begin("a") for _ in range(3)] == [0, 0, 0] and tries.begin("a") == 100 and tries.begin("b") == 0
    at[0] = 99
    assert tries.begin("a") == 1
    at[0] = 101
    assert tries.begin("a") == 0
    tries.forgive("b")
    assert [tries.begin("b") for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize("password", ["short", "x" * 300, "aaaaaaaaaaaa", "ann1234567", "ANN-secret!"])
def test_weak_passwords_are_refused_and_not_quoted(password: str):
    with pytest.raises(UsageError) as caught:
        access_passwords.check_password("ann", password)
    assert password not in str(caught.value)


def test_a_long_sentence_with_the_name_in_it_will_do():
    assert access_passwords.check_password("ann", "ann keeps seven grey cats")


@pytest.mark.parametrize("name", ["", "a b", "../x", "<b>", "local", "hf@ann", "-a", "x" * 65, "ä", "a\nb"])
def test_strange_names_are_refused(name: str):
    with pytest.raises(UsageError):
        access_passwords.check_name(name)


def test_names_are_told_apart_without_capitals():
    assert access_passwords.check_name(" Ann@Example.org ") == "ann@example.org"


def test_passwords_are_argon2id_and_checked():
    made = access_passwords.hashed("correct horse battery")
    assert made.startswith("$argon2id$") and access_passwords.fits(made, "correct horse battery")
    assert not access_passwords.fits(made, "correct horse batterx")
    for none in (None, "", "no hash"):
        assert not access_passwords.fits(none, "")


def test_the_hash_for_nobody_costs_what_a_real_one_costs(monkeypatch: pytest.MonkeyPatch):
    seen = []

    class Watched:
        def __init__(self, inner):
            self.inner = inner

        def __getattr__(self, name):
            return getattr(self.inner, name)

        def verify(self, password_hash, password):
            seen.append(password_hash)
            return self.inner.verify(password_hash, password)

    monkeypatch.setattr(access_passwords, "hasher", Watched(access_passwords.hasher))
    assert not access_passwords.fits(None, "anything at all")
    assert not access_passwords.outdated(seen[0])  # today's parameters, and a hash that argon2 takes for one


def test_roles_stand_one_above_the_other():
    viewer, recruiter, admin = (Identity("1", "n", role) for role in ("viewer", "recruiter", "admin"))
    assert [who.may("recruiter") for who in (viewer, recruiter, admin)] == [False, True, True]
    assert viewer.may("viewer") and not recruiter.may("admin")


def test_files_named_anywhere_in_a_call_are_found_and_no_address_is_followed():
    call = [[{"path": "/a"}, {"x": [{"path": "/b", "url": "http://evil.example"}]}], "path", {"path": 3}]
    assert paths_in(call) == ["/a", "/b"]
    assert "evil" not in str(without_addresses(call))


def test_times_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHORTLIST_IDLE_MINUTES", "5")
    assert Times.stated() == Times(300, 12 * 3600)
    monkeypatch.setenv("SHORTLIST_SESSION_HOURS", "never")
    with pytest.raises(UsageError, match="SHORTLIST_SESSION_HOURS"):
        Times.stated()
