"""Draws samples: job, candidate, twin; checks that what was written is what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from model.rubric import expected
from training.corpus import (
    job_layouts,
    job_layouts_test,
    phrases,
    phrases_test,
    resume_layouts_test,
    resume_layouts_wild,
)
from training.corpus.asks import Posting, draw_posting
from training.corpus.build import build
from training.corpus.cv import Draft, Redraw
from training.corpus.filler import TEST as TEST_FILLER
from training.corpus.filler import TRAIN as TRAIN_FILLER
from training.corpus.people import World
from training.corpus.plan import Outcomes, draw_coverage, draw_plan, is_grey, lose, marks, requirements
from training.corpus.posts import make_post
from training.corpus.sample import Sample, TruthItem
from training.corpus.text import pattern, tidy, typo, unmark

SPLITS = ("train", "validation", "test")
SKILLS_ONLY_SHARE, TWIN_SHARE, GREY_SHARE = 0.14, 0.25, 0.18
DATE_STYLES = (("month", 46), ("year", 34), ("worded", 13), ("since_year", 7))


def generate(n: int, seed: int = 0, split: str = "train") -> Iterator[Sample]:
    """`n` samples, half SELECTED, half REJECTED; the same for the same arguments.

    Raises ValueError for an unknown split or a negative `n`.
    """
    if split not in SPLITS:
        raise ValueError(f"unknown split {split!r}: choose one of {', '.join(SPLITS)}")
    if n < 0:
        raise ValueError(f"the number of samples must not be negative, got {n}")
    made = chosen = case = 0
    while made < n:
        batch = _case(f"{seed}/{split}/{case}", f"{split[:2]}{seed}-{case:06d}", split, 2 * chosen <= made, n - made)
        case += 1
        for sample in batch:
            made += 1
            chosen += sample.label
            yield sample


def _case(seed: str, name: str, split: str, want: bool, room: int) -> list[Sample]:
    """One sample or a pair of twins."""
    for attempt in range(50):
        rng = Random(f"{seed}/{attempt}")
        posting = draw_posting(rng, split, rng.random() < SKILLS_ONLY_SHARE)
        try:
            batch = _try_case(rng, f"{seed}/{attempt}", name, split, posting, want, room)
        except Redraw:
            continue
        if batch:
            return batch
    raise RuntimeError(f"no consistent sample after 50 tries for {name}: a table of the corpus contradicts itself")


def _try_case(
    rng: Random, seed: str, name: str, split: str, posting: Posting, want: bool, room: int
) -> list[Sample] | None:
    job, spans, job_tags = _job(rng, posting, split)
    twin = room > 1 and not posting.skills_only and rng.random() < TWIN_SHARE
    if posting.skills_only:
        plan: Outcomes | None = draw_coverage(rng, posting.asks)
        label = expected(requirements(posting.asks), marks(posting.asks, plan)).status == "SELECTED"
        if label != want and rng.random() < 0.7:
            return None
    else:
        grey = not twin and rng.random() < GREY_SHARE
        plan = draw_plan(rng, posting.asks, 1 if twin else int(want), grey)
    if plan is None:
        return None
    if not twin:
        return [_sample(rng, seed, name, split, posting, plan, job, spans, job_tags)]
    lost = lose(rng, posting.asks, plan)
    if lost is None:
        return None
    close = rng.random() < 0.6
    style = Random(f"{seed}/style").getstate()
    pair = []
    for end, outcomes in (("1", plan), ("0", lost)):
        own = Random(f"{seed}/{'same' if close else end}")
        if close:
            own.setstate(style)
        tags = (*job_tags, "twin", "close_twin" if close else "far_twin")
        pair.append(
            _sample(
                own, f"{seed}/{'same' if close else end}", f"{name}-{end}", split, posting, outcomes, job, spans, tags
            )
        )
    return pair if rng.random() < 0.5 else pair[::-1]


def _job(rng: Random, posting: Posting, split: str) -> tuple[str, dict[int, tuple[int, int]], tuple[str, ...]]:
    words, filler, layouts = _pool(split)[:3]
    post = make_post(rng, posting, words, filler, World(split))
    name = _choose(
        rng, layouts if not posting.skills_only else {k: v for k, v in layouts.items() if k in _LIST_LIKE} or layouts
    )
    text = layouts[name][0](rng, post)
    if rng.random() < 0.12:
        text = typo(rng, text, 0.01)
    job, spans = unmark(tidy(text))
    if len(spans) != len(posting.asks):
        raise RuntimeError(f"job layout {name} lost a requirement")
    return job, spans, (f"job:{name}", *(("skills_only",) if posting.skills_only else ()))


_LIST_LIKE = {"skill_list", "markdown", "keyed", "startup", *job_layouts_test.LIST_LIKE}


def _pool(split: str) -> tuple:
    """Phrases, filler, job layouts, resume layouts and skills-only layouts of a split."""
    if split == "test":
        jobs, resumes = job_layouts_test.LAYOUTS, resume_layouts_test
        return phrases_test.TEST, TEST_FILLER, jobs, resumes.LAYOUTS, resumes.SKILLS_ONLY
    jobs, resumes = job_layouts.LAYOUTS, resume_layouts_wild
    return phrases.TRAIN, TRAIN_FILLER, jobs, resumes.LAYOUTS, resumes.SKILLS_ONLY


def _choose(rng: Random, table: dict) -> str:
    return rng.choices(list(table), [weight for _, weight in table.values()])[0]


def _sample(rng: Random, seed: str, name: str, split: str, posting: Posting, plan: Outcomes, job: str,
            spans: dict[int, tuple[int, int]], tags: tuple[str, ...]) -> Sample:  # fmt: skip
    """Writes the resume for a plan and puts both together with the truth."""
    words, _, _, layouts, only_skills = _pool(split)
    table = only_skills if posting.skills_only else layouts
    layout = _choose(rng, table)
    style = rng.choices([s for s, _ in DATE_STYLES], [w for _, w in DATE_STYLES])[0]
    size = rng.choices((0.4, 1.0, 1.6, 2.4, 3.4, 5.0), (14, 22, 24, 20, 13, 7))[0]
    size = max(size, 3.4) if layout == "long_messy" else size
    stuffed = rng.random() < 0.06
    shake = rng.random() < 0.15
    for attempt in range(12):
        draft = Draft(posting, plan, split, f"{seed}/{attempt}", words, style, size, stuffed)
        try:
            cv = build(draft)
        except Redraw:
            continue
        text = tidy(table[layout][0](draft.rng("layout"), cv))
        if shake:
            text = typo(draft.rng("typo"), text, 0.012)
        if _silent(posting, plan, text):
            break
    else:
        raise Redraw
    marks_now = marks(posting.asks, plan)
    verdict = expected(requirements(posting.asks), marks_now)
    truth = tuple(
        TruthItem(job[slice(*spans[i])], a.kind, a.must, a.years, a.level, *spans[i], m, why, a.any_of, proof)
        for i, (a, m, why, proof) in enumerate(zip(posting.asks, marks_now, cv.whys, cv.proofs, strict=True))
    )
    grey = is_grey(posting.asks, marks_now, verdict)
    tags = (
        *tags,
        f"resume:{layout}",
        f"dates:{style}",
        *(("grey",) if grey else ()),
        *(("stuffed",) if stuffed else ()),
    )
    return Sample(
        name, job, text, truth, int(verdict.status == "SELECTED"), verdict.score, grey, posting.profession.title, tags
    )


def _silent(posting: Posting, plan: Outcomes, text: str) -> bool:
    """Whether skills that the plan calls absent, weak, near-miss or paraphrased are not named by accident."""
    return not any(
        pattern(name).search(text)
        for a, o in zip(posting.asks, plan, strict=True) if a.kind == "skill" and o in ("absent", "sibling",
        "paraphrase")
        for s in a.skills for name in s.names
    )  # fmt: skip
