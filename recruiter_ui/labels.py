"""The Labels tab: past decisions of one's own, and how the model would have done on them."""

from __future__ import annotations

import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from model.errors import ShortlistError
from recruiter_ui import intake, markup, own_labels, render
from recruiter_ui.i18n import lazy, t
from recruiter_ui.service import Service
from recruiter_ui.shell import QUIET, Shell, notice, plain, say

HOW = """Upload decisions that people made in the past, and see how the model would have decided.
The table is a CSV with the columns **job**, **resume** and **decision** (selected or rejected, yes or no, 1 or 0).
Job and resume are the texts themselves, or names of files in a ZIP that you upload beside it. All of it stays here."""
EMPTY = ("No measurement yet. With about 100 past decisions you see whether the model's suggestions can be trusted for "
         "your jobs, and where they cannot.")
FIGURE_WORDS = {"confusion": "Right and wrong, counted", "reliability": "Is a chance of 80 % right in 80 of 100?",
                "risk_coverage": "Fewer mistakes where more is left to you"}
POLL_SECONDS = 1.0


@dataclass
class Measurement:
    """What one visitor measures: the run, when it began, and its folder."""

    run: own_labels.Run
    pairs: list[dict]
    began: float
    folder: Path

    def end(self) -> None:
        """Stop the process where it still runs, and delete everything."""
        if self.run.process.poll() is None:
            if os.name == "posix":
                os.killpg(self.run.process.pid, signal.SIGTERM)
            else:
                self.run.process.terminate()
            self.run.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Labels:
    """The components of the tab."""

    table: gr.File
    pile: gr.File
    measure: gr.Button
    stop: gr.Button
    notice: gr.Textbox
    progress: gr.HTML
    empty: gr.Markdown
    body: gr.Column
    sentence: gr.Textbox
    figures: gr.Dataframe
    pictures: list[gr.Image]
    held: gr.State
    clock: gr.Timer

    def outputs(self) -> list:
        """What `begin`, `poll` and `stop` update, in their order."""
        return [self.held, self.clock, self.measure, self.stop, self.notice, self.progress, self.empty, self.body,
                self.sentence, self.figures, *self.pictures]


def layout(shell: Shell) -> Labels:
    """Uploads on the left, figures on the right."""
    held = gr.State(None, delete_callback=lambda measurement: measurement and measurement.end())
    clock = gr.Timer(POLL_SECONDS, active=False)
    with gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=9, min_width=320):
            gr.Markdown(lazy("## Your own past decisions"), elem_classes="sl-step")
            gr.Markdown(lazy(HOW), elem_classes="sl-step")
            table = gr.File(label=lazy("Table of decisions (CSV)"), file_types=[".csv", ".tsv", ".txt"], height=140,
                            elem_id="labels-table")
            pile = gr.File(label=lazy("ZIP with the files"), file_types=[".zip"], height=140,
                           elem_id="labels-zip")
            with gr.Row(elem_classes="sl-actions"):
                measure = gr.Button(lazy("Measure"), variant="primary", elem_id="labels-measure", scale=4)
                stop = gr.Button(lazy("Stop"), interactive=False, elem_id="labels-stop", scale=1, min_width=90)
            told = notice("labels-notice")
        with gr.Column(scale=19, min_width=320):
            progress = gr.HTML("", visible=False, elem_id="labels-progress")
            empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty", elem_id="labels-empty")
            with gr.Column(visible=False, elem_id="labels-body") as body:
                sentence = plain(lazy("In short"), show_label=False, container=False, elem_id="labels-sentence",
                                 elem_classes="sl-line")
                figures = gr.Dataframe(interactive=False, type="array", datatype="str", wrap=True, buttons=[],
                                       label=lazy("Each figure with the range that it lies in with 95 % certainty"),
                                       elem_id="labels-figures", max_height=420)
                pictures = [gr.Image(label=lazy(words), interactive=False, buttons=["fullscreen"],
                                     elem_id=f"labels-{name}", elem_classes="sl-figure")
                            for name, words in FIGURE_WORDS.items()]
    return Labels(table, pile, measure, stop, told, progress, empty, body, sentence, figures, pictures, held, clock)


# --- handlers --------------------------------------------------------------------------------------------------------


def begin(service: Service, held: Measurement | None, table: str | None, pile: str | None) -> tuple:
    """Read the labels and start to measure them; what is wrong with them is told, a line a row."""
    if held and held.run.process.poll() is None:
        return _view(held, t("A measurement is running already. Stop it first, or wait for it to end."))
    if not table:
        return _view(held, t("Upload a table of decisions first."))
    if held:
        held.end()
    folder = intake.new_folder()
    try:
        pairs = own_labels.read_labels(Path(table), Path(pile) if pile else None, folder)
        run = own_labels.start(service.base, service.device, pairs, folder)
    except ShortlistError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return _view(None, str(error))
    return _view(Measurement(run, pairs, time.monotonic(), folder))


def poll(held: Measurement | None) -> tuple:
    """How far the measurement is, or its result."""
    return _view(held)


def stop(held: Measurement | None) -> tuple:
    """End the measurement and forget it."""
    if held:
        held.end()
    return _view(None, t("Stopped. Nothing was kept."))


def _view(held: Measurement | None, trouble: str = "") -> tuple:
    """The updates of `Labels.outputs`."""
    running = held is not None and held.run.process.poll() is None
    buttons = gr.Timer(active=running), gr.Button(interactive=not running), gr.Button(interactive=running)
    if running:
        done = held.run.done()
        left = render.remaining(done, held.run.total, time.monotonic() - held.began)
        bar = markup.progress(done, held.run.total, left, "running" if done else "loading")
        return held, *buttons, say(trouble), gr.HTML(bar, visible=True), gr.Markdown(visible=False), *_nothing()
    if held is None:
        return None, *buttons, say(trouble), gr.HTML(visible=False), gr.Markdown(visible=True), *_nothing()
    (held.folder / "pairs.jsonl").unlink(missing_ok=True)  # texts of people, needed no longer
    if held.run.process.returncode:
        words = t("The measurement failed: {reason}", reason=own_labels.failure(held.run))
        return held, *buttons, say(words), gr.HTML(visible=False), gr.Markdown(visible=True), *_nothing()
    return held, *buttons, say(trouble), gr.HTML(visible=False), gr.Markdown(visible=False), *_result(held)


def _nothing() -> tuple:
    return gr.Column(visible=False), *[gr.skip()] * (2 + len(own_labels.FIGURES))


def _result(held: Measurement) -> tuple:
    found = own_labels.read_metrics(held.run.out)
    words = "\n".join([own_labels.sentence(found), *own_labels.warnings(held.pairs)])
    pictures = [gr.Image(value=str(held.run.out / name)) for name in own_labels.FIGURES.values()]
    return (gr.Column(visible=True), words, {"headers": own_labels.headers(), "data": own_labels.table(found)},
            *pictures)


def wire(shell: Shell, ui: Labels) -> None:
    """Connect the events."""

    def start(held, table, pile):
        """Measure the model on labelled pairs: a CSV of job, resume and decision, and a ZIP with the files it names."""
        return begin(shell.service, held, table, pile)

    ui.measure.click(start, [ui.held, ui.table, ui.pile], ui.outputs(), api_name="measure_labels",
                     show_progress="minimal", show_progress_on=[ui.measure])
    ui.stop.click(stop, ui.held, ui.outputs(), api_name="stop_measuring", **QUIET)
    ui.clock.tick(poll, ui.held, ui.outputs(), api_name=False, **QUIET)
