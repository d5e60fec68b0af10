"""Deciding from the ranked table: who is picked, a step up or down by key, one decision on all who are picked."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from recruiter_ui import render, screening
from recruiter_ui.i18n import t
from recruiter_ui.session import Session

NOBODY = "Pick candidates first: in the field above the table, or with the keys j and k."
NOTHING = "There is no decision to take back."


def shown(session: Session) -> list[str]:
    """Those whom the table shows, in its order."""
    rows = render.ranked(session.rows.values())
    return [row["sha256"] for row in rows if render.shown(row, session.only, session.human)]


def pick(session: Session, picked: Sequence[str] | None) -> tuple:
    """Pick these and nobody else; returns the updates of `screening.drawn`, as all here do."""
    session.picked = list(picked or [])
    return screening.drawn(session)


def pick_shown(session: Session) -> tuple:
    """Pick all whom the table shows; once more picks nobody."""
    everybody = shown(session)
    return pick(session, [] if session.picked == everybody else everybody)


def step(session: Session, by: int) -> tuple:
    """Pick the next or the previous of the table alone, round the end; its first where nobody is in hand."""
    order = shown(session)
    held = session.picked[-1] if session.picked else session.selected
    if order:
        session.selected = order[(order.index(held) + by) % len(order)] if held in order else order[0]
    return pick(session, [session.selected] if order else [])


def decide(session: Session, decision: str | None) -> tuple:
    """Record one decision on all who are picked, and let go of them; one undo takes all of them back."""
    if not session.picked:
        gr.Info(t(NOBODY))
    else:
        session.selected = session.picked[-1]
        session.decide_all(session.picked, decision)
    return pick(session, [])


def undo(session: Session) -> tuple:
    """Take the last decision back and pick whose it was."""
    found = session.undo()
    if found is None:
        gr.Info(t(NOTHING))
    return pick(session, [found] if found in session.rows else [])
