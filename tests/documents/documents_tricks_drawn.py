"""More PDF resumes with hidden text: letters drawn thin, squeezed, sliced, covered or on one another."""

from __future__ import annotations

from documents_tricks import HIDDEN, PDF_TRICKS, edited, into, page, text
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)


@into(PDF_TRICKS)
def white_on_a_thin_line() -> bytes:
    def draw(sheet) -> None:
        sheet.setLineWidth(0.5)
        sheet.line(40, 503, 500, 503)
        sheet.setFillColorRGB(1, 1, 1)
        text(sheet)

    return page(draw)


@into(PDF_TRICKS)
def black_on_a_huge_black_letter() -> bytes:
    def draw(sheet) -> None:
        sheet.setFont("Helvetica-Bold", 700)
        sheet.drawString(60, 100, "I")
        for i, hidden in enumerate(HIDDEN.split()):
            text(sheet, hidden, x=125, y=300 + 12 * i, size=6)

    return page(draw)


@into(PDF_TRICKS)
def squeezed() -> bytes:
    def draw(sheet) -> None:
        run = sheet.beginText(50, 500)
        run.setFont("Helvetica", 11)
        run.setHorizScale(1)
        run.textOut(HIDDEN)
        sheet.drawText(run)

    return page(draw)


@into(PDF_TRICKS)
def letters_on_one_another() -> bytes:
    def draw(sheet) -> None:
        for i, hidden in enumerate(HIDDEN.split()):
            run = sheet.beginText(50, 500 - 14 * i)
            run.setFont("Courier", 11)
            run.setCharSpace(-4.4)
            run.textOut(hidden)
            sheet.drawText(run)

    return page(draw)


@into(PDF_TRICKS)
def a_strip_of_each_line() -> bytes:
    def draw(sheet) -> None:
        path = sheet.beginPath()
        path.rect(0, 504, 595, 1.5)
        sheet.clipPath(path, stroke=0, fill=0)
        text(sheet)

    return page(draw)


@into(PDF_TRICKS)
def slices_of_each_letter() -> bytes:
    def draw(sheet) -> None:
        path = sheet.beginPath()
        for x in range(0, 595, 8):
            path.rect(x, 480, 1, 50)
        sheet.clipPath(path, stroke=0, fill=0)
        text(sheet)

    return page(draw)


@into(PDF_TRICKS)
def covered_but_for_a_strip() -> bytes:
    def draw(sheet) -> None:
        text(sheet)
        sheet.setFillColorRGB(1, 1, 1)
        sheet.rect(40, 480, 520, 22, stroke=0, fill=1)
        sheet.rect(40, 503.2, 520, 22, stroke=0, fill=1)

    return page(draw)


@into(PDF_TRICKS)
def white_with_a_white_edge_behind_black_text() -> bytes:
    def draw(sheet) -> None:
        sheet.saveState()
        sheet.setFillColorRGB(1, 1, 1)
        sheet.setStrokeColorRGB(1, 1, 1)
        text(sheet, y=780, mode=2)
        sheet.restoreState()

    return page(first=draw)


@into(PDF_TRICKS)
def white_pattern_behind_black_text() -> bytes:
    def draw(sheet) -> None:
        sheet._code.append("/Pattern cs /P1 scn")
        text(sheet, y=780)

    def add_pattern(writer: PdfWriter) -> None:
        pattern = DecodedStreamObject()
        pattern.set_data(b"1 1 1 rg 0 0 10 10 re f")
        numbers = {"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": 10, "/YStep": 10}
        pattern.update({NameObject(name): NumberObject(value) for name, value in numbers.items()})
        pattern[NameObject("/BBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 10, 10)])
        pattern[NameObject("/Resources")] = DictionaryObject()
        patterns = DictionaryObject({NameObject("/P1"): writer._add_object(pattern)})
        writer.pages[0]["/Resources"][NameObject("/Pattern")] = patterns

    return page(None, edited(add_pattern), draw)
