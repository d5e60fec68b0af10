"""Pure renderers of the admin pages: runs, curves, rollouts, the gate, the registry. Plain texts and numbers only."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import pandas as pd

from model.rubric import COMPONENTS
from recruiter_ui.admin_form import span
from recruiter_ui.comparing import COMPONENT_WORDS
from training.jobs import View
from training.promotion_gate import BETTER, FEW, NOTED, SAME, WORSE, Gate
from training.rewardlab import Earned

STATE_WORDS = {"starting": "… starting", "queued": "… queued", "running": "▶ running", "stopping": "■ stopping",
               "stopped": "■ stopped", "stopped_by_guard": "▲ stopped by a guard", "failed": "✗ failed",
               "complete": "✓ complete", "damaged": "✗ damaged"}
RUN_HEADERS = ["Run", "State", "Stage", "Step", "Left", "By"]
CURVES = {  # name of a plot -> figures that it holds, in words
    "loss": {"loss": "training", "eval_loss": "held out"},
    "reward": {"reward": "reward"},
    "components": {f"reward/{name}": COMPONENT_WORDS[name] for name in COMPONENTS},
    "kl": {"kl": "KL to the SFT adapter, nats a token"},
    "rejected": {"rejected_share": "of the answers", "labelled_rejected_share": "of the labels"},
    "variance": {"frac_reward_zero_std": "groups that teach nothing"},
    "length": {"completion_length": "tokens"},
    "rate": {"learning_rate": "learning rate"},
    "speed": {"tokens_per_s": "tokens a second"},
}
TITLES = {"loss": "Loss", "reward": "Reward, total", "components": "Reward by component (this run)",
          "kl": "KL to the SFT adapter, nats a token", "rejected": "Share of REJECTED",
          "variance": "Groups whose answers all earn the same", "length": "Length of an answer, tokens",
          "rate": "Learning rate", "speed": "Tokens a second"}
VERDICTS = {BETTER: "▲ better", SAME: "= no worse", WORSE: "▼ worse", FEW: "? too few rows to say",
            NOTED: "· noted, not counted"}
GATE_HEADERS = ["Measured", "New", "Compared with", "", "Difference (95 %)", "Verdict"]
LAB_HEADERS = ["Answers like this", "Earns", "on SELECTED", "on REJECTED", "Decision", "Score", "Skills", "Experience"]
KINDS = {"gold": "★ ", "honest": "● ", "twin": "· ", "cheat": "✗ "}
FIGURES = ("accuracy", "precision", "recall", "f1", "auc", "ece", "mae")


def run_rows(views: Iterable[View]) -> list[list[str]]:
    """A row a run, as RUN_HEADERS."""
    return [[v.name, STATE_WORDS[v.state], v.stage.upper(), f"{v.step} of {v.total_steps}" if v.total_steps else "",
             span(v.eta_s), v.by] for v in views]


def sentence(view: View) -> str:
    """Where a run stands, in a sentence or two."""
    said = [STATE_WORDS[view.state] + (f", step {view.step} of {view.total_steps}" if view.total_steps else "")]
    if view.eta_s is not None:
        said.append(f"{span(view.eta_s)} left")
    last = view.last
    if "memory_gib" in last:
        said.append(f"{last['memory_gib']:.1f} GiB at most")
    if "tokens_per_s" in last:
        said.append(f"{last['tokens_per_s']:,.0f} tokens a second".replace(",", " "))
    if "s_per_step" in last:
        said.append(f"{last['s_per_step']:.2f} s a step")
    words = " · ".join(said) + "."
    return f"{words}\n{view.reason}" if view.reason else words


def curve(plot: str, runs: Mapping[str, Sequence[Mapping]]) -> pd.DataFrame:
    """Long table of one plot: step, value, line. `runs` are lines of metrics.jsonl by the name of their run.

    Of several runs, each gives the plot's first figure.
    """
    names, rows = list(CURVES[plot].items()), []
    if len(runs) > 1:
        names = names[:1]
    for run, lines in runs.items():
        for line in lines:
            for key, words in names:
                value = line.get(key)
                if isinstance(value, int | float):
                    rows.append((line.get("step", 0), float(value), words if len(runs) == 1 else short(run)))
    return pd.DataFrame(rows, columns=["step", "value", "line"])


def short(run: str) -> str:
    """A run's name without its date: "grpo-embedded 22de"."""
    parts = run.split("-")
    return f"{'-'.join(parts[2:-1])} {parts[-1]}" if len(parts) > 3 else run


def alarm_words(rows: Iterable[Mapping]) -> str:
    """The guards' alarms, the newest first, in plain words."""
    words = {"warn": "▲ warning", "stop": "✗ stopped"}
    return "\n".join(f"{words.get(r.get('level'), '·')} at step {r.get('step')}: {r.get('message')}"
                     for r in reversed(list(rows)))


def rollout_rows(rows: Iterable[Mapping]) -> list[list[str]]:
    """Best and worst sampled answers, the newest step first."""
    found = []
    for row in reversed(list(rows)):
        parts = ", ".join(f"{COMPONENT_WORDS[c]} {row[c]['S']:+.2f}" for c in COMPONENTS
                          if isinstance(row.get(c), Mapping) and row[c].get("S") is not None)
        wanted = row.get("expected", {})
        found.append([str(row.get("step")), str(row.get("rank")), f"{row.get('total', 0):+.2f}",
                      str(row.get("completion", ""))[:400], f"{wanted.get('status')} {wanted.get('score')}", parts])
    return found


ROLLOUT_HEADERS = ["Step", "", "Reward", "Answer", "Expected", "Why"]


def lab_rows(rows: Iterable[Earned]) -> list[list]:
    """The ranking of the reward lab."""
    return [[KINDS[r.kind] + r.name, f"{r.total:+.2f}", f"{r.on_selected:+.2f}", f"{r.on_rejected:+.2f}",
             *(f"{r.components[c]:+.2f}" for c in COMPONENTS)] for r in rows]


def gate_rows(gate: Gate) -> list[list[str]]:
    """The gate's table, as GATE_HEADERS."""
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.3f}"

    rows = []
    for line in gate.lines:
        spread = f" [{line.interval[0]:+.3f}, {line.interval[1]:+.3f}]" if line.interval else ""
        rows.append([line.name, number(line.candidate), line.against, number(line.other),
                     "" if line.difference is None else f"{line.difference:+.3f}{spread}",
                     VERDICTS[line.verdict] + (f" ({line.note})" if line.note else "")])
    return rows


def baseline_rows(figures: Mapping[str, Mapping]) -> tuple[list[str], list[list[str]]]:
    """Every judge's figures on the held-out set."""
    names = {"candidate": "New adapter", "in_service": "In service", "coverage_rule": "Rule without a model",
             "expert_heuristic": "Expert heuristic"}
    headers = ["Judge", *(name.upper() if name in ("auc", "ece", "mae", "f1") else name.capitalize()
                          for name in FIGURES)]
    return headers, [[names[who], *("" if found[f] is None else f"{found[f]:.3f}" for f in FIGURES)]
                     for who, found in figures.items()]


def service_rows(found: Mapping[str, Mapping], shipped: Sequence[str]) -> list[list[str]]:
    """What serves: name, folder, whether it is whole."""
    rows = [[name, str(entry["folder"]), str(entry["sha256"])[:12],
             "whole" if not entry["wrong"] else f"not used: {entry['wrong']}"] for name, entry in found.items()]
    return rows + [[name, "shipped with Shortlist", "", "whole"] for name in shipped if name not in found]


def registry_rows(rows: Iterable[Mapping]) -> list[list[str]]:
    """Promotions and rollbacks, the newest first."""
    found = []
    for row in rows:
        metrics = row.get("metrics") or {}
        said = ", ".join(f"{key} {metrics[key]:.3g}" for key in ("loss", "reward") if key in metrics)
        back = ", ".join(row.get("to", {}).values()) or "the shipped adapters again"
        why = row.get("reason") or (row.get("gate") or {}).get("why") or back
        found.append([when(row["time"]), row["action"], row.get("folder", ""), row.get("recipe", ""),
                      (row.get("data_sha256") or "")[:12], (row.get("parent_sha256") or "")[:12], said,
                      ("gate passed: " if row.get("passed") else "") + why, row.get("by", "")])
    return found


REGISTRY_HEADERS = ["When", "What", "Adapter", "Recipe", "Data", "Parent", "Training", "Why", "By"]


def when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds or time.time()).strftime("%Y-%m-%d %H:%M")
