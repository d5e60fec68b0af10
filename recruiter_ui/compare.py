"""The Compare tab: the judges over the batch, and two to four candidates beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
import pandas as pd

from recruiter_ui import comparing, render
from recruiter_ui.comparing import Comparison
from recruiter_ui.i18n import lazy, t
from recruiter_ui.session import Session
from recruiter_ui.shell import EVERY, LATEST, Shell, plain

EMPTY = ("Nothing to compare yet. Screen some resumes on the Screen tab. This page then shows where the model and a "
         "simple rule differ, where SFT and GRPO differ, and candidates side by side.")
MAX_BESIDE = 4
PLOT_COLOURS = {"=": "#2f7d95", "≠": "#c2571a"}


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
    empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty")
    with gr.Column(visible=False) as body:
        gr.Markdown(lazy("## The judges"), elem_classes="sl-step")
        sentence = plain(lazy("In short"), container=False, show_label=False, elem_classes="sl-line",
                         elem_id="compare-sentence")
        table = gr.Dataframe(interactive=False, type="array", max_height=420, elem_id="compare",
                             label=lazy("Every candidate, disagreements first. Choose a row to see its reward."),
                             buttons=["fullscreen"])
        with gr.Row():
            with gr.Column(scale=4, min_width=300):
                matrix = gr.Dataframe(interactive=False, type="array", label=lazy("How often they agree"), buttons=[],
                                      wrap=True, column_widths=["36%", "32%", "32%"], elem_id="matrix")
            plot = gr.ScatterPlot(x="x", y="y", color="=", color_map=PLOT_COLOURS, colors_in_legend=[], x_lim=[-2, 102],
                                  y_lim=[-2, 102], height=400, tooltip="all", elem_id="shift", scale=6, min_width=300,
                                  label=lazy("The scores of both, orange where they differ"))
        named = plain(lazy("Rewards of"), container=False, show_label=False, elem_classes="sl-line",
                      elem_id="rewards-of")
        reward = gr.Dataframe(datatype="str", interactive=False, wrap=True, type="array", label=lazy("The reward"),
                              show_label=False, buttons=[], elem_id="rewards", elem_classes="sl-cards")
    with gr.Column(visible=False) as candidates:
        gr.Markdown(lazy("## Candidates beside each other"), elem_classes="sl-step")
        picked = gr.Dropdown([], multiselect=True, max_choices=MAX_BESIDE, elem_id="picked",
                             label=lazy("Candidates to compare (up to four)"))
        beside = gr.Dataframe(interactive=False, type="array", wrap=True, datatype="str", elem_id="beside",
                              label=lazy("Requirement by requirement"), buttons=[])
    return Compare(empty, body, sentence, table, matrix, plot, named, reward, picked, beside, candidates)


def show(session: Session) -> tuple:
    """The updates of `Compare.outputs`."""
    rows = list(session.rows.values())
    judged = [row for row in render.ranked(rows) if render.is_judged(row)]
    compared = Comparison(judged, session.judged_by)
    choices = [(session.label(row["sha256"]), row["sha256"]) for row in judged]
    first = [key for _, key in choices[:2]]
    return (gr.Markdown(visible=not judged), gr.Column(visible=bool(judged)), compared.sentence(),
            *_judges(session, compared), *reward_of(session, compared.rows[0] if judged else None),
            gr.Column(visible=len(judged) > 1), gr.Dropdown(choices=choices, value=first, multiselect=True),
            beside(session, first))


def _judges(session: Session, compared: Comparison) -> tuple:
    """The updates of (table, matrix, plot)."""
    if not compared.rows:
        return gr.skip(), gr.skip(), None
    codes = {key: session.code(key) for key in session.resumes}
    headers, lines = compared.matrix()
    table = render.styled(compared.table(session.labels()), compared.headers(), 1)
    axes = {"x_title": t(comparing.JUDGES[compared.first]), "y_title": t(comparing.JUDGES[compared.second])}
    return (table, {"headers": headers, "data": lines},
            gr.ScatterPlot(value=pd.DataFrame(compared.points(codes)), **axes))


def beside(session: Session, picked: list[str]) -> gr.Dataframe:
    """The chosen candidates set side by side, the requirements in the widest column."""
    rows = [session.rows[key] for key in picked[:MAX_BESIDE] if key in session.rows]
    if not rows:
        return gr.Dataframe(value={"headers": [t("Requirement")], "data": []}, column_widths=["100%"])
    headers, lines = comparing.side_by_side(rows, session.labels())
    first = 52 - 6 * len(rows)
    widths = [f"{first}%", *[f"{(100 - first) / len(rows):.1f}%"] * len(rows)]
    table = {**render.styled(lines, []), "headers": headers}  # names of candidates are not translated
    return gr.Dataframe(value=table, column_widths=widths)


def reward_of(session: Session, row: dict | None) -> tuple:
    """Whose reward is shown, and its breakdown by each adapter."""
    if row is None:
        return "", gr.skip()
    headers = comparing.reward_headers(row)
    widths = ["20%", "10%", "70%"] if len(headers) == 3 else ["18%", *["9%", "32%"] * 2]
    return (t("The reward of {candidate}", candidate=session.label(row["sha256"])),
            gr.Dataframe(value={"headers": headers, "data": comparing.reward_table(row)}, column_widths=widths))


def rewards(session: Session, event: gr.SelectData) -> tuple:
    """The reward breakdown of the chosen row."""
    by_label = {label: key for key, label in session.labels().items()}
    return reward_of(session, session.rows.get(by_label.get(event.row_value[0])))


def wire(shell: Shell, ui: Compare, tab: gr.Tab) -> None:
    """Connect the events."""
    tab.select(show, shell.session, ui.outputs(), api_name="compare", **LATEST)
    ui.table.select(rewards, shell.session, [ui.named, ui.reward], api_name=False, **EVERY)
    ui.picked.input(beside, [shell.session, ui.picked], ui.beside, api_name="side_by_side", **LATEST)
