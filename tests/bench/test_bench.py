"""The benchmark: its arithmetic on made-up runs, its grammar, and one quick real run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import app
from model import bench, bench_run
from model.bench import agreement, goals, line_fit, plot, sheet, summary, table
from model.errors import UsageError
from model.schema import Brief, Evidence, Job, Requirement

RUN = {"verdicts": 10, "tokens": 3000, "peak_mib": 900, "first_seconds": 0.4}
RUNS = {"ours": {**RUN, "seconds": 2.0, "statuses": ["SELECTED"] * 9 + ["REJECTED"]},
        "nf4": {**RUN, "seconds": 8.0, "statuses": ["SELECTED"] * 10},
        "generate-1": {**RUN, "seconds": 20.0, "statuses": ["SELECTED"] * 8 + [None] * 2},
        "llama.cpp": {**RUN, "seconds": 15.0, "statuses": [None] * 10, "gguf": "base.Q8_0.gguf"}}
LIMITS = {"ceiling": {"bf16": 400.0, "fp32": 140.0, "prefill": 300.0, "dtype": "bf16", "share": 0.75,
                      "prefill_tokens": 512, "prefill_tokens_per_second": 1400.0},
          "stages": {"reading": 0.05, "evidence": 0.05, "judging": 0.3}, "both_ratio": None, "resident": "bf16",
          "growth": [{"resumes": n, "seconds": 1 + n / 4, "first_seconds": 0.5, "peak_mib": m}
                     for n, m in ((10, 800), (100, 1000), (1000, 1030))]}


def found() -> dict:
    return {"machine": {"cores": 2}, "runs": RUNS, "limits": LIMITS, "workers": {"1": 5.0, "2": 5.5}, "price": 0.1,
            **summary(RUNS, LIMITS)}


def test_ratios_agreement_and_growth():
    got = found()
    assert got["times_faster"] == {"nf4": 4.0, "generate-1": 10.0, "llama.cpp": 7.5}
    assert got["agreement"] == {"ours": 0.9, "nf4": 1.0, "generate-1": 0.8, "llama.cpp": None}
    assert got["seconds_a_resume"] == pytest.approx(0.25) and got["r2"] == pytest.approx(1)
    assert got["memory_growth"] == pytest.approx(0.03)


def test_line_fit_knows_a_bad_line():
    assert line_fit([1, 2, 3], [2, 4, 6]) == pytest.approx((2, 0, 1))
    assert line_fit([1, 2, 3, 4], [1, 9, 2, 8])[2] < 0.4
    assert agreement([None, None], ["SELECTED", "SELECTED"]) is None


def test_the_table_and_the_sheet_say_the_figures():
    said = "\n".join(table(found()))
    for figure in ("10.0x", "base.Q8_0.gguf", "75% of the bf16", "R^2 1.0000", "2 workers 5.50 verdicts/s"):
        assert figure in said
    worked = sheet(found())
    assert "0.250 s each on 2 cores" in worked[0]
    assert worked[2].split() == ["1", "69.4", "14"] and worked[4].split() == ["100", "0.7", "14"]
    assert worked[5].startswith("bottleneck: judging (reading 12%, evidence 12%, judging 75% of the work)")


def test_every_goal_is_said_with_its_figure():
    said = {line[:42].strip(): line[42:].split() for line in goals(found())[1:]}
    assert said["times faster than generate, one by one"] == ["10.0", ">=", "8", "holds"]
    assert said["equal statuses to the NF4 reference"] == ["90.0%", ">=", "99%", "missed"]
    assert said["both adapters, times one"] == ["not", "measured", "<=", "1.5"]
    assert said["memory from 100 to 1000 resumes"] == ["+3.0%", "+-5%", "holds"]


def test_the_plot_is_written(tmp_path: Path):
    plot(found(), tmp_path / "bench.png")
    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_failed_contender_is_named(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(bench.BenchError, match="model.bench_run nobody.*ended with 2.*invalid choice"):
        bench._together([["model.bench_run", "nobody"]])


def test_out_must_be_a_folder(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        bench.bench(bench.BenchArgs(tmp_path / "file"))


def test_prompts_come_job_after_job_and_differ():
    briefs = bench_run.sample_briefs(45)
    titles = [brief.job.title for brief in briefs]
    assert len(briefs) == 45 and titles == sorted(titles, key=titles.index) and len(set(titles)) == 3
    assert len({brief.evidence for brief in briefs}) >= 35  # of a resume without evidence none can be left out


def test_llama_cpps_grammar_is_the_verdicts():
    brief = Brief(Job("", "", (Requirement("x", "skill"), Requirement("y", "experience"))), (Evidence(), Evidence()))
    root, number = bench_run.gbnf(brief).splitlines()
    assert root == (r'root ::= "{\"marks\":\"" "a" [012] " " "b" [012] "\"," "\"skills\":" num "," '
                    r'"\"experience\":" num "," "\"score\":" num ",\"status\":\"" ("REJECTED" | "SELECTED") "\"}"')
    assert number == 'num ::= "100" | [1-9] [0-9] | [0-9]'


@pytest.mark.model
def test_a_quick_run_measures_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture):
    assert app.main(["bench", "--quick", "--device", "cpu", "--out", str(tmp_path)]) == 0
    got = json.loads((tmp_path / "bench.json").read_text())
    assert (tmp_path / "bench.png").stat().st_size > 5000
    assert set(got["runs"]) == {"ours", "nf4", "generate-1"}
    assert got["agreement"]["ours"] == 1 and got["times_faster"]["generate-1"] > 1
    assert 0.2 < got["limits"]["ceiling"]["share"] < 1.2
    assert [g["resumes"] for g in got["limits"]["growth"]] == [2, 4, 8]
    assert all(0 < g["first_seconds"] < g["seconds"] for g in got["limits"]["growth"])
    assert "A million resumes" in capsys.readouterr().out
