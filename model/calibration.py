"""From the marks' probabilities to a calibrated probability of SELECTED.

The status token is over-sure: it has read marks that were themselves decided, and ranks candidates worse than the
marks' own probabilities do. So the probability, and with it the status that serves, is a logistic function of three
expectations under the mark probabilities: of the score, of the weakest required experience or education, and of the
required skills. GRPO makes marks surer than they are right, so the mark probabilities are flattened by a temperature
first. All of it is fitted on validation samples of the corpus (`training.calibrate`) and travels with the adapter.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from model.errors import AdapterError
from model.rubric import KIND_WEIGHTS, coverage
from model.schema import KINDS, Requirement

FILE = "calibration.json"
FEATURES = ("expected_score", "weakest_required", "required_skills")


def features(requirements: Sequence[Requirement],
             mark_probabilities: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The three features of FEATURES, shares in [0, 1]; `mark_probabilities[i]` is (p_not, p_partly, p_met). Each
    requirement counts by the parser's certainty."""
    requirements = [replace(r, weight=r.weight * r.certainty) for r in requirements]
    soft = [p[1] + 2 * p[2] for p in mark_probabilities]
    shares = {kind: coverage(requirements, soft, kind) for kind in KINDS}
    weights = {kind: KIND_WEIGHTS[kind] for kind in KINDS if shares[kind] is not None}
    score = sum(w * shares[k] for k, w in weights.items()) / sum(weights.values())
    gates = [m / 2 for r, m in zip(requirements, soft, strict=True) if r.must and r.kind != "skill"]
    skills = coverage(requirements, soft, "skill", must_only=True)
    return score, min(gates, default=1.0), 1.0 if skills is None else skills


@dataclass(frozen=True)
class Calibration:
    """Weights of a logistic function over FEATURES; the default, for an adapter without its own, looks at the expected
    score alone: one half at 60 of 100."""

    weights: tuple[float, ...] = (10.0, 0.0, 0.0)
    bias: float = -6.0
    temperature: float = 1.0
    """Of the mark probabilities: above 1 they are less sure."""

    def flatten(self, mark_probabilities: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
        """Each mark's probabilities at the temperature: p ** (1 / T), made to add up to 1. No mark changes."""
        if self.temperature == 1.0:
            return tuple(tuple(p) for p in mark_probabilities)
        flat = [[q ** (1 / self.temperature) for q in p] for p in mark_probabilities]
        return tuple(tuple(q / sum(p) for q in p) for p in flat)

    def __call__(self, values: Sequence[float]) -> float:
        z = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))

    @classmethod
    def load(cls, folder: Path) -> Calibration:
        """The calibration of an adapter folder, or the default where it has none. Raises AdapterError for one of
        another version."""
        file = folder / FILE
        if not file.is_file():
            return cls()
        row = json.loads(file.read_text())
        if row["features"] != list(FEATURES):
            raise AdapterError(f"{file} was fitted to other features: fit it again with python -m training.calibrate "
                               f"{folder.name}, or delete it")
        return cls(tuple(row["weights"]), row["bias"], row.get("temperature", 1.0))

    def save(self, folder: Path) -> None:
        row = {"features": list(FEATURES), "weights": list(self.weights), "bias": self.bias,
               "temperature": self.temperature}
        (folder / FILE).write_text(json.dumps(row, indent=1) + "\n")
