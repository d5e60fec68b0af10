"""Three-way decisions: doubt of any kind is REVIEW, and the reason is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.calibration import FILE, Calibration, features
from model.decision import decide
from model.errors import AdapterError
from model.schema import Brief, Evidence, Flag, Job, Requirement, Verdict

JOB = Job("", "welder", (Requirement("welding", "skill"), Requirement("welder", "experience", years=2.0)))
SURE = Evidence("q", "q", how="exact", strength=1.0)
GOOD = Brief(JOB, (SURE, replace(SURE, years=5.0)))
BAD = Brief(JOB, (Evidence(), Evidence()))
SELECTED = Verdict("SELECTED", 100, 0.97, (2, 2), 100, 100)
REJECTED = Verdict("REJECTED", 0, 0.02, (0, 0), 0, 0)


def test_clear_cases():
    assert decide(GOOD, {"grpo": SELECTED}, "grpo").decision == "SELECTED"
    rejected = decide(BAD, {"grpo": REJECTED}, "grpo")
    assert rejected.decision == "REJECTED" and "required experience is missing: welder" in rejected.reasons[0]


@pytest.mark.parametrize("brief, verdicts, words", [
    (GOOD, {"grpo": replace(SELECTED, probability=0.6)}, "close call"),
    (GOOD, {"grpo": replace(SELECTED, written="REJECTED")}, "point the other way"),
    (BAD, {"grpo": SELECTED}, "expert heuristic"),
    (GOOD, {"grpo": SELECTED, "sft": REJECTED}, "models disagree"),
    (replace(GOOD, flags=(Flag("hidden_text", "17 hidden words"),)), {"grpo": SELECTED}, "17 hidden words"),
    (replace(GOOD, flags=(Flag("ocr", "read by OCR"),)), {"grpo": SELECTED}, "OCR"),
    (replace(GOOD, flags=(Flag("uncertain_text", "a blank shape may cover text"),)), {"grpo": SELECTED}, "blank shape"),
    (replace(GOOD, flags=(Flag("damaged_page", "page 2 was left out"),)), {"grpo": SELECTED}, "page 2"),
])
def test_doubt_is_review(brief, verdicts, words):
    decision = decide(brief, verdicts, "grpo")
    assert decision.decision == "REVIEW" and any(words in reason for reason in decision.reasons)


def test_a_harmless_flag_is_no_doubt():
    flagged = replace(GOOD, flags=(Flag("active_content", "holds a script, which was not run"),))
    assert decide(flagged, {"grpo": SELECTED}, "grpo").decision == "SELECTED"


def test_calibration_round_trip_and_default(tmp_path):
    assert Calibration.load(tmp_path)((0.6, 0.0, 0.0)) == pytest.approx(0.5)
    Calibration((1.0, 2.0, 3.0), -4.0).save(tmp_path)
    assert Calibration.load(tmp_path) == Calibration((1.0, 2.0, 3.0), -4.0)
    Calibration((1.0, 2.0, 3.0), -4.0, 1.5).save(tmp_path)
    assert Calibration.load(tmp_path).temperature == 1.5
    file = tmp_path / FILE
    file.write_text(file.read_text().replace("expected_score", "status_logit"))
    with pytest.raises(AdapterError, match="fit it again"):
        Calibration.load(tmp_path)


def test_features_of_sure_marks():
    sure = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    score, weakest, skills = features(JOB.requirements, sure)
    assert (weakest, skills) == (0.0, 1.0) and score == pytest.approx(0.5 / 0.85)


def test_features_count_a_requirement_by_its_certainty():
    asked = (Requirement("welding", "skill"), Requirement("some words", "skill", certainty=0.5))
    met_first = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    assert features(asked, met_first)[2] == pytest.approx(2 / 3)
    assert features(asked, met_first[::-1])[2] == pytest.approx(1 / 3)
