"""Where a DOCX puts a paragraph: in which part of a table's style, on the page or off it, with any height or none."""

from __future__ import annotations

import re

from model.documents.docx_style import W, child, number, switch

TRANSPARENT = {W + n for n in ("sdt", "sdtContent", "hyperlink", "smartTag", "customXml", "ins", "moveTo", "fldSimple",
                                "bdo", "dir", "rt", "rubyBase")}  # fmt: skip


def misplaced(layers: list, spacing: list) -> str:
    """What puts a paragraph out of sight: a frame or indent off the page, a line of no height; or ""."""
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
    for item in spacing[:1]:
        if item.get(W + "lineRule") == "exact" and (number(item.get(W + "line")) or 240) < 60:
            return "a line of no height"
    return ""


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
    properties = child(row, "trPr")
    height = child(properties, "trHeight")
    if switch(properties, "hidden"):
        return "Word's hidden-text setting"
    if height is not None and height.get(W + "hRule") == "exact" and (number(height.get(W + "val")) or 240) < 60:
        return "a row of no height"
    return ""


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
