"""Kills the app and the worker beside it, again and again, and counts what is lost and what is doubled.

    python -m tests.records.kill_worker [--verdicts 5000] [--kills 200] [--seed 7]

The app's process does what the app does: a worker thread judges what is queued (with a judge that needs a few
milliseconds instead of a model), another decides and takes back. The worker's process is that of `app.py work`.
SIGKILL comes at a random moment to the one, the other or both, while what was not killed works on.
Prints one JSON object; `wrong` must be empty.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from recruiter_ui import records
from recruiter_ui.records import open_store
from recruiter_ui.worker import work

from .making import JOB, PlainJudge, resumes

ROLES = ("app", "worker")
PILE = 250  # documents of one screening
DELAY = 0.004  # seconds that the judge takes for a document


def main(folder: Path, verdicts: int, kills: int, seed: int) -> dict:
    """Run it all in `folder`; returns the figures."""
    chance, data = random.Random(seed), folder / "data"
    store = open_store(data)
    ids = records.add_documents(store, resumes(folder / "files", verdicts))
    job = records.add_job(store, JOB)
    for start in range(0, verdicts, PILE):
        records.create_screening(store, job, ids[start:start + PILE], ["grpo"])
    store.close()
    began, done, given_up, progress = time.monotonic(), 0, 0, []
    alive, killed = {}, dict.fromkeys(ROLES, 0)
    while sum(killed.values()) < kills:
        number = sum(killed.values())
        for role in ROLES:
            if role not in alive:
                alive[role] = fork(data, seed * 1000 + number, role)
        pace = (time.monotonic() - began) / (done + 1)  # seconds a verdict, on this machine
        aim = (verdicts - done) / (kills - number + 1)  # verdicts to the next kill, so that they spread over all
        time.sleep(chance.uniform(0, 2) * max(0.05, aim * min(pace, 0.5)))
        both = number + 2 <= kills and chance.random() < 0.2
        for role in ROLES if both else [chance.choice(ROLES)]:
            child = alive.pop(role)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            killed[role] += 1
        done = progressed(data)
        progress.append(done)
        if number // 20 < sum(killed.values()) // 20:
            print(f"{sum(killed.values())} kills, {done} verdicts", file=sys.stderr, flush=True)
    for child in alive.values():
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    while progressed(data) < verdicts:
        child = fork(data, seed * 1000 + kills)
        await_end(data)
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        given_up += try_anew(data)
    return {**checked(data, verdicts), "kills": sum(killed.values()), "killed": killed,
            "given_up_and_tried_anew": given_up, "killed_at": progress, "seconds": round(time.monotonic() - began, 1)}


def fork(data: Path, seed: int, role: str = "app") -> int:
    """Start the process that acts as the app, or as the worker beside it; returns its id."""
    child = os.fork()
    if not child:
        try:
            act(data, seed, role)
        finally:
            os._exit(1)
    return child


def progressed(data: Path) -> int:
    store = open_store(data)
    done = count(store, "SELECT count(*) FROM items WHERE verdict IS NOT NULL")
    store.close()
    return done


def try_anew(data: Path) -> int:
    """Press Screen again, as a recruiter does for documents that were in hand at three kills; returns how many."""
    store = open_store(data)
    failed = count(store, "SELECT count(*) FROM items WHERE state = 'failed'")
    for screening in records.screenings_of(store) if failed else ():
        records.extend_screening(store, screening.id, [])
    store.close()
    return failed


def act(data: Path, seed: int, role: str) -> None:
    """What the child does until it is killed, or drains at SIGTERM."""
    store = open_store(data)
    if role == "app":
        threading.Thread(target=click, args=(store, random.Random(seed)), daemon=True).start()
    work(store, PlainJudge(DELAY))
    os._exit(0)


def click(store: records.Store, chance: random.Random) -> None:
    """Decide on what is judged, take back, look, like a recruiter in a hurry."""
    while True:
        number = chance.choice(records.screenings_of(store)).id
        rows = records.rows_of(store, number)
        if rows:
            sha256 = chance.choice(rows)[1]["sha256"]
            records.decide(store, number, sha256, chance.choice(["SHORTLISTED", "DECLINED"]))
            if chance.random() < 0.3:
                records.undo(store, number)
        time.sleep(0.02)


def await_end(data: Path, seconds: float = 900) -> None:
    store, end = open_store(data), time.monotonic() + seconds
    while count(store, "SELECT count(*) FROM items WHERE state IN ('queued', 'running')") and time.monotonic() < end:
        time.sleep(0.1)
    store.close()


def count(store: records.Store, query: str) -> int:
    with store.read() as connection:
        return connection.exec_driver_sql(query).scalar_one()


def checked(data: Path, verdicts: int) -> dict:
    """The figures, and in `wrong` a sentence for each that is not as it must be."""
    store = open_store(data)
    found = {
        "verdicts": count(store, "SELECT count(*) FROM verdicts"),
        "documents": count(store, "SELECT count(DISTINCT document) FROM verdicts"),
        "scored": count(store, "SELECT count(*) FROM items WHERE state = 'scored' AND verdict IS NOT NULL"),
        "not_scored": count(store, "SELECT count(*) FROM items WHERE state <> 'scored'"),
        "lines_scored": count(store, "SELECT count(*) FROM audit WHERE action = 'scored'"),
        "open": count(store, "SELECT count(*) FROM screenings WHERE status <> 'done'"),
        "texts": count(store, "SELECT count(*) FROM documents WHERE text IS NOT NULL"),
        "decisions": count(store, "SELECT count(*) FROM decisions"),
        "lines_decided": count(store, "SELECT count(*) FROM audit WHERE action IN ('decided', 'decision undone')"),
        "doubled_numbers": count(store, "SELECT count(*) FROM (SELECT 1 FROM items GROUP BY screening, done "
                                        "HAVING count(*) > 1)"),
    }
    with store.read() as connection:
        found["integrity"] = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        found["loose"] = len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())
    found["audit"] = records.audit.verify(store).broken
    store.close()
    must = {"verdicts": verdicts, "documents": verdicts, "scored": verdicts, "not_scored": 0, "lines_scored": verdicts,
            "open": 0, "texts": verdicts, "lines_decided": found["decisions"], "doubled_numbers": 0, "integrity": "ok",
            "loose": 0, "audit": []}
    wrong = [f"{name}: {found[name]} instead of {value}" for name, value in must.items() if found[name] != value]
    return {**found, "lost": verdicts - found["documents"], "doubled": found["verdicts"] - found["documents"],
            "wrong": wrong}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--verdicts", type=int, default=5000)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        result = main(Path(place), args.verdicts, args.kills, args.seed)
    print(json.dumps(result))
    sys.exit(bool(result["wrong"]))
