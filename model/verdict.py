"""The verdict's JSON: its text, its parser, and the grammar that constrained decoding follows.

    {"marks":"a2 b1 c0","skills":75,"experience":50,"education":0,"score":52,"status":"REJECTED"}

A superset of the paper's {"score", "status"}. The model chooses the marks, the score and the status; the fixed text and
the sub-scores, which code counts from the marks, are forced. Kinds that the job does not ask for are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from model.prompt import LETTERS
from model.rubric import Answer, expected, sub_scores
from model.schema import Kind, Requirement, Status

SUB_NAMES: dict[Kind, str] = {"skill": "skills", "experience": "experience", "education": "education"}
STATUSES: tuple[Status, ...] = ("REJECTED", "SELECTED")
END = "<|im_end|>"


def completion_text(requirements: Sequence[Requirement], marks: Sequence[int], score: int, status: Status) -> str:
    """The verdict as JSON text, sub-scores counted from the marks."""
    subs = "".join(f'"{SUB_NAMES[kind]}":{value},' for kind, value in sub_scores(requirements, marks).items()
                   if value is not None)
    marks_text = " ".join(f"{LETTERS[i]}{mark}" for i, mark in enumerate(marks))
    return f'{{"marks":"{marks_text}",{subs}"score":{score},"status":"{status}"}}'


def parse(text: str, requirements: Sequence[Requirement]) -> Answer | None:
    """Read a completion; None where it is no valid verdict for these requirements (the reward then is the minimum)."""
    try:
        row = json.loads(text.removesuffix(END).strip())
    except ValueError:
        return None
    if not isinstance(row, dict) or row.get("status") not in STATUSES or not isinstance(row.get("marks"), str):
        return None
    score = row.get("score")
    if not isinstance(score, int) or isinstance(score, bool) or not 0 <= score <= 100:
        return None
    pairs = row["marks"].split()
    if len(pairs) != len(requirements):
        return None
    if any(not re.fullmatch(f"{LETTERS[i]}[012]", pair) for i, pair in enumerate(pairs)):
        return None
    marks = tuple(int(pair[1]) for pair in pairs)
    counted = {SUB_NAMES[k]: v for k, v in sub_scores(requirements, marks).items() if v is not None}
    stated = {name: row[name] for name in SUB_NAMES.values() if name in row}
    return Answer(marks, score, row["status"], subs_consistent=stated == counted)


@dataclass(frozen=True)
class Choices:
    """What the model chose: the free part of a verdict. A *draft* of it is what Jacobi decoding starts from."""

    marks: tuple[int, ...]
    score: int
    status: Status

    @classmethod
    def by_rule(cls, requirements: Sequence[Requirement], marks: Sequence[int]) -> Choices:
        """The choices that agree with the rule for some marks."""
        rule = expected(requirements, marks)
        return cls(tuple(marks), rule.score, rule.status)


@dataclass(frozen=True)
class Slot:
    """A free token: its position in the completion, the token ids allowed there, and the index of the one chosen."""

    position: int
    allowed: tuple[int, ...]
    chosen: int


class Grammar:
    """Tokens of a completion, for one tokenizer.

    `encode` is anything that turns text into token ids without special tokens. The completion is put together from
    pieces, so that SFT, rollouts and serving see the same tokens.
    """

    def __init__(self, encode):
        self._encode = encode
        self._pieces: dict[str, tuple[int, ...]] = {}

    def piece(self, text: str) -> tuple[int, ...]:
        if text not in self._pieces:
            self._pieces[text] = tuple(self._encode(text))
        return self._pieces[text]

    @cached_property
    def digits(self) -> tuple[int, ...]:
        """Ids of 0-9; raises ValueError where the tokenizer does not keep digits apart."""
        ids = [self.piece(str(d)) for d in range(10)]
        if any(len(i) != 1 for i in ids) or len(self.piece("75")) != 2:
            raise ValueError("this tokenizer does not write each digit as one token; such a base is not supported")
        return tuple(i[0] for i in ids)

    @cached_property
    def status_pieces(self) -> tuple[tuple[int, ...], ...]:
        return tuple(self.piece(status) for status in STATUSES)

    @cached_property
    def score_end(self) -> tuple[int, ...]:
        return self.piece(',"status":"')

    @cached_property
    def choice_ids(self) -> tuple[int, ...]:
        """Every token that can stand in a slot, sorted; the engine computes logits for these alone."""
        first = {piece[0] for piece in self.status_pieces}
        return tuple(sorted({*self.digits, self.score_end[0], *first}))

    def completion(self, requirements: Sequence[Requirement], choices: Choices) -> tuple[list[int], list[Slot]]:
        """Token ids of a completion (END included) and its slots: n marks, 1-3 of the score, 1 of the status."""
        ids: list[int] = list(self.piece('{"marks":"'))
        slots: list[Slot] = []
        for i, mark in enumerate(choices.marks):
            ids += self.piece((" " if i else "") + LETTERS[i])
            slots.append(Slot(len(ids), self.digits[:3], mark))
            ids.append(self.digits[mark])
        subs = "".join(f'"{SUB_NAMES[kind]}":{value},' for kind, value in
                       sub_scores(requirements, choices.marks).items() if value is not None)
        ids += self._encode(f'",{subs}"score":')
        ids, slots = self._score(ids, slots, choices.score)
        ids += self.score_end[1:]
        index = STATUSES.index(choices.status)
        slots.append(Slot(len(ids), tuple(piece[0] for piece in self.status_pieces), index))
        ids += self.status_pieces[index]
        ids += self.piece('"}')
        ids += self.piece(END)
        return ids, slots

    def _score(self, ids: list[int], slots: list[Slot], score: int) -> tuple[list[int], list[Slot]]:
        """Digits of the score and the first token of what follows, each a slot while more than one is allowed."""
        text = str(score)
        for at in range(len(text) + 1):
            options = score_options(text[:at])
            chosen = text[at] if at < len(text) else ""
            token = {**{str(d): self.digits[d] for d in range(10)}, "": self.score_end[0]}
            if len(options) > 1:
                slots.append(Slot(len(ids), tuple(token[o] for o in options), options.index(chosen)))
            ids.append(token[chosen])
        return ids, slots

    def read(self, requirements: Sequence[Requirement], draft: Choices, picks: Sequence[int]) -> Choices:
        """The choices that `picks` (an index into `allowed` for each slot of the draft's completion) spell.

        Slots after the first that differs from the draft were read in a context that is no longer true; they are kept
        as the next draft, which is what makes repeated reading converge to the sequential answer.
        """
        n = len(requirements)
        marks = tuple(picks[:n])
        status = STATUSES[picks[-1]]
        spelt = ""
        rest = list(picks[n:-1])
        while True:
            options = score_options(spelt)
            if len(options) == 1:
                break
            old = str(draft.score)
            at = len(spelt)
            if rest and old[:at] == spelt:
                step = options[rest.pop(0)]
            else:  # the draft's digits ended or differ before here: keep its own digit where it is allowed
                step = old[at] if at < len(old) and old[at] in options else ""
            if step == "":
                break
            spelt += step
        return Choices(marks, int(spelt), status)


def score_options(prefix: str) -> tuple[str, ...]:
    """What may follow `prefix` in a score 0-100: digits, or "" for its end. No leading zeros."""
    if prefix == "":
        return tuple("0123456789")
    if prefix == "10":
        return ("0", "")
    if prefix == "0" or len(prefix) >= 2:
        return ("",)
    return (*"0123456789", "")
