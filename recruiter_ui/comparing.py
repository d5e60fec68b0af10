"""Pure renderers of the Compare tab: SFT against GRPO for a batch, and candidates against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from model.brief.finder import heuristic_marks
from model.rubric import COMPONENTS
from model.schema import MET, Brief, Evidence, Job, Requirement
from recruiter_ui.render import MARK_WORDS, deciding, decision_words, is_judged, percent

HEADERS = ["Candidate", "Agree?", "SFT says", "SFT score", "SFT chance", "GRPO says", "GRPO score", "GRPO chance",
           "Shift", "Coverage rule"]
TYPES = ["str", "str", "str", "number", "str", "str", "number", "str", "str", "str"]
COVERED = 0.6  # the share of requirements above which the rule without a model selects
STATUS_WORDS = {"SELECTED": "● Select", "REJECTED": "○ Reject"}
AGREE, DIFFER = "= Agree", "≠ Differ"
COMPONENT_WORDS = {"status_correctness": "Right decision", "score_accuracy": "Right score",
                   "skills_matching": "Skills judged right", "experience_evaluation": "Experience judged right"}


def comparable(rows: Iterable[Mapping]) -> list[Mapping]:
    """The rows that both adapters judged, disagreements first, then the largest shift of the score."""
    both = [row for row in rows if is_judged(row) and {"sft", "grpo"} <= set(row["verdicts"])]
    return sorted(both, key=lambda row: (agrees(row), -abs(shift(row))))


def agrees(row: Mapping) -> bool:
    return row["verdicts"]["sft"]["status"] == row["verdicts"]["grpo"]["status"]


def shift(row: Mapping) -> int:
    """GRPO's score less SFT's."""
    return row["verdicts"]["grpo"]["score"] - row["verdicts"]["sft"]["score"]


def coverage(row: Mapping, requirements: Sequence[Requirement]) -> tuple[str, float]:
    """(status, covered share) of the rule without a model: SELECTED where over 60 % of the requirements are covered."""
    found = tuple(Evidence(how=req["how"], strength=req["strength"], years=req["years"]) for req in row["requirements"])
    marks = heuristic_marks(Brief(Job("", "", tuple(requirements)), found))
    share = sum(mark == MET for mark in marks) / len(marks)
    return ("SELECTED" if share > COVERED else "REJECTED"), share


def table(rows: Iterable[Mapping], labels: Mapping[str, str], requirements: Sequence[Requirement]) -> list[list]:
    """A row a candidate, columns as `HEADERS`; `requirements` are those that the rows were judged by."""
    lines = []
    for row in comparable(rows):
        sft, grpo = row["verdicts"]["sft"], row["verdicts"]["grpo"]
        lines.append([labels[row["sha256"]], AGREE if agrees(row) else DIFFER,
                      STATUS_WORDS[sft["status"]], sft["score"], percent(sft["probability"]),
                      STATUS_WORDS[grpo["status"]], grpo["score"], percent(grpo["probability"]), f"{shift(row):+d}",
                      _rule(row, requirements)])
    return lines


def _rule(row: Mapping, requirements: Sequence[Requirement]) -> str:
    status, share = coverage(row, requirements)
    return f"{STATUS_WORDS[status]}, {100 * share:.0f} % covered"


def matrix(rows: Iterable[Mapping]) -> list[list]:
    """How often each pair of answers came: SFT down, GRPO across."""
    counts = {(s, g): 0 for s in STATUS_WORDS for g in STATUS_WORDS}
    for row in comparable(rows):
        counts[row["verdicts"]["sft"]["status"], row["verdicts"]["grpo"]["status"]] += 1
    return [[f"SFT: {STATUS_WORDS[s]}", *(counts[s, g] for g in STATUS_WORDS)] for s in STATUS_WORDS]


MATRIX_HEADERS = ["Answers", *(f"GRPO: {words}" for words in STATUS_WORDS.values())]


def sentence(rows: Iterable[Mapping]) -> str:
    """The comparison in one sentence."""
    both = comparable(rows)
    if not both:
        return ""
    apart = sum(not agrees(row) for row in both)
    mean = sum(map(shift, both)) / len(both)
    differ = "They agree on every one" if not apart else f"They differ on {apart}, listed first"
    return (f"{len(both)} candidates judged by both. {differ}. "
            f"GRPO's score is on average {abs(mean):.1f} points {'higher' if mean >= 0 else 'lower'} than SFT's.")


def points(rows: Iterable[Mapping], codes: Mapping[str, str]) -> dict[str, list]:
    """Columns of the score plot: a point a candidate, named by its neutral code."""
    both = comparable(rows)
    return {"SFT score": [row["verdicts"]["sft"]["score"] for row in both],
            "GRPO score": [row["verdicts"]["grpo"]["score"] for row in both],
            "Verdict": ["Agree" if agrees(row) else "Differ" for row in both],
            "Candidate": [codes[row["sha256"]] for row in both]}


def reward_table(row: Mapping) -> list[list[str]]:
    """Both reward breakdowns of one candidate: component, SFT points and why, GRPO points and why; the totals last."""
    def cell(adapter: str, name: str) -> list[str]:
        part = row["reward"][adapter][name]
        return ["not asked" if part["S"] is None else f"{part['S'] * part['weight']:+.2f}", part["why"]]
    lines = [[COMPONENT_WORDS[name], *cell("sft", name), *cell("grpo", name)] for name in COMPONENTS]
    totals = [row["reward"][adapter]["total"] for adapter in ("sft", "grpo")]
    return [*lines, ["Total", f"{totals[0]:+.2f}", "", f"{totals[1]:+.2f}", ""]]


REWARD_HEADERS = ["Component", "SFT points", "Why", "GRPO points", "Why "]


def side_by_side(rows: list[Mapping], labels: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Headers and lines that set two to four candidates of one job beside each other, requirement by requirement."""
    headers = ["Requirement", *(labels[row["sha256"]] for row in rows)]
    lines = [["Decision", *(decision_words(row, short=True) for row in rows)],
             ["Score", *(str(row["verdicts"][deciding(row)]["score"]) for row in rows)],
             ["Chance of being selected", *(percent(row["verdicts"][deciding(row)]["probability"]) for row in rows)]]
    for i, requirement in enumerate(rows[0]["requirements"]):
        lines.append([requirement["text"], *(MARK_WORDS[row["requirements"][i]["mark"]] for row in rows)])
    return headers, lines
