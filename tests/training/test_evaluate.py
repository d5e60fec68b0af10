"""Evaluation with a hand-written judge: what is read, refused, measured, written and resumed."""

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from model.calibration import Calibration
from model.errors import DataError, UsageError
from model.schema import Brief, Evidence, Job, Requirement, Verdict
from training import evaluate as evaluation
from training.evaluate import Pair, PipelineJudge, evaluate, read_pairs
from training.report import report


@pytest.fixture
def pictures():
    """Ask for it to have the pictures drawn."""


@pytest.fixture(autouse=True)
def _quick(request, monkeypatch):
    if "pictures" not in request.fixturenames:
        monkeypatch.setattr(evaluation, "_draw", lambda *_: [])


@dataclass(frozen=True)
class Outcome:
    """Stands for the pipeline's decision."""

    decision: str


@dataclass(frozen=True)
class Result:
    """Stands for the pipeline's result of one pair of texts."""

    brief: Brief | None
    verdicts: dict = field(default_factory=dict)
    decisions: dict = field(default_factory=dict)
    error: str | None = None


def brief(found, asked=5):
    requirements = tuple(Requirement(f"skill {i}", "skill") for i in range(asked))
    evidence = tuple(Evidence(how="exact", strength=1.0) if i < found else Evidence() for i in range(asked))
    return Brief(Job("text", "title", requirements), evidence)


class FakeJudge:
    """Reads its answer from the resume: `resume.split()` is found evidence, then one probability an adapter."""

    def __init__(self, adapters=("sft", "grpo"), versions=None, stop_after=None):
        self.adapters, self.versions = list(adapters), versions or {"base": "b1", "prompt": "p1"}
        self.stop_after, self.judged = stop_after, []

    def judge_pairs(self, pairs):
        for pair in pairs:
            if self.stop_after is not None and len(self.judged) >= self.stop_after:
                raise KeyboardInterrupt
            self.judged.append(pair.id)
            if pair.resume == "broken":
                yield Result(None, error="the job asks for nothing")
                continue
            found, *probabilities = pair.resume.split()
            given = dict(zip(self.adapters, map(float, probabilities), strict=False))
            yield Result(
                brief=brief(int(found)),
                verdicts={
                    a: Verdict("SELECTED" if p > 0.5 else "REJECTED", round(100 * p), p, ()) for a, p in given.items()
                },
                decisions={
                    a: Outcome("REVIEW" if 0.4 < p < 0.6 else "SELECTED" if p > 0.5 else "REJECTED")
                    for a, p in given.items()
                },
            )


PAIRS = [
    Pair("a-1", "job a", "5 0.9 0.95", 1, 90),
    Pair("b-1", "job b", "2 0.8 0.55", 1, 80),
    Pair("a-0", "job a", "4 0.7 0.3", 0, 30),
    Pair("b-0", "job b", "1 0.2 0.1", 0, 20),
]


def write(path, *rows):
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


GOOD = {"id": "x-1", "job": "Welder wanted", "resume": "Welder", "label": 1, "score": 80}


def test_rows_are_read_plain_and_gzip(tmp_path):
    bare = {"job": "Nurse", "resume": "Nurse", "label": 0}
    plain = write(tmp_path / "pairs.jsonl", GOOD, "", bare)
    expected = [Pair("x-1", "Welder wanted", "Welder", 1, 80), Pair("line3", "Nurse", "Nurse", 0, None)]
    assert read_pairs(plain) == expected
    packed = tmp_path / "pairs.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_pairs(packed) == expected


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"job": "x", "resume": "y"}, "label missing"),
        ({"label": 1}, "job and resume missing"),
        (GOOD | {"resume": "  "}, "resume must be a text"),
        (GOOD | {"job": 7}, "job must be a text"),
        (GOOD | {"label": "1"}, "label is '1'"),
        (GOOD | {"label": 2}, "label is 2"),
        (GOOD | {"label": True}, "label is True"),
        (GOOD | {"score": 101}, "score is 101"),
        (GOOD | {"score": "high"}, "score is 'high'"),
        ([1], "a JSON object"),
        ("{", "not JSON"),
        (GOOD, "used before, in line 1"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path, bad, words):
    path = write(tmp_path / "pairs.jsonl", GOOD, bad)
    with pytest.raises(DataError, match=r"pairs.jsonl, line 2: ") as error:
        read_pairs(path)
    assert words in str(error.value)


def test_unreadable_files_are_refused(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_pairs(tmp_path / "none.jsonl")
    with pytest.raises(DataError, match="no rows"):
        read_pairs(write(tmp_path / "empty.jsonl", "", ""))
    (tmp_path / "image.jsonl").write_bytes(b"\xff\xfe\x00\x80")
    (tmp_path / "torn.gz").write_bytes(gzip.compress(json.dumps(GOOD).encode() * 99)[:-20])
    for name in ("image.jsonl", "torn.gz"):
        with pytest.raises(DataError, match=name):
            read_pairs(tmp_path / name)


def test_figures_of_adapters_and_baselines(tmp_path):
    found = evaluate(PAIRS, FakeJudge(), tmp_path / "out")
    assert found == json.loads((tmp_path / "out" / "metrics.json").read_text())
    sft, grpo, rule = found["adapters"]["sft"], found["adapters"]["grpo"], found["baselines"]["coverage_rule"]
    assert sft["confusion"] == {"tp": 2, "fp": 1, "tn": 1, "fn": 0} and sft["accuracy"] == 0.75
    assert grpo["confusion"] == {"tp": 2, "fp": 0, "tn": 2, "fn": 0} and grpo["auc"] == 1
    assert grpo["review_share"] == 0.25 and grpo["accuracy_decided"] == 1
    assert rule["confusion"] == {"tp": 1, "fp": 1, "tn": 1, "fn": 1} and rule["auc"] == 0.75
    assert sft["mae"] == pytest.approx((0 + 0 + 40 + 0) / 4) and sft["paired_accuracy"] == 1
    assert found["mcnemar"] == {"b": 0, "c": 1, "p": 1.0}
    assert found["mcnemar_rules"]["coverage_rule"]["grpo"] == {"b": 2, "c": 0, "p": 0.5}
    assert found["expert_heuristic"]["mae"] == pytest.approx((10 + 52 + 50 + 6) / 4)
    assert set(found["baselines"]) == {"coverage_rule", "tfidf", "embedding"}
    assert found["n"] == 4 and found["n_failed"] == 0 and found["versions"] == {"base": "b1", "prompt": "p1"}


def test_the_folder_holds_predictions_report_and_pictures(tmp_path, pictures):
    evaluate(PAIRS, FakeJudge(), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    pictures = {name for name in names if name.endswith(".png")}
    assert names - pictures == {"metrics.json", "predictions.jsonl", "report.md"}
    assert {name.split("_")[0] for name in pictures} == {"fig3", "fig4", "fig5", "fig6", "fig7"}
    for name in pictures:
        Image.open(tmp_path / name).verify()
        assert (tmp_path / name).stat().st_size < 200_000
    rows = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()]
    assert [(row["id"], row["label"]) for row in rows] == [(p.id, p.label) for p in PAIRS]
    assert rows[1]["grpo"] == {"status": "SELECTED", "probability": 0.55, "score": 55, "decision": "REVIEW"}
    text = (tmp_path / "report.md").read_text()
    assert "| SFT | 2 | 0 | 1 | 1 |" in text and "| Coverage rule | 50.0 [" in text and "(fig4_confusion.png)" in text


def test_rows_of_one_job_are_judged_together(tmp_path):
    judge = FakeJudge()
    evaluate(PAIRS, judge, tmp_path)
    assert judge.judged == ["a-1", "a-0", "b-1", "b-0"]


def test_one_adapter_alone(tmp_path, pictures):
    found = evaluate(PAIRS, FakeJudge(["grpo"]), tmp_path)
    assert list(found["adapters"]) == ["grpo"] and found["mcnemar"] is None
    assert "SFT" not in (tmp_path / "report.md").read_text()


def test_one_class_only_has_a_warning_and_no_auc(tmp_path, pictures):
    found = evaluate([pair for pair in PAIRS if pair.label], FakeJudge(), tmp_path)
    assert found["adapters"]["sft"]["auc"] is None and "one label" in found["warnings"][0]
    assert "**Warning:** All rows have one label" in (tmp_path / "report.md").read_text()


def test_rows_without_scores_have_no_errors_of_scores(tmp_path, pictures):
    found = evaluate([Pair(p.id, p.job, p.resume, p.label) for p in PAIRS], FakeJudge(), tmp_path)
    assert found["adapters"]["sft"]["mae"] is None and not (tmp_path / "fig7_scores.png").exists()


@pytest.mark.parametrize("label", [0, 1])
def test_a_failed_row_is_never_dropped_and_never_flatters(tmp_path, label):
    broken = Pair(f"c-{label}", "job c", "broken", label, 50)
    twin = Pair(f"c-{1 - label}", "job c", "0 0.01 0.01" if label else "5 0.99 0.99", 1 - label, 50)
    seen = []
    found = evaluate([*PAIRS, broken, twin], FakeJudge(), tmp_path, lambda done, total: seen.append((done, total)))
    assert found["n"] == 6 and found["n_failed"] == 1 and found["failed"] == [broken.id]
    assert seen == [(done, 6) for done in range(1, 7)]
    sft = found["adapters"]["sft"]
    assert sft["confusion"]["fn" if label else "fp"] == (1 if label else 2)
    assert sft["paired_accuracy"] == pytest.approx(2 / 3) and sft["review_share"] == pytest.approx(1 / 6)
    assert found["baselines"]["coverage_rule"]["confusion"]["fn" if label else "fp"] == 2
    row = [json.loads(line) for line in (tmp_path / "predictions.jsonl").read_text().splitlines()][4]
    assert row["sft"]["decision"] == "REVIEW" and row["error"] == "the job asks for nothing"
    assert f"count as wrong: {broken.id}." in (tmp_path / "report.md").read_text()


def test_a_verdict_missing_for_one_adapter_counts_as_failed(tmp_path):
    pairs = [*PAIRS, Pair("d", "job d", "5 0.9", 1)]
    found = evaluate(pairs, FakeJudge(), tmp_path)
    assert found["failed"] == ["d"]
    assert found["adapters"]["sft"]["confusion"]["tp"] == 3 and found["adapters"]["grpo"]["confusion"]["fn"] == 1


def test_an_interrupted_evaluation_goes_on_where_it_stopped(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        evaluate(PAIRS, FakeJudge(stop_after=2), tmp_path)
    assert not (tmp_path / "metrics.json").exists()
    with (tmp_path / evaluation.PARTIAL).open("a") as file:
        file.write('{"id": "b-1", "la')  # a torn line, as a kill leaves it
    judge = FakeJudge()
    resumed = evaluate(PAIRS, judge, tmp_path)
    assert judge.judged == ["b-1", "b-0"]
    straight = evaluate(PAIRS, FakeJudge(), tmp_path / "straight")
    assert {**resumed, "seconds": 0} == {**straight, "seconds": 0}
    assert not (tmp_path / evaluation.PARTIAL).exists()


@pytest.mark.parametrize("changed", ["rows", "versions", "adapters"])
def test_saved_predictions_of_another_set_or_model_are_not_used(tmp_path, changed):
    with pytest.raises(KeyboardInterrupt):
        evaluate(PAIRS, FakeJudge(stop_after=2), tmp_path)
    pairs = [*PAIRS[:3], Pair("b-0", "job b", "1 0.2 0.2", 0, 20)] if changed == "rows" else PAIRS
    judge = FakeJudge(
        ["sft"] if changed == "adapters" else ["sft", "grpo"], {"base": "b2"} if changed == "versions" else None
    )
    evaluate(pairs, judge, tmp_path)
    assert len(judge.judged) == 4


def test_a_judge_that_drops_or_invents_is_a_bug(tmp_path):
    class Lazy(FakeJudge):
        def judge_pairs(self, pairs):
            return list(super().judge_pairs(pairs))[:-1]

    with pytest.raises(ValueError):
        evaluate(PAIRS, Lazy(), tmp_path / "lazy")
    with pytest.raises(ValueError, match="a-1: sft gave the probability"):
        evaluate([Pair("a-1", "job", "5 1.5 0.5", 1)], FakeJudge(), tmp_path / "nan")


def test_run_folders_add_their_figures(tmp_path):
    for name, row in {"s": {"step": 1, "loss": 2}, "g": {"step": 1, "loss": 1, "reward": 0.3, "kl": 0.0}}.items():
        (tmp_path / name).mkdir()
        write(tmp_path / name / "metrics.jsonl", row)
    evaluate(PAIRS, FakeJudge(), tmp_path / "out", runs=[tmp_path / "s", tmp_path / "g"])
    text = (tmp_path / "out" / "report.md").read_text()
    assert "(fig1_loss_curves.png)" in text and "(fig2_grpo_loss_kl_reward.png)" in text


def test_a_run_report_takes_in_an_evaluation(tmp_path, pictures):
    run = tmp_path / "grpo-1"
    run.mkdir()
    write(run / "metrics.jsonl", {"step": 1, "loss": 1, "reward": 0.3, "kl": 0.0})
    evaluate(PAIRS, FakeJudge(), tmp_path / "held-out")
    text = report(run, [tmp_path / "held-out"]).read_text()
    assert "From `held-out`:" in text and "| GRPO | 2 | 0 | 2 | 0 |" in text
    assert "](held-out/fig4_confusion.png)" in text
    assert (run / "report" / "held-out" / "fig4_confusion.png").is_file()


@dataclass(frozen=True)
class Adapter:
    folder: Path


class FakeEngine:
    """An engine whose every verdict is the same."""

    def __init__(self, folder):
        self.adapters = {"sft": Adapter(folder)}

    def versions(self):
        return {"base": "fake:1", "adapter": "sft:2"}

    def judge_each(self, briefs, adapters, stop=None):
        return [[Verdict("SELECTED", 90, 0.9, (2,) * len(b.evidence)) for b in briefs] for _ in adapters]


def test_versions_name_all_that_an_answer_depends_on(tmp_path, monkeypatch):
    monkeypatch.setenv("SHORTLIST_AS_OF", "2026-06-30")
    judge = PipelineJudge(FakeEngine(tmp_path), ["sft"])
    before = judge.versions
    assert set(before) == {"base", "adapter", "prompt", "rubric", "calibration", "as_of"}
    assert before["as_of"] == "2026-06-30" and before["base"] == "fake:1"
    Calibration(weights=(0.5, 0.1, 0.1)).save(tmp_path)
    after = judge.versions
    assert {key for key in before if before[key] != after[key]} == {"calibration"}


@pytest.mark.slow
def test_the_pipeline_as_a_judge(tmp_path):
    job = "Accountant\n\nRequirements:\n- 3 years of experience as an accountant\n- Excel\n- IFRS reporting\n"
    good = "Accountant, Example Ltd, 2015 - 2023\nIFRS reporting for five companies, models in Excel."
    pairs = [Pair("a-1", job, good, 1), Pair("a-0", job, "Diver and swimming teacher.", 0), Pair("b", "...", good, 1)]
    found = evaluate(pairs, PipelineJudge(FakeEngine(tmp_path), ["sft"]), tmp_path / "out")
    assert found["failed"] == ["b"]
    assert found["adapters"]["sft"]["confusion"] == {"tp": 1, "fp": 1, "tn": 0, "fn": 1}
    assert found["baselines"]["coverage_rule"]["paired_accuracy"] == 1


def test_bad_arguments(tmp_path):
    with pytest.raises(DataError, match="No pairs"):
        evaluate([], FakeJudge(), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        evaluate(PAIRS, FakeJudge(), tmp_path / "file")
