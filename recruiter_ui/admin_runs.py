"""Runs: what goes on, curves of one or several, alarms, rollouts; stop, resume, clone, delete.

Everything shown is read from the run folders at each tick, so any tab, any browser, at any time sees the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from model.errors import ShortlistError
from recruiter_ui import admin_views as views
from recruiter_ui.access import current_user
from recruiter_ui.records import audit
from recruiter_ui.shell import EVERY, LATEST, QUIET, Shell, notice, plain, say
from training import jobs

TICK_SECONDS = 2.0
EMPTY = "No runs yet. Start one on the page “New run”. It goes on when the page is closed, and is shown here again."
SURE = "Really delete"
DEEDS = {"stop": "run told to stop", "resume": "run resumed", "delete": "run deleted"}  # in the audit


@dataclass
class Runs:
    """The components of the page."""

    clock: gr.Timer
    seen: gr.State
    chosen: gr.Textbox
    empty: gr.Markdown
    body: gr.Column
    table: gr.Dataframe
    overlay: gr.Dropdown
    name: gr.Textbox
    sentence: gr.Textbox
    buttons: dict[str, gr.Button]
    notice: gr.Textbox
    command: gr.Textbox
    alarms: gr.Textbox
    log: gr.Textbox
    plots: dict[str, gr.LinePlot]
    rollouts: gr.Dataframe

    def outputs(self) -> list:
        return [self.seen, self.empty, self.body, self.table, self.overlay, self.name, self.sentence,
                *self.buttons.values(), self.command, self.alarms, self.log, *self.plots.values(), self.rollouts]


def layout(shell: Shell) -> Runs:
    """The list, then the chosen run."""
    clock, seen = gr.Timer(TICK_SECONDS, active=False), gr.State(None)
    chosen = gr.Textbox("", visible=False, elem_id="admin-chosen")
    empty = gr.Markdown(EMPTY, elem_classes="sl-empty", elem_id="admin-no-runs")
    with gr.Column(visible=False) as body:
        table = gr.Dataframe(headers=views.RUN_HEADERS, datatype="str", interactive=False, type="array", buttons=[],
                             label="Every run, the newest first. Choose a row.", max_height=260, elem_id="admin-runs")
        name = plain("Run", show_label=False, container=False, elem_id="admin-run-name", elem_classes="sl-line")
        sentence = plain("Where it stands", lines=2, elem_id="admin-run-sentence")
        with gr.Row(elem_classes="sl-exports"):
            buttons = {key: gr.Button(words, size="sm", min_width=110, elem_id=f"admin-{key}") for key, words in
                       (("stop", "Stop"), ("resume", "Resume"), ("clone", "Clone"), ("delete", "Delete"))}
        told = notice("admin-run-notice")
        command = plain("Its command", lines=2, elem_id="admin-run-command", buttons=["copy"])
        alarms = plain("What the guards say", visible=False, elem_id="admin-alarms", elem_classes="sl-warning")
        log = plain("Last lines of its log", visible=False, lines=4, elem_id="admin-log")
        overlay = gr.Dropdown([], multiselect=True, label="Lay other runs over it", elem_id="admin-overlay")
        plots = {}
        keys = list(views.CURVES)
        for at in range(0, len(keys), 3):
            with gr.Row():
                for key in keys[at:at + 3]:
                    plots[key] = gr.LinePlot(x="step", y="value", color="line", height=220, min_width=280,
                                             title=views.TITLES[key], x_title="step", y_title=" ",
                                             color_title=" ", tooltip="all", show_label=False, visible=False,
                                             elem_id=f"admin-plot-{key}")
        rollouts = gr.Dataframe(headers=views.ROLLOUT_HEADERS, datatype="str", interactive=False, type="array",
                                label="Sampled answers, best and worst", wrap=True, visible=False, buttons=[],
                                max_height=420, elem_id="admin-rollouts",
                                column_widths=["64px", "76px", "86px", "460px", "140px", "440px"])
    return Runs(clock, seen, chosen, empty, body, table, overlay, name, sentence, buttons, told, command, alarms, log,
                plots, rollouts)


# --- handlers --------------------------------------------------------------------------------------------------------


def watch(seen, name: str, overlay: list[str]) -> tuple:
    """The updates of `Runs.outputs`; where nothing changed since `seen`, none."""
    found = jobs.views()
    view = next((v for v in found if v.name == name), found[0] if found else None)
    now = (tuple((v.name, v.state, v.step, v.reason) for v in found), view and view.name, tuple(overlay or ()),
           int(view.eta_s or 0) // 5 if view else 0, view and view.last.get("time"))
    if now == seen:
        return tuple(gr.skip() for _ in range(15 + len(views.CURVES)))
    if view is None:
        return (now, gr.Markdown(visible=True), gr.Column(visible=False),
                *(gr.skip() for _ in range(12 + len(views.CURVES))))
    names = [v.name for v in found if v.name != view.name]
    beside = [n for n in overlay or () if n in names]
    runs = {n: jobs.curves(view.path.parent / n) for n in (view.name, *beside)}
    alarms = views.alarm_words(jobs.lines(view.path / "alarms.jsonl"))
    sampled = views.rollout_rows(jobs.lines(view.path / "rollouts.jsonl", 8))
    words = "\n".join(view.log)
    return (now, gr.Markdown(visible=False), gr.Column(visible=True),
            {"headers": views.RUN_HEADERS, "data": views.run_rows(found)},
            gr.Dropdown(choices=names, value=beside), view.name, views.sentence(view), *_buttons(view), view.command,
            gr.Textbox(value=alarms, visible=bool(alarms)), gr.Textbox(value=words, visible=bool(words)),
            *(_plot(key, runs, view.name) for key in views.CURVES),
            gr.Dataframe(value=sampled, visible=bool(sampled)))


def _plot(key: str, runs: dict, name: str) -> gr.LinePlot:
    data = views.curve(key, {name: runs[name]} if key == "components" else runs)
    return gr.LinePlot(value=data, visible=data["step"].nunique() > 1)  # of one step there is no line


def _buttons(view: jobs.View) -> tuple:
    whole = view.state != "damaged"
    return (gr.Button("End it now" if view.state == "stopping" else "Stop", interactive=view.live),
            gr.Button(interactive=whole and not view.live and view.state != "complete"),
            gr.Button(interactive=whole), gr.Button(interactive=not view.live))


def wire(shell: Shell, ui: Runs, tab: gr.Tab) -> tuple:
    """Connect the events; returns (chosen, watch, outputs) for whoever wants to open a run."""
    args, outputs = [ui.seen, ui.chosen, ui.overlay], ui.outputs()

    def opened(name: str, overlay: list[str]) -> tuple:
        return gr.Timer(active=True), *watch(None, name, overlay)

    def choose(event: gr.SelectData) -> tuple:
        return event.row_value[0], gr.Button("Delete"), say()

    def act(name: str, what: str) -> str:
        """One of stop, resume, delete on the run whose name is shown."""
        try:
            folder = jobs.find(name)
            if what == "stop":
                words = jobs.stop(folder)
            elif what == "resume":
                jobs.launch(folder, current_user().name)
                words = f"{name} goes on from its last checkpoint."
            else:
                jobs.delete(folder)
                words = f"{name} was deleted."
            audit.record(shell.service.store, current_user().id, DEEDS[what], f"run:{folder.name}")
            return words
        except ShortlistError as error:
            return jobs.sentence(error)

    def stop(name: str):
        """Stop a run after its step; asked again, end it at once."""
        return say(act(name, "stop"))

    def resume(name: str):
        """Let a stopped or failed run go on from its last checkpoint."""
        return say(act(name, "resume"))

    def delete(name: str, sure: str):
        """Delete a run folder, once it was asked twice."""
        if sure != SURE:
            return say(f"Press again to delete {name} with its checkpoints and its adapter."), gr.Button(SURE)
        return say(act(name, "delete")), gr.Button("Delete")

    tab.select(opened, [ui.chosen, ui.overlay], [ui.clock, *outputs], api_name="admin_runs", **LATEST)
    ui.clock.tick(watch, args, outputs, api_name="admin_watch", **QUIET)
    ui.table.select(choose, None, [ui.chosen, ui.buttons["delete"], ui.notice], api_name=False, **EVERY).then(
        lambda name, overlay: watch(None, name, overlay), [ui.chosen, ui.overlay], outputs, api_name=False, **LATEST)
    ui.overlay.input(watch, args, outputs, api_name="admin_overlay", **LATEST)
    after = {"fn": watch, "inputs": args, "outputs": outputs, "api_name": False, **LATEST}
    ui.buttons["stop"].click(stop, ui.name, ui.notice, api_name="admin_stop", **QUIET).then(**after)
    ui.buttons["resume"].click(resume, ui.name, ui.notice, api_name="admin_resume", **QUIET).then(**after)
    ui.buttons["delete"].click(delete, [ui.name, ui.buttons["delete"]], [ui.notice, ui.buttons["delete"]],
                               api_name="admin_delete", **QUIET)
    return ui.chosen, lambda name: watch(None, name, []), outputs
