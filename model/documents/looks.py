"""How a run of text looks in a document that is not drawn, and whether a human would see it."""

from __future__ import annotations

from dataclasses import dataclass

MIN_CONTRAST = 40  # of 255, largest difference of red, green or blue
MIN_POINTS = 4.0
MIN_STRETCH = 0.2  # of the letters' ordinary width
Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@dataclass
class Look:
    """`colour` None is automatic (black, or white on dark); `hidden` says what hides the run, "" when nothing does."""

    colour: Colour | None = None
    ground: Colour = WHITE
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
        if self.colour is None:
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
