"""Measures the records: how long a verdict takes to write, a backup to make and to restore.

    python -m tests.records.figures [--verdicts 10000]

Rows have the size of real ones (about 7 KB of JSON). Prints one JSON object; times in seconds unless named otherwise.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from model.schema import Document
from recruiter_ui import records
from recruiter_ui.records import audit, open_store, queue, tables
from recruiter_ui.records.backup import backup, restore
from recruiter_ui.records.store import now

from .making import JOB, VERSIONS, resumes, row

CLOCK = time.perf_counter  # `--cpu`: processor time instead, for a machine that is busy with other things
PILE = 500  # documents of one screening
RESTORE_S = 60  # seconds that a restore may take
PADDING = 3000  # characters of evidence in each of the two requirements
TEXT = "words of a resume " * 250  # 4.5 KB


def main(folder: Path, verdicts: int) -> dict:
    """The figures of so many verdicts in screenings of 500; the last screening is written as the worker does."""
    store = open_store(folder / "data")
    job = records.add_job(store, JOB)
    filled(store, folder, verdicts - PILE, job)
    ids, adding = timed(lambda: records.add_documents(store, resumes(folder / "files", PILE, TEXT + "{i}")))
    records.create_screening(store, job, ids, ["grpo"])
    writes = []
    while claim := records.claim_next(store, 10):
        for item in claim.items:
            made, text = row(item.sha256, padding=PADDING), Document("x", item.sha256, "txt", TEXT)
            writes.append(timed(lambda c=claim, i=item, r=made, t=text: queue.finish_item(store, c, i, r, t))[1])
    number = records.screenings_of(store)[0].id
    _, reading = timed(lambda: records.rows_of(store, number))
    _, listing = timed(lambda: records.screenings_of(store))
    found, verifying = timed(lambda: audit.verify(store))
    path, backing = timed(lambda: backup(store, folder / "b.zip"))
    done, restoring = timed(lambda: restore(folder / "elsewhere", path))
    other = open_store(folder / "elsewhere")
    with other.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM verdicts").scalar_one()
    cuts = statistics.quantiles(writes, n=100)
    return {"verdicts": verdicts, "database_MB": round(store.path.stat().st_size / 1e6, 1),
            "write_ms": {"p50": round(1000 * cuts[49], 2), "p95": round(1000 * cuts[94], 2),
                         "p99": round(1000 * cuts[98], 2)},
            "add_500_documents": round(adding, 2), "rows_of_500": round(reading, 3), "screenings_of": round(listing, 3),
            "audit_verify": round(verifying, 2), "audit_lines": found.lines, "audit_broken": found.broken,
            "backup": round(backing, 2), "backup_MB": round(path.stat().st_size / 1e6, 1),
            "restore": round(restoring, 2), "restored_verdicts": count, "restored_files": done.files}


def filled(store: records.Store, folder: Path, count: int, job: int) -> None:
    """So many documents and verdicts, put in at one go."""
    digest, moment = records.job_hash(JOB), now()
    hashes = [f"{i:064x}" for i in range(count)]
    (folder / "data" / "files" / "00").mkdir(exist_ok=True)
    for i in range(count):
        (folder / "data" / "files" / "00" / f"{i:032x}.txt").write_text(TEXT)
    made = [row(sha256, padding=PADDING) for sha256 in hashes]
    with store.write() as connection:
        connection.execute(insert(tables.documents), [
            {"sha256": sha256, "owner": "local", "path": f"files/00/{i:032x}.txt", "name": f"{i}.txt", "kind": "txt",
             "text": TEXT, "pages": 1, "blocks": [], "flags": [], "size": len(TEXT), "created": moment}
            for i, sha256 in enumerate(hashes)])
        connection.execute(insert(tables.verdicts), [
            {**queue.key_of(sha256, digest, VERSIONS, ["grpo"]), "row": said, "created": moment}
            for sha256, said in zip(hashes, made, strict=True)])
        connection.execute(insert(tables.screenings), [
            {"job": job, "owner": "local", "adapters": ["grpo"], "status": "done", "created": moment}
        ] * -(-count // PILE))
        connection.execute(insert(tables.items), [
            {"screening": i // PILE + 1, "document": i + 1, "state": "scored", "verdict": i + 1, "done": i % PILE + 1}
            for i in range(count)])
        for sha256 in hashes:
            audit.append(connection, "worker", "scored", f"document:{sha256}", {"job": digest}, VERSIONS)


def timed(do):
    """(what `do` returns, seconds)."""
    began = CLOCK()
    made = do()
    return made, CLOCK() - began


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--verdicts", type=int, default=10_000)
    asked.add_argument("--cpu", action="store_true", help="processor time, without waiting for disk and others")
    args = asked.parse_args()
    CLOCK = time.process_time if args.cpu else CLOCK
    with tempfile.TemporaryDirectory() as place:
        result = main(Path(place), args.verdicts)
    print(json.dumps(result))
    lost = args.verdicts - result["restored_verdicts"]
    sys.exit(bool(lost or result["audit_broken"] or result["restore"] > RESTORE_S))
