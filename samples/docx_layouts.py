"""The DOCX layouts of the samples: page header, tables and text boxes as word processors write them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

MADE = datetime(2026, 1, 5, 9, 0, 0)
STYLES = {"Normal", "Header", "Heading 1", "Heading 2", "List Bullet", "Normal Table", "Table Grid",
          "Default Paragraph Font", "No List"}
INK = RGBColor(0x1F, 0x3A, 0x5F)
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}.items())


def write_docx(resume: dict, target: Path) -> None:
    """Write one resume in the layout that it names."""
    document = new_document()
    document.core_properties.author = resume["name"]
    document.core_properties.title = f"{resume['name']} - resume"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = MADE
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(1.9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    _slim(document)
    _top(document, resume, in_header=resume["layout"] == "docx-box")
    if "box" in resume:
        _text_box(document, resume["box"]["title"], resume["box"]["text"])
    for part in resume["sections"]:
        _heading(document, part["title"])
        if "text" in part:
            document.add_paragraph(part["text"])
        elif "table" in part:
            _two_columns(document, part["table"])
        elif resume["layout"] == "docx-table":
            _career_table(document, part["entries"])
        else:
            _career(document, part["entries"])
    _save(document, target)


def _slim(document: Document) -> None:
    """Drop what the template brings and no resume uses: 700 kB of table styles and a thumbnail."""
    for style in list(document.styles):
        if style.name not in STYLES:
            style.element.getparent().remove(style.element)
    for latent in document.styles.element.findall(qn("w:latentStyles")):
        document.styles.element.remove(latent)
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[key]


def _top(document: Document, resume: dict, in_header: bool) -> None:
    """Name and contact, in the page header or as the first paragraphs."""
    place = document.sections[0].header if in_header else document
    name = place.paragraphs[0] if in_header else place.add_paragraph()
    run = name.add_run(resume["name"])
    run.bold, run.font.size, run.font.color.rgb = True, Pt(20), INK
    contact = place.add_paragraph("  |  ".join(resume["contact"]))
    if not in_header:
        name.alignment = contact.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(document: Document, title: str) -> None:
    paragraph = document.add_heading(title, level=2)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(9), Pt(3)
    for run in paragraph.runs:
        run.font.color.rgb, run.font.size, run.font.name = INK, Pt(12.5), "Calibri"


def _career(document: Document, entries: list[dict]) -> None:
    for entry in entries:
        paragraph = document.add_paragraph()
        paragraph.add_run(entry["role"]).bold = True
        paragraph.add_run(f", {entry['org']}")
        document.add_paragraph().add_run(entry["dates"]).italic = True
        for point in entry.get("points", ()):
            document.add_paragraph(point, style="List Bullet")


def _career_table(document: Document, entries: list[dict]) -> None:
    """Dates in the left column, the post in the right one."""
    table = document.add_table(rows=0, cols=2)
    for entry in entries:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(entry["dates"]).italic = True
        right.paragraphs[0].add_run(entry["role"]).bold = True
        right.add_paragraph(entry["org"])
        for point in entry.get("points", ()):
            right.add_paragraph(point, style="List Bullet")
        _widths(left, right)


def _two_columns(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(str(label)).bold = True
        right.paragraphs[0].add_run(value)
        _widths(left, right)


def _widths(left: _Cell, right: _Cell) -> None:
    left.width, right.width = Cm(4.2), Cm(12.4)


def _text_box(document: Document, title: str, text: str) -> None:
    """A floating box. As word processors do, the text stands twice: for readers with DrawingML and, in VML, without."""
    inner = (f'<w:txbxContent><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(title)}</w:t></w:r></w:p>'
             f'<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent>')
    width, height = 5_950_000, 900_000  # EMU; 12,700 to a point
    drawing = (
        '<w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" '
        'relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>60000</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="2" name="Text Box 2"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="EAF0F7"/></a:solidFill>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="1F3A5F"/></a:solidFill></a:ln></wps:spPr>'
        f'<wps:txbx>{inner}</wps:txbx><wps:bodyPr wrap="square" lIns="91440" tIns="45720" rIns="91440" bIns="45720"/>'
        '</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>')
    pict = ('<w:pict><v:shape style="width:468pt;height:71pt" fillcolor="#EAF0F7">'
            f'<v:textbox>{inner}</v:textbox></v:shape></w:pict>')
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="wps">{drawing}</mc:Choice>'
                            f"<mc:Fallback>{pict}</mc:Fallback></mc:AlternateContent>"))


def _save(document: Document, target: Path) -> None:
    """Write the parts sorted, stored without compression and with one fixed time, so that every run is the same."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.external_attr = 0o600 << 16
            info.create_system = 3
            out.writestr(info, made.read(name))
