"""Sharing a past screening: its owner lets everyone who signs in see it, or keeps it alone. Part of the History tab."""

from __future__ import annotations

import gradio as gr

from model.errors import ShortlistError
from recruiter_ui import records
from recruiter_ui.access import current_user
from recruiter_ui.history import History
from recruiter_ui.i18n import lazy, t
from recruiter_ui.shell import LATEST, Shell, say


def layout() -> gr.Checkbox:
    """Hidden until a screening of one's own is chosen, and where nobody signs in."""
    return gr.Checkbox(False, label=lazy("Everyone who signs in may see the chosen screening"), visible=False,
                       elem_id="history-shared")


def look(shell: Shell, chosen: int | None) -> gr.Checkbox:
    """The box for the chosen screening; none for one that is somebody else's, or where there is nobody else."""
    user = current_user()
    try:
        held = records.screening_of(shell.service.store, chosen, user.id) if chosen is not None else None
    except ShortlistError:  # it was erased, or is shared no more
        held = None
    mine = held is not None and held.owner == user.id and user.session is not None and user.may("recruiter")
    return gr.Checkbox(value=mine and held.shared, visible=mine)


def share(shell: Shell, chosen: int | None, shared: bool) -> gr.Textbox:
    """Let others see the screening, or nobody again; what was done, or what hinders, in words."""
    if chosen is None:
        return say(t("Choose a screening by its row first."))
    try:
        records.share(shell.service.store, chosen, bool(shared), current_user().id)
    except ShortlistError as error:
        return say(str(error))
    return say(t("Everyone who signs in can open it now.") if shared else t("Nobody else can open it any more."))


def wire(shell: Shell, box: gr.Checkbox, history: History) -> None:
    """Connect the events."""
    history.chosen.change(lambda chosen: look(shell, chosen), history.chosen, box, api_name="shared", **LATEST)
    box.input(lambda chosen, shared: share(shell, chosen, shared), [history.chosen, box], history.notice,
              api_name="share_screening",
              api_description="Let everyone who signs in see the chosen screening, or nobody else again.", **LATEST)
