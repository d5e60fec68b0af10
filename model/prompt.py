"""The one prompt renderer: SFT, GRPO rollouts, serving and evaluation all read a brief through here.

A prompt has two parts. The *job part* (system message, title, requirements) is the same for every candidate of a job,
so the engine computes it once a batch; the *candidate part* holds one line of evidence for each requirement:

    Job: Financial analyst                      a9 built three-statement models in Excel
    a must: financial modelling                 b9 2.5y nearly: Analyst, Northgate (2021 - 2023)
    b must 4y: financial analyst                c0 none
    c nice degree: bachelor in finance

The letter names the requirement, the digit is the finder's strength (0-9); code compares years and degree levels:
"ok", "nearly" from 60 % of the years on, else "short"; "elsewhere" where the years were worked under another title.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from model.brief import embed
from model.brief.experience import NEARLY, RELEVANT, years_share
from model.schema import Brief, Evidence, Requirement

VERSION = "2"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYSTEM = ("You are an HR expert. Mark each requirement by its evidence: 2 met, 1 partly, 0 not met. "
          "Then give sub-scores, a score and a status.")
QUOTE_WORDS = 12  # longest quote shown to the model, in words
OTHER_WORDS = 9  # of the quotes after the first
MIN_QUOTE_WORDS = 4


@dataclass(frozen=True)
class Prompt:
    """A rendered prompt. `text` is what the model reads; `dropped` counts evidence left out for want of room."""

    job_part: str
    candidate_part: str
    dropped: int = 0

    @property
    def text(self) -> str:
        return self.job_part + self.candidate_part


@cache
def version_hash() -> str:
    """Short hash of everything that shapes a prompt, the files of parser and finder included; part of every record."""
    content = hashlib.sha256(f"{VERSION}|{SYSTEM}|{QUOTE_WORDS}|{OTHER_WORDS}".encode())
    for folder in (Path(embed.__file__).parent, embed.FOLDER):
        for file in sorted(path for path in folder.iterdir() if path.is_file()):
            with file.open("rb") as opened:
                content.update(file.name.encode() + hashlib.file_digest(opened, "sha256").digest())
    return content.hexdigest()[:12]


def render(brief: Brief, quote_words: int = QUOTE_WORDS) -> Prompt:
    """Render a brief in the base's ChatML template, up to where the verdict begins."""
    lines = [f"{LETTERS[i]}{requirement_line(r)}" for i, r in enumerate(brief.job.requirements)]
    job_part = (f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\nJob: {_words(brief.job.title, 8)}\n"
                + "\n".join(lines) + "\nResume:\n")
    evidence = [f"{LETTERS[i]}{evidence_line(r, e, quote_words)}"
                for i, (r, e) in enumerate(zip(brief.job.requirements, brief.evidence, strict=True))]
    return Prompt(job_part, "\n".join(evidence) + "<|im_end|>\n<|im_start|>assistant\n")


def requirement_line(requirement: Requirement) -> str:
    """` must 4y: financial analyst`: importance, what code will compare, and the phrase."""
    need = {"skill": "", "experience": " work", "education": " degree"}[requirement.kind]
    if requirement.years:
        need = f" {_number(requirement.years)}y"
    return f" {'must' if requirement.must else 'nice'}{need}: {_words(requirement.text, 10)}"


def evidence_line(requirement: Requirement, evidence: Evidence, quote_words: int = QUOTE_WORDS) -> str:
    """`9 2.5y short: Analyst, Northgate (2021 - 2023)`: strength, the comparison that code makes, the quote."""
    if evidence.how == "none":
        return "0 none"
    facts = ""
    if requirement.kind == "experience":
        facts = f" {years_words(requirement, evidence)}:"
    elif requirement.kind == "education":
        facts = f" {evidence.compared}:" if evidence.compared else ""
    first, *others = evidence.shown.split(" | ", len(evidence.others))
    quotes = " | ".join([_words(first, quote_words), *(_words(o, min(quote_words, OTHER_WORDS)) for o in others)])
    return f"{strength_digit(evidence)}{facts} {quotes}"


def strength_digit(evidence: Evidence) -> int:
    return min(9, int(10 * evidence.strength))


def years_words(requirement: Requirement, evidence: Evidence) -> str:
    """`5y ok`, `2.5y nearly`, `1y short`, `9y elsewhere`, or `?y` where the resume gives no dates and no years."""
    if evidence.years is None:
        return "?y"
    found = f"{_number(evidence.years)}y"
    if evidence.strength < RELEVANT:
        return f"{found} elsewhere"
    share = years_share(requirement, evidence)
    return found if share is None else f"{found} {'ok' if share >= 1 else 'nearly' if share >= NEARLY else 'short'}"


def fit(brief: Brief, length: Callable[[str], int], limit: int) -> Prompt:
    """Render within `limit` tokens: quotes get shorter, then the weakest evidence is dropped; never cut in the middle.

    `length` counts the tokens of a text. Raises ValueError where even a prompt without evidence is too long.
    """
    prompt = render(brief)
    if length(prompt.text) <= limit:
        return prompt
    prompt = render(brief, MIN_QUOTE_WORDS)
    weakest = sorted(range(len(brief.evidence)), key=lambda i: brief.evidence[i].strength)
    evidence = list(brief.evidence)
    dropped = 0
    while length(prompt.text) > limit and dropped < len(weakest):
        evidence[weakest[dropped]] = Evidence()
        dropped += 1
        prompt = render(replace(brief, evidence=tuple(evidence)), MIN_QUOTE_WORDS)
    if length(prompt.text) > limit:
        raise ValueError(f"a job of {len(brief.job.requirements)} requirements does not fit into {limit} tokens")
    return replace(prompt, dropped=dropped)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _words(text: str, limit: int) -> str:
    words = text.split()
    return " ".join(words[:limit])
