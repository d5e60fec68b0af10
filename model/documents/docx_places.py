"""Where a DOCX puts a paragraph: in which part of a table's style, on the page or off it, with any height or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from model.documents.docx_shapes import Shape
from model.documents.docx_style import W, child, number, switch, value
from model.documents.looks import WHITE, Colour, Look

SHOWN_HEIGHT = 0.5  # of a letter's size, by the line or row that cuts it off
LETTER_AREA = 0.35  # of its size squared: narrow letters, close lines

TRANSPARENT = {W + n for n in ("sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "ins", "moveTo", "fldSimple",
                                "bdo", "dir", "rt", "rubyBase")}  # fmt: skip


@dataclass
class Place:
    """What surrounds a paragraph: its background, its table's run styles, what hides it, and a shape behind.

    `height` in points is what its line or row cuts letters off at; `room` in square points is what is left of its box.
    """

    ground: Colour = WHITE
    table_runs: list = field(default_factory=list)
    hidden: str = ""
    shape: Shape | None = None
    height: float | None = None
    room: list[float] | None = None  # one number, shared by all that stands in the box

    def cut(self, text: str, look: Look) -> str:
        """What cuts `text` off, or ""; what is shown takes its room."""
        if self.height is not None and self.height < SHOWN_HEIGHT * look.points:
            return "a line or row of too little height"
        if self.room is not None:
            self.room[0] -= LETTER_AREA * look.points**2 * len(text)
            if self.room[0] < 0:
                return "a box that is too small for it"
        return ""


def squeezed(run, text: str, look: Look) -> str:
    """Whether Word has to fit the run into too little width."""
    width = number(value(child(run, "rPr"), "fitText"))
    tight = width is not None and width / 20 < 0.15 * look.points * len(text.strip())
    return "letters pushed into one another" if tight else ""


def misplaced(layers: list) -> str:
    """What puts a paragraph out of sight: a frame or indent off the page; or ""."""
    frame = next((x for layer in layers if (x := child(layer, "framePr")) is not None), None)
    if frame is not None and any(abs(number(frame.get(W + n)) or 0) > 31_000 for n in ("x", "y")):
        return "a place off the page"
    if frame is not None and any((number(frame.get(W + n)) or 0) < -1_440 for n in ("x", "y")):
        return "a place off the page"
    indent = next((x for layer in layers if (x := child(layer, "ind")) is not None), None)
    if indent is not None:
        for name in ("left", "start", "right", "end", "firstLine"):
            shift = number(indent.get(W + name)) or 0
            if shift > 14_000 or shift < -5_000:
                return "a place off the page"
    return ""


def table_misplaced(properties) -> str:
    """What puts a table off the page, or ""."""
    indent, floating = child(properties, "tblInd"), child(properties, "tblpPr")
    shifts = [number(indent.get(W + "w"))] if indent is not None else []
    if floating is not None:
        shifts += [number(floating.get(W + name)) for name in ("tblpX", "tblpY")]
    return "a place off the page" if any(s is not None and not -5_000 <= s <= 31_000 for s in shifts) else ""


def line_height(spacing: list) -> float | None:
    """Points of a line that is exactly so high whatever it holds, or None."""
    exact = next((s for s in spacing if s.get(W + "line")), None)
    return _points(exact.get(W + "line")) if exact is not None and exact.get(W + "lineRule") == "exact" else None


def row_height(row) -> float | None:
    """Points of a table's row that is exactly so high, or None."""
    height = child(child(row, "trPr"), "trHeight")
    return _points(height.get(W + "val")) if height is not None and height.get(W + "hRule") == "exact" else None


def cell_area(cell, height: float | None) -> float | None:
    """Square points of a cell in a row of exact `height`, or None."""
    width = child(child(cell, "tcPr"), "tcW")
    if height is None or width is None or width.get(W + "type") != "dxa":
        return None
    return height * (_points(width.get(W + "w")) or 0) or None


def _points(twips: str | None) -> float | None:
    found = number(twips)
    return None if found is None else found / 20


def table_rows(table):
    for item in table:
        if item.tag == W + "tr":
            yield item
        elif item.tag in TRANSPARENT:
            yield from table_rows(item)


def row_cells(row):
    for item in row:
        if item.tag == W + "tc":
            yield item
        elif item.tag in TRANSPARENT:
            yield from row_cells(item)


def row_hidden(row) -> str:
    return "Word's hidden-text setting" if switch(child(row, "trPr"), "hidden") else ""


def conditions(look, row: int, rows: int, column: int, columns: int) -> set[str]:
    """Which parts of a table style apply to a cell."""
    digits = (look.get(W + "val") or "") if look is not None else ""
    bits = int(digits, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", digits) else 0

    def asked(name: str, bit: int, default: bool) -> bool:
        if look is None:
            return default
        given = look.get(W + name)
        return bool(bits & bit) if given is None else given in ("1", "true", "on")

    found = {"wholeTable"}
    first_row = asked("firstRow", 0x20, True)
    if row == 0 and first_row:
        found.add("firstRow")
    if row == rows - 1 and asked("lastRow", 0x40, False):
        found.add("lastRow")
    first_column = asked("firstColumn", 0x80, True)
    if column == 0 and first_column:
        found.add("firstCol")
    if column == columns - 1 and asked("lastColumn", 0x100, False):
        found.add("lastCol")
    if not asked("noHBand", 0x200, False):
        found.add("band1Horz" if (row - first_row) % 2 == 0 else "band2Horz")
    if not asked("noVBand", 0x400, True):
        found.add("band1Vert" if (column - first_column) % 2 == 0 else "band2Vert")
    return found
