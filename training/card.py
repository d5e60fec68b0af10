"""The model card of an adapter, from its manifest, its recipe and its evaluations: nothing in it is typed by hand.

Launch: python -m training.card model/adapters/grpo EVALUATION_DIR...   (folders that `app.py evaluate` wrote)
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from model.calibration import FILE as CALIBRATION
from model.errors import DataError

COLUMNS = (("accuracy", 100, 1), ("precision", 100, 1), ("recall", 100, 1), ("f1", 100, 1), ("auc", 100, 1),
           ("paired_accuracy", 100, 1), ("mae", 1, 1), ("rmse", 1, 1), ("ece", 1, 3), ("review_share", 100, 1))
LIMITS = """## Intended use and limits

Decision support for recruiters: it marks requirements against quoted evidence and suggests; a human decides. It judges
what the finder shows it, in English; it has not been validated for legal compliance, and it must not reject anybody
alone. Training data are synthetic: professions, layouts and wordings beyond them are where it errs, so compare it with
your own past decisions (`python app.py evaluate`) before relying on it. The score is a rule's scale, not a measure of a
person."""


def card(adapter: Path, evaluations: Sequence[Path]) -> str:
    """The card as Markdown. Raises DataError naming the file that is missing or unreadable."""
    manifest = _read(adapter / "manifest.json")
    lines = [
        f"# Adapter `{adapter.name}`", "",
        f"LoRA adapter of Shortlist for the base `{manifest['base']}`; Apache-2.0. "
        "Written by `python -m training.card`.",
        "",
        "| | |", "| --- | --- |",
        f"| stage, recipe | {manifest['stage']}, `{manifest['recipe']}` |",
        f"| weights, SHA-256 | `{manifest['sha256']}` |",
        f"| parent adapter, SHA-256 | {_code(manifest['parent_sha256'])} |",
        f"| data, SHA-256 | `{manifest['data_sha256']}` |",
        f"| examples | {manifest['examples']['train']} for training, {manifest['examples']['validation']} held out |",
        f"| optimiser steps, seed | {manifest['steps']}, {manifest['seed']} |",
        f"| versions | {', '.join(f'{k} {v}' for k, v in manifest['versions'].items())} |", ""]
    if (adapter / CALIBRATION).is_file():
        fitted = _read(adapter / CALIBRATION)
        weights = ", ".join(f"{n} {w:.2f}" for n, w in zip(fitted["features"], fitted["weights"], strict=True))
        lines += [f"Calibration of the probability: {weights}, bias {fitted['bias']:.2f}; temperature of the mark "
                  f"probabilities {fitted.get('temperature', 1.0):.2f}.", ""]
    for folder in evaluations:
        lines += _evaluation(adapter.name, folder)
    return "\n".join([*lines, LIMITS, ""])


def _evaluation(name: str, folder: Path) -> list[str]:
    found = _read(folder / "metrics.json")
    if name not in found["adapters"]:
        raise DataError(f"{folder}/metrics.json holds no figures of the adapter {name!r}: evaluate it first")
    rows = {name: found["adapters"][name], "expert heuristic": found.get("expert_heuristic"), **found["baselines"]}
    shown = [c for c in COLUMNS if found["adapters"][name][c[0]] is not None]
    table = [f"## On {folder.name}: {found['n']} pairs", "",
             "| | " + " | ".join(key for key, _, _ in shown) + " |", "| --- |" + " ---: |" * len(shown)]
    for label, metrics in rows.items():
        if metrics:
            table.append(f"| {label} | " + " | ".join(_cell(metrics, *column) for column in shown) + " |")
    return [*table, "", "Shares in per cent; brackets hold 95 % intervals.", ""]


def _cell(metrics: dict, key: str, factor: float, digits: int) -> str:
    value, interval = metrics[key], metrics["intervals"].get(key)
    if value is None:
        return "-"
    text = f"{factor * value:.{digits}f}"
    return f"{text} [{factor * interval[0]:.{digits}f}, {factor * interval[1]:.{digits}f}]" if interval else text


def _code(value: str | None) -> str:
    return f"`{value}`" if value else "none"


def _read(file: Path) -> dict:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{file} cannot be read: {error}") from error


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapter", type=Path)
    parser.add_argument("evaluations", type=Path, nargs="*")
    args = parser.parse_args(arguments)
    target = args.adapter / "README.md"
    target.write_text(card(args.adapter, args.evaluations), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
