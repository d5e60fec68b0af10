"""Reads the profession and soft-skill tables in `data/`.

A profession is a block that starts with `# Title` and goes on with `key: value; value` lines and skill lines:

    - name | alias; alias | sibling skill; ~lookalike | paraphrase / paraphrase

`*` before the name marks a tool or a subject that is used ("Python") rather than an activity that is done ("wound
care").
A sibling is a near miss (partly met), a lookalike only shares words (not met). A paraphrase is a resume bullet in
the past tense that shows the skill without its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False)
class Skill:
    """A skill with its other names, its near misses and sentences that show it in other words."""

    name: str
    aliases: tuple[str, ...]
    siblings: tuple[str, ...]
    decoys: tuple[str, ...]
    lines: tuple[str, ...]
    tool: bool = False
    soft: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, eq=False)
class Profession:
    """A profession: its titles, what it studies, where it works and what it can do."""

    title: str
    sector: str
    fields: tuple[str, ...]
    same: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]
    level: int
    studies: tuple[str, ...]
    certs: tuple[str, ...]
    employers: tuple[str, ...]
    skills: tuple[Skill, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.title, *self.same)


def _split(value: str, by: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(by) if part.strip())


def parse_skill(line: str, soft: bool = False) -> Skill:
    """One skill line. Raises ValueError where a column is missing."""
    cells = [cell.strip() for cell in line[2:].split("|")]
    if len(cells) != 4:
        raise ValueError(f"a skill line needs 4 cells, found {len(cells)}: {line}")
    name, aliases, near, lines = cells
    siblings = tuple(x for x in _split(near) if not x.startswith("~"))
    decoys = tuple(x[1:] for x in _split(near) if x.startswith("~"))
    tool = name.startswith("*")
    return Skill(name.lstrip("*").strip(), _split(aliases), siblings, decoys, _split(lines, " / "), tool, soft)


def _profession(block: str) -> Profession:
    title, *lines = block.strip().splitlines()
    keys: dict[str, str] = {}
    skills: list[Skill] = []
    for line in lines:
        if line.startswith("- "):
            skills.append(parse_skill(line))
        elif line.strip():
            key, _, value = line.partition(":")
            keys[key.strip()] = value
    level, _, studies = keys["edu"].partition("|")
    return Profession(
        title=title.strip(), sector=keys["sector"].strip(), fields=_split(keys["field"]), same=_split(keys["same"]),
        near=_split(keys["near"]), far=_split(keys["far"]), level=int(level), studies=_split(studies),
        certs=_split(keys["certs"]), employers=_split(keys["at"]), skills=tuple(skills),
    )  # fmt: skip


@cache
def professions(split: str) -> tuple[Profession, ...]:
    """All professions of a pool: "train" (also used by "validation") or "test"."""
    pool = "test" if split == "test" else "train"
    blocks: list[str] = []
    for path in sorted(DATA.glob(f"{pool}_*.txt")):
        blocks += re.split(r"(?m)^# ", path.read_text(encoding="utf-8"))[1:]
    return tuple(_profession(block) for block in blocks)


@cache
def soft_skills(split: str) -> tuple[Skill, ...]:
    """The soft skills. Their names are common to both pools; the last evidence sentence belongs to "test" alone."""
    text = (DATA / "soft.txt").read_text(encoding="utf-8")
    skills = [parse_skill(line, soft=True) for line in text.splitlines() if line.startswith("- ")]
    keep = slice(-1, None) if split == "test" else slice(0, -1)
    return tuple(Skill(s.name, s.aliases, s.siblings, s.decoys, s.lines[keep], s.tool, True) for s in skills)
