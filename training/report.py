"""Reports in Markdown: the tables of an evaluation (the paper's Tables 2 and 3) and the report folder of a run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.errors import DataError, UsageError
from training import figures

SHARES = ("accuracy", "precision", "recall", "f1", "auc", "paired_accuracy", "review_share", "accuracy_decided")
HEADS = {
    "accuracy": "accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "auc": "AUC",
    "paired_accuracy": "paired accuracy",
    "mae": "MAE",
    "rmse": "RMSE",
    "spearman": "Spearman",
    "ece": "ECE",
    "review_share": "review share",
    "accuracy_decided": "accuracy where decided",
}
RUN_FIGURES = ("loss", "eval_loss", "reward", "kl", "rejected_share", "frac_reward_zero_std", "completion_length")


def figure_text(m: Mapping, key: str) -> str:
    """One figure with its interval: `91.4 [84.5, 95.4]`; shares and AUC in per cent, errors in points, `-` for none."""
    value, bounds = m.get(key), m["intervals"].get(key)
    if value is None:
        return "-"
    scale, digits = (100, 1) if key in SHARES else (1, 3 if key in ("spearman", "ece") else 2)
    text = f"{scale * value:.{digits}f}"
    return f"{text} [{scale * bounds[0]:.{digits}f}, {scale * bounds[1]:.{digits}f}]" if bounds else text


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def rivals(metrics: Mapping) -> dict[str, Mapping]:
    """The baselines and the expert heuristic: what an adapter has to beat."""
    return {"expert_heuristic": metrics["expert_heuristic"], **metrics["baselines"]}


def judges(metrics: Mapping) -> dict[str, Mapping]:
    """Adapters, then all without a model, as {name: figures}."""
    return {**metrics["adapters"], **rivals(metrics)}


def figures_table(shown: Mapping[str, Mapping], keys: Sequence[str]) -> str:
    """One line a judge, one column a figure; `shown` maps a judge to its figures."""
    rows = [[figures.name(judge), *(figure_text(m, key) for key in keys)] for judge, m in shown.items()]
    return _table(["", *(HEADS[key] for key in keys)], rows)


def confusion_table(metrics: Mapping) -> str:
    """The paper's counts with its score errors beside them."""
    keys, errors = ("tp", "fn", "tn", "fp"), ("mae", "rmse", "spearman")
    rows = [
        [figures.name(judge), *(m["confusion"][key] for key in keys), *(figure_text(m, key) for key in errors)]
        for judge, m in judges(metrics).items()
    ]
    return _table(["", *(key.upper() for key in keys), *(HEADS[key] for key in errors)], rows)


def compared(metrics: Mapping) -> list[str]:
    """For each adapter, accuracy, AUC and paired accuracy against the best baseline: does the interval clear it?"""
    lines = []
    for judge, m in metrics["adapters"].items():
        for key in ("accuracy", "auc", "paired_accuracy"):
            others = {n: b for n, b in rivals(metrics).items() if b.get(key) is not None}
            if m.get(key) is None or not others:
                continue
            best = max(others, key=lambda n: others[n][key])
            if m["intervals"][key][0] > others[best]["intervals"][key][1]:
                word = "above it, the intervals do not overlap"
            else:
                word = "above it, but the intervals overlap" if m[key] > others[best][key] else "**not above it**"
            own, other = figure_text(m, key), figure_text(others[best], key)
            lines.append(
                f"- {figures.name(judge)}, {HEADS[key]}: {own}; best baseline {figures.name(best)} {other}: {word}."
            )
    return lines


def _test_line(first: str, second: str, test: Mapping) -> str:
    one, two = figures.name(first), figures.name(second)
    finding = "a difference that chance rarely makes" if test["p"] < 0.05 else "no more than chance would make"
    return f"- {one} alone is right on {test['b']} rows, {two} alone on {test['c']}: p = {test['p']:.4g}, {finding}."


def tests_text(metrics: Mapping) -> str:
    """McNemar's exact tests in words."""
    lines = [_test_line("sft", "grpo", metrics["mcnemar"])] if metrics["mcnemar"] else []
    for rule, tests in metrics["mcnemar_rules"].items():
        lines += [_test_line(judge, rule, test) for judge, test in tests.items()]
    return "\n".join(lines)


def evaluation_markdown(metrics: Mapping, pictures: Sequence[str], level: int = 1) -> str:
    """An evaluation's `metrics.json` as Markdown: tables, tests, pictures. `pictures` are paths beside the report."""
    mark = "#" * level
    positives = metrics["n_selected"]
    facts = f"{metrics['n']} pairs, {positives} labelled SELECTED and {metrics['n'] - positives} REJECTED."
    if metrics["n_failed"]:
        facts += f" {metrics['n_failed']} could not be judged and count as wrong: {', '.join(metrics['failed'][:10])}"
        facts += " and more." if metrics["n_failed"] > 10 else "."
    parts = [
        f"{mark} Evaluation",
        facts + " Brackets hold 95 % intervals. Shares and AUC are in per cent, score errors in points of 100.",
        *(f"**Warning:** {warning}" for warning in metrics["warnings"]),
        f"{mark}# Status (the paper's Table 2)",
        figures_table(judges(metrics), ("accuracy", "precision", "recall", "f1", "auc", "paired_accuracy")),
        "The status is the forced one, before anything goes to review. Expert heuristic and coverage rule see the same "
        "evidence as the model; TF-IDF and Embedding decide at the median of their own scores over this set.",
        f"{mark}# Confusion and score (the paper's Table 3)",
        confusion_table(metrics),
        f"{mark}# Calibration and review",
        figures_table(metrics["adapters"], ("ece", "review_share", "accuracy_decided")),
        f"{mark}# Better than a baseline?",
        "\n".join(compared(metrics)),
        "McNemar's exact test, two-sided:\n\n" + tests_text(metrics),
        f"{mark}# Figures",
        *(f"![{Path(picture).stem}]({picture})" for picture in pictures),
        f"{mark}# Versions",
        "\n".join(f"- {key}: `{value}`" for key, value in metrics["versions"].items()) or "- not stated",
        f"Judged in {metrics['seconds']:.0f} s.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def read_log(run_dir: Path) -> list[dict]:
    """The lines of a run's `metrics.jsonl`, each with a `step`. A torn last line (a killed run) is left out."""
    path = run_dir / "metrics.jsonl"
    if not path.is_file():
        raise UsageError(f"{run_dir} is no run folder: it holds no metrics.jsonl.")
    lines, rows = path.read_text(encoding="utf-8").splitlines(), []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            if number == len(lines):
                break
            raise DataError(f"{path}, line {number}: not a JSON object ({error}).") from error
        if not isinstance(row, dict) or not isinstance(row.get("step"), int | float):
            raise DataError(f"{path}, line {number}: needs a number `step`.")
        rows.append(row)
    return rows


def run_figures(run_dir: Path, out_dir: Path) -> list[Path]:
    """The picture of a run's log: figure 2 where it has rewards (GRPO), else figure 1; none where it has no loss."""
    rows, name = read_log(run_dir), run_dir.resolve().name
    made = figures.grpo_curves(rows, out_dir / "fig2_grpo_loss_kl_reward.png", f"GRPO: loss, KL and reward ({name})")
    made = made or figures.loss_curves(rows, out_dir / "fig1_loss_curves.png", f"Training and validation loss ({name})")
    return [made] if made else []


def run_table(rows: Sequence[Mapping]) -> str:
    """First, least, greatest and last value of what the run logged."""
    keys = [*RUN_FIGURES, *sorted({key for row in rows for key in row if key.startswith("reward/")})]
    lines = []
    for key in keys:
        _, values = figures.series(rows, key)
        if values:
            lines.append([key, *(f"{v:.4g}" for v in (values[0], min(values), max(values), values[-1]))])
    return _table(["", "first", "least", "greatest", "last"], lines)


def report(run_dir: Path, evaluations: Sequence[Path] = ()) -> Path:
    """Write `run_dir/report/`: report.md and figure 1 or 2, with the tables and figures of evaluation folders.

    Returns the report's path. UsageError where `run_dir` is no run folder or an evaluation has no metrics.json;
    DataError for a broken log line.
    """
    run_dir = Path(run_dir)
    rows, out_dir = read_log(run_dir), run_dir / "report"
    for folder in evaluations:
        if not (Path(folder) / "metrics.json").is_file():
            raise UsageError(f"{folder} is no evaluation folder: it holds no metrics.json.")
    out_dir.mkdir(exist_ok=True)
    parts = [f"# Run {run_dir.resolve().name}", status_line(run_dir, rows), run_table(rows)]
    parts += [f"![{path.stem}]({path.name})" for path in run_figures(run_dir, out_dir)]
    for folder in map(Path, evaluations):
        copies = out_dir / folder.resolve().name
        copies.mkdir(exist_ok=True)
        pictures = [shutil.copy(picture, copies) for picture in sorted(folder.glob("fig*.png"))]
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        shown = [Path(picture).relative_to(out_dir).as_posix() for picture in pictures]
        parts += [f"---\n\nFrom `{folder.resolve().name}`:", evaluation_markdown(metrics, shown, level=2)]
    path = out_dir / "report.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def status_line(run_dir: Path, rows: Sequence[Mapping]) -> str:
    """What became of the run, in a sentence."""
    steps = f"{len(rows)} log lines up to step {max((row['step'] for row in rows), default=0)}."
    path = run_dir / "status.json"
    if not path.is_file():
        return steps
    status = json.loads(path.read_text(encoding="utf-8"))
    words = [f"{key}: {status[key]}" for key in ("state", "reason") if status.get(key)]
    return f"{steps} {'; '.join(words)}." if words else steps
