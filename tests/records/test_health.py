"""`/health` and `/metrics`: what they say of a sound server and of an unwell one, and that they hold nobody's data."""

from __future__ import annotations

import json
import re

import pytest

from recruiter_ui import health, records
from recruiter_ui.records.driver import sqlite_engine
from recruiter_ui.records.store import Store
from recruiter_ui.service import Service
from recruiter_ui.worker import Worker

from .making import PlainJudge, screening

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[a-z]+"\})? -?\d+(\.\d+)?(e[+-]\d+)?')


@pytest.fixture
def service(store, tmp_path):
    """A service that works elsewhere, over records with three queued documents of which two are judged."""
    made = Service(folder=store.folder, work=False)
    made.start()
    number = screening(store, tmp_path / "files", 3)
    Worker(store, PlainJudge(), batch=2).step()
    records.decide(store, number, records.entries_of(store, number)[0].sha256, "DECLINED")
    yield made
    made.store.close()


def ask(service, path):
    """What the server answers at an address."""
    return {route.path: route.endpoint for route in health.routes(service)}[path](None)


def test_health_of_a_sound_server(service):
    answer = ask(service, "/health")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.body)
    assert (found["status"], found["database"], found["engine"], found["waiting"]) == ("ok", "ok", "ready", 1)


def test_health_of_an_unwell_one(service, monkeypatch):
    monkeypatch.setattr(health, "LOW_DISK", 10**18)
    assert json.loads(ask(service, "/health").body)["disk"] == "low"
    service.worker = Worker(service.store, PlainJudge())
    service.worker.trouble = "the disk is full"
    assert json.loads(ask(service, "/health").body)["database"] == "cannot be written"
    service.store.path.write_bytes(b"no database" * 1000)
    service._store = Store(service.store.folder, sqlite_engine(service.store.path))
    answer = ask(service, "/health")
    assert answer.status_code == 503 and json.loads(answer.body)["status"] == "unwell"


def test_metrics_are_prometheus_text(service):
    answer = ask(service, "/metrics")
    text = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = text.splitlines()
    for line in lines:
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.fullmatch(line), line
    said = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert said['shortlist_documents_queued{state="scored"}'] == "2"
    assert said['shortlist_documents_queued{state="queued"}'] == "1"
    assert said['shortlist_screenings{status="open"}'] == "1"
    assert (said["shortlist_verdicts"], said["shortlist_decisions"]) == ("2", "1")
    assert int(said["process_resident_memory_bytes"]) > 10**7
    for secret in ("person", "Analyst", "Müller", records.entries_of(service.store, 1)[0].sha256):
        assert secret not in text
