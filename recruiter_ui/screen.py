"""The Screen tab: a job, a pile of resumes, a ranked table that fills in as each verdict arrives."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from model.errors import JobError
from recruiter_ui import export, intake, markup, render, requirements
from recruiter_ui.session import Session
from recruiter_ui.shell import Shell, notice, plain, say

ADAPTER_CHOICES = [("GRPO", "grpo"), ("SFT", "sft"), ("Both, to compare", "both")]
FILTERS = [("All", "ALL"), ("● Selected", "SELECTED"), ("◆ Review", "REVIEW"), ("○ Suggested: reject", "REJECTED"),
           ("✕ Not read", "UNREAD"), ("Decided by you", "MINE")]
EMPTY = ("No candidates yet. Paste a job on the left or pick a sample, add resumes, then press Screen. "
         "Each candidate appears here as soon as the verdict is in.")
NO_RESUMES = "No resumes yet. Drop PDF, DOCX or TXT files, or one ZIP with all of them."
REDRAW_SECONDS = 0.4


@dataclass
class Screen:
    """The components that other code needs."""

    samples: dict[str, gr.Button]
    job: gr.Textbox
    read: gr.Button
    job_notice: gr.Textbox
    editor: gr.Column
    table: gr.Dataframe
    warnings: gr.Textbox
    files: gr.File
    taken: gr.Textbox
    clear: gr.Button
    adapter: gr.Radio
    blind: gr.Checkbox
    run: gr.Button
    stop: gr.Button
    run_notice: gr.Textbox
    progress: gr.HTML
    summary: gr.Textbox
    only: gr.Radio
    ranking: gr.Dataframe
    results: gr.Column
    empty: gr.Markdown
    csv: gr.Button
    jsonl: gr.Button
    csv_file: gr.DownloadButton
    jsonl_file: gr.DownloadButton


# --- layout ----------------------------------------------------------------------------------------------------------


def layout(shell: Shell) -> Screen:
    """Place the components: inputs on the left, the shortlist on the right."""
    with gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=5, min_width=320, elem_classes="sl-inputs"):
            parts = {**_job_part(shell), **_resume_part()}
        with gr.Column(scale=8, min_width=320, elem_classes="sl-outcome"):
            parts |= _run_part() | _result_part()
    return Screen(**parts)


def _job_part(shell: Shell) -> dict:
    gr.Markdown("## 1 &nbsp;The job", elem_classes="sl-step")
    samples = {}
    titles = shell.service.sample_jobs()
    if titles:
        with gr.Row(elem_classes="sl-samples"):
            gr.Markdown("Try a sample:", elem_classes="sl-hint")
            samples = {title: gr.Button(title, size="sm", variant="secondary", min_width=80) for title in titles}
    job = gr.Textbox(label="Job text", lines=6, max_lines=12, max_length=60_000, elem_id="job-text",
                     placeholder="Paste the whole job post. Company story and benefits are recognised and left aside.")
    read = gr.Button("Read the job", variant="secondary", elem_id="read-job")
    job_notice = notice("job-notice")
    with gr.Column(visible=False, elem_id="editor") as editor:
        table = gr.Dataframe(headers=requirements.HEADERS, datatype=requirements.TYPES, interactive=True, wrap=True,
                             type="array", label="What the job asks for (click a cell to change it)", max_height=420,
                             column_count=(4, "fixed"), column_widths=["46%", "22%", "17%", "15%"],
                             elem_id="requirements", buttons=[])
        warnings = plain("Worth a second look", visible=False, elem_classes="sl-warning")
    return {"samples": samples, "job": job, "read": read, "job_notice": job_notice, "editor": editor, "table": table,
            "warnings": warnings}


def _resume_part() -> dict:
    gr.Markdown("## 2 &nbsp;The resumes", elem_classes="sl-step")
    files = gr.File(label="Add resumes (PDF, DOCX, TXT or a ZIP)", file_count="multiple", height=132,
                    elem_id="resumes")
    with gr.Row(elem_classes="sl-taken"):
        taken = plain("Taken in", NO_RESUMES, show_label=False, container=False, elem_id="taken", scale=4)
        clear = gr.Button("Remove all", size="sm", variant="secondary", min_width=90, visible=False, scale=1)
    return {"files": files, "taken": taken, "clear": clear}


def _run_part() -> dict:
    gr.Markdown("## 3 &nbsp;The shortlist", elem_classes="sl-step")
    with gr.Row(elem_classes="sl-settings"):
        adapter = gr.Radio(ADAPTER_CHOICES, value="grpo", label="Judge", elem_id="adapter", scale=3, min_width=260)
        blind = gr.Checkbox(value=True, label="Blind mode: hide names", elem_id="blind", scale=2, min_width=190,
                            container=True)
    with gr.Row(elem_classes="sl-actions"):
        run = gr.Button("Screen", variant="primary", elem_id="run", scale=3)
        stop = gr.Button("Stop", variant="secondary", elem_id="stop", interactive=False, scale=1, min_width=90)
    run_notice = notice("run-notice")
    progress = gr.HTML("", visible=False, elem_id="progress")
    return {"adapter": adapter, "blind": blind, "run": run, "stop": stop, "run_notice": run_notice,
            "progress": progress}


def _result_part() -> dict:
    empty = gr.Markdown(EMPTY, elem_classes="sl-empty", elem_id="empty")
    with gr.Column(visible=False, elem_id="results") as results:
        summary = plain("In short", container=False, show_label=False, elem_id="summary")
        only = gr.Radio(FILTERS, value="ALL", label="Show", elem_id="only")
        ranking = gr.Dataframe(headers=render.RANKING_HEADERS, datatype=render.RANKING_TYPES, interactive=False,
                               type="array", label="Candidates, best first. Choose a row to see why.", wrap=True,
                               max_height=640, show_search="search", elem_id="ranking", buttons=["fullscreen"],
                               column_widths=["56px", "150px", "170px", "70px", "70px", "100px", "96px", "96px",
                                              "180px", "150px"])
        with gr.Row(elem_classes="sl-exports"):
            csv = gr.Button("Export CSV", size="sm", min_width=120, elem_id="export-csv")
            jsonl = gr.Button("Export JSONL", size="sm", min_width=120, elem_id="export-jsonl")
            csv_file = gr.DownloadButton("CSV file", visible="hidden", elem_id="csv-file")
            jsonl_file = gr.DownloadButton("JSONL file", visible="hidden", elem_id="jsonl-file")
    return {"empty": empty, "results": results, "summary": summary, "only": only, "ranking": ranking, "csv": csv,
            "jsonl": jsonl, "csv_file": csv_file, "jsonl_file": jsonl_file}


# --- handlers --------------------------------------------------------------------------------------------------------


def read_job(service, session: Session, text: str) -> tuple:
    """Turn the text into the requirement table; a job that asks for nothing is answered in words."""
    try:
        session.job = service.parse_job(text or "")
    except JobError as error:
        session.job = None
        return say(str(error)), gr.Column(visible=False), None, gr.Textbox(visible=False)
    warnings = "\n".join(f"⚑ {warning}" for warning in session.job.warnings)
    return (say(), gr.Column(visible=True), requirements.to_rows(session.job.requirements),
            gr.Textbox(value=warnings, visible=bool(warnings)))


def take_resumes(session: Session, paths: list[str] | None, move: bool = True) -> tuple:
    """Take uploads in and empty the upload field; returns the updates of (files, taken, clear)."""
    session.folder = session.folder or intake.new_folder()
    found = intake.take_in(paths or [], session.folder, move=move)
    new, known = session.add(found.resumes)
    return None, taken_words(session, new, known, found.problems), gr.Button(visible=bool(session.resumes))


def taken_words(session: Session, new: int, known: int, problems: list[str]) -> str:
    """What was taken in, in words; a problem a line."""
    if not session.resumes and not problems:
        return NO_RESUMES
    count = len(session.resumes)
    words = f"{count} {'resume' if count == 1 else 'resumes'} ready"
    words += f", {new} new" if new and new != count else ""
    words += f". {known} left out: already here" if known else ""
    return "\n".join([words + ".", *problems])


def forget(session: Session) -> tuple:
    session.forget_resumes()
    return None, NO_RESUMES, gr.Button(visible=False), *drawn(session, "ALL")


def drawn(session: Session, only: str) -> tuple:
    """The updates of (summary, ranking, results, empty) for what the session holds."""
    rows = session.rows.values()
    return (render.summary(rows) if rows else "", render.ranking(rows, session.labels(), session.human, only),
            gr.Column(visible=bool(rows)), gr.Markdown(visible=not rows))


def screen(service, session: Session, text: str, cells: list[list] | None, adapter: str, only: str) -> Iterator[tuple]:
    """Stream the batch: yields the updates of (run, stop, run_notice, progress, summary, ranking, results, empty)."""
    idle = gr.Button(interactive=True), gr.Button(interactive=False)
    trouble = prepare(service, session, text, cells)
    if trouble:
        yield *idle, say(trouble), gr.HTML(visible=False), *drawn(session, only)
        return
    session.cancel = threading.Event()
    try:
        adapters = ("sft", "grpo") if adapter == "both" else (adapter,)
        for state, done, total, left, message in _judge(service, session, adapters):
            ended = state in ("done", "stopped", "failed")
            buttons = idle if ended else (gr.Button(interactive=False), gr.Button(interactive=True))
            bar = gr.HTML(visible=False) if state == "failed" else gr.HTML(
                markup.progress(done, total, left, state), visible=True)
            yield *buttons, say(message), bar, *drawn(session, only)
    finally:
        session.cancel.set()
        session.cancel = None


def prepare(service, session: Session, text: str, cells: list[list] | None) -> str:
    """Make the session ready to screen; returns what is missing, in words, or nothing."""
    if session.running:
        return "A screening is running already. Stop it first, or wait for it to end."
    try:
        if session.job is None or session.job.text.strip() != (text or "").strip():
            session.job = service.parse_job(text or "")
        else:
            session.set_requirements(requirements.from_rows(cells or [], session.job.requirements))
    except JobError as error:
        return str(error)
    return "" if session.resumes else "There are no resumes yet. Add some under 2, then screen again."


def _judge(service, session: Session, adapters: tuple[str, ...]) -> Iterator[tuple]:
    """Run the engine over what waits; yields (state, done, total, seconds left, message)."""
    waiting = session.waiting(adapters)
    total, done = len(session.resumes), len(session.resumes) - len(waiting)
    while (status := service.wait(0.5)).state == "loading":
        if session.cancel.is_set():
            yield "stopped", done, total, None, ""
            return
        yield "loading", done, total, None, ""
    missing = [render.ADAPTER_WORDS[name] for name in adapters if name not in status.adapters]
    if status.state == "failed" or missing:
        reason = status.message if status.state == "failed" else f"This model has no {' and no '.join(missing)} judge."
        yield "failed", done, total, None, reason
        return
    yield "queued" if service.busy() else "running", done, total, None, ""
    began, first, drawn_at = time.monotonic(), done, 0.0
    for row, document in service.screen(session.job, [resume.path for resume in waiting], adapters, session.cancel):
        session.rows[row["sha256"]] = row
        if document:
            session.documents[row["sha256"]] = document
        done += 1
        now = time.monotonic()
        if now - drawn_at >= max(REDRAW_SECONDS, len(session.rows) / 400):
            drawn_at = now
            left = render.remaining(done - first, total - first, now - began)
            yield "stopping" if session.cancel.is_set() else "running", done, total, left, ""
    yield "done" if done >= total else "stopped", done, total, 0.0, ""


def stop(session: Session) -> tuple:
    """Ask the run to end after the resume it is on."""
    if session.cancel:
        session.cancel.set()
    return gr.Button(interactive=False)


def write_export(session: Session, kind: str) -> str:
    """Write the batch to a file in the session's folder; returns its path."""
    session.folder = session.folder or intake.new_folder()
    path = Path(session.folder) / f"shortlist.{kind}"
    rows, labels = session.rows.values(), session.labels()
    if kind == "csv":
        path.write_text(export.to_csv(rows, labels, session.human), encoding="utf-8", newline="")
    else:
        path.write_text(export.to_jsonl(rows, labels, session.human, session.blind), encoding="utf-8")
    return str(path)


# --- wiring ----------------------------------------------------------------------------------------------------------


def wire(shell: Shell, ui: Screen, opened) -> None:
    """Connect the events. `opened` is (function of session, outputs): what to do once a candidate is chosen."""
    service, session = shell.service, shell.session
    job_outputs = [ui.job_notice, ui.editor, ui.table, ui.warnings]
    pile = [ui.files, ui.taken, ui.clear]
    view = [ui.summary, ui.ranking, ui.results, ui.empty]
    quiet = {"show_progress": "hidden"}

    ui.read.click(lambda s, text: read_job(service, s, text), [session, ui.job], job_outputs, api_name="read_job",
                  **quiet)
    ui.files.upload(take_resumes, [session, ui.files], pile, api_name="add_resumes", **quiet)
    ui.clear.click(forget, session, pile + view, api_name="remove_resumes", **quiet)
    for title, button in ui.samples.items():
        button.click(lambda s, title=title: _sample(service, s, title), session, [ui.job, *job_outputs, *pile],
                     api_name=False, **quiet)
    ui.run.click(lambda s, *args: (yield from screen(service, s, *args)),
                 [session, ui.job, ui.table, ui.adapter, ui.only],
                 [ui.run, ui.stop, ui.run_notice, ui.progress, *view], api_name="screen", concurrency_limit=4, **quiet)
    ui.stop.click(stop, session, ui.stop, api_name="stop", **quiet)
    ui.only.change(drawn, [session, ui.only], view, api_name=False, **quiet)
    ui.blind.change(_set_blind, [session, ui.blind, ui.only], view, api_name=False, **quiet)
    ui.ranking.select(_choose, [session], [shell.tabs], api_name=False, **quiet).then(
        opened[0], session, opened[1], api_name=False, **quiet)
    for kind, button, holder in (("csv", ui.csv, ui.csv_file), ("jsonl", ui.jsonl, ui.jsonl_file)):
        button.click(lambda s, kind=kind: write_export(s, kind), session, holder, api_name=f"export_{kind}", **quiet
                     ).then(None, js=f"() => document.querySelector('#{kind}-file').click()")


def _sample(service, session: Session, title: str) -> tuple:
    """A sample job, read, with the sample resumes."""
    text = service.sample_jobs()[title].read_text(encoding="utf-8")
    return text, *read_job(service, session, text), *take_resumes(session, service.sample_resumes(), move=False)


def _set_blind(session: Session, blind: bool, only: str) -> tuple:
    session.blind = blind
    return drawn(session, only)


def _choose(session: Session, event: gr.SelectData) -> gr.Tabs:
    """Remember the chosen row's candidate and turn to the Candidate tab."""
    by_label = {label: sha256 for sha256, label in session.labels().items()}
    session.selected = by_label.get(event.row_value[1], session.selected)
    return gr.Tabs(selected="candidate")
