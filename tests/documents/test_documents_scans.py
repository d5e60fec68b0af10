"""Scans: read by OCR where tesseract is there, refused in words where it is not."""

import io
import shutil

import pytest
from documents_honest import picture_of
from documents_tricks import HIDDEN, VISIBLE, font_that_spells_other_words, text
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from model.documents import Limits, read
from model.documents.formats import read_bytes
from model.errors import DocumentError

ocr = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="tesseract is not installed (apt-get install tesseract-ocr)"
)


def scan(layer: str = "") -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    sheet.drawImage(ImageReader(picture_of(VISIBLE)), 0, 0, 595, 842)
    if layer:
        text(sheet, layer, mode=3)
    sheet.save()
    return out.getvalue()


def test_a_scan_without_ocr_is_unreadable_and_says_what_to_install():
    with pytest.raises(DocumentError, match="tesseract") as caught:
        read_bytes(scan(), "scan.pdf", "", Limits(ocr_pages=0))
    assert (caught.value.outcome, caught.value.code) == ("unreadable", "scan")


def test_a_scan_whose_text_layer_nobody_sees_is_unreadable_without_ocr():
    with pytest.raises(DocumentError) as caught:
        read_bytes(scan(" ".join(VISIBLE)), "scan.pdf", "", Limits(ocr_pages=0))
    assert caught.value.code == "scan"


@ocr
@pytest.mark.slow
def test_a_scan_is_read_by_ocr_with_a_note_and_a_flag(tmp_path, capsys):
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(HIDDEN + " and six more words nobody sees"))
    notes = []
    result = read(path, progress=lambda name, note: notes.append((name, note)))
    document = result.document
    expected = " ".join(VISIBLE).replace(",", "").split()
    found = set(document.text.replace(",", "").split())
    with capsys.disabled():
        print(f"\nOCR of a scan: {sum(w in found for w in expected)} of {len(expected)} words")
    assert sum(w in found for w in expected) >= 0.9 * len(expected)
    assert {"ocr", "hidden_text"} <= {f.code for f in document.flags}
    assert not set(HIDDEN.split()) & found
    assert notes == [("scan.pdf", "Recognising the text of page 1")]


@ocr
@pytest.mark.slow
def test_ocr_unmasks_a_font_that_spells_other_words(tmp_path):
    path = tmp_path / "font.pdf"
    path.write_bytes(font_that_spells_other_words())
    document = read(path).document
    assert not set(HIDDEN.split()) & set(document.text.split())
    assert "hidden_text" in {f.code for f in document.flags}


def test_a_photo_or_an_empty_page_is_unreadable():
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.showPage()
    sheet.save()
    with pytest.raises(DocumentError) as caught:
        read_bytes(out.getvalue(), "empty.pdf", "", Limits())
    assert (caught.value.outcome, caught.value.code) == ("unreadable", "low_text")
