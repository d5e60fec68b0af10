"""The report folder of a run: what is drawn, what is refused."""

import json

import pytest
from PIL import Image

from model.errors import DataError, UsageError
from training import figures, report


def write_run(folder, rows, status=None):
    folder.mkdir(parents=True)
    (folder / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    if status:
        (folder / "status.json").write_text(json.dumps(status))
    return folder


SFT_ROWS = [
    {"step": i, "time": i, "loss": 1 / i, **({"eval_loss": 1.1 / i} if i % 5 == 0 else {})} for i in range(1, 61)
]
GRPO_ROWS = [
    {
        "step": i,
        "loss": 0.01 * i,
        "kl": 0.001 * i,
        "reward": 0.1 * i,
        "reward/status_correctness": 0.2 * i,
        "reward/skills_matching": float("nan") if i == 3 else 0.1,
        "rejected_share": 0.5,
    }
    for i in range(1, 11)
]


def size_of(path):
    with Image.open(path) as image:
        image.load()
        assert len(image.convert("RGB").getcolors(1 << 24)) > 10, "an empty picture"
    return path.stat().st_size


def test_an_sft_run_gets_figure_one(tmp_path):
    run = write_run(tmp_path / "sft-1", SFT_ROWS, {"state": "done"})
    text = report.report(run).read_text()
    assert sorted(p.name for p in (run / "report").iterdir()) == ["fig1_loss_curves.png", "report.md"]
    assert size_of(run / "report" / "fig1_loss_curves.png") < 200_000
    assert "60 log lines up to step 60. state: done." in text
    assert "| loss | 1 | 0.01667 | 1 | 0.01667 |" in text and "| eval_loss | 0.22 |" in text
    assert "(fig1_loss_curves.png)" in text


def test_a_grpo_run_gets_figure_two(tmp_path):
    run = write_run(tmp_path / "grpo-1", GRPO_ROWS, {"state": "failed", "reason": "rejects everything"})
    text = report.report(run).read_text()
    assert sorted(p.name for p in (run / "report").iterdir()) == ["fig2_grpo_loss_kl_reward.png", "report.md"]
    assert size_of(run / "report" / "fig2_grpo_loss_kl_reward.png") < 200_000
    assert "state: failed; reason: rejects everything" in text
    assert "| reward/status_correctness | 0.2 | 0.2 | 2 | 2 |" in text


def test_a_report_can_be_made_again_and_while_the_run_goes_on(tmp_path):
    run = write_run(tmp_path / "run", SFT_ROWS[:1])
    report.report(run)
    with (run / "metrics.jsonl").open("a") as file:
        file.write(json.dumps(SFT_ROWS[1]) + "\n" + '{"step": 3, "lo')
    assert "2 log lines up to step 2" in report.report(run).read_text()


def test_a_run_without_loss_has_a_report_without_figures(tmp_path):
    run = write_run(tmp_path / "run", [])
    assert report.report(run).read_text().startswith("# Run run\n\n0 log lines up to step 0.")
    assert [p.name for p in (run / "report").iterdir()] == ["report.md"]


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no metrics.jsonl"):
        report.report(tmp_path)
    run = write_run(tmp_path / "run", SFT_ROWS)
    with pytest.raises(UsageError, match="no metrics.json"):
        report.report(run, [tmp_path])


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"loss": 1}', '{"step": "one"}'])
def test_a_broken_line_is_named(tmp_path, line):
    run = write_run(tmp_path / "run", SFT_ROWS[:1])
    with (run / "metrics.jsonl").open("a") as file:
        file.write(line + "\n" + json.dumps(SFT_ROWS[1]) + "\n")
    with pytest.raises(DataError, match="metrics.jsonl, line 2"):
        report.report(run)


def test_smoothing_keeps_a_line_and_evens_out_noise():
    assert figures.smooth([1, 2, 3, 4, 5], 0) == [1, 2, 3, 4, 5]
    assert figures.smooth([0, 3, 0, 3, 0], 1) == [1.5, 1, 2, 1, 1.5]


def test_figures_of_a_judge_are_written_with_their_interval():
    m = {"accuracy": 0.914, "mae": 15.472, "auc": None, "ece": 0.0415, "intervals": {"accuracy": [0.845, 0.954]}}
    assert report.figure_text(m, "accuracy") == "91.4 [84.5, 95.4]"
    assert report.figure_text(m, "mae") == "15.47"
    assert report.figure_text(m, "ece") == "0.042"
    assert report.figure_text(m, "auc") == "-"
