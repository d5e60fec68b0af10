"""The Screen tab: a job, a pile of resumes, a ranked table that fills in as each verdict arrives. Layout and wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from recruiter_ui import editor, export, picking, render, screening
from recruiter_ui.i18n import lazy
from recruiter_ui.session import DECLINED, SHORTLISTED
from recruiter_ui.shell import EVERY, KEYS, LATEST, QUIET, Shell, notice, plain

PASTE = "Paste the whole job post. Company story and benefits are recognised and left aside."
JUDGE = "SFT is the trained model, GRPO the same trained further. Both take longer."
EMPTY = ("No candidates yet. Paste a job or pick a sample, add resumes, then press Screen. "
         "Each candidate appears here as soon as the verdict is in.")
STEP_CALLS = {-1: "pick_previous", 1: "pick_next"}
DECISION_CALLS = {SHORTLISTED: "shortlist_picked", DECLINED: "reject_picked", None: "leave_picked_open"}
SHOW_PICKED = """() => setTimeout(() =>
  document.querySelector('#ranking .body-cell[style*="accent-soft"]')?.scrollIntoView({block: 'nearest'}), 100)"""


@dataclass
class Screen:
    """The components that the wiring needs."""

    samples: dict[str, gr.Button]
    job: gr.Textbox
    read: gr.Button
    opened: gr.UploadButton
    job_notice: gr.Textbox
    editor: editor.Editor
    files: gr.File
    taken: gr.Textbox
    clear: gr.Button
    adapter: gr.Radio
    blind: gr.Checkbox
    run: gr.Button
    stop: gr.Button
    run_notice: gr.Textbox
    progress: gr.HTML
    clock: gr.Timer
    summary: gr.Textbox
    only: gr.Radio
    ranking: gr.Dataframe
    results: gr.Column
    empty: gr.Markdown
    picked: gr.Dropdown
    steps: dict[int, gr.Button]
    everybody: gr.Button
    decisions: dict[str | None, gr.Button]
    undo: gr.Button
    exports: dict[str, tuple[gr.Button, gr.DownloadButton]]


# --- layout ----------------------------------------------------------------------------------------------------------


def layout(shell: Shell) -> Screen:
    """Place the components: inputs on the left, the shortlist on the right."""
    with gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=9, min_width=320):
            parts = {**_job_part(shell), **_resume_part()}
        with gr.Column(scale=19, min_width=320):
            parts |= _run_part() | _result_part()
    return Screen(**parts)


def _job_part(shell: Shell) -> dict:
    gr.Markdown(lazy("## 1 &nbsp;The job"), elem_classes="sl-step")
    samples = {}
    titles = shell.service.sample_jobs()
    if titles:
        with gr.Row(elem_classes="sl-samples"):
            gr.Markdown(lazy("Try a sample:"), elem_classes="sl-hint")
            samples = {title: gr.Button(title, size="sm", min_width=80) for title in titles}
    job = gr.Textbox(label=lazy("Job text"), lines=7, max_lines=12, max_length=60_000, elem_id="job-text",
                     placeholder=lazy(PASTE))
    with gr.Row(elem_classes="sl-read"):
        read = gr.Button(lazy("Read the job"), elem_id="read-job", min_width=140)
        opened = gr.UploadButton(lazy("Open a file"), elem_id="open-job", min_width=110)
    job_notice = notice("job-notice")
    return {"samples": samples, "job": job, "read": read, "opened": opened, "job_notice": job_notice,
            "editor": editor.layout()}


def _resume_part() -> dict:
    gr.Markdown(lazy("## 2 &nbsp;The resumes"), elem_classes="sl-step")
    files = gr.File(label=lazy("PDF, DOCX, TXT or a ZIP"), file_count="multiple", height=132, elem_id="resumes")
    with gr.Row(elem_classes="sl-taken"):
        taken = plain(lazy("Taken in"), lazy(screening.NO_RESUMES), show_label=False, container=False, elem_id="taken",
                      scale=4, elem_classes="sl-line", min_width=180)
        clear = gr.Button(lazy("Remove all"), size="sm", min_width=90, visible=False, scale=1,
                          elem_id="remove-resumes")
    return {"files": files, "taken": taken, "clear": clear}


def _run_part() -> dict:
    gr.Markdown(lazy("## 3 &nbsp;The shortlist"), elem_classes="sl-step")
    with gr.Row(elem_classes="sl-settings"):
        adapter = gr.Radio([(lazy(words), key) for key, words in screening.JUDGES.items()], value="grpo",
                           label=lazy("Judge"), elem_id="adapter", scale=3, min_width=300, elem_classes="sl-chips",
                           info=lazy(JUDGE))
        blind = gr.Checkbox(value=True, label=lazy("Blind mode: hide who they are"), elem_id="blind", scale=0,
                            min_width=230, container=False)
    with gr.Row(elem_classes="sl-actions"):
        run = gr.Button(lazy("Screen"), variant="primary", elem_id="run", scale=4)
        stop = gr.Button(lazy("Stop"), elem_id="stop", interactive=False, scale=1, min_width=90)
    run_notice = notice("run-notice")
    progress = gr.HTML("", visible=False, elem_id="progress")
    clock = gr.Timer(screening.POLL_SECONDS, active=False)
    return {"adapter": adapter, "blind": blind, "run": run, "stop": stop, "run_notice": run_notice,
            "progress": progress, "clock": clock}


def _result_part() -> dict:
    empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty", elem_id="empty")
    with gr.Column(visible=False, elem_id="results") as results:
        summary = plain(lazy("In short"), container=False, show_label=False, elem_id="summary",
                        elem_classes="sl-line")
        only = gr.Radio([(lazy(words), key) for key, words in screening.FILTERS.items()], value="ALL",
                        label=lazy("Show"), elem_id="only", elem_classes="sl-chips")
        picker = _picker()
        ranking = gr.Dataframe(datatype=render.RANKING_TYPES, interactive=False,
                               type="array", label=lazy("Candidates, best first. Choose a row to see why."), wrap=True,
                               max_height=760, show_search="search", elem_id="ranking", elem_classes="sl-cards",
                               buttons=["fullscreen"],
                               column_widths=["6.3%", "11.8%", "17.5%", "6.7%", "7.6%", "9.9%", "6%", "7.1%", "6.4%",
                                              "9%", "11.7%"])
        gr.Markdown(lazy(KEYS), elem_classes="sl-hint sl-keys")
        with gr.Row(elem_classes="sl-exports"):
            exports = {}
            for kind, words in export.KINDS.items():
                button = gr.Button(lazy(words), size="sm", min_width=120, elem_id=f"export-{kind}")
                holder = gr.DownloadButton(kind.upper(), elem_classes="sl-offscreen", elem_id=f"{kind}-file")
                exports[kind] = button, holder
    return {"empty": empty, "results": results, "summary": summary, "only": only, "ranking": ranking,
            "exports": exports, **picker}


def _picker() -> dict:
    """Who is picked, and what is decided on them."""
    with gr.Row(elem_classes="sl-pick"):
        steps = {-1: gr.Button("↑", size="sm", min_width=38, scale=0, elem_id="pick-before"),
                 1: gr.Button("↓", size="sm", min_width=38, scale=0, elem_id="pick-after")}
        picked = gr.Dropdown([], multiselect=True, label=lazy("Candidates to decide on"), show_label=False,
                             container=False, scale=1, min_width=190, elem_id="pick")
        everybody = gr.Button(lazy("All shown"), size="sm", min_width=70, scale=0, elem_id="pick-shown")
        decisions = {
            SHORTLISTED: gr.Button(lazy("✓ Shortlist"), size="sm", min_width=84, scale=0, elem_id="pick-shortlist"),
            DECLINED: gr.Button(lazy("✗ Reject"), size="sm", min_width=70, scale=0, elem_id="pick-reject"),
            None: gr.Button(lazy("Leave open"), size="sm", min_width=84, scale=0, elem_id="pick-open")}
        undo = gr.Button(lazy("Undo"), size="sm", min_width=60, scale=0, elem_id="pick-undo")
    return {"picked": picked, "steps": steps, "everybody": everybody, "decisions": decisions, "undo": undo}


# --- wiring ----------------------------------------------------------------------------------------------------------


def wire(shell: Shell, ui: Screen, tab: gr.Tab, show_candidate, candidate_outputs: list) -> None:
    """Connect the events; `show_candidate` fills `candidate_outputs` once a row is chosen."""
    _wire_inputs(shell, ui)
    _wire_results(shell, ui, tab, show_candidate, candidate_outputs)


def _wire_inputs(shell: Shell, ui: Screen) -> None:
    service, session = shell.service, shell.session
    job = [ui.job_notice, *ui.editor.outputs()]
    pile = [ui.files, ui.taken, ui.clear, ui.run]
    ui.read.click(lambda s, text: screening.read_job(service, s, text), [session, ui.job], job, api_name="read_job",
                  **QUIET)
    editor.wire(shell, ui.editor, ui.job_notice)
    ui.opened.upload(lambda s, path: screening.open_job(service, s, path), [session, ui.opened], [ui.job, *job],
                     api_name="open_job", **QUIET)
    ui.files.upload(screening.take_resumes, [session, ui.files], pile, api_name="add_resumes", **EVERY)
    ui.clear.click(screening.forget, session, pile + _view(ui), api_name="remove_resumes", **QUIET)
    ui.editor.undo.click(lambda s: editor.undo(s), session, job, api_name="undo_requirement", **EVERY)
    view = _view(ui)
    ui.picked.input(lambda s, keys: picking.pick(s, keys), [session, ui.picked], view,
                    api_name="pick", **LATEST)
    ui.everybody.click(lambda s: picking.pick_shown(s), session, view, api_name="pick_shown", **QUIET)
    ui.undo.click(lambda s: picking.undo(s), session, view, api_name="undo_picked", **EVERY)
    for by, button in ui.steps.items():
        button.click(lambda s, by=by: picking.step(s, by), session, view, api_name=STEP_CALLS[by],
                     **EVERY).then(None, js=SHOW_PICKED)
    for decision, button in ui.decisions.items():
        button.click(lambda s, decision=decision: picking.decide(s, decision), session, view,
                     api_name=DECISION_CALLS[decision], **EVERY)
    for title, button in ui.samples.items():
        button.click(lambda s, title=title: screening.take_sample(service, s, title), session, [ui.job, *job, *pile],
                     api_name=False, **QUIET)


def attach(shell: Shell, ui: Screen, app: gr.Blocks) -> None:
    """A page that is opened while a screening of its user runs shows that one."""
    app.load(lambda s: screening.attach(shell.service, s), shell.session, _attached(ui),
             api_name="attach", show_progress="hidden")


def redrawing(shell: Shell, ui: Screen) -> tuple[Callable, list]:
    """A handler that draws the screening which the session has just taken up, and its outputs."""
    return lambda s: screening.shown(shell.service, s), _attached(ui)


def _attached(ui: Screen) -> list:
    """The outputs of `screening.attach`."""
    return [ui.job, ui.adapter, *ui.editor.outputs(), ui.taken, ui.clear, *_followed(ui)]


def _followed(ui: Screen) -> list:
    """The outputs of `screening.follow`."""
    return [ui.run, ui.stop, ui.run_notice, ui.progress, ui.clock, *_view(ui)]


def _view(ui: Screen) -> list:
    """The outputs of `screening.drawn`."""
    return [ui.summary, ui.only, ui.ranking, ui.results, ui.empty, ui.picked]


def _wire_results(shell: Shell, ui: Screen, tab: gr.Tab, show_candidate, candidate_outputs: list) -> None:
    service, session, view = shell.service, shell.session, _view(ui)
    ui.run.click(lambda s, *args: screening.start(service, s, *args), [session, ui.job, ui.adapter],
                 [*ui.editor.outputs(), *_followed(ui)], api_name="screen", **QUIET)
    ui.clock.tick(lambda s: screening.follow(service, s), session, _followed(ui),
                  api_name="follow", **QUIET)
    ui.stop.click(screening.stop, session, ui.stop, api_name="stop", **QUIET)
    gr.on([ui.only.input, tab.select], screening.show, [session, ui.only], view, api_name="show", **LATEST)
    ui.blind.change(screening.set_blind, [session, ui.blind], view, api_name="blind_mode", **QUIET)
    ui.ranking.select(screening.choose, session, shell.tabs, api_name=False, **EVERY).then(
        show_candidate, session, candidate_outputs, api_name=False, **LATEST)
    for kind, (button, holder) in ui.exports.items():
        button.click(lambda held, kind=kind: export.write(held, kind), session, holder,
                     api_name=f"export_{kind}", **QUIET).then(
            None, js=f"() => setTimeout(() => document.querySelector('#{kind}-file').click(), 100)")
