"""How a run of text looks in a document that is not drawn, and whether a human would see it."""

from __future__ import annotations

from dataclasses import dataclass

MIN_CONTRAST = 40  # of 255, largest difference of red, green or blue
MIN_POINTS = 4.0
MIN_STRETCH = 0.2  # of the letters' ordinary width
Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
NAMED_COLOURS: dict[str, Colour] = {
    "white": WHITE, "black": BLACK, "red": (255, 0, 0), "blue": (0, 0, 255), "navy": (0, 0, 128),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192), "green": (0, 128, 0),
    "yellow": (255, 255, 0), "teal": (0, 128, 128), "maroon": (128, 0, 0), "snow": (255, 250, 250),
    "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240), "azure": (240, 255, 255), "mintcream": (245, 255, 250), "linen": (250, 240, 230),
    "beige": (245, 245, 220), "seashell": (255, 245, 238), "lightyellow": (255, 255, 224),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "gainsboro": (220, 220, 220),
    "honeydew": (240, 255, 240), "aliceblue": (240, 248, 255), "lavender": (230, 230, 250),
    "cornsilk": (255, 248, 220), "darkblue": (0, 0, 139), "darkgray": (169, 169, 169), "dimgray": (105, 105, 105),
    "purple": (128, 0, 128), "orange": (255, 165, 0),
}  # fmt: skip


@dataclass
class Look:
    """`colour` None is automatic (black, or white on dark); `ground` None is a picture.

    `hidden` says what hides the run, "" when nothing does.
    """

    colour: Colour | None = None
    ground: Colour | None = WHITE
    points: float = 11.0
    stretch: float = 1.0
    opacity: float = 1.0
    hidden: str = ""

    def unseen(self) -> str:
        """What makes this run invisible, or ""."""
        if self.hidden:
            return self.hidden
        if self.points < MIN_POINTS or self.stretch < MIN_STRETCH:
            return "letters too small to read"
        if self.colour is None or self.ground is None:
            return ""
        if contrast(self.colour, self.ground) * self.opacity < MIN_CONTRAST:
            return "the colour of its background"
        return ""


def contrast(a: Colour, b: Colour) -> int:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))


def hex_colour(value: str | None) -> Colour | None:
    """ "1F2A44", "#1F2A44" or "#fff" to a colour; None for anything else ("auto")."""
    value = (value or "").strip().lstrip("#")
    if len(value) == 3:
        value = "".join(c + c for c in value)
    try:
        return (int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)) if len(value) == 6 else None
    except ValueError:
        return None


def tinted(colour: Colour, tint: float | None, shade: float | None) -> Colour:
    """A theme's colour made lighter (`tint`) or darker (`shade`), each 0-1 with 1 for no change."""
    if tint is not None:
        colour = tuple(round(c * tint + 255 * (1 - tint)) for c in colour)
    if shade is not None:
        colour = tuple(round(c * shade) for c in colour)
    return colour
