"""The samples are complete, ours, small, and made again to the byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from model.documents import read

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))
OUTCOMES = ("SELECTED", "REJECTED", "REVIEW", "unreadable")


def test_every_resume_has_an_expected_decision_and_every_job_four_resumes(samples: Path):
    resumes = {path.name for path in (samples / "resumes").iterdir()}
    jobs = {path.name for path in (samples / "jobs").iterdir()}
    assert set(EXPECTED) == resumes and len(resumes) == 12
    for row in EXPECTED.values():
        assert set(row) == {"job", "expected", "why"} and row["why"]
        assert row["expected"] in OUTCOMES
    assert sorted(row["job"] for row in EXPECTED.values()) == sorted([*jobs] * 4) and len(jobs) == 3
    assert {row["expected"] for row in EXPECTED.values()} == set(OUTCOMES)


def test_the_table_in_the_readme_says_the_same(samples: Path):
    lines = (samples / "README.md").read_text(encoding="utf-8").splitlines()
    table = {cells[0]: cells for line in lines if len(cells := [c.strip() for c in line.strip("|").split("|")]) == 6}
    for name, row in EXPECTED.items():
        assert table[name][1] + ".txt" == row["job"]
        assert table[name][4:] == [row["expected"], row["why"]]


def test_they_are_small_and_name_nobody_real(samples: Path):
    assert sum(path.stat().st_size for path in (samples / "resumes").iterdir()) < 400_000
    for path in [*(samples / "source").iterdir(), *(samples / "resumes").glob("*.[tm][xd]*")]:
        addresses = re.findall(r"[\w.]+@([\w.]+)", path.read_text(encoding="utf-8"))
        assert addresses and set(addresses) == {"example.com"}, path.name


@pytest.mark.slow
def test_made_again_to_the_byte(samples: Path, tmp_path: Path):
    pytest.importorskip("reportlab", reason="pip install -r requirements-dev.txt")
    done = subprocess.run([sys.executable, samples / "make.py", tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = sorted(tmp_path.iterdir())
    assert len(made) == 9
    for path in made:
        assert path.read_bytes() == (samples / "resumes" / path.name).read_bytes(), f"{path.name} differs: run make.py"


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_the_reader_sees_what_a_human_sees(name: str, samples: Path):
    result = read(samples / "resumes" / name)
    if EXPECTED[name]["expected"] == "unreadable":
        assert (result.outcome, result.code) == ("unreadable", "encrypted")
        return
    assert result.outcome == "ok", result.reason
    words = result.document.text.split()
    assert 150 < len(words) < 600
    surname = name.partition("-")[2].partition(".")[0]
    assert surname.replace("kovac", "kovač") in result.document.text.lower()
    assert not any(flag.code == "hidden_text" for flag in result.document.flags)
