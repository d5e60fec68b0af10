"""Promotion: measure a finished run against what serves, put it into service if it may, take it out again."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from model.errors import AdapterError, ShortlistError
from model.installed import adapter_folders, read_pointer
from recruiter_ui import admin_views as views
from recruiter_ui.access import current_user
from recruiter_ui.records import audit
from recruiter_ui.shell import LATEST, QUIET, Shell, notice, plain, say
from training import jobs, promotion
from training.jobs_process import APP, is_alive, read_job, spawn
from training.promotion_gate import GATE, MEASURED, baselines, read_gate
from training.runs import RunFolder

HOW = ("A finished run serves nobody until it was measured against the adapter in service, on people, trades and "
       "wordings that no training has seen, on resumes that give the model orders, and under other names. It is "
       "promoted where it is **worse on nothing and better on something**, or where you write down why. The "
       "recruiters' page takes it over between two resumes, without a restart.")
TICK_SECONDS = 2.0
PATIENCE = 3.0  # seconds that a promotion or rollback waits for the engine to let go of what it judges
LEAST_PAIRS, MOST_PAIRS, PAIRS = 4, 5000, 200


@dataclass
class Promotion:
    """The components of the page."""

    clock: gr.Timer
    run: gr.Dropdown
    pairs: gr.Number
    measure: gr.Button
    progress: gr.Textbox
    verdict: gr.Textbox
    table: gr.Dataframe
    figures: gr.Dataframe
    reason: gr.Textbox
    promote: gr.Button
    rollback: gr.Button
    notice: gr.Textbox
    serving: gr.Dataframe
    registry: gr.Dataframe

    def outputs(self) -> list:
        return [self.run, self.progress, self.verdict, self.table, self.figures, self.promote, self.rollback,
                self.serving, self.registry, self.clock]


def layout(shell: Shell) -> Promotion:
    """The measurement, then what serves."""
    clock = gr.Timer(TICK_SECONDS, active=False)
    gr.Markdown(HOW, elem_classes="sl-step")
    with gr.Row(elem_classes="sl-admin-line"):
        run = gr.Dropdown([], label="Finished run", elem_id="gate-run", scale=4, min_width=260)
        pairs = gr.Number(PAIRS, label="Held-out pairs", precision=0, minimum=LEAST_PAIRS, maximum=MOST_PAIRS,
                          elem_id="gate-pairs", scale=1, min_width=120)
        measure = gr.Button("Measure", elem_id="gate-measure", scale=1, min_width=110)
    progress = plain("Measurement", visible=False, elem_id="gate-progress")
    verdict = plain("The gate", visible=False, elem_id="gate-verdict")
    table = gr.Dataframe(headers=views.GATE_HEADERS, datatype="str", interactive=False, type="array", wrap=True,
                         visible=False, buttons=[], label="New adapter against the one in service",
                         elem_id="gate-table",
                         column_widths=["34%", "8%", "14%", "8%", "18%", "18%"])
    figures = gr.Dataframe(datatype="str", interactive=False, type="array", visible=False, buttons=[],
                           label="All judges on the held-out pairs", elem_id="gate-figures")
    with gr.Row(elem_classes="sl-admin-line"):
        reason = gr.Textbox("", label="Reason, where the gate says no", max_length=500, elem_id="gate-reason", scale=4,
                            placeholder="Why it is promoted all the same. Kept in the registry.", min_width=260)
        promote = gr.Button("Promote", variant="primary", interactive=False, elem_id="gate-promote", scale=1,
                            min_width=110)
        rollback = gr.Button("Roll back", elem_id="gate-rollback", scale=1, min_width=110)
    told = notice("gate-notice")
    serving = gr.Dataframe(headers=["Adapter", "Folder", "Weights", "Check"], datatype="str", interactive=False,
                           type="array", buttons=[], label="In service", elem_id="gate-serving")
    registry = gr.Dataframe(headers=views.REGISTRY_HEADERS, datatype="str", interactive=False, type="array", wrap=True,
                            buttons=[], label="Every promotion and rollback", max_height=360, elem_id="gate-registry",
                            column_widths=["12%", "8%", "15%", "11%", "11%", "11%", "9%", "16%", "7%"])
    return Promotion(clock, run, pairs, measure, progress, verdict, table, figures, reason, promote, rollback, told,
                     serving, registry)


# --- measuring -------------------------------------------------------------------------------------------------------


def start(folder: Path, pairs: int, by: str) -> None:
    """Measure a run in a process of its own, after whatever trains. Raises ShortlistError."""
    gate = folder / GATE
    promotion.finished(RunFolder(folder))
    with jobs.alone_in(folder):
        if is_alive(read_job(gate)):
            raise AdapterError(f"{folder.name} is being measured already")
        gate.mkdir(exist_ok=True)
        RunFolder(gate).write_status(state="queued", stage="gate", reason="starts")
        spawn(gate, [sys.executable, str(APP), "promote", str(folder), "--measure-only", "--pairs", str(pairs),
                     "--queue", str(folder.parent / jobs.QUEUE)], gate / "log.txt", by)


def progress_of(folder: Path) -> tuple[str, bool]:
    """What a measurement is doing, in words, and whether it still runs; empty where none was begun or it is done."""
    gate = folder / GATE
    job, status = read_job(gate), RunFolder(gate).status()
    if is_alive(job):
        return status.reason or "starts", True
    if not job.pid or status.state == "complete":
        return "", False
    last = "\n".join(jobs.log_tail(gate / "log.txt")[-3:])
    return f"The measurement failed: {status.reason if status.state == 'failed' else last or 'killed'}", False


def look(name: str | None) -> tuple:
    """The updates of `Promotion.outputs`."""
    done = [v.name for v in jobs.views() if v.state == "complete"]
    name = name if name in done else done[0] if done else None
    words, runs = progress_of(jobs.runs_dir() / name) if name else ("", False)
    verdict, rows, figures, may = _gate(name, runs)
    try:
        there, history = promotion.in_service(), promotion.registry()
        back = bool(read_pointer()["history"])
    except ShortlistError as error:
        there, history, back = {}, [], False
        words = words or jobs.sentence(error)
    headers, lines = figures or ([""], [])
    return (gr.Dropdown(choices=done, value=name), gr.Textbox(value=words, visible=bool(words)),
            gr.Textbox(value=verdict, visible=bool(verdict)), gr.Dataframe(value=rows, visible=bool(rows)),
            gr.Dataframe(value={"headers": headers, "data": lines}, visible=bool(lines)), gr.Button(interactive=may),
            gr.Button(interactive=back), views.service_rows(there, list(adapter_folders())),
            views.registry_rows(history), gr.Timer(active=runs))


def _gate(name: str | None, runs: bool) -> tuple:
    """(sentence, table, figures, whether the button is there) of a run."""
    if name is None or runs:
        return "", [], None, False
    folder = jobs.runs_dir() / name
    try:
        manifest = promotion.finished(RunFolder(folder))
        gate = read_gate(folder)
        no = promotion.objection(gate, manifest["sha256"], promotion.serving(manifest["stage"]))
        if gate is None:
            return "Not measured yet.", [], None, True
        figures = baselines(json.loads((folder / GATE / MEASURED).read_text(encoding="utf-8"))["held_out"])
    except ShortlistError as error:
        return jobs.sentence(error), [], None, False
    words = f"▲ It may serve: {gate.why}." if not no else f"✗ Not without a reason: {no}."
    return words, views.gate_rows(gate), views.baseline_rows(figures), True


# --- wiring ----------------------------------------------------------------------------------------------------------


def wire(shell: Shell, ui: Promotion, tab: gr.Tab) -> None:
    """Connect the events."""
    outputs = ui.outputs()

    def measure(name: str, pairs: float):
        """Measure a finished run against what serves."""
        try:
            count = int(min(MOST_PAIRS, max(LEAST_PAIRS, pairs or PAIRS)))
            start(jobs.find(name or ""), count, current_user().name)
            audit.record(shell.service.store, current_user().id, "run measured", f"run:{name}", {"pairs": count})
        except ShortlistError as error:
            return say(jobs.sentence(error))
        return say()

    def promote(name: str, reason: str):
        """Put the adapter of a run into service."""
        try:
            entry = promotion.promote(jobs.find(name or ""), reason or "", current_user().name)
            audit.record(shell.service.store, current_user().id, "adapter promoted", f"adapter:{entry['sha256']}",
                         {"run": name, "reason": reason or ""})
        except ShortlistError as error:
            return say(jobs.sentence(error)), gr.skip()
        return say(f"{entry['folder']} serves from the next resume on. {_took_over(shell)}"), ""

    def rollback():
        """Put back what served before the last promotion."""
        try:
            words = promotion.rollback(current_user().name)
            audit.record(shell.service.store, current_user().id, "adapter rolled back", "adapters", {"serving": words})
        except ShortlistError as error:
            return say(jobs.sentence(error))
        return say(f"Serving again: {words}. {_took_over(shell)}")

    def watch(name: str | None) -> tuple | dict:
        """How far a measurement is, and what it found; while it runs no table is drawn anew, which takes its time."""
        words, runs = progress_of(jobs.runs_dir() / name) if name else ("", False)
        return {ui.progress: gr.Textbox(value=words, visible=True)} if runs else look(name)

    after = {"fn": look, "inputs": ui.run, "outputs": outputs, "api_name": False, **LATEST}
    tab.select(look, ui.run, outputs, api_name="admin_promotion", **LATEST)
    ui.clock.tick(watch, ui.run, outputs, api_name="admin_gate", **QUIET)
    ui.run.input(look, ui.run, outputs, api_name="admin_gate_run", **LATEST)
    ui.measure.click(measure, [ui.run, ui.pairs], ui.notice, api_name="admin_measure", **QUIET).then(**after)
    ui.promote.click(promote, [ui.run, ui.reason], [ui.notice, ui.reason], api_name="admin_promote",
                     show_progress="minimal", show_progress_on=[ui.promote]).then(**after)
    ui.rollback.click(rollback, None, ui.notice, api_name="admin_rollback", show_progress="minimal",
                      show_progress_on=[ui.rollback]).then(**after)


def _took_over(shell: Shell) -> str:
    """Let the engine of this process take the change over now; what it says of itself, nothing while it is busy."""
    if shell.service.status().state != "ready" or not shell.service.works:
        return ""
    now = shell.service.versions(PATIENCE)
    return f"The engine of this page: {now['adapter']}." if now else ""
