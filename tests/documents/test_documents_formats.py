"""DOCX, ODT, RTF, HTML, Markdown and plain text: all that is shown, in order, and nothing that is not."""

import io

import docx
import pytest
from documents_tricks import VISIBLE, page
from documents_word import rezip, saved, text_box, word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import H, List, ListItem, P, Span
from reportlab.pdfgen import canvas

from model.documents.formats import read_bytes
from model.documents.limits import Limits
from model.errors import DocumentError

FILLER = " ".join(VISIBLE)


def read_text(data: bytes | str, name: str) -> str:
    data = data.encode() if isinstance(data, str) else data
    return read_bytes(data, name, "", Limits()).text


def flags(data: bytes, name: str) -> set[str]:
    return {f.code for f in read_bytes(data, name, "", Limits()).flags}


def test_docx_in_document_order():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Header Line"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 2"
    document.add_heading("Experience", 1)
    document.add_paragraph(FILLER)
    document.add_paragraph("first point", style="List Bullet")
    document.add_paragraph("second point", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Skill", "Years", "Python", "7"), strict=True):
        cell.text = words
    document.element.body.insert(2, text_box("Boxed words", 900_000, 3_000_000))
    document.add_paragraph("Education")
    text = read_text(saved(document), "a.docx")
    order = ["Header Line", "Experience", "Jordan Example", "Boxed words", "- first point\n- second point",
             "Skill\tYears\nPython\t7", "Education"]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.count("Boxed words") == 1
    assert "Page 1" not in text


def test_docx_table_used_as_columns_is_read_cell_by_cell():
    document = docx.Document()
    left, right = document.add_table(1, 2).rows[0].cells
    left.text = "Contact"
    left.add_paragraph("jordan@example.org")
    right.text = "Experience"
    right.add_paragraph(FILLER)
    text = read_text(saved(document), "a.docx")
    assert text.index("Contact") < text.index("jordan@") < text.index("Experience") < text.index("Jordan Example")


def test_docx_revisions_fields_and_alternatives():
    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
        "<w:ins><w:r><w:t>inserted </w:t></w:r></w:ins><w:del><w:r><w:delText>removed</w:delText></w:r></w:del>"
        "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>"
        f"<w:hyperlink><w:r><w:t>{FILLER}</w:t></w:r></w:hyperlink>"
        "</w:p></w:body></w:document>"
    )
    data = rezip(word(), lambda parts: parts.update({"word/document.xml": xml.encode()}))
    text = read_text(data, "a.docx")
    assert text.startswith("inserted Jordan")
    assert "removed" not in text and "secret" not in text


def test_odt():
    document = OpenDocumentText()
    quiet = Style(name="quiet", family="text")
    quiet.addElement(TextProperties(display="none"))
    pale = Style(name="pale", family="text")
    pale.addElement(TextProperties(color="#ffffff"))
    document.automaticstyles.addElement(quiet)
    document.automaticstyles.addElement(pale)
    document.text.addElement(H(outlinelevel=1, text="Experience"))
    paragraph = P(text=FILLER + " ")
    paragraph.addElement(Span(stylename=quiet, text="unseen one"))
    paragraph.addElement(Span(stylename=pale, text="unseen two"))
    document.text.addElement(paragraph)
    items = List()
    for words in ("first point", "second point"):
        item = ListItem()
        item.addElement(P(text=words))
        items.addElement(item)
    document.text.addElement(items)
    table, row = Table(name="t"), TableRow()
    for words in ("Skill", "Years"):
        cell = TableCell()
        cell.addElement(P(text=words))
        row.addElement(cell)
    table.addElement(row)
    document.text.addElement(table)
    out = io.BytesIO()
    document.save(out)
    read = read_bytes(out.getvalue(), "a.odt", "", Limits())
    assert read.kind == "odt"
    assert read.text == f"Experience\n\n{FILLER}\n\n- first point\n- second point\n\nSkill\tYears"
    assert "unseen one" in next(f for f in read.flags if f.code == "hidden_text").detail


def test_odt_table_within_a_cell_is_read_once():
    document = OpenDocumentText()
    tables = []
    for words in ("outer words", "inner words"):
        table, row, cell = Table(name=words.split()[0]), TableRow(), TableCell()
        cell.addElement(P(text=words))
        row.addElement(cell)
        table.addElement(row)
        tables.append((table, cell))
    tables[0][1].addElement(tables[1][0])
    document.text.addElement(P(text=FILLER))
    document.text.addElement(tables[0][0])
    out = io.BytesIO()
    document.save(out)
    text = read_text(out.getvalue(), "a.odt")
    assert text.count("outer words") == text.count("inner words") == 1


def test_rtf():
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\colortbl;\red255\green255\blue255;}"
        rb"\fs24 Jordan Caf\'e9 \u8211?2019\par " + FILLER.encode() + rb"\par"
        rb"{\v unseen one}{\cf1 unseen two}{\fs2 unseen three}"
        rb"{\deleted unseen four}{\*\generator unseen five;}{\f1\'cf\'f0\'e8}{\listtext\'b7\tab}point\par}"
    )  # fmt: skip
    read = read_bytes(data, "a.rtf", "", Limits())
    assert read.kind == "rtf"
    assert "Jordan Café –2019\nJordan Example" in read.text
    assert "При" in read.text and "- point" in read.text
    assert "unseen" not in read.text
    assert "unseen four" in next(f for f in read.flags if f.code == "hidden_text").detail


def test_html():
    hidden = {
        "inline": '<span style="display:none">unseen</span>', "class": '<b class="h">unseen</b>',
        "colour": '<i style="color:#fefefe">unseen</i>',
        "place": '<div style="position:absolute;left:-9999px">unseen</div>',
        "size": '<i style="font-size:1px">unseen</i>', "attribute": "<p hidden>unseen</p>",
        "opacity": '<p style="opacity:0">unseen</p>', "script": "<script>unseen()</script>",
        "comment": "<!-- unseen -->",
        "title": "<title>unseen</title>", "attributes": '<img alt="unseen" src="http://127.0.0.1:9/beacon.png">',
    }  # fmt: skip
    body = f'<div style="background:#123456;color:white"><h1>Jordan</h1></div><p>{FILLER}</p><ul><li>one<li>two</ul>'
    data = f"<html><style>.h {{ visibility: hidden }}</style><body>{body}{''.join(hidden.values())}</body></html>"
    assert read_text(data, "a.html") == f"Jordan\n\n{FILLER}\n\n- one\n- two"
    assert "active_content" in flags(data.encode(), "a.html")


def test_markdown():
    data = f"# Jordan\n\n{FILLER}\n\n* **one** [link](http://127.0.0.1:9/x)\n* `two`\n<!-- unseen -->\n\n"
    data += "| a | b |\n|---|---|\n| c | d |\n"
    assert read_text(data, "a.md") == f"Jordan\n\n{FILLER}\n\n- one link\n- two\n\na\tb\nc\td"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_encodings(encoding):
    text = f"Zoë Müller – résumé\n\n{FILLER}. Größe, façade, naïve, coöperation; señor, año, été."
    assert read_text(text.encode(encoding), "a.txt") == text


def test_characters_are_normalised():
    text = (
        "﻿• ﬁrst\n● second\n– third\n\uf0b7 fourth\n𝗕𝗼𝗹𝗱 ｆｕｌｌ Py\u200bthon non\u2011stop\u00a0space\n"
        "\u202enohtyP\u202c \U000e0068\U000e0069\n" + FILLER
    )
    read = read_bytes(text.encode(), "a.txt", "", Limits())
    assert read.text.startswith("- first\n- second\n- third\n- fourth\nBold full Python non-stop space\nPython")
    found = {f.code: f for f in read.flags}
    assert "control_characters" in found
    assert found["hidden_text"].detail == "hi"


def test_hyphens_headers_and_page_numbers():
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    for number in (1, 2, 3):
        lines = [(810, "Jordan Example resume"), (700, f"Part {'abc'[number - 1]} was a long experi-"),
                 (686, "ence of full-"), (672, "time work in cold storage"), (30, f"Page {number} of 3")]  # fmt: skip
        for y, line in lines:
            sheet.drawString(50, y, line)
        sheet.showPage()
    sheet.save()
    text = read_text(out.getvalue(), "a.pdf")
    assert "long experience\nof full-time\nwork" in text
    assert text.count("Jordan Example resume") == 1
    assert "of 3" not in text


def test_kind_is_told_by_content_and_a_lying_name_is_flagged():
    read = read_bytes(page(), "resume.docx", "", Limits())
    assert read.kind == "pdf"
    assert "wrong_extension" in {f.code for f in read.flags}
    assert "wrong_extension" not in flags(page(), "resume.PDF")
    assert "wrong_extension" not in flags(FILLER.encode(), "README")


def test_long_documents_are_cut_and_flagged():
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for number in range(4):
        for i, line in enumerate(VISIBLE):
            sheet.drawString(50, 700 - 15 * i, f"{line} {number}")
        sheet.showPage()
    sheet.save()
    read = read_bytes(out.getvalue(), "a.pdf", "", Limits(max_pages=2))
    assert read.pages == 4
    assert "truncated" in {f.code for f in read.flags}
    read = read_bytes(("words " * 500).encode(), "a.txt", "", Limits(max_chars=400))
    assert len(read.text) == 400
    assert "truncated" in {f.code for f in read.flags}


def test_too_little_text_is_unreadable():
    with pytest.raises(DocumentError) as caught:
        read_bytes(b"Jordan Example, Leeds", "a.txt", "", Limits())
    assert (caught.value.outcome, caught.value.code) == ("unreadable", "low_text")


def test_what_may_be_covered_or_is_not_read_is_flagged():
    def cover(document) -> None:
        shape = text_box("", 500_000, 7_000_000, fill="FFFFFF")
        for box in list(shape.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx")):
            box.getparent().remove(box)
        document.element.body.insert(1, shape)

    assert "uncertain_text" in flags(word(cover), "a.docx")
    diagram = parse_xml(
        f'<w:p {nsdecls("w")}><w:r><w:drawing><dgm:relIds '
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing></w:r></w:p>'
    )
    assert "unread_drawing" in flags(word(lambda d: d.element.body.insert(1, diagram)), "a.docx")


def test_dates_beside_entries_under_headings_in_rows_of_their_own():
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842))
    rows = [("WORK EXPERIENCE", []), ("03/2017-08/2020", ["Warehouse Manager", "Northgate in Leeds", VISIBLE[1]]),
            ("2012-2017", ["Supervisor", "Cold Chain Ltd in York", "Introduced scanners on all docks of the site"]),
            ("EDUCATION", []), ("2009-2012", ["BSc Logistics", "Leeds University, thesis on routes"])]  # fmt: skip
    y = 800
    for label, lines in rows:
        sheet.drawRightString(180, y, label)
        for i, line in enumerate(lines):
            sheet.drawString(200, y - 13 * i, line)
        y -= 13 * max(1, len(lines)) + 7
    sheet.save()
    text = read_text(out.getvalue(), "a.pdf")
    order = ["WORK", "03/2017", "Warehouse Manager", "2012-2017", "Supervisor", "EDUCATION", "2009-2012", "BSc"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_icons_are_no_text():
    text = f"\uf19d Education\n{FILLER}\n\ufffd Work"
    assert read_text(text.encode(), "a.txt") == f"Education\n{FILLER}\nWork"


def test_white_text_over_a_dark_shape_is_kept_but_flagged():
    shape = text_box("", 0, 7_000_000, fill="101820")
    for box in shape.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"):
        box.getparent().remove(box)
        break

    def add(document) -> None:
        document.element.body.insert(0, shape)
        document.paragraphs[1].runs[0].font.color.rgb = docx.shared.RGBColor(255, 255, 255)

    assert "uncertain_text" in flags(word(add), "a.docx")
