"""What the Screen tab does: reads the job, takes resumes in, runs the batch and streams it. No layout."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from model.errors import DocumentError, JobError, ShortlistError
from model.settings import as_of
from recruiter_ui import editor, export, intake, markup, render, report
from recruiter_ui.blind import redactor
from recruiter_ui.service import Service
from recruiter_ui.session import Session
from recruiter_ui.shell import say

NO_RESUMES = "No resumes yet. Drop PDF, DOCX or TXT files, or one ZIP with all of them."
FILTERS = {"ALL": "All", "SELECTED": "● Selected", "REVIEW": "◆ Review", "REJECTED": "○ Suggested: reject",
           "UNREAD": "✕ Not read", "MINE": "✓ Decided by you"}
JUDGES = {"grpo": "GRPO (recommended)", "sft": "SFT", "both": "Both, to compare"}
BROKEN = "The screening broke off by a fault of ours; the log of the server says more. What was judged is kept."
REDRAW_SECONDS = 0.4

# --- the job ---------------------------------------------------------------------------------------------------------


def read_job(service: Service, session: Session, text: str) -> tuple:
    """Turn the text into requirements; a job that asks for nothing is answered in words.

    Returns the updates of the notice and of the editor.
    """
    session.chosen_requirement = None
    try:
        session.job = service.parse_job(text or "")
    except JobError as error:
        session.job = None
        return say(str(error)), *editor.shown(session)
    return say(), *editor.shown(session)


# --- the resumes -----------------------------------------------------------------------------------------------------


def open_job(service: Service, session: Session, path: str) -> tuple:
    """A job that comes as a file; returns the updates of the job text and of `read_job`."""
    try:
        text = service.read_text(path)
    except DocumentError as error:
        return gr.skip(), say(str(error)), *[gr.skip()] * (len(editor.shown(session)))
    finally:
        Path(path).unlink(missing_ok=True)
    return text, *read_job(service, session, text)


def take_resumes(session: Session, paths: list[str] | None, move: bool = True) -> tuple:
    """Take uploads in and empty the upload field; returns the updates of (files, taken, clear, run)."""
    session.folder = session.folder or intake.new_folder()
    found = intake.take_in(paths or [], session.folder, move=move)
    new, known = session.add(found.resumes)
    count = len(session.resumes)
    return None, taken_words(count, new, known, found.problems), gr.Button(visible=bool(count)), run_button(count)


def taken_words(count: int, new: int, known: int, problems: list[str]) -> str:
    """What was taken in, in words; a problem a line."""
    if not count and not problems:
        return NO_RESUMES
    words = f"{count} {'resume' if count == 1 else 'resumes'} ready"
    words += f", {new} of them new" if 0 < new < count else ""
    words += f". {known} left out: already here" if known else ""
    return "\n".join([words + ".", *problems])


def run_button(count: int, interactive: bool = True) -> gr.Button:
    """The main button says what it will do."""
    words = "Screen" if not count else f"Screen {count} {'resume' if count == 1 else 'resumes'}"
    return gr.Button(value=words, interactive=interactive)


def take_sample(service: Service, session: Session, title: str) -> tuple:
    """A sample job, read, with the sample resumes."""
    text = service.sample_jobs()[title].read_text(encoding="utf-8")
    return text, *read_job(service, session, text), *take_resumes(session, service.sample_resumes(), move=False)


def forget(session: Session) -> tuple:
    """Remove every resume and verdict; returns the updates of (files, taken, clear, run) and of `drawn`."""
    if session.running:
        return None, "A screening is running. Stop it first, then remove the resumes.", *[gr.skip()] * 7
    session.forget_resumes()
    return None, NO_RESUMES, gr.Button(visible=False), run_button(0), *drawn(session, "ALL")


# --- the shortlist ---------------------------------------------------------------------------------------------------


def drawn(session: Session, only: str) -> tuple:
    """The updates of (summary, filter, ranking, results, empty) for what the session holds."""
    rows = list(session.rows.values())
    table = render.ranking(rows, session.labels(), session.human, only)
    return (render.summary(rows) if rows else "", gr.Radio(choices=filters(session)),
            render.styled(table, render.RANKING_HEADERS, 2), gr.Column(visible=bool(rows)),
            gr.Markdown(visible=not rows))


def filters(session: Session) -> list[tuple[str, str]]:
    """The filter's choices with how many rows each would show."""
    rows = session.rows.values()
    counts = {**render.tally(rows), "ALL": len(rows), "MINE": len(session.human)}
    return [(f"{words} {counts[key]}", key) for key, words in FILTERS.items()]


def screen(service: Service, session: Session, text: str, adapter: str, only: str) -> Iterator[tuple]:
    """Stream the batch: yields the editor's updates, (run, stop, notice, progress) and `drawn`."""
    count = len(session.resumes)
    idle = run_button(count), gr.Button(interactive=False)
    trouble = prepare(service, session, text)
    job = editor.shown(session)
    if trouble:
        yield *job, *idle, say(trouble), gr.HTML(visible=False), *drawn(session, only)
        return
    session.cancel = threading.Event()
    try:
        adapters = ("sft", "grpo") if adapter == "both" else (adapter,)
        for state, done, left, message in _judge(service, session, adapters):
            ended = state in ("done", "stopped", "failed")
            buttons = idle if ended else (run_button(count, False), gr.Button(interactive=state != "stopping"))
            bar = gr.HTML(visible=False) if state == "failed" else gr.HTML(
                markup.progress(done, count, left, state), visible=True)
            yield *job, *buttons, say(message), bar, *drawn(session, only)
            job = [gr.skip()] * len(job)
    except Exception as error:  # the page must come back to rest whatever broke; a fault of ours is raised again
        words = str(error) if isinstance(error, ShortlistError) else BROKEN
        yield *job, *idle, say(words), gr.HTML(visible=False), *drawn(session, only)
        if words is BROKEN:
            raise
    finally:
        session.cancel.set()
        session.cancel = None


def prepare(service: Service, session: Session, text: str) -> str:
    """Make the session ready to screen; returns what is missing, in words, or nothing."""
    if session.running:
        return "A screening is running already. Stop it first, or wait for it to end."
    try:
        if session.job is None or session.job.text.strip() != (text or "").strip():
            session.chosen_requirement = None
            session.job = service.parse_job(text or "")
    except JobError as error:
        return str(error)
    return "" if session.resumes else "There are no resumes yet. Add some under 2, then screen again."


def _judge(service: Service, session: Session, adapters: tuple[str, ...]) -> Iterator[tuple]:
    """Run the engine over what waits; yields (state, done, seconds left, message)."""
    waiting = session.waiting(adapters)
    done = first = len(session.resumes) - len(waiting)
    while (status := service.wait(0.5)).state == "loading":
        yield ("stopped" if session.cancel.is_set() else "loading"), done, None, ""
        if session.cancel.is_set():
            return
    missing = [JUDGES[name] for name in adapters if name not in status.adapters]
    if status.state == "failed" or missing:
        reason = status.message if status.state == "failed" else f"This model has no {' and no '.join(missing)} judge."
        yield "failed", done, None, reason
        return
    yield "queued" if service.busy() else "running", done, None, ""
    by_path = {str(resume.path): resume for resume in waiting}
    began, drawn_at = time.monotonic(), 0.0
    for row, document in service.screen(session.job, list(by_path), adapters, session.cancel):
        resume = by_path[row["file"]]
        session.keep(resume, row, document)
        done, now = done + 1, time.monotonic()
        if now - drawn_at >= max(REDRAW_SECONDS, done / 400):
            drawn_at = now
            left = render.remaining(done - first, len(waiting), now - began)
            yield "stopping" if session.cancel.is_set() else "running", done, left, ""
    yield "done" if done >= len(session.resumes) else "stopped", done, 0.0, ""


def stop(session: Session) -> gr.Button:
    """Ask the run to end after the resume it is on."""
    if session.cancel:
        session.cancel.set()
    return gr.Button(interactive=False)


def set_blind(session: Session, blind: bool, only: str) -> tuple:
    session.blind = blind
    return drawn(session, only)


def choose(session: Session, event: gr.SelectData) -> gr.Tabs:
    """Remember the chosen row's candidate and turn to the Candidate tab."""
    by_label = {label: sha256 for sha256, label in session.labels().items()}
    session.selected = by_label.get(event.row_value[1], session.selected)
    return gr.Tabs(selected="candidate")


def write_export(session: Session, kind: str) -> str:
    """Write the batch as "csv", "jsonl" or "html" to a file in the session's folder; returns its path."""
    session.folder = session.folder or intake.new_folder()
    path = Path(session.folder) / f"shortlist.{kind}"
    rows, labels, human = list(session.rows.values()), session.labels(), session.human
    if kind == "csv":
        text = export.to_csv(rows, labels, human)
    elif kind == "jsonl":
        text = export.to_jsonl(rows, labels, human, session.blind)
    else:
        redactors = {key: redactor(document, session.blind) for key, document in session.documents.items()}
        text = report.batch(session.job.title if session.job else "", rows, labels, human, redactors, as_of())
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)
