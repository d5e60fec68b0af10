"""Measures the records: how long a verdict takes to write, a backup to make and to restore.

    python -m tests.records.figures [--verdicts 10000]

Rows have the size of real ones (about 7 KB of JSON). Prints one JSON object; times in seconds unless named otherwise.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from model.schema import Document
from recruiter_ui import records
from recruiter_ui.records import audit, open_store, queue
from recruiter_ui.records.backup import backup, restore

from .making import JOB, resumes, row

PADDING = 3000  # characters of evidence in each of the two requirements
TEXT = "words of a resume " * 250  # 4.5 KB


def main(folder: Path, verdicts: int) -> dict:
    """The figures of so many verdicts in screenings of 500."""
    store = open_store(folder / "data")
    job = records.add_job(store, JOB)
    ids, adding = timed(lambda: records.add_documents(store, resumes(folder / "files", verdicts)))
    for start in range(0, verdicts, 500):
        records.create_screening(store, job, ids[start:start + 500], ["grpo"])
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
            "add_documents": round(adding, 2), "rows_of_500": round(reading, 3), "screenings_of": round(listing, 3),
            "audit_verify": round(verifying, 2), "audit_lines": found.lines, "audit_broken": found.broken,
            "backup": round(backing, 2), "backup_MB": round(path.stat().st_size / 1e6, 1),
            "restore": round(restoring, 2), "restored_verdicts": count, "restored_files": done.files}


def timed(do):
    """(what `do` returns, seconds)."""
    began = time.perf_counter()
    made = do()
    return made, time.perf_counter() - began


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--verdicts", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(main(Path(place), asked.parse_args().verdicts)))
