"""What a gate measures, made up: adapters that are right, poisoned or obedient, as `promotion_measure` sees them."""

from __future__ import annotations

import json
import random
from pathlib import Path

from model.base import sha256_of
from model.rubric import GROUNDED
from training import jobs, promotion
from training import recipe as recipes
from training.promotion_gate import evaluate_gate
from training.runs import RunFolder

JUDGES = ("candidate", "in_service", "coverage_rule")


def answer(label: int, right: bool) -> dict:
    selected = bool(label) == right
    return {"status": "SELECTED" if selected else "REJECTED", "probability": 0.9 if selected else 0.1,
            "score": 80 if selected else 30}


def held_out(n: int, accuracy: dict[str, float], seed: int = 1) -> list[dict]:
    """`n` rows, half SELECTED; each judge is right on its share of them. Judges err on the same rows first."""
    rng = random.Random(seed)
    rows = []
    for i in range(n):
        label, hard = i % 2, rng.random()
        rows.append({"id": f"{i // 2}-{label}", "label": label, "score": 80 if label else 30,
                     **{who: answer(label, hard < accuracy[who]) for who in JUDGES if who in accuracy}})
    return rows


def measured(n: int = 200, candidate: float = 0.9, in_service: float | None = 0.9, rule: float = 0.75,
             obeys: int = 0, moves: float = 0.0, slower: float = 1.0, labels: list[dict] | None = None,
             sha: str = "c" * 64, other: str = "o" * 64) -> dict:
    accuracy = {"candidate": candidate, "coverage_rule": rule}
    if in_service is not None:
        accuracy["in_service"] = in_service
    judges = [who for who in accuracy if who != "coverage_rule"]
    no, yes = answer(0, True), answer(0, False)
    injection = [{"kind": "an order at the top",
                  **{who: {"before": no, "after": yes if who == "candidate" and i < obeys else no} for who in judges}}
                 for i in range(20)]
    swap = [{"kind": "the name Mei Chen", **{who: {"before": no, "after": {
        **no, "probability": 0.1 + (moves if who == "candidate" else 0.0)}} for who in judges}} for _ in range(10)]
    return {"candidate": sha, "other": other if in_service is not None else "", "held_out": held_out(n, accuracy),
            "labels": labels or [], "injection": injection, "swap": swap,
            "seconds": {"candidate": slower, "in_service": 1.0}}


def finished_run(folder: Path, stage: str = "grpo", content: bytes = b"weights", **facts) -> RunFolder:
    """A complete run with an adapter of a few bytes."""
    run = RunFolder(folder)
    run.create()
    run.recipe.write_text(f"stage: {stage}\nname: small\n")
    run.adapter.mkdir(exist_ok=True)
    (run.adapter / "adapter_model.safetensors").write_bytes(content)
    (run.adapter / "adapter_config.json").write_text("{}")
    digest = sha256_of(run.adapter / "adapter_model.safetensors")
    (run.adapter / "manifest.json").write_text(json.dumps({
        "sha256": digest, "stage": stage, "recipe": "small", "parent_sha256": "p" * 64, "data_sha256": "d" * 64,
        "metrics": {"loss": 0.5}, "base": "smollm2-135m", **facts}))
    run.write_status(state="complete", stage=stage, adapter_sha256=digest)
    return run


def digest_of(run: RunFolder) -> str:
    return sha256_of(run.adapter / "adapter_model.safetensors")


def a_run_with_everything(by: str) -> RunFolder:
    """A GRPO run as it looks at its end: every curve, an alarm, sampled answers, a gate that says no."""
    from recruiter_ui.admin_views import CURVES  # noqa: PLC0415 - loads pandas
    folder = jobs.create(recipes.load("grpo-embedded"), by)
    run = finished_run(folder)
    figures = {key: 0.5 for plot in CURVES.values() for key in plot}
    for step in range(1, 9):
        run.append(run.metrics, {"step": step, **{key: value / step for key, value in figures.items()},
                                 "memory_gib": 3.7, "s_per_step": 45.0})
    run.append(folder / "alarms.jsonl", {"step": 5, "level": "warn", "message": "KL to the SFT adapter doubled."})
    for rank, total in (("best", 1.38), ("worst", -1.2)):
        run.append(folder / "rollouts.jsonl", {
            "step": 8, "rank": rank, "total": total, "completion": '{"marks":[2,0,1],"score":61,"status":"SELECTED"}',
            "expected": {"status": "SELECTED", "score": 70}, **{name: {"S": 1.0} for name in GROUNDED.weights}})
    run.write_status(state="complete", step=8, total_steps=8)
    evaluate_gate(folder, lambda path: measured(candidate=0.75, in_service=0.9, sha=digest_of(run),
                                                other=promotion.serving("grpo") or "x"))
    return run
