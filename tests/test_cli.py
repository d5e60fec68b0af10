"""`app.py` and `app.py score`: arguments, going on after an interruption, the table, exit statuses."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import app
from model import cli
from model.cells import safe_cell
from model.cli import ScoreArgs, score
from model.errors import AdapterError, JobError, UsageError
from tests.fake_screener import FakeScreener

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = {"file", "sha256", "outcome", "decision", "reasons", "verdicts", "reward", "requirements", "flags",
            "versions", "elapsed_ms"}
JOB = """Gardener

Requirements
- Pruning
- Greenhouse management
- At least 2 years of experience as a gardener
"""


@pytest.fixture
def adapters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An adapters folder with `sft` and `grpo`."""
    folder = tmp_path / "adapters"
    for name in ("sft", "grpo"):
        (folder / name).mkdir(parents=True)
        (folder / name / cli.WEIGHTS).write_text(name)
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(folder))
    return folder


@pytest.fixture
def desk(tmp_path: Path, adapters: Path) -> Path:
    """A folder with a job and three files: two resumes and one that cannot be read."""
    (tmp_path / "job.txt").write_text(JOB)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.txt").write_text("Ann. Pruning and greenhouse management, 2019 - 2024, gardener.")
    (tmp_path / "in" / "bob.txt").write_text("Bob. Sells carpets.")
    (tmp_path / "in" / "cat.bin").write_bytes(b"\0\1\2")
    return tmp_path


def ask(desk: Path, **changes) -> ScoreArgs:
    return ScoreArgs(**{"job": desk / "job.txt", "out": desk / "out.jsonl", "paths": [desk / "in"], **changes})


def rows(desk: Path) -> list[dict]:
    return [json.loads(line) for line in (desk / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def run(args: ScoreArgs, **fake) -> tuple[int, list[str], list[str]]:
    """(exit status, files judged, lines said)."""
    made, said = [], []

    def make(**kwargs):
        made.append(FakeScreener(**kwargs, **fake))
        return made[0]

    status = score(args, make, said.append)
    return status, [Path(p).name for screener in made for p in screener.seen], said


# --- results ---------------------------------------------------------------------------------------------------------


def test_every_document_gets_a_line_of_the_contract(desk: Path):
    status, judged, said = run(ask(desk))
    assert (status, judged) == (0, ["ann.txt", "bob.txt", "cat.bin"])
    assert [set(row) >= CONTRACT for row in rows(desk)] == [True] * 3
    assert [row["outcome"] for row in rows(desk)] == ["scored", "scored", "unreadable"]
    assert [list(row["verdicts"]) for row in rows(desk)] == [["grpo"], ["grpo"], []]
    assert any("cat.bin  unreadable: This is no document." in line for line in said)


def test_a_second_run_judges_nothing_and_loads_nothing(desk: Path):
    run(ask(desk))
    before, made = rows(desk), FakeScreener.made
    assert run(ask(desk))[:2] == (0, [])
    assert rows(desk) == before and FakeScreener.made == made


def test_a_new_file_another_job_or_another_adapter_is_judged(desk: Path):
    run(ask(desk))
    (desk / "in" / "dan.txt").write_text("Dan. Pruning.")
    assert run(ask(desk))[1] == ["dan.txt"]
    assert run(ask(desk, adapter="sft"))[1] == ["ann.txt", "bob.txt", "dan.txt"]  # cat.bin stays unreadable
    (desk / "job.txt").write_text(JOB + "- Beekeeping\n")
    assert len(run(ask(desk))[1]) == 4


def test_a_renamed_file_is_known_by_its_content_and_a_copy_gets_its_own_line(desk: Path):
    run(ask(desk))
    (desk / "in" / "ann.txt").rename(desk / "in" / "anna.txt")
    assert run(ask(desk))[1] == []
    (desk / "in" / "zoe.txt").write_bytes((desk / "in" / "anna.txt").read_bytes())
    assert run(ask(desk))[1] == ["zoe.txt"]
    assert run(ask(desk))[1] == []


def test_interrupted_it_goes_on_where_it_stopped(desk: Path):
    status, judged, said = run(ask(desk), stop_after=1)
    assert (status, judged, len(rows(desk))) == (130, ["ann.txt"], 1)
    assert "stopped after 1 of 3" in said[-1]
    assert run(ask(desk))[:2] == (0, ["bob.txt", "cat.bin"])


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_last_line_cut_off_is_judged_again(desk: Path, cut: int):
    run(ask(desk))
    data = (desk / "out.jsonl").read_bytes()
    (desk / "out.jsonl").write_bytes(data[:-cut])
    assert run(ask(desk))[:2] == (0, ["cat.bin"])
    assert len(rows(desk)) == 3


def test_a_document_without_a_line_is_no_success(desk: Path):
    status, _, said = run(ask(desk), lose=1)
    assert status == 1 and "1 documents got no line" in said[-1]
    assert run(ask(desk))[0] == 0


def test_both_adapters(desk: Path):
    run(ask(desk, adapter="both"))
    assert set(rows(desk)[0]["verdicts"]) == {"sft", "grpo"}
    assert run(ask(desk, adapter="grpo"))[1] == []


def test_verdicts_of_another_version_are_pointed_out(desk: Path, adapters: Path):
    run(ask(desk))
    assert not any("another version" in line for line in run(ask(desk))[2])
    (adapters / "grpo" / cli.WEIGHTS).write_text("retrained")
    assert any("another version of the adapter" in line for line in run(ask(desk))[2])
    assert run(ask(desk, out=desk / "new.jsonl"))[1] == ["ann.txt", "bob.txt", "cat.bin"]


def test_job_and_results_in_the_resume_folder_are_no_resumes(desk: Path):
    (desk / "in" / "job.txt").write_text(JOB)
    own = {"job": desk / "in" / "job.txt", "out": desk / "in" / "out.jsonl", "csv": desk / "in" / "table.csv"}
    assert run(ask(desk, **own))[1] == ["ann.txt", "bob.txt", "cat.bin"]
    assert run(ask(desk, **own))[1] == []


def test_what_is_said_holds_no_control_characters(desk: Path):
    (desk / "in" / "a\x1b[31mb.txt").write_text("Eve")
    said = run(ask(desk))[2]
    assert not any("\x1b" in line for line in said) and any("a?[31mb.txt" in line for line in said)


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_table_is_ranked_and_holds_no_formula(desk: Path):
    (desk / "in" / "=HYPERLINK(1).txt").write_text("Pruning")
    run(ask(desk, csv=desk / "table.csv"))
    with (desk / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [Path(line["file"]).name for line in table][::3] == ["ann.txt", "cat.bin"]
    scores = [float(line["score"]) for line in table[:3]]
    assert scores == sorted(scores, reverse=True) and table[3]["score"] == ""
    assert {line["reasons"] for line in table[:3]} == {"'=1+1"}
    run(ask(desk, csv=desk / "table.csv"))  # nothing new: the same table from the results
    with (desk / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == table


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff-2",
                                  "＝1", "＋1", "－1", "＠A1", "|cmd", "%0A=1"])
def test_formulas_are_quoted(cell: str):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize(("cell", "shown"), [("Ann = Bob", "Ann = Bob"), (-3, -3), (0.5, 0.5), ("", ""), (None, "")])
def test_other_cells_stay(cell: object, shown: object):
    assert safe_cell(cell) == shown


# --- bad arguments ---------------------------------------------------------------------------------------------------


def bad(desk: Path, what: str) -> dict:
    """The arguments of a mistake."""
    (desk / "empty.txt").write_text(" \n")
    (desk / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (desk / "notes.md").write_text("# Notes\nnothing\n")
    (desk / "none").mkdir()
    return {"no job": {"job": desk / "nowhere.txt"}, "empty job": {"job": desk / "empty.txt"},
            "picture job": {"job": desk / "picture.txt"}, "folder job": {"job": desk / "in"},
            "no such path": {"paths": [desk / "nowhere"]}, "folder without resumes": {"paths": [desk / "none"]},
            "unknown adapter": {"adapter": "dpo"}, "out is a folder": {"out": desk / "none"},
            "out is something else": {"out": desk / "notes.md"}, "out under a file": {"out": desk / "notes.md" / "x"},
            "csv is a folder": {"csv": desk / "none"}}[what]


@pytest.mark.parametrize(("what", "says"), [
    ("no job", "nowhere.txt does not exist"), ("empty job", "empty.txt is empty"), ("picture job", "picture"),
    ("folder job", "is no file"), ("no such path", "nowhere does not exist"),
    ("folder without resumes", "no resume found in"), ("unknown adapter", "'dpo': installed are grpo, sft (or both)"),
    ("out is a folder", "is a folder"), ("out is something else", "notes.md, line 1 is no result"),
    ("out under a file", "cannot be written"), ("csv is a folder", "is a folder")])
def test_bad_arguments_are_told_before_the_model_is_loaded(desk: Path, what: str, says: str):
    made = FakeScreener.made
    with pytest.raises(UsageError, match=says.replace("(", r"\(").replace(")", r"\)")):
        run(ask(desk, **bad(desk, what)))
    assert FakeScreener.made == made
    assert (desk / "notes.md").read_text() == "# Notes\nnothing\n"


def test_a_job_that_asks_for_nothing(desk: Path):
    (desk / "job.txt").write_text("Hello. We are a company. Our office is in Rome.")
    with pytest.raises(JobError):
        run(ask(desk))


def test_no_adapter_at_all(desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHORTLIST_ADAPTERS", str(desk / "none"))
    with pytest.raises(AdapterError, match="no adapter is installed"):
        run(ask(desk))


def test_the_best_adapter_installed_is_the_default(desk: Path, adapters: Path):
    assert cli.choose_adapters(None) == ("grpo",)
    (adapters / "grpo" / cli.WEIGHTS).unlink()
    assert cli.choose_adapters(None) == ("sft",)
    with pytest.raises(UsageError, match="'grpo': installed are sft"):
        cli.choose_adapters("both")


# --- app.py ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("argv", "command"), [
    ([], "run_serve"), (["--port", "8000"], "run_serve"), (["serve"], "run_serve"),
    (["score", "--job", "j", "--out", "o", "a", "b"], "run_score"),
    (["evaluate", "p.jsonl", "--out", "d"], "run_evaluate"),
    (["train", "sft", "--recipe", "r", "--run-dir", "d", "--set", "a=1", "--set", "b=2", "--dry-run"], "run_train")])
def test_commands(argv: list[str], command: str, monkeypatch: pytest.MonkeyPatch):
    called = []
    monkeypatch.setattr(app, command, lambda args: called.append(args) or 0)
    assert app.main(argv) == 0 and len(called) == 1


@pytest.mark.parametrize(("error", "status"), [(UsageError("no"), 2), (JobError("nothing"), 1), (AdapterError("x"), 1)])
def test_expected_errors_are_a_message_and_a_status(error: Exception, status: int, monkeypatch: pytest.MonkeyPatch,
                                                    capsys: pytest.CaptureFixture):
    def fail(args):
        raise error

    monkeypatch.setattr(app, "run_serve", fail)
    assert app.main([]) == status
    assert capsys.readouterr().err == f"app.py serve: {error}\n"


@pytest.mark.parametrize(("argv", "status", "says"), [
    (["evaluate", "nowhere.jsonl", "--out", "d"], 2, "nowhere.jsonl"),
    (["train", "sft", "--recipe", "nope", "--run-dir", "d", "--dry-run"], 1, "sft-embedded"),
    (["train", "sft", "--recipe", "sft-embedded", "--run-dir", "d", "--dry-run", "--set", "speed=9"], 1, "speed")])
def test_mistakes_in_the_other_commands(argv: list[str], status: int, says: str, tmp_path: Path,
                                        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    monkeypatch.chdir(tmp_path)
    assert app.main(argv) == status
    said = capsys.readouterr().err
    assert said.startswith(f"app.py {argv[0]}: ") and says in said


def test_a_typing_error_is_told_at_once(tmp_path: Path):
    started = time.monotonic()
    command = ["score", "--job", tmp_path / "no.txt", "--out", tmp_path / "o", ROOT / "samples" / "resumes"]
    done = subprocess.run([sys.executable, ROOT / "app.py", *command], capture_output=True, text=True)
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr and done.stderr.startswith("app.py score: ")
    assert time.monotonic() - started < 5
