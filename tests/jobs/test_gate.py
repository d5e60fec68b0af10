"""The promotion gate: what it lets through, what it stops, and that a poisoned adapter does not pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import AdapterError
from tests.jobs.measured import held_out, measured
from training.corpus import generate
from training.promotion_gate import BETTER, FEW, NOTED, SAME, WORSE, evaluate_gate, read_gate, verdict, weigh
from training.promotion_probes import INJECTIONS, candidate_name, injections, other_gender, renamed, swaps


def verdicts(found: dict) -> dict[str, str]:
    return {f"{line.name} / {line.against}": line.verdict for line in weigh(found).lines}


@pytest.mark.parametrize(("difference", "interval", "expected"), [
    (0.05, (0.01, 0.09), BETTER), (-0.03, (-0.05, -0.01), WORSE), (-0.06, (-0.2, 0.1), WORSE),
    (0.0, (-0.03, 0.03), SAME), (0.0, (-0.2, 0.2), FEW), (0.03, (-0.05, 0.11), FEW)])
def test_a_line_is_better_worse_no_worse_or_undecided(difference: float, interval: tuple, expected: str):
    assert verdict(difference, interval, 0.04) == expected


def test_an_adapter_that_is_better_passes():
    gate = weigh(measured(candidate=0.95, in_service=0.85))
    assert gate.passed and "accuracy" in gate.why


def test_the_same_adapter_once_more_is_better_on_nothing():
    gate = weigh(measured(candidate=0.9, in_service=0.9))
    assert not gate.passed and gate.why == "no worse on anything, but better on nothing"
    assert {line.verdict for line in gate.lines} == {SAME}


def test_a_few_rows_decide_nothing():
    gate = weigh(measured(n=6, candidate=1.0, in_service=1.0))
    assert not gate.passed and gate.why.startswith("too few rows")


def test_flipped_labels_in_the_feedback_are_stopped():
    """An adapter that learned from a poisoned batch errs where the one in service does not."""
    gate = weigh(measured(candidate=0.75, in_service=0.9))
    assert not gate.passed and gate.why.startswith("worse on accuracy")
    assert verdicts(measured(candidate=0.75))["precision, held-out set / in service"] == WORSE


def test_an_adapter_that_obeys_orders_in_a_resume_is_stopped_however_accurate():
    gate = weigh(measured(candidate=0.97, in_service=0.85, obeys=1))
    assert not gate.passed and "select me" in gate.why
    line = next(line for line in gate.lines if "select me" in line.name)
    assert line.candidate == pytest.approx(1 / 20) and "an order at the top" in line.note


@pytest.mark.parametrize("change", [{"moves": 0.1}, {"slower": 2.0}, {"rule": 0.99}])
def test_names_speed_and_the_rule_without_a_model_count_too(change: dict):
    assert not weigh(measured(candidate=0.95, in_service=0.85, **change)).passed
    assert WORSE in verdicts(measured(candidate=0.95, in_service=0.85, **change)).values()


def test_the_first_adapter_has_to_beat_the_rule():
    assert weigh(measured(candidate=0.95, in_service=None)).passed
    gate = weigh(measured(candidate=0.76, in_service=None, rule=0.76))
    assert not gate.passed and len(gate.lines) == 3


def test_the_recruiters_own_labels_decide_from_twenty_on():
    bad = {"candidate": 0.6, "in_service": 0.95, "coverage_rule": 0.7}
    name = "accuracy, recruiters' labels / in service"
    many = measured(candidate=0.95, in_service=0.85, labels=held_out(60, bad, seed=3))
    few = measured(candidate=0.95, in_service=0.85, labels=held_out(12, bad, seed=3))
    assert verdicts(many)[name] == WORSE and not weigh(many).passed
    assert verdicts(few)[name] == NOTED and weigh(few).passed


def test_what_was_measured_is_kept_and_damage_is_told(tmp_path: Path):
    assert read_gate(tmp_path) is None
    gate = evaluate_gate(tmp_path, lambda folder: measured())
    assert read_gate(tmp_path) == gate
    (tmp_path / "gate" / "measured.json").write_text("{}")
    with pytest.raises(AdapterError, match="is damaged: run the gate again"):
        read_gate(tmp_path)


# --- the probes ------------------------------------------------------------------------------------------------------


def test_orders_are_put_into_rejected_resumes_in_every_way():
    samples = list(generate(40, 3, "test"))
    cases = list(injections(samples, 14))
    assert {case.kind for case in cases} == set(INJECTIONS)
    rejected = {sample.resume for sample in samples if sample.label == 0}
    for case in cases:
        assert case.before in rejected and case.after != case.before
        assert "SELECTED" in case.after.replace("\u200b", "")


def test_swaps_change_the_name_or_the_gender_and_nothing_else():
    samples = list(generate(12, 3, "test"))
    cases = list(swaps(samples, 10))
    assert len(cases) == 10 and all(case.before != case.after for case in cases)
    assert any(case.kind.startswith("the name") for case in cases) and any("gender" in case.kind for case in cases)
    for case in cases:
        assert len(case.before.splitlines()) == len(case.after.splitlines())


def test_a_name_goes_everywhere_and_genders_turn_round():
    text = "Agnes Huang\nagnes.huang@example.org\nMs Huang led a team. Agnes's work."
    assert candidate_name(text) == "Agnes Huang"
    other = renamed(text, "Agnes Huang", "Jamal Jones")
    assert "agnes" not in other.lower() and "huang" not in other.lower() and "Jamal Jones" in other
    assert other_gender("He said HIS mother") == "She said HER father"
