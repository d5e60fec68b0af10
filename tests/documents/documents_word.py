"""Word resumes with hidden text, one for each trick, and what is needed to make them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
from documents_tricks import HIDDEN, VISIBLE, into
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

DOCX_TRICKS: dict[str, Callable] = {}


def word(extra: Callable | None = None) -> bytes:
    document = docx.Document()
    for line in VISIBLE:
        document.add_paragraph(line)
    if extra:
        extra(document)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def run_of(document, words: str = HIDDEN):
    return document.add_paragraph().add_run(words)


@into(DOCX_TRICKS)
def vanish() -> bytes:
    return word(lambda d: setattr(run_of(d).font, "hidden", True))


@into(DOCX_TRICKS)
def vanish_by_style() -> bytes:
    def add(document) -> None:
        base = document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
        base.font.hidden = True
        child = document.styles.add_style("Quieter", WD_STYLE_TYPE.CHARACTER)
        child.base_style = base
        document.add_paragraph().add_run(HIDDEN, style="Quieter")

    return word(add)


@into(DOCX_TRICKS)
def white_run() -> bytes:
    return word(lambda d: setattr(run_of(d).font.color, "rgb", RGBColor(255, 255, 255)))


@into(DOCX_TRICKS)
def theme_white() -> bytes:
    def add(document) -> None:
        run = run_of(document)
        run._r.get_or_add_rPr().append(
            parse_xml(f'<w:color {nsdecls("w")} w:val="000000" w:themeColor="background1"/>')
        )

    return word(add)


@into(DOCX_TRICKS)
def one_point() -> bytes:
    return word(lambda d: setattr(run_of(d).font, "size", Pt(1)))


@into(DOCX_TRICKS)
def same_shade() -> bytes:
    def add(document) -> None:
        run = run_of(document)
        run.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
        run._r.rPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1F4E7A"/>'))

    return word(add)


@into(DOCX_TRICKS)
def off_page_text_box() -> bytes:
    return word(lambda d: d.element.body.insert(1, text_box(HIDDEN, left=-4_000_000, width=1_000_000)))


@into(DOCX_TRICKS)
def deleted_revision() -> bytes:
    def add(document) -> None:
        paragraph = document.add_paragraph()
        paragraph._p.append(parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del>'
        ))  # fmt: skip

    return word(add)


@into(DOCX_TRICKS)
def scaled_to_one_percent() -> bytes:
    def add(document) -> None:
        run_of(document)._r.get_or_add_rPr().append(parse_xml(f'<w:w {nsdecls("w")} w:val="1"/>'))

    return word(add)


@into(DOCX_TRICKS)
def properties() -> bytes:
    def add(document) -> None:
        document.core_properties.keywords = HIDDEN
        document.core_properties.comments = HIDDEN

    return word(add)


@into(DOCX_TRICKS)
def white_in_table_cell() -> bytes:
    def add(document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].add_run(HIDDEN).font.color.rgb = RGBColor(250, 250, 250)

    return word(add)


@into(DOCX_TRICKS)
def vanish_in_header() -> bytes:
    return word(lambda d: setattr(d.sections[0].header.paragraphs[0].add_run(HIDDEN).font, "hidden", True))


@into(DOCX_TRICKS)
def line_of_no_height() -> bytes:
    def add(document) -> None:
        paragraph = document.add_paragraph(HIDDEN)
        paragraph.paragraph_format.line_spacing = Pt(1)
        paragraph.paragraph_format.line_spacing_rule = 4

    return word(add)


def text_box(words: str, left: int, width: int, fill: str = "", ink: str = "", more: str = ""):
    """A paragraph with an anchored text box; `left` and `width` in EMU from the edge, `more` XML after its text."""
    solid = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    look = f'<w:rPr><w:color w:val="{ink}"/></w:rPr>' if ink else ""
    return parse_xml(f"""
<w:p {nsdecls("w", "wp", "a")}
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>
<mc:Choice Requires="wps">
<w:drawing><wp:anchor behindDoc="0">
<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>900000</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="900000"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:spPr>{solid}</wps:spPr><wps:txbx><w:txbxContent><w:p><w:r>{look}<w:t>{words}</w:t></w:r></w:p></w:txbxContent></wps:txbx>{more}</wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>
</w:r></w:p>""")


def with_setting(*settings: str) -> Callable[[], bytes]:
    """A document whose run HIDDEN has these properties, given as XML without its namespaces."""
    spaces = f'{nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'

    def add(document) -> None:
        properties = run_of(document)._r.get_or_add_rPr()
        for setting in settings:
            name, rest = re.match(r"<([\w:]+)(.*)", setting, re.S).groups()
            properties.append(parse_xml(f"<{name} {spaces}{rest}"))

    return lambda: word(add)


DOCX_TRICKS |= {
    "raised_off_the_page": with_setting('<w:position w:val="3000"/>'),
    "fitted_into_no_width": with_setting('<w:fitText w:val="10"/>'),
    "white_gradient": with_setting(
        '<w14:textFill><w14:gradFill><w14:gsLst><w14:gs w14:pos="0"><w14:srgbClr w14:val="FFFFFF"/></w14:gs>'
        '<w14:gs w14:pos="100000"><w14:srgbClr w14:val="F9FEFE"/></w14:gs></w14:gsLst></w14:gradFill></w14:textFill>'
    ),
    "theme_colour_made_white": with_setting(
        '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="tx1"><w14:lumMod w14:val="0"/>'
        '<w14:lumOff w14:val="100000"/></w14:schemeClr></w14:solidFill></w14:textFill>'
    ),
    "black_on_a_black_pattern": with_setting(
        '<w:color w:val="000000"/>', '<w:shd w:val="pct95" w:color="000000" w:fill="FFFFFF"/>'
    ),
}


@into(DOCX_TRICKS)
def low_row() -> bytes:
    def add(document) -> None:
        table = document.add_table(1, 1)
        table.cell(0, 0).text = HIDDEN
        height = parse_xml(f'<w:trHeight {nsdecls("w")} w:val="80" w:hRule="exact"/>')
        table.rows[0]._tr.get_or_add_trPr().append(height)

    return word(add)


@into(DOCX_TRICKS)
def low_line() -> bytes:
    def add(document) -> None:
        spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:line="80" w:lineRule="exact"/>')
        document.add_paragraph(HIDDEN)._p.get_or_add_pPr().append(spacing)

    return word(add)


@into(DOCX_TRICKS)
def table_off_the_page() -> bytes:
    def add(document) -> None:
        table = document.add_table(1, 1)
        table.cell(0, 0).text = HIDDEN
        table._tbl.tblPr.append(parse_xml(f'<w:tblInd {nsdecls("w")} w:w="-20000" w:type="dxa"/>'))

    return word(add)


@into(DOCX_TRICKS)
def below_the_edge_of_a_box() -> bytes:
    return word(lambda d: d.element.body.insert(1, text_box("filling " * 60 + HIDDEN, 1_000_000, 1_000_000)))


@into(DOCX_TRICKS)
def white_on_a_clear_dark_box() -> bytes:
    box = text_box(HIDDEN, 1_000_000, 3_000_000, fill="000000", ink="FFFFFF")
    for colour in box.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"):
        colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="0"/>'))
    return word(lambda d: d.element.body.insert(1, box))


@into(DOCX_TRICKS)
def header_of_even_pages_that_is_not_used() -> bytes:
    return word(lambda d: d.sections[0].even_page_header.paragraphs[0].add_run(HIDDEN))


@into(DOCX_TRICKS)
def choice_that_word_does_not_know() -> bytes:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    paragraph = (
        f'<w:p {nsdecls("w")} xmlns:mc="{mc}" xmlns:new="urn:new"><mc:AlternateContent>'
        f'<mc:Choice Requires="new"><w:r><w:t>{HIDDEN}</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>shown instead</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    return word(lambda d: d.element.body.insert(1, parse_xml(paragraph)))


def rezip(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A ZIP with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()
