"""Recall and precision of the requirements read from our own messy posts, tuned on and held out."""

from __future__ import annotations

import pytest

from model.brief.job import parse_job
from tests.brief.job_posts import Post
from tests.brief.job_posts_held_out import HELD_OUT
from tests.brief.job_posts_more import TUNED
from tests.brief.job_score import Tally, compare

# (posts, least recall, least precision, least share of right musts); the held-out floors lie below what was measured.
SETS = (
    ("tuned", TUNED, 0.97, 0.95, 0.98),
    ("held out", HELD_OUT, 0.85, 0.82, 0.95),
)


@pytest.mark.parametrize(("name", "posts", "recall", "precision", "musts"), SETS, ids=[row[0] for row in SETS])
def test_requirements_of_posts(name: str, posts: tuple[Post, ...], recall: float, precision: float, musts: float):
    total = Tally(0, 0, 0, 0)
    for post in posts:
        total += compare(parse_job(post.text), post.expected)[0]
    right = total.musts / total.matched
    print(f"{name}: recall {total.recall:.3f}, precision {total.precision:.3f}, right musts {right:.3f}, {total}")
    assert total.recall >= recall and total.precision >= precision and right >= musts


@pytest.mark.parametrize("post", TUNED, ids=lambda post: post.name)
def test_warnings_of_posts(post: Post):
    warnings = " ".join(parse_job(post.text).warnings).casefold()
    for quoted in post.warnings:
        assert quoted.casefold() in warnings
    assert bool(warnings) == bool(post.warnings)


def test_titles_of_posts():
    right = sum(parse_job(post.text).title.casefold() == post.title.casefold() for post in TUNED + HELD_OUT)
    assert right >= 0.8 * len(TUNED + HELD_OUT)


def test_there_are_enough_posts():
    names = [post.name for post in TUNED + HELD_OUT]
    assert len(TUNED) >= 25 and len(HELD_OUT) >= 15 and len(set(names)) == len(names)
