"""Reading order and completeness on fifty generated layouts, and on thirty that are harder to tell from tables."""

import re
from statistics import mean

import pytest
from documents_layouts import HARD, all_layouts, kendall_tau

from model.documents.formats import read_bytes
from model.documents.limits import Limits

LAYOUTS = list(all_layouts())
HARD_LAYOUTS = list(all_layouts(HARD))


def measure(pdf: bytes, truth: list[str]) -> tuple[float, float]:
    """(Kendall tau of word order, word recall) of one document."""
    places = {word: i for i, word in enumerate(truth)}
    text = read_bytes(pdf, "layout.pdf", "", Limits()).text
    found = [places[w] for w in re.findall(r"[a-z]+", text) if w in places]
    return kendall_tau(found), len(set(found)) / len(places)


@pytest.mark.parametrize("layouts", [LAYOUTS, HARD_LAYOUTS], ids=["fifty", "hard"])
def test_layouts_are_read_in_order_and_in_full(layouts, capsys):
    figures = {name: measure(pdf, truth) for name, pdf, truth in layouts}
    taus, recalls = zip(*figures.values(), strict=True)
    worst = min(figures, key=lambda name: figures[name][0])
    with capsys.disabled():
        print(
            f"\n{len(figures)} layouts: Kendall tau mean {mean(taus):.4f}, least {min(taus):.4f} ({worst}); "
            f"word recall mean {mean(recalls):.4f}, least {min(recalls):.4f}"
        )
    assert mean(taus) >= 0.98
    assert min(taus) >= 0.95
    assert min(recalls) >= 0.99


@pytest.mark.parametrize("design", ["two_columns-by_rows", "left_sidebar-shuffled", "table-backwards"])
def test_blocks_are_places_in_the_text(design):
    pdf = next(pdf for name, pdf, _ in LAYOUTS if name == design)
    document = read_bytes(pdf, "layout.pdf", "", Limits())
    assert document.blocks
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        left, top, right, bottom = block.box
        assert 0 <= left < right <= 596 and 0 <= top < bottom <= 843
