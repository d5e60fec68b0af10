"""The Candidate tab: one verdict and everything it rests on, and the recruiter's own decision."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from model.rubric import COMPONENTS
from model.schema import Document
from model.settings import as_of
from recruiter_ui import export, intake, markup, render, timeline, what_if
from recruiter_ui.blind import redactor
from recruiter_ui.i18n import lazy, said, t
from recruiter_ui.service import Service
from recruiter_ui.session import DECLINED, SHORTLISTED, Session
from recruiter_ui.shell import EVERY, KEYS, LATEST, QUIET, Shell, plain

EMPTY = "No candidate to show yet. Screen some resumes first, then choose a row in the ranked table."
HIDDEN_OUTPUTS = 18 + 2 * len(COMPONENTS)  # all but `empty` and `body`
BY_RULE = "What would change it, by the expert rule"
BY_MODEL = "What would change it, by the model"
NO_TEXT = "This file's text could not be read, so there is nothing to show."
SOUND = ("## How sound is this verdict?\nThe verdict is held against the expert rule in four parts. Each bar begins "
         "where the one above ended; together they make the total.")
HIGHLIGHTS = {"evidence": "#8a8f98", "chosen": "#1f6f8b"}  # the style sheet finds the chosen quote by its colour
SAVE = "() => setTimeout(() => document.querySelector('#candidate-file').click(), 100)"
SCROLL_TO_QUOTE = """() => setTimeout(() => {
  const box = document.querySelector('#document');
  const quote = box.querySelector('.highlighted[style*="rgba(31"]');
  if (quote) box.scrollTo({top: quote.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
    - box.clientHeight / 3, behavior: 'smooth'});
}, 150)"""


@dataclass
class Candidate:
    """The components of the tab."""

    empty: gr.Markdown
    body: gr.Column
    chooser: gr.Dropdown
    before: gr.Button
    after: gr.Button
    verdict: gr.HTML
    reasons: gr.Textbox
    what_if: gr.Textbox
    ask: gr.Button
    flags: gr.Textbox
    shortlist: gr.Button
    decline: gr.Button
    undecide: gr.Button
    undo: gr.Button
    decided: gr.Textbox
    judge: gr.Radio
    bars: list[gr.HTML]
    whys: list[gr.Textbox]
    total: gr.HTML
    reward: gr.Column
    requirements: gr.Dataframe
    document: gr.HighlightedText
    page: gr.Image
    career: gr.Column
    years: gr.Textbox
    bars_of_years: gr.HTML
    posts: gr.Dataframe
    versions: gr.Textbox
    report: tuple[gr.Button, gr.DownloadButton]

    def outputs(self) -> list:
        """Everything that `show` updates, in its order."""
        return [self.empty, self.body, self.chooser, self.verdict, self.reasons, self.what_if, self.ask,
                self.flags, self.decided, self.judge, self.reward, *self.bars, *self.whys, self.total,
                self.requirements, self.document, self.page, self.career, self.years, self.bars_of_years, self.posts,
                self.versions]


# --- layout ----------------------------------------------------------------------------------------------------------


def layout(shell: Shell) -> Candidate:
    """The verdict on the left, the requirements and the document on the right."""
    empty = gr.Markdown(lazy(EMPTY), elem_classes="sl-empty")
    with gr.Column(visible=False) as body:
        with gr.Row(elem_classes="sl-chooser"):
            before = gr.Button(lazy("← Previous"), size="sm", min_width=110, scale=0, elem_id="before")
            chooser = gr.Dropdown([], label=lazy("Candidate"), elem_id="chooser", scale=5, min_width=240)
            after = gr.Button(lazy("Next →"), size="sm", min_width=110, scale=0, elem_id="after")
        with gr.Row(elem_classes="sl-bench"):
            with gr.Column(scale=5, min_width=320):
                left = _verdict_part() | _reward_part()
            with gr.Column(scale=7, min_width=320):
                right = _evidence_part()
    return Candidate(empty=empty, body=body, chooser=chooser, before=before, after=after, **left, **right)


def _verdict_part() -> dict:
    verdict = gr.HTML("", elem_id="verdict")
    with gr.Row(elem_classes="sl-decide"):
        shortlist = gr.Button(lazy("✓ Shortlist"), variant="primary", min_width=110, elem_id="decide-shortlist")
        decline = gr.Button(lazy("✗ Reject"), variant="secondary", min_width=90, elem_id="decide-reject")
        undecide = gr.Button(lazy("Leave open"), variant="secondary", min_width=100, elem_id="decide-open")
        undo = gr.Button(lazy("Undo"), variant="secondary", min_width=70, elem_id="undo")
    decided = plain(lazy("Your decision"), container=False, show_label=False, elem_id="decided", elem_classes="sl-line")
    gr.Markdown(lazy(KEYS), elem_classes="sl-hint sl-keys")
    flags = plain(lazy("Found in the file"), visible=False, elem_classes="sl-warning", elem_id="flags")
    reasons = plain(lazy("Why"), elem_id="reasons", elem_classes="sl-text")
    changes = plain(lazy(BY_RULE), elem_id="what-if", elem_classes="sl-text")
    ask = gr.Button(lazy("Ask the model what would change it"), size="sm", elem_id="ask-model")
    return {"verdict": verdict, "shortlist": shortlist, "decline": decline, "undecide": undecide, "undo": undo,
            "decided": decided, "flags": flags, "reasons": reasons, "what_if": changes, "ask": ask}


def _reward_part() -> dict:
    bars, whys = [], []
    with gr.Column(elem_classes="sl-reward", elem_id="reward") as reward:
        gr.Markdown(lazy(SOUND), elem_classes="sl-step sl-sub")
        judge = gr.Radio([], label=lazy("Judge"), elem_id="judge", visible=False, elem_classes="sl-chips")
        for name in COMPONENTS:
            bars.append(gr.HTML("", elem_id=f"bar-{name}"))
            whys.append(plain(lazy(markup.COMPONENT_WORDS[name]), show_label=False, container=False,
                              elem_classes="sl-line sl-why"))
        total = gr.HTML("", elem_id="bar-total")
    return {"reward": reward, "judge": judge, "bars": bars, "whys": whys, "total": total}


def _evidence_part() -> dict:
    table = gr.Dataframe(datatype="str", interactive=False, type="array", wrap=True,
                         label=lazy("What the job asks for. Choose a row to see its quote."),
                         max_height=620, elem_id="evidence", elem_classes="sl-cards", buttons=["fullscreen"],
                         column_widths=["108px", "190px", "270px", "116px", "90px"])
    document = gr.HighlightedText(label=lazy("The document's own text"), color_map=HIGHLIGHTS,
                                  show_inline_category=False, show_legend=False, combine_adjacent=False,
                                  elem_id="document")
    page = gr.Image(label=lazy("The page of the quote, as it looks in the file"), interactive=False, visible=False,
                    buttons=["fullscreen"], elem_id="page")
    with gr.Column(elem_id="career") as career:
        gr.Markdown(lazy("## Experience"), elem_classes="sl-step sl-sub")
        years = plain(lazy("Years of work"), show_label=False, container=False, elem_classes="sl-line")
        bars_of_years = gr.HTML("")
        posts = gr.Dataframe(datatype="str", interactive=False, type="array", wrap=True,
                             label=lazy("Posts and gaps"), show_label=False, max_height=320, buttons=[],
                             elem_id="posts", column_widths=["11%", "37%", "19%", "18%", "15%"])
    versions = plain(lazy("Judged by"), elem_classes="sl-line sl-versions", container=False, show_label=False)
    with gr.Row(elem_classes="sl-exports"):
        printed = gr.Button(lazy("Report to print"), size="sm", min_width=120, elem_id="export-candidate")
        holder = gr.DownloadButton("HTML", elem_classes="sl-offscreen", elem_id="candidate-file")
    return {"requirements": table, "document": document, "page": page, "career": career, "years": years,
            "bars_of_years": bars_of_years, "posts": posts, "versions": versions, "report": (printed, holder)}


# --- handlers --------------------------------------------------------------------------------------------------------


def show(session: Session, judge: str | None = None, requirement: int | None = None) -> tuple:
    """The updates of `Candidate.outputs` for the candidate that the session has selected."""
    order = [row["sha256"] for row in render.ranked(session.rows.values())]
    if not order:
        return gr.Markdown(visible=True), gr.Column(visible=False), *[gr.skip()] * HIDDEN_OUTPUTS
    if session.selected not in session.rows:
        session.selected = order[0]
    row = session.rows[session.selected]
    choices = [(render.choice_words(session.rows[key], session.label(key)), key) for key in order]
    return (gr.Markdown(visible=False), gr.Column(visible=True), gr.Dropdown(choices=choices, value=session.selected),
            *_verdict_updates(session, row), *_reward_updates(row, judge),
            *_evidence_updates(session, row, requirement))


def _verdict_updates(session: Session, row: dict) -> tuple:
    flags = render.flag_text(row, redactor(session.documents.get(row["sha256"]), session.blind))
    marks = [req["mark"] for req in row["requirements"]]
    changes = what_if.words(session.judged_by, marks) if marks else ""
    return (head(row), render.reason_text(row),
            gr.Textbox(value=changes, label=t(BY_RULE), visible=bool(changes)), gr.Button(visible=bool(changes)),
            gr.Textbox(value=flags, visible=bool(flags)), decided_words(session, row["sha256"]))


def head(row: dict) -> str:
    if not render.is_judged(row):
        return markup.verdict("UNREAD")
    verdict = row["verdicts"][render.deciding(row)]
    return markup.verdict(row["decision"], verdict["score"], verdict["probability"],
                          {name: verdict[name] for name in ("skills", "experience", "education")},
                          verdict.get("score_range"))


def decided_words(session: Session, sha256: str) -> str:
    """The recruiter's own decision in words."""
    return t({SHORTLISTED: "✓ You shortlisted this candidate.", DECLINED: "✗ You rejected this candidate.",
              }.get(session.human.get(sha256), "Not decided by you yet."))


def _reward_updates(row: dict, judge: str | None) -> tuple:
    count = len(COMPONENTS)
    if not render.is_judged(row) or not row["reward"]:
        return gr.Radio(visible=False), gr.Column(visible=False), *[""] * (2 * count + 1)
    judges = [name for name in render.ADAPTER_WORDS if name in row["reward"]]
    judge = judge if judge in judges else render.deciding(row)
    radio = gr.Radio(choices=[(render.ADAPTER_WORDS[name], name) for name in judges], value=judge,
                     visible=len(judges) > 1)
    parts = render.reward_parts(row["reward"][judge])
    scale = markup.reward_scale([(s, weight) for _, s, weight, _ in parts])
    bars, at = [], 0.0
    for name, s, weight, _ in parts:
        bars.append(markup.reward_bar(name, s, weight, at, scale))
        at += 0.0 if s is None else s * weight
    total = markup.reward_total(row["reward"][judge]["total"], scale)
    return radio, gr.Column(visible=True), *bars, *[why for *_, why in parts], total


def _evidence_updates(session: Session, row: dict, requirement: int | None) -> tuple:
    document = session.documents.get(row["sha256"])
    if not render.is_judged(row) or document is None:
        return (gr.Dataframe(value=[], visible=False), [(said(row.get("error") or "") or t(NO_TEXT), None)],
                gr.Image(visible=False), gr.Column(visible=False), "", "", gr.skip(), "")
    redact = redactor(document, session.blind)
    table = render.requirement_rows(row, redact)
    career = timeline.read(document, as_of(), redact)
    return (gr.Dataframe(value=render.styled(table, render.REQUIREMENT_HEADERS, 0), visible=True),
            _marked(session, row, requirement), gr.Image(visible=False), gr.Column(visible=True),
            timeline.total_words(career), markup.timeline(career.bars),
            _posts(career), render.versions_text(row))


def _posts(career: timeline.Timeline) -> gr.Dataframe:
    headers = [t(header) for header in timeline.HEADERS]
    return gr.Dataframe(value={"headers": headers, "data": career.table}, visible=bool(career.table))


def _marked(session: Session, row: dict, requirement: int | None) -> list:
    """The document with every quote marked, that of `requirement` most."""
    document = session.documents[row["sha256"]]
    spans = [(req["start"], req["end"]) if req["evidence"] else (0, 0) for req in row["requirements"]]
    return render.segments(document.text, spans, requirement, redactor(document, session.blind))


def highlight(service: Service, session: Session, event: gr.SelectData) -> tuple:
    """The document with the quote of the chosen requirement marked, and its page as an image.

    The page shows name and photo, so it stays away in blind mode.
    """
    row, document = session.rows.get(session.selected), session.documents.get(session.selected)
    if row is None or document is None:
        return [], gr.Image(visible=False)
    by_text = {cells[1]: i for i, cells in enumerate(render.requirement_rows(row))}
    chosen = by_text.get(event.row_value[1])
    return _marked(session, row, chosen), _page(service, session, row, document, chosen)


def _page(service: Service, session: Session, row: dict, document: Document, chosen: int | None) -> gr.Image:
    if session.blind or chosen is None or not row["requirements"][chosen]["evidence"]:
        return gr.Image(visible=False)
    resume = session.resumes[session.selected]
    png = service.page(resume, document, row["requirements"][chosen]["start"])
    if png is None:
        return gr.Image(visible=False)
    session.folder = session.folder or intake.new_folder()
    path = session.folder / "page.png"
    path.write_bytes(png)
    return gr.Image(value=str(path), visible=True)


def ask_model(service: Service, session: Session) -> gr.Textbox:
    """What would change the verdict, found by asking the model about changed evidence; the rule's answer stays where
    the model cannot be asked now."""
    row, document = session.rows.get(session.selected), session.documents.get(session.selected)
    if row is None or document is None or session.stale:
        return gr.skip()
    found = service.what_if(session.job, document, render.deciding(row))
    if found is None:
        gr.Info(t("The model is busy or not loaded; this is the expert rule's answer. Ask again later."))
        return gr.skip()
    return gr.Textbox(value=what_if.model_words(session.judged_by, found), label=t(BY_MODEL))


def step(session: Session, by: int) -> tuple:
    """Go to the next or the previous candidate of the ranking, round the end."""
    order = [row["sha256"] for row in render.ranked(session.rows.values())]
    if order:
        at = order.index(session.selected) if session.selected in order else 0
        session.selected = order[(at + by) % len(order)]
    return show(session)


def choose(session: Session, sha256: str) -> tuple:
    """Show the candidate picked in the chooser."""
    if sha256 in session.rows:
        session.selected = sha256
    return show(session)


def decide(session: Session, decision: str | None) -> str:
    """Record the recruiter's decision on the candidate shown."""
    if session.selected in session.rows:
        session.decide(session.selected, decision)
    return decided_words(session, session.selected)


def undo(session: Session) -> tuple:
    """Take the last decision back and show whose it was."""
    session.selected = session.undo() or session.selected
    return show(session)


# --- wiring ----------------------------------------------------------------------------------------------------------


def wire(shell: Shell, ui: Candidate, tab: gr.Tab) -> None:
    """Connect the events."""
    session, everything = shell.session, ui.outputs()

    def quote(held, event: gr.SelectData):
        return highlight(shell.service, held, event)

    tab.select(show, session, everything, api_name="candidate", **LATEST)
    ui.before.click(lambda s: step(s, -1), session, everything, api_name="previous_candidate", **EVERY)
    ui.after.click(lambda s: step(s, 1), session, everything, api_name="next_candidate", **EVERY)
    ui.chooser.input(choose, [session, ui.chooser], everything, api_name="choose_candidate", **LATEST)
    ui.judge.input(show, [session, ui.judge], everything, api_name=False, **LATEST)
    ui.requirements.select(quote, session, [ui.document, ui.page], api_name=False, **EVERY).then(
        None, js=SCROLL_TO_QUOTE)
    for button, decision in ((ui.shortlist, SHORTLISTED), (ui.decline, DECLINED), (ui.undecide, None)):
        button.click(lambda s, decision=decision: decide(s, decision), session, ui.decided,
                     api_name={SHORTLISTED: "shortlist", DECLINED: "reject", None: "leave_open"}[decision], **EVERY)

    def ask(held):
        """Ask the model what change of evidence would turn the verdict on the candidate shown."""
        return ask_model(shell.service, held)

    def report(held):
        """A report of the candidate shown, one page to print."""
        return export.write_candidate(held, held.selected) if held.selected in held.rows else None

    printed, holder = ui.report
    printed.click(report, session, holder, api_name="export_candidate", **QUIET).then(None, js=SAVE)
    ui.ask.click(ask, session, ui.what_if, api_name="what_would_change", show_progress="minimal")
    ui.undo.click(undo, session, everything, api_name="undo", **EVERY)
