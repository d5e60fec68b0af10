"""Turns a plan into the facts of a resume."""

from __future__ import annotations

from training.corpus.cv import Cv, Draft, low_title, noise_of
from training.corpus.evidence import place_evidence
from training.corpus.history import graduate, schools_of, stints_of
from training.corpus.noise import draw_extras
from training.corpus.padding import fill_up
from training.corpus.people import World
from training.corpus.plan import MARKS
from training.corpus.tables import Profession, professions
from training.corpus.text import article, cap


def build(draft: Draft) -> Cv:
    """The facts of one resume. Raises Redraw where dates or filler contradict the plan."""
    posting, rng, world = draft.posting, draft.rng("cv"), World(draft.split)
    own = _own_world(draft)
    stints = [] if posting.skills_only else stints_of(draft, own)
    schools, show = ([], False) if posting.skills_only else schools_of(draft, own, world)
    title = stints[0].title if stints else own.title
    cv = Cv(world.person(rng), title, [], [], stints, schools, [], [], [], draft.style, draft.words, show)
    for stint in stints:
        place = draft.rng(f"at {stint.key}")
        stint.company = world.company(place, (stint.profession or place.choice(professions(draft.split))).employers)
        stint.city = place.choice(world.cities)
    graduate(draft, cv)
    place_evidence(draft, cv)
    fill_up(draft, cv, own)
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


def _headline(draft: Draft, cv: Cv) -> None:
    rng = draft.rng("headline")
    if rng.random() < 0.65 and cv.stints:
        line = rng.choice(draft.words.summary)
        title = cv.title
        small = title if title.isupper() else low_title(title)
        cv.summary.append(line.format(Title=cap(small), title=small, atitle=article(small)))
    traits = noise_of(draft).traits
    cv.summary += rng.sample(traits, rng.choices((0, 1, 2, 3), (45, 30, 15, 10))[0] if cv.stints else 0)
    if not draft.posting.skills_only:
        cv.extras = draw_extras(rng, noise_of(draft), draft.size)
