"""The running server: every address and every handler, for everyone."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator

import gradio as gr
import pytest

from model.errors import RecordsError
from recruiter_ui import access_gate, intake, records, uploads
from recruiter_ui.access import IDENTITY
from recruiter_ui.access_gate import Gate
from recruiter_ui.access_roles import ROLE_OF, least_role, name_of
from recruiter_ui.records import users

from .conftest import JOB, PEOPLE, Client, add_people, file_data, number

pytestmark = pytest.mark.timeout(300)  # a server is started, and the machine may be busy

FREE = re.compile(r"/assets/|/static/|/favicon\.ico|/robots\.txt|/theme\.css|/gradio_api/theme\.css|/login|"
                  r"/gradio_api/startup-events|/health|/logout|/account")


def test_every_handler_has_a_declared_role(house):
    """A new handler is an admin's until it is written into recruiter_ui/access_roles.py."""
    names = {name_of(fn) for fn in house.app.fns.values() if fn.fn is not None}
    assert not names - set(ROLE_OF)


def addresses(routes) -> Iterator[tuple[str, str]]:
    """(method, path) of every route, those of included routers too, with x1 for what varies."""
    for route in routes:
        for method in getattr(route, "methods", None) or ():
            yield method, re.sub(r"\{(\w+)(:path)?\}", "x1", route.path)
        inner = getattr(route, "original_router", route)
        yield from addresses(getattr(inner, "routes", ()))


def test_every_address_is_shut_to_who_is_not_signed_in(house):
    client, open_to_all, tried = Client(house.address), [], 0
    known = dict.fromkeys(addresses(house.app.app.routes))
    assert ("POST", "/gradio_api/queue/join") in known and ("GET", "/gradio_api/file=x1") in known
    for method, path in known:
        answer = client.request(method, path)
        tried += 1
        if not FREE.match(path) and answer.status_code != 401 and answer.headers.get("location") != "/login":
            open_to_all.append((method, path, answer.status_code))
    for path in ("/gradio_api/mcp/sse", "/metrics", "/%2e%2e/config", "/assets/../config", "/assets/%2e%2e/config",
                 "/login/../config", "//config", "/gradio_api/queue/join/", "/gradio_api//queue/data"):
        answer = client.get(path)
        tried += 1
        if "components" in answer.text or answer.status_code == 200 and path != "/login":
            open_to_all.append(("GET", path, answer.status_code))
    print(f"{tried} addresses x anonymous: {len(open_to_all)} open")
    assert not open_to_all and tried > 60


def test_every_handler_for_everyone_through_the_queue(house, monkeypatch):
    """Handler x {anonymous, viewer, recruiter, admin, other recruiter}, by number; the handlers themselves cut off."""
    reached = set()

    async def note(fn, inputs, iterator=None, request=None, *more, **named):
        reached.add((fn._id, request.request.scope[IDENTITY].name))
        raise gr.Error("reached", print_exception=False)

    async def as_sent(fn, inputs, *args, **named):
        return inputs

    monkeypatch.setattr(house.app, "call_function", note)
    monkeypatch.setattr(house.app, "preprocess_data", as_sent)
    handlers = {at: fn for at, fn in house.app.fns.items() if fn.fn is not None}
    calls = {at: [None] * len(fn.inputs) for at, fn in handlers.items()}
    rex = house.client("rex")
    people = {"viewer": house.client("vic"), "recruiter": rex, "admin": house.client("ann")}
    said = {who: client.call_all(calls) for who, client in people.items()}
    intruders = {"anonymous": Client(house.address), "other recruiter": house.client("rita")}
    said |= {who: client.call_all(calls, rex.page) for who, client in intruders.items()}
    roles, names = ["viewer", "recruiter", "admin"], {"viewer": "vic", "recruiter": "rex", "admin": "ann"}
    breaches, wrongly_refused = [], []
    for at, fn in handlers.items():
        for who in people:
            may, did = roles.index(who) >= roles.index(least_role(fn)), (at, names[who]) in reached
            if did and not may:
                breaches.append((name_of(fn), who))
            if may and not did:
                wrongly_refused.append((name_of(fn), who, said[who][at]))
            assert may or "needs the role" in said[who][at]["error"]
        breaches += [(name_of(fn), who) for who, status in (("anonymous", 401), ("other recruiter", 403))
                     if said[who][at].get("status") != status]
    breaches += [(at, who) for at, who in reached if who not in names.values()]
    print(f"{len(handlers)} handlers x 5: {sum(map(len, said.values()))} calls, {len(breaches)} breaches")
    assert not breaches and not wrongly_refused and len(handlers) > 30


def test_other_doors_to_the_same_handlers_are_shut(house):
    client = house.client("ann")
    for path in ("run/screen", "api/screen", "call/screen", "call/v2/screen", "component_server", "vibe-edit"):
        assert client.post(f"/gradio_api/{path}", json={"data": [], "session_hash": client.page}).status_code == 404
    assert client.join(0, [None, JOB], batched=True).status_code == 200
    assert client.join(10_000, []).status_code == 404 and client.join("0", []).status_code == 404


def test_a_page_is_its_users_alone(house):
    rex, rita = house.client("rex"), house.client("rita")
    assert rex.call(number(house.app, "read_job"), [None, JOB])["success"]
    assert rita.join(number(house.app, "show"), [None, "ALL"], page=rex.page).status_code == 403
    for path in (f"queue/data?session_hash={rex.page}", f"heartbeat/{rex.page}",
                 f"queue/data?session_hash={rita.page}&session_hash={rex.page}",
                 f"queue/data?session_hash={rex.page}&session_hash={rita.page}"):
        assert rita.get(f"/gradio_api/{path}").status_code == 403, path
    assert rita.get("/gradio_api/queue/data").status_code == 403
    cancel = {"session_hash": rex.page, "fn_index": 0, "event_id": "x"}
    assert rita.post("/gradio_api/cancel", json=cancel).status_code == 403
    assert rita.post("/gradio_api/cancel", json={**cancel, "session_hash": rita.page}).status_code == 404


def test_uploads_and_exports_are_their_users_alone(house):
    rex, rita, vic = (house.client(name) for name in ("rex", "rita", "vic"))
    path = rex.upload()
    assert rita.get(f"/gradio_api/file={path}").status_code == 403
    add = number(house.app, "add_resumes")
    assert rita.join(add, [None, [file_data(path)]]).status_code == 403
    assert rita.join(add, [None, [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]]).status_code == 403
    assert vic.post("/gradio_api/upload", files=[("files", ("a.txt", b"a"))]).status_code == 403
    assert rex.call(number(house.app, "read_job"), [None, JOB])["success"]
    assert rex.call(add, [None, [file_data(path)]])["success"]
    assert rex.get(f"/gradio_api/file={path}").status_code == 403, "taken over by the handler"
    said = rex.call(number(house.app, "export_csv"), [None])
    export = re.search(r'"path": "([^"]+)"', json.dumps(said["data"]))[1]
    assert rex.get(f"/gradio_api/file={export}").content.startswith(b"\xef\xbb\xbf")
    for other in (rita, vic, house.client("ann"), Client(house.address)):
        assert other.get(f"/gradio_api/file={export}").status_code in (401, 403)
    for trick in (f"{export}/..%2fshortlist.csv", f"/{export}", str(house.store.path), "..%2f..%2fetc/passwd",
                  "/etc/passwd", "http://127.0.0.1:1/", "file:///etc/passwd"):
        assert rex.get(f"/gradio_api/file={trick}").status_code == 403, trick


def test_one_recruiter_sees_nothing_of_anothers_screening(house):
    rex, rita = house.client("rex"), house.client("rita")
    secret = f"Zebulon{time.monotonic_ns()}"
    path = rex.upload(f"{secret}.txt", f"{secret} Python programming since 2015. Nursing of railways.".encode())
    call = rex.call
    assert call(number(house.app, "read_job"), [None, JOB])["success"]
    assert call(number(house.app, "add_resumes"), [None, [file_data(path)]])["success"]
    assert call(number(house.app, "screen"), [None, JOB, "grpo", "ALL"])["success"]
    for _ in range(100):
        if "Candidate 01" in json.dumps(call(number(house.app, "follow"), [None, "ALL"])["data"]):
            break
        time.sleep(0.1)
    assert secret in json.dumps(call(number(house.app, "blind_mode"), [None, False, "ALL"])["data"])
    for name in ("rita", "ann", "vic"):
        other = house.client(name)
        for handler in ("attach", "follow", "show", "candidate", "compare"):
            fn = house.app.fns[number(house.app, handler)]
            said = json.dumps(other.call(fn._id, [None] * len(fn.inputs)))
            assert secret not in said and "Candidate 01" not in said
    assert rita.get("/").status_code == 200 and secret not in rita.get("/config").text


def test_a_screening_is_shared_by_its_owner_alone_and_taken_back(house):
    """By every call that names a screening, or a candidate of one: only what is shared is shown, and only so long."""
    rex, rita, vic = (house.client(name) for name in ("rex", "rita", "vic"))
    secret = f"Quentin{time.monotonic_ns()}"
    path = rex.upload(f"{secret}.txt", f"{secret} Python programming since 2015. Nursing.".encode())
    for handler, data in (("read_job", [None, JOB]), ("add_resumes", [None, [file_data(path)]]),
                          ("screen", [None, JOB, "grpo", "ALL"])):
        assert rex.call(number(house.app, handler), data)["success"]
    with house.store.read() as connection:
        mine, sha256 = connection.exec_driver_sql(
            "SELECT items.screening, documents.sha256 FROM documents JOIN items ON items.document = documents.id "
            "WHERE documents.name = ?", (f"{secret}.txt",)).one()

    def chooses(client) -> str:
        """What somebody sees who names the screening in every way there is."""
        said = [client.call(number(house.app, "history"), [None, None]),
                client.call(number(house.app, "history.wire.<locals>.pick"), [None], event_data={
                    "index": [0, 0], "value": str(mine), "row_value": [mine], "selected": True})]
        for handler, data in (("compare_screenings", [None, mine, mine]), ("shared", [mine]),
                              ("open_screening", [None, mine]), ("history_csv", [None, mine]),
                              ("choose_candidate", [None, sha256]), ("blind_mode", [None, False, "ALL"])):
            said.append(client.call(number(house.app, handler), data))
        return json.dumps(said)

    def shares(client, shared: bool) -> bool:
        client.call(number(house.app, "share_screening"), [mine, shared])
        return records.screening_of(house.store, mine, users.find_user(house.store, "rex").id).shared

    for other in (rita, vic, house.client("ann")):
        assert secret not in chooses(other) and not shares(other, True)
    owner = house.client("rex")
    assert secret in chooses(owner) and shares(owner, True)
    assert secret in chooses(house.client("rita")) and secret in chooses(house.client("vic"))
    assert not shares(owner, False)
    for other in ("rita", "vic", "ann"):
        assert secret not in chooses(house.client(other))


def test_machines_may_ask_for_health_and_admins_for_figures(house):
    assert Client(house.address).get("/health").json()["database"] == "ok"
    for name, status in ((None, 401), ("vic", 403), ("rex", 403), ("ann", 200)):
        assert house.client(name).get("/metrics").status_code == status


def test_a_full_disk_is_said_and_leaves_nothing(house, monkeypatch):
    def full(*_) -> None:
        raise OSError(28, "No space left on device")

    temp = house.store.folder / "temp"
    rex, before = house.client("rex"), set(temp.iterdir())
    monkeypatch.setattr(uploads, "_named", full)
    answer = rex.post("/gradio_api/upload", files=[("files", ("a.txt", b"x" * 500))])
    assert answer.status_code == 507 and "disk is full" in answer.json()["detail"] and set(temp.iterdir()) == before


def test_a_full_disk_under_a_handler_is_told_in_words(house, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    rex = house.client("rex")
    path = rex.upload()
    monkeypatch.setattr(intake, "take_in", full)
    said = rex.call(number(house.app, "add_resumes"), [None, [file_data(path)]])
    assert not said["success"] and "disk is full" in said["error"]


def test_records_that_cannot_be_written_shut_nobody_out_and_unreadable_ones_are_told(house, monkeypatch):
    def refuses(*_):
        raise RecordsError(f"the disk is full: {house.store.path}")

    rex = house.client("rex")
    house.desk._touched.clear()
    house.desk.forget()
    monkeypatch.setattr(users, "touch_session", refuses)
    assert rex.get("/config").status_code == 200
    monkeypatch.setattr(users, "find_session", refuses)
    monkeypatch.setattr(users, "begin_try", refuses)
    house.desk.forget()
    for answer in (rex.get("/config"), Client(house.address).sign_in("rex")):
        assert answer.status_code == 503 and "doctor" in answer.text and str(house.store.path) not in answer.text


def test_a_stream_ends_once_its_reader_is_out(house):
    """The page keeps one open for hours: it is looked at again between two messages."""
    users.add_user(house.store, "sam", users.find_user(house.store, "rex").password_hash, "viewer")
    token = house.desk.begin_session(users.find_user(house.store, "sam").id)
    sam, sent = house.desk.identify(token), []

    async def send(message) -> None:
        sent.append(message)

    async def read_on():
        return {"type": "http.request"}

    async def listen() -> list:
        receive, guarded = Gate(None, house.desk)._watched(sam, read_on, send)
        before = await receive()
        await guarded({"type": "http.response.body", "body": b"1", "more_body": True})
        house.desk.sign_out(token)
        for _ in range(3):
            await guarded({"type": "http.response.body", "body": b"2", "more_body": True})
        return [before["type"], (await receive())["type"]]

    monkey = pytest.MonkeyPatch()
    monkey.setattr(access_gate, "RECHECK", -1.0)
    assert asyncio.run(listen()) == ["http.request", "http.disconnect"]
    monkey.undo()
    assert [message["body"] for message in sent] == [b"1", b""] and sent[-1]["more_body"] is False


# --- other sites -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"},
                                     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
def test_calls_from_other_sites_are_refused_even_with_the_cookie(house, headers):
    rex = house.client("rex")
    for method, path in (("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/upload"), ("POST", "/logout"),
                         ("POST", "/login"), ("GET", "/config"), ("GET", "/gradio_api/heartbeat/x"), ("GET", "/")):
        assert rex.request(method, path, headers=headers).status_code == 403, path
    assert rex.get("/config").status_code == 200, "still signed in"


def test_a_link_from_elsewhere_arrives_through_a_page_of_ours(house):
    navigation = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    answer = Client(house.address).get("/", headers=navigation)
    assert answer.status_code == 200 and "refresh" in answer.text and "gradio" not in answer.text
    frame = {**navigation, "Sec-Fetch-Dest": "iframe"}
    assert Client(house.address).get("/", headers=frame).status_code == 403


def test_alone_only_this_computer_is_served(alone):
    client = Client(alone.address)
    assert client.get("/config").status_code == 200
    assert client.get("/login").headers["location"] == "/"
    assert client.get("/config", headers={"Host": "evil.example"}).status_code == 403, "DNS rebinding"
    assert client.get("/config", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403, "through a proxy"
    assert client.get("/config", headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.call(number(alone.app, "read_job"), [None, JOB])["success"]


def test_the_first_user_ends_the_time_without_sign_in(alone):
    """Makes a user, so it is the last test of this server."""
    client = Client(alone.address)
    assert client.call(number(alone.app, "read_job"), [None, JOB])["success"]
    add_people(alone.store, {"ann": "admin"})
    time.sleep(2.2)
    assert client.get("/").headers["location"] == "/login" and client.join(0, [None, JOB]).status_code == 401


def test_people_are_all_there(house):
    found = {user.name: user.role for user in users.all_users(house.store)}
    assert {name: found[name] for name in PEOPLE} == PEOPLE
