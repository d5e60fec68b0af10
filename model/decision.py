"""The one place that decides: SELECTED, REJECTED, or REVIEW where a human must look.

REVIEW is not a weaker verdict but the honest answer where the probability is in the grey band, the model and the expert
heuristic disagree, SFT and GRPO disagree, or the document was hard to read or hid text. A REJECTED is a suggestion;
nothing is rejected without a human.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.brief.finder import heuristic_marks
from model.rubric import expected
from model.schema import Brief, Verdict

GREY_BAND = (0.25, 0.75)
HEURISTIC_MARGIN = 15  # points of score under which a disagreement with the heuristic means nothing
DOUBTFUL_FLAGS = ("hidden_text", "uncertain_text", "ocr", "truncated", "low_text", "damaged_page", "unread_drawing",
                  "evidence_dropped")


@dataclass(frozen=True)
class Decision:
    """`decision` is SELECTED, REJECTED or REVIEW; `reasons` say why, in words, the deciding reason first."""

    decision: str
    reasons: tuple[str, ...]


def decide(brief: Brief, verdicts: Mapping[str, Verdict], adapter: str) -> Decision:
    """The decision of `adapter` on one brief; the other adapters' verdicts only raise doubt."""
    verdict = verdicts[adapter]
    doubts = [*_document_doubts(brief), *_model_doubts(brief, verdicts, adapter)]
    if doubts:
        return Decision("REVIEW", tuple(doubts))
    return Decision(verdict.status, tuple(_grounds(brief, verdict)))


def _document_doubts(brief: Brief) -> list[str]:
    return [flag.message for flag in brief.flags if flag.code in DOUBTFUL_FLAGS]


def _model_doubts(brief: Brief, verdicts: Mapping[str, Verdict], adapter: str) -> list[str]:
    verdict = verdicts[adapter]
    doubts = []
    if GREY_BAND[0] < verdict.probability < GREY_BAND[1]:
        doubts.append(f"a close call: the probability of SELECTED is {verdict.probability:.0%}")
    elif verdict.written not in (None, verdict.status):
        doubts.append(f"the model wrote {verdict.written}, but its marks point the other way "
                      f"({verdict.probability:.0%})")
    rule = expected(brief.job.requirements, heuristic_marks(brief))
    if rule.status != verdict.status and abs(rule.score - verdict.score) >= HEURISTIC_MARGIN:
        doubts.append(f"the model says {verdict.status} ({verdict.score}), "
                      f"the expert heuristic {rule.status} ({rule.score})")
    if verdict.status == "SELECTED":
        doubts += [f"the years asked for could not be counted: {r.text}"
                   for r, e in zip(brief.job.requirements, brief.evidence, strict=True)
                   if r.kind == "experience" and r.must and r.years and e.years is None]
    for name, other in verdicts.items():
        if name != adapter and other.status != verdict.status:
            doubts.append(f"the models disagree: {adapter} says {verdict.status}, {name} says {other.status}")
    return doubts


def _grounds(brief: Brief, verdict: Verdict) -> list[str]:
    """What speaks for the verdict: the failed gates of a REJECTED, the coverage of a SELECTED."""
    rule = expected(brief.job.requirements, verdict.marks)
    if verdict.status == "REJECTED":
        missing = [r.text for r, m in zip(brief.job.requirements, verdict.marks, strict=True) if r.must and m == 0]
        return [*rule.failed_gates, *([f"no evidence of {', '.join(missing[:5])}"] if missing else [])] or [
            f"score {verdict.score}"]
    met = sum(1 for m in verdict.marks if m == 2)
    return [f"{met} of {len(verdict.marks)} requirements are met"]
