"""A running server with users, on a fake engine, and clients that sign in."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from argon2 import PasswordHasher

from recruiter_ui import access_passwords
from recruiter_ui.records import users
from tests.ui.fake_service import FakeService

PEOPLE = {"ann": "admin", "rex": "recruiter", "rita": "recruiter", "vic": "viewer"}
JOB = "Senior analyst\n- Python programming\n- Financial modelling\n- 5 years of nursing experience\n"


def password_of(name: str) -> str:
    return f"the key of {name} 1"


@pytest.fixture(scope="session", autouse=True)
def light_hashes():
    """Real argon2id, with parameters that take no time."""
    usual = access_passwords.hasher
    access_passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    yield
    access_passwords.hasher = usual


def add_people(store, people=PEOPLE) -> None:
    for name, role in people.items():
        users.add_user(store, name, access_passwords.hashed(password_of(name)), role)


@dataclass
class House:
    """A server: its address, service, page and desk."""

    address: str
    service: FakeService
    app: object
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def store(self):
        return self.service.store

    @property
    def desk(self):
        """The server's front desk."""
        return next(m.kwargs["desk"] for m in self.app.app.user_middleware if "desk" in m.kwargs)

    def client(self, name: str | None = None) -> Client:
        """A browser of its own, signed in as `name`."""
        made = Client(self.address)
        if name:
            answer = made.sign_in(name)
            assert answer.status_code == 303 and answer.headers["location"] == "/", answer.text
        return made


class Client(httpx.Client):
    """A browser without a page: keeps its cookie and calls handlers as the page does."""

    def __init__(self, address: str, **more) -> None:
        super().__init__(base_url=address, timeout=30, **more)
        self.page = f"page{time.monotonic_ns():x}"

    def sign_in(self, name: str, password: str | None = None) -> httpx.Response:
        return self.post("/login", data={"name": name, "password": password or password_of(name)})

    @property
    def token(self) -> str:
        return next(iter(self.cookies.values()))

    def join(self, fn: int, data: list, page: str | None = None, **more) -> httpx.Response:
        """Put a call into the queue by its number."""
        return self.post("/gradio_api/queue/join", json={
            "session_hash": page or self.page, "fn_index": fn, "data": data, "event_data": None, **more})

    def call(self, fn: int, data: list, page: str | None = None, **more) -> dict:
        """Call through the queue and wait; returns the last message's output, with "success"."""
        answer = self.join(fn, data, page, **more)
        if answer.status_code != 200:
            return {"success": False, "status": answer.status_code, "error": answer.text}
        with self.stream("GET", "/gradio_api/queue/data", params={"session_hash": page or self.page}) as lines:
            for line in lines.iter_lines():
                said = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if said.get("msg") == "process_completed":
                    return {**said["output"], "success": said["success"]}
        return {"success": False, "error": "the stream ended"}

    def call_all(self, calls: dict[int, list], page: str | None = None) -> dict[int, dict]:
        """Put all calls (number -> data) into the queue at once; returns number -> output, with "success"."""
        waiting, found = {}, {}
        for fn, data in calls.items():
            answer = self.join(fn, data, page)
            if answer.status_code == 200:
                waiting[answer.json()["event_id"]] = fn
            else:
                found[fn] = {"success": False, "status": answer.status_code, "error": answer.text}
        while waiting:
            with self.stream("GET", "/gradio_api/queue/data", params={"session_hash": page or self.page}) as lines:
                for line in lines.iter_lines():
                    said = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                    if said.get("msg") == "process_completed":
                        found[waiting.pop(said["event_id"])] = {**said["output"], "success": said["success"]}
        return found

    def upload(self, name: str = "cv.txt", content: bytes = b"Python programming since 2015") -> str:
        answer = self.post("/gradio_api/upload", files=[("files", (name, content))])
        assert answer.status_code == 200, answer.text
        return answer.json()[0]


def number(app, name: str) -> int:
    """The number of a handler by its name in the table of roles."""
    from recruiter_ui.access_roles import name_of  # noqa: PLC0415 - not for tests without a server
    return next(i for i, fn in app.fns.items() if fn.fn is not None and name_of(fn) == name)


def file_data(path: str) -> dict:
    return {"path": path, "orig_name": path.rpartition("/")[2], "meta": {"_type": "gradio.FileData"}}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def serve(folder, people=PEOPLE, **more) -> Iterator[House]:
    from recruiter_ui.build import launch  # noqa: PLC0415 - only tests with a server pay for Gradio's import
    service = FakeService(0.0, 0.0, folder=folder) if not more.get("delay") else FakeService(
        0.0, more["delay"], folder=folder)
    add_people(service.store, people)
    port = free_port()
    app = launch(service, block=False, server_port=port, quiet=True)
    yield House(f"http://127.0.0.1:{port}", service, app)
    app.keeper.stop()
    app.close()
    service.stop(10)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    yield from serve(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Iterator[House]:
    """A server without users: one person's computer."""
    yield from serve(tmp_path_factory.mktemp("alone"), {})
