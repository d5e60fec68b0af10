"""What a candidate has done: jobs held and degrees earned, as the plan wants them."""

from __future__ import annotations

from random import Random

from training.corpus.asks import Ask
from training.corpus.career import YEAR_STYLES, Stint, schedule, years_of
from training.corpus.cv import Cv, Draft, Redraw, School
from training.corpus.people import World
from training.corpus.plan import MARKS
from training.corpus.tables import Profession, professions
from training.corpus.text import stems
from training.corpus.words import DEGREES, JUNIOR, SENIOR


def stints_of(draft: Draft, own: Profession) -> list[Stint]:
    """The jobs held, placed in time. Raises Redraw where the dates contradict the plan."""
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


def schools_of(draft: Draft, own: Profession, world: World) -> tuple[list[School], bool]:
    """The degrees, and whether the resume shows them."""
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


def graduate(draft: Draft, cv: Cv) -> None:
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
