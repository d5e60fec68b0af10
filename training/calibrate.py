"""Fit an adapter's calibration on validation samples. Launch: python -m training.calibrate ADAPTER_FOLDER [--n 400]

Logistic regression over `model.calibration.FEATURES` with non-negative weights (more evidence never lowers the
probability) and a small L2 penalty, by projected gradient descent. The target lies halfway between the sample's own
label and what the rule makes of the evidence shown: the corpus tells a third of the met skills in words that share
nothing with the job's, far more than real resumes do, and a probability fitted to the label alone expects unseen proof
everywhere (training/LOG.md has the figures).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from model.calibration import Calibration, features
from model.rubric import Truth
from training.corpus import AS_OF, Sample, generate
from training.dataset import build_example

PENALTY = 1e-3
STEPS = 4000


def fit(values: np.ndarray, labels: np.ndarray, penalty: float = PENALTY) -> Calibration:
    """Fit on features [n, 3] and labels [n] in [0, 1]."""
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
    return Calibration(tuple(float(w) for w in final), float(bias - centre @ final))


def collect(engine, adapter: str, n: int, seed: int,
            split: str = "validation") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features [n, 3] and targets [n] of an adapter's verdicts on generated samples, and whether the verdict's range
    holds the score that the shown evidence deserves [n]."""
    from model.pipeline import judge_texts  # noqa: PLC0415 - loads torch

    samples = list(generate(n, seed, split))
    results = judge_texts(((s.job, s.resume) for s in samples), engine, [adapter], AS_OF)
    rows, labels, held = [], [], []
    for sample, result in zip(samples, results, strict=True):
        if result.brief is not None:
            verdict = result.verdicts[adapter]
            rows.append(features(result.brief.job.requirements, verdict.mark_probabilities))
            shown = visible_truth(sample)
            labels.append((sample.label + (shown is not None and shown.status == "SELECTED")) / 2)
            low, high = verdict.score_range
            held.append(shown is not None and low <= shown.score <= high)
    return np.array(rows), np.array(labels), np.array(held)


def visible_truth(sample: Sample) -> Truth | None:
    """What the rule says of the marks that the shown evidence supports; None where the job could not be read."""
    example = build_example(sample)
    return example and example.truth


def main(arguments: Sequence[str] | None = None) -> None:
    from model.engine import Engine  # noqa: PLC0415 - loads torch

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapter", help="name of an installed adapter")
    parser.add_argument("--n", type=int, default=400, help="validation samples")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(arguments)
    engine = Engine.load(adapters=[args.adapter])
    values, labels, held = collect(engine, args.adapter, args.n, args.seed)
    calibration = fit(values, labels)
    calibration.save(Path(engine.adapters[args.adapter].folder))
    p = np.array([calibration(v) for v in values])
    print(f"{args.adapter}: Brier {np.mean((p - labels) ** 2):.4f} on {len(labels)} validation samples; the range "
          f"holds the score that the shown evidence deserves in {held.mean():.0%}; {calibration}")


if __name__ == "__main__":
    main()
