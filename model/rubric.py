"""The expert rule and the reward: one definition for the corpus, GRPO, the screen and the reports.

**The rule** (`expected`) turns marks into sub-scores, a score and a status, so that they can never disagree:

- a mark counts met 1, partly 1/2, not 0; a must-have weighs 2, a nice-to-have 1 (times the recruiter's own weight);
- a sub-score is the weighted mean of its kind, 0-100;
- the score is 0.50 skills + 0.35 experience + 0.15 education, renormalised over the kinds that the job asks for;
- a gate fails where a must-have experience or education is marked not met, or where must-have skills reach less than
  65 %: the score then shrinks by 0.7 and stays under 60;
- SELECTED is a score of 60 or more.

**The reward** is the paper's Table 1: R = sum of W_i * S_i over four components. Two readings of it:

- `paper`: to the letter. The skills component looks only at the candidate, so inside a GRPO group it is a constant.
- `grounded` (default): same components, weights and ranges, but each S depends on the completion, so each carries
  advantage and only an honest completion reaches the maximum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from model.schema import KINDS, MET, NOT_MET, Kind, Requirement, Status

SELECT_AT = 60
GATE_FACTOR = 0.7
SKILL_GATE = 0.65
KIND_WEIGHTS: dict[Kind, float] = {"skill": 0.50, "experience": 0.35, "education": 0.15}
COMPONENTS = ("status_correctness", "score_accuracy", "skills_matching", "experience_evaluation")
SCORE_TOLERANCE = 5  # points within which a score "matches" the expected one
SCORE_SPAN = 40  # points of error at which the grounded score component reaches its minimum


@dataclass(frozen=True)
class Expected:
    """What the rule says of some marks. Sub-scores are 0-100, or None where the job asks nothing of the kind."""

    skills: int | None
    experience: int | None
    education: int | None
    score: int
    status: Status
    failed_gates: tuple[str, ...] = ()

    def sub(self, kind: Kind) -> int | None:
        return {"skill": self.skills, "experience": self.experience, "education": self.education}[kind]


def coverage(requirements: Sequence[Requirement], marks: Sequence[float], kind: Kind | None = None,
             must_only: bool = False) -> float | None:
    """Weighted share of requirements that is covered, in [0, 1]; None where there is no such requirement.

    `marks` may be fractional (an expectation over mark probabilities).
    """
    total = covered = 0.0
    for req, mark in zip(requirements, marks, strict=True):
        if (kind is None or req.kind == kind) and (req.must or not must_only):
            weight = (2.0 if req.must else 1.0) * req.weight
            total += weight
            covered += weight * mark / MET
    return covered / total if total else None


def failed_gates(requirements: Sequence[Requirement], marks: Sequence[int]) -> tuple[str, ...]:
    """The must-haves that forbid SELECTED, in words."""
    failed = [f"required {r.kind} is missing: {r.text}" for r, m in zip(requirements, marks, strict=True)
              if r.must and r.kind != "skill" and m == NOT_MET]
    skills = coverage(requirements, marks, "skill", must_only=True)
    if skills is not None and skills < SKILL_GATE:
        failed.append(f"{skills:.0%} of the required skills are covered, under {SKILL_GATE:.0%}")
    return tuple(failed)


def sub_scores(requirements: Sequence[Requirement], marks: Sequence[int]) -> dict[Kind, int | None]:
    """Sub-score 0-100 of each kind, None where the job asks nothing of it."""
    shares = {kind: coverage(requirements, marks, kind) for kind in KINDS}
    return {kind: None if share is None else int(100 * share + 0.5) for kind, share in shares.items()}


def expected(requirements: Sequence[Requirement], marks: Sequence[int]) -> Expected:
    """The rule above. `marks[i]` in {0, 1, 2}; raises ValueError where the lengths differ or nothing is required."""
    if not requirements:
        raise ValueError("the rule needs at least one requirement")
    subs = sub_scores(requirements, marks)
    present = {kind: KIND_WEIGHTS[kind] for kind in KINDS if subs[kind] is not None}
    raw = sum(weight * subs[kind] for kind, weight in present.items()) / sum(present.values())
    gates = failed_gates(requirements, marks)
    if gates:
        raw = min(GATE_FACTOR * raw, SELECT_AT - 1)
    score = int(raw + 0.5)
    status: Status = "SELECTED" if score >= SELECT_AT else "REJECTED"
    return Expected(subs["skill"], subs["experience"], subs["education"], score, status, gates)


# --- the reward ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RewardSpec:
    """Weights W_i and the S of each status outcome; the defaults are the paper's Table 1.

    The paper's early, harsh penalties are `RewardSpec(false_negative=-5, false_positive=-2)`. The S of score, skills
    and experience lies in [-1, 1] by their definition.
    """

    name: str = "grounded"
    weights: dict[str, float] = field(default_factory=lambda: dict(zip(COMPONENTS, (0.4, 0.2, 0.2, 0.2), strict=True)))
    true_positive: float = 2.0
    true_negative: float = 2.0
    false_positive: float = -1.0
    false_negative: float = -2.0

    def __post_init__(self) -> None:
        if self.name not in ("paper", "grounded"):
            raise ValueError(f"unknown reward {self.name!r}: choose 'paper' or 'grounded'")
        if set(self.weights) != set(COMPONENTS):
            raise ValueError(f"reward weights must name exactly {', '.join(COMPONENTS)}, not {', '.join(self.weights)}")


PAPER = RewardSpec(name="paper", true_negative=0.0)
GROUNDED = RewardSpec()


@dataclass(frozen=True)
class Truth:
    """What a completion is held against: the label in training, the expert heuristic or the recruiter at serving."""

    requirements: tuple[Requirement, ...]
    marks: tuple[int, ...]
    status: Status
    score: int
    source: str = "the label"

    @classmethod
    def from_marks(cls, requirements: Sequence[Requirement], marks: Sequence[int], source: str = "the label",
                   status: Status | None = None) -> Truth:
        """The truth that the rule derives from `marks`; `status` overrides it with a human's verdict."""
        rule = expected(requirements, marks)
        score = rule.score
        if status is not None and status != rule.status:
            score = max(score, SELECT_AT) if status == "SELECTED" else min(score, SELECT_AT - 1)
        return cls(tuple(requirements), tuple(marks), status or rule.status, score, source)


@dataclass(frozen=True)
class Answer:
    """The part of a completion that the reward looks at. None stands for a completion that is no valid verdict."""

    marks: tuple[int, ...]
    score: int
    status: Status
    subs_consistent: bool = True


@dataclass(frozen=True)
class Component:
    """One line of Table 1: S, its weight W, and the reason in words. S is None where the job asks nothing of it."""

    S: float | None
    weight: float
    why: str

    @property
    def value(self) -> float:
        return 0.0 if self.S is None else self.weight * self.S


@dataclass(frozen=True)
class Reward:
    """The four components and their weighted sum."""

    components: dict[str, Component]

    @property
    def total(self) -> float:
        return sum(c.value for c in self.components.values())

    def to_json(self) -> dict:
        row: dict = {name: {"S": None if c.S is None else round(c.S, 4), "weight": c.weight, "why": c.why}
                     for name, c in self.components.items()}
        row["total"] = round(self.total, 4)
        return row


def reward(answer: Answer | None, truth: Truth, spec: RewardSpec = GROUNDED) -> Reward:
    """R of one completion (paper, Table 1). `answer` None (invalid JSON) earns every component's minimum."""
    functions = {
        "status_correctness": _status_correctness,
        "score_accuracy": _score_accuracy_paper if spec.name == "paper" else _score_accuracy_grounded,
        "skills_matching": _skills_paper if spec.name == "paper" else _skills_grounded,
        "experience_evaluation": _experience_paper if spec.name == "paper" else _experience_grounded,
    }
    parts = {}
    for name in COMPONENTS:
        if answer is None:
            worst = min(spec.false_negative, spec.false_positive) if name == "status_correctness" else -1.0
            s, why = worst, "the answer is not a valid verdict"
        else:
            s, why = functions[name](answer, truth, spec)
        parts[name] = Component(s, spec.weights[name], why)
    return Reward(parts)


def _status_correctness(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float, str]:
    if answer.status == truth.status:
        s = spec.true_positive if answer.status == "SELECTED" else spec.true_negative
        return s, f"{answer.status} agrees with {truth.source}"
    s = spec.false_positive if answer.status == "SELECTED" else spec.false_negative
    return s, f"{answer.status}, but {truth.source} says {truth.status}"


def _consistent(answer: Answer) -> bool:
    return (answer.score >= SELECT_AT) == (answer.status == "SELECTED")


def _score_accuracy_paper(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float, str]:
    if not 0 <= answer.score <= 100 or not _consistent(answer):
        return -1.0, f"score {answer.score} contradicts {answer.status}"
    if abs(answer.score - truth.score) <= SCORE_TOLERANCE:
        return 1.0, f"score {answer.score} matches the expected {truth.score}"
    if (answer.score >= SELECT_AT) == (truth.score >= SELECT_AT):
        return 0.0, f"score {answer.score} is on the same side as the expected {truth.score}"
    return -1.0, f"score {answer.score} is on the other side of the expected {truth.score}"


def _score_accuracy_grounded(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float, str]:
    if not 0 <= answer.score <= 100 or not _consistent(answer):
        return -1.0, f"score {answer.score} contradicts {answer.status}"
    error = abs(answer.score - truth.score)
    return 1.0 - 2.0 * min(1.0, error / SCORE_SPAN), f"score {answer.score}, expected {truth.score}"


def _skills_paper(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float, str]:
    share = coverage(truth.requirements, truth.marks, "skill")
    if share is None:
        return -1.0, "no skill data"
    s = 1.0 if share >= 0.75 else 0.0 if share >= 0.40 else -1.0
    return s, f"the candidate covers {share:.0%} of the skills"


def _experience_paper(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float, str]:
    level = expected(truth.requirements, truth.marks).experience
    if level is None:
        return -1.0, "no experience data"
    fits = level >= SELECT_AT
    score_fits, status_fits = (answer.score >= SELECT_AT) == fits, (answer.status == "SELECTED") == fits
    s = 1.0 if score_fits and status_fits else 0.0 if score_fits or status_fits else -1.0
    return s, f"experience level {level} %, score {answer.score}, {answer.status}"


def _mark_credit(answer: Answer, truth: Truth, kinds: tuple[Kind, ...]) -> tuple[float | None, int, int]:
    """Mean credit of the marks of some kinds (right 1, off by one 0, off by two -1), how many are right, and of how
    many."""
    if len(answer.marks) != len(truth.marks):
        return -1.0, 0, len(truth.marks)
    errors = [abs(a - t) for r, a, t in zip(truth.requirements, answer.marks, truth.marks, strict=True)
              if r.kind in kinds]
    if not errors:
        return None, 0, 0
    return sum(1.0 - e for e in errors) / len(errors), errors.count(0), len(errors)


def _skills_grounded(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float | None, str]:
    s, right, n = _mark_credit(answer, truth, ("skill",))
    if s is None:
        return None, "the job asks for no skill"
    if not answer.subs_consistent:
        return -1.0, "the sub-scores are not what the marks count to"
    return s, f"{right} of {n} skills marked as {truth.source} has them"


def _experience_grounded(answer: Answer, truth: Truth, spec: RewardSpec) -> tuple[float | None, str]:
    s, right, n = _mark_credit(answer, truth, ("experience", "education"))
    if s is None:
        return None, "the job asks for no experience or education"
    if not answer.subs_consistent:
        return -1.0, "the sub-scores are not what the marks count to"
    missing = [g for g in expected(truth.requirements, truth.marks).failed_gates if not g.endswith("%")]
    if missing and answer.status == "SELECTED":
        return min(s, 0.0), f"SELECTED although {missing[0]}"
    return s, f"{right} of {n} experience and education requirements marked as {truth.source} has them"
