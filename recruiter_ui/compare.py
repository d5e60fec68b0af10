"""The Compare tab: SFT against GRPO over the batch, and two to four candidates beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
import pandas as pd

from recruiter_ui import comparing, render
from recruiter_ui.session import Session
from recruiter_ui.shell import Shell, plain

EMPTY = ("Nothing to compare yet. On the Screen tab choose “Both, to compare” as the judge, then screen. "
         "SFT and GRPO then judge every candidate, and this page shows where they differ.")
MAX_BESIDE = 4
PLOT_COLOURS = {"Agree": "#2f7d95", "Differ": "#c2571a"}


@dataclass
class Compare:
    """The components of the tab."""

    empty: gr.Markdown
    body: gr.Column
    sentence: gr.Textbox
    table: gr.Dataframe
    matrix: gr.Dataframe
    plot: gr.ScatterPlot
    named: gr.Textbox
    reward: gr.Dataframe
    picked: gr.Dropdown
    beside: gr.Dataframe
    candidates: gr.Column

    def outputs(self) -> list:
        return [self.empty, self.body, self.sentence, self.table, self.matrix, self.plot, self.named, self.reward,
                self.candidates, self.picked, self.beside]


def layout(shell: Shell) -> Compare:
    """Judges first, candidates below."""
    empty = gr.Markdown(EMPTY, elem_classes="sl-empty")
    with gr.Column(visible=False) as body:
        gr.Markdown("## SFT and GRPO", elem_classes="sl-step")
        sentence = plain("In short", container=False, show_label=False, elem_classes="sl-line")
        table = gr.Dataframe(headers=comparing.HEADERS, datatype=comparing.TYPES, interactive=False, type="array",
                             label="Every candidate, disagreements first. Choose a row to compare the rewards.",
                             max_height=420, elem_id="compare", buttons=["fullscreen"])
        with gr.Row():
            with gr.Column(scale=4, min_width=300):
                matrix = gr.Dataframe(headers=comparing.MATRIX_HEADERS, datatype=["str", "number", "number"],
                                      interactive=False, type="array", label="How often they agree", buttons=[],
                                      elem_id="matrix")
            plot = gr.ScatterPlot(x="SFT score", y="GRPO score", color="Verdict", color_map=PLOT_COLOURS,
                                  colors_in_legend=[], x_lim=[0, 100], y_lim=[0, 100], height=380, tooltip="all",
                                  label="SFT score across, GRPO score up: orange where they differ",
                                  elem_id="shift", scale=6, min_width=300)
        named = plain("Rewards of", container=False, show_label=False, elem_classes="sl-line", elem_id="rewards-of")
        reward = gr.Dataframe(headers=comparing.REWARD_HEADERS, datatype="str", interactive=False, wrap=True,
                              type="array", label="Both reward breakdowns", show_label=False, buttons=[],
                              elem_id="rewards", column_widths=["200px", "100px", "400px", "110px", "400px"])
    with gr.Column(visible=False) as candidates:
        gr.Markdown("## Candidates beside each other", elem_classes="sl-step")
        picked = gr.Dropdown([], multiselect=True, max_choices=MAX_BESIDE, elem_id="picked",
                             label=f"Candidates to compare (up to {MAX_BESIDE})")
        beside = gr.Dataframe(interactive=False, type="array", wrap=True, datatype="str", elem_id="beside",
                              label="Requirement by requirement", buttons=[])
    return Compare(empty, body, sentence, table, matrix, plot, named, reward, picked, beside, candidates)


def show(session: Session) -> tuple:
    """The updates of `Compare.outputs`."""
    rows = list(session.rows.values())
    both, judged = comparing.comparable(rows), [row for row in render.ranked(rows) if render.is_judged(row)]
    codes = {key: session.code(key) for key in session.resumes}
    choices = [(session.label(row["sha256"]), row["sha256"]) for row in judged]
    first = [key for _, key in choices[:2]]
    return (gr.Markdown(visible=not both), gr.Column(visible=bool(both)), comparing.sentence(rows),
            render.styled(comparing.table(rows, session.labels(), session.judged_by), comparing.HEADERS, 1),
            comparing.matrix(rows),
            pd.DataFrame(comparing.points(rows, codes)) if both else None,
            *reward_of(session, both[0] if both else None),
            gr.Column(visible=len(judged) > 1), gr.Dropdown(choices=choices, value=first), beside(session, first))


def beside(session: Session, picked: list[str]) -> gr.Dataframe:
    """The chosen candidates set side by side, the requirements in the widest column."""
    rows = [session.rows[key] for key in picked[:MAX_BESIDE] if key in session.rows]
    if not rows:
        return gr.Dataframe(value={"headers": ["Requirement"], "data": []}, column_widths=["100%"])
    headers, lines = comparing.side_by_side(rows, session.labels())
    first = 52 - 6 * len(rows)
    widths = [f"{first}%", *[f"{(100 - first) / len(rows):.1f}%"] * len(rows)]
    return gr.Dataframe(value={"headers": headers, "data": lines}, column_widths=widths)


def reward_of(session: Session, row: dict | None) -> tuple:
    """Whose rewards are shown, and both breakdowns."""
    if row is None:
        return "", []
    return f"Both reward breakdowns of {session.label(row['sha256'])}", comparing.reward_table(row)


def rewards(session: Session, event: gr.SelectData) -> tuple:
    """Both reward breakdowns of the chosen row."""
    by_label = {label: key for key, label in session.labels().items()}
    return reward_of(session, session.rows.get(by_label.get(event.row_value[0])))


def wire(shell: Shell, ui: Compare, tab: gr.Tab) -> None:
    """Connect the events."""
    quiet = {"show_progress": "hidden"}
    tab.select(show, shell.session, ui.outputs(), api_name="compare", **quiet)
    ui.table.select(rewards, shell.session, [ui.named, ui.reward], api_name=False, **quiet)
    ui.picked.input(beside, [shell.session, ui.picked], ui.beside, api_name="side_by_side", **quiet)
