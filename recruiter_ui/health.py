"""What machines ask of the server: `/health` (JSON) and `/metrics` (Prometheus text). Counts alone, nobody's data."""

from __future__ import annotations

import shutil
import time

import psutil
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from model.errors import RecordsError
from recruiter_ui.records.queue import waiting
from recruiter_ui.records.screenings import STATES
from recruiter_ui.records.store import Store, schema_version
from recruiter_ui.records.tables import audit, decisions, items, screenings, verdicts
from recruiter_ui.service import Service

LOW_DISK = 200_000_000  # bytes; under it, the server calls itself unwell
TEXT = "text/plain; version=0.0.4; charset=utf-8"
STATUSES = ("open", "done", "stopped", "failed")
STARTED = time.time()

Samples = list[tuple[str, str, str, dict[str, float]]]  # name, type, help, label ("" or state="x") -> value


def routes(service: Service) -> list[Route]:
    """The two addresses, for the server to take in."""
    def health(_request: Request) -> Response:
        found = health_of(service)
        return JSONResponse(found, 200 if found["status"] == "ok" else 503, {"Cache-Control": "no-store"})

    def metrics(_request: Request) -> Response:
        return PlainTextResponse(exposition(samples(service)), media_type=TEXT)

    return [Route("/health", health), Route("/metrics", metrics)]


def health_of(service: Service) -> dict:
    """`status` is "ok" or "unwell"; the rest says why: the database, the engine, the queue, the disk."""
    engine = service.status().state
    trouble = service.worker.trouble if service.worker else ""
    found = {"status": "ok", "database": "ok", "engine": engine, "waiting": None, "disk": "ok"}
    try:
        found["schema"] = schema_version(service.store)
        found["waiting"] = waiting(service.store)
        found["disk"] = "ok" if shutil.disk_usage(service.store.folder).free > LOW_DISK else "low"
    except (RecordsError, OSError):
        found["database"] = "cannot be read"
    if trouble:
        found["database"] = "cannot be written"
    if found["database"] != "ok" or found["disk"] != "ok" or engine == "failed":
        found["status"] = "unwell"
    return found


def samples(service: Service) -> Samples:
    """Every figure that `/metrics` states."""
    store, process = service.store, psutil.Process()
    database, log = store.path, store.path.with_name(store.path.name + "-wal")
    beat = time.monotonic() - service.worker.beat if service.worker else 0.0
    return [
        *_counts(store),
        ("shortlist_engine_ready", "gauge", "1 once the model is loaded.", {"": service.status().state == "ready"}),
        ("shortlist_worker_idle_seconds", "gauge", "Since the worker's loop last came round.", {"": round(beat, 3)}),
        ("shortlist_worker_trouble", "gauge", "1 while the records refuse what the worker writes.",
         {"": bool(service.worker and service.worker.trouble)}),
        ("shortlist_database_bytes", "gauge", "Size of the database.", {"": database.stat().st_size}),
        ("shortlist_wal_bytes", "gauge", "Size of its log.", {"": log.stat().st_size if log.exists() else 0}),
        ("shortlist_disk_free_bytes", "gauge", "Free on the disk of the data folder.",
         {"": shutil.disk_usage(store.folder).free}),
        ("process_resident_memory_bytes", "gauge", "Memory of this process.", {"": process.memory_info().rss}),
        ("process_cpu_seconds_total", "counter", "Processor time of this process.",
         {"": round(sum(process.cpu_times()[:2]), 2)}),
        ("process_start_time_seconds", "gauge", "When it started, since 1970.", {"": round(STARTED, 2)}),
    ]


def _counts(store: Store) -> Samples:
    with store.read() as connection:
        states = dict(connection.execute(select(items.c.state, func.count()).group_by(items.c.state)).all())
        statuses = dict(connection.execute(select(screenings.c.status, func.count()).group_by(
            screenings.c.status)).all())
        totals = {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                  for table in (verdicts, decisions, audit)}
    return [
        ("shortlist_documents_queued", "gauge", "Documents of screenings by state.",
         {f'state="{state}"': states.get(state, 0) for state in STATES}),
        ("shortlist_screenings", "gauge", "Screenings by status.",
         {f'status="{status}"': statuses.get(status, 0) for status in STATUSES}),
        *((f"shortlist_{name}", "gauge", f"Rows in the table {name}.", {"": count})
          for name, count in totals.items())]


def exposition(found: Samples) -> str:
    """The samples as Prometheus reads them."""
    lines = []
    for name, kind, words, values in found:
        lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
        for label, value in values.items():
            what = f"{name}{{{label}}}" if label else name
            lines.append(f"{what} {value if isinstance(value, float) else int(value)}")
    return "\n".join(lines) + "\n"
