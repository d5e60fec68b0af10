"""What the tabs share: the service, the visitor's session, the tab bar."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from recruiter_ui.i18n import lazy
from recruiter_ui.service import Service

# How an event is taken that comes while its last one is still at work. Gradio's own way ("once") drops it in silence.
QUIET = {"show_progress": "hidden"}  # dropped: for what must not be done twice by a double click
LATEST = {**QUIET, "trigger_mode": "always_last"}  # done once more afterwards: for choices, and for drawing things anew
EVERY = {**QUIET, "trigger_mode": "multiple"}  # each is done: for keys, and for rows, whose place comes with the event

KEYS = "Keys: **j** next, **k** previous, **s** shortlist, **r** reject, **v** leave open, **u** undo."


@dataclass
class Shell:
    """Handed to every tab's `layout` and `wire`."""

    service: Service
    session: gr.State
    tabs: gr.Tabs


def plain(label: str, value: str = "", **kwargs) -> gr.Textbox:
    """A text that comes from outside, shown as text: never markup, never an image."""
    settings = {"lines": 1, "max_lines": 12, "show_label": True, "container": True, **kwargs}
    return gr.Textbox(value=value, label=label, interactive=False, **settings)


def notice(elem_id: str) -> gr.Textbox:
    """A line for what went wrong or what was done, hidden while there is nothing to say."""
    return gr.Textbox(value="", label=lazy("Notice"), show_label=False, container=False, interactive=False,
                      visible=False, lines=1, max_lines=8, elem_id=elem_id, elem_classes="sl-notice")


def say(text: str = "") -> gr.Textbox:
    """Update of a `notice`: shows `text`, or hides it where there is none."""
    return gr.Textbox(value=text, visible=bool(text))
