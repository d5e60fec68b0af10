"""Everything that the records hold of one candidate, as JSON and in plain words: "why was I rejected?"."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from model.errors import RecordsError
from model.schema import MARK_NAMES
from recruiter_ui.records import audit
from recruiter_ui.records.store import Store
from recruiter_ui.records.tables import decisions, documents, items, jobs, overrides, screenings, verdicts

SUGGESTED = {"SELECTED": "to select the application", "REJECTED": "to reject it",
             "REVIEW": "that a person should look at it"}
DECIDED = {"SHORTLISTED": "shortlisted the application", "DECLINED": "rejected it", "NONE": "left it open again"}
PARTS = {"skills": "skills", "experience": "experience", "education": "education"}


def export_candidate(store: Store, sha256: str, actor: str = "system") -> dict:
    """All of one document (its hash) over every screening and owner, for the candidate who asks. Leaves an audit line.

    Users appear as "a person": the candidate is owed the reasons, not the names. Raises RecordsError for a hash that
    the records do not know.
    """
    with store.write() as connection:
        held = connection.execute(select(documents).where(documents.c.sha256 == sha256).order_by(documents.c.id)).all()
        if not held:
            raise RecordsError(f"no document with the hash {sha256} is in the records: check it, or it was erased")
        found = {
            "sha256": sha256,
            "received": [row.created for row in held],
            "files": sorted({row.name for row in held}),
            "flags": held[0].flags or [],
            "screenings": [_screening(connection, row, sha256) for row in connection.execute(
                select(screenings, items.c.state, items.c.unread, items.c.verdict, jobs.c.title)
                .join(items, items.c.screening == screenings.c.id).join(jobs, jobs.c.id == screenings.c.job)
                .join(documents, documents.c.id == items.c.document).where(documents.c.sha256 == sha256)
                .order_by(screenings.c.id))],
            "audit": [{"time": line["time"], "action": line["action"], "details": json.loads(line["details"]),
                       "versions": json.loads(line["versions"]), "hash": line["hash"]}
                      for line in audit.lines(connection, f"document:{sha256}")],
        }
        audit.append(connection, actor, "exported for the candidate", f"document:{sha256}")
        return found


def _screening(connection: Connection, row, sha256: str) -> dict:
    judged = connection.execute(select(verdicts).where(verdicts.c.id == row.verdict)).first()
    verdict = judged.row if judged else row.unread
    said = connection.execute(select(decisions).where(
        decisions.c.screening == row.id, decisions.c.document == sha256).order_by(decisions.c.id))
    put_right = connection.execute(select(overrides).where(
        overrides.c.screening == row.id, overrides.c.document == sha256).order_by(overrides.c.id))
    return {
        "screening": row.id, "job": row.title, "created": row.created, "state": row.state,
        "judged": judged.created if judged else None, "result": verdict and {**verdict, "sha256": sha256},
        "decisions": [{"time": d.time, "decision": d.decision, "note": d.note, "taken_back": d.undoes is not None}
                      for d in said],
        "overrides": [{"time": o.time, "marks": o.marks, "status": o.status, "note": o.note} for o in put_right],
    }


def in_words(found: Mapping) -> str:
    """The export as sentences for the candidate."""
    lines = [f"What Shortlist holds about the document {', '.join(found['files'])} (SHA-256 {found['sha256']})",
             f"It was received on {', '.join(day(time) for time in found['received'])}."]
    lines += [f"Note on the file: {flag['message']}" for flag in found["flags"]]
    for screening in found["screenings"]:
        lines += ["", f"## {screening['job']}", *_said(screening)]
    if not found["screenings"]:
        lines.append("It has not been screened for any job.")
    return "\n".join([*lines, "", "The program only suggests; every rejection is a decision of a person."]) + "\n"


def _said(screening: Mapping) -> list[str]:
    row = screening["result"]
    if row is None:
        return [f"It was taken in on {day(screening['created'])} and has not been judged yet."]
    lines = []
    if row["outcome"] == "scored":
        deciding = "grpo" if "grpo" in row["verdicts"] else next(iter(row["verdicts"]))
        verdict = row["verdicts"][deciding]
        lines.append(f"On {day(screening['judged'])} the program scored it {verdict['score']} of 100 and suggested "
                     f"{SUGGESTED[row['decision']]}.")
        lines += [f"Reason: {reason}" for reason in row["reasons"]]
        parts = [f"{name} {verdict[key]} of 100" for key, name in PARTS.items() if verdict.get(key) is not None]
        lines += [f"In parts: {', '.join(parts)}."] if parts else []
        lines += ["What the job asked for, and what was found:", *map(_requirement, row["requirements"])]
        lines.append("Judged by " + ", ".join(f"{name} {value}" for name, value in row["versions"].items()) + ".")
    else:
        lines.append(f"The program could not judge it: {row.get('error') or row['reasons'][0]}")
    lines += [f"On {day(said['time'])} a person put the program's result right"
              + (f": {said['note']}" if said["note"] else ".") for said in screening["overrides"]]
    for said in screening["decisions"]:
        deed = "took that back" if said["taken_back"] else DECIDED[said["decision"]]
        lines.append(f"On {day(said['time'])} a person {deed}" + (f": {said['note']}" if said["note"] else "."))
    return lines if screening["decisions"] else [*lines, "No person has decided on it yet."]


def _requirement(asked: Mapping) -> str:
    mark = {"met": "met", "partly": "partly met", "not": "not found"}[MARK_NAMES[asked["mark"]]]
    quote = f" (“{' '.join(asked['evidence'].split())}”)" if asked.get("evidence") else ""
    need = "needed" if asked["must"] else "welcome"
    years = f", {asked['needed_years']:g} years" if asked.get("needed_years") else ""
    return f"- {asked['text']}{years}, {need}: {mark}{quote}"


def day(time: str) -> str:
    """The date of a recorded time."""
    return time[:10]
