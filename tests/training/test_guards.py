"""The guards: each speaks when it should, says it in words, and keeps quiet on a healthy run."""

from dataclasses import replace

import pytest

from training.guards import Alarm, Guards, stop_reason, to_line
from training.recipe import GuardSpec

SPEC = GuardSpec(window=4)
HEALTHY = {"reward": 1.0, "rejected_share": 0.5, "labelled_rejected_share": 0.5, "frac_reward_zero_std": 0.3,
           "invalid_share": 0.0, "kl": 0.01, "entropy": 0.2, "completion_length": 50.0}


def run(lines, spec: GuardSpec = SPEC) -> list[tuple[int, Alarm]]:
    guards = Guards(spec)
    return [(step, alarm) for step, line in enumerate(lines, 1) for alarm in guards.see({"step": step, **line})]


def test_a_healthy_run_hears_nothing():
    lines = [HEALTHY] * 50 + [{"probe_accuracy": 0.95}, {"probe_accuracy": 0.94}]
    assert run([{"probe_accuracy": 0.95}, *lines]) == []


@pytest.mark.parametrize(("guard", "change", "words"), [
    ("rejected_share", {"rejected_share": 1.0}, "rejects 100% of candidates where the labels say 50%"),
    ("rejected_share", {"rejected_share": 0.0}, "selects 100%"),
    ("zero_variance", {"frac_reward_zero_std": 1.0}, "earn the same"),
    ("invalid", {"invalid_share": 0.5}, "no valid verdict"),
    ("kl", {"kl": 5.0}, "KL 5.00"),
    ("entropy", {"entropy": 0.0001}, "sure of everything"),
    ("length", {"completion_length": 200.0}, "200 tokens where they had 50"),
    ("length", {"completion_length": 5.0}, "5 tokens")])
def test_each_guard_warns_and_then_stops(guard: str, change: dict, words: str):
    found = run([HEALTHY] * 8 + [HEALTHY | change] * 8)
    assert {a.guard for _, a in found} == {guard}
    assert found[0][1].level in ("warn", "stop")
    stops = [(step, a) for step, a in found if a.level == "stop"]
    assert stops and stops[0][0] <= 12, "within a window of the change"
    assert words in stops[-1][1].message


def test_one_odd_step_stops_nothing():
    assert not [a for _, a in run([HEALTHY] * 8 + [HEALTHY | {"rejected_share": 1.0}] + [HEALTHY] * 8)
                if a.level == "stop"]


def test_a_warning_comes_once_until_it_was_good_again():
    bad = HEALTHY | {"kl": 0.7}
    found = run([HEALTHY] * 4 + [bad] * 10 + [HEALTHY] * 10 + [bad] * 10)
    assert [a.level for _, a in found] == ["warn", "warn"]


def test_a_limit_of_zero_never_stops():
    spec = replace(SPEC, kl_stop=0.0, entropy_stop=0.0)
    found = run([HEALTHY] * 8 + [HEALTHY | {"kl": 50.0, "entropy": 0.0}] * 8, spec)
    assert {a.level for _, a in found} == {"warn"}


def test_a_wrong_reference_is_caught_at_the_first_step():
    found = run([HEALTHY | {"kl": 0.4}])
    assert [(step, a.level, a.guard) for step, a in found] == [(1, "stop", "reference")]
    assert "not the SFT policy" in found[0][1].message


def test_the_probe_is_held_against_the_start():
    assert [a.level for _, a in run([{"probe_accuracy": p} for p in (0.9, 0.92, 0.85, 0.84, 0.7)])] == ["warn", "stop"]


def test_a_resumed_run_replays_its_lines():
    lines = [HEALTHY] * 8 + [HEALTHY | {"entropy": 0.0001}] * 3
    whole, resumed = Guards(SPEC), Guards(SPEC)
    for line in lines:
        whole.see(line)
        resumed.see(line)
    last = HEALTHY | {"entropy": 0.0001}
    assert whole.see(last) == resumed.see(last) != []


def test_words_for_the_status_and_a_line_for_the_page():
    alarm = Alarm("stop", "kl", "the policy has moved far")
    assert stop_reason(alarm, 7) == "stopped by the guard `kl` at step 7: the policy has moved far."
    assert to_line(alarm, 7) == {"step": 7, "level": "stop", "guard": "kl", "message": "the policy has moved far"}
