"""Honest designs that look like tricks but are not: each gives (bytes, suffix, words that must be read)."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from documents_tricks import VISIBLE, coloured, edited, into, layered, page, text
from documents_word import rezip, saved, text_box, word
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

HONEST: dict[str, Callable] = {}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def drawn(
    *lines: str, first: Callable | None = None, extra: Callable | None = None, finish=None
) -> tuple[bytes, str, str]:
    return page(extra, finish, first), ".pdf", " ".join((*VISIBLE, *lines))


def on_band(ink: tuple, fill: tuple, words: str, size: float = 12) -> tuple[bytes, str, str]:
    def draw(sheet) -> None:
        sheet.setFillColorRGB(*fill)
        sheet.rect(0, 560, 595, 120, stroke=0, fill=1)
        sheet.setFillColorRGB(*ink)
        text(sheet, words, y=600, size=size)

    return drawn(words, extra=draw)


@into(HONEST)
def white_heading_on_dark_band():
    return on_band((1, 1, 1), (0.1, 0.12, 0.3), "Professional Profile and Career Summary", 20)


@into(HONEST)
def dark_text_on_coloured_sidebar():
    return on_band((0.2, 0.2, 0.2), (0.85, 0.9, 0.95), "Languages: English, Polish, Ukrainian")


@into(HONEST)
def yellow_on_blue():
    return on_band((1, 0.9, 0.2), (0.05, 0.15, 0.4), "Certified food safety trainer")


@into(HONEST)
def red_on_equally_bright_green():
    return on_band((0.95, 0.1, 0.1), (0.1, 0.5, 0.1), "Available from next month onwards")


@into(HONEST)
def seven_point_grey_small_print():
    return drawn("Interests chess hiking and gardening", extra=coloured(
        0.45, 0.45, 0.45, words="Interests chess hiking and gardening", size=7))  # fmt: skip


@into(HONEST)
def seven_point_light_grey():
    words = "illustrated il, li; small i"
    return drawn(words, extra=coloured(0.6, 0.6, 0.6, words=words, size=7))


@into(HONEST)
def text_over_photo():
    def draw(sheet) -> None:
        sheet.drawInlineImage(Image.effect_noise((400, 80), 25).convert("RGB"), 0, 560, 595, 120)
        sheet.setFillColorRGB(1, 1, 1)
        text(sheet, "Head of logistics", y=600, size=22)

    return drawn("Head of logistics", extra=draw)


@into(HONEST)
def text_over_gradient():
    def draw(sheet) -> None:
        sheet.linearGradient(0, 600, 595, 600, ((0.1, 0.1, 0.1), (0.4, 0.5, 0.9)))
        sheet.setFillColorRGB(1, 1, 1)
        text(sheet, "Operations lead", y=400, size=16)

    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    draw(sheet)
    sheet.setFont("Helvetica", 11)
    for i, line in enumerate(VISIBLE):
        sheet.drawString(50, 780 - 16 * i, line)
    sheet.save()
    return out.getvalue(), ".pdf", " ".join((*VISIBLE, "Operations lead"))


@into(HONEST)
def rotated_sidebar_title():
    def draw(sheet) -> None:
        sheet.saveState()
        sheet.translate(30, 300)
        sheet.rotate(90)
        text(sheet, "Curriculum Vitae", x=0, y=0, size=18)
        sheet.restoreState()

    return drawn("Curriculum Vitae", extra=draw)


@into(HONEST)
def rotated_page():
    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(90)

    return drawn(finish=edited(turn))


@into(HONEST)
def cropped_page():
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox.lower_left = (20, 300)
        writer.pages[0].cropbox.upper_right = (560, 830)

    return drawn(finish=edited(crop))


@into(HONEST)
def outlined_letters():
    return drawn("Outlined Heading", extra=lambda sheet: text(sheet, "Outlined Heading", size=24, mode=1))


@into(HONEST)
def white_letters_with_black_edges():
    def draw(sheet) -> None:
        sheet.setFillColorRGB(1, 1, 1)
        text(sheet, "Stroked Heading", size=24, mode=2)

    return drawn("Stroked Heading", extra=draw)


@into(HONEST)
def letters_set_apart():
    def draw(sheet) -> None:
        text(sheet, "E D U C A T I O N", y=600, size=12)
        run = sheet.beginText(50, 560)
        run.setFont("Helvetica", 12)
        run.setCharSpace(6)
        run.textOut("EMPLOYMENT")
        sheet.drawText(run)

    return drawn("EDUCATION EMPLOYMENT", extra=draw)


@into(HONEST)
def half_transparent():
    return drawn("Watermarked but plain", extra=lambda sheet: (
        sheet.setFillAlpha(0.5), text(sheet, "Watermarked but plain", size=14)))  # fmt: skip


@into(HONEST)
def white_letters_with_a_clear_shadow():
    def draw(sheet) -> None:
        sheet.setFillColorRGB(0.1, 0.1, 0.2)
        sheet.rect(40, 480, 520, 50, stroke=0, fill=1)
        sheet.saveState()
        sheet.setFillAlpha(0)
        text(sheet, "Certified Trainer")
        sheet.restoreState()
        sheet.setFillColorRGB(1, 1, 1)
        text(sheet, "Certified Trainer")

    return drawn("Certified Trainer", extra=draw)


@into(HONEST)
def letters_set_apart_and_kerned():
    def draw(sheet) -> None:
        text(sheet, "C O N TA C T", y=600)
        text(sheet, "E D U C AT I O N", y=560)

    return drawn("CONTACT EDUCATION", extra=draw)


@into(HONEST)
def visible_form_field():
    def draw(sheet) -> None:
        sheet.acroForm.textfield(name="post", x=50, y=500, width=300, height=24, value="Night shift manager")

    return drawn("Night shift manager", extra=draw)


@into(HONEST)
def bold_by_double_strike():
    def draw(sheet) -> None:
        text(sheet, "Awards Received", y=500, size=14)
        text(sheet, "Awards Received", x=50.3, y=500, size=14)

    return drawn("Awards Received", extra=draw)


@into(HONEST)
def layer_switched_on():
    draw, finish = layered("Portfolio on request", "/ON")
    return drawn("Portfolio on request", extra=draw, finish=finish)


@into(HONEST)
def word_table_style_with_dark_header():
    document = docx.Document()
    for line in VISIBLE:
        document.add_paragraph(line)
    table = document.add_table(2, 2, style="Medium Shading 1 Accent 1")
    for cell, words in zip(table._cells, ("Licence", "Year", "Forklift", "Twenty twelve"), strict=True):
        cell.text = words
    return saved(document), ".docx", " ".join((*VISIBLE, "Licence Year Forklift Twenty twelve"))


@into(HONEST)
def word_white_on_shaded_paragraph():
    document = docx.Document()
    for line in VISIBLE:
        document.add_paragraph(line)
    paragraph = document.add_paragraph()
    paragraph.add_run("Work History").font.color.rgb = RGBColor(255, 255, 255)
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="203864"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(shade))
    return saved(document), ".docx", " ".join((*VISIBLE, "Work History"))


@into(HONEST)
def word_dark_text_box():
    document = docx.Document()
    for line in VISIBLE:
        document.add_paragraph(line)
    document.element.body.insert(1, text_box("Contact Details", 400_000, 2_000_000, fill="102030", ink="FFFFFF"))
    return saved(document), ".docx", " ".join((*VISIBLE, "Contact Details"))


@into(HONEST)
def word_header_and_lists():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Jordan Example Leeds"
    document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    for line in VISIBLE:
        document.add_paragraph(line, style="List Bullet")
    small = document.add_paragraph().add_run("References on request")
    small.font.size = Pt(7)
    small.font.color.rgb = RGBColor(0x80, 0x80, 0x80)
    small._r.rPr.set(qn("w:rsidR"), "00000000")
    return saved(document), ".docx", " ".join((*VISIBLE, "Jordan Example Leeds References on request"))


def boxed(box, words: str) -> tuple[bytes, str, str]:
    return word(lambda document: document.element.body.insert(1, box)), ".docx", " ".join((*VISIBLE, words))


@into(HONEST)
def word_white_on_gradient_box():
    box = text_box("Key Achievements", 400_000, 2_000_000, fill="102030", ink="FFFFFF")
    for fill in box.iter(DRAWING + "solidFill"):
        fill.tag = DRAWING + "gradFill"
    return boxed(box, "Key Achievements")


@into(HONEST)
def word_white_on_box_filled_by_its_style():
    space = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    style = f'<wps:style xmlns:wps="{space}"><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef></wps:style>'
    box = text_box("Career Summary", 400_000, 2_000_000, ink="FFFFFF", more=style)
    for fill in list(box.iter(DRAWING + "noFill")):
        fill.getparent().remove(fill)
    return boxed(box, "Career Summary")


@into(HONEST)
def word_box_that_grows_with_its_text():
    space = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    body = f'<wps:bodyPr xmlns:wps="{space}"><a:spAutoFit/></wps:bodyPr>'
    words = "twelve years of planning routes " * 20 + "Endorsements"
    return boxed(text_box(words, 400_000, 1_000_000, more=body), words)


@into(HONEST)
def word_heading_on_a_banner_picture():
    document = docx.Document(io.BytesIO(word()))
    picture = io.BytesIO()
    Image.new("RGB", (600, 100), (20, 30, 60)).save(picture, "PNG")
    run = document.paragraphs[0].insert_paragraph_before().add_run()
    run.add_picture(picture, width=5_000_000, height=900_000)
    anchor = run._r.find(".//" + qn("wp:inline"))
    anchor.tag = qn("wp:anchor")
    anchor.set("behindDoc", "1")
    heading = document.paragraphs[1].insert_paragraph_before().add_run("Transport Specialist")
    heading.font.color.rgb = RGBColor(255, 255, 255)
    return saved(document), ".docx", " ".join((*VISIBLE, "Transport Specialist"))


@into(HONEST)
def word_footnote():
    def add(parts: dict[str, bytes]) -> None:
        space = nsdecls("w")
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>Employee of the year</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        ).encode()

    def refer(document) -> None:
        document.paragraphs[0]._p.append(parse_xml(
            f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))  # fmt: skip

    return rezip(word(refer), add), ".docx", " ".join((*VISIBLE, "Employee of the year"))


def picture_of(lines: tuple[str, ...], width: int = 1240, height: int = 1754) -> Image.Image:
    """A page drawn as a picture, as a scanner would."""
    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        pen.text((100, 120 + 60 * i), line, fill=0, font_size=30)
    return image
