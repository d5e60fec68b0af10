"""Reward lab: change weights and ranges, see at once what wins and which cheat would pay."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from model.rubric import COMPONENTS, GROUNDED, PAPER, RewardSpec
from recruiter_ui import admin_views as views
from recruiter_ui.admin_form import STATUS_S
from recruiter_ui.comparing import COMPONENT_WORDS
from recruiter_ui.shell import LATEST, QUIET, notice, plain, say
from training import rewardlab

HOW = ("GRPO climbs towards whatever earns most. Here each way to answer is paid on 48 generated candidates, before "
       "anything is trained: the right answer ★, an honest model that still errs ●, slightly wrong answers ·, and "
       "cheats ✗ that answer everybody alike. A cheat above ● is where training would end.")
WORDS = {"true_positive": "Rightly SELECTED", "true_negative": "Rightly REJECTED",
         "false_positive": "Wrongly SELECTED", "false_negative": "Wrongly REJECTED"}
READINGS = [("Grounded: every part looks at the answer", "grounded"), ("The paper's, to the letter", "paper")]
STARTS = {"grounded": GROUNDED, "paper": PAPER}
FINE = "No cheat pays, and the right answer earns most."


@dataclass
class Lab:
    """The components of the page."""

    reading: gr.Radio
    sliders: dict[str, gr.Slider]
    errs: gr.Slider
    rejected: gr.Slider
    warning: gr.Textbox
    table: gr.Dataframe
    use: gr.Button
    drop: gr.Button
    notice: gr.Textbox

    def inputs(self) -> list:
        return [self.reading, self.errs, self.rejected, *self.sliders.values()]


def layout() -> Lab:
    """Sliders on the left, the ranking on the right."""
    gr.Markdown(HOW, elem_classes="sl-step")
    with gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=9, min_width=300):
            reading = gr.Radio(READINGS, value="grounded", label="Reading", elem_id="admin-reading")
            sliders = {}
            for component in COMPONENTS:
                sliders[component] = gr.Slider(0, 1, GROUNDED.weights[component], step=0.05, elem_id=f"lab-{component}",
                                               label=f"Weight: {COMPONENT_WORDS[component].lower()}")
            for key, words in WORDS.items():
                sliders[key] = gr.Slider(-6, 4, getattr(GROUNDED, key), step=0.5, label=f"{words} earns",
                                         elem_id=f"lab-{key}")
            errs = gr.Slider(0, 0.5, rewardlab.ERRS, step=0.05, label="An honest model errs on this share",
                             elem_id="lab-errs")
            rejected = gr.Slider(0.05, 0.95, rewardlab.REJECTED_SHARE, step=0.05, elem_id="lab-rejected",
                                 label="Share of REJECTED among the candidates")
        with gr.Column(scale=19, min_width=320):
            warning = plain("What this reward teaches", FINE, lines=2, elem_id="lab-warning",
                            elem_classes="sl-warning")
            table = gr.Dataframe(views.lab_rows(rewardlab.ranking(GROUNDED)), headers=views.LAB_HEADERS, datatype="str",
                                 interactive=False, type="array", wrap=True, buttons=[], elem_id="lab-table",
                                 label="What each way to answer earns, on average", max_height=560,
                                 column_widths=["32%", "9%", "11%", "11%", "9%", "8%", "8%", "12%"])
            with gr.Row(elem_classes="sl-exports"):
                use = gr.Button("Use it for the next GRPO run", min_width=200, elem_id="lab-use")
                drop = gr.Button("Back to the recipe's reward", min_width=200, elem_id="lab-drop")
            told = notice("lab-notice")
    return Lab(reading, sliders, errs, rejected, warning, table, use, drop, told)


# --- handlers --------------------------------------------------------------------------------------------------------


def spec_of(reading: str, values: list[float]) -> RewardSpec:
    """The reward that the sliders stand for: four weights, then the S of each outcome."""
    n = len(COMPONENTS)
    return RewardSpec(reading, dict(zip(COMPONENTS, map(float, values[:n]), strict=True)),
                      **dict(zip(STATUS_S, map(float, values[n:]), strict=True)))


def weigh(reading: str, errs: float, rejected: float, *values: float) -> tuple:
    """What each way to answer earns with this reward, and what is wrong with it."""
    spec = spec_of(reading, list(values))
    return ("\n".join(rewardlab.warnings(spec, errs, rejected)) or FINE,
            views.lab_rows(rewardlab.ranking(spec, errs, rejected)))


def read(reading: str) -> list:
    """The values that a reading begins with."""
    spec = STARTS[reading]
    return [*(spec.weights[c] for c in COMPONENTS), *(getattr(spec, key) for key in STATUS_S)]


def wire(ui: Lab, reward: gr.State) -> None:
    """Connect the events; `reward` is what the start form uses for GRPO."""

    def use(reading, errs, rejected, *values):
        """Keep this reward for the next GRPO run of this visit."""
        spec = spec_of(reading, list(values))
        bad = [line for line in rewardlab.warnings(spec, errs, rejected) if "collapse" in line]
        words = "The start form uses this reward for GRPO." + (f" Mind: {bad[0]}" if bad else "")
        return {"name": spec.name, "weights": spec.weights, **{k: getattr(spec, k) for k in STATUS_S}}, say(words)

    gr.on([c.change for c in ui.inputs()], weigh, ui.inputs(), [ui.warning, ui.table], api_name="admin_lab", **LATEST)
    ui.reading.input(read, ui.reading, list(ui.sliders.values()), api_name="admin_reading", **LATEST)
    ui.use.click(use, ui.inputs(), [reward, ui.notice], api_name="admin_use_reward", **QUIET)
    ui.drop.click(lambda: (None, say("The start form uses the recipe's own reward.")), None, [reward, ui.notice],
                  api_name="admin_drop_reward", **QUIET)
