"""The PDF layouts of the samples. Streams are left uncompressed, so that no zlib version can change a byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Table,
)

WIDTH, HEIGHT = A4
SIDEBAR = 62 * mm
PASSWORD = "a-secret-that-the-applicant-forgot-to-send"


def write_pdf(resume: dict, target: Path) -> None:
    """Write one resume in the layout that it names."""
    LAYOUTS[resume["layout"]](resume, target)


def _document(resume: dict, target: Path, encrypt: StandardEncryption | None = None) -> BaseDocTemplate:
    return BaseDocTemplate(str(target), pagesize=A4, invariant=1, pageCompression=0, encrypt=encrypt,
                           title=f"{resume['name']} - resume", author=resume["name"])


def _style(font: str, size: float, **more) -> ParagraphStyle:
    return ParagraphStyle(font, fontName=font, fontSize=size, **{"leading": 1.32 * size, **more})


def _entries(entries: list[dict], sans: bool, width: float) -> list[Flowable]:
    """Role left, dates right, organisation in italics, then points."""
    regular, bold, italic = (("Helvetica", "Helvetica-Bold", "Helvetica-Oblique") if sans else
                             ("Times-Roman", "Times-Bold", "Times-Italic"))
    size = 10 if sans else 11
    body = _style(regular, size, leftIndent=11, bulletIndent=1, spaceAfter=2.5)
    flow: list[Flowable] = []
    for entry in entries:
        head = Table([[Paragraph(escape(entry["role"]), _style(bold, size + 0.3)),
                       Paragraph(escape(entry["dates"]), _style(regular, size, alignment=2))]],
                     colWidths=[width * 0.6, width * 0.4],
                     style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                            ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                            ("VALIGN", (0, 0), (-1, -1), "TOP")])
        points = [Paragraph(escape(p), body, bulletText="•") for p in entry.get("points", ())]
        top = [head, Paragraph(escape(entry["org"]), _style(italic, size, spaceAfter=2.5))]
        flow += [KeepTogether(top + points[:1]), *points[1:]]
    return flow


def _sections(resume: dict, heading: Callable[[str], list[Flowable]], sans: bool, width: float) -> list[Flowable]:
    text = _style("Helvetica" if sans else "Times-Roman", 10.2 if sans else 11.2, spaceAfter=4)
    flow: list[Flowable] = []
    for section in resume["sections"]:
        body = ([Paragraph(escape(section["text"]), text)] if "text" in section
                else _entries(section["entries"], sans, width))
        flow += [CondPageBreak(28 * mm), *heading(section["title"]), *body]
    return flow


def _classic(resume: dict, target: Path, encrypt: StandardEncryption | None = None) -> None:
    """One column in Times: centred name, small capitals, a rule under each heading."""
    doc = _document(resume, target, encrypt)
    frame = Frame(22 * mm, 16 * mm, WIDTH - 44 * mm, HEIGHT - 32 * mm, 0, 0, 0, 0)
    doc.addPageTemplates(PageTemplate(frames=[frame]))

    def heading(title: str) -> list[Flowable]:
        return [Paragraph(escape(title.upper()), _style("Times-Bold", 10.5, spaceBefore=12)),
                HRFlowable(width="100%", thickness=0.6, color=black, spaceBefore=1, spaceAfter=3)]

    top = [Paragraph(escape(resume["name"]), _style("Times-Bold", 21, alignment=TA_CENTER, spaceAfter=2)),
           Paragraph(escape("  |  ".join(resume["contact"])), _style("Times-Roman", 9.5, alignment=TA_CENTER))]
    doc.build(top + _sections(resume, heading, False, WIDTH - 44 * mm))


def _sealed(resume: dict, target: Path) -> None:
    """The classic layout behind a password (RC4, 128 bits: the one scheme without random bytes in it)."""
    _classic(resume, target, StandardEncryption(PASSWORD, PASSWORD, strength=128))


def _modern(resume: dict, target: Path) -> None:
    """One column in Helvetica: a coloured bar at the top, coloured headings."""
    accent = HexColor(resume["accent"])
    doc = _document(resume, target)

    def paint(canvas, _doc) -> None:
        canvas.setFillColor(accent)
        canvas.rect(0, HEIGHT - 7 * mm, WIDTH, 7 * mm, stroke=0, fill=1)

    frame = Frame(20 * mm, 15 * mm, WIDTH - 40 * mm, HEIGHT - 32 * mm, 0, 0, 0, 0)
    doc.addPageTemplates(PageTemplate(frames=[frame], onPage=paint))

    style = _style("Helvetica-Bold", 11.5, textColor=accent, spaceBefore=13, spaceAfter=3)

    def heading(title: str) -> list[Flowable]:
        return [Paragraph(escape(title), style)]

    top = [Paragraph(escape(resume["name"]), _style("Helvetica-Bold", 23, textColor=accent)),
           Paragraph(escape(resume["headline"]), _style("Helvetica", 12, spaceAfter=3)),
           Paragraph(escape("  ·  ".join(resume["contact"])), _style("Helvetica", 8.8))]
    doc.build(top + _sections(resume, heading, True, WIDTH - 40 * mm))


def _side_by_side(resume: dict, target: Path) -> None:
    """Two columns: a tinted sidebar with contact and skills, the career beside it and on a second page."""
    accent, left = HexColor(resume["accent"]), resume["layout"] == "sidebar-left"
    main_left, main_width = (SIDEBAR if left else 0) + 9 * mm, WIDTH - SIDEBAR - 19 * mm
    side_left = 0 if left else WIDTH - SIDEBAR
    tint = accent if left else Color(accent.red, accent.green, accent.blue, alpha=0.12)
    ink = white if left else HexColor("#222222")
    doc = _document(resume, target)

    def paint(canvas, _doc) -> None:
        canvas.setFillColor(tint)
        canvas.rect(side_left, 0, SIDEBAR, HEIGHT, stroke=0, fill=1)

    side = Frame(side_left + 6 * mm, 14 * mm, SIDEBAR - 11 * mm, HEIGHT - 34 * mm, 0, 0, 0, 0)
    main = Frame(main_left, 14 * mm, main_width, HEIGHT - 28 * mm, 0, 0, 0, 0)
    rest = Frame(main_left, 14 * mm, main_width, HEIGHT - 28 * mm, 0, 0, 0, 0)
    doc.addPageTemplates([PageTemplate("first", [side, main], onPage=paint),
                          PageTemplate("later", [rest], onPage=paint)])

    def heading(title: str) -> list[Flowable]:
        return [Paragraph(escape(title.upper()), _style("Helvetica-Bold", 10.5, textColor=accent, spaceBefore=13)),
                HRFlowable(width="100%", thickness=0.8, color=accent, spaceBefore=1, spaceAfter=3)]

    flow: list[Flowable] = [NextPageTemplate("later")]
    for section in resume["sidebar"]:
        flow.append(Paragraph(escape(section["title"].upper()),
                              _style("Helvetica-Bold", 9.5, textColor=ink, spaceBefore=12, spaceAfter=4)))
        flow += [Paragraph(escape(item), _style("Helvetica", 8.8, textColor=ink, spaceAfter=3))
                 for item in section["items"]]
    flow += [FrameBreak(), Paragraph(escape(resume["name"]), _style("Helvetica-Bold", 20, textColor=accent)),
             Paragraph(escape(resume["headline"]), _style("Helvetica", 12, spaceAfter=2))]
    doc.build(flow + _sections(resume, heading, True, main_width))


LAYOUTS = {"classic": _classic, "modern": _modern, "sealed": _sealed,
           "sidebar-left": _side_by_side, "sidebar-right": _side_by_side}
