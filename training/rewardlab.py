"""The reward lab: what a reward pays for, before anything is trained. Light: no model, no torch.

A probe set of generated candidates with their truth is answered in ways that a policy could learn: the gold answer, its
bad twins, an honest model that errs now and then, and the cheats that answer everybody alike. GRPO climbs towards
whatever earns most. So a cheat that earns more than an honest model that still errs is where training will end: the
paper's early run, whose harsh penalties taught it to reject everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from model.rubric import COMPONENTS, SELECT_AT, Answer, RewardSpec, Truth, expected, reward
from model.schema import MET, NOT_MET, PARTLY
from training.corpus import generate

PROBE_SIZE, PROBE_SEED = 48, 5
ERRS = 0.2  # share of candidates on whose status an honest model still errs
REJECTED_SHARE = 0.5
GOLD, HONEST = "gold", "an honest model"
CHEATS = ("always REJECTED", "always SELECTED", "always score 49", "all marks met", "invalid JSON")


@dataclass(frozen=True)
class Earned:
    """What one way to answer earns on average: in all, by component, and on candidates of either status."""

    name: str
    kind: str  # gold, honest, twin or cheat
    total: float
    components: dict[str, float]
    on_selected: float
    on_rejected: float


@cache
def probe(size: int = PROBE_SIZE, seed: int = PROBE_SEED) -> tuple[Truth, ...]:
    """Truths of generated candidates, half of them SELECTED."""
    found = []
    for sample in generate(size, seed, "validation"):
        found.append(Truth.from_marks([item.requirement() for item in sample.truth],
                                      [item.mark for item in sample.truth]))
    return tuple(found)


# --- ways to answer --------------------------------------------------------------------------------------------------


def gold(truth: Truth) -> Answer:
    return Answer(truth.marks, truth.score, truth.status)


def _other_side(truth: Truth) -> Answer:
    """An honest mistake: one mark in two is off by one towards the other side, score and status follow the rule."""
    better = truth.status == "REJECTED"
    marks = tuple((min(MET, m + 1) if better else max(NOT_MET, m - 1)) if i % 2 == 0 else m
                  for i, m in enumerate(truth.marks))
    score = max(SELECT_AT + 8, expected(truth.requirements, marks).score) if better else \
        min(SELECT_AT - 12, expected(truth.requirements, marks).score)
    return Answer(marks, score, "SELECTED" if better else "REJECTED")


def _ruled(truth: Truth, marks: Sequence[int]) -> Answer:
    rule = expected(truth.requirements, tuple(marks))
    return Answer(tuple(marks), rule.score, rule.status)


TWINS: dict[str, Callable[[Truth], Answer | None]] = {
    "gold, but the status turned round": lambda t: Answer(
        t.marks, t.score, "REJECTED" if t.status == "SELECTED" else "SELECTED"),
    "gold, but the score 25 off": lambda t: Answer(
        t.marks, t.score - 25 if t.score >= 50 else t.score + 25, t.status),
    "gold, but every mark off by one": lambda t: Answer(
        tuple(PARTLY if m != PARTLY else MET for m in t.marks), t.score, t.status),
    "gold, but the sub-scores miscounted": lambda t: Answer(t.marks, t.score, t.status, subs_consistent=False),
    "right status, nothing else": lambda t: Answer(
        tuple(MET - m for m in t.marks), 95 if t.status == "SELECTED" else 5, t.status),
}
ANSWERS: dict[str, Callable[[Truth], Answer | None]] = {
    "always REJECTED": lambda t: Answer((NOT_MET,) * len(t.marks), 20, "REJECTED"),
    "always SELECTED": lambda t: Answer((MET,) * len(t.marks), 90, "SELECTED"),
    "always score 49": lambda t: Answer((PARTLY,) * len(t.marks), 49, "REJECTED"),
    "all marks met": lambda t: _ruled(t, (MET,) * len(t.marks)),
    "invalid JSON": lambda t: None,
}


# --- what they earn --------------------------------------------------------------------------------------------------


def ranking(spec: RewardSpec, errs: float = ERRS, rejected: float = REJECTED_SHARE) -> list[Earned]:
    """Every way to answer, the best paid first.

    `errs` is the share of candidates on which the honest model errs, `rejected` that of REJECTED among all candidates:
    both in [0, 1].
    """
    rows = [_earned(GOLD, "gold", spec, rejected, gold)]
    wrong = _earned("", "", spec, rejected, _other_side)
    rows.append(_mix(HONEST, rows[0], wrong, errs))
    rows += [_earned(name, "twin", spec, rejected, answer) for name, answer in TWINS.items()]
    rows += [_earned(name, "cheat", spec, rejected, ANSWERS[name]) for name in CHEATS]
    return sorted(rows, key=lambda row: -row.total)


def _earned(name: str, kind: str, spec: RewardSpec, rejected: float, answer) -> Earned:
    sides = []
    for status in ("SELECTED", "REJECTED"):
        found = [reward(answer(truth), truth, spec) for truth in probe() if truth.status == status]
        sides.append({c: sum(r.components[c].value for r in found) / len(found) for c in COMPONENTS})
    parts = {c: (1 - rejected) * sides[0][c] + rejected * sides[1][c] for c in COMPONENTS}
    return Earned(name, kind, sum(parts.values()), parts, sum(sides[0].values()), sum(sides[1].values()))


def _mix(name: str, right: Earned, wrong: Earned, errs: float) -> Earned:
    def at(a: float, b: float) -> float:
        return (1 - errs) * a + errs * b

    return Earned(name, "honest", at(right.total, wrong.total),
                  {c: at(right.components[c], wrong.components[c]) for c in COMPONENTS},
                  at(right.on_selected, wrong.on_selected), at(right.on_rejected, wrong.on_rejected))


def break_even(spec: RewardSpec) -> float | None:
    """The chance of SELECTED from which the answer SELECTED pays more, by the status component alone.

    p TP + (1 - p) FP = p FN + (1 - p) TN; None where one answer always pays more.
    """
    gain = (spec.true_positive - spec.false_negative) + (spec.true_negative - spec.false_positive)
    if gain <= 0:
        return None
    chance = (spec.true_negative - spec.false_positive) / gain
    return chance if 0 < chance < 1 else None


def warnings(spec: RewardSpec, errs: float = ERRS, rejected: float = REJECTED_SHARE) -> list[str]:
    """What is wrong with a reward, in sentences, the gravest first; empty where nothing is."""
    rows = {row.name: row for row in ranking(spec, errs, rejected)}
    honest, best = rows[HONEST], rows[GOLD]
    found = []
    for name in sorted(CHEATS, key=lambda name: -rows[name].total):
        more = rows[name].total - honest.total
        if more > 0:
            found.append(f"“{name}” earns {more:.2f} more than an honest model that errs on {errs:.0%}: "
                         "this reward will collapse.")
    for name in TWINS:
        if rows[name].total > best.total + 1e-9:
            found.append(f"“{name}” earns {rows[name].total - best.total:.2f} more than the gold answer.")
        elif rows[name].total > best.total - 1e-9:
            found.append(f"“{name}” earns as much as the gold answer: nothing teaches the difference.")
    chance = break_even(spec)
    if chance is None:
        found.append("Whatever the evidence, one status always pays more: the model will learn to say only that.")
    elif not 0.25 <= chance <= 0.75:
        side = "SELECTED" if chance < 0.5 else "REJECTED"
        found.append(f"SELECTED pays from a chance of {chance:.0%} on: where the model is unsure, it will say {side}.")
    return found
