"""The tables behind the generator: rich enough, well formed, and the held-out pool disjoint from the training pool."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from training.corpus import (
    AS_OF,
    filler,
    job_layouts,
    job_layouts_test,
    noise,
    people,
    resume_layouts_test,
    resume_layouts_wild,
)
from training.corpus.asks import Ask
from training.corpus.career import Stint, schedule, show_dates, years_of
from training.corpus.history import mark_of_years
from training.corpus.tables import parse_skill, professions, soft_skills
from training.corpus.text import article, cap, duty, low, mark, pattern, present, unmark


def test_counts():
    train, test = professions("train"), professions("test")
    assert len(train) >= 43 and len(test) >= 12 and len(train) + len(test) >= 55
    assert len({p.sector for p in train}) >= 15
    assert len(job_layouts.LAYOUTS) >= 12 and len(resume_layouts_wild.LAYOUTS) >= 15
    assert len(job_layouts_test.LAYOUTS) >= 6 and len(resume_layouts_test.LAYOUTS) >= 6
    assert len(soft_skills("train")) >= 40
    assert AS_OF == date(2026, 6, 30)


def test_test_pool_is_disjoint():
    train, test = professions("train"), professions("test")
    assert not {p.title for p in train} & {p.title for p in test}
    assert not {t for p in train for t in p.titles} & {t for p in test for t in p.titles}
    lines = lambda pool: {x for p in pool for s in p.skills for x in s.lines}  # noqa: E731
    assert not lines(train) & lines(test)
    soft = [{x for s in soft_skills(split) for x in s.lines} for split in ("train", "test")]
    assert not soft[0] & soft[1]
    assert not set(job_layouts.LAYOUTS) & set(job_layouts_test.LAYOUTS)
    functions = [{f for f, _ in t.values()} for t in (resume_layouts_wild.LAYOUTS, resume_layouts_test.LAYOUTS)]
    assert not functions[0] & functions[1]
    for name in filler.TRAIN.__dataclass_fields__:
        assert not set(getattr(filler.TRAIN, name)) & set(getattr(filler.TEST, name))
    assert not set(noise.TRAIN.duties) & set(noise.TEST.duties)
    assert not set(people.LAST) & set(people.TEST_LAST) and not set(people.CITIES) & set(people.TEST_CITIES)


@pytest.mark.parametrize("split", ["train", "test"])
def test_skills_are_complete(split):
    for p in professions(split):
        assert len(p.skills) >= 14 and len(p.same) >= 1 and len(p.near) >= 2 and len(p.far) >= 2, p.title
        assert 1 <= p.level <= 6 and p.studies and p.employers and p.fields
        assert not set(p.titles) & {*p.near, *p.far}, p.title
        for s in p.skills:
            assert len(s.lines) >= 2 and s.siblings, (p.title, s.name)


@pytest.mark.parametrize("split", ["train", "test"])
def test_paraphrases_do_not_name_their_skill(split):
    skills = [s for p in professions(split) for s in p.skills] + list(soft_skills(split))
    named = [(s.name, line) for s in skills for line in s.lines for n in s.names if pattern(n).search(line)]
    assert not named


@pytest.mark.parametrize("split", ["train", "test"])
def test_near_misses_are_not_other_names(split):
    for p in professions(split):
        for s in p.skills:
            assert not {x.lower() for x in s.names} & {x.lower() for x in (*s.siblings, *s.decoys)}, (p.title, s.name)


def test_a_skill_line_needs_all_its_cells():
    with pytest.raises(ValueError, match="4 cells"):
        parse_skill("- one | two | three")


def test_years_count_overlaps_once_and_year_ranges_as_difference():
    ask = Ask("experience", "Nurse", years=5, titles=("Nurse", "RN"), near=("Aide",))
    first = Stint("Nurse", 48, None, start=2015 * 12, end=2019 * 12)
    jobs = [first, Stint("RN", 24, None, start=2017 * 12, end=2020 * 12)]
    assert years_of(jobs, ask.held, "year") == (5, 5)
    assert mark_of_years("year", jobs, ask, 0) == 2
    assert mark_of_years("year", jobs[:1], ask, 0) == 1
    assert mark_of_years("year", [Stint("Aide", 60, None, start=2015 * 12, end=2020 * 12)], ask, 0) == 1
    assert mark_of_years("year", [Stint("Clerk", 60, None, start=2015 * 12, end=2020 * 12)], ask, 0) == 0
    assert ask.held("Senior Nurse") and not ask.held("Junior Nurse") and ask.adjacent("Junior Nurse")


def test_schedule_runs_backwards_without_a_future():
    jobs = [Stint("A", 30, None), Stint("B", 25, None), Stint("C", 40, None)]
    schedule(Random(1), jobs, "month", employed=True)
    assert jobs[0].end is None and jobs[1].end <= jobs[0].start and jobs[2].end <= jobs[1].start
    assert jobs[1].end - jobs[1].start == 25
    assert "2" in show_dates(Random(1), jobs[1], "slash")


def test_marks_survive_rearrangement():
    text, spans = unmark(f"b {mark(1, 'two words')} a {mark(0, 'one')}")
    assert text == "b two words a one"
    assert text[slice(*spans[0])] == "one" and text[slice(*spans[1])] == "two words"


def test_words():
    assert article("engineer") == "an engineer" and article("UX Designer") == "a UX Designer"
    assert article("RN") == "an RN"
    assert article("HR Manager") == "an HR Manager" and article("university") == "a university"
    assert present("planned") == "plan" and present("wrote") == "write" and present("scored") == "score"
    assert duty("Led teams and wrote plans") == "Lead teams and write plans"
    assert low("Excel sheets") == "Excel sheets" and low("Wound care") == "wound care" and low("SQL") == "SQL"
    assert cap(mark(3, "wound care")) == mark(3, "Wound care")
