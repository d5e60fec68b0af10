"""Pure renderers: a result row (see `score` in the README) becomes table rows, texts and spans. No HTML.

Everything that comes from a resume, a job or a file name leaves here as plain text for components that show plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from model.rubric import COMPONENTS
from model.schema import MET, NOT_MET, PARTLY
from recruiter_ui.i18n import said, t
from recruiter_ui.session import DECLINED, SHORTLISTED

DECISION_WORDS = {"SELECTED": "● Selected", "REVIEW": "◆ Needs review", "REJECTED": "○ Suggested: reject (not final)"}
DECISION_SHORT = {"SELECTED": "● Selected", "REVIEW": "◆ Review", "REJECTED": "○ Suggested: reject"}
UNREADABLE_WORDS = {"unreadable": "✕ Could not be read", "failed": "✕ Could not be judged"}
DECISION_ORDER = ("SELECTED", "REVIEW", "REJECTED")
MARK_WORDS = {MET: "● Met", PARTLY: "◐ Partly", NOT_MET: "○ Not met"}
KIND_WORDS = {"skill": "Skill", "experience": "Experience", "education": "Education"}
HOW_WORDS = {"exact": "Same words", "alias": "Other name for it", "meaning": "Similar meaning", "none": "Nothing found"}
HUMAN_WORDS = {SHORTLISTED: "✓ Shortlisted", DECLINED: "✗ Rejected by you"}
ADAPTER_WORDS = {"grpo": "GRPO", "sft": "SFT"}
RANKING_HEADERS = ["Rank", "Candidate", "Decision", "Score", "Range", "Chance", "Skill", "Exper.", "Educ.", "Flags",
                   "Your call"]
RANKING_TYPES = ["number", "str", "str", "number", "str", "str", "number", "number", "number", "str", "str"]
REQUIREMENT_HEADERS = ["Mark", "Requirement", "Evidence in the resume", "Found by", "Years"]
COLOURS = {"●": "color: var(--sl-selected); font-weight: 600", "◆": "color: var(--sl-review); font-weight: 600",
           "◐": "color: var(--sl-review); font-weight: 600", "○": "color: var(--sl-rejected)",
           "✕": "color: var(--sl-unread)"}
PICKED = "background: var(--color-accent-soft)"
NO_EVIDENCE = "No evidence in this resume"


def is_judged(row: Mapping) -> bool:
    """Whether the file was read and judged; one that was not has no decision at all."""
    return row["outcome"] == "scored"


def deciding(row: Mapping) -> str:
    """The adapter whose verdict decides and is shown first: GRPO where it ran."""
    return "grpo" if "grpo" in row["verdicts"] else next(iter(row["verdicts"]))


def decision_words(row: Mapping, short: bool = False) -> str:
    if not is_judged(row):
        return t(UNREADABLE_WORDS.get(row["outcome"], UNREADABLE_WORDS["failed"]))
    return t((DECISION_SHORT if short else DECISION_WORDS)[row["decision"]])


def percent(probability: float | None) -> str:
    """A probability in words that never claim certainty: "97 %", "over 99 %", "under 1 %"."""
    if probability is None:
        return ""
    if probability > 0.99:
        return t("over 99 %")
    return t("under 1 %") if probability < 0.01 else f"{100 * probability:.0f} %"


def range_words(verdict: Mapping) -> str:
    """How far the score may be off: "61–84"; empty for a verdict that was kept before there were ranges."""
    low, high = verdict.get("score_range") or (None, None)
    return "" if low is None else f"{low}" if low == high else f"{low}–{high}"


def ranked(rows: Iterable[Mapping]) -> list[Mapping]:
    """Selected first, then to review, then suggested rejections, best score first in each; unreadable files last."""
    def key(row: Mapping) -> tuple:
        if not is_judged(row):
            return (len(DECISION_ORDER), 0, 0.0)
        verdict = row["verdicts"][deciding(row)]
        return (DECISION_ORDER.index(row["decision"]), -verdict["score"], -verdict["probability"])
    return sorted(rows, key=key)


def flag_words(row: Mapping) -> str:
    """The flags of a row as a short list: "Hidden text, Two columns"."""
    return ", ".join(t(flag["code"].replace("_", " ").capitalize()) for flag in row.get("flags", []))


def shown(row: Mapping, only: str, human: Mapping[str, str]) -> bool:
    """Whether a row passes the table's filter."""
    if only == "ALL":
        return True
    if only == "MINE":
        return row["sha256"] in human
    return not is_judged(row) if only == "UNREAD" else is_judged(row) and row["decision"] == only


def ranking(rows: Iterable[Mapping], labels: Mapping[str, str], human: Mapping[str, str],
            only: str = "ALL") -> list[list]:
    """The table of the batch, a row a candidate, columns as `RANKING_HEADERS`. Ranks count judged candidates only."""
    table = []
    for rank, row in enumerate(ranked(rows), 1):
        if shown(row, only, human):
            table.append(_ranking_row(rank, row, labels[row["sha256"]], human.get(row["sha256"])))
    return table


def _ranking_row(rank: int, row: Mapping, label: str, human: str | None) -> list:
    mine = t(HUMAN_WORDS[human]) if human else ""
    if not is_judged(row):
        return [None, label, decision_words(row), None, "", "", None, None, None, said(row.get("error") or ""), mine]
    verdict = row["verdicts"][deciding(row)]
    return [rank, label, decision_words(row, short=True), verdict["score"], range_words(verdict),
            percent(verdict["probability"]), verdict["skills"], verdict["experience"], verdict["education"],
            flag_words(row), mine]


def styled(table: list[list], headers: list[str], column: int | None = None,
           picked: Callable[[list], bool] = lambda line: False) -> dict:
    """A table with the cells of one column, or of all but the first, in the colour of their decision or mark, and the
    lines that are `picked` on a ground of their own, for `gr.Dataframe`."""
    styles = []
    for line in table:
        ground = PICKED if picked(line) else ""
        styles.append(["; ".join(filter(None, (ground, COLOURS.get(str(cell)[:1], "")
                                               if i and column is None or i == column else "")))
                       for i, cell in enumerate(line)])
    return {"headers": [t(header) for header in headers], "data": table,
            "metadata": {"display_value": None, "styling": styles}}


def tally(rows: Iterable[Mapping]) -> dict[str, int]:
    """How many rows have each decision, and how many could not be read (never counted as rejected)."""
    counts = dict.fromkeys((*DECISION_ORDER, "UNREAD"), 0)
    for row in rows:
        counts[row["decision"] if is_judged(row) else "UNREAD"] += 1
    return counts


def summary(rows: Iterable[Mapping]) -> str:
    """One sentence on the batch."""
    rows = list(rows)
    counts = tally(rows)
    parts = [t("{n} selected", n=counts["SELECTED"]), t("{n} to review", n=counts["REVIEW"]),
             t("{n} suggested rejections", n=counts["REJECTED"])]
    if counts["UNREAD"]:
        parts.append(t("{n} could not be read", n=counts["UNREAD"]))
    words = t("1 resume") if len(rows) == 1 else t("{n} resumes", n=len(rows))
    return f"{words}: {', '.join(parts)}. " + t("Nothing is rejected until you decide.")


def remaining(done: int, total: int, elapsed: float) -> float | None:
    """Seconds left, from the pace so far; None before the first verdict."""
    return None if not done else elapsed / done * (total - done)


def duration(seconds: float | None) -> str:
    """Seconds in words: "about 40 s", "about 3 min"."""
    if seconds is None:
        return t("working out how long it takes")
    if seconds < 90:
        return t("about {n} s left", n=max(1, round(seconds)))
    return t("about {n} min left", n=round(seconds / 60))


# --- one candidate ---------------------------------------------------------------------------------------------------


def choice_words(row: Mapping, label: str) -> str:
    """A candidate in the chooser: "Candidate 07, Selected, 82"."""
    words = decision_words(row, short=True)
    return f"{label}  ·  {words}" + (f"  ·  {row['verdicts'][deciding(row)]['score']}" if is_judged(row) else "")


def years_words(requirement: Mapping) -> str:
    """Years found against years asked for: "6.5 of 5", "? of 5"; empty where none were asked for or found."""
    found, needed = requirement.get("years"), requirement.get("needed_years")
    if needed is None:
        return "" if found is None else f"{found:g}"
    return t("{found} of {needed}", found="?" if found is None else f"{found:g}", needed=f"{needed:g}")


def requirement_rows(row: Mapping, redact: Callable[[str], str] = str) -> list[list[str]]:
    """The requirements of a row with mark and evidence, columns as `REQUIREMENT_HEADERS`, in the job's order."""
    table = []
    for req in row["requirements"]:
        weight = t("must have") if req["must"] else t("nice to have")
        evidence = " ".join(redact(req["evidence"] or "").split())
        how = req.get("how") or ("none" if not evidence else "")
        table.append([t(MARK_WORDS[req["mark"]]), f"{req['text']}\n{t(KIND_WORDS[req['kind']])}, {weight}",
                      f"“{evidence}”" if evidence else t(NO_EVIDENCE), t(HOW_WORDS.get(how, "")), years_words(req)])
    return table


def flag_text(row: Mapping, redact: Callable[[str], str] = str) -> str:
    """Every flag in a sentence, with what was hidden where something was."""
    lines = []
    for flag in row.get("flags", []) if is_judged(row) else []:
        detail = " ".join(redact(flag.get("detail", "")).split())
        hidden = "\n   " + t("It says: “{words}”", words=detail[:600]) if detail else ""
        lines.append(f"⚑ {said(flag['message'])}{hidden}")
    return "\n".join(lines)


def reason_text(row: Mapping) -> str:
    """Why the decision is what it is, a line a reason."""
    if not is_judged(row):
        return said(row.get("error") or "") or t("The file could not be read.")
    reasons = [said(reason) for reason in row["reasons"]]
    return "\n".join(f"– {reason[:1].upper()}{reason[1:]}" for reason in reasons)


def reward_parts(reward: Mapping) -> list[tuple[str, float | None, float, str]]:
    """(component, S or None, weight, why) for the four components, in the paper's order."""
    return [(name, reward[name]["S"], reward[name]["weight"], said(reward[name]["why"])) for name in COMPONENTS]


def segments(text: str, spans: Sequence[tuple[int, int]], chosen: int | None = None,
             redact: Callable[[str], str] = str) -> list[tuple[str, str | None]]:
    """Cut `text` into (piece, label): "evidence" inside a span, "chosen" inside span number `chosen`, else None.

    Spans may overlap, be empty or reach past the end. The pieces join to `text` again where `redact` changes nothing.
    """
    labels: list[str | None] = [None] * len(text)
    order = [i for i in range(len(spans)) if i != chosen] + ([chosen] if chosen is not None else [])
    for i in order:
        start, end = spans[i]
        for k in range(max(0, start), min(end, len(text))):
            labels[k] = "chosen" if i == chosen else "evidence"
    pieces: list[tuple[str, str | None]] = []
    begin = 0
    for k in range(1, len(text) + 1):
        if k == len(text) or labels[k] != labels[begin]:
            pieces.append((redact(text[begin:k]), labels[begin]))
            begin = k
    return pieces


def versions_text(row: Mapping) -> str:
    """Which model, adapter, prompt and rubric judged, and how long it took."""
    parts = [f"{name} {value}" for name, value in row.get("versions", {}).items() if value]
    return ", ".join([*parts, f"{row['elapsed_ms'] / 1000:.1f} s"])
