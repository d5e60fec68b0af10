"""Pure renderers of the History tab: the list of screenings, what judged one, and how two of the same job differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from recruiter_ui.i18n import t
from recruiter_ui.records import Screening
from recruiter_ui.render import ADAPTER_WORDS, deciding, decision_words, is_judged

HEADERS = ["No.", "Started", "Job", "Resumes", "Judged by", "State"]
CHANGE_HEADERS = ["Candidate", "Then", "Score then", "Now", "Score now", "Change"]
STATES = {"open": "Running", "done": "Done", "stopped": "Stopped", "failed": "Failed"}
PARTS = {"base": "Base model", "adapter": "Adapter", "prompt": "Prompt", "rubric": "Rubric"}
SAME, OTHER = "= Same", "≠ Other decision"


def moment(stamp: str) -> str:
    """"2026-11-23 14:05", in the time of this computer."""
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")


def judges_words(adapters: Sequence[str]) -> str:
    return " + ".join(ADAPTER_WORDS.get(name, name) for name in adapters)


def table(screenings: Sequence[Screening]) -> list[list]:
    """A row a screening, columns as `HEADERS`, newest first."""
    return [[one.id, moment(one.created), one.title or t("untitled job"), one.total, judges_words(one.adapters),
             state_words(one)] for one in screenings]


def state_words(screening: Screening) -> str:
    """"Done", or how far it is: "Running, 12 of 40"."""
    words = t(STATES[screening.status])
    if screening.done == screening.total:
        return words
    return f"{words}, " + t("{done} of {total}", done=screening.done, total=screening.total)


def versions(rows: Sequence[Mapping]) -> str:
    """What judged the rows, a line each of base, adapter, prompt and rubric; more than one where they differ."""
    lines = []
    for key, words in PARTS.items():
        found = dict.fromkeys(str(row["versions"][key]) for row in rows if row.get("versions", {}).get(key))
        if found:
            lines.append(f"{t(words)}: {', '.join(found)}")
    return "\n".join(lines) or t("Nothing was judged in this screening.")


def changes(then: Mapping[str, Mapping], now: Mapping[str, Mapping], labels: Mapping[str, str]) -> list[list]:
    """A row a candidate that both screenings judged, other decisions first, then the largest shift of the score."""
    lines = []
    for sha256, before in then.items():
        after = now.get(sha256)
        if after is None or not is_judged(before) or not is_judged(after):
            continue
        scores = [row["verdicts"][deciding(row)]["score"] for row in (before, after)]
        same = before["decision"] == after["decision"]
        line = [labels[sha256], decision_words(before, short=True), scores[0], decision_words(after, short=True),
                scores[1], t(SAME if same else OTHER)]
        lines.append((same, -abs(scores[1] - scores[0]), line))
    return [line for _, _, line in sorted(lines, key=lambda item: item[:2])]


def changes_words(lines: Sequence[Sequence], same_versions: bool) -> str:
    """The comparison in a sentence."""
    if not lines:
        return t("No candidate was judged in both yet.")
    apart = sum(line[-1] == t(OTHER) for line in lines)
    words = (t("{apart} of {n} candidates get another decision.", apart=apart, n=len(lines)) if apart else
             t("All {n} candidates get the same decision.", n=len(lines)))
    return words + (" " + t("Both were judged by the same versions.") if same_versions else "")
