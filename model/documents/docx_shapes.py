"""Text boxes and shapes of a DOCX, in DrawingML and in the older VML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.documents.docx_style import A, Styles, W, number
from model.documents.looks import BLACK, MIN_CONTRAST, NAMED_COLOURS, WHITE, Colour, contrast, hex_colour

WPD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
MICROSOFT = "http://schemas.microsoft.com/office/"  # how the namespaces begin that Word knows beyond the standard
EMU = 12_700  # English Metric Units a point
OFF_PAGE = 1_500.0  # points from any origin, beyond every common paper
OFF_LEFT = -150.0  # points left of or above a column or margin


@dataclass
class TextBox:
    """`content` holds paragraphs; `ground` is the box's fill or None; `hidden` says what hides it.

    `area` is the room for text in square points, None where the box grows with it; `picture` fills the box instead.
    """

    content: object
    ground: Colour | None
    hidden: str
    area: float | None = None
    picture: bool = False


@dataclass
class Shape:
    """A coloured shape without text that lies behind some `height` points of text."""

    colour: Colour
    height: float


def branches(alternate) -> list:
    """The branches of an AlternateContent in the order in which Word tries them; it leaves out what it cannot show."""
    choices = [c for c in alternate.findall(MC + "Choice") if all(
        (c.nsmap.get(prefix) or "").startswith(MICROSOFT) for prefix in (c.get("Requires") or "").split())]
    return [*choices, *alternate.findall(MC + "Fallback")]


def text_boxes(element, styles: Styles) -> list[TextBox]:
    """Text boxes anchored in a run, the fallback of an alternative only where the choice has none."""
    found = []
    for item in element:
        tag = item.tag
        if tag == MC + "AlternateContent":
            for branch in branches(item):
                boxes = text_boxes(branch, styles)
                if boxes:
                    found.extend(boxes)
                    break
        elif tag in (WPD + "anchor", WPD + "inline"):
            found.extend(_drawing_boxes(item, styles))
        elif tag.startswith(V) and item.find(V + "textbox") is not None:
            content = item.find(f"{V}textbox/{W}txbxContent")
            if content is not None:
                picture = item.find(V + "fill") is not None  # a picture, a pattern or a gradient
                found.append(TextBox(content, _vml_fill(item), _vml_hidden(item), picture=picture))
        elif tag in (W + "drawing", W + "pict", W + "object", V + "group"):
            found.extend(text_boxes(item, styles))
    return found


def _drawing_boxes(anchor, styles: Styles) -> list[TextBox]:
    hidden = _drawing_hidden(anchor)
    found = []
    shapes = list(anchor.iter(WPS + "wsp"))
    for shape in shapes:
        content = shape.find(f"{WPS}txbx/{W}txbxContent")
        if content is not None:
            properties = shape.find(WPS + "spPr")
            fill = styles.shape_fill(shape, properties)
            small = _too_small(properties.find(f"{A}xfrm/{A}ext") if properties is not None else None)
            picture = properties is not None and properties.find(A + "blipFill") is not None
            area = _area(anchor, shape) if len(shapes) == 1 else None  # shapes of a group are scaled
            found.append(TextBox(content, fill, hidden or small, area, picture))
    return found


def _area(anchor, shape) -> float | None:
    """Square points of a box whose text is cut off at its edge; None where it grows or flows on into another box."""
    body, extent = shape.find(WPS + "bodyPr"), anchor.find(WPD + "extent")
    grows = body is not None and any(body.find(A + name) is not None for name in ("spAutoFit", "normAutofit"))
    flows = (shape.find(WPS + "txbx").get("id") or "0") != "0"
    if extent is None or grows or flows:
        return None
    sides = [number(extent.get(name)) for name in ("cx", "cy")]
    return None if None in sides else sides[0] * sides[1] / EMU**2


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


def _sizeable(paragraph):
    """(anchor, [width, height] in points) of drawings that are large enough to lie behind text or over it."""
    for anchor in paragraph.iter(WPD + "anchor"):
        extent = anchor.find(WPD + "extent")
        sides = [(number(extent.get(n)) or 0) / EMU for n in ("cx", "cy")] if extent is not None else [0, 0]
        if min(sides) >= 12 and max(sides) >= 100 and not _drawing_hidden(anchor):
            yield anchor, sides


def _plain_fill(anchor, styles: Styles) -> Colour | None:
    """The fill of a shape without text, or None."""
    plain = (shape for shape in anchor.iter(WPS + "wsp") if shape.find(WPS + "txbx") is None)
    return next((fill for shape in plain if (fill := styles.shape_fill(shape, shape.find(WPS + "spPr")))), None)


def covers(paragraph, styles: Styles) -> bool:
    """Whether a shape in the colour of paper lies before the text."""
    fills = (_plain_fill(a, styles) for a, _ in _sizeable(paragraph) if a.get("behindDoc") not in ("1", "true"))
    return any(fill and contrast(fill, WHITE) < MIN_CONTRAST for fill in fills)


def shape_behind(paragraph, styles: Styles) -> Shape | None:
    """A sizeable shape or picture without text that is anchored in this paragraph, or None."""
    for anchor, sides in _sizeable(paragraph):
        if fill := _plain_fill(anchor, styles):
            return Shape(fill, sides[1])
        if anchor.get("behindDoc") in ("1", "true") and next(anchor.iter(PIC + "pic"), None) is not None:
            return Shape(BLACK, sides[1])  # of any colours: white text may be on dark ones
    for shape in paragraph.iter(V + "rect", V + "shape", V + "roundrect"):
        style = _vml_style(shape)
        sides = [style.get(n) for n in ("width", "height")]
        sizeable = all(isinstance(s, float) and s >= 12 for s in sides) and max(sides) >= 100
        if sizeable and shape.find(V + "textbox") is None and (fill := _vml_fill(shape)):
            return Shape(fill, sides[1])
    return None
