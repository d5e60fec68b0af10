"""Pure renderers of the Compare tab: the judges of a batch against each other, and candidates side by side.

The judges are the adapters that judged every row, SFT before GRPO, and the coverage rule, which needs no model. Two of
them are set against each other: SFT and GRPO where both judged, else the one that did and the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.brief.finder import heuristic_marks
from model.rubric import COMPONENTS
from model.schema import MET, Brief, Evidence, Job, Requirement
from recruiter_ui.i18n import said, t
from recruiter_ui.render import MARK_WORDS, deciding, decision_words, is_judged, percent, range_words

RULE = "rule"
JUDGES = {"sft": "SFT", "grpo": "GRPO", RULE: "Coverage rule"}
COVERED = 0.6  # the share of requirements above which the rule without a model selects
STATUS_WORDS = {"SELECTED": "● Select", "REJECTED": "○ Reject"}
AGREE, DIFFER, RULE_DIFFERS = "= Agree", "≠ Differ", "≠ Rule differs"
COMPONENT_WORDS = {"status_correctness": "Right decision", "score_accuracy": "Right score",
                   "skills_matching": "Skills judged right", "experience_evaluation": "Experience judged right"}
Requirements = Sequence[Requirement]


@dataclass(frozen=True)
class Answer:
    """What a judge says of a candidate; the rule has no chance, and its score is the covered share, 0-100."""

    status: str
    score: int
    chance: float | None = None


def answer(row: Mapping, judge: str, requirements: Requirements) -> Answer:
    """The answer of one judge; `requirements` are those that the row was judged by."""
    if judge == RULE:
        status, share = coverage(row, requirements)
        return Answer(status, round(100 * share))
    verdict = row["verdicts"][judge]
    return Answer(verdict["status"], verdict["score"], verdict["probability"])


def coverage(row: Mapping, requirements: Requirements) -> tuple[str, float]:
    """(status, covered share) of the rule without a model: SELECTED where over 60 % of the requirements are covered."""
    found = tuple(Evidence(how=req["how"], strength=req["strength"], years=req["years"]) for req in row["requirements"])
    marks = heuristic_marks(Brief(Job("", "", tuple(requirements)), found))
    share = sum(mark == MET for mark in marks) / len(marks)
    return ("SELECTED" if share > COVERED else "REJECTED"), share


def judges(rows: Iterable[Mapping]) -> tuple[str, ...]:
    """Who judged every row that could be judged, the rule last; nobody where there is no such row."""
    judged = [row for row in rows if is_judged(row)]
    return tuple(name for name in JUDGES if name == RULE or all(name in row["verdicts"] for row in judged)
                 ) if judged else ()


class Comparison:
    """The batch with its judges; `first` and `second` are set against each other."""

    def __init__(self, rows: Iterable[Mapping], requirements: Requirements) -> None:
        rows = list(rows)
        self.judges = judges(rows)
        self.first, self.second = self.judges[:2] if len(self.judges) > 1 else ("", "")
        self.answers = {row["sha256"]: {name: answer(row, name, requirements) for name in self.judges}
                        for row in rows if is_judged(row) and self.first}
        self.rows = sorted((row for row in rows if row["sha256"] in self.answers),
                           key=lambda row: (self.agrees(row), self.all_agree(row), -abs(self.shift(row))))

    def agrees(self, row: Mapping) -> bool:
        both = self.answers[row["sha256"]]
        return both[self.first].status == both[self.second].status

    def all_agree(self, row: Mapping) -> bool:
        """Whether the third judge, where there is one, says the same as the two."""
        return len({said_by.status for said_by in self.answers[row["sha256"]].values()}) == 1

    def agreement(self, row: Mapping) -> str:
        return DIFFER if not self.agrees(row) else AGREE if self.all_agree(row) else RULE_DIFFERS

    def shift(self, row: Mapping) -> int:
        """The second judge's score less the first's."""
        both = self.answers[row["sha256"]]
        return both[self.second].score - both[self.first].score

    def headers(self) -> list[str]:
        """The headers of `table`, in English; `render.styled` translates them."""
        found = ["Candidate", "Agree?"]
        for name in self.judges:
            found += [JUDGES[name], "covered, %"] if name == RULE else [JUDGES[name], "score", "chance"]
        return [*found, "Shift"]

    def table(self, labels: Mapping[str, str]) -> list[list]:
        """A row a candidate, columns as `headers`; disagreements of the two first, then those with the rule, then the
        largest shift of the score."""
        lines = []
        for row in self.rows:
            line = [labels[row["sha256"]], t(self.agreement(row))]
            for name in self.judges:
                said_by = self.answers[row["sha256"]][name]
                line += [t(STATUS_WORDS[said_by.status]), said_by.score]
                line += [] if name == RULE else [percent(said_by.chance)]
            lines.append([*line, f"{self.shift(row):+d}" if self.shift(row) else "0"])
        return lines

    def matrix(self) -> tuple[list[str], list[list]]:
        """Headers and lines: how often each pair of answers came, the first judge down, the second across."""
        counts = {(a, b): 0 for a in STATUS_WORDS for b in STATUS_WORDS}
        for both in self.answers.values():
            counts[both[self.first].status, both[self.second].status] += 1
        down, across = t(JUDGES[self.first]), t(JUDGES[self.second])
        return ([t("Answers"), *(f"{across}: {t(words)}" for words in STATUS_WORDS.values())],
                [[f"{down}: {t(words)}", *(counts[a, b] for b in STATUS_WORDS)] for a, words in STATUS_WORDS.items()])

    def sentence(self) -> str:
        """The comparison in a few words."""
        if not self.rows:
            return ""
        apart = sum(not self.agrees(row) for row in self.rows)
        names = {"first": t(JUDGES[self.first]), "second": t(JUDGES[self.second])}
        words = [t("{n} candidates judged by {first} and {second}.", n=len(self.rows), **names),
                 t("They differ on {n}, listed first.", n=apart) if apart else t("They agree on every one.")]
        if alone := sum(self.agreement(row) == RULE_DIFFERS for row in self.rows):
            words.append(t("The coverage rule alone says otherwise on {n}, listed next.", n=alone))
        if self.second != RULE:
            mean = sum(map(self.shift, self.rows)) / len(self.rows)
            text = ("{second}'s score is on average {points} points higher than that of {first}." if mean >= 0 else
                    "{second}'s score is on average {points} points lower than that of {first}.")
            words.append(t(text, points=f"{abs(mean):.1f}", **names))
        return " ".join(words)

    def points(self, codes: Mapping[str, str]) -> dict[str, list]:
        """Columns of the score plot: a point a candidate, named by its neutral code. Names and signs of no language."""
        return {"x": [self.answers[row["sha256"]][self.first].score for row in self.rows],
                "y": [self.answers[row["sha256"]][self.second].score for row in self.rows],
                "=": ["=" if self.agrees(row) else "≠" for row in self.rows],
                "#": [codes[row["sha256"]] for row in self.rows]}


# --- one candidate, or a few -----------------------------------------------------------------------------------------


def reward_headers(row: Mapping) -> list[str]:
    names = [name for name in JUDGES if name in row["reward"]]
    return [t("Component"), *(words for name in names
                              for words in (JUDGES[name], t("Why ({judge})", judge=JUDGES[name])))]


def reward_table(row: Mapping) -> list[list[str]]:
    """The reward breakdowns of one candidate: component, then points and why for each adapter; the totals last."""
    names = [name for name in JUDGES if name in row["reward"]]

    def cell(adapter: str, name: str) -> list[str]:
        part = row["reward"][adapter][name]
        return [t("not asked") if part["S"] is None else f"{part['S'] * part['weight']:+.2f}", said(part["why"])]
    lines = [[t(COMPONENT_WORDS[name]), *(text for adapter in names for text in cell(adapter, name))]
             for name in COMPONENTS]
    return [*lines, [t("Total"), *(text for name in names for text in (f"{row['reward'][name]['total']:+.2f}", ""))]]


def _score_words(verdict: Mapping) -> str:
    spread = range_words(verdict)
    return f"{verdict['score']}" + (f" ({spread})" if spread else "")


def side_by_side(rows: list[Mapping], labels: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Headers and lines that set two to four candidates of one job beside each other, requirement by requirement."""
    headers = [t("Requirement"), *(labels[row["sha256"]] for row in rows)]
    lines = [[t("Decision"), *(decision_words(row, short=True) for row in rows)],
             [t("Score"), *(_score_words(row["verdicts"][deciding(row)]) for row in rows)],
             [t("Chance of being selected"), *(percent(row["verdicts"][deciding(row)]["probability"]) for row in rows)]]
    for i, requirement in enumerate(rows[0]["requirements"]):
        lines.append([requirement["text"], *(t(MARK_WORDS[row["requirements"][i]["mark"]]) for row in rows)])
    return headers, lines
