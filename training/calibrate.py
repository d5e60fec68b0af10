"""Fit an adapter's calibration on validation samples. Launch: python -m training.calibrate ADAPTER_FOLDER [--n 400]

First the temperature of the mark probabilities, by the likelihood of the marks that the shown evidence deserves. Then
logistic regression over `model.calibration.FEATURES` with non-negative weights (more evidence never lowers the
probability) and a small L2 penalty, by projected gradient descent. The target is the status that the evidence shown
deserves by the rule, as it is for the marks: what the finder did not bring, a probability cannot know. The corpus
tells a third of the met skills in words that share nothing with the job's, far more than real resumes do, and a
probability fitted to its labels expects unseen proof everywhere (training/LOG.md has the figures).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.calibration import Calibration, features
from model.schema import Requirement
from model.uncertainty import score_range
from training.corpus import AS_OF, Sample, generate
from training.dataset import Example, build_example

PENALTY = 1e-3
STEPS = 4000
TEMPERATURES = np.arange(0.5, 4.01, 0.05)


@dataclass(frozen=True)
class Case:
    """A validation sample as an adapter judged it. `shown_marks` and `shown_score` are what its shown evidence
    deserves, None where that is not known; `target` is the status to aim at, 0 or 1."""

    requirements: tuple[Requirement, ...]
    mark_probabilities: tuple[tuple[float, ...], ...]
    score: int
    shown_marks: tuple[int | None, ...]
    shown_score: int | None
    target: float


def fit(cases: Sequence[Case]) -> Calibration:
    """Temperature, weights and bias. Raises ValueError for no cases."""
    if not cases:
        raise ValueError("a calibration needs cases")
    flat = Calibration(temperature=fit_temperature(cases))
    values = np.array([features(c.requirements, flat.flatten(c.mark_probabilities)) for c in cases])
    weights, bias = fit_weights(values, np.array([c.target for c in cases]))
    return replace(flat, weights=weights, bias=bias)


def fit_temperature(cases: Sequence[Case]) -> float:
    """The temperature at which the deserved marks are likeliest; 1 where none is known."""
    known = [(p, m) for c in cases for p, m in zip(c.mark_probabilities, c.shown_marks, strict=True) if m is not None]
    if not known:
        return 1.0
    logs = np.log(np.clip(np.array([p for p, _ in known]), 1e-9, 1.0))
    marks = np.array([m for _, m in known])

    def loss(temperature: float) -> float:
        scaled = logs / temperature
        return float(np.mean(np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(marks)), marks]))

    return round(float(min(TEMPERATURES, key=loss)), 2)


def fit_weights(values: np.ndarray, labels: np.ndarray, penalty: float = PENALTY) -> tuple[tuple[float, ...], float]:
    """Weights and bias of the logistic function, from features [n, 3] and labels [n] in [0, 1]."""
    scale = values.std(axis=0) + 1e-6
    centre = values.mean(axis=0)
    x = (values - centre) / scale
    weights, bias = np.zeros(x.shape[1]), 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ weights + bias)))
        error = p - labels
        weights = np.maximum(0.0, weights - 0.5 * (x.T @ error / len(x) + penalty * weights))
        bias -= 0.5 * error.mean()
    final = weights / scale
    return tuple(float(w) for w in final), float(bias - centre @ final)


def collect(engine, adapter: str, n: int, seed: int, split: str = "validation") -> list[Case]:
    """An adapter's verdicts on generated samples, as it gives them without a calibration."""
    from model.pipeline import judge_texts  # noqa: PLC0415 - loads torch

    samples, before = list(generate(n, seed, split)), engine.calibrations.get(adapter, Calibration())
    engine.calibrations[adapter] = Calibration()
    try:
        results = list(judge_texts(((s.job, s.resume) for s in samples), engine, [adapter], AS_OF))
    finally:
        engine.calibrations[adapter] = before
    return [case_of(sample, result.brief.job.requirements, result.verdicts[adapter])
            for sample, result in zip(samples, results, strict=True) if result.brief is not None]


def case_of(sample: Sample, requirements: tuple[Requirement, ...], verdict) -> Case:
    example: Example | None = build_example(sample)
    deserved = dict(zip(example.brief.job.requirements, example.truth.marks, strict=True)) if example else {}
    target = float(example.truth.status == "SELECTED" if example else sample.label)
    return Case(requirements, verdict.mark_probabilities, verdict.score, tuple(map(deserved.get, requirements)),
                example and example.truth.score, target)


def main(arguments: Sequence[str] | None = None) -> None:
    from model.engine import Engine  # noqa: PLC0415 - loads torch

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapter", help="name of an installed adapter")
    parser.add_argument("--n", type=int, default=400, help="validation samples")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(arguments)
    engine = Engine.load(adapters=[args.adapter])
    cases = collect(engine, args.adapter, args.n, args.seed)
    calibration = fit(cases)
    calibration.save(Path(engine.adapters[args.adapter].folder))
    errors, held = [], []
    for case in cases:
        marks = calibration.flatten(case.mark_probabilities)
        errors.append((calibration(features(case.requirements, marks)) - case.target) ** 2)
        low, high = score_range(case.requirements, marks, case.score)
        held.append(case.shown_score is not None and low <= case.shown_score <= high)
    print(f"{args.adapter}: Brier {np.mean(errors):.4f} on {len(cases)} validation samples; the range holds the score "
          f"that the shown evidence deserves in {np.mean(held):.0%}; {calibration}")


if __name__ == "__main__":
    main()
