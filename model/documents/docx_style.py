"""The resolved look of a run in a DOCX: document defaults, table, paragraph and character styles, direct settings."""

from __future__ import annotations

import re

from model.documents.looks import BLACK, WHITE, Colour, Look, contrast, hex_colour, tinted
from model.documents.package import Package

MAX_RAISED = 8  # times its size that text may stand above or below its line
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HIGHLIGHTS = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
_THEME_NAMES = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
    "tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2",
}  # fmt: skip


def child(element, name: str):
    return element.find(W + name) if element is not None else None


def value(element, name: str, attribute: str = "val") -> str | None:
    found = child(element, name)
    return None if found is None else found.get(W + attribute)


def switch(properties, name: str) -> bool | None:
    """An on/off property: None where it is not set."""
    found = child(properties, name)
    return None if found is None else found.get(W + "val", "1") not in ("0", "false", "off", "none")


def number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


class Styles:
    """Styles, theme colours and page background of one DOCX."""

    def __init__(self, package: Package, relations: dict[str, tuple[str, str]]):
        parts = {kind: target for kind, target in relations.values()}
        styles = package.xml(parts.get("styles", "word/styles.xml"))
        self._theme = self._theme_colours(package.xml(parts.get("theme", "word/theme/theme1.xml")))
        self._styles, self._defaults = {}, {}
        self.base_run = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr")
        for style in styles.iter(W + "style") if styles is not None else ():
            self._styles[style.get(W + "styleId")] = style
            if style.get(W + "default") in ("1", "true"):
                self._defaults[style.get(W + "type")] = style.get(W + "styleId")

    @staticmethod
    def _theme_colours(theme) -> dict[str, Colour]:
        found = {}
        scheme = theme.find(f".//{A}clrScheme") if theme is not None else None
        for item in scheme if scheme is not None else ():
            for colour in item:
                given = hex_colour(colour.get("val")) or hex_colour(colour.get("lastClr"))
                if given:
                    found[item.tag.removeprefix(A)] = given
        return found

    def theme(self, name: str | None) -> Colour | None:
        return self._theme.get(_THEME_NAMES.get(name or "", name or ""))

    def chain(self, style_id: str | None, kind: str) -> list:
        """The style and its ancestors, nearest first; the default style of `kind` where none is named."""
        found, style_id = [], style_id or self._defaults.get(kind)
        while style_id in self._styles and len(found) < 20:
            style = self._styles[style_id]
            if style in found:
                break
            found.append(style)
            style_id = value(style, "basedOn")
        return found

    def colour(self, element, main: str = "val", theme: str = "theme") -> Colour | None:
        """The colour that `element` names, directly or by attributes that begin with `theme`; None for automatic."""
        if element is None:
            return None
        base = self.theme(element.get(W + ("themeFill" if theme == "themeFill" else "themeColor")))
        if base is None:
            return hex_colour(element.get(W + main))
        tint, shade = (element.get(W + theme + change) for change in ("Tint", "Shade"))
        try:
            return tinted(base, int(tint, 16) / 255 if tint else None, int(shade, 16) / 255 if shade else None)
        except ValueError:
            return base

    def shading(self, properties) -> Colour | None:
        """The background that `w:shd` in `properties` paints, or None."""
        shade = child(properties, "shd")
        if shade is None or shade.get(W + "val") == "nil":
            return None
        fill = self.colour(shade, "fill", "themeFill")
        pattern = re.fullmatch(r"pct(\d{1,2})", shade.get(W + "val") or "")
        ink = 1.0 if shade.get(W + "val") == "solid" else int(pattern[1]) / 100 if pattern else 0.0
        if not ink:
            return fill
        return tuple(round(a * ink + b * (1 - ink))
                     for a, b in zip(self.colour(shade, "color") or BLACK, fill or WHITE, strict=True))

    def drawing_colour(self, fill, ns: str = A) -> Colour | None:
        """The colour that a DrawingML fill, or Word's own text fill, names; the mean of a gradient's; None for none.

        A fill that is more clear than not is none.
        """
        found = []
        for item in fill.iter(*(ns + name for name in ("srgbClr", "schemeClr", "sysClr"))) if fill is not None else ():
            colour = next((c for name in ("val", "lastClr") for text in [item.get(name) or item.get(ns + name)]
                           if (c := hex_colour(text) or self.theme(text))), None)
            for change in item:
                share = (number(change.get("val") or change.get(ns + "val")) or 0) / 100_000
                if colour and change.tag == ns + "lumMod":
                    colour = tinted(colour, None, share)
                elif colour and change.tag == ns + "lumOff":
                    colour = tuple(min(255, round(c + 255 * share)) for c in colour)
                elif change.tag == A + "alpha" and share < 0.5:
                    colour = None
            found += [colour] if colour else []
        return tuple(round(sum(channel) / len(found)) for channel in zip(*found, strict=True)) if found else None

    def shape_fill(self, shape, properties) -> Colour | None:
        """The colour of a shape: its own (`properties` is its spPr), else its style's; None for none."""
        for item in properties if properties is not None else ():
            if item.tag in (A + "noFill", A + "blipFill"):
                return None
            if item.tag in (A + "solidFill", A + "gradFill", A + "pattFill"):
                return self.drawing_colour(item)
        style = next((x for x in shape.iter(A + "fillRef") if x.get("idx") not in (None, "0")), None)
        return self.drawing_colour(style)

    def run_look(self, run_properties, paragraph_chain: list, table_runs: list, ground: Colour) -> Look:
        """The look of a run; `table_runs` are the rPr of its table's styles, nearest first; `ground` is behind it."""
        character_chain = self.chain(value(run_properties, "rStyle"), "character")
        layers = [run_properties]
        layers += [child(style, "rPr") for style in (*character_chain, *paragraph_chain)]
        layers = [x for x in (*layers, *table_runs, self.base_run) if x is not None]

        def first(name: str):
            return next((found for x in layers if (found := child(x, name)) is not None), None)

        look = Look(ground=self._run_ground(layers, ground))
        colour = first("color")
        look.colour = self.colour(colour)
        size, stretch, spacing = first("sz"), first("w"), first("spacing")
        look.points = (number(size.get(W + "val")) or 22) / 2 if size is not None else 10.0
        look.stretch = (number(stretch.get(W + "val")) or 100) / 100 if stretch is not None else 1.0
        squeeze = (number(spacing.get(W + "val")) or 0) / 20 if spacing is not None else 0
        if squeeze < -0.4 * look.points:
            look.hidden = "letters pushed into one another"
        raised = first("position")
        if raised is not None and abs(number(raised.get(W + "val")) or 0) / 2 > MAX_RAISED * look.points:
            look.hidden = "a place off its line"
        self._fill(layers, look)
        if self._vanishes(run_properties, character_chain, paragraph_chain):
            look.hidden = "Word's hidden-text setting"
        if switch(run_properties, "outline") or switch(run_properties, "emboss") or switch(run_properties, "imprint"):
            look.colour = None
        return look

    def _run_ground(self, layers: list, ground: Colour) -> Colour:
        for layer in layers:
            mark = HIGHLIGHTS.get(value(layer, "highlight") or "")
            found = mark or self.shading(layer)
            if found:
                return found
        return ground

    def _fill(self, layers: list, look: Look) -> None:
        """Word 2010's own text fill, which overrides the colour."""
        fill = next((f for x in layers if (f := x.find(W14 + "textFill")) is not None), None)
        if fill is None:
            return
        if fill.find(W14 + "noFill") is not None:
            look.hidden = "a transparent colour"
        look.colour = self.drawing_colour(fill, W14) or look.colour
        clear = [number(alpha.get(W14 + "val")) or 0 for alpha in fill.iter(W14 + "alpha")]
        if clear:  # Word writes transparency here, 100000 for clear
            look.opacity = 1 - min(1.0, min(clear) / 100_000)
            look.colour = look.colour or BLACK

    def _vanishes(self, run_properties, character_chain: list, paragraph_chain: list) -> bool:
        """Direct settings win; else the paragraph's and the character's style cancel each other, as in Word."""
        for name in ("vanish", "specVanish"):
            direct = switch(run_properties, name)
            if direct is not None:
                if direct:
                    return True
                continue
            hidden = False
            for chain in (character_chain, paragraph_chain):
                styled = (switch(child(style, "rPr"), name) for style in chain)
                hidden ^= bool(next((s for s in styled if s is not None), False))
            if hidden or (switch(self.base_run, name) and direct is None):
                return True
        return False


def is_dark(colour: Colour) -> bool:
    return contrast(colour, BLACK) < 110
