"""The Review tab: who awaits a person, one after the other, with the reason, the evidence and a note; nothing else
rejects anybody."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
import pandas as pd

from recruiter_ui import candidate, records, render, reviewing
from recruiter_ui.blind import redactor
from recruiter_ui.i18n import lazy
from recruiter_ui.session import DECLINED, SHORTLISTED, Session
from recruiter_ui.shell import EVERY, KEYS, LATEST, QUIET, Shell, plain

EMPTY = ("Nobody to review yet. Screen some resumes first. Whoever the model is in doubt about, would reject or could "
         "not read then waits here for you.")
MAX_NOTE = 500


@dataclass
class Review:
    """The components of the tab."""

    empty: gr.Markdown
    body: gr.Column
    progress: gr.Textbox
    shown: gr.Radio
    queue: gr.Dataframe
    focus: gr.Column
    named: gr.Textbox
    verdict: gr.HTML
    reasons: gr.Textbox
    flags: gr.Textbox
    evidence: gr.Dataframe
    note: gr.Textbox
    decided: gr.Textbox
    several: gr.Dropdown
    agreement: gr.Textbox
    plot: gr.BarPlot
    before: gr.Button
    after: gr.Button
    decisions: dict[str | None, gr.Button]
    many: dict[str | None, gr.Button]
    undo: gr.Button

    def outputs(self) -> list:
        """What `show` updates, in its order."""
        return [self.empty, self.body, self.progress, self.queue, self.focus, self.named, self.verdict, self.reasons,
                self.flags, self.evidence, self.note, self.decided, self.several, self.agreement, self.plot]


# --- layout ----------------------------------------------------------------------------------------------------------


def layout(shell: Shell) -> Review:
    """The queue on the left, the candidate in hand on the right, agreement below."""
    empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty")
    with gr.Column(visible=False) as body:
        progress = plain(lazy("Progress"), show_label=False, container=False, elem_id="review-progress",
                         elem_classes="sl-line sl-lead")
        with gr.Row(elem_classes="sl-bench sl-review"):
            with gr.Column(scale=7, min_width=320):
                left = _queue_part() | _several_part()
            with gr.Column(scale=7, min_width=320):
                right = _focus_part()
        gr.Markdown(lazy("## You and the model"), elem_classes="sl-step")
        agreement = plain(lazy("Agreement"), show_label=False, container=False, elem_classes="sl-line",
                          elem_id="agreement")
        plot = gr.BarPlot(x="x", y="%", tooltip="all", y_lim=[0, 100], height=220, elem_id="agreement-plot",
                          x_title=" ", y_title="%", visible=False,
                          label=lazy("Share of your decisions that the model agreed with, day by day"))
    return Review(empty=empty, body=body, progress=progress, agreement=agreement, plot=plot, **left, **right)


def _queue_part() -> dict:
    shown = gr.Radio([(lazy(words), key) for key, words in reviewing.SHOWN.items()], value="OPEN", label=lazy("Show"),
                     elem_id="review-shown", elem_classes="sl-chips")
    queue = gr.Dataframe(interactive=False, type="array", wrap=True, max_height=560, elem_id="review-queue",
                         label=lazy("Who awaits you. Choose a row to decide."), buttons=["fullscreen"],
                         elem_classes="sl-cards", datatype=["str", "str", "number", "str", "str"],
                         column_widths=["20%", "20%", "11%", "34%", "15%"])
    return {"shown": shown, "queue": queue}


def _several_part() -> dict:
    with gr.Accordion(lazy("Decide on several at once"), open=False, elem_id="several-panel"):
        several = gr.Dropdown([], multiselect=True, label=lazy("Candidates"), elem_id="several",
                              info=lazy("One press of Undo takes all of them back."))
        with gr.Row(elem_classes="sl-decide"):
            many = {SHORTLISTED: gr.Button(lazy("✓ Shortlist these"), size="sm", elem_id="many-shortlist"),
                    DECLINED: gr.Button(lazy("✗ Reject these"), size="sm", elem_id="many-reject"),
                    None: gr.Button(lazy("Leave these open"), size="sm", elem_id="many-open")}
    return {"several": several, "many": many}


def _focus_part() -> dict:
    with gr.Column(elem_id="review-focus") as focus:
        with gr.Row(elem_classes="sl-chooser"):
            before = gr.Button(lazy("← Previous"), size="sm", min_width=110, scale=0, elem_id="review-before")
            named = plain(lazy("In hand"), show_label=False, container=False, elem_id="review-named",
                          elem_classes="sl-line sl-named", scale=5, min_width=120)
            after = gr.Button(lazy("Next →"), size="sm", min_width=110, scale=0, elem_id="review-after")
        verdict = gr.HTML("", elem_id="review-verdict")
        note = gr.Textbox(label=lazy("Note (optional, kept with your decision)"), max_length=MAX_NOTE, lines=1,
                          max_lines=4, elem_id="review-note")
        with gr.Row(elem_classes="sl-decide"):
            decisions = {
                SHORTLISTED: gr.Button(lazy("✓ Shortlist"), variant="primary", min_width=110,
                                       elem_id="review-shortlist"),
                DECLINED: gr.Button(lazy("✗ Reject"), min_width=90, elem_id="review-reject"),
                None: gr.Button(lazy("Leave open"), min_width=100, elem_id="review-open")}
            undo = gr.Button(lazy("Undo"), min_width=70, elem_id="review-undo")
        decided = plain(lazy("Your decision"), container=False, show_label=False, elem_id="review-decided",
                        elem_classes="sl-line")
        gr.Markdown(lazy(KEYS), elem_classes="sl-hint sl-keys")
        flags = plain(lazy("Found in the file"), visible=False, elem_classes="sl-warning", elem_id="review-flags")
        reasons = plain(lazy("Why"), elem_id="review-reasons", elem_classes="sl-text")
        evidence = gr.Dataframe(datatype="str", interactive=False, type="array", wrap=True, buttons=["fullscreen"],
                                label=lazy("What the job asks for"), max_height=520, elem_id="review-evidence",
                                elem_classes="sl-cards", column_widths=["16%", "26%", "31%", "15%", "12%"])
    return {"focus": focus, "before": before, "named": named, "after": after, "verdict": verdict, "note": note,
            "decisions": decisions, "undo": undo, "decided": decided, "flags": flags, "reasons": reasons,
            "evidence": evidence}


# --- handlers --------------------------------------------------------------------------------------------------------


def show(session: Session) -> tuple:
    """The updates of `Review.outputs`: the queue, and the candidate in hand or the first of the queue."""
    rows = list(session.rows.values())
    queue = reviewing.queue(rows, session.human, session.shown)
    if session.selected not in session.rows and queue:
        session.selected = queue[0]["sha256"]
    labels = session.labels()
    table = render.styled(reviewing.table(queue, labels, session.human), reviewing.HEADERS, 1)
    return (gr.Markdown(visible=not rows), gr.Column(visible=bool(rows)),
            reviewing.progress_words(rows, session.human), table, *_focus(session),
            gr.Dropdown(choices=reviewing.choices(rows, labels), value=[], multiselect=True), *_agreement(session))


def show_those(session: Session, shown: str) -> tuple:
    """Show those of the queue that the recruiter asks for, a key of `reviewing.SHOWN`."""
    session.shown = shown
    return show(session)


def enter(session: Session) -> tuple:
    """`show`, with one of the queue in hand: somebody else may have been looked at on another tab."""
    queue = _order(session)
    if queue and session.selected not in queue:
        session.selected = queue[0]
    return show(session)


def _order(session: Session) -> list[str]:
    """The keys of the queue that is shown, from its top."""
    return [row["sha256"] for row in reviewing.queue(session.rows.values(), session.human, session.shown)]


def _focus(session: Session) -> tuple:
    """The updates of (focus, named, verdict, reasons, flags, evidence, note, decided)."""
    row = session.rows.get(session.selected)
    if row is None:
        return gr.Column(visible=False), *[gr.skip()] * 7
    redact = redactor(session.documents.get(row["sha256"]), session.blind)
    flags = render.flag_text(row, redact)
    judged = render.is_judged(row)
    table = render.styled(render.requirement_rows(row, redact), render.REQUIREMENT_HEADERS, 0) if judged else None
    return (gr.Column(visible=True), session.label(row["sha256"]), candidate.head(row), render.reason_text(row),
            gr.Textbox(value=flags, visible=bool(flags)), gr.Dataframe(value=table, visible=judged), "",
            candidate.decided_words(session, row["sha256"]))


def _agreement(session: Session) -> tuple:
    """The updates of (sentence, plot)."""
    days = records.agreement_over_time(session.store, session.user) if session.store else []
    points = pd.DataFrame(reviewing.agreement_points(days)) if days else None
    return reviewing.agreement_words(days), gr.BarPlot(value=points, visible=len(days) > 1)


def choose(session: Session, event: gr.SelectData) -> tuple:
    """Take the candidate of the chosen row in hand."""
    by_label = {label: sha256 for sha256, label in session.labels().items()}
    session.selected = by_label.get(event.row_value[0], session.selected)
    return show(session)


def step(session: Session, by: int) -> tuple:
    """Take the next or the previous candidate of the queue in hand, round the end."""
    order = _order(session)
    if order:
        at = order.index(session.selected) + by if session.selected in order else 0
        session.selected = order[at % len(order)]
    return show(session)


def decide(session: Session, note: str, decision: str | None) -> tuple:
    """Record the decision on the candidate in hand with its note, and take the next one of the queue in hand."""
    order = _order(session)
    held = session.selected
    if held in session.rows:
        session.decide(held, decision, (note or "").strip()[:MAX_NOTE])
        at = order.index(held) if held in order else len(order)
        left = order[at + 1:] + order[:at]
        session.selected = left[0] if left else held
    return show(session)


def decide_many(session: Session, several: list[str], decision: str | None) -> tuple:
    """Record one decision on several candidates; one undo takes all of them back."""
    session.decide_all([key for key in several or [] if key in session.rows], decision)
    return show(session)


def undo(session: Session) -> tuple:
    """Take the last decision back, all of it where several were decided at once, and show whose it was."""
    session.selected = session.undo() or session.selected
    return show(session)


# --- wiring ----------------------------------------------------------------------------------------------------------

NAMES = {SHORTLISTED: "shortlist", DECLINED: "reject", None: "leave_open"}
TOLD = {SHORTLISTED: "Shortlist", DECLINED: "Reject, as a person's decision,", None: "Leave open"}


def wire(shell: Shell, ui: Review, tab: gr.Tab) -> None:
    """Connect the events."""
    session, everything = shell.session, ui.outputs()
    tab.select(enter, session, everything, api_name="review",
               api_description="The queue of candidates who await a person, and the one in hand.", **LATEST)
    ui.shown.input(show_those, [session, ui.shown], everything, api_name="show_review",
                   api_description="The queue: OPEN, DONE or ALL.", **LATEST)
    ui.queue.select(choose, session, everything, api_name=False, **EVERY)
    for button, by, name in ((ui.before, -1, "previous"), (ui.after, 1, "next")):
        button.click(lambda s, by=by: step(s, by), session, everything,
                     api_name=f"{name}_in_review", api_description=f"Take the {name} candidate of the queue in hand.",
                     **EVERY)
    for decision, button in ui.decisions.items():
        button.click(lambda s, note, decision=decision: decide(s, note, decision),
                     [session, ui.note], everything, api_name=f"review_{NAMES[decision]}",
                     api_description=f"{TOLD[decision]} the candidate in hand, with a note.", **QUIET)
    for decision, button in ui.many.items():
        button.click(lambda s, several, decision=decision: decide_many(s, several, decision),
                     [session, ui.several], everything, api_name=f"{NAMES[decision]}_several",
                     api_description=f"{TOLD[decision]} several candidates at once; undo takes them back together.",
                     **QUIET)
    ui.undo.click(undo, session, everything, api_name="undo_review",
                  api_description="Take the last decision back, with its whole group.", **EVERY)
