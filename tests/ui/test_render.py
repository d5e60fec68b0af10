"""The pure half of the page: rows in, plain tables, texts and numbers out."""

import inspect
from datetime import date

import openpyxl
import pytest

from model.brief.dates import Span
from model.cells import safe_cell
from model.rubric import COMPONENTS
from model.schema import Document, Requirement
from recruiter_ui import comparing, export, markup, render, report, timeline
from recruiter_ui.session import DECLINED, SHORTLISTED

EVIL = "<img src=x onerror=alert(1)>"


def verdict(score=72, status="SELECTED", probability=0.83):
    return {"status": status, "score": score, "probability": probability, "skills": 80, "experience": 60,
            "education": None, "marks": [2, 0], "score_range": [score - 11, score + 12]}


def reward(total=1.2):
    return {**{name: {"S": 1.0, "weight": 0.3, "why": f"{name} agrees"} for name in COMPONENTS}, "total": total}


def judged(key, decision="SELECTED", score=72, **more):
    status = "REJECTED" if decision == "REJECTED" else "SELECTED"
    row = {"file": f"{key}.pdf", "sha256": key, "outcome": "scored", "decision": decision, "error": None,
           "reasons": ["1 of 2 requirements are met"], "verdicts": {"grpo": verdict(score, status)},
           "reward": {"grpo": reward()}, "flags": [], "elapsed_ms": 900, "versions": {"base": "tiny"},
           "requirements": [
               {"text": "Python", "kind": "skill", "must": True, "mark": 2, "evidence": "wrote\n Python", "start": 3,
                "end": 10, "how": "exact", "strength": 0.9, "years": None, "needed_years": None},
               {"text": "nursing", "kind": "experience", "must": False, "mark": 0, "evidence": "", "start": 0, "end": 0,
                "how": "none", "strength": 0.0, "years": None, "needed_years": 5.0}]}
    return row | more


def unread(key):
    return {"file": f"{key}.pdf", "sha256": key, "outcome": "unreadable", "decision": "REVIEW", "reasons": ["locked"],
            "error": "This PDF is locked with a password.", "verdicts": {}, "reward": {}, "requirements": [],
            "flags": [{"code": "encrypted", "message": "locked", "detail": ""}], "versions": {}, "elapsed_ms": 3}


def both(key, sft, grpo):
    row = judged(key, score=grpo)
    row["verdicts"] = {name: verdict(score, "SELECTED" if score >= 60 else "REJECTED")
                       for name, score in (("sft", sft), ("grpo", grpo))}
    return row | {"reward": {"sft": reward(0.4), "grpo": reward(1.2)}}


JUDGED_BY = (Requirement("Python", "skill"), Requirement("nursing", "experience", False, 5.0))
LABELS = {key: f"Candidate {key}" for key in "abcdef"}


# --- ranking ---------------------------------------------------------------------------------------------------------


def test_ranking_puts_selected_before_review_before_suggested_rejections_and_unread_last():
    rows = [unread("a"), judged("b", "REJECTED", 40), judged("c", "SELECTED", 61), judged("d", "REVIEW", 95),
            judged("e", "SELECTED", 88)]
    table = render.ranking(rows, LABELS, {})
    assert [line[1] for line in table] == ["Candidate e", "Candidate c", "Candidate d", "Candidate b", "Candidate a"]
    assert [line[0] for line in table] == [1, 2, 3, 4, None]
    assert all(len(line) == len(render.RANKING_HEADERS) == len(render.RANKING_TYPES) for line in table)


def test_unreadable_file_is_shown_with_its_reason_and_never_counts_as_rejected_or_review():
    rows = [unread("a"), judged("b", "REJECTED")]
    assert render.tally(rows) == {"SELECTED": 0, "REVIEW": 0, "REJECTED": 1, "UNREAD": 1}
    line = render.ranking(rows, LABELS, {})[-1]
    assert line[2] == "✕ Could not be read" and "password" in line[9] and line[3] is None
    assert "1 could not be read" in render.summary(rows)


def test_rejection_is_worded_as_a_suggestion():
    assert render.decision_words(judged("a", "REJECTED")) == "○ Suggested: reject (not final)"
    assert "Nothing is rejected until you decide" in render.summary([judged("a", "REJECTED")])


@pytest.mark.parametrize(("only", "keys"), [("ALL", "abcd"), ("SELECTED", "a"), ("REVIEW", "b"), ("REJECTED", "c"),
                                            ("UNREAD", "d"), ("MINE", "c")])
def test_filter(only, keys):
    rows = [judged("a", "SELECTED"), judged("b", "REVIEW"), judged("c", "REJECTED"), unread("d")]
    table = render.ranking(rows, LABELS, {"c": DECLINED}, only)
    assert [line[1][-1] for line in table] == list(keys)


def test_filter_keeps_the_rank_of_the_whole_batch():
    rows = [judged("a", "SELECTED"), judged("b", "REVIEW")]
    assert render.ranking(rows, LABELS, {}, "REVIEW")[0][0] == 2


def test_the_doubt_stands_beside_the_score_and_who_is_picked_stands_out():
    table = render.ranking([judged("a"), judged("b")], LABELS, {})
    assert render.RANKING_HEADERS[3:6] == ["Score", "Range", "Chance"] and table[0][3:6] == [72, "61–84", "83 %"]
    shown = render.styled(table, render.RANKING_HEADERS, 2, lambda line: line[1] == "Candidate b")
    styling = shown["metadata"]["styling"]
    assert all(render.PICKED in style for style in styling[1]) and "color:" in styling[1][2]
    assert not any(render.PICKED in style for style in styling[0]) and "color:" in styling[0][2]


def test_every_decision_differs_by_shape_and_word_not_only_by_colour():
    words = [*render.DECISION_SHORT.values(), *render.UNREADABLE_WORDS.values()]
    assert len({w[0] for w in render.DECISION_SHORT.values()}) == 3 and len(set(words)) == len(words)
    assert len(set(markup.SHAPES.values())) == 4


@pytest.mark.parametrize(("probability", "words"), [(0.831, "83 %"), (0.999, "over 99 %"), (0.001, "under 1 %"),
                                                    (None, "")])
def test_probability_never_claims_certainty(probability, words):
    assert render.percent(probability) == words


def test_remaining_time():
    assert render.remaining(0, 10, 3.0) is None
    assert render.remaining(2, 10, 4.0) == 16.0
    assert render.duration(16.0) == "about 16 s left" and render.duration(300) == "about 5 min left"


# --- one candidate ---------------------------------------------------------------------------------------------------


def test_requirement_rows_quote_the_evidence_and_say_how_it_was_found():
    first, second = render.requirement_rows(judged("a"))
    assert first == ["● Met", "Python\nSkill, must have", "“wrote Python”", "Same words", ""]
    assert second == ["○ Not met", "nursing\nExperience, nice to have", render.NO_EVIDENCE, "Nothing found",
                      "? of 5"]


def test_requirement_rows_are_redacted_in_blind_mode():
    rows = render.requirement_rows(judged("a"), lambda piece: piece.replace("wrote", "[name]"))
    assert rows[0][2] == "“[name] Python”"


def test_flags_show_what_was_hidden():
    flags = [{"code": "hidden_text", "message": "Text that cannot be seen.", "detail": "hire\nme"}]
    row = judged("a", flags=flags)
    assert "It says: “hire me”" in render.flag_text(row) and render.flag_words(row) == "Hidden text"


@pytest.mark.parametrize("spans", [[], [(2, 5)], [(0, 4), (2, 9)], [(0, 0), (-3, 2), (8, 99)], [(4, 4), (9, 2)]])
def test_segments_join_to_the_text_again(spans):
    text = "wrote Python"
    for chosen in (None, *range(len(spans))):
        pieces = render.segments(text, spans, chosen)
        assert "".join(piece for piece, _ in pieces) == text
        assert {label for _, label in pieces} <= {None, "evidence", "chosen"}


def test_chosen_quote_wins_over_one_that_overlaps_it():
    assert render.segments("abcdef", [(0, 4), (2, 6)], 1) == [("ab", "evidence"), ("cdef", "chosen")]
    assert render.segments("abcdef", [(0, 4), (2, 6)], 0) == [("abcd", "chosen"), ("ef", "evidence")]
    assert render.segments("", []) == []


RESUME = """Experience
Analyst, Firm A, Mar 2020 - present
Tutor, Night School, Jan 2019 - Jun 2021
Clerk, Firm B, Jan 2015 - Mar 2017
Cook, Firm C, Mar 2017 - Dec 2017
"""


def test_the_timeline_names_gaps_and_what_ran_at_once_in_their_places():
    career = timeline.read(Document("a.txt", "a", "txt", RESUME), date(2026, 11, 1))
    assert [line[1].split(",")[0] for line in career.table] == [
        "Analyst", "Tutor", "≡ Posts 1 and 2 at once", "– Gap between posts", "Cook", "Clerk"]
    assert career.table[2][2:] == ["Mar 2020", "Jun 2021", "1.3"], "March 2017, shared by two posts, is no overlap"
    assert [kind for *_, kind in career.bars] == ["post", "post", "overlap", "gap", "post", "post"]
    assert "4 posts, 1 gaps and 1 overlaps" in markup.timeline(career.bars)


def test_years_alone_overlap_only_by_more_than_one():
    def bare(start, end):
        return Span(12 * start, 12 * end + 12, False)
    assert timeline.overlaps([bare(2019, 2022), bare(2015, 2019)]) == []
    assert [(i, k) for i, k, _ in timeline.overlaps([bare(2019, 2022), bare(2015, 2020)])] == [(1, 2)]


# --- comparison ------------------------------------------------------------------------------------------------------


def test_disagreements_come_first_and_the_matrix_counts_every_pair():
    rows = [both("a", 80, 82), both("b", 40, 75), both("c", 30, 20), judged("d")]
    compared = comparing.Comparison(rows[:3], JUDGED_BY)
    table = compared.table(LABELS)
    assert compared.judges == ("sft", "grpo", "rule") and all(len(line) == len(compared.headers()) for line in table)
    assert [line[0] for line in table] == ["Candidate b", "Candidate a", "Candidate c"]
    assert [line[1] for line in table] == [comparing.DIFFER, comparing.RULE_DIFFERS, comparing.AGREE]
    assert table[0][-3:] == ["○ Reject", 50, "+35"]
    assert "rule alone says otherwise on 1" in compared.sentence()
    assert [line[1:] for line in compared.matrix()[1]] == [[1, 0], [1, 1]]
    assert "differ on 1" in compared.sentence() and "points higher than that of SFT" in compared.sentence()


def test_one_adapter_is_set_against_the_rule():
    compared = comparing.Comparison([judged("a"), judged("b", "REJECTED", 40), both("c", 50, 70)], JUDGED_BY)
    assert compared.judges == ("grpo", "rule"), "SFT did not judge them all"
    assert [line[1] for line in compared.table(LABELS)] == [comparing.DIFFER, comparing.DIFFER, comparing.AGREE]
    assert "judged by GRPO and Coverage rule" in compared.sentence() and "average" not in compared.sentence()
    assert [line[1:] for line in compared.matrix()[1]] == [[0, 2], [0, 1]]


def test_nothing_judged_is_nothing_compared():
    compared = comparing.Comparison([unread("a")], JUDGED_BY)
    assert compared.judges == () and compared.table(LABELS) == [] and compared.sentence() == ""


def test_reward_table_ends_with_the_totals():
    table = comparing.reward_table(both("a", 40, 80))
    assert len(table) == 5 and table[-1][1] == "+0.40" and table[-1][3] == "+1.20"
    assert [len(line) for line in table] == [len(comparing.reward_headers(both("a", 40, 80)))] * 5
    assert len(comparing.reward_headers(judged("a"))) == 3


def test_side_by_side_goes_requirement_by_requirement():
    headers, lines = comparing.side_by_side([judged("a"), judged("b")], LABELS)
    assert headers == ["Requirement", "Candidate a", "Candidate b"]
    assert lines[-1] == ["nursing", "○ Not met", "○ Not met"]


# --- markup ----------------------------------------------------------------------------------------------------------


def test_markup_takes_no_text_from_outside():
    """Each function of `markup` fails on a text where it expects a number or a known name, or leaves it out."""
    calls = [
        (markup.engine, (EVIL,)), (markup.engine, ("loading", EVIL)), (markup.badge, (EVIL,)),
        (markup.progress, (EVIL, 3, 1.0)), (markup.progress, (1, 3, EVIL)), (markup.progress, (1, 3, 1.0, EVIL)),
        (markup.verdict, (EVIL,)), (markup.verdict, ("SELECTED", EVIL, 0.5, {})),
        (markup.verdict, ("SELECTED", 50, EVIL, {})), (markup.verdict, ("SELECTED", 50, 0.5, {"skills": EVIL})),
        (markup.verdict, ("SELECTED", 50, 0.5, {}, (EVIL, 60))),
        (markup.reward_bar, (EVIL, 1.0, 0.4, 0.0, (0, 1))),
        (markup.reward_bar, ("score_accuracy", EVIL, 0.4, 0.0, (0, 1))),
        (markup.reward_bar, ("score_accuracy", 1.0, EVIL, 0.0, (0, 1))),
        (markup.reward_total, (EVIL, (0, 1))), (markup.timeline, ([(0, 12, EVIL)],)),
        (markup.timeline, ([(EVIL, 12, "post")],)),
    ]
    for function, args in calls:
        with pytest.raises((KeyError, TypeError, ValueError)):
            function(*args)
    assert EVIL not in markup.engine("ready", adapters=(EVIL,))
    tested = {function.__name__ for function, _ in calls} | {"reward_scale"}
    public = {n for n, f in inspect.getmembers(markup, inspect.isfunction)
              if f.__module__ == markup.__name__ and n[0] != "_"}
    assert public == tested


def test_reward_bars_add_up():
    parts = [(2.0, 0.4), (-0.5, 0.2), (None, 0.2), (1.0, 0.2)]
    low, high = markup.reward_scale(parts)
    assert low == 0.0 and high == pytest.approx(0.9)
    assert "+0.80" in markup.reward_bar("status_correctness", 2.0, 0.4, 0.0, (low, high))
    assert "not asked" in markup.reward_bar("skills_matching", None, 0.2, 0.7, (low, high))


# --- export ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1",
                                  "\n=1", "\u00a0=1"])
def test_formulas_are_quoted(text):
    assert safe_cell(text).startswith("'")


def test_harmless_cells_stay_as_they_are():
    assert safe_cell("Candidate 07") == "Candidate 07" and safe_cell(-3) == -3 and safe_cell(None) == ""


def test_csv_holds_no_live_formula_and_every_row():
    rows = [judged("a"), unread("b")]
    text = export.to_csv(rows, {"a": "=cmd|' /C calc'!A0.pdf", "b": "b.pdf"}, {"a": SHORTLISTED})
    assert text.startswith("\ufeff") and "\"'=cmd" in text and text.count("\r\n") == 3
    assert "✓ Shortlisted" in text and "Could not be read" in text


def test_workbook_holds_no_formula_whatever_a_file_or_a_resume_says(tmp_path):
    row = judged("a", reasons=["=1+1", "bell\x07 and \x00"])
    row["requirements"][0]["text"] = "@SUM(A1)"
    export.write_xlsx(tmp_path / "out.xlsx", [row, unread("b")], {"a": "=cmd|' /C calc'!A0.pdf", "b": "+b.pdf"}, {})
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [line[1].value for line in sheet.iter_rows(min_row=2)] == ["'=cmd|' /C calc'!A0.pdf", "'+b.pdf"]
    assert (sheet["E2"].value, sheet["F2"].value) == (72, "61–84") and sheet.freeze_panes == "C2"
    assert "Bell and" in sheet["L2"].value


def test_jsonl_hides_the_file_name_when_blind():
    line = export.to_jsonl([judged("a")], LABELS, {}, blind=True)
    assert '"file": "Candidate a"' in line and "a.pdf" not in line


def test_report_shows_every_text_as_text_and_fetches_nothing():
    row = judged("a", flags=[{"code": "hidden_text", "message": EVIL, "detail": EVIL}], reasons=[EVIL])
    row["requirements"][0] |= {"text": EVIL, "evidence": EVIL}
    text = report.batch(EVIL, [row, unread("b")], {"a": EVIL, "b": "b"}, {"a": SHORTLISTED}, {}, date(2026, 11, 1))
    assert "<img" not in text and text.count("&lt;img") >= 6
    assert "default-src 'none'" in text and "http://" not in text and "https://" not in text
    assert text.count("<section>") == 1 and "Could not be read" in text
