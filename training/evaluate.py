"""`app.py evaluate`: judge labelled pairs, and measure adapters and baselines on the same rows.

A row that cannot be judged (a job without a requirement, a failed judgement) is neither dropped nor rejected: its
decision is REVIEW, it is listed in `failed`, and its forced answer is the worst one, the opposite of its label with
full confidence. So a failure can only lower a figure. (0.5 would win a pair for a failed match beside a rejected twin.)
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from model import prompt
from model.brief.embed import encode
from model.calibration import Calibration
from model.errors import DataError, UsageError
from model.rubric import GROUNDED
from model.settings import as_of
from training import baselines, figures, metrics, report
from training.metrics import Prediction

if TYPE_CHECKING:
    from model.pipeline import TextResult

PARTIAL = "predictions.partial.jsonl"
RULES = {"coverage_rule": baselines.coverage_rule, "expert_heuristic": baselines.expert_heuristic}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pair:
    """One labelled pair. `label` is 1 for SELECTED; `score` is the expected one, 0-100, where the set states one."""

    id: str
    job: str
    resume: str
    label: int
    score: float | None = None


class Judge(Protocol):
    """Whatever judges pairs; `PipelineJudge` is the product's own."""

    adapters: Sequence[str]
    versions: Mapping[str, str]

    def judge_pairs(self, pairs: Sequence[Pair]) -> Iterator[TextResult]:
        """One result a pair, in order, as soon as it is known."""
        ...


@dataclass
class PipelineJudge:
    """The serving pipeline as a judge: a loaded `model.engine.Engine` and the names of the adapters to measure."""

    engine: Any
    adapters: Sequence[str]

    @property
    def versions(self) -> dict[str, str]:
        """Hashes of base, adapters, calibration, prompt and rubric, and the date that "present" stands for."""
        folders = {name: self.engine.adapters[name].folder for name in self.adapters}
        fitted = json.dumps({name: asdict(Calibration.load(folder)) for name, folder in folders.items()})
        hashes = {"prompt": prompt.version_hash(), "rubric": _hash(repr(GROUNDED)), "calibration": _hash(fitted)}
        return {**self.engine.versions(), **hashes, "as_of": as_of().isoformat()}

    def judge_pairs(self, pairs: Sequence[Pair]) -> Iterator[TextResult]:
        from model.pipeline import judge_texts  # noqa: PLC0415 - loads torch: only once the rows are known to be good

        return judge_texts(((pair.job, pair.resume) for pair in pairs), self.engine, self.adapters)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# Reading


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open if path.read_bytes()[:2] == b"\x1f\x8b" else open
    with opened(path, "rt", encoding="utf-8-sig") as file:
        yield from file


def _pair(row: object, number: int, where: str) -> Pair:
    if not isinstance(row, dict):
        raise DataError(f"{where}: a row is a JSON object with job, resume and label.")
    missing = [key for key in ("job", "resume", "label") if row.get(key) is None]
    if missing:
        raise DataError(f"{where}: {' and '.join(missing)} missing. A row needs job, resume and label.")
    for key in ("job", "resume"):
        if not isinstance(row[key], str) or not row[key].strip():
            raise DataError(f"{where}: {key} must be a text that is not empty.")
    if isinstance(row["label"], bool) or row["label"] not in (0, 1):
        raise DataError(f"{where}: label is {row['label']!r}, but must be 0 (REJECTED) or 1 (SELECTED).")
    score = row.get("score")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 100):
        raise DataError(f"{where}: score is {score!r}, but must be a number from 0 to 100 or be left out.")
    key = row.get("id")
    return Pair(str(key) if key is not None else f"line{number}", row["job"], row["resume"], int(row["label"]), score)


def read_pairs(path: Path | str) -> list[Pair]:
    """The rows of PAIRS.jsonl, plain or gzip: {"id"?, "job", "resume", "label": 0|1, "score"?: 0-100}.

    Rows without an id get `line<number>`. Raises UsageError where there is no such file, and DataError naming file
    and line for broken JSON, a missing or bad field, an id used twice, or a file without rows.
    """
    path, pairs, lines = Path(path), [], {}
    if not path.is_file():
        raise UsageError(f"{path}: no such file. Give a JSONL file with one pair a line.")
    try:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise DataError(f"{where}: not JSON ({error}).") from error
            pair = _pair(row, number, where)
            if pair.id in lines:
                raise DataError(f"{where}: id {pair.id!r} was used before, in line {lines[pair.id]}.")
            lines[pair.id] = number
            pairs.append(pair)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(f"{path}: not readable as UTF-8 text or gzip ({error}).") from error
    if not pairs:
        raise DataError(f"{path}: no rows. It needs at least one pair.")
    return pairs


# Judging, with progress that survives an interruption


def _failed(pair: Pair) -> Prediction:
    """The worst answer: the opposite of the label, sure of itself, and the score farthest from the expected one."""
    expected = 100.0 * pair.label if pair.score is None else pair.score
    status = "REJECTED" if pair.label else "SELECTED"
    return Prediction(status, float(1 - pair.label), 0 if expected >= 50 else 100, "REVIEW")


def _entry(pair: Pair, result: TextResult, adapters: Sequence[str]) -> dict:
    """One line of predictions.jsonl: each adapter's answer, and those of the rules on the same evidence."""
    entry = {"id": pair.id, "label": pair.label, "error": result.error}
    for adapter in adapters:
        verdict = result.verdicts.get(adapter)
        if verdict is None:
            entry[adapter] = asdict(_failed(pair))
            entry["error"] = entry["error"] or f"no verdict by {adapter}"
            continue
        if not 0 <= verdict.probability <= 1:
            raise ValueError(f"{pair.id}: {adapter} gave the probability {verdict.probability}.")
        decision = result.decisions[adapter].decision
        entry[adapter] = asdict(Prediction(verdict.status, float(verdict.probability), verdict.score, decision))
    rules = {name: rule(result.brief) if result.brief else None for name, rule in RULES.items()}
    return entry | {name: asdict(answer or _failed(pair)) for name, answer in rules.items()}


def _key(pairs: Sequence[Pair], judge: Judge) -> str:
    """What a saved prediction depends on: rows, adapters and versions."""
    state = json.dumps([[asdict(p) for p in pairs], list(judge.adapters), dict(judge.versions)], sort_keys=True)
    return _hash(state)


def _resume(path: Path, key: str) -> dict[str, dict]:
    """What an interrupted call left, by id, with the file cut back to its whole lines; nothing where `key` differs."""
    whole = []
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            whole = [line for line in file if line.endswith("\n")]
    if not whole or json.loads(whole[0]).get("key") != key:
        whole = [json.dumps({"key": key}) + "\n"]
    _write(path, "".join(whole))
    return {entry["id"]: entry for entry in map(json.loads, whole[1:])}


def _judge(pairs: Sequence[Pair], judge: Judge, path: Path, progress: Progress | None) -> list[dict]:
    """One entry a pair, in the order of `pairs`; rows of one job are judged together, so that its prefix is shared."""
    done = _resume(path, _key(pairs, judge))
    first = {}
    for place, pair in enumerate(pairs):
        first.setdefault(pair.job, place)
    todo = sorted((pair for pair in pairs if pair.id not in done), key=lambda pair: first[pair.job])
    with path.open("a", encoding="utf-8") as file:
        before = time.monotonic()
        for pair, result in zip(todo, judge.judge_pairs(todo), strict=True):
            now = time.monotonic()
            done[pair.id] = _entry(pair, result, judge.adapters) | {"seconds": round(now - before, 3)}
            before = now
            file.write(json.dumps(done[pair.id]) + "\n")
            file.flush()
            if progress:
                progress(len(done), len(pairs))
    return [done[pair.id] for pair in pairs]


# Measuring


def _predictions(entries: Iterable[dict], judge: str) -> list[Prediction]:
    return [Prediction(**entry[judge]) for entry in entries]


def _calibration(labels: Sequence[int], predictions: Sequence[Prediction], failed: Sequence[bool]) -> dict:
    """Brier score, reliability bins and risk-coverage points; a row that failed is the least certain of all."""
    p = [x.probability for x in predictions]
    right = [(x.status == "SELECTED") == bool(y) for y, x in zip(labels, predictions, strict=True)]
    sure = [-1.0 if bad else abs(q - 0.5) for q, bad in zip(p, failed, strict=True)]
    return {
        "brier": metrics.brier(labels, p),
        "reliability": metrics.reliability_bins(labels, p),
        "risk_coverage": metrics.risk_coverage(right, sure),
    }


def measure(pairs: Sequence[Pair], entries: Sequence[dict], judge: Judge) -> dict:
    """The contents of metrics.json from the lines of predictions.jsonl."""
    ids, labels, expected = [p.id for p in pairs], [p.label for p in pairs], [p.score for p in pairs]
    texts = [(p.job, p.resume) for p in pairs]
    given = {name: _predictions(entries, name) for name in (*judge.adapters, *RULES)}
    simple = {
        "coverage_rule": given["coverage_rule"],
        "tfidf": baselines.tfidf(texts),
        "embedding": baselines.embedding(texts, encode),
    }
    status = {name: [x.status for x in predictions] for name, predictions in given.items()}
    failed = [entry["error"] is not None for entry in entries]
    warnings = []
    if len(set(labels)) == 1:
        warnings.append("All rows have one label, so that there is no AUC, and accuracy says little.")
    if any(failed):
        warnings.append(f"{sum(failed)} of {len(pairs)} rows could not be judged. They count as wrong.")

    def summary(predictions: Sequence[Prediction]) -> dict:
        return metrics.summarise(ids, labels, expected, predictions)

    both = "sft" in status and "grpo" in status
    return {
        "n": len(pairs),
        "n_selected": sum(labels),
        "n_failed": sum(failed),
        "failed": [key for key, bad in zip(ids, failed, strict=True) if bad],
        "warnings": warnings,
        "adapters": {name: summary(given[name]) for name in judge.adapters},
        "baselines": {name: summary(predictions) for name, predictions in simple.items()},
        "expert_heuristic": summary(given["expert_heuristic"]),
        "mcnemar": metrics.mcnemar(labels, status["sft"], status["grpo"]) if both else None,
        "mcnemar_rules": {
            rule: {name: metrics.mcnemar(labels, status[name], status[rule]) for name in judge.adapters}
            for rule in RULES
        },
        "calibration": {name: _calibration(labels, given[name], failed) for name in judge.adapters},
        "versions": dict(judge.versions),
        "seconds": round(sum(entry["seconds"] for entry in entries), 1),
    }


def _draw(found: Mapping, pairs: Sequence[Pair], entries: Sequence[dict], out_dir: Path) -> list[Path]:
    """Figures 3 to 7 of an evaluation."""
    rule = {"coverage_rule": found["baselines"]["coverage_rule"]}
    judged = {**found["adapters"], **rule}
    points = {
        name: (1 - m["review_share"], 1 - m["accuracy_decided"])
        for name, m in found["adapters"].items()
        if m["review_share"] and m["accuracy_decided"] is not None
    }
    made = [
        figures.judge_bars(judged, out_dir / "fig3_sft_vs_grpo.png", f"Status of {found['n']} pairs, 95 % intervals"),
        figures.confusion_matrices(judged, out_dir / "fig4_confusion.png"),
        figures.reliability(found["calibration"], out_dir / "fig5_reliability.png"),
        figures.risk_coverage(found["calibration"], points, out_dir / "fig6_risk_coverage.png"),
    ]
    scored = {
        name: [(p.score, e[name]["score"]) for p, e in zip(pairs, entries, strict=True) if p.score is not None]
        for name in found["adapters"]
    }
    if all(scored.values()):
        made.append(figures.score_scatter(scored, out_dir / "fig7_scores.png"))
    return made


def _write(path: Path, text: str) -> None:
    """Write a whole file or none of it."""
    draft = path.with_name(path.name + ".tmp")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def evaluate(
    pairs: Sequence[Pair],
    judge: Judge,
    out_dir: Path | str,
    progress: Progress | None = None,
    runs: Sequence[Path] = (),
) -> dict:
    """Judge the pairs, measure, and write metrics.json, predictions.jsonl, report.md and the figures to `out_dir`.

    `progress(done, total)` is called after each pair. `runs` are run folders whose loss curves (figure 1) and GRPO
    curves (figure 2) go beside the rest. An interrupted call leaves its predictions in predictions.partial.jsonl;
    the next call with the same rows, adapters and versions goes on from there. Returns what metrics.json holds.
    DataError for no pairs, UsageError where `out_dir` cannot be a folder.
    """
    if not pairs:
        raise DataError("No pairs to evaluate.")
    out_dir = Path(out_dir)
    if out_dir.exists() and not out_dir.is_dir():
        raise UsageError(f"{out_dir} is a file. Give a folder for the report.")
    out_dir.mkdir(parents=True, exist_ok=True)
    entries = _judge(pairs, judge, out_dir / PARTIAL, progress)
    found = measure(pairs, entries, judge)
    pictures = [path for run in runs for path in report.run_figures(Path(run), out_dir)]
    pictures += _draw(found, pairs, entries, out_dir)
    _write(out_dir / "predictions.jsonl", "".join(json.dumps(entry) + "\n" for entry in entries))
    _write(out_dir / "metrics.json", json.dumps(found, indent=2) + "\n")
    _write(out_dir / "report.md", report.evaluation_markdown(found, [path.name for path in pictures]))
    (out_dir / PARTIAL).unlink()
    return found
