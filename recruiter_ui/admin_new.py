"""New run: choose a stage and a recipe, change values, check, start. Layout and wiring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import gradio as gr

from model.errors import ShortlistError
from model.installed import adapter_folders
from recruiter_ui import admin_form as form
from recruiter_ui.access import current_user
from recruiter_ui.records import audit
from recruiter_ui.shell import LATEST, QUIET, Shell, notice, plain, say
from training import jobs
from training import recipe as recipes
from training.jobs_preflight import measure, obstacle, preflight

STAGES = [("SFT: learn from examples", "sft"), ("GRPO: learn from rewards", "grpo")]
BASES = ["smollm2-135m", "qwen2-0.5b"]
CHOICES = {"base": BASES, "device": ["auto", "cpu", "cuda"], "backend": ["auto", "transformers", "unsloth"]}
READY = "Nothing was checked yet. Start checks first, too."


@dataclass
class New:
    """The components of the form; `fields` by key of the recipe."""

    stage: gr.Radio
    preset: gr.Dropdown
    sources: gr.CheckboxGroup
    upload: gr.File
    fields: dict[str, gr.components.Component]
    command: gr.Textbox
    measured: gr.Checkbox
    check: gr.Button
    start: gr.Button
    notice: gr.Textbox
    report: gr.Dataframe
    prompts: gr.Textbox
    reward: gr.State
    passed: gr.State

    def inputs(self) -> list:
        return [self.stage, self.preset, self.sources, self.upload, self.reward, *self.fields.values()]


def layout(reward: gr.State) -> New:
    """Values on the left, command and check on the right."""
    passed = gr.State("")
    with gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=14, min_width=320):
            stage = gr.Radio(STAGES, value="sft", label="Stage", elem_id="admin-stage", elem_classes="sl-chips")
            preset = gr.Dropdown(form.presets("sft"), value="sft-embedded", label="Recipe", elem_id="admin-preset",
                                 info="Values that belong together; change any of them below.")
            gr.Markdown("### Data", elem_classes="sl-step")
            sources = gr.CheckboxGroup(list(form.SOURCES), value=[form.GENERATED], label="Train on",
                                       elem_id="admin-sources")
            upload = gr.File(label="JSONL, a line an example", file_types=[".jsonl"], height=100, visible=False,
                             elem_id="admin-upload")
            before = form.values_of(recipes.load("sft-embedded"))
            fields: dict[str, gr.components.Component] = {}
            with gr.Row(elem_classes="sl-values"):
                fields["samples"] = gr.Textbox(before["samples"], label="Samples to generate", elem_id="admin-samples",
                                               info="Training and held out together. Paper: 3000.", min_width=140)
                fields["data_seed"] = gr.Textbox(before["data_seed"], label="Seed of the corpus", min_width=140,
                                                 info="Another seed, other people.", elem_id="admin-data_seed")
            gr.Markdown("### Values", elem_classes="sl-step")
            with gr.Row(elem_classes="sl-values"):
                for field in form.FIELDS:
                    fields[field.key] = _input(field, before)
        with gr.Column(scale=14, min_width=320):
            gr.Markdown("### Before it starts", elem_classes="sl-step")
            command = plain("The command that this is", lines=2, elem_id="admin-command", buttons=["copy"])
            measured = gr.Checkbox(False, label="Time a few real steps (takes as long as loading the base)",
                                   elem_id="admin-measured")
            with gr.Row(elem_classes="sl-actions"):
                check = gr.Button("Check", elem_id="admin-check", scale=2, min_width=90)
                start = gr.Button("Start", variant="primary", elem_id="admin-start", scale=3, min_width=90)
            told = notice("admin-new-notice")
            report = gr.Dataframe(headers=["", "Needed", "There is"], datatype="str", interactive=False, type="array",
                                  label="Check", wrap=True, visible=False, buttons=[], elem_id="admin-report",
                                  column_widths=["18%", "36%", "46%"])
            prompts = plain("Five prompts as the model reads them", lines=12, max_lines=24, visible=False,
                            elem_id="admin-prompts")
    return New(stage, preset, sources, upload, fields, command, measured, check, start, told, report, prompts, reward,
               passed)


def _input(field: form.Field, before: dict[str, str]) -> gr.components.Component:
    stage = field.stage or "sft"
    settings = {"label": field.label, "info": form.hint(field, stage), "elem_id": f"admin-{field.key}",
                "min_width": 210, "visible": field.stage != "grpo"}
    if field.key == "adapter":
        return gr.Dropdown([], value="", allow_custom_value=True, **settings)  # filled when an admin opens the page
    if field.key in CHOICES:
        return gr.Dropdown(CHOICES[field.key], value=before[field.key], allow_custom_value=field.key == "base",
                           **settings)
    return gr.Textbox(before.get(field.key, ""), **settings)


def _adapters() -> list[tuple[str, str]]:
    """What a run can start from: nothing, what serves, finished runs."""
    runs = [(f"run {view.name}", str(view.path)) for view in jobs.views() if view.state == "complete"]
    return [("(none: fresh matrices)", ""), *((f"{name}, in service", name) for name in adapter_folders()), *runs]


# --- handlers --------------------------------------------------------------------------------------------------------


def fill(stage: str, name: str) -> list:
    """The values of a preset: updates of every field, in order."""
    try:
        base = form.preset(name, stage)
    except ShortlistError:
        base = form.preset(form.presets(stage)[0], stage)
    values = form.values_of(base)
    updates = []
    for key in form.COUNTS:
        updates.append(gr.Textbox(value=values[key]))
    for field in form.FIELDS:
        there = not field.stage or field.stage == stage
        kind = gr.Dropdown if field.key in CHOICES or field.key == "adapter" else gr.Textbox
        more = {"choices": _adapters()} if field.key == "adapter" else {}
        updates.append(kind(value=values.get(field.key, ""), visible=there,
                            info=form.hint(field, field.stage or stage), **more))
    return updates


def choose_stage(stage: str) -> list:
    """Another stage: its recipes, and the values of the first."""
    names = form.presets(stage)
    return [gr.Dropdown(choices=names, value=names[0]), *fill(stage, names[0])]


def recipe_of(keys: list[str], stage: str, name: str, sources: list[str], upload: str | None, reward: dict | None,
              *texts: str) -> tuple[recipes.Recipe, list[str]]:
    """The recipe that the form stands for, and its changes against the preset. Raises RecipeError."""
    base = form.preset(name, stage)
    changes = form.overrides(base, dict(zip(keys, texts, strict=True)), form.data_of(sources, upload), reward)
    run = name.startswith("run: ")
    return recipes.load(jobs.find(name.removeprefix("run: ")) / "recipe.yaml" if run else name, changes, stage), changes


def wire(shell: Shell, ui: New, tab: gr.Tab, show_run) -> None:
    """Connect the events; `show_run(name)` is a step that opens a run's view, given as (fn, outputs)."""
    keys, fields = list(ui.fields), list(ui.fields.values())

    def told(*values) -> tuple:
        """The exact command, and what already stands in the way of a start."""
        try:
            recipe, changes = recipe_of(keys, *values)
        except ShortlistError as error:
            return form.command(str(values[1]), values[0], []), say(jobs.sentence(error)), gr.Button(interactive=True)
        stop = obstacle(recipe)
        return form.command(values[1], recipe.stage, changes), say(stop), gr.Button(interactive=not stop)

    def opened(*values) -> tuple:
        """What a run can start from by now, and the command."""
        return gr.Dropdown(choices=_adapters()), *told(*values)

    def check(timed: bool, *values) -> Iterator[tuple]:
        """Look at device, memory, disk, data and time before a start, and show five prompts."""
        yield say("Checking: this loads the data as training does…"), gr.skip(), gr.skip(), ""
        yield _checked(keys, timed, values)

    def start(passed: str, timed: bool, *values) -> Iterator[tuple]:
        """Check where that is not done yet, then start the run; it goes on whatever becomes of this page."""
        try:
            recipe, _ = recipe_of(keys, *values)
        except ShortlistError as error:
            yield say(jobs.sentence(error)), gr.skip(), gr.skip(), passed, gr.skip()
            return
        if passed != recipes.recipe_hash(recipe):
            yield say("Checking before the start…"), gr.skip(), gr.skip(), "", gr.skip()
            checked = _checked(keys, timed, values)
            yield *checked, gr.skip()
            if checked[-1] != recipes.recipe_hash(recipe):
                return
        try:
            folder = jobs.create(recipe, current_user().name)
            jobs.launch(folder)
            audit.record(shell.service.store, current_user().id, "run started", f"run:{folder.name}",
                         {"recipe": recipes.recipe_hash(recipe)})
        except ShortlistError as error:
            yield say(jobs.sentence(error)), gr.skip(), gr.skip(), passed, gr.skip()
            return
        yield say(f"{folder.name} was started. It goes on when this page is closed."), gr.skip(), gr.skip(), "", \
            folder.name

    def upload_shown(sources):
        return gr.File(visible=form.UPLOADED in sources)

    tab.select(opened, ui.inputs(), [ui.fields["adapter"], ui.command, ui.notice, ui.start], api_name="admin_new",
               **LATEST)
    ui.stage.input(choose_stage, ui.stage, [ui.preset, *fields], api_name="admin_stage", **LATEST)
    ui.preset.input(fill, [ui.stage, ui.preset], fields, api_name="admin_preset", **LATEST)
    ui.sources.change(upload_shown, ui.sources, ui.upload, api_name="admin_sources", **QUIET)
    gr.on([c.change for c in [ui.preset, ui.sources, ui.upload, ui.reward, *fields]], told, ui.inputs(),
          [ui.command, ui.notice, ui.start], api_name="admin_command", **LATEST)
    outputs = [ui.notice, ui.report, ui.prompts, ui.passed]
    ui.check.click(check, [ui.measured, *ui.inputs()], outputs, api_name="admin_check", show_progress="minimal",
                   show_progress_on=[ui.check])
    chosen, show, shown = show_run
    ui.start.click(start, [ui.passed, ui.measured, *ui.inputs()], [*outputs, chosen], api_name="admin_start",
                   show_progress="minimal", show_progress_on=[ui.start]).then(
        show, chosen, shown, api_name=False, **LATEST)


def _checked(keys: list[str], timed: bool, values: tuple) -> tuple:
    """The notice, the report, the prompts and the hash of a recipe that may start."""
    try:
        recipe, _ = recipe_of(keys, *values)
        if stop := obstacle(recipe):
            return say(stop), gr.skip(), gr.skip(), ""
        report = preflight(recipe)
        if timed and report["ok"]:
            report = measure(recipe, report)
    except ShortlistError as error:
        return say(jobs.sentence(error)), gr.Dataframe(visible=False), gr.Textbox(visible=False), ""
    words = "Ready to start." if report["ok"] else "This cannot start: " + " ".join(report["problems"])
    return (say(words), gr.Dataframe(value=form.report_rows(report), visible=True),
            gr.Textbox(value=form.prompts(report), visible=True), recipes.recipe_hash(recipe) if report["ok"] else "")
