"""Recruiters who click while resumes are scored: `python -m tests.access.load [--users 20] [--seconds 120] [--real]`.

The server is a process of its own with the fake engine, or with the model (`--real`), which takes all the processor
there is; each user signs in and, at a human pace, reads jobs, adds resumes, screens, follows, looks at candidates and
decides. Prints p50 and p95 of the clicks, errors, memory drift; exit status 1 where one is not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import psutil

from .conftest import JOB, Client, file_data, free_port, password_of

WARM_UP = 0.25  # share of the time after which memory is first looked at
PAUSE = (0.5, 3.0)  # seconds between two clicks of one user
P95, DRIFT = 1.0, 0.05  # at most: seconds of a click; share by which memory grows


def serve(port: int, folder: str, users: int, real: bool) -> None:
    """The server's process: prints its handlers' numbers once it is up, and runs until it is ended."""
    from recruiter_ui.access_roles import name_of  # noqa: PLC0415 - the clients' process needs no page
    from recruiter_ui.build import launch  # noqa: PLC0415 - as above
    from recruiter_ui.service import Service  # noqa: PLC0415 - as above
    from tests.ui.fake_service import FakeService  # noqa: PLC0415 - as above

    from .conftest import add_people  # noqa: PLC0415 - as above
    service = Service(folder=Path(folder)) if real else FakeService(0.0, 0.05, folder=Path(folder))
    add_people(service.store, {"ann": "admin"} | {f"user{i}": "recruiter" for i in range(users)})
    app = launch(service, block=False, server_port=port, quiet=True)
    if service.wait(120).state != "ready":
        raise SystemExit(service.status().message)
    print(json.dumps({name_of(fn): (i, len(fn.inputs)) for i, fn in app.fns.items() if fn.fn is not None}), flush=True)
    app.block_thread()


class Recruiter(threading.Thread):
    """One user; `took` holds the seconds of every click, `errors` what went wrong."""

    def __init__(self, number: int, address: str, handlers: dict) -> None:
        super().__init__(daemon=True)
        self.number, self.handlers, self.end = number, handlers, 0.0
        self.client, self.chance = Client(address), random.Random(number)
        self.client.timeout = 180
        self.took: list[tuple[str, float]] = []
        self.errors: list[str] = []
        self.round = 0

    def run(self) -> None:
        time.sleep(self.chance.uniform(0, 5))
        while time.monotonic() < self.end:
            try:
                self.work()
            except httpx.HTTPError as error:
                self.errors.append(type(error).__name__)

    def sign_in(self) -> None:
        """Before the clock runs: real argon2id, one after the other."""
        name = f"user{self.number}"
        if self.client.sign_in(name, password_of(name)).status_code != 303:
            raise SystemExit(f"{name} could not sign in")

    def click(self, name: str, *values) -> None:
        at, count = self.handlers[name]
        began = time.monotonic()
        said = self.client.call(at, [*values, *[None] * (count - len(values))])
        self.took.append((name, time.monotonic() - began))
        if not said["success"]:
            self.errors.append(f"{name}: {said.get('error')}")
        time.sleep(self.chance.uniform(*PAUSE))

    def work(self) -> None:
        """One job with five resumes, then a look around."""
        self.round += 1
        self.click("remove_resumes", None)
        job = f"Job {self.number} {self.round}\n{JOB}"
        self.click("read_job", None, job)
        paths = [self.client.upload(f"cv{i}.txt", self.resume(i)) for i in range(5)]
        self.click("add_resumes", None, [file_data(path) for path in paths])
        self.click("screen", None, job, "grpo")
        for _ in range(4):
            self.click("follow", None)
        for name, values in (("candidate", (None,)), ("next_candidate", (None,)), ("shortlist", (None,)),
                             ("next_candidate", (None,)), ("reject", (None,)), ("undo", (None,)), ("compare", (None,)),
                             ("show", (None, "SELECTED")), ("history", (None, None)), ("review", (None,))):
            if time.monotonic() > self.end:
                return
            self.click(name, *values)

    def resume(self, i: int) -> bytes:
        return (f"Analyst {self.number} {self.round} {i}\nPython programming since 2015.\n" * 40).encode()


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--users", type=int, default=20)
    arguments.add_argument("--seconds", type=float, default=120)
    arguments.add_argument("--real", action="store_true", help="the model judges, instead of the fake engine")
    arguments.add_argument("--serve", nargs=2, metavar=("PORT", "FOLDER"), help=argparse.SUPPRESS)
    args = arguments.parse_args()
    if args.serve:
        serve(int(args.serve[0]), args.serve[1], args.users, args.real)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return measure(args.users, args.seconds, folder, args.real)


def measure(users: int, seconds: float, folder: str, real: bool) -> int:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.access.load", "--users", str(users), "--serve", str(port),
                               folder, *["--real"] * real], stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "SHORTLIST_DATA": folder})
    try:
        handlers = json.loads(server.stdout.readline())
        process = psutil.Process(server.pid)
        people = [Recruiter(i, f"http://127.0.0.1:{port}", handlers) for i in range(users)]
        for person in people:
            person.sign_in()
        end, used = time.monotonic() + seconds, sum(process.cpu_times()[:2])
        for person in people:
            person.end = end
            person.start()
        memory = []
        while time.monotonic() < end:
            time.sleep(1)
            memory.append(process.memory_info().rss)
        used = sum(process.cpu_times()[:2]) - used
        for person in people:
            person.join(60)
    finally:
        server.terminate()
        server.wait(30)
    return report(people, memory, seconds, used)


def report(people: list[Recruiter], memory: list[int], seconds: float, used: float) -> int:
    took = sorted(each for person in people for _, each in person.took)
    errors = [error for person in people for error in person.errors]
    p95 = took[int(0.95 * len(took))]
    warm = memory[int(WARM_UP * len(memory)):]
    tenth = max(1, len(warm) // 10)
    first, last = statistics.mean(warm[:tenth]), statistics.mean(warm[-tenth:])
    by_name: dict[str, list[float]] = {}
    for person in people:
        for name, each in person.took:
            by_name.setdefault(name, []).append(each)
    print(f"{len(people)} recruiters, {seconds:.0f} s, {len(took)} clicks: p50 {statistics.median(took):.2f} s, "
          f"p95 {p95:.2f} s, worst {took[-1]:.2f} s; {len(errors)} errors; the server used "
          f"{1000 * used / len(took):.0f} ms of processor a click; memory {first / 2**20:.0f} to "
          f"{last / 2**20:.0f} MiB "
          f"({100 * (last - first) / first:+.1f} %); load of the machine {os.getloadavg()[1]:.1f} on "
          f"{os.cpu_count()} cores")
    print("p95 by click: " + ", ".join(f"{name} {sorted(each)[int(0.95 * len(each))]:.2f}"
                                       for name, each in sorted(by_name.items())))
    print("\n".join(errors[:10]))
    wrong = [words for words, bad in ((f"p95 over {P95:g} s", p95 > P95), ("errors", errors),
                                      (f"memory grew by {DRIFT:.0%} or more", last >= (1 + DRIFT) * first)) if bad]
    print(f"not as it must be: {', '.join(wrong)}" if wrong else "all as it must be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
