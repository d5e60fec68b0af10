"""The History tab: past screenings, opened again as they were, judged anew by today's model, or taken away as files."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from model.errors import ShortlistError
from recruiter_ui import export, past, records, render
from recruiter_ui.access import current_user
from recruiter_ui.i18n import lazy, t
from recruiter_ui.service import Service
from recruiter_ui.session import Session
from recruiter_ui.shell import EVERY, LATEST, QUIET, Shell, notice, plain, say

EMPTY = "No screenings yet. Whatever you screen is kept here, with the versions of everything that judged it."
MAX_SHOWN = 200
SHOW_FILE = "() => setTimeout(() => document.querySelector('#history-{kind}-file').click(), 100)"


@dataclass
class History:
    """The components of the tab."""

    empty: gr.Markdown
    body: gr.Column
    table: gr.Dataframe
    notice: gr.Textbox
    detail: gr.Column
    named: gr.Markdown
    summary: gr.Textbox
    versions: gr.Textbox
    reopen: gr.Button
    rescore: gr.Button
    other: gr.Dropdown
    differ: gr.Textbox
    changes: gr.Dataframe
    exports: dict[str, tuple[gr.Button, gr.DownloadButton]]
    chosen: gr.State

    def listed(self) -> list:
        """What `show` updates."""
        return [self.empty, self.body, self.table, *self.detailed()]

    def detailed(self) -> list:
        """What `detail` updates."""
        return [self.chosen, self.notice, self.detail, self.summary, self.versions, self.other, *self.compared()]

    def compared(self) -> list:
        """What `compare` updates."""
        return [self.differ, self.changes]


# --- layout ----------------------------------------------------------------------------------------------------------


def layout(shell: Shell) -> History:
    """The list on the left, the chosen screening on the right."""
    chosen = gr.State(None)
    empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty")
    with gr.Column(visible=False) as body, gr.Row(elem_classes="sl-bench"):
        with gr.Column(scale=6, min_width=320):
            table = gr.Dataframe(interactive=False, type="array", wrap=True, max_height=640, elem_id="history",
                                 label=lazy("Screenings, newest first. Choose one."), buttons=["fullscreen"],
                                 show_search="search", elem_classes="sl-cards",
                                 datatype=["number", "str", "str", "number", "str", "str"],
                                 column_widths=["8%", "22%", "28%", "14%", "14%", "14%"])
        with gr.Column(scale=7, min_width=320):
            told = notice("history-notice")
            detail = _detail_part()
    return History(empty=empty, body=body, table=table, notice=told, chosen=chosen, **detail)


def _detail_part() -> dict:
    with gr.Column(visible=False, elem_id="history-detail") as detail:
        named = gr.Markdown(lazy("## The chosen screening"), elem_classes="sl-step")
        summary = plain(lazy("In short"), show_label=False, container=False, elem_id="history-summary",
                        elem_classes="sl-line")
        versions = plain(lazy("Judged by"), elem_id="history-versions", elem_classes="sl-text")
        with gr.Row(elem_classes="sl-decide"):
            reopen = gr.Button(lazy("Open it again"), variant="primary", elem_id="history-open", min_width=150)
            rescore = gr.Button(lazy("Judge anew with today's model"), elem_id="history-rescore", min_width=210)
        with gr.Row(elem_classes="sl-exports"):
            exports = {}
            for kind, words in export.KINDS.items():
                button = gr.Button(lazy(words), size="sm", min_width=110, elem_id=f"history-export-{kind}")
                holder = gr.DownloadButton(f"{kind.upper()}", elem_classes="sl-offscreen",
                                           elem_id=f"history-{kind}-file")
                exports[kind] = button, holder
        other = gr.Dropdown([], label=lazy("Compare with another screening of this job"), elem_id="history-other",
                            visible=False)
        differ = plain(lazy("The comparison"), show_label=False, container=False, elem_classes="sl-line",
                       elem_id="history-differ", visible=False)
        changes = gr.Dataframe(interactive=False, type="array", wrap=True, max_height=480, elem_id="history-changes",
                               label=lazy("Then and now, other decisions first"), visible=False, buttons=["fullscreen"])
    return {"detail": detail, "named": named, "summary": summary, "versions": versions, "reopen": reopen,
            "rescore": rescore, "exports": exports, "other": other, "differ": differ, "changes": changes}


# --- handlers --------------------------------------------------------------------------------------------------------


def opened(service: Service, number: int, blind: bool) -> Session:
    """A past screening as a session of its own, read from the records. Raises RecordsError where it is gone."""
    user = current_user().id
    session = Session(blind=blind)
    session.attach(service.store, user, records.screening_of(service.store, number, user))
    return session


def show(service: Service, session: Session, chosen: int | None) -> tuple:
    """The updates of `History.listed`: the list, and what was chosen before."""
    found = records.screenings_of(service.store, current_user().id, MAX_SHOWN)
    table = {"headers": [t(header) for header in past.HEADERS], "data": past.table(found)}
    if chosen not in {one.id for one in found}:
        chosen = None
    return gr.Markdown(visible=not found), gr.Column(visible=bool(found)), table, *detail(service, session, chosen)


def detail(service: Service, session: Session, chosen: int | None, told: str = "",
           other: int | None = None) -> tuple:
    """The updates of `History.detailed` for the chosen screening, compared with `other` where one is named."""
    if chosen is None:
        return None, say(told), gr.Column(visible=False), *[gr.skip()] * 5
    try:
        held = opened(service, chosen, session.blind)
    except ShortlistError as error:
        return None, say(str(error)), gr.Column(visible=False), *[gr.skip()] * 5
    rows = list(held.rows.values())
    siblings = _siblings(service, chosen)
    summary = f"{t('No.')} {chosen}, {held.job.title or t('untitled job')}\n{render.summary(rows) if rows else ''}"
    picker = gr.Dropdown(choices=[(f"{t('No.')} {one.id}, {past.moment(one.created)}, "
                                   f"{past.judges_words(one.adapters)}", one.id) for one in siblings],
                         value=other, visible=bool(siblings))
    return (chosen, say(told), gr.Column(visible=True), summary, past.versions(rows), picker,
            *compare(service, session, chosen, other))


def _siblings(service: Service, chosen: int) -> list[records.Screening]:
    """The other screenings of the same job, newest first."""
    found = records.screenings_of(service.store, current_user().id, MAX_SHOWN)
    job = next((one.job for one in found if one.id == chosen), None)
    return [one for one in found if one.job == job and one.id != chosen]


def compare(service: Service, session: Session, chosen: int | None, other: int | None) -> tuple:
    """The updates of `History.compared`: how the chosen screening and the other differ, the older one first."""
    if chosen is None or other is None:
        return gr.Textbox(visible=False), gr.Dataframe(visible=False)
    then, now = (opened(service, number, session.blind) for number in sorted((chosen, other)))
    lines = past.changes(then.rows, now.rows, then.labels())
    judged_by = past.versions(list(then.rows.values())), past.versions(list(now.rows.values()))
    table = render.styled(lines, past.CHANGE_HEADERS, 3)
    return (gr.Textbox(value=past.changes_words(lines, judged_by[0] == judged_by[1]), visible=True),
            gr.Dataframe(value=table, visible=bool(lines)))


def choose(service: Service, session: Session, event: gr.SelectData) -> tuple:
    """Show the screening of the chosen row; its number is in the first column."""
    return detail(service, session, int(event.row_value[0]))


def reopen(service: Service, session: Session, chosen: int | None) -> str:
    """Put the past screening back on the page, exactly as it was; returns what hinders, in words."""
    if chosen is None:
        return t("Choose a screening by its row first.")
    if session.running:
        return t("A screening is running. Stop it first, or wait for it to end.")
    user = current_user().id
    try:
        session.attach(service.store, user, records.screening_of(service.store, chosen, user))
    except ShortlistError as error:
        return str(error)
    return ""


def rescore(service: Service, session: Session, chosen: int | None) -> tuple:
    """Queue the same documents by the same job for today's adapters; the updates of `History.listed`."""
    user = current_user().id
    status = service.status()
    try:
        if chosen is None:
            raise ShortlistError(t("Choose a screening by its row first."))
        if status.state != "ready":
            raise ShortlistError(t("The model is not loaded yet. Try again in a moment."))
        held = records.screening_of(service.store, chosen, user)
        ids = [entry.id for entry in records.entries_of(service.store, chosen, user)]
        adapters = [name for name in ("sft", "grpo") if name in status.adapters]
        made = records.create_screening(service.store, held.job, ids, adapters, user)
    except ShortlistError as error:
        return (gr.skip(),) * 3 + (chosen, say(str(error)), *[gr.skip()] * 6)
    service.nudge()
    told = t("Queued as No. {number}. What the same versions have judged before is taken over at once; open this tab "
             "again to see the rest.", number=made)
    listed = show(service, session, None)[:3]
    return *listed, *detail(service, session, chosen, told, made)


def write(service: Service, session: Session, chosen: int | None, kind: str) -> str | None:
    """A file of the chosen screening; None where it is gone."""
    if chosen is None:
        return None
    held = opened(service, chosen, session.blind)
    session.folder = held.folder = session.folder or export.intake.new_folder()
    return export.write(held, kind)


# --- wiring ----------------------------------------------------------------------------------------------------------


def wire(shell: Shell, ui: History, tab: gr.Tab, redraw, redrawn: list) -> None:
    """Connect the events; `redraw` fills `redrawn`, the Screen tab, once a past screening is on the page again."""
    service, session = shell.service, shell.session
    tab.select(lambda s, chosen: show(service, s, chosen), [session, ui.chosen], ui.listed(), api_name="history",
               api_description="Past screenings, newest first, and the chosen one.", **LATEST)

    def pick(held, event: gr.SelectData):
        return choose(service, held, event)

    ui.table.select(pick, session, ui.detailed(), api_name=False, **EVERY)
    ui.other.input(lambda s, chosen, other: compare(service, s, chosen, other), [session, ui.chosen, ui.other],
                   ui.compared(), api_name="compare_screenings",
                   api_description="How two screenings of one job differ, candidate by candidate.", **LATEST)
    ui.rescore.click(lambda s, chosen: rescore(service, s, chosen), [session, ui.chosen], ui.listed(),
                     api_name="rescore", api_description="Judge the documents of a past screening by today's model.",
                     **QUIET)

    def back(held, chosen):
        trouble = reopen(service, held, chosen)
        return say(trouble), gr.skip() if trouble else gr.Tabs(selected="screen")

    ui.reopen.click(back, [session, ui.chosen], [ui.notice, shell.tabs], api_name="open_screening",
                    api_description="Put a past screening back on the page, exactly as it was.", **QUIET).then(
        redraw, session, redrawn, api_name=False, **LATEST)
    for kind, (button, holder) in ui.exports.items():
        button.click(lambda s, chosen, kind=kind: write(service, s, chosen, kind), [session, ui.chosen], holder,
                     api_name=f"history_{kind}", api_description=f"The chosen screening as a {kind.upper()} file.",
                     **QUIET).then(None, js=SHOW_FILE.replace("{kind}", kind))
