"""The Admin tab: retraining, the reward lab, promotion, feedback. Its endpoints, named `admin_...`, need an admin.

It starts processes and reads folders (`training.jobs`, `training.promotion`); it never loads a training library.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from model.errors import ShortlistError
from recruiter_ui import admin_feedback, admin_form, admin_gate, admin_lab, admin_new, admin_runs
from recruiter_ui.shell import LATEST, QUIET, Shell, say
from training import jobs
from training import recipe as recipes


@dataclass
class Admin:
    """The pages of the tab."""

    tabs: gr.Tabs
    runs_tab: gr.Tab
    new_tab: gr.Tab
    gate_tab: gr.Tab
    reward: gr.State
    runs: admin_runs.Runs
    new: admin_new.New
    lab: admin_lab.Lab
    gate: admin_gate.Promotion
    feedback: admin_feedback.Feedback


def layout(shell: Shell) -> Admin:
    """Five pages under one tab."""
    reward = gr.State(None)
    with gr.Tabs(selected="runs", elem_id="admin-tabs") as tabs:
        with gr.Tab("Runs", id="runs") as runs_tab:
            runs = admin_runs.layout(shell)
        with gr.Tab("New run", id="new") as new_tab:
            new = admin_new.layout(reward)
        with gr.Tab("Reward lab", id="lab"):
            lab = admin_lab.layout()
        with gr.Tab("Promotion", id="gate") as gate_tab:
            gate = admin_gate.layout(shell)
        with gr.Tab("Feedback", id="feedback"):
            feedback = admin_feedback.layout()
    return Admin(tabs, runs_tab, new_tab, gate_tab, reward, runs, new, lab, gate, feedback)


def wire(shell: Shell, ui: Admin, tab: gr.Tab) -> None:
    """Connect the pages."""
    chosen, show, outputs = admin_runs.wire(shell, ui.runs, ui.runs_tab)
    tab.select(lambda name: (gr.Timer(active=True), *show(name)), chosen, [ui.runs.clock, *outputs],
               api_name="admin", **LATEST)
    admin_new.wire(shell, ui.new, ui.new_tab, (chosen, show, outputs))
    admin_lab.wire(ui.lab, ui.reward)
    admin_gate.wire(shell, ui.gate, ui.gate_tab)
    admin_feedback.wire(shell, ui.feedback)

    def clone(name: str):
        """Take a run's recipe into the start form."""
        try:
            recipe = recipes.load(jobs.find(name) / "recipe.yaml")
        except ShortlistError as error:
            return [say(jobs.sentence(error)), *(gr.skip() for _ in range(3 + len(ui.new.fields)))]
        own = f"run: {name}"
        return [say(), gr.Tabs(selected="new"), gr.Radio(value=recipe.stage),
                gr.Dropdown(choices=[*admin_form.presets(recipe.stage), own], value=own),
                *admin_new.fill(recipe.stage, own)]

    ui.runs.buttons["clone"].click(clone, ui.runs.name, [ui.runs.notice, ui.tabs, ui.new.stage, ui.new.preset,
                                                         *ui.new.fields.values()], api_name="admin_clone", **QUIET)
