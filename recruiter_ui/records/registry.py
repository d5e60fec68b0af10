"""Which adapters serve and served, and the runs that made them: so that a hash in a verdict can be explained later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from model.base import sha256_of
from model.installed import WEIGHTS
from recruiter_ui.records import audit
from recruiter_ui.records.store import Store, now
from recruiter_ui.records.tables import adapters, runs


@dataclass(frozen=True)
class Run:
    """A training run as its folder tells it; `folder` is its name. Times are ISO 8601, `ended` None while it lives."""

    folder: str
    kind: str
    status: str
    recipe: dict
    metrics: dict
    user: str
    created: str
    ended: str | None


def note_serving(store: Store, folders: Mapping[str, Path]) -> bool:
    """Record what serves from now on, by name; returns whether that is news. What served before is retired.

    `promoted` is when an adapter came into service last, `retired` when it went out.
    """
    serving = {sha256_of(folder / WEIGHTS): (name, folder) for name, folder in folders.items()}
    with store.write() as connection:
        before = set(connection.execute(select(adapters.c.hash).where(adapters.c.retired.is_(None))).scalars())
        for digest in sorted(serving.keys() - before):
            name, folder = serving[digest]
            facts = _manifest(folder)
            connection.execute(insert(adapters).values(
                name=name, hash=digest, base=facts.get("base", ""), path=str(folder), metrics=facts.get("metrics"),
                created=now(), promoted=now()).on_conflict_do_update(
                index_elements=["hash"], set_={"name": name, "path": str(folder), "promoted": now(), "retired": None}))
            audit.append(connection, "system", "adapter in service", f"adapter:{digest}", {"name": name})
        for digest in sorted(before - serving.keys()):
            connection.execute(update(adapters).where(adapters.c.hash == digest).values(retired=now()))
            audit.append(connection, "system", "adapter out of service", f"adapter:{digest}")
    return before != serving.keys()


def _manifest(folder: Path) -> dict:
    path = folder / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def note_runs(store: Store, found: Iterable[Run]) -> None:
    """Record the runs as they are now; those whose folder was deleted stay as they were last."""
    with store.write() as connection:
        for run in found:
            facts = {"kind": run.kind, "status": run.status, "recipe": run.recipe, "metrics": run.metrics,
                     "ended": run.ended}
            connection.execute(insert(runs).values(
                folder=run.folder, user=run.user, created=run.created, **facts).on_conflict_do_update(
                index_elements=["folder"], set_=facts))


def adapters_of(store: Store) -> list[dict]:
    """Every adapter that has served, the latest first."""
    with store.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(adapters).order_by(adapters.c.id.desc()))]


def runs_of(store: Store) -> list[dict]:
    """Every run that was seen, the latest first."""
    with store.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(runs).order_by(runs.c.id.desc()))]
