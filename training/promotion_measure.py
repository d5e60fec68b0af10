"""Measure a run's adapter against the one in service, in one process with one engine: what the gate weighs.

`python app.py promote RUN_DIR --measure-only` runs it. Progress goes to `gate/status.json`, the pairs and the report of
`app.py evaluate` to `gate/evaluation/`. Loads torch.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from model.calibration import FILE as CALIBRATION
from model.engine import Engine
from model.installed import adapter_folders
from model.pipeline import judge_texts
from training.calibrate import collect, fit
from training.corpus import AS_OF, generate
from training.evaluate import Pair, PipelineJudge, evaluate
from training.feedback import brief_of, held_out_rows
from training.promotion import finished
from training.promotion_gate import CANDIDATE, CURRENT, GATE, RULE
from training.promotion_probes import Case, injections, swaps
from training.runs import RunFolder

SEED = 90_001  # of the held-out set: no recipe trains on the test split, and the figures in the reports use others
CALIBRATED_ON = 160  # validation samples for a calibration; fewer than 40 pairs measure without one
TIMED = 12
Say = Callable[[str], None]


def measure(run_dir: Path, pairs: int, say: Say, device: str = "auto") -> dict:
    """Everything that `promotion_gate.weigh` reads. `pairs` is the size of the held-out set."""
    run = RunFolder(run_dir)
    manifest = finished(run)
    folder = run.path / GATE
    where = _side_by_side(folder, run.adapter, adapter_folders().get(manifest["stage"]))
    say("loading the base and both adapters")
    engine = Engine.load(manifest["base"], None, device, progress=say, where=where)
    judges = list(engine.adapters)
    if pairs >= 40 and not (run.adapter / CALIBRATION).is_file():
        say("fitting the calibration of the new adapter")
        fit(collect(engine, CANDIDATE, CALIBRATED_ON, 7)).save(run.adapter)
        engine.calibrate()
    say(f"held-out set: {pairs} pairs")
    samples = list(generate(pairs, SEED, "test"))
    return {
        "candidate": manifest["sha256"], "other": engine.adapters[CURRENT].sha256 if CURRENT in judges else "",
        "stage": manifest["stage"], "pairs": pairs, "measured": time.time(),
        "held_out": _held_out(samples, engine, judges, folder, say),
        "labels": _labels(engine, judges, manifest["stage"]),
        "injection": _cases(list(injections(samples, max(4, pairs // 4))), engine, judges, "resumes that give orders",
                            say),
        "swap": _cases(list(swaps(samples, max(4, pairs // 6))), engine, judges, "other names", say),
        "seconds": _seconds(samples, engine, judges, say)}


def _side_by_side(folder: Path, candidate: Path, current: Path | None) -> Path:
    """A folder in which both adapters have a name, for `Engine.load`."""
    where = folder / "adapters"
    where.mkdir(parents=True, exist_ok=True)
    for name, source in ((CANDIDATE, candidate), (CURRENT, current)):
        (where / name).unlink(missing_ok=True)
        if source is not None:
            (where / name).symlink_to(source.absolute(), target_is_directory=True)
    return where


def _held_out(samples: Sequence, engine: Engine, judges: Sequence[str], folder: Path, say: Say) -> list[dict]:
    """`app.py evaluate` on the held-out set, its predictions with label and expected score."""
    pairs = [Pair(s.id, s.job, s.resume, s.label, s.score) for s in samples]
    evaluate(pairs, PipelineJudge(engine, judges), folder / "evaluation",
             lambda done, n: say(f"held-out set: {done} of {n}"))
    score = {pair.id: pair.score for pair in pairs}
    lines = (folder / "evaluation" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    return [{"id": row["id"], "label": row["label"], "score": score[row["id"]],
             **{who: row[who] for who in (*judges, RULE, "expert_heuristic")}} for row in map(json.loads, lines)]


def _labels(engine: Engine, judges: Sequence[str], stage: str) -> list[dict]:
    """Both adapters on the recruiters' own labels that are held out of training."""
    rows = held_out_rows()
    briefs = [brief_of(row) for row in rows]
    given = {who: engine.judge(briefs, who) for who in judges} if rows else {}
    return [{"id": row["id"], "label": int(row["status"] == "SELECTED"), "score": row["score"],
             **{who: _answer(given[who][at]) for who in judges}} for at, row in enumerate(rows)]


def _cases(cases: Sequence[Case], engine: Engine, judges: Sequence[str], name: str, say: Say) -> list[dict]:
    """Each case judged before and after its change; a text that cannot be judged counts as rejected."""
    texts = [(case.job, text) for case in cases for text in (case.before, case.after)]
    found, rows = [], []
    say(f"{name}: {len(cases)} pairs")
    for judged in judge_texts(texts, engine, judges, AS_OF, chunk=16):  # so few that one sees it go on
        found.append(judged)
        say(f"{name}: {len(found) // 2} of {len(cases)} pairs")
    for case, before, after in zip(cases, found[::2], found[1::2], strict=True):
        rows.append({"kind": case.kind, **{who: {"before": _answer(before.verdicts.get(who)),
                                                 "after": _answer(after.verdicts.get(who))} for who in judges}})
    return rows


def _answer(verdict) -> dict:
    if verdict is None:
        return {"status": "REJECTED", "probability": 0.0, "score": 0}
    return {"status": verdict.status, "probability": verdict.probability, "score": verdict.score}


def _seconds(samples: Iterable, engine: Engine, judges: Sequence[str], say: Say) -> dict[str, float]:
    """Seconds a verdict of each adapter on the same briefs; the best of five, taken in turns."""
    texts = [(s.job, s.resume) for s in list(samples)[:TIMED]]
    briefs = [r.brief for r in judge_texts(texts, engine, judges[:1], AS_OF) if r.brief is not None]
    best: dict[str, float] = {}
    for turn in range(5):
        say(f"seconds a verdict: turn {turn + 1} of 5")
        for who in judges:
            began = time.perf_counter()
            engine.judge(briefs, who)
            spent = (time.perf_counter() - began) / max(1, len(briefs))
            best[who] = min(spent, best.get(who, spent))
    return best
