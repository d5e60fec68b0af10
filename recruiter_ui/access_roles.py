"""The least role of everything that the page can call. What is not listed here needs an admin.

A call is known by its API name, or, where it has none (`api_name=False`), by its module and function. A test holds that
every one of them is listed.
"""

from __future__ import annotations

VIEWER = """
    engine_status attach follow account_link show blind_mode compare side_by_side
    candidate previous_candidate next_candidate choose_candidate
    screening.choose candidate.show candidate.wire.<locals>.quote compare.rewards
    review show_review review.choose next_in_review previous_in_review
    history shared compare_screenings history.wire.<locals>.pick open_screening screen.redrawing.<locals>.<lambda>
""".split()
RECRUITER = """
    read_job open_job add_resumes remove_resumes screen stop
    add_requirement change_requirement remove_requirement undo_requirement
    pick pick_shown pick_next pick_previous shortlist_picked reject_picked leave_picked_open undo_picked
    shortlist reject leave_open undo export_csv export_jsonl export_html export_xlsx
    editor.choose screen._wire_inputs.<locals>.<lambda>
    what_would_change export_candidate
    review_shortlist review_reject review_leave_open undo_review shortlist_several reject_several leave_open_several
    rescore share_screening history_html history_xlsx history_csv history_jsonl
    read_requirements judge_resume
    measure_labels stop_measuring labels.poll
""".split()
ADMIN = """
    admin admin_runs admin_watch admin_overlay admin_stop admin_resume admin_delete admin_clone
    admin_new admin_stage admin_preset admin_sources admin_command admin_check admin_start
    admin_lab admin_reading admin_use_reward admin_drop_reward
    admin_promotion admin_gate admin_gate_run admin_measure admin_promote admin_rollback
    admin_feedback admin_keep_feedback
    admin_runs.watch admin_runs.wire.<locals>.choose admin_runs.wire.<locals>.<lambda> admin_gate.look
""".split()
ROLE_OF = dict.fromkeys(VIEWER, "viewer") | dict.fromkeys(RECRUITER, "recruiter") | dict.fromkeys(ADMIN, "admin")
UNKNOWN = "admin"


def name_of(fn) -> str:
    """What a Gradio function is called in the table."""
    if fn.fn is None:
        return ""
    if fn.api_visibility == "private":
        return f"{fn.fn.__module__.removeprefix('recruiter_ui.')}.{fn.fn.__qualname__}"
    return str(fn.api_name)


def least_role(fn) -> str:
    """The role that a Gradio function needs; one that runs in the browser alone has nothing to guard."""
    return "viewer" if fn.fn is None else ROLE_OF.get(name_of(fn), UNKNOWN)
