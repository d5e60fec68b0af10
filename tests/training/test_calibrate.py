"""Fitting a calibration: the temperature that undoes over-sure marks, and a probability that follows the target."""

from __future__ import annotations

import numpy as np
import pytest

from model.calibration import Calibration, features
from model.schema import Requirement
from training.calibrate import Case, fit, fit_temperature

ASKED = (Requirement("sql", "skill"), Requirement("audit", "skill", must=False),
         Requirement("accountant", "experience", years=2.0))


def cases(n: int, power: float, seed: int = 0) -> list[Case]:
    """Marks drawn from known probabilities, which the adapter states to the `power`: above 1 it is over-sure."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(n):
        true = rng.dirichlet((0.7, 0.4, 0.7), len(ASKED))
        marks = tuple(int(rng.choice(3, p=p)) for p in true)
        stated = true ** power / (true ** power).sum(1, keepdims=True)
        target = float(sum(marks) >= 4)
        made.append(Case(ASKED, tuple(map(tuple, stated)), 50, marks, 50, target))
    return made


@pytest.mark.parametrize("power", [1.0, 2.0, 0.7])
def test_the_temperature_undoes_what_is_over_sure(power: float):
    assert fit_temperature(cases(2000, power)) == pytest.approx(power, rel=0.1)


def test_unknown_marks_say_nothing():
    some = [Case(c.requirements, c.mark_probabilities, 50, (None,) * 3, None, c.target) for c in cases(20, 3.0)]
    assert fit_temperature(some) == 1.0
    with pytest.raises(ValueError, match="needs cases"):
        fit([])


def test_the_probability_follows_the_target_at_any_sharpness():
    errors = []
    for power in (1.0, 2.5):
        fitted = fit(cases(800, power))
        fresh = cases(800, power, seed=1)
        p = np.array([fitted(features(ASKED, fitted.flatten(c.mark_probabilities))) for c in fresh])
        wanted = np.array([c.target for c in fresh])
        errors.append(float(np.mean((p - wanted) ** 2)))
        assert errors[-1] < 0.75 * float(np.mean((wanted.mean() - wanted) ** 2)) and min(fitted.weights) >= 0
    assert errors[1] == pytest.approx(errors[0], abs=0.01)


def test_flattening_changes_no_mark():
    stated = ((0.9, 0.08, 0.02), (0.2, 0.5, 0.3), (0.0, 0.0, 1.0))
    assert Calibration().flatten(stated) == stated
    flat = Calibration(temperature=2.0).flatten(stated)
    assert all(sum(p) == pytest.approx(1.0) for p in flat)
    assert [p.index(max(p)) for p in flat] == [0, 1, 2] and flat[0][0] < 0.9 and flat[2] == (0.0, 0.0, 1.0)
