"""Files to take away: CSV and JSON Lines of a batch, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from recruiter_ui.render import (
    HUMAN_WORDS,
    MARK_WORDS,
    deciding,
    decision_words,
    flag_words,
    is_judged,
    ranked,
    reason_text,
)

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
HEADERS = ["rank", "candidate", "decision", "your_decision", "score", "probability", "skills", "experience",
           "education", "flags", "reasons", "requirements", "sha256"]


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets a quote before it; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" \u00a0\u200b\ufeff").startswith(tuple(FORMULA_STARTS)):
        return "'" + value
    return value


def table(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> list[list]:
    """A line a candidate, columns as `HEADERS`, every text made safe."""
    lines = []
    for rank, row in enumerate(ranked(rows), 1):
        sha256, judged = row["sha256"], is_judged(row)
        verdict = row["verdicts"][deciding(row)] if judged else {}
        marks = "; ".join(f"{r['text']}: {MARK_WORDS[r['mark']][2:].lower()}" for r in row.get("requirements") or [])
        mine = HUMAN_WORDS.get(human.get(sha256), "")
        cells = [rank if judged else "", labels[sha256], decision_words(row)[2:], mine,
                 *(verdict.get(k) for k in ("score", "probability", "skills", "experience", "education")),
                 flag_words(row), reason_text(row).replace("\n", " "), marks if judged else "", sha256]
        lines.append([safe_cell("" if cell is None else cell) for cell in cells])
    return lines


def to_csv(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> str:
    """The batch as CSV with a byte-order mark, so that a spreadsheet reads the accents."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(table(rows, labels, human))
    return "\ufeff" + out.getvalue()


def to_jsonl(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str], blind: bool) -> str:
    """The rows of the `score` contract, with the recruiter's decision; when blind, the code stands for the file."""
    lines = []
    for row in ranked(rows):
        sha256 = row["sha256"]
        name = labels[sha256] if blind else row["file"]
        lines.append(json.dumps({**row, "file": name, "your_decision": human.get(sha256)}, ensure_ascii=False))
    return "\n".join(lines) + "\n"
