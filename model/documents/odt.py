"""ODT through its own XML: paragraphs, lists, tables, text boxes, headers and footers, with resolved styles.

lxml reads the XML. The libraries for ODT (odfpy, odfdo) give text or styles, but not the style that a run ends up with.
"""

from __future__ import annotations

import re
from dataclasses import replace

from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.looks import Colour, Look, hex_colour
from model.documents.package import Package
from model.documents.reasons import unreadable

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, OFFICE = f"{{{_NS}text:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}office:1.0}}"
TABLE, DRAW = f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
FO, SVG = f"{{{_NS}xsl-fo-compatible:1.0}}", f"{{{_NS}svg-compatible:1.0}}"
_UNSHOWN = {
    OFFICE + "annotation", TEXT + "tracked-changes", OFFICE + "forms", TEXT + "note-citation",
    TEXT + "sequence-decls", TEXT + "variable-decls", OFFICE + "event-listeners", SVG + "title", SVG + "desc",
    TEXT + "bookmark",
}  # fmt: skip


def points(text: str | None) -> float | None:
    """An ODF length in points; None where there is none."""
    match = re.fullmatch(r"\s*(-?\d*\.?\d+)(cm|mm|in|pt|pc|px)\s*", text or "")
    scale = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
    return float(match[1]) * scale[match[2]] if match else None


class OdtReader:
    """Walks content.xml and the page styles of styles.xml."""

    def __init__(self, package: Package, draft: Draft):
        self.draft = draft
        self.content = package.xml("content.xml")
        self.page_styles = package.xml("styles.xml")
        self.styles: dict[tuple[str, str], object] = {}
        for root in (self.page_styles, self.content):
            for style in root.iter(STYLE + "style", STYLE + "default-style") if root is not None else ():
                self.styles[(style.get(STYLE + "family"), style.get(STYLE + "name", ""))] = style
        self._line: list[str] = []

    def run(self) -> None:
        body = self.content.find(f"{OFFICE}body/{OFFICE}text") if self.content is not None else None
        if body is None:
            raise unreadable("damaged", kind="OpenDocument file")
        for change in self.content.iter(TEXT + "deletion"):
            self.draft.hide("".join(change.itertext()), "a deleted revision")
        self._running("header")
        self._block(body, Look(points=12.0), "")
        self._running("footer")

    def _running(self, kind: str) -> None:
        if self.page_styles is None:
            return
        seen = {b[0] for b in self.draft.blocks}
        for part in self.page_styles.iter(STYLE + kind):
            before = len(self.draft.blocks)
            self._block(part, Look(points=12.0), "")
            new = [
                b
                for b in self.draft.blocks[before:]
                if b[0] not in seen and re.sub(r"[\W\d]|page|of", "", b[0].lower())
            ]
            self.draft.blocks[before:] = new

    def _chain(self, family: str, name: str | None) -> list:
        found = []
        while name and (family, name) in self.styles and len(found) < 20:
            style = self.styles[(family, name)]
            if style in found:
                break
            found.append(style)
            name = style.get(STYLE + "parent-style-name")
        default = self.styles.get((family, ""))
        return [*found, default] if default is not None else found

    def _property(self, chain: list, group: str, *names: str) -> str | None:
        for style in chain:
            properties = style.find(f"{STYLE}{group}-properties")
            for name in names:
                if properties is not None and properties.get(name) is not None:
                    return properties.get(name)
        return None

    def _look(self, look: Look, family: str, name: str | None) -> Look:
        """`look` changed by a text or paragraph style; the family's defaults count for paragraphs only."""
        chain = self._chain(family, name)
        if family == "text":
            chain = [s for s in chain if s.get(STYLE + "name")]
        look = replace(look)
        colour = self._property(chain, "text", FO + "color")
        automatic = self._property(chain, "text", STYLE + "use-window-font-color")
        if colour or automatic:
            look.colour = None if automatic == "true" else hex_colour(colour)
        for group in ("text", "paragraph"):
            look.ground = hex_colour(self._property(chain, group, FO + "background-color")) or look.ground
        size = self._property(chain, "text", FO + "font-size")
        if size and size.endswith("%"):
            look.points *= float(size.rstrip("%") or 100) / 100 if re.fullmatch(r"[\d.]+%", size) else 1
        else:
            look.points = points(size) or look.points
        scale = self._property(chain, "text", STYLE + "text-scale")
        if scale and re.fullmatch(r"[\d.]+%", scale):
            look.stretch = float(scale[:-1]) / 100
        if self._property(chain, "text", TEXT + "display") == "none":
            look.hidden = "the document's hidden-text setting"
        indent = points(self._property(chain, "paragraph", FO + "margin-left"))
        if indent is not None and (indent > 700 or indent < -250):
            look.hidden = "a place off the page"
        return look

    def _ground(self, family: str, name: str | None, group: str) -> Colour | None:
        return hex_colour(self._property(self._chain(family, name), group, FO + "background-color"))

    def _block(self, container, look: Look, mark: str) -> None:
        items: list[str] = []
        for element in container:
            tag = element.tag
            if tag in _UNSHOWN:
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                text = self._paragraph(element, look)
                if not text.strip() or tag == TEXT + "h":
                    self._add(items)
                items.append((mark if text.strip() else "") + text)
                mark = "  " if mark else ""
                if tag == TEXT + "h":
                    self._add(items)
            else:
                self._add(items)
                self._container(element, look, mark)
        self._add(items)

    def _add(self, items: list[str]) -> None:
        self.draft.add("\n".join(items))
        items.clear()

    def _container(self, element, look: Look, mark: str) -> None:
        tag = element.tag
        if tag == TEXT + "list":
            before = len(self.draft.blocks)
            for item in element:
                self._block(item, look, "- ")
            texts = [b[0] for b in self.draft.blocks[before:]]
            del self.draft.blocks[before:]
            self.draft.add("\n".join(texts))
        elif tag == TABLE + "table":
            self._table(element, look)
        elif tag in (DRAW + "frame", DRAW + "custom-shape", DRAW + "rect"):
            self._frame(element, look)
        elif tag == TEXT + "section" and element.get(TEXT + "display") == "none":
            self.draft.hide("".join(element.itertext()), "the document's hidden-text setting")
        elif tag != TEXT + "hidden-paragraph":
            self._block(element, look, mark)

    def _frame(self, element, look: Look) -> None:
        look = replace(look)
        chain = self._chain("graphic", element.get(DRAW + "style-name"))
        fill = self._property(chain, "graphic", DRAW + "fill")
        colour = hex_colour(self._property(chain, "graphic", DRAW + "fill-color"))
        if colour and fill != "none":
            look.ground = colour
        look.ground = hex_colour(self._property(chain, "graphic", FO + "background-color")) or look.ground
        x, y = points(element.get(SVG + "x")) or 0, points(element.get(SVG + "y")) or 0
        width, height = points(element.get(SVG + "width")), points(element.get(SVG + "height"))
        if x > 1_000 or y > 1_500 or x + (width or 100) < -100 or y + (height or 100) < -100:
            look.hidden = "a place off the page"
        if any(side is not None and side < 4 for side in (width, height)):
            look.hidden = "a text box of no size"
        for box in element.iter(DRAW + "text-box"):
            self._block(box, look, "")
        if element.tag != DRAW + "frame":
            self._block(element, look, "")

    def _table(self, table, look: Look) -> None:
        lines: list[str] = []
        for row in table.iter(TABLE + "table-row"):
            if next(row.iterancestors(TABLE + "table")) is not table or row.get(TABLE + "visibility") == "collapse":
                continue  # of a table within a cell, or not shown
            cells = []
            for cell in row:
                if cell.tag != TABLE + "table-cell":
                    continue
                ground = self._ground("table-cell", cell.get(TABLE + "style-name"), "table-cell")
                before = len(self.draft.blocks)
                self._block(cell, replace(look, ground=ground or look.ground), "")
                cells.append([b[0] for b in self.draft.blocks[before:]])
                del self.draft.blocks[before:]
            filled = [c for c in cells if c]
            if len(filled) > 1 and all(len(c) == 1 and "\n" not in c[0] for c in filled):
                lines.append("\t".join(c[0] for c in filled))
                continue
            self._add(lines)
            for text in (t for c in filled for t in c):
                self.draft.add(text)
        self._add(lines)

    def _paragraph(self, element, look: Look) -> str:
        out: list[str] = []
        look = self._look(look, "paragraph", element.get(TEXT + "style-name"))
        self._inline(element, look, out)
        return "".join(out)

    def _inline(self, element, look: Look, out: list[str]) -> None:
        self._text(element.text, look, out)
        for item in element:
            tag = item.tag
            if tag == TEXT + "span":
                self._inline(item, self._look(look, "text", item.get(TEXT + "style-name")), out)
            elif tag == TEXT + "s":
                out.append(" ")
            elif tag == TEXT + "tab":
                out.append("\t")
            elif tag == TEXT + "line-break":
                out.append("\n")
            elif tag in (TEXT + "hidden-text", TEXT + "conditional-text", TEXT + "hidden-paragraph"):
                hidden = item.get(TEXT + "string-value") or "".join(item.itertext())
                self.draft.hide(hidden, "the document's hidden-text setting")
            elif tag in (DRAW + "frame", DRAW + "custom-shape", DRAW + "rect"):
                self._frame(item, look)
            elif tag == TEXT + "note":
                self._block(
                    item.find(TEXT + "note-body") if item.find(TEXT + "note-body") is not None else (), look, ""
                )
            elif tag not in _UNSHOWN:
                self._inline(item, look, out)
            self._text(item.tail, look, out)

    def _text(self, text: str | None, look: Look, out: list[str]) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", text or "")
        how = look.unseen() if text.strip() else ""
        if how:
            self.draft.hide(text, how)
        else:
            out.append(text)


def read_odt(data: bytes, limits: Limits) -> Draft:
    """The visible text of an ODT. Raises DocumentError."""
    package = Package(data, limits, "OpenDocument file")
    manifest = package.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise unreadable("encrypted", kind="OpenDocument file")
    draft = Draft("odt")
    OdtReader(package, draft).run()
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        draft.flag("active_content", "The file holds a program (macro); it was not run.")
    return draft
