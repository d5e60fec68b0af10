"""Calls for other programs, without the page's session: documented at /gradio_api/info, and tools where MCP is on."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from model.errors import ShortlistError, UsageError
from recruiter_ui import intake
from recruiter_ui.service import Service

TOOLS = ("read_requirements", "judge_resume")
MAX_WAIT = 120.0  # seconds for the model to be loaded
KEPT = ("decision", "reasons", "verdicts", "requirements", "flags", "versions", "outcome", "error")

DESCRIPTIONS = {  # of the page's own calls, as /gradio_api/info shows them; those not here say it themselves
    "engine_status": "Where the engine stands: loading, ready or failed, and which judges it has.",
    "attach": "Show the screening of this user that still runs, where there is one.",
    "shared": "Whether the chosen past screening is one's own to share, and shared.",
    "account_link": "Who is signed in.",
    "read_job": "Turn a job text into requirements that can be edited.",
    "open_job": "Read the job out of an uploaded file.",
    "add_requirement": "Add a requirement to the job and put it into the form.",
    "change_requirement": "Put the form's values into the chosen requirement.",
    "undo_requirement": "Take the last change of the requirements back.",
    "pick": "Pick these candidates of the ranked table, by the SHA-256 of their files, and nobody else.",
    "pick_shown": "Pick all whom the ranked table shows; once more picks nobody.",
    "pick_next": "Pick the next candidate of the ranked table.",
    "pick_previous": "Pick the previous candidate of the ranked table.",
    "shortlist_picked": "Shortlist all who are picked, as a person's decision.",
    "reject_picked": "Reject all who are picked, as a person's decision.",
    "leave_picked_open": "Take the decisions on all who are picked back.",
    "undo_picked": "Take the last decision back and pick whose it was.",
    "remove_requirement": "Remove the chosen requirement from the job.",
    "add_resumes": "Take uploaded resumes in; ZIP files are opened, what is here already is left out.",
    "remove_resumes": "Take all resumes off the page; past screenings stay in the records.",
    "screen": "Queue the resumes to be judged by the job.",
    "follow": "What has been judged since the last call.",
    "stop": "Judge no more of the screening that runs; what is judged stays.",
    "show": "The ranked table, filtered: ALL, SELECTED, REVIEW, REJECTED, UNREAD or MINE.",
    "blind_mode": "Hide or show who the candidates are.",
    "export_html": "The batch as a report to print.", "export_xlsx": "The batch as an XLSX workbook.",
    "export_csv": "The batch as CSV.", "export_jsonl": "The batch as JSON Lines, rows of the `score` contract.",
    "candidate": "Everything about the candidate shown.",
    "previous_candidate": "Go to the previous candidate of the ranking.",
    "next_candidate": "Go to the next candidate of the ranking.",
    "choose_candidate": "Go to a candidate by the SHA-256 of the file.",
    "shortlist": "Shortlist the candidate shown, as a person's decision.",
    "reject": "Reject the candidate shown, as a person's decision.",
    "leave_open": "Take the decision on the candidate shown back.",
    "undo": "Take the last decision back and show whose it was.",
    "compare": "The judges of the batch against each other, and candidates side by side.",
    "side_by_side": "Two to four candidates beside each other, requirement by requirement.",
    "admin": "The Admin tab.", "admin_runs": "The training runs.", "admin_watch": "How a training run stands.",
    "admin_overlay": "The curves of several training runs over each other.",
    "admin_sources": "What a run can start from.",
    "admin_drop_reward": "Drop the reward that was kept for the next run.",
    "admin_promotion": "What serves, and the runs that could.", "admin_gate": "The last measurement of a run.",
    "admin_gate_run": "The last measurement of another run.",
}


def describe(app: gr.Blocks) -> None:
    """Give every call of the page its description."""
    for fn in app.fns.values():
        fn.api_description = DESCRIPTIONS.get(fn.api_name, fn.api_description)


def mcp_wanted(flag: bool) -> bool:
    """Whether the page is to be an MCP server too. Raises UsageError where the package for it is missing."""
    wanted = flag or os.environ.get("SHORTLIST_MCP", "").lower() in ("1", "true", "yes")
    if wanted and importlib.util.find_spec("mcp") is None:
        raise UsageError("MCP needs a package that is not installed: pip install 'mcp<2', or leave --mcp away")
    return wanted


def keep_tools(app: gr.Blocks) -> None:
    """Of everything that the page calls, offer only the calls that need no page as tools of MCP."""
    if server := app.mcp_server_obj:
        server.tool_to_endpoint = {tool: endpoint for tool, endpoint in server.tool_to_endpoint.items()
                                   if endpoint.lstrip("/") in TOOLS}


def add(service: Service) -> None:
    """Add the calls to the page that is being built."""

    def read_requirements(job: str) -> list[dict]:
        """Read a job post and list what it asks for.

        Args:
            job: the whole text of the job post.

        Returns:
            One object a requirement: text, kind (skill, experience, education), must, years (least number or null).
        """
        with _in_words():
            found = service.parse_job(job).requirements
        return [{"text": r.text, "kind": r.kind, "must": r.must, "years": r.years} for r in found]

    def judge_resume(job: str, resume: str) -> dict:
        """Judge one resume against one job, with a quote of the resume for every requirement. Nothing is stored.

        Args:
            job: the whole text of the job post.
            resume: the whole text of the resume.

        Returns:
            decision (SELECTED, REJECTED or REVIEW; a suggestion for a person who decides), reasons, the verdict of
            each adapter, requirements with mark and evidence, flags and versions.
        """
        with _in_words():
            return _judge(service, job, resume)

    gr.api(read_requirements, api_name="read_requirements")
    gr.api(judge_resume, api_name="judge_resume")


@contextmanager
def _in_words() -> Iterator[None]:
    """What the caller did wrong reaches the caller as a sentence."""
    try:
        yield
    except ShortlistError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _judge(service: Service, job: str, resume: str) -> dict:
    read = service.parse_job(job)
    if not resume.strip():
        raise UsageError("The resume is empty: give its text.")
    status = service.wait(MAX_WAIT)
    if status.state != "ready":
        raise UsageError(status.message or "The model is not loaded yet: try again in a moment.")
    name = "grpo" if "grpo" in status.adapters else status.adapters[0]
    folder = intake.new_folder()
    try:
        path = folder / "resume.txt"
        path.write_text(resume, encoding="utf-8")
        [(row, _)] = service.screen(read, [str(path)], (name,), threading.Event())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {key: row.get(key) for key in KEPT}
