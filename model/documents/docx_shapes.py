"""Text boxes and shapes of a DOCX, in DrawingML and in the older VML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.documents.docx_style import A, Styles, W, number
from model.documents.looks import NAMED_COLOURS, Colour, hex_colour

WPD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
EMU = 12_700  # English Metric Units a point
OFF_PAGE = 1_500.0  # points from any origin, beyond every common paper
OFF_LEFT = -150.0  # points left of or above a column or margin


@dataclass
class TextBox:
    """`content` holds paragraphs; `ground` is the box's fill or None; `hidden` says what hides it."""

    content: object
    ground: Colour | None
    hidden: str


def text_boxes(run, styles: Styles) -> list[TextBox]:
    """Text boxes anchored in a run, the fallback of an alternative only where the choice has none."""
    return _boxes_under(run, styles)


def _boxes_under(element, styles: Styles) -> list[TextBox]:
    found = []
    for item in element:
        tag = item.tag
        if tag == MC + "AlternateContent":
            for branch in item:
                boxes = _boxes_under(branch, styles)
                if boxes:
                    found.extend(boxes)
                    break
        elif tag in (WPD + "anchor", WPD + "inline"):
            found.extend(_drawing_boxes(item, styles))
        elif tag.startswith(V) and item.find(V + "textbox") is not None:
            content = item.find(f"{V}textbox/{W}txbxContent")
            if content is not None:
                found.append(TextBox(content, _vml_fill(item), _vml_hidden(item)))
        elif tag in (W + "drawing", W + "pict", W + "object", V + "group"):
            found.extend(_boxes_under(item, styles))
    return found


def _drawing_boxes(anchor, styles: Styles) -> list[TextBox]:
    hidden = _drawing_hidden(anchor)
    found = []
    for shape in anchor.iter(WPS + "wsp"):
        content = shape.find(f"{WPS}txbx/{W}txbxContent")
        if content is not None:
            fill = styles.drawing_fill(shape.find(WPS + "spPr"))
            found.append(TextBox(content, fill, hidden or _too_small(shape.find(f"{WPS}spPr/{A}xfrm/{A}ext"))))
    return found


def _too_small(extent) -> str:
    if extent is None:
        return ""
    sides = [number(extent.get(n)) for n in ("cx", "cy")]
    return "a text box of no size" if any(s is not None and s < 4 * EMU for s in sides) else ""


def _drawing_hidden(anchor) -> str:
    properties = anchor.find(WPD + "docPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return "Word's hidden-text setting"
    for name in ("positionH", "positionV"):
        position = anchor.find(WPD + name)
        offset = position.find(WPD + "posOffset") if position is not None else None
        points = (number(offset.text) or 0) / EMU if offset is not None else 0
        extent = anchor.find(WPD + "extent")
        size = (number(extent.get("cx" if name == "positionH" else "cy")) or 0) / EMU if extent is not None else 0
        from_page = position is not None and position.get("relativeFrom") == "page"
        if points > OFF_PAGE or points + size < (4 if from_page else OFF_LEFT):
            return "a place off the page"
    return _too_small(anchor.find(WPD + "extent"))


def _vml_style(shape) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for part in (shape.get("style") or "").split(";"):
        name, _, text = part.partition(":")
        match = re.fullmatch(r"\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)?\s*", text)
        if match and (size := number(match[1])) is not None:
            unit = {"in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(match[2] or "pt", 1.0)
            found[name.strip().lower()] = size * unit
        else:
            found[name.strip().lower()] = text.strip().lower()
    return found


def _vml_hidden(shape) -> str:
    style = _vml_style(shape)
    if style.get("visibility") == "hidden" or style.get("display") == "none":
        return "Word's hidden-text setting"
    for start, size in (("margin-left", "width"), ("margin-top", "height"), ("left", "width"), ("top", "height")):
        at, length = style.get(start, 0.0), style.get(size, 100.0)
        if isinstance(at, float) and isinstance(length, float):
            if at > OFF_PAGE or at + length < OFF_LEFT:
                return "a place off the page"
            if length < 4:
                return "a text box of no size"
    return ""


def _vml_fill(shape) -> Colour | None:
    if shape.get("filled") in ("f", "false"):
        return None
    name = (shape.get("fillcolor") or "").split(" ")[0].lower()
    return NAMED_COLOURS.get(name) or hex_colour(name)


def shape_look(paragraph, styles: Styles) -> Colour | None:
    """The fill of a sizeable shape without text that is anchored in this paragraph, or None."""
    for anchor in paragraph.iter(WPD + "anchor"):
        extent = anchor.find(WPD + "extent")
        sides = [(number(extent.get(n)) or 0) / EMU for n in ("cx", "cy")] if extent is not None else [0, 0]
        if min(sides) < 12 or max(sides) < 100 or _drawing_hidden(anchor):
            continue
        for shape in anchor.iter(WPS + "wsp"):
            if shape.find(WPS + "txbx") is None and (fill := styles.drawing_fill(shape.find(WPS + "spPr"))):
                return fill
    for shape in paragraph.iter(V + "rect", V + "shape", V + "roundrect"):
        style = _vml_style(shape)
        sides = [style.get(n) for n in ("width", "height")]
        sizeable = all(isinstance(s, float) and s >= 12 for s in sides) and max(sides) >= 100
        if sizeable and shape.find(V + "textbox") is None and (fill := _vml_fill(shape)):
            return fill
    return None
