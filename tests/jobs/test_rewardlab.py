"""The reward lab: what a reward pays for, and whether it says so."""

from __future__ import annotations

import pytest

from model.rubric import GROUNDED, PAPER, RewardSpec
from training import rewardlab

HARSH = RewardSpec("paper", true_positive=0, true_negative=2, false_positive=-5, false_negative=-2)


def totals(spec: RewardSpec, **more) -> dict[str, float]:
    return {row.name: row.total for row in rewardlab.ranking(spec, **more)}


def test_the_probe_set_holds_both_classes_and_needs_no_model():
    statuses = [truth.status for truth in rewardlab.probe()]
    assert statuses.count("SELECTED") == statuses.count("REJECTED") == rewardlab.PROBE_SIZE / 2


def test_the_shipped_reward_pays_gold_most_and_no_cheat():
    rows = rewardlab.ranking(GROUNDED)
    assert rows[0].name == rewardlab.GOLD and rewardlab.warnings(GROUNDED) == []
    assert max(row.total for row in rows if row.kind == "cheat") < totals(GROUNDED)[rewardlab.HONEST]


def test_a_row_is_the_sum_of_its_components_and_the_mean_of_both_sides():
    for row in rewardlab.ranking(GROUNDED, rejected=0.7):
        assert row.total == pytest.approx(sum(row.components.values()))
        assert row.total == pytest.approx(0.3 * row.on_selected + 0.7 * row.on_rejected)


def test_the_papers_harsh_reward_collapses_where_most_are_rejected():
    more = totals(HARSH, rejected=0.8)["always REJECTED"] - totals(HARSH, rejected=0.8)[rewardlab.HONEST]
    assert more > 0
    said = rewardlab.warnings(HARSH, rejected=0.8)
    assert f"“always REJECTED” earns {more:.2f} more than an honest model that errs on 20%: " \
           "this reward will collapse." in said
    assert not any("always REJECTED" in line for line in rewardlab.warnings(HARSH, errs=0.0, rejected=0.5))


def test_the_papers_skills_component_teaches_no_marks():
    assert any("every mark off by one" in line and "as much as the gold" in line for line in rewardlab.warnings(PAPER))


def test_invalid_json_is_the_worst_answer_of_all():
    assert rewardlab.ranking(GROUNDED)[-1].name == "invalid JSON"


@pytest.mark.parametrize(("spec", "chance"), [(PAPER, 0.2), (GROUNDED, 3 / 7), (HARSH, 7 / 9),
                                              (RewardSpec(true_positive=-9, false_positive=-9), None)])
def test_where_the_other_status_begins_to_pay(spec: RewardSpec, chance: float | None):
    found = rewardlab.break_even(spec)
    assert found == (None if chance is None else pytest.approx(chance))


def test_a_reward_that_always_prefers_one_status_is_named():
    spec = RewardSpec(true_positive=-9, false_positive=-9)
    assert any("one status always pays more" in line for line in rewardlab.warnings(spec))
