"""Feedback: what recruiters put right or confirmed, as rows to train on; looked at before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import gradio as gr
from sqlalchemy import select

from model.errors import ShortlistError
from recruiter_ui.access import current_user
from recruiter_ui.records import audit
from recruiter_ui.records.decisions import AS_STATUS
from recruiter_ui.records.documents import document_from
from recruiter_ui.records.jobs import load_job
from recruiter_ui.records.store import Store
from recruiter_ui.records.tables import decisions, documents, items, overrides, screenings, verdicts
from recruiter_ui.shell import Shell, notice, plain, say
from training import feedback, jobs
from training.feedback import Batch, Said

HOW = ("Where recruiters corrected a mark, or agreed with the model, the evidence and what is true of it can teach the "
       "next adapter. Only the redacted evidence is kept, never a resume, a name or a contact; the rows of a candidate "
       "who is erased go, too. A fifth of the candidates is held out, and every new adapter is measured on them.")
PREVIEWED = 5


@dataclass
class Feedback:
    """The components of the page."""

    cap: gr.Number
    collect: gr.Button
    save: gr.Button
    notice: gr.Textbox
    counts: gr.Dataframe
    left: gr.Dataframe
    preview: gr.Textbox


def layout() -> Feedback:
    """Collect, look, save."""
    gr.Markdown(HOW, elem_classes="sl-step")
    with gr.Row(elem_classes="sl-admin-line"):
        cap = gr.Number(feedback.CAP, label="At most, from one person", precision=0, minimum=1, maximum=100_000,
                        elem_id="feedback-cap", min_width=160)
        collect = gr.Button("Collect and look", elem_id="feedback-collect", min_width=150)
        save = gr.Button("Keep for training", variant="primary", interactive=False, elem_id="feedback-save",
                         min_width=150)
    told = notice("feedback-notice")
    with gr.Row():
        counts = gr.Dataframe(headers=["Rows", "To train on", "Held out"], datatype="str", interactive=False,
                              type="array", label="What there is", buttons=[], visible=False, elem_id="feedback-counts")
        left = gr.Dataframe(headers=["Left out, because", "Rows"], datatype="str", interactive=False, type="array",
                            wrap=True, label="Left out", buttons=[], visible=False, elem_id="feedback-left",
                            column_widths=["84%", "16%"])
    preview = plain("The newest rows, as the model will read them", lines=10, max_lines=24, visible=False,
                    elem_id="feedback-preview")
    return Feedback(cap, collect, save, told, counts, left, preview)


# --- the records -----------------------------------------------------------------------------------------------------


def said_in(store: Store) -> Iterator[Said]:
    """What every recruiter said of every candidate that is still there: corrections first, agreement else.

    A decision against the model without a corrected mark is there too; `feedback.batch` says why it cannot teach.
    """
    with store.read() as connection:
        judged = connection.execute(
            select(screenings.c.id, screenings.c.job, documents, verdicts.c.row.label("judged"))
            .join(items, items.c.screening == screenings.c.id).join(documents, documents.c.id == items.c.document)
            .join(verdicts, verdicts.c.id == items.c.verdict)).all()
        corrected = {(o.screening, o.document, o.user): o
                     for o in connection.execute(select(overrides).order_by(overrides.c.id))}
        decided = {(d.screening, d.document, d.user): d
                   for d in connection.execute(select(decisions).order_by(decisions.c.id))}
        known = {number: load_job(connection, number) for number in {row.job for row in judged}}
    for row in judged:
        document, job = document_from(row), known[row.job]
        people = {key[2] for key in (*corrected, *decided) if key[:2] == (row[0], row.sha256)}
        for user in sorted(people) if document else ():
            one = _one(corrected.get((row[0], row.sha256, user)), decided.get((row[0], row.sha256, user)), row.judged)
            if one:
                yield Said(job, replace(document, name="document"), *one, user=user,
                           time=_time(corrected, decided, row, user))


def _one(override, decision, judged: dict) -> tuple | None:
    """(marks, status, source) that hold; None where everything was taken back."""
    answers = judged["verdicts"]
    model = answers.get("grpo") or next(iter(answers.values()))
    status = AS_STATUS.get(decision.decision) if decision else None
    if override is not None:
        marks = tuple(override.marks) if override.marks else tuple(model["marks"])
        return marks, override.status or status or model["status"], "override"
    if status is None:
        return None
    return tuple(model["marks"]), status, "confirmed" if status == model["status"] else "override"


def _time(corrected: dict, decided: dict, row, user: str) -> str:
    return max(found.time for found in (corrected.get((row[0], row.sha256, user)),
                                        decided.get((row[0], row.sha256, user))) if found is not None)


# --- handlers --------------------------------------------------------------------------------------------------------


def shown(batch: Batch) -> tuple:
    """The counts, what was left out, and the newest rows."""
    train, held = feedback.summary(batch.train), feedback.summary(batch.held_out)
    keys = [("all", None, None), *((status, "status", status) for status in ("SELECTED", "REJECTED")),
            *((source, "source", source) for source in ("override", "confirmed")),
            *((f"by {user}", "user", user) for user in sorted(train["user"] | held["user"]))]
    rows = [[words, *(str(part["rows"] if group is None else part[group].get(key, 0)) for part in (train, held))]
            for words, group, key in keys]
    left = [[reason, str(count)] for reason, count in sorted(batch.left_out.items(), key=lambda kv: -kv[1])]
    texts = [f"── {row['status']} {row['score']}, marks {' '.join(map(str, row['marks']))} ({row['source']})\n"
             f"{feedback.preview(row)}" for row in batch.train[:PREVIEWED]]
    return (gr.Dataframe(value=rows, visible=True), gr.Dataframe(value=left, visible=bool(left)),
            gr.Textbox(value="\n\n".join(texts), visible=bool(texts)))


def wire(shell: Shell, ui: Feedback) -> None:
    """Connect the events."""

    def collect(cap: float):
        """Turn what recruiters said into rows, and show them; nothing is written."""
        try:
            batch = feedback.batch(said_in(shell.service.store), int(cap or feedback.CAP))
        except ShortlistError as error:
            return say(jobs.sentence(error)), gr.skip(), gr.skip(), gr.skip(), gr.Button(interactive=False)
        count = len(batch.train) + len(batch.held_out)
        words = "" if count else ("Nothing can be learned from yet. Correct marks on the Candidate page, or decide on "
                                  "candidates, then collect again.")
        return say(words), *shown(batch), gr.Button(interactive=bool(count))

    def save(cap: float):
        """Write the rows to the data folder, in place of those before."""
        try:
            batch = feedback.batch(said_in(shell.service.store), int(cap or feedback.CAP))
            feedback.save(batch)
            audit.record(shell.service.store, current_user().id, "feedback kept for training", "feedback",
                         {"train": len(batch.train), "held_out": len(batch.held_out)})
        except ShortlistError as error:
            return say(jobs.sentence(error))
        return say(f"{len(batch.train)} rows are kept for training and {len(batch.held_out)} held out. Tick "
                   "“Recruiters' feedback” on the page “New run”.")

    ui.collect.click(collect, ui.cap, [ui.notice, ui.counts, ui.left, ui.preview, ui.save], api_name="admin_feedback",
                     show_progress="minimal", show_progress_on=[ui.collect])
    ui.save.click(save, ui.cap, ui.notice, api_name="admin_keep_feedback", show_progress="minimal",
                  show_progress_on=[ui.save])
