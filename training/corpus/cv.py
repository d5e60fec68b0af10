"""The facts of a resume, before a layout prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from training.corpus.asks import Posting
from training.corpus.career import Stint
from training.corpus.noise import TEST as TEST_NOISE
from training.corpus.noise import TRAIN as TRAIN_NOISE
from training.corpus.noise import Noise
from training.corpus.phrases import Phrases
from training.corpus.plan import Outcomes


class Redraw(Exception):
    """The drawn facts contradict the plan; draw again."""


@dataclass
class School:
    """A degree with its school and year; `note` such as "expected 2027"."""

    degree: str
    level: int
    school: str
    year: int
    related: bool
    note: str = ""


@dataclass
class Cv:
    """Everything that a layout can print."""

    person: dict[str, str]
    title: str
    summary: list[str]
    listed: list[str]
    stints: list[Stint]
    schools: list[School]
    certs: list[str]
    notes: list[str]
    extras: list[tuple[str, list[str]]]
    style: str
    words: Phrases
    show_schools: bool = True
    whys: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Every line that can be evidence of a skill."""
        return [*self.listed, *self.notes, *(line for stint in self.stints for line in stint.bullets)]


@dataclass(frozen=True)
class Draft:
    """What the parts of the builder share."""

    posting: Posting
    outcomes: Outcomes
    split: str
    seed: str
    words: Phrases
    style: str
    size: float
    stuffed: bool

    def rng(self, part: str) -> Random:
        """A stream of its own for each part, so that twins differ only where their plans do."""
        return Random(f"{self.seed}/{part}")


def noise_of(draft: Draft) -> Noise:
    """The noise table of the draft's pool."""
    return TEST_NOISE if draft.split == "test" else TRAIN_NOISE


def low_title(title: str) -> str:
    """A job title inside a sentence: capitals go, acronyms stay."""
    return " ".join(w if w.isupper() or not w[1:].islower() else w.lower() for w in title.split())
