"""What shall be true of a candidate: one outcome for each requirement, so that the expert rule gives the wanted label.

The outcomes and their marks (2 met, 1 partly, 0 not):

| kind | outcome | mark | in the resume |
| --- | --- | --- | --- |
| skill | literal | 2 | in the job's own words, listed or in a bullet |
| skill | alias | 2 | under another name |
| skill | paraphrase | 2 | only a sentence that shows it in other words |
| skill | sibling | 1 | only a near miss ("JavaScript" for "Java") |
| skill | weak | 1 | basic, beginner, coursework, currently learning |
| skill | lookalike | 0 | something else that shares a word ("hair cutting" for "metal cutting") |
| skill | negated | 0 | named, but as missing |
| skill | absent | 0 | nothing |
| experience | enough, equivalent, split | 2 | years reached in the role; under an equal title; summed over two jobs |
| experience | short | 1 | 60-99 % of the years |
| experience | adjacent | 1 | enough years, but in an adjacent role |
| experience | far short, absent | 0 | under 60 %, nothing |
| education | enough, higher | 2 | level reached in a related field |
| education | lower, other field, in progress | 1 | one level lower; level right but other field; degree not finished |
| education | too low, absent | 0 | neither |
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from model.rubric import SKILL_GATE, Expected, coverage, expected
from model.schema import Requirement
from training.corpus.asks import Ask

MARKS = {
    "skill": {
        "literal": 2,
        "alias": 2,
        "paraphrase": 2,
        "sibling": 1,
        "weak": 1,
        "negated": 0,
        "lookalike": 0,
        "absent": 0,
    },
    "experience": {"enough": 2, "equivalent": 2, "split": 2, "short": 1, "adjacent": 1, "far short": 0, "absent": 0},
    "education": {"enough": 2, "higher": 2, "lower": 1, "other field": 1, "in progress": 1, "too low": 0, "absent": 0},
}
WEIGHTS = {"literal": 58, "alias": 24, "paraphrase": 18, "sibling": 55, "weak": 45, "negated": 14, "lookalike": 9,
           "absent": 84, "enough": 55,
           "equivalent": 25, "split": 20, "short": 70, "adjacent": 30, "far short": 45, "higher": 20, "lower": 40,
           "other field": 40, "in progress": 20, "too low": 50}  # fmt: skip
Outcomes = tuple[str, ...]

# Each profile: shares of met / partly / not for skills and for experience, and the share of education met.
SELECTED = (
    (0.97, 0.02, 0.97, 0.02, 0.95),
    (0.90, 0.06, 0.88, 0.10, 0.85),
    (0.84, 0.08, 0.95, 0.04, 0.8),
    (0.75, 0.1, 0.8, 0.15, 0.7),
)
REJECTED = ((0.04, 0.06, 0.04, 0.06, 0.15), (0.3, 0.15, 0.3, 0.2, 0.4), (0.95, 0.03, 0.1, 0.3, 0.7),
            (0.4, 0.15, 0.9, 0.05, 0.7),
            (0.6, 0.15, 0.55, 0.25, 0.5), (0.9, 0.05, 0.55, 0.15, 0.4))  # fmt: skip
MIXED = ((0.55, 0.3, 0.45, 0.5, 0.5), (0.6, 0.15, 0.7, 0.3, 0.4), (0.45, 0.45, 0.6, 0.35, 0.5))


def requirements(asks: Sequence[Ask]) -> list[Requirement]:
    """The asks in the words of `model.schema`."""
    return [Requirement(a.text, a.kind, a.must, a.years, a.any_of, a.level) for a in asks]


def marks(asks: Sequence[Ask], outcomes: Outcomes) -> list[int]:
    return [MARKS[a.kind][o] for a, o in zip(asks, outcomes, strict=True)]


def is_grey(asks: Sequence[Ask], outcome_marks: Sequence[int], verdict: Expected | None = None) -> bool:
    """A true grey case: no gate fails and the score is within 50-70, or only the skill gate fails, by little."""
    reqs = requirements(asks)
    verdict = verdict or expected(reqs, outcome_marks)
    if not verdict.failed_gates:
        return 50 <= verdict.score <= 70
    must_skills = coverage(reqs, outcome_marks, "skill", must_only=True)
    only_skills = len(verdict.failed_gates) == 1 and must_skills is not None and must_skills < SKILL_GATE
    return bool(only_skills and must_skills >= 0.5 and verdict.score >= 45)


def draw_plan(rng: Random, asks: Sequence[Ask], label: int, grey: bool) -> Outcomes | None:
    """Outcomes for which the rule gives `label`, grey or clear as wanted; None where the asks do not allow it."""
    reqs = requirements(asks)
    for _ in range(80):
        profile = rng.choice(MIXED if grey else SELECTED if label else REJECTED)
        style = rng.choices(("any", "literal", "paraphrase"), (75, 19, 6))[0]
        outcomes = tuple(_draw(rng, ask, profile, style) for ask in asks)
        verdict = expected(reqs, marks(asks, outcomes))
        if (verdict.status == "SELECTED") == bool(label) and is_grey(asks, marks(asks, outcomes), verdict) == grey:
            return outcomes
    return None


def draw_coverage(rng: Random, asks: Sequence[Ask]) -> Outcomes:
    """Outcomes of a skills-only case: the share of met skills is uniform over the whole range."""
    share = rng.random()
    order = rng.sample(range(len(asks)), len(asks))
    met = round(share * len(asks))
    style = rng.choice(("any", "literal", "any"))
    out = [""] * len(asks)
    for place, i in enumerate(order):
        wanted = 2 if place < met else 1 if rng.random() < 0.08 else 0
        out[i] = pick(rng, asks[i], wanted, style)
    return tuple(out)


def lose(rng: Random, asks: Sequence[Ask], outcomes: Outcomes) -> Outcomes | None:
    """The twin of a winner: a few facts taken away until the rule rejects clearly. None where it never does."""
    reqs = requirements(asks)
    best = [i for i, m in enumerate(marks(asks, outcomes)) if m == 2]
    for _ in range(30):
        changed = list(outcomes)
        for i in rng.sample(best, min(len(best), rng.choices((1, 2, 3, 4), (15, 35, 30, 20))[0])):
            changed[i] = pick(rng, asks[i], rng.choices((0, 1), (80, 20))[0], "any")
        verdict = expected(reqs, marks(asks, tuple(changed)))
        if verdict.status == "REJECTED" and not is_grey(asks, marks(asks, tuple(changed)), verdict):
            return tuple(changed)
    return None


def _draw(rng: Random, ask: Ask, profile: tuple[float, ...], style: str) -> str:
    skill_met, skill_part, role_met, role_part, school_met = profile
    if ask.kind == "skill":
        met, part = skill_met, skill_part
    elif ask.kind == "experience":
        met, part = role_met, role_part
    else:
        met, part = school_met, (1 - school_met) / 2
    x = rng.random()
    return pick(rng, ask, 2 if x < met else 1 if x < met + part else 0, style)


def pick(rng: Random, ask: Ask, wanted: int, style: str) -> str:
    """An outcome of the wanted mark that is possible for this ask."""
    options = [o for o, m in MARKS[ask.kind].items() if m == wanted and _possible(ask, o)]
    if ask.kind == "skill" and wanted == 2 and style in options:
        return style
    if not options:
        options = ["absent"]
    return rng.choices(options, [WEIGHTS.get(o, 30) for o in options])[0]


def _possible(ask: Ask, outcome: str) -> bool:
    if ask.kind == "skill":
        needs = {"alias": "aliases", "sibling": "siblings", "lookalike": "decoys"}
        return outcome not in needs or all(getattr(s, needs[outcome]) for s in ask.skills)
    if ask.kind == "experience":
        return {
            "equivalent": len(ask.titles) > 1 or ask.is_field, "adjacent": bool(ask.near),
            "split": ask.years is not None and ask.years >= 2,
            "short": ask.years is not None, "far short": ask.years is not None and ask.years >= 2,
        }.get(outcome, True)  # fmt: skip
    return {
        "higher": ask.level < 6, "lower": ask.level > 1, "other field": ask.level > 1,
        "in progress": ask.level in (4, 5),
        "too low": ask.level > 3,
    }.get(outcome, True)  # fmt: skip
