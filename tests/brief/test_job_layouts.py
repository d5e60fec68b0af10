"""Recall and junk of the requirements read from generated posts, layout by layout, so that no layout falls behind.

A written requirement counts as found by the rule of the training data: same kind, place or words, and years. The rules
were developed on the layouts of `train`. Those of `test` were looked at once, for what real posts of the kind have in
common (lettered headings, fields, small ads), so they are no longer proof of how the rules carry over to new layouts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import pytest

from model.brief.job import parse_job
from model.errors import JobError
from training.corpus import generate
from training.dataset import written_for

POSTS = 150


class Count(NamedTuple):
    """Written requirements, those found, parsed ones that nobody wrote, and posts."""

    written: int = 0
    found: int = 0
    junk: int = 0
    posts: int = 0

    def plus(self, *more: int) -> Count:
        return Count(*(one + two for one, two in zip(self, more, strict=True)))

    @property
    def recall(self) -> float:
        return self.found / max(1, self.written)

    @property
    def junk_a_post(self) -> float:
        return self.junk / max(1, self.posts)


def measure(split: str) -> dict[str, Count]:
    """The counts by layout, and of all posts under ""."""
    counts: dict[str, Count] = defaultdict(Count)
    for sample in generate(POSTS, 11, split):
        try:
            parsed = parse_job(sample.job).requirements
        except JobError:
            parsed = ()
        hits = [item for item in (written_for(one, sample.truth) for one in parsed) if item is not None]
        layout = next(tag.removeprefix("job:") for tag in sample.tags if tag.startswith("job:"))
        row = len(sample.truth), len(set(map(id, hits))), len(parsed) - len(hits), 1
        counts[layout], counts[""] = counts[layout].plus(*row), counts[""].plus(*row)
    for layout, count in sorted(counts.items()):
        figures = f"recall {count.recall:.2f}  junk {count.junk_a_post:.2f}  posts {count.posts}"
        print(f"{split} {layout or 'all':14} {figures}")
    return counts


# (split, least recall and most junk a post over all layouts, the same for any one layout)
FLOORS = (("train", 0.97, 0.25, 0.75, 1.0), ("test", 0.94, 0.5, 0.85, 0.8))


@pytest.mark.parametrize(("split", "recall", "junk", "least", "most"), FLOORS, ids=[row[0] for row in FLOORS])
def test_requirements_of_layouts(split: str, recall: float, junk: float, least: float, most: float):
    counts = measure(split)
    assert counts[""].recall >= recall and counts[""].junk_a_post <= junk
    for layout, count in counts.items():
        assert count.recall >= least and count.junk_a_post <= most, layout
