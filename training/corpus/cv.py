"""Turns a plan into the facts of a resume: evidence, jobs, schools, and the noise that real resumes carry."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from training.corpus.asks import Ask, Posting, clash, topic
from training.corpus.career import YEAR_STYLES, Stint, schedule, years_of
from training.corpus.noise import TEST as TEST_NOISE
from training.corpus.noise import TRAIN as TRAIN_NOISE
from training.corpus.noise import Noise, draw_extras
from training.corpus.people import World
from training.corpus.phrases import Phrases
from training.corpus.plan import MARKS, Outcomes
from training.corpus.tables import Profession, Skill, professions, soft_skills
from training.corpus.text import article, cap, pattern, stems
from training.corpus.words import DEGREES, JUNIOR, SENIOR, fill


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


def build(draft: Draft) -> Cv:
    """The facts of one resume. Raises Redraw where dates or filler contradict the plan."""
    posting, rng, world = draft.posting, draft.rng("cv"), World(draft.split)
    own = _own_world(draft)
    stints = [] if posting.skills_only else _stints(draft, own)
    schools, show = ([], False) if posting.skills_only else _schools(draft, own, world)
    title = stints[0].title if stints else own.title
    cv = Cv(world.person(rng), title, [], [], stints, schools, [], [], [], draft.style, draft.words, show)
    for stint in stints:
        place = draft.rng(f"at {stint.key}")
        stint.company = world.company(place, (stint.profession or place.choice(professions(draft.split))).employers)
        stint.city = place.choice(world.cities)
    _graduate(draft, cv)
    _evidence(draft, cv)
    _fill(draft, cv, own)
    _headline(draft, cv)
    draft.rng("shuffle").shuffle(cv.listed)
    for stint in stints:
        draft.rng(f"order {stint.key}").shuffle(stint.bullets)
    return cv


def _own_world(draft: Draft) -> Profession:
    """The candidate's own profession: the job's, unless next to nothing of the job is met."""
    home = draft.posting.profession
    marks = [MARKS[a.kind][o] for a, o in zip(draft.posting.asks, draft.outcomes, strict=True)]
    has_role = any(
        m for a, m in zip(draft.posting.asks, marks, strict=True) if a.kind == "experience" and a.home is home
    )
    if has_role or sum(marks) > 0.5 * len(marks):
        return home
    rng = draft.rng("own")
    near = [p for p in professions(draft.split) if p is not home and p.sector == home.sector]
    far = [p for p in professions(draft.split) if p.sector != home.sector]
    taken = {t for a in draft.posting.asks if a.kind == "experience" for t in (*a.titles, *a.near)}
    options = [p for p in (near if near and rng.random() < 0.3 else far) if not taken & set(p.titles)]
    return rng.choice(options or [home])


# --- jobs held -------------------------------------------------------------------------------------------------------


def _stints(draft: Draft, own: Profession) -> list[Stint]:
    asks = [
        (i, a, o)
        for i, (a, o) in enumerate(zip(draft.posting.asks, draft.outcomes, strict=True))
        if a.kind == "experience"
    ]
    stints: list[Stint] = []
    for i, ask, outcome in asks:
        stints += _stints_for(draft, i, ask, outcome)
    stints += _other_stints(draft, own, stints, [a for _, a, _ in asks])
    if draft.rng("order").random() < 0.5:
        draft.rng("order2").shuffle(stints)
    by_year = draft.style in YEAR_STYLES
    rng = draft.rng("overlap")
    for stint in stints[1:]:
        if rng.random() < 0.07:
            stint.overlap = 12 if by_year else rng.randrange(2, 14)
    schedule(draft.rng("dates"), stints, draft.style, draft.rng("employed").random() < 0.68)
    if stints and min(s.start for s in stints) < 1972 * 12:
        raise Redraw
    for _, ask, outcome in asks:
        _check_years(draft, stints, ask, outcome)
    return stints


def _stints_for(draft: Draft, index: int, ask: Ask, outcome: str) -> list[Stint]:
    rng = draft.rng(f"stint {index}")
    by_year = draft.style in YEAR_STYLES
    named = ask.titles[0] if ask.is_field else ask.text
    need = int(12 * (ask.years or 1))
    if outcome == "absent":
        return []
    if outcome in ("short", "far short"):
        low_share, high_share = (0.62, 0.93) if outcome == "short" else (0.12, 0.55)
        months = rng.randrange(int(need * low_share) + 1, max(int(need * high_share) + 1, int(need * low_share) + 2))
        if by_year:
            whole = [y for y in range(1, 12) if low_share - 0.02 <= 12 * y / need <= high_share]
            months = 12 * rng.choice(whole) if whole else months
            if not whole and draft.style != "worded":
                raise Redraw
        title = named if rng.random() < 0.75 else rng.choice(ask.titles)
        if outcome == "short" and draft.style != "worded" and rng.random() < 0.15:
            inner = max(12, months // 24 * 12) if by_year else months // 2
            twice = Stint(rng.choice(ask.titles), inner, ask.home, key=f"{index}b", overlap=months)
            return [Stint(title, months, ask.home, key=f"{index}a"), twice]
        return [Stint(title, months, ask.home, key=f"{index}a")]
    extra = rng.choice((0, 0, 0, 1, 1, 2, 3, 5)) * 12 if by_year else rng.randrange(2, 60)
    months = need + extra
    title = named
    if outcome == "adjacent":
        title = f"{rng.choice(JUNIOR[:2])} {named}" if ask.home and rng.random() < 0.25 else rng.choice(ask.near)
    elif outcome == "equivalent":
        title = rng.choice([t for t in ask.titles if t != ask.text] or ask.titles)
    elif rng.random() < 0.12 and ask.home:
        title = f"{rng.choice(SENIOR)} {named}"
    if outcome != "split":
        return [Stint(title, months, ask.home, key=f"{index}a")]
    first = rng.randrange(12, max(13, months - 11), 12 if by_year else 1)
    second = named if rng.random() < 0.5 else rng.choice(ask.titles)
    return [
        Stint(title, first, ask.home, key=f"{index}a"),
        Stint(second, max(6, months - first), ask.home, key=f"{index}b"),
    ]


def _other_stints(draft: Draft, own: Profession, have: list[Stint], asks: list[Ask]) -> list[Stint]:
    """Jobs that no requirement asks about; they make careers long and, where nothing else is there, a career at all."""
    rng = draft.rng("others")
    taken = {t for a in asks for t in (*a.titles, *a.near)}
    wanted = rng.choices((0, 1, 2, 3), (38, 36, 19, 7))[0]
    wanted = max(wanted, rng.randrange(1, 4) if not have else 0)
    out: list[Stint] = []
    for n in range(wanted):
        x = rng.random()
        if x < 0.45:
            title, home = rng.choice(own.far), None
        elif x < 0.65 and not taken & set(own.titles):
            title, home = rng.choice(own.titles), own
        else:
            home = rng.choice(professions(draft.split))
            title = rng.choice(home.titles)
        if title not in taken and all(title != s.title for s in (*have, *out)):
            months = rng.randrange(1, 8) * 12 if draft.style in YEAR_STYLES else rng.randrange(5, 84)
            out.append(Stint(title, months, home, key=f"other {n}"))
    return out


def _check_years(draft: Draft, stints: list[Stint], ask: Ask, outcome: str) -> None:
    least, most = (mark_of_years(draft.style, stints, ask, which) for which in (0, 1))
    if least != MARKS["experience"][outcome] or most != least:
        raise Redraw


def mark_of_years(style: str, stints: list[Stint], ask: Ask, which: int) -> int:
    """The rule for experience: met at N years, partly at 60 % of N or with enough years in adjacent roles."""
    same = years_of(stints, ask.held, style)[which]
    near = years_of(stints, lambda t: ask.held(t) or ask.adjacent(t), style)[which]
    if ask.years is None:
        return 2 if same > 0 else 1 if near > 0 else 0
    if same >= ask.years:
        return 2
    return 1 if same >= 0.6 * ask.years or near >= ask.years else 0


# --- schools ---------------------------------------------------------------------------------------------------------


def _schools(draft: Draft, own: Profession, world: World) -> tuple[list[School], bool]:
    rng = draft.rng("schools")
    pair = next(
        ((a, o) for a, o in zip(draft.posting.asks, draft.outcomes, strict=True) if a.kind == "education"), None
    )
    if pair is None:
        level = max(1, own.level + rng.choice((-2, -1, 0, 0, 0, 0, 1 if own.level < 5 else 0)))
        out = [_school(rng, world, level, rng.choice(own.studies), True)]
        return out, rng.random() < 0.9
    ask, outcome = pair
    level, studies = ask.level, ask.home.studies
    if outcome == "absent":
        return [], False
    if outcome == "other field":
        other = _other_studies(rng, draft.split, ask)
        out = [_school(rng, world, min(6, level + int(rng.random() < 0.15)), other, False)]
    elif outcome == "too low":
        out = [_school(rng, world, rng.randrange(1, level - 1), rng.choice(studies), True)]
    elif outcome == "in progress":
        out = [_school(rng, world, level - 1, rng.choice(studies), True)]
        going = _school(rng, world, level, rng.choice(studies), True)
        going.year, going.note = 2027, rng.choice(("in progress", "expected 2027", "not yet completed", "ongoing"))
        out.insert(0, going)
    elif outcome == "lower":
        out = [_school(rng, world, level - 1, rng.choice(studies), True)]
    else:
        top = min(6, level + rng.choice((1, 1, 2))) if outcome == "higher" else level
        out = [_school(rng, world, top, rng.choice(studies), True)]
        if top > 4 and rng.random() < 0.6:
            out.append(_school(rng, world, 4, rng.choice(studies), True))
            out[-1].year = out[0].year - 2
    if out[-1].level > 1 and rng.random() < 0.2:
        out.append(_school(rng, world, 1, "", True))
        out[-1].year = out[0].year - 5
    return out, True


def _graduate(draft: Draft, cv: Cv) -> None:
    """Moves the years of study to before or near the first job, mostly."""
    rng = draft.rng("graduate")
    done = [s for s in cv.schools if not s.note]
    if cv.stints and done and rng.random() < 0.8:
        first = min(s.start for s in cv.stints) // 12 if cv.style != "worded" else rng.randrange(1998, 2018)
        shift = min(2025, first + rng.choice((-2, -1, -1, 0, 0, 0, 1, 3))) - done[0].year
        for school in done:
            school.year += shift


def _school(rng: Random, world: World, level: int, study: str, related: bool) -> School:
    degree = rng.choice(DEGREES[level]).format(f=study)
    return School(degree, level, world.school(rng, level), rng.randrange(1996, 2024), related)


def _other_studies(rng: Random, split: str, ask: Ask) -> str:
    own = frozenset().union(*(stems(s) for s in ask.home.studies))
    fields = [s for p in professions(split) if p.sector != ask.home.sector for s in p.studies]
    return rng.choice([s for s in fields if not stems(s) & own] or ["Philosophy"])


# --- evidence --------------------------------------------------------------------------------------------------------


def _evidence(draft: Draft, cv: Cv) -> None:
    """Places the evidence of each skill where the plan wants it, and records the reason for each mark."""
    for i, (ask, outcome) in enumerate(zip(draft.posting.asks, draft.outcomes, strict=True)):
        if ask.kind != "skill":
            cv.whys.append(_why_role(draft, cv, ask, outcome))
            cv.proofs.append("")
            continue
        rng = draft.rng(f"skill {i}")
        skill = rng.choice(ask.skills)
        before = Counter(cv.lines())
        cv.whys.append(_place_skill(rng, draft, cv, ask, skill, outcome))
        cv.proofs.append(" / ".join(Counter(cv.lines()) - before))


def _place_skill(rng: Random, draft: Draft, cv: Cv, ask: Ask, skill: Skill, outcome: str) -> str:
    words = draft.words
    asked = ask.text if len(ask.skills) == 1 else next((n for n in skill.names if n in ask.text), skill.name)
    if outcome == "absent":
        return "absent"
    if outcome == "negated":
        cv.notes.append(cap(fill(rng, rng.choice(words.negated), x=asked)))
        return "negated"
    if outcome == "paraphrase":
        _bullet(rng, draft, cv, ask, skill, rng.choice(skill.lines))
        return "paraphrase"
    if outcome == "weak":
        if rng.random() < 0.5 or draft.posting.skills_only:
            cv.listed.append(cap(fill(rng, rng.choice(words.weak_listed), x=asked)))
        else:
            cv.notes.append(cap(fill(rng, rng.choice(words.weak), x=asked)))
        return "weak: beginner"
    if outcome in ("sibling", "lookalike"):
        name = rng.choice(skill.siblings if outcome == "sibling" else skill.decoys)
        if rng.random() < 0.6 or draft.posting.skills_only:
            cv.listed.append(cap(name))
        else:
            _bullet(rng, draft, cv, ask, skill, fill(rng, rng.choice(words.sibling), x=name))
        return "near-miss: sibling skill" if outcome == "sibling" else "lookalike: shares a word only"
    name = asked
    if outcome == "alias":
        name = rng.choice([n for n in skill.names if n != asked] or [asked])
    channel = rng.random()
    if channel < 0.62 or draft.posting.skills_only or draft.stuffed:
        shape = rng.choice(words.listed) if len(name.split()) < 4 else "{x}"
        cv.listed.append(cap(fill(rng, shape, x=name)))
    if channel >= 0.45 and not draft.posting.skills_only and not draft.stuffed:
        table = (
            words.soft_mention if skill.soft and not skill.tool else words.tool_mention if skill.tool else words.mention
        )
        line = fill(rng, rng.choice(table), x=name) + fill(rng, rng.choice(words.tail))
        _bullet(rng, draft, cv, ask, skill, line)
    return outcome


_DEED = re.compile(r"(ing|tion|ment|sis|ance|ery|care|control|support|administration|ests?|checks|visits|reviews)$")


def _mentions(words: Phrases, skill: Skill, name: str) -> tuple[str, ...]:
    """Templates that name a skill; "carried out" and the like only go with deeds."""
    if skill.soft and not skill.tool:
        return words.soft_mention
    if skill.tool:
        return words.tool_mention
    if _DEED.search(name.split(" of ")[0]):
        return words.mention
    return tuple(
        t
        for t in words.mention
        if not t.startswith(("Performed", "Carried", "Delivered", "Handled", "Took", "Oversaw"))
    )


def _bullet(rng: Random, draft: Draft, cv: Cv, ask: Ask, skill: Skill, line: str) -> None:
    """Adds a line to a job that suits the skill, else to the profile."""
    home = draft.posting.profession
    fitting = [s for s in cv.stints if skill.soft or s.profession is home or s.title in home.near]
    stints = fitting or cv.stints
    if stints and rng.random() < 0.93:
        rng.choice(stints).bullets.append(cap(line))
    else:
        cv.notes.append(cap(line))


def _why_role(draft: Draft, cv: Cv, ask: Ask, outcome: str) -> str:
    if ask.kind == "education":
        return {"lower": "one level lower", "higher": "higher degree"}.get(outcome, outcome)
    if outcome in ("short", "far short"):
        has = years_of(cv.stints, ask.held, cv.style)[0]
        return f"years {'' if outcome == 'short' else 'far '}short {has:.1f} of {ask.years:g}"
    return {"enough": "years reached", "equivalent": "equivalent title", "split": "years summed over jobs",
            "adjacent": "adjacent role"}.get(outcome, outcome)  # fmt: skip


# --- noise -----------------------------------------------------------------------------------------------------------


class _Filter:
    """Says which text must stay out, since it would make a requirement met that the plan leaves unmet."""

    def __init__(self, draft: Draft) -> None:
        self.asked = [s for a in draft.posting.asks for s in a.skills]
        self.open = [
            s for a, o in zip(draft.posting.asks, draft.outcomes, strict=True)
            if a.kind == "skill" and o not in ("literal", "alias") for s in a.skills
        ]  # fmt: skip
        self.topics = frozenset().union(*(topic(s) for s in self.open)) if self.open else frozenset()

    def allows(self, skill: Skill) -> bool:
        return not any(skill == s or clash(skill, s) or clash(s, skill) for s in self.asked)

    def allows_text(self, text: str) -> bool:
        return not any(pattern(name).search(text) for s in self.open for name in s.names)


def _fill(draft: Draft, cv: Cv, own: Profession) -> None:
    """Skills, bullets, certificates and interests that nobody asked for."""
    guard = _Filter(draft)
    rng = draft.rng("filler")
    spare = [s for s in own.skills if guard.allows(s)]
    soft = [s for s in soft_skills(draft.split) if guard.allows(s)]
    count = rng.randrange(2, 6) if draft.posting.skills_only else round(draft.size * rng.randrange(1, 8))
    if draft.stuffed:
        count += 6
    picked = rng.sample(spare, min(len(spare), (count + 1) // 2)) + rng.sample(soft, min(len(soft), count // 2))
    for skill in picked:
        name = rng.choice(skill.names)
        if guard.allows_text(name):
            cv.listed.append(cap(name))
    for stint in cv.stints:
        _fill_stint(draft, cv, stint, guard, soft)
    if rng.random() < 0.4 and not draft.posting.skills_only:
        cv.certs = [c for c in rng.sample(own.certs, min(len(own.certs), rng.randrange(1, 3))) if guard.allows_text(c)
                    and not stems(c) & guard.topics]  # fmt: skip


def _fill_stint(draft: Draft, cv: Cv, stint: Stint, guard: _Filter, soft: list[Skill]) -> None:
    rng = draft.rng(f"fill {stint.key}")
    home = stint.profession
    own = [s for s in (home.skills if home else ()) if guard.allows(s)]
    want = max(0, round(draft.size * rng.choice((1, 2, 2, 3, 3, 4, 5)))) - len(stint.bullets) // 3
    want = 0 if draft.stuffed else want
    noise = _noise(draft)
    for _ in range(want):
        if rng.random() < (0.12 if own else 0.5):
            line = rng.choice(noise.duties)
            if not any(line in s.bullets for s in cv.stints):
                stint.bullets.append(line)
            continue
        skill = rng.choice(own) if own and rng.random() < 0.8 else rng.choice(soft)
        if skill.soft or rng.random() < 0.7:
            line = rng.choice(skill.lines)
        else:
            line = fill(rng, rng.choice(_mentions(draft.words, skill, skill.name)), x=skill.name)
        line = cap(line)
        if guard.allows_text(line) and not any(line in s.bullets for s in cv.stints):
            stint.bullets.append(line)


def _headline(draft: Draft, cv: Cv) -> None:
    rng = draft.rng("headline")
    if rng.random() < 0.65 and cv.stints:
        line = rng.choice(draft.words.summary)
        title = cv.title
        small = title if title.isupper() else low_title(title)
        cv.summary.append(line.format(Title=cap(small), title=small, atitle=article(small)))
    traits = _noise(draft).traits
    cv.summary += rng.sample(traits, rng.choices((0, 1, 2, 3), (45, 30, 15, 10))[0] if cv.stints else 0)
    if not draft.posting.skills_only:
        cv.extras = draw_extras(rng, _noise(draft), draft.size)


def _noise(draft: Draft) -> Noise:
    return TEST_NOISE if draft.split == "test" else TRAIN_NOISE


def low_title(title: str) -> str:
    """A job title inside a sentence: capitals go, acronyms stay."""
    return " ".join(w if w.isupper() or not w[1:].islower() else w.lower() for w in title.split())
