"""Hidden text stays out and is flagged; honest designs lose nothing."""

import re
from functools import cache

import pytest
from documents_honest import HONEST
from documents_tricks import HIDDEN, VISIBLE, page
from documents_tricks_drawn import PDF_TRICKS
from documents_word import DOCX_TRICKS

from model.documents.formats import read_bytes
from model.documents.limits import Limits

UNFLAGGED = {  # never shown as text by any reader
    "metadata", "properties", "header_of_even_pages_that_is_not_used", "choice_that_word_does_not_know",
}  # fmt: skip
TRICKS = [(name, make, ".pdf") for name, make in PDF_TRICKS.items()]
TRICKS += [(name, make, ".docx") for name, make in DOCX_TRICKS.items()]


@cache
def read_of(make, suffix):
    return read_bytes(make(), f"resume{suffix}", "", Limits(ocr_pages=0))


@cache
def honest(name):
    data, suffix, expected = HONEST[name]()
    return read_bytes(data, f"resume{suffix}", "", Limits(ocr_pages=0)), expected


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize(("name", "make", "suffix"), TRICKS, ids=[f"{s[1:]}-{n}" for n, _, s in TRICKS])
def test_hidden_words_never_reach_the_text(name, make, suffix):
    document = read_of(make, suffix)
    found = set(words(document.text))
    assert not found & set(words(HIDDEN))
    assert set(words(" ".join(VISIBLE))) <= found
    if name not in UNFLAGGED:
        flag = next(f for f in document.flags if f.code == "hidden_text")
        assert set(words(HIDDEN)) <= set(words(flag.detail)), "the recruiter must see what was hidden"


@pytest.mark.parametrize("name", HONEST)
def test_honest_designs_lose_nothing(name):
    document, expected = honest(name)
    assert not [w for w in words(expected) if w not in words(document.text)]
    assert not [f for f in document.flags if f.code == "hidden_text"]


def test_hidden_letters_do_not_hide_behind_a_word_that_is_seen():
    def draw(sheet) -> None:
        sheet.setFont("Helvetica", 11)
        sheet.drawString(50, 400, "JavaPython")
        sheet.setFillColorRGB(1, 1, 1)
        sheet.drawString(50 + sheet.stringWidth("JavaPython", "Helvetica", 11), 400, "Script")

    document = read_bytes(page(draw), "resume.pdf", "", Limits(ocr_pages=0))
    assert "javapython" in words(document.text)
    assert next(f for f in document.flags if f.code == "hidden_text").detail == "Script"


def test_figures_of_hiding(capsys):
    leaked = lost = 0
    for _, make, suffix in TRICKS:
        found = set(words(read_of(make, suffix).text))
        leaked += len(found & set(words(HIDDEN)))
    for name in HONEST:
        document, expected = honest(name)
        found = set(words(document.text))
        lost += len(set(words(expected)) - found)
    with capsys.disabled():
        print(
            f"\n{len(PDF_TRICKS)} PDF and {len(DOCX_TRICKS)} DOCX tricks: {leaked} hidden words in the text; "
            f"{len(HONEST)} honest designs: {lost} visible words lost"
        )
    assert leaked == lost == 0
