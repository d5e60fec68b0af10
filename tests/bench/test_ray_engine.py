"""`score --engine ray` without Ray: partitions, going on, addresses. `ray_proof.py` is the same on a real Ray."""

from __future__ import annotations

import json
from pathlib import Path

import fsspec
import pytest

from model import cli
from model.cli import ScoreArgs, score
from model.errors import UsageError
from model.ray_engine import RayArgs, judge_partition, list_files, score_ray
from tests.fake_screener import FakeScreener

JOB = """Gardener

Requirements
- Pruning
- Greenhouse management
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job, seven resumes of which one cannot be read, and an adapter."""
    (tmp_path / "adapters" / "grpo").mkdir(parents=True)
    (tmp_path / "adapters" / "grpo" / cli.WEIGHTS).write_text("grpo")
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(tmp_path / "adapters"))
    monkeypatch.setenv("SHORTLIST_AS_OF", "2026-06-30")
    (tmp_path / "job.txt").write_text(JOB)
    (tmp_path / "in").mkdir()
    for i in range(6):
        words = ("pruning", "greenhouse management", "carpets")[i % 3]
        (tmp_path / "in" / f"{i}.txt").write_text(f"Person {i}. Knows {words}.")
    (tmp_path / "in" / "6.txt").write_bytes(b"\0\1")
    return tmp_path


def in_process(seen: list[str] | None = None, fail: str = ""):
    """A runner without Ray. It leaves out the partition `fail`."""
    def run(task, partitions):
        for name, files in partitions:
            if name != fail:
                (seen if seen is not None else []).append(name)
                yield judge_partition(FakeScreener(adapters=task.adapters), task, name, files)
    return run


def ask(desk: Path, out: str | None = None, **changes) -> RayArgs:
    return RayArgs(**{"job": desk / "job.txt", "out": out or str(desk / "out"), "paths": [str(desk / "in")],
                      "partition": 3, **changes})


def rows_of(out: str) -> list[dict]:
    system, folder = fsspec.core.url_to_fs(out)
    return [json.loads(line) for name in sorted(system.find(folder)) if name.endswith(".jsonl")
            for line in system.cat_file(name).splitlines()]


def local_rows(desk: Path) -> list[dict]:
    assert score(ScoreArgs(desk / "job.txt", desk / "local.jsonl", [desk / "in"]), FakeScreener, lambda line: None) == 0
    return [json.loads(line) for line in (desk / "local.jsonl").read_text().splitlines()]


def test_rows_are_those_of_the_local_engine(desk: Path):
    said: list[str] = []
    assert score_ray(ask(desk), said.append, in_process()) == 0
    assert rows_of(str(desk / "out")) == local_rows(desk)
    assert said[0] == "7 documents in 3 partitions" and said[-1].startswith("results: ")


def test_finished_partitions_are_not_done_again(desk: Path):
    seen: list[str] = []
    assert score_ray(ask(desk), seen.append, in_process(fail="part-00001")) == 1
    assert "no result, after a second try, for part-00001: " in seen[-1]
    again: list[str] = []
    assert score_ray(ask(desk), seen.append, in_process(again)) == 0
    assert again == ["part-00001"] and rows_of(str(desk / "out")) == local_rows(desk)


def test_any_address_on_both_sides(desk: Path):
    system = fsspec.filesystem("memory")
    for path in sorted((desk / "in").iterdir()):
        system.pipe_file(f"/resumes/{path.name}", path.read_bytes())
    system.pipe_file("/resumes/notes.xyz", b"no resume")
    out = "memory://judged/gardener"
    assert score_ray(ask(desk, out, paths=["memory://resumes"]), lambda line: None, in_process()) == 0
    rows, expected = rows_of(out), local_rows(desk)
    assert [row["file"] for row in rows] == [f"memory:///resumes/{i}.txt" for i in range(7)]
    assert [{**row, "file": ""} for row in rows] == [{**row, "file": ""} for row in expected]


def test_another_run_in_the_same_folder_is_refused(desk: Path):
    score_ray(ask(desk), lambda line: None, in_process())
    with pytest.raises(UsageError, match="another run.*partition.*name another --out"):
        score_ray(ask(desk, partition=2), lambda line: None, in_process())
    (desk / "in" / "7.txt").write_text("Person 7")
    with pytest.raises(UsageError, match="files"):
        score_ray(ask(desk), lambda line: None, in_process())


def test_no_files_are_a_usage_error(desk: Path):
    (desk / "empty").mkdir()
    with pytest.raises(UsageError, match="no resume found"):
        list_files([str(desk / "empty")])
    with pytest.raises(UsageError, match="does not exist"):
        list_files(["memory://nowhere"])
