"""What a job asks for, before it is put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from model.schema import Kind
from training.corpus.phrases import Phrases
from training.corpus.tables import Profession, Skill, professions, soft_skills
from training.corpus.text import adjectival, article, cap, gerund, mark, stems
from training.corpus.words import ASKED, JUNIOR, SENIOR, YEAR_WORDS, number


@dataclass(frozen=True)
class Ask:
    """One requirement. `text` is its core in the job's words; a role is met by `titles`, nearly met by `near`."""

    kind: Kind
    text: str
    must: bool = True
    years: float | None = None
    level: int = 0
    skills: tuple[Skill, ...] = ()
    titles: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    home: Profession | None = None
    is_field: bool = False

    @property
    def any_of(self) -> tuple[str, ...]:
        return tuple(self.text.split(" or ")) if len(self.skills) > 1 else ()

    def held(self, title: str) -> bool:
        """Whether a job title counts as this role; senior variants do, junior ones do not count as senior."""
        return _plain(title) in self.titles and not title.startswith(JUNIOR)

    def adjacent(self, title: str) -> bool:
        """Whether a job title is close to this role without being it."""
        return _plain(title) in self.near or (title.startswith(JUNIOR) and _plain(title) in self.titles)


def _plain(title: str) -> str:
    for word in (*SENIOR, *JUNIOR):
        if title.startswith(word + " "):
            return title[len(word) + 1 :]
    return title


@dataclass(frozen=True)
class Posting:
    """The facts of a job: who is sought, what is asked, which skills merely colour the duties."""

    profession: Profession
    title: str
    asks: tuple[Ask, ...]
    skills_only: bool


def draw_posting(rng: Random, split: str, skills_only: bool) -> Posting:
    """Draws a job: mostly 5-11 requirements, as real posts have, with tails from 3 to 18."""
    profession = rng.choice(professions(split))
    title = rng.choice(profession.titles) if rng.random() < 0.5 else profession.title
    total = rng.choices((3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18), (3, 6, 9, 11, 12, 13, 12, 10, 8, 7, 5, 3, 2))[0]
    roles = 0 if skills_only else rng.choices((0, 1, 2, 3, 4), (13, 46, 22, 15, 4))[0]
    schooling = 0 if skills_only else int(rng.random() < 0.5)
    count = max(2, total - roles - schooling)
    all_must = rng.random() < 0.62
    asks = _skill_asks(rng, profession, split, count, all_must)
    asks += _role_asks(rng, profession, title, split, roles, all_must)
    if schooling:
        asks.append(_school_ask(rng, profession, all_must))
    if not any(a.must for a in asks):
        asks = [Ask(**{**a.__dict__, "must": True}) for a in asks]
    return Posting(profession, title, tuple(asks), skills_only)


def _skill_asks(rng: Random, profession: Profession, split: str, count: int, all_must: bool) -> list[Ask]:
    soft_share = rng.choices((0.0, 0.2, 0.4, 0.7, 1.0), (28, 32, 20, 12, 8))[0]
    soft = min(round(count * soft_share), 8)
    hard = min(count - soft, len(profession.skills))
    pool = rng.sample(profession.skills, len(profession.skills)) + rng.sample(
        soft_skills(split), len(soft_skills(split))
    )
    chosen: list[Skill] = []
    for skill in pool:
        need = soft if skill.soft else hard
        if sum(s.soft == skill.soft for s in chosen) < need and not any(clash(skill, c) for c in chosen):
            chosen.append(skill)
    asks = []
    for skill in chosen:
        must = all_must or rng.random() < 0.7
        either = [s for s in profession.skills if not any(clash(s, c) for c in chosen)]
        if not skill.soft and either and rng.random() < 0.05:
            pair = (skill, rng.choice(either))
            asks.append(Ask("skill", f"{_short(rng, pair[0])} or {_short(rng, pair[1])}", must, skills=pair))
        else:
            asks.append(Ask("skill", _short(rng, skill), must, skills=(skill,)))
    unique = {a.text: a for a in asks}
    return list(unique.values())


def _short(rng: Random, skill: Skill) -> str:
    names = [n for n in skill.names if " or " not in n]
    return rng.choice(names) if rng.random() < 0.22 else skill.name


@cache
def clash(a: Skill, b: Skill) -> bool:
    """Whether two skills are too close for one to be present while the other is truly absent."""
    return any(topic(a) & stems(name) for name in b.names)


@cache
def topic(skill: Skill) -> frozenset[str]:
    return frozenset().union(*(stems(name) for name in skill.names))


def _role_asks(rng: Random, home: Profession, title: str, split: str, count: int, all_must: bool) -> list[Ask]:
    if not count:
        return []
    must = all_must or rng.random() < 0.85
    years = _draw_years(rng)
    if rng.random() < 0.12:
        asks = [Ask("experience",
        rng.choice(home.fields), must, years or 2, titles=home.titles, near=home.near, home=home,
                    is_field=True)]  # fmt: skip
    else:
        asks = [Ask("experience", title, must, years, titles=home.titles, near=home.near, home=home)]
    others = [p for p in professions(split) if p is not home and p.sector != home.sector]
    while len(asks) < count:
        must = all_must or rng.random() < 0.75
        if rng.random() < 0.6:
            role = rng.choice(home.far)
            extra = Ask("experience", role, must, _draw_years(rng, small=True), titles=(role,), home=None)
        else:
            other = rng.choice(others)
            extra = Ask("experience",
            other.title, must, _draw_years(rng, small=True), titles=other.titles, near=other.near,
                        home=other)  # fmt: skip
        if all(not set(extra.titles) & {*a.titles, *a.near} and not set(a.titles) & set(extra.near) for a in asks):
            asks.append(extra)
    return asks


def _draw_years(rng: Random, small: bool = False) -> float | None:
    if rng.random() < 0.08:
        return None
    if small:
        return rng.choices((1, 2, 3, 4, 5), (34, 32, 20, 6, 8))[0]
    return rng.choices((1, 2, 3, 4, 5, 6, 7, 8, 10, 12), (8, 17, 24, 10, 21, 4, 5, 4, 6, 1))[0]


def _school_ask(rng: Random, profession: Profession, all_must: bool) -> Ask:
    level = max(1, min(6, profession.level + rng.choice((0, 0, 0, 0, -1, 1 if profession.level < 5 else 0))))
    field = rng.choice(profession.studies)
    return Ask(
        "education",
        rng.choice(ASKED[level]).format(f=field),
        all_must or rng.random() < 0.6,
        level=level,
        home=profession,
    )


def phrase(rng: Random, index: int, ask: Ask, words: Phrases, whole: bool = False) -> str:
    """One requirement as a line of the job, its core marked; `whole` marks the full line."""
    if ask.kind == "skill":
        line = _skill_line(rng, ask, words)
    elif ask.kind == "experience":
        line = _role_line(rng, ask, words)
    else:
        line = rng.choice(words.school_ask).replace("{d}", "\0")
        line = line.replace("A \0", cap(article("\0" + ask.text)).replace("\0" + ask.text, "\0"))
        line = re.sub(r"\ba \0", lambda m: article(ask.text).replace(ask.text, "\0"), line)
    core = ask.text
    if whole and ask.kind == "skill":
        return mark(index, cap(line.strip().replace("\0", core)))
    if line.strip().startswith("\0"):
        core = cap(core)
    return cap(line.strip().replace("\0", mark(index, core)))


def _skill_line(rng: Random, ask: Ask, words: Phrases) -> str:
    skill = ask.skills[0]
    table = words.soft_ask if skill.soft and not skill.tool else words.tool_ask if skill.tool else words.skill_ask
    if len(ask.skills) > 1:
        table = [t for t in table if t.strip() == "{x}" or t.endswith(" {x}")]
    line = rng.choice(table)
    if not skill.soft and line.endswith("{x}") and rng.random() < 0.25:
        line += rng.choice(words.ask_tail)
    if skill.soft and (adjectival(ask.text) or gerund(ask.text)):
        line = "{x}"
    return line.replace("{x}", "\0")


def _role_line(rng: Random, ask: Ask, words: Phrases) -> str:
    table = words.plain_ask if ask.years is None else words.field_ask if ask.is_field else words.years_ask
    line = rng.choice(table)
    years = ask.years or 0
    n = number(rng, years, 0.0 if "{n}+" in line or "{m}" in line else 0.2)
    spelled = YEAR_WORDS[int(years)].capitalize() if years == int(years) and years < 13 else f"{years:g}"
    title = article(ask.text).replace(ask.text, "\0")
    line = line.format(n=n, N=spelled, m=int(years) + rng.choice((2, 3, 5)), a=title, x="\0")
    return re.sub(
        r"\b(1|[Oo]ne) (full )?years(?!')", lambda m: f"{m[1]} {m[2] or ''}year", line.replace("1 years'", "1 year's")
    )
