"""The pictures of the reports; the only module that loads matplotlib. A function writes one PNG, returns its path.

Colours are Okabe and Ito's, which stay apart for colour-blind readers; lines also differ in style, bars in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from PIL import Image

COLOURS = {
    "sft": "#0072B2",
    "grpo": "#D55E00",
    "expert_heuristic": "#4D4D4D",
    "coverage_rule": "#A6A6A6",
    "tfidf": "#56B4E9",
    "embedding": "#CC79A7",
}
OTHERS = ("#009E73", "#E69F00", "#F0E442", "#000000")
NAMES = {
    "sft": "SFT",
    "grpo": "GRPO",
    "expert_heuristic": "Expert heuristic",
    "coverage_rule": "Coverage rule",
    "tfidf": "TF-IDF",
    "embedding": "Embedding",
}
STYLE = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#666666",
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.08,
}
BAR_FIGURES = {
    "accuracy": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "auc": "AUC",
    "paired_accuracy": "Paired\naccuracy",
}
COMPONENT_STYLES = ("-", "--", "-.", ":")
COMPONENT_COLOURS = ("#0072B2", "#009E73", "#E69F00", "#CC79A7")


def name(judge: str) -> str:
    """The name that a reader sees."""
    return NAMES.get(judge, judge)


def colour(judge: str) -> str:
    return COLOURS.get(judge, OTHERS[0])


def _save(figure: Figure, path: Path) -> Path:
    """Save with a palette of 256 colours, a third of the size of full colour."""
    figure.set_dpi(130)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").quantize(256).save(path, optimize=True)
    return path


def series(rows: Sequence[Mapping], key: str) -> tuple[list[float], list[float]]:
    """(steps, values) of the log lines that hold a finite number under `key`."""
    found = [(row["step"], row[key]) for row in rows if isinstance(row.get(key), int | float)]
    found = [(step, value) for step, value in found if math.isfinite(value)]
    return [step for step, _ in found], [value for _, value in found]


def smooth(values: Sequence[float], reach: int) -> list[float]:
    """Centred moving mean over `reach` values to each side, as far as there are any."""
    sums, n = np.concatenate([[0.0], np.cumsum(values)]), len(values)
    bounds = [(max(0, at - reach), min(n, at + reach + 1)) for at in range(n)]
    return [float(sums[end] - sums[start]) / (end - start) for start, end in bounds]


def _trace(axes: Axes, rows: Sequence[Mapping], key: str, raw: bool = True, **style: object) -> bool:
    """A noisy series as a bold smoothed line over its faint raw one; False where the log has none."""
    steps, values = series(rows, key)
    reach = len(values) // 32
    if reach and raw:
        axes.plot(steps, values, color=style["color"], alpha=0.22, linewidth=0.8)
    if steps:
        axes.plot(steps, smooth(values, reach), marker="o" if len(steps) == 1 else None, **style)
    return bool(steps)


def loss_curves(rows: Sequence[Mapping], path: Path, title: str = "") -> Path | None:
    """Figure 1: training and validation loss over optimiser steps. None where the log has no loss."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7, 4))
        axes = figure.subplots()
        drawn = _trace(axes, rows, "loss", color=COLOURS["sft"], label="training (smoothed)")
        steps, values = series(rows, "eval_loss")
        if steps:
            axes.plot(steps, values, "o--", color=COLOURS["grpo"], markersize=4, label="validation")
        if not drawn and not steps:
            return None
        axes.set(xlabel="optimiser step", ylabel="loss (nats per token)", title=title or "Loss")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend()
        return _save(figure, path)


def grpo_curves(rows: Sequence[Mapping], path: Path, title: str = "") -> Path | None:
    """Figure 2: GRPO's loss, its KL to the SFT policy and the reward with its components. None without rewards."""
    components = sorted({key for row in rows for key in row if key.startswith("reward/")})
    if not series(rows, "reward")[0]:
        return None
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7, 8))
        loss, divergence, reward = figure.subplots(3, 1, sharex=True, height_ratios=[1, 1, 1.5])
        _trace(loss, rows, "loss", color=COLOURS["grpo"])
        loss.set(ylabel="loss", title=title or "GRPO: loss, KL and reward")
        _trace(divergence, rows, "kl", color=COLOURS["sft"])
        divergence.set(ylabel="KL to SFT policy\n(nats per token)")
        divergence.set_ylim(bottom=min(0, divergence.get_ylim()[0]))
        for place, key in enumerate(components):
            tint, line = COMPONENT_COLOURS[place % 4], COMPONENT_STYLES[place % 4]
            label = key.removeprefix("reward/").replace("_", " ")
            _trace(reward, rows, key, raw=False, color=tint, linestyle=line, label=label, linewidth=1.5)
        _trace(reward, rows, "reward", color="#000000", label="total (weighted)", linewidth=2.4)
        reward.set(xlabel="optimiser step", ylabel="mean reward (points)")
        reward.xaxis.set_major_locator(MaxNLocator(integer=True))
        reward.legend(ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.18), fontsize=9)
        return _save(figure, path)


def judge_bars(judges: Mapping[str, Mapping], path: Path, title: str) -> Path:
    """Figure 3: the judges' figures side by side with their 95 % intervals. `judges` maps a name to its figures."""
    keys = [key for key in BAR_FIGURES if any(m.get(key) is not None for m in judges.values())]
    width = 0.8 / max(1, len(judges))
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(8, 4.2))
        axes = figure.subplots()
        for place, (judge, m) in enumerate(judges.items()):
            for at, key in enumerate(keys):
                if m[key] is None:
                    continue
                x, bounds = at + (place - (len(judges) - 1) / 2) * width, m["intervals"].get(key) or [m[key]] * 2
                label = name(judge) if at == 0 else None
                axes.bar(x, m[key], width * 0.92, color=colour(judge), label=label)
                whiskers = [[max(0, m[key] - bounds[0])], [max(0, bounds[1] - m[key])]]
                axes.errorbar(x, m[key], yerr=whiskers, color="#222222", capsize=2.5, linewidth=1)
                axes.text(
                    x,
                    0.015,
                    f"{100 * m[key]:.1f}",
                    ha="center",
                    va="bottom",
                    fontsize=8,
                    color="white",
                    rotation=90 if len(judges) > 3 else 0,
                    weight="bold",
                )
        axes.set_xticks(range(len(keys)), [BAR_FIGURES[key] for key in keys])
        axes.set(ylim=(0, 1.04), ylabel="share of rows (AUC: area)", title=title)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.grid(axis="x", visible=False)
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=len(judges))
        return _save(figure, path)


def confusion_matrices(judges: Mapping[str, Mapping], path: Path) -> Path:
    """Figure 4: one matrix a judge, counts of the forced status with the share of their row."""
    blues = LinearSegmentedColormap.from_list("blues", ["#FFFFFF", COLOURS["sft"]])
    with matplotlib.rc_context(STYLE | {"axes.grid": False}):
        figure = Figure(figsize=(2.9 * len(judges) + 0.8, 3.3))
        for axes, (judge, m) in zip(figure.subplots(1, len(judges), squeeze=False)[0], judges.items(), strict=True):
            counts = m["confusion"]
            table = [[counts["tp"], counts["fn"]], [counts["fp"], counts["tn"]]]
            shares = [[n / max(1, sum(line)) for n in line] for line in table]
            axes.imshow(shares, cmap=blues, vmin=0, vmax=1)
            for i in range(2):
                for j in range(2):
                    ink = "white" if shares[i][j] > 0.55 else "#222222"
                    axes.text(j, i - 0.06, table[i][j], ha="center", va="center", color=ink, fontsize=15, weight="bold")
                    axes.text(j, i + 0.2, f"{shares[i][j]:.1%}", ha="center", va="center", color=ink, fontsize=9)
            axes.set_xticks([0, 1], ["SELECTED", "REJECTED"])
            axes.set_yticks([0, 1], ["SELECTED", "REJECTED"], rotation=90, va="center")
            axes.set(xlabel="judged", ylabel="label", title=name(judge))
            axes.tick_params(length=0)
            axes.spines[:].set_visible(False)
        return _save(figure, path)


def reliability(calibration: Mapping[str, Mapping], path: Path) -> Path:
    """Reliability diagram: share of label 1 against the mean probability of each bin, over how many rows lie there."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(5.6, 5.8))
        top, under = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
        top.plot([0, 1], [0, 1], "--", color="#999999", linewidth=1, label="perfectly calibrated")
        width = 0.08 / max(1, len(calibration))
        for place, (judge, entry) in enumerate(calibration.items()):
            bins = [row for row in entry["reliability"] if row["n"]]
            sizes = [20 + 160 * math.sqrt(row["n"] / max(1, max(r["n"] for r in bins))) for row in bins]
            x, y = [row["probability"] for row in bins], [row["observed"] for row in bins]
            ends = np.array([row["interval"] for row in bins]).T
            top.vlines(x, *ends, color=colour(judge), linewidth=1, alpha=0.5)
            top.plot(x, y, color=colour(judge), linewidth=1.2, alpha=0.8)
            top.scatter(
                x,
                y,
                s=sizes,
                color=colour(judge),
                alpha=0.75,
                edgecolor="white",
                label=name(judge),
                marker="os^D"[place % 4],
                zorder=3,
            )
            offset = (place - (len(calibration) - 1) / 2) * width
            centres = [(row["low"] + row["high"]) / 2 + offset for row in entry["reliability"]]
            under.bar(centres, [row["n"] for row in entry["reliability"]], width * 0.95, color=colour(judge))
        top.set(ylabel="observed share of label 1", title="Reliability", ylim=(-0.03, 1.03), xlim=(-0.02, 1.02))
        top.legend(loc="upper left")
        under.set(xlabel="stated probability of SELECTED", ylabel="rows")
        return _save(figure, path)


def risk_coverage(calibration: Mapping[str, Mapping], points: Mapping[str, tuple], path: Path) -> Path:
    """Share of wrong statuses among the most confident rows. `points`: (coverage, risk) of each three-way decision."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 4.2))
        axes = figure.subplots()
        for place, (judge, entry) in enumerate(calibration.items()):
            curve = entry["risk_coverage"]
            axes.plot(
                [p["coverage"] for p in curve],
                [p["risk"] for p in curve],
                COMPONENT_STYLES[place % 4],
                color=colour(judge),
                label=name(judge),
                drawstyle="steps-post" if len(curve) < 4 else "default",
            )
            if judge in points:
                axes.plot(
                    *points[judge],
                    "o",
                    color=colour(judge),
                    markersize=9,
                    markeredgecolor="white",
                    label=f"{name(judge)}: as decided",
                    zorder=4,
                )
        axes.set(
            xlabel="coverage: share of rows judged without a human",
            ylabel="risk: share of these judged wrong",
            title="Risk and coverage",
            xlim=(0, 1.02),
        )
        axes.set_ylim(bottom=-0.004)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=None))
        axes.legend()
        return _save(figure, path)


def score_scatter(judges: Mapping[str, Sequence[tuple[float, float]]], path: Path) -> Path:
    """Given against expected score, in points of 100. `judges` maps a name to (expected, given) pairs."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(4.2 * len(judges), 4.3))
        for axes, (judge, pairs) in zip(figure.subplots(1, len(judges), squeeze=False)[0], judges.items(), strict=True):
            density = max(0.1, min(0.7, 160 / max(1, len(pairs))))
            axes.plot([0, 100], [0, 100], "--", color="#999999", linewidth=1)
            axes.scatter(*zip(*pairs, strict=True), s=16, color=colour(judge), alpha=density, edgecolor="none")
            axes.set(
                xlabel="expected score (points)",
                ylabel="given score (points)",
                title=name(judge),
                xlim=(-3, 103),
                ylim=(-3, 103),
                aspect="equal",
            )
        return _save(figure, path)
