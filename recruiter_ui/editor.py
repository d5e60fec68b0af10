"""The requirement editor of the Screen tab: a table of what the job asks for, and a form for the chosen row."""

from __future__ import annotations

from dataclasses import dataclass, fields

import gradio as gr

from model.brief.job_warnings import find
from model.errors import JobError
from recruiter_ui import requirements
from recruiter_ui.i18n import lazy, said, t
from recruiter_ui.render import KIND_WORDS
from recruiter_ui.session import Session
from recruiter_ui.shell import EVERY, LATEST, QUIET, Shell, plain, say

STALE = "The job has changed since the resumes were judged. Screen again to judge by it."
HINT = ("### What the job asks for\nChoose a row to change it. What you change here is what the resumes are held "
        "against.")


@dataclass
class Editor:
    """The components; `outputs` is what `shown` updates."""

    panel: gr.Column
    table: gr.Dataframe
    warnings: gr.Textbox
    form: gr.Column
    text: gr.Textbox
    kind: gr.Dropdown
    years: gr.Number
    must: gr.Checkbox
    important: gr.Checkbox
    add: gr.Button
    remove: gr.Button
    undo: gr.Button

    def outputs(self) -> list:
        return [getattr(self, field.name) for field in fields(self)[:9]]

    def values(self) -> list:
        return [self.text, self.kind, self.must, self.years, self.important]


def layout() -> Editor:
    """Hidden until a job has been read."""
    with gr.Column(visible=False, elem_id="editor") as panel:
        gr.Markdown(lazy(HINT), elem_classes="sl-step")
        table = gr.Dataframe(datatype="str", interactive=False, wrap=True, type="array",
                             label=lazy("Requirements"), show_label=False, max_height=460, elem_id="requirements",
                             column_widths=["37%", "25%", "22%", "16%"], buttons=[])
        with gr.Column(visible=False, elem_id="requirement-form", elem_classes="sl-form") as form:
            text = gr.Textbox(label=lazy("Requirement"), max_length=200, elem_id="requirement-text")
            with gr.Row():
                kind = gr.Dropdown([(lazy(words), kind) for kind, words in KIND_WORDS.items()], label=lazy("Kind"),
                                   elem_id="requirement-kind", min_width=120)
                years = gr.Number(label=lazy("Years asked for"), minimum=0, maximum=requirements.MAX_YEARS, precision=1,
                                  elem_id="requirement-years", min_width=110)
            with gr.Row():
                must = gr.Checkbox(label=lazy("Must have"), elem_id="requirement-must", min_width=110)
                important = gr.Checkbox(label=lazy("More important"), elem_id="requirement-important", min_width=130)
        with gr.Row(elem_classes="sl-edit"):
            add = gr.Button(lazy("Add a requirement"), size="sm", min_width=130, elem_id="add-requirement")
            remove = gr.Button(lazy("Remove the chosen one"), size="sm", min_width=150, elem_id="remove-requirement")
            undo = gr.Button(lazy("Undo"), size="sm", min_width=60, elem_id="undo-requirement")
        warnings = plain(lazy("Worth a second look"), visible=False, elem_classes="sl-warning", elem_id="job-warnings")
    return Editor(panel, table, warnings, form, text, kind, years, must, important, add, remove, undo)


# --- handlers --------------------------------------------------------------------------------------------------------


def shown(session: Session) -> tuple:
    """The updates of `Editor.outputs` for the job that the session holds."""
    if session.job is None:
        return gr.Column(visible=False), [], gr.Textbox(visible=False), *form(session)
    return gr.Column(visible=True), table(session), warned(session), *form(session)


def warned(session: Session) -> gr.Textbox:
    """What can discriminate: demands in the job text, which are not judged, and requirements, which would be."""
    lines = [said(warning) for warning in session.job.warnings]
    lines += [t("The requirement “{words}” can discriminate. Consider removing it.", words=requirement.text)
              for requirement in session.job.requirements if find(requirement.text)]
    return gr.Textbox(value="\n".join(f"⚑ {line}" for line in lines), visible=bool(lines))


def table(session: Session) -> dict:
    """The requirements as the table's value."""
    return {"headers": [t(header) for header in requirements.HEADERS],
            "data": requirements.to_rows(session.job.requirements)}


def form(session: Session) -> tuple:
    """The updates of the form: filled with the chosen requirement, or hidden where none is chosen."""
    at = session.chosen_requirement
    if session.job is None or at is None or at >= len(session.job.requirements):
        session.chosen_requirement = None
        return gr.Column(visible=False), "", "skill", None, True, False
    chosen = session.job.requirements[at]
    return gr.Column(visible=True), chosen.text, chosen.kind, chosen.years, chosen.must, chosen.weight > 1


def choose(session: Session, event: gr.SelectData) -> tuple:
    """Put the chosen row into the form. It is found by its text, for the table may have been sorted."""
    texts = [requirement.text for requirement in session.job.requirements] if session.job else []
    wanted = event.row_value[0]
    session.chosen_requirement = texts.index(wanted) if wanted in texts else None
    session.changing = None
    return form(session)


def change(session: Session, *values) -> tuple:
    """Take the form's values over; returns the updates of (notice, table, warnings)."""
    if session.job is None or session.chosen_requirement is None:
        return gr.skip(), gr.skip(), gr.skip()
    try:
        changed = requirements.change(session.job.requirements, session.chosen_requirement, *values)
    except JobError as error:
        return say(str(error)), gr.skip(), gr.skip()
    session.keep_requirements(session.chosen_requirement)
    session.set_requirements(changed)
    return say(t(STALE) if session.stale else ""), table(session), warned(session)


def add(session: Session) -> tuple:
    """One more requirement, chosen, ready to be filled in; returns the updates of the notice and of `shown`."""
    if session.job is None:
        return say(t("Read the job first, then add to what it asks for.")), *shown(session)
    session.keep_requirements()
    session.set_requirements((*session.job.requirements, requirements.NEW))
    session.chosen_requirement = len(session.job.requirements) - 1
    return say(), *shown(session)


def remove(session: Session) -> tuple:
    """Drop the chosen requirement; returns the updates of the notice and of `shown`."""
    if session.job is None or session.chosen_requirement is None:
        return say(t("Choose the requirement to remove by its row first.")), *shown(session)
    try:
        left = requirements.remove(session.job.requirements, session.chosen_requirement)
    except JobError as error:
        return say(str(error)), *shown(session)
    session.keep_requirements()
    session.set_requirements(left)
    session.chosen_requirement = None
    return say(t(STALE) if session.stale else ""), *shown(session)


def undo(session: Session) -> tuple:
    """Take the last change of the requirements back; returns the updates of the notice and of `shown`."""
    if not session.undo_requirements():
        return say(t("There is no change of the requirements to take back.")), *shown(session)
    session.chosen_requirement = None
    return say(t(STALE) if session.stale else ""), *shown(session)


def wire(shell: Shell, ui: Editor, notice: gr.Textbox) -> None:
    """Connect the events; `notice` takes what is wrong."""
    session = shell.session
    ui.table.select(choose, session, ui.outputs()[3:], api_name=False, **EVERY)
    gr.on([field.input for field in ui.values()], change, [session, *ui.values()], [notice, ui.table, ui.warnings],
          api_name="change_requirement", **LATEST)
    ui.add.click(add, session, [notice, *ui.outputs()], api_name="add_requirement", **QUIET)
    ui.remove.click(remove, session, [notice, *ui.outputs()], api_name="remove_requirement", **QUIET)
