"""DOCX through its own XML, in document order: paragraphs, lists, tables, text boxes, headers and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from model.documents.docx_places import (
    TRANSPARENT,
    Place,
    cell_area,
    conditions,
    line_height,
    misplaced,
    row_cells,
    row_height,
    row_hidden,
    squeezed,
    table_misplaced,
    table_rows,
)
from model.documents.docx_shapes import MC, Shape, branches, covers, shape_behind, text_boxes
from model.documents.docx_style import Styles, W, child, number, switch, value
from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.looks import BLACK, WHITE, Colour
from model.documents.package import Package
from model.documents.reasons import unreadable

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_REMOVED = {W + "del": "a deleted revision", W + "moveFrom": "a moved revision"}
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|página|pagina)?\W*\d*(?:\W*(?:of|/|von|de|di)\W*\d*)?\W*", re.I)
SHAPE_LINE = 9.0  # points of a shape behind that a line of text takes, at least
BLOCK_GAP = 5.0  # points between paragraphs that make a blank line


@dataclass
class Paragraph:
    """Visible text of a paragraph, whether it is a list item, and the space above and below it in points."""

    text: str
    item: bool
    before: float
    after: float
    heading: bool


class DocxReader:
    """Walks one package. `draft` receives the blocks, hidden runs and flags."""

    def __init__(self, package: Package, draft: Draft):
        self.package, self.draft = package, draft
        roots = package.relations("")
        self.main = next((t for kind, t in roots.values() if kind == "officeDocument"), "word/document.xml")
        self.relations = package.relations(self.main)
        self.styles = Styles(package, self.relations)
        self._notes: list[tuple[str, str]] = []  # kind and number of the foot- and endnotes that are shown
        self._pending: list[str] = []
        self._last: Paragraph | None = None

    def run(self) -> None:
        root = self.package.xml(self.main)
        body = child(root, "body")
        if body is None:
            raise unreadable("damaged", kind="Word file")
        settings = self.package.xml(self._part("settings", "word/settings.xml"))
        self.even_pages = switch(settings, "evenAndOddHeaders")
        place = Place(ground=self._page_ground(root, settings))
        sections = list(body.iter(W + "sectPr"))
        self._running(sections, "headerReference", place)
        self._story(body, place)
        self._flush()
        self._foot_and_endnotes(place)
        self._running(sections, "footerReference", place)
        self._unread(root)

    def _part(self, kind: str, usual: str) -> str:
        return next((target for found, target in self.relations.values() if found == kind), usual)

    def _page_ground(self, root, settings) -> Colour:
        """The page's colour, which Word shows only where the settings ask for it."""
        background = child(root, "background")
        if background is None or not switch(settings, "displayBackgroundShape"):
            return WHITE
        return self.styles.colour(background, "color") or WHITE

    def _running(self, sections: list, kind: str, place: Place) -> None:
        """Headers or footers, each once; bare page numbers left out."""
        done = set()
        for section in sections:
            first_used = switch(section, "titlePg")
            for reference in section.findall(W + kind):
                shown = {"first": first_used, "even": self.even_pages}.get(reference.get(W + "type"), True)
                if not shown:
                    continue
                target = self.relations.get(reference.get(R + "id", ""), ("", ""))[1]
                if not target or target in done:
                    continue
                done.add(target)
                root = self.package.xml(target)
                if root is None:
                    continue
                before = len(self.draft.blocks)
                self._story(root, replace(place))
                self._flush()
                kept = [b for b in self.draft.blocks[before:] if not _PAGE_NUMBER.fullmatch(b[0])]
                texts = {b[0] for b in self.draft.blocks[:before]}
                self.draft.blocks[before:] = [b for b in kept if b[0] not in texts]

    def _foot_and_endnotes(self, place: Place) -> None:
        for kind in ("footnote", "endnote"):
            root = self.package.xml(self._part(f"{kind}s", f"word/{kind}s.xml")) if self._notes else None
            for note in root.findall(W + kind) if root is not None else ():
                if (kind, note.get(W + "id")) in self._notes:
                    self._story(note, replace(place))
                    self._flush()

    def _unread(self, root) -> None:
        """Flag what Word shows and this reader does not know the look of."""
        if next(root.iter(DIAGRAM + "relIds", CHART + "chart", W + "altChunk"), None) is not None:
            self.draft.flag(
                "unread_drawing", "A diagram, chart or part in another format was not read: look at the file itself."
            )

    def _story(self, container, place: Place) -> None:
        for element in container:
            tag = element.tag
            if tag == W + "p":
                self._emit(element, place)
            elif tag == W + "tbl":
                self._table(element, place)
            elif tag in TRANSPARENT:
                self._story(element, place)
            elif tag in _REMOVED:
                self._hide_removed(element, _REMOVED[tag])
            elif tag == MC + "AlternateContent":
                self._story(_shown(element), place)

    def _emit(self, element, place: Place) -> None:
        if covers(element, self.styles):
            self.draft.flag(
                "uncertain_text", "A blank shape lies before the text and may cover it: look at the file itself."
            )
        place.shape = shape_behind(element, self.styles) or place.shape
        paragraph, boxes = self._paragraph(element, place)
        if place.shape:
            place.shape.height -= SHAPE_LINE * (1 + len(paragraph.text) // 90)
            place.shape = place.shape if place.shape.height > 0 else None
        last = self._last
        if not paragraph.text.strip():
            if not boxes:
                self._flush()
        else:
            gap = max(last.after, paragraph.before) if last else 0
            together = last and not last.heading and not paragraph.heading
            if not together or (gap >= BLOCK_GAP and not (last.item and paragraph.item)):
                self._flush()
            self._pending.append(("- " if paragraph.item else "") + paragraph.text)
            self._last = paragraph
        for box in boxes:
            self._flush()
            inner = Place(box.ground or place.ground, hidden=place.hidden or box.hidden)
            inner.shape = Shape(BLACK, float("inf")) if box.picture else None
            inner.room = [box.area] if box.area is not None else None
            self._story(box.content, inner)
            self._flush()

    def _flush(self) -> None:
        if self._pending:
            self.draft.add("\n".join(self._pending))
        self._pending, self._last = [], None

    def _paragraph(self, element, place: Place) -> tuple[Paragraph, list]:
        properties = child(element, "pPr")
        chain = self.styles.chain(value(properties, "pStyle"), "paragraph")
        layers = [x for x in (properties, *(child(s, "pPr") for s in chain)) if x is not None]
        spacing = [x for layer in layers if (x := child(layer, "spacing")) is not None]

        def space(name: str) -> float:
            return next((number(s.get(W + name)) or 0 for s in spacing if s.get(W + name)), 0) / 20

        ground = next((g for layer in layers if (g := self.styles.shading(layer))), place.ground)
        heights = [h for h in (place.height, line_height(spacing)) if h is not None]
        inner = replace(place, ground=ground, hidden=place.hidden or misplaced(layers),
                        height=min(heights, default=None))
        runs, boxes = [], []
        self._runs(element, inner, chain, runs, boxes)
        numbering = next((x for layer in layers if (x := child(layer, "numPr")) is not None), None)
        heading = any(child(layer, "outlineLvl") is not None for layer in layers[:6])
        item = numbering is not None and value(numbering, "numId") not in (None, "0") and not heading
        return Paragraph("".join(runs).strip(" "), item, space("before"), space("after"), heading), boxes

    def _runs(self, element, place: Place, chain: list, out: list[str], boxes: list) -> None:
        for item in element:
            tag = item.tag
            if tag == W + "r":
                self._run(item, place, chain, out, boxes)
            elif tag in TRANSPARENT:
                self._runs(item, place, chain, out, boxes)
            elif tag in _REMOVED:
                self._hide_removed(item, _REMOVED[tag])
            elif tag == MC + "AlternateContent":
                self._runs(_shown(item), place, chain, out, boxes)

    def _run(self, run, place: Place, chain: list, out: list[str], boxes: list) -> None:
        text = "".join(_run_text(run))
        boxes.extend(text_boxes(run, self.styles))
        notes = [item for item in run if item.tag in _NOTES]
        if not text.strip() and not notes:
            out.append(text)
            return
        look = self.styles.run_look(child(run, "rPr"), chain, place.table_runs, place.ground)
        if not (place.hidden or look.hidden):
            self._notes += [(_NOTES[item.tag], item.get(W + "id")) for item in notes]
        how = place.hidden or look.unseen() or squeezed(run, text, look) or place.cut(text, look)
        if how == "the colour of its background" and place.shape and look.ground == place.ground:
            look.ground = place.shape.colour
            if not look.unseen():
                self.draft.flag(
                    "uncertain_text",
                    "Some text can be seen only where a shape lies behind it: look at the file itself.",
                    text,
                )
                how = ""
        if how:
            self.draft.hide(text, how)
        else:
            out.append(text)

    def _hide_removed(self, element, how: str) -> None:
        found = [t.text or "" for t in element.iter(W + "delText", W + "t")]
        self.draft.hide("".join(found), how)

    def _table(self, table, place: Place) -> None:
        self._flush()
        properties = child(table, "tblPr")
        chain = self.styles.chain(value(properties, "tblStyle"), "table")
        look = child(properties, "tblLook")
        rows, off = list(table_rows(table)), table_misplaced(properties)
        lines: list[str] = []
        for number_, row in enumerate(rows):
            hidden, height = place.hidden or off or row_hidden(row), row_height(row)
            texts = []
            cells = list(row_cells(row))
            for column, cell in enumerate(cells):
                where = conditions(look, number_, len(rows), column, len(cells))
                inner = self._cell_place(cell, chain, properties, where, place)
                area = cell_area(cell, height)
                inner.hidden, inner.height, inner.room = hidden, height, [area] if area else place.room
                before = len(self.draft.blocks)
                self._story(cell, inner)
                self._flush()
                texts.append([b[0] for b in self.draft.blocks[before:]])
                del self.draft.blocks[before:]
            filled = [t for t in texts if t]
            if len(filled) > 1 and all(len(t) == 1 and "\n" not in t[0] for t in filled):
                lines.append("\t".join(t[0] for t in filled))
            elif filled:
                self.draft.add("\n".join(lines))
                lines = []
                for text in (text for blocks in filled for text in blocks):
                    self.draft.add(text)
        self.draft.add("\n".join(lines))

    def _cell_place(self, cell, chain: list, table_properties, where: set[str], place: Place) -> Place:
        """Background and run styles of a cell: its own shading, its table's, its table style's for this place."""
        own = self.styles.shading(child(cell, "tcPr"))
        grounds, runs, plain_runs = [], [], []
        for style in chain:
            for part in style.findall(W + "tblStylePr"):
                if part.get(W + "type") in where:
                    grounds.append(self.styles.shading(child(part, "tcPr")))
                    runs.append(child(part, "rPr"))
            grounds_plain = (self.styles.shading(child(style, n)) for n in ("tcPr", "tblPr"))
            grounds.extend(grounds_plain)
            plain_runs.append(child(style, "rPr"))
        found = own or next((g for g in (*grounds, self.styles.shading(table_properties)) if g), None)
        table_runs = [r for r in (*runs, *plain_runs) if r is not None]
        return Place(found or place.ground, table_runs, hidden=place.hidden, shape=place.shape)


def _shown(alternate):
    """The branch of an AlternateContent that Word shows: the first one that holds anything."""
    return next((branch for branch in branches(alternate) if len(branch)), ())


def _run_text(run) -> list[str]:
    out = []
    for item in run:
        tag = item.tag
        if tag == W + "t":
            out.append(item.text or "")
        elif tag == W + "tab" or tag == W + "ptab":
            out.append("\t")
        elif tag == W + "br" or tag == W + "cr":
            out.append("\n")
        elif tag == W + "noBreakHyphen":
            out.append("-")
        elif tag == W + "sym":
            out.append("\u2022 " if not out else "")
    return out


def read_docx(data: bytes, limits: Limits) -> Draft:
    """The visible text of a DOCX. Raises DocumentError."""
    package = Package(data, limits, "Word file")
    draft = Draft("docx")
    reader = DocxReader(package, draft)
    reader.run()
    if any(name.endswith("vbaProject.bin") for name in package.names):
        draft.flag("active_content", "The Word file holds a program (macro); it was not run.")
    if any("/embeddings/" in name for name in package.names):
        draft.flag("attachments", "The Word file has other files inside; they were not read.")
    return draft
