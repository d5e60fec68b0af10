"""What the Screen tab does: reads the job, takes resumes in, queues them, and follows the worker. No layout."""

from __future__ import annotations

import time
from pathlib import Path

import gradio as gr

from model.errors import DocumentError, JobError, RecordsError
from recruiter_ui import editor, intake, markup, records, render
from recruiter_ui.access import current_user
from recruiter_ui.i18n import said, t
from recruiter_ui.service import Service
from recruiter_ui.session import Session
from recruiter_ui.shell import say

NO_RESUMES = "No resumes yet. Drop PDF, DOCX or TXT files, or one ZIP with all of them."
REMOVED = "All resumes are off this page. What was screened can be opened again under History."
FILTERS = {"ALL": "All", "SELECTED": "● Selected", "REVIEW": "◆ Review", "REJECTED": "○ Suggested: reject",
           "UNREAD": "✕ Not read", "MINE": "✓ Decided by you"}
JUDGES = {"grpo": "GRPO (recommended)", "sft": "SFT", "both": "Both, to compare"}
POLL_SECONDS = 1.0  # between two looks at what the worker has done
ROWS_A_SECOND = 400  # a long table is drawn less often
BOTH = ("sft", "grpo")

# --- the job ---------------------------------------------------------------------------------------------------------


def read_job(service: Service, session: Session, text: str) -> tuple:
    """Turn the text into requirements; a job that asks for nothing is answered in words.

    Returns the updates of the notice and of the editor.
    """
    try:
        session.take_job(service.parse_job(text or ""))
    except JobError as error:
        session.take_job(None)
        return say(said(str(error))), *editor.shown(session)
    return say(), *editor.shown(session)


# --- the resumes -----------------------------------------------------------------------------------------------------


def open_job(service: Service, session: Session, path: str) -> tuple:
    """A job that comes as a file; returns the updates of the job text and of `read_job`."""
    try:
        text = service.read_text(path)
    except DocumentError as error:
        return gr.skip(), say(said(str(error))), *[gr.skip()] * (len(editor.shown(session)))
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
        return t(NO_RESUMES)
    words = t("1 resume ready") if count == 1 else t("{n} resumes ready", n=count)
    words += t(", {n} of them new", n=new) if 0 < new < count else ""
    words += t(". {n} left out: already here", n=known) if known else ""
    return "\n".join([words + ".", *problems])


def run_button(count: int, interactive: bool = True) -> gr.Button:
    """The main button says what it will do."""
    words = (t("Screen") if not count else t("Screen 1 resume") if count == 1 else
             t("Screen {n} resumes", n=count))
    return gr.Button(value=words, interactive=interactive)


def take_sample(service: Service, session: Session, title: str) -> tuple:
    """A sample job, read, with the sample resumes."""
    text = service.sample_jobs()[title].read_text(encoding="utf-8")
    return text, *read_job(service, session, text), *take_resumes(session, service.sample_resumes(), move=False)


def forget(session: Session) -> tuple:
    """Remove every resume and verdict; returns the updates of (files, taken, clear, run) and of `drawn`."""
    if session.running:
        return None, t("A screening is running. Stop it first, then remove the resumes."), *[gr.skip()] * (2 + DRAWN)
    words = t(REMOVED if session.rows else NO_RESUMES)
    session.forget_resumes()
    return None, words, gr.Button(visible=False), run_button(0), *drawn(session)


# --- the shortlist ---------------------------------------------------------------------------------------------------


DRAWN = 6  # updates of `drawn`


def drawn(session: Session) -> tuple:
    """The updates of (summary, filter, ranking, results, empty, picker) for what the session holds."""
    rows, labels = list(session.rows.values()), session.labels()
    session.picked = [key for key in session.picked if key in session.rows]
    picked = {labels[key] for key in session.picked}
    table = render.ranking(rows, labels, session.human, session.only)
    choices = [(labels[row["sha256"]], row["sha256"]) for row in render.ranked(rows)]
    return (render.summary(rows) if rows else "", gr.Radio(choices=filters(session)),
            render.styled(table, render.RANKING_HEADERS, 2, lambda line: line[1] in picked),
            gr.Column(visible=bool(rows)), gr.Markdown(visible=not rows),
            gr.Dropdown(choices=choices, value=session.picked, multiselect=True))


def filters(session: Session) -> list[tuple[str, str]]:
    """The filter's choices with how many rows each would show."""
    rows = session.rows.values()
    counts = {**render.tally(rows), "ALL": len(rows), "MINE": len(session.human)}
    return [(f"{t(words)} {counts[key]}", key) for key, words in FILTERS.items()]


def start(service: Service, session: Session, text: str, adapter: str) -> tuple:
    """Queue the resumes; returns the editor's updates and those of `follow`."""
    trouble = prepare(service, session, text, _adapters(adapter))
    if not trouble:
        try:
            session.submit(service.store, current_user().id, _adapters(adapter))
            service.nudge()
        except RecordsError as error:
            trouble = str(error)
    if trouble:
        return *editor.shown(session), *_at_rest(session, trouble), *drawn(session)
    session.pace = time.monotonic(), len(session.rows)
    return *editor.shown(session), *follow(service, session, redraw=True)


def _adapters(adapter: str) -> tuple[str, ...]:
    return BOTH if adapter == "both" else (adapter,)


def prepare(service: Service, session: Session, text: str, adapters: tuple[str, ...]) -> str:
    """Make the session ready to screen; returns what is missing, in words, or nothing."""
    if session.running:
        return t("A screening is running already. Stop it first, or wait for it to end.")
    try:
        if session.job is None or session.job.text.strip() != (text or "").strip():
            session.take_job(service.parse_job(text or ""))
    except JobError as error:
        return said(str(error))
    if not session.resumes:
        return t("There are no resumes yet. Add some under 2, then screen again.")
    status = service.status()
    missing = [render.ADAPTER_WORDS[name] for name in adapters if name not in status.adapters]
    if status.state == "ready" and missing:
        return t("This model has no {judges} judge.", judges=" + ".join(missing))
    return ""


def attach(service: Service, session: Session) -> tuple:
    """A page that was just opened shows the user's screening that still runs, where there is one.

    Returns the updates of (job text, judge), the editor, (taken, clear) and of `follow`.
    """
    user = current_user().id
    running = records.latest_open(service.store, user)
    if running is None or session.screening == running.id:
        return (gr.skip(),) * (2 + len(editor.shown(session)) + 2 + FOLLOWED)
    session.attach(service.store, user, running)
    return shown(service, session)


def shown(service: Service, session: Session) -> tuple:
    """The updates of `attach` for the screening that the session was just attached to."""
    if session.judged_for is None:
        return (gr.skip(),) * (2 + len(editor.shown(session)) + 2 + FOLLOWED)
    session.pace = time.monotonic(), len(session.rows)
    adapters = session.judged_for[2]
    judge = "both" if len(adapters) > 1 else adapters[0]
    return (session.job.text, gr.Radio(value=judge), *editor.shown(session),
            taken_words(len(session.resumes), 0, 0, []), gr.Button(visible=True),
            *follow(service, session, redraw=True))


FOLLOWED = 5 + DRAWN  # updates of `follow`: run, stop, notice, progress, clock and those of `drawn`


def follow(service: Service, session: Session, redraw: bool = False) -> tuple:
    """What the worker has done since the last look: updates of (run, stop, notice, progress, clock) and of `drawn`."""
    if not session.running:
        return *[gr.skip()] * 4, gr.Timer(active=False), *[gr.skip()] * DRAWN
    try:
        screening = records.screening_of(session.store, session.screening, session.user)
        session.undrawn |= bool(session.catch_up()) or redraw
    except RecordsError as error:
        return *_at_rest(session, str(error)), *drawn(session)
    state, words = _state(service, screening)
    if state == "failed":
        return *_at_rest(session, words), *drawn(session)
    began, first = session.pace
    left = render.remaining(screening.done - first, screening.total - first, time.monotonic() - began)
    bar = gr.HTML(markup.progress(screening.done, screening.total, left, state), visible=True)
    session.running = state not in ("done", "stopped")
    buttons = run_button(len(session.resumes), not session.running), gr.Button(
        interactive=session.running and state != "stopping")
    now = time.monotonic()
    due = redraw or not session.running or now - session.drawn_at >= len(session.rows) / ROWS_A_SECOND
    view = [gr.skip()] * DRAWN
    if session.undrawn and due:
        view, session.drawn_at, session.undrawn = drawn(session), now, False
    return *buttons, say(words), bar, gr.Timer(active=session.running), *view


def _state(service: Service, screening: records.Screening) -> tuple[str, str]:
    """(state for the progress bar, or "failed"; what is wrong in words)."""
    if screening.status == "failed":
        return "failed", screening.message
    if screening.status == "stopped":
        return ("stopping" if screening.counts["running"] else "stopped"), ""
    if screening.status == "done":
        return "done", ""
    status = service.status()
    if status.state in ("failed", "loading"):
        return status.state, status.message if status.state == "failed" else ""
    trouble = service.worker.trouble if service.worker else ""
    return ("running" if screening.done or screening.counts["running"] else "queued"), trouble


def _at_rest(session: Session, words: str) -> tuple:
    """Nothing runs, and why: updates of (run, stop, notice, progress, clock)."""
    session.running = False
    return (run_button(len(session.resumes)), gr.Button(interactive=False), say(words), gr.HTML(visible=False),
            gr.Timer(active=False))


def stop(session: Session) -> gr.Button:
    """Ask the worker to end after the resumes it has in hand."""
    if session.running:
        records.stop_screening(session.store, session.screening, session.user)
    return gr.Button(interactive=False)


def show(session: Session, only: str) -> tuple:
    """Filter the table: from now on every answer draws it so, one that was asked for earlier too."""
    session.only = only
    return drawn(session)


def set_blind(session: Session, blind: bool) -> tuple:
    session.blind = blind
    return drawn(session)


def choose(session: Session, event: gr.SelectData) -> gr.Tabs:
    """Remember the chosen row's candidate and turn to the Candidate tab."""
    by_label = {label: sha256 for sha256, label in session.labels().items()}
    session.selected = by_label.get(event.row_value[1], session.selected)
    return gr.Tabs(selected="candidate")
