"""Drills: examples whose every mark has to be read. Launch: python -m training.drills ADAPTER... [--n 60]

In the corpus six marks of ten teach nothing: the finder is certain. A drill asks for skills of one field, and shows for
each what a resume says in other words: the line that was written to show it, or only lines of its neighbours. The
finder was fitted to the lines of `skills_shown.txt`, so its strengths would tell; each is drawn instead from what the
finder gives in whole resumes of the corpus, with the proof among the quotes and without. The command measures installed
adapters on drills from `skills_held_out.txt`, which neither finder nor adapters were trained on.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from random import Random

import numpy as np

from model.brief.embed import encode, toward_proof
from model.brief.skills import OTHERS
from model.rubric import Truth
from model.schema import MET, NOT_MET, Brief, Evidence, Job, Quote, Requirement
from training.dataset import Example
from training.metrics import auc
from training.shown import HELD_OUT_FILE, Shown, own_skills

ASKED = (8, 16)  # requirements of a drill
FIELD = 40  # skills side by side in the file that count as one field
LINES = 24  # of a resume
HAS = 0.5  # share of the required skills that the resume shows
MUST = 0.7
STRENGTHS = tuple(n / 10 + 0.05 for n in range(1, 9))
PROOF = (9, 47, 66, 93, 89, 113, 73, 105)  # of 700 samples (seed 31): how often each strength came with the proof
NO_PROOF = (155, 213, 210, 120, 50, 23, 9, 6)  # and where the skill is absent
PLACES = (493, 75, 27)  # which quote the proof is


def drills(n: int, seed: int = 0, skills: Sequence[Shown] = ()) -> list[Example]:
    """`n` drills over `skills` (all of our own by default), which stand field by field."""
    if n and not skills:
        skills = own_skills()
    rng = Random(f"drills/{seed}")
    return [drill(f"drill-{seed}-{i}", skills, rng) for i in range(n)]


def drill(name: str, skills: Sequence[Shown], rng: Random) -> Example:
    """One drill. Skills that share a name are never both in it."""
    first = rng.randrange(max(1, len(skills) - FIELD + 1))
    field, taken = [], set()
    for skill in skills[first:first + FIELD]:
        if not taken & (names := {n.casefold() for n in skill.names}):
            field.append(skill)
            taken |= names
    rng.shuffle(field)
    asked = field[:rng.randint(*ASKED)]
    shown = {i for i in range(len(asked)) if rng.random() < HAS}
    lines = [(i, rng.choice(skill.texts)) for i, skill in enumerate(field) if i in shown or i >= len(asked)]
    rng.shuffle(lines)
    lines = sorted(lines, key=lambda line: line[0] not in shown)[:LINES]
    texts = [rng.choice(skill.names) for skill in asked]
    alike = toward_proof(encode(texts)) @ encode([line for _, line in lines]).T
    evidence = [_evidence(i, row, lines, rng) for i, row in enumerate(alike)]
    requirements = tuple(Requirement(text, "skill", rng.random() < MUST) for text in texts)
    marks = [MET if i in shown else NOT_MET for i in range(len(asked))]
    job = Job("", rng.choice(rng.choice(field).names).title(), requirements)
    return Example(name, Brief(job, tuple(evidence)), Truth.from_marks(requirements, marks), ("drill",))


def _evidence(asked: int, alike: np.ndarray, lines: Sequence[tuple[int, str]], rng: Random) -> Evidence:
    """The quotes of one skill: the likest other lines, and its own line at a likely place."""
    order = [lines[j] for j in np.argsort(-alike)]
    quotes = [text for i, text in order if i != asked][:OTHERS + 1]
    own = [text for i, text in order if i == asked]
    if own:
        quotes.insert(rng.choices(range(OTHERS + 1), PLACES)[0], own[0])
    strength = rng.choices(STRENGTHS, PROOF if own else NO_PROOF)[0]
    first, *others = quotes[:OTHERS + 1]
    return Evidence(first, " | ".join([first, *others]), how="meaning", strength=strength,
                    others=tuple(Quote(text, 0, 0) for text in others))


def main(arguments: Sequence[str] | None = None) -> None:
    from model.engine import Engine  # noqa: PLC0415 - loads torch

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("adapters", nargs="+", help="names of installed adapters")
    parser.add_argument("--n", type=int, default=60, help="drills")
    args = parser.parse_args(arguments)
    held_out = drills(args.n, seed=1, skills=own_skills(HELD_OUT_FILE))
    marks = [mark for drill in held_out for mark in drill.truth.marks]
    met = [mark == MET for mark in marks]
    alone = auc(met, [e.strength for drill in held_out for e in drill.brief.evidence])
    print(f"{len(marks)} marks, {sum(met) / len(met):.1%} met; AUC of the strength alone {alone:.3f}")
    engine = Engine.load(adapters=args.adapters)
    judged = engine.judge_each([drill.brief for drill in held_out], args.adapters)
    for name, verdicts in zip(args.adapters, judged, strict=True):
        right = [a == b for verdict, drill in zip(verdicts, held_out, strict=True)
                 for a, b in zip(verdict.marks, drill.truth.marks, strict=True)]
        expected_marks = [p[1] + 2 * p[2] for verdict in verdicts for p in verdict.mark_probabilities]
        print(f"{name}: {sum(right) / len(right):.1%} of the marks right, AUC {auc(met, expected_marks):.3f}")


if __name__ == "__main__":
    main()
