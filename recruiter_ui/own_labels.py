"""Decisions of the past as labelled pairs: a CSV, and a ZIP with the files that it names, become rows for `evaluate`.

No layout. The measuring runs in a process of its own, so that the page stays free and a reload does not end it.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.documents import SUPPORTED_SUFFIXES, read_many
from model.errors import ShortlistError
from recruiter_ui import intake
from recruiter_ui.i18n import t

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("job", "resume", "decision")
YES = {"1", "yes", "y", "true", "selected", "select", "shortlisted", "shortlist", "invited", "hired", "accepted", "ja",
       "ausgewählt", "eingeladen", "eingestellt", "zusage"}
NO = {"0", "no", "n", "false", "rejected", "reject", "declined", "refused", "nein", "abgelehnt", "absage"}
MAX_BYTES = 20 * 2**20
MAX_ROWS = 2000
MAX_NAMED = 12  # problems listed one by one
FIGURES = {"confusion": "fig4_confusion.png", "reliability": "fig5_reliability.png",
           "risk_coverage": "fig6_risk_coverage.png"}
PARTIAL = "predictions.partial.jsonl"  # what `evaluate` has done so far: a head line, then a line a pair


class LabelError(ShortlistError):
    """The uploaded labels cannot be used; the message says why, a line each."""


@dataclass(frozen=True)
class Run:
    """A measurement under way: its folder, how many pairs it judges, and its process."""

    out: Path
    total: int
    process: subprocess.Popen = field(repr=False)

    def done(self) -> int:
        """Pairs judged so far."""
        if (self.out / "metrics.json").is_file():
            return self.total
        try:
            with (self.out / PARTIAL).open("rb") as lines:
                return max(0, sum(1 for line in lines if line.endswith(b"\n")) - 1)
        except FileNotFoundError:
            return 0


# --- reading ---------------------------------------------------------------------------------------------------------


def read_labels(table: Path, pile: Path | None, folder: Path) -> list[dict]:
    """The rows for `evaluate`: {"id", "job", "resume", "label"}; files out of the ZIP `pile` are put into `folder`.

    Raises LabelError with a line for every row that cannot be used: nothing is measured on half a table.
    """
    rows = _rows(table)
    files, problems = _files(pile, folder)
    texts = _texts({value for row in rows for value in (row["job"], row["resume"])}, files)
    pairs = []
    for number, row in enumerate(rows, 2):  # row 1 of the file is its heading
        wrong = [f"{name}: {texts[row[name]][1]}" for name in ("job", "resume") if texts[row[name]][1]]
        label = _label(row["decision"])
        if label is None:
            wrong.append(t("decision: “{value}” is none of selected, rejected, yes, no, 1 or 0",
                           value=row["decision"][:40]))
        problems += [t("Row {row}, {problem}.", row=number, problem=problem) for problem in wrong]
        if not wrong:
            pairs.append({"id": f"row{number}", "job": texts[row["job"]][0], "resume": texts[row["resume"]][0],
                          "label": label})
    if problems:
        raise LabelError(_listed(problems))
    return pairs


def _rows(table: Path) -> list[dict[str, str]]:
    """The lines of the CSV with the three columns; comma, semicolon or tab."""
    content = table.read_bytes()
    if len(content) > MAX_BYTES:
        raise LabelError(t("The table is larger than {size} MB.", size=MAX_BYTES // 2**20))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise LabelError(t("This is no CSV table that can be read: {reason}.", reason=error)) from error
    names = [name.strip().lower() for name in lines[0]] if lines else []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise LabelError(t("The table needs a first row with the columns job, resume and decision; missing: {names}.",
                           names=", ".join(missing)))
    places = [names.index(name) for name in COLUMNS]
    rows = [dict(zip(COLUMNS, ((line[at].strip() if at < len(line) else "") for at in places), strict=True))
            for line in lines[1:] if any(cell.strip() for cell in line)]
    if not rows:
        raise LabelError(t("The table has a heading but no rows."))
    if len(rows) > MAX_ROWS:
        raise LabelError(t("The table has {rows} rows; up to {most} can be measured here. For more, use the command "
                           "line: python app.py evaluate.", rows=len(rows), most=MAX_ROWS))
    return rows


def _label(decision: str) -> int | None:
    word = decision.strip().lower().strip(" .!●○✓✗")
    return 1 if word in YES else 0 if word in NO else None


def _files(pile: Path | None, folder: Path) -> tuple[dict[str, Path | None], list[str]]:
    """The ZIP's files by name, None where two different ones have the same name; and what could not be taken."""
    if pile is None:
        return {}, []
    found = intake.take_in([pile], folder)
    files: dict[str, Path | None] = {}
    for resume in found.resumes:
        same = files.get(resume.name, resume.path)
        files[resume.name] = resume.path if same == resume.path else None
    return files, found.problems


def _texts(values: set[str], files: Mapping[str, Path | None]) -> dict[str, tuple[str, str]]:
    """Each value's text and "", or "" and what is wrong. A value is a file's name or the text itself."""
    texts, wanted = {}, {}
    for value in values:
        name = intake.clean_name(value) if "\n" not in value and len(value) < 300 else ""
        if not value:
            texts[value] = "", t("it is empty")
        elif name in files:
            if files[name] is None:
                texts[value] = "", t("the ZIP has more than one file named {name}", name=name)
            else:
                wanted[value] = files[name]
        elif name and Path(name).suffix.lower() in SUPPORTED_SUFFIXES and len(name.split()) < 8:
            texts[value] = "", (t("the ZIP has no file named {name}", name=name) if files else
                                t("{name} is a file's name, but no ZIP was uploaded", name=name))
        else:
            texts[value] = value, ""
    for result in read_many(list(dict.fromkeys(wanted.values()))):
        read = ((result.document.text, "") if result.document else
                ("", t("{name} could not be read: {reason}", name=result.path.name, reason=result.reason.rstrip("."))))
        texts |= {value: read for value, path in wanted.items() if path == result.path}
    return texts


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - MAX_NAMED
    return "\n".join([*problems[:MAX_NAMED], *([t("… and {more} more.", more=more)] if more > 0 else [])])


def warnings(pairs: Sequence[Mapping]) -> list[str]:
    """What makes the figures weak, in words."""
    counts = Counter(pair["label"] for pair in pairs)
    found = []
    if len(counts) == 1:
        found.append(t("Every row has the same decision, so the figures say little."))
    if len(pairs) < 30:
        found.append(t("With {rows} rows the intervals are wide: 100 or more say something.", rows=len(pairs)))
    return found


# --- measuring -------------------------------------------------------------------------------------------------------


def command(base: str, device: str, pairs: Path, out: Path) -> list[str]:
    """The command that measures; the same as on the command line."""
    return [sys.executable, str(ROOT / "app.py"), "evaluate", str(pairs), "--out", str(out), "--base", base,
            "--device", device]


def start(base: str, device: str, pairs: Sequence[Mapping], folder: Path) -> Run:
    """Write the pairs and start to measure them in a process of its own."""
    out = folder / "report"
    out.mkdir(parents=True)
    path = folder / "pairs.jsonl"
    path.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command(base, device, path, out), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=subprocess.STDOUT, start_new_session=True)
    return Run(out, len(pairs), process)


def failure(run: Run) -> str:
    """The last line that a failed measurement wrote."""
    lines = (run.out.parent / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else t("it ended without a word")


# --- showing ---------------------------------------------------------------------------------------------------------

JUDGES = {"grpo": "GRPO", "sft": "SFT", "expert_heuristic": "Expert rule, no model", "coverage_rule": "Coverage rule",
          "tfidf": "Shared words (TF-IDF)", "embedding": "Similar meaning"}
METRICS = {"accuracy": "Right", "precision": "Selected rightly", "recall": "Good ones found", "auc": "Ranks rightly",
           "review_share": "Sent to review", "accuracy_decided": "Right, of the decided"}


def headers() -> list[str]:
    return [t("Judge"), *(t(words) for words in METRICS.values())]


def table(found: Mapping) -> list[list[str]]:
    """A row a judge, our adapters first: each figure with its 95 % interval."""
    rows = {**found["adapters"], "expert_heuristic": found["expert_heuristic"], **found["baselines"]}
    return [[t(JUDGES.get(name, name)), *(_figure(name, figures, key) for key in METRICS)]
            for name, figures in rows.items()]


def _figure(judge: str, figures: Mapping, key: str) -> str:
    value, interval = figures.get(key), (figures.get("intervals") or {}).get(key)
    if value is None or (key in ("review_share", "accuracy_decided") and judge not in ("sft", "grpo")):
        return "–"
    if key == "auc":
        return f"{value:.2f}" + (f" ({interval[0]:.2f}–{interval[1]:.2f})" if interval else "")
    return f"{100 * value:.0f} %" + (f" ({100 * interval[0]:.0f}–{100 * interval[1]:.0f})" if interval else "")


def sentence(found: Mapping) -> str:
    """What the measurement says of the judge that decides, in a sentence or two."""
    adapters = found["adapters"]
    name = "grpo" if "grpo" in adapters else next(iter(adapters))
    counts, n = adapters[name]["confusion"], found["n"]
    words = t("{judge} agrees with your decision in {right} of {n} rows. It would have missed {missed} whom you "
              "selected, and put forward {extra} whom you rejected.", judge=JUDGES[name], right=counts["tp"] +
              counts["tn"], n=n, missed=counts["fn"], extra=counts["fp"])
    if found["n_failed"]:
        words += " " + t("Rows that could not be judged: {rows}. They count as wrong.", rows=found["n_failed"])
    return words


def read_metrics(out: Path) -> dict:
    """What `evaluate` found."""
    return json.loads((out / "metrics.json").read_text(encoding="utf-8"))
