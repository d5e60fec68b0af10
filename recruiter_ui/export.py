"""Files to take away: a batch as CSV, XLSX and JSON Lines, safe to open in a spreadsheet, and reports to print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from model.cells import safe_cell
from model.settings import as_of
from recruiter_ui import intake, report
from recruiter_ui.blind import redactor
from recruiter_ui.render import (
    HUMAN_WORDS,
    MARK_WORDS,
    deciding,
    decision_words,
    flag_words,
    is_judged,
    range_words,
    ranked,
    reason_text,
)
from recruiter_ui.session import Session

HEADERS = ["rank", "candidate", "decision", "your_decision", "score", "score_range", "probability", "skills",
           "experience", "education", "flags", "reasons", "requirements", "sha256"]
WIDTHS = [6, 26, 28, 20, 8, 12, 11, 8, 11, 10, 24, 60, 60, 20]  # columns of the XLSX, in characters
KINDS = {"html": "Report to print", "xlsx": "Export XLSX", "csv": "Export CSV", "jsonl": "Export JSONL"}
MAX_CELL = 32_000  # characters; a spreadsheet holds 32,767


def table(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> list[list]:
    """A line a candidate, columns as `HEADERS`, every text made safe."""
    lines = []
    for rank, row in enumerate(ranked(rows), 1):
        sha256, judged = row["sha256"], is_judged(row)
        verdict = row["verdicts"][deciding(row)] if judged else {}
        marks = "; ".join(f"{r['text']}: {MARK_WORDS[r['mark']][2:].lower()}" for r in row.get("requirements") or [])
        mine = HUMAN_WORDS.get(human.get(sha256), "")
        cells = [rank if judged else "", labels[sha256], decision_words(row)[2:], mine,
                 verdict.get("score"), range_words(verdict),
                 *(verdict.get(k) for k in ("probability", "skills", "experience", "education")),
                 flag_words(row), reason_text(row).replace("\n", " "), marks if judged else "", sha256]
        lines.append([safe_cell(cell) for cell in cells])
    return lines


def to_csv(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> str:
    """The batch as CSV with a byte-order mark, so that a spreadsheet reads the accents."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(table(rows, labels, human))
    return "\ufeff" + out.getvalue()


def write_xlsx(path: Path | str, rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str]) -> None:
    """The batch as an XLSX workbook of one sheet, heading frozen and filterable. No cell is a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - half a second that only this export needs
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    sheet.title = "Shortlist"
    for line in [HEADERS, *table(rows, labels, human)]:
        sheet.append([_cell(value) for value in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text whatever it begins with
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _cell(value: object) -> object:
    """A value that a workbook can hold: no control characters, no more than its limit of characters."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c.isprintable() or c == "\n")[:MAX_CELL]


def to_jsonl(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str], blind: bool) -> str:
    """The rows of the `score` contract, with the recruiter's decision; when blind, the code stands for the file."""
    lines = []
    for row in ranked(rows):
        sha256 = row["sha256"]
        name = labels[sha256] if blind else row["file"]
        lines.append(json.dumps({**row, "file": name, "your_decision": human.get(sha256)}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def write(session: Session, kind: str) -> str:
    """Write the batch as one of `KINDS` to a file in the session's folder; returns its path."""
    session.folder = session.folder or intake.new_folder()
    path = Path(session.folder) / f"shortlist.{kind}"
    rows, labels, human = list(session.rows.values()), session.labels(), session.human
    if kind == "xlsx":
        write_xlsx(path, rows, labels, human)
        return str(path)
    if kind == "html":
        text = report.batch(_title(session), rows, labels, human, _redactors(session, session.rows), as_of())
    else:
        text = to_csv(rows, labels, human) if kind == "csv" else to_jsonl(rows, labels, human, session.blind)
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def write_candidate(session: Session, sha256: str) -> str:
    """Write the report of one candidate to a file in the session's folder; returns its path."""
    session.folder = session.folder or intake.new_folder()
    path = Path(session.folder) / "candidate.html"
    redact = _redactors(session, [sha256]).get(sha256, str)
    text = report.single(_title(session), session.rows[sha256], session.label(sha256), session.human.get(sha256),
                         redact, as_of())
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def _title(session: Session) -> str:
    return session.job.title if session.job else ""


def _redactors(session: Session, keys: Iterable[str]) -> dict:
    if not session.blind:
        return {}
    return {key: redactor(session.documents.get(key), True) for key in keys}
