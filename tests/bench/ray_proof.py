"""On a real Ray: rows equal to the local engine's, a dead worker's partition redone once and only once.

No part of the suite, since Ray is no part of what tests need and gives up on a machine that is too busy to start it:

    pip install -r requirements-cluster.txt && python -m pytest tests/bench/ray_proof.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model.ray_engine import run_on_ray, score_ray
from tests.bench.test_ray_engine import ask, desk, local_rows, rows_of
from tests.fake_screener import FakeScreener

__all__ = ["desk"]


class Dying(FakeScreener):
    """Ends its process when it meets `3.txt` for the first time, and whenever it meets `6.txt`."""

    def screen(self, job, paths, adapters=("grpo",), cancel=None):
        tried = Path(os.environ["SHORTLIST_ADAPTERS"]).parent / "tried.txt"
        for name in ("3.txt", "6.txt"):
            if any(path.endswith(name) for path in paths):
                before = tried.read_text().split() if tried.exists() else []
                tried.write_text("\n".join([*before, name]))
                if name == "6.txt" or name not in before:
                    os._exit(1)
        yield from super().screen(job, paths, adapters, cancel)


@pytest.mark.slow
def test_a_dead_workers_partition_is_redone_once(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")  # else it writes a token into the user's home
    said: list[str] = []
    assert score_ray(ask(desk), said.append, lambda task, rest: run_on_ray(task, rest, 1, said.append, Dying)) == 1
    assert "after a second try, for part-00002: " in said[-1]
    assert (desk / "tried.txt").read_text().split().count("3.txt") == 2  # died, and was redone once
    assert (desk / "tried.txt").read_text().split().count("6.txt") == 2  # no third try
    assert rows_of(str(desk / "out")) == local_rows(desk)[:6]
