"""Which characters of a page can be seen: two pictures of it, with and without its text.

A character is visible where its own box differs between the two by enough contrast, in the direction of its own colour.
That one test covers white and near-white text, text in the colour of its background, render modes 3 and 7,
transparency, covering shapes, clipping, switched-off layers, and text beyond the page or its CropBox. A box without
any edge (text on a large letter of its own colour) cannot be read either, nor a letter of which only strips are left.
"""

from __future__ import annotations

import numpy as np

MIN_CONTRAST = 40  # of 255, as drawn
FAINT_CONTRAST = 16  # of 255, as drawn, for thin strokes whose ink has MIN_THIN_CONTRAST in itself
MIN_THIN_CONTRAST = 56  # of 255, of the ink's own colour
MIN_COVER = 0.08  # of a letter's box, by its ink
MIN_PARTED = 8  # pixels of a box's width that can be parted
MIN_ROWS = 0.45  # of a letter's box, by its ink
MAX_ROWS = 500_000  # of boxes looked at at once


class _Rows:
    """The rows of pixels that boxes take: of each its box, and the place of a column in a table of eight a field."""

    def __init__(self, px: np.ndarray, width: int):
        self.number = len(px)
        x0, y0, _, y1 = px.T
        self.heights = np.where(px[:, 2] > x0, np.maximum(y1 - y0, 0), 0)
        self.box = np.repeat(np.arange(len(px)), self.heights)
        first = np.cumsum(self.heights) - self.heights
        y = np.arange(len(self.box)) - first[self.box] + y0[self.box]
        self._row = y * fields(width)

    def at(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(place, bits) of column `x[box]` in each row."""
        column = x[self.box]
        return self._row + (column >> 3), 8 - (column & 7)

    def add(self, counts: np.ndarray) -> np.ndarray:
        """(number of boxes,) sums of a value for each row."""
        return np.bincount(self.box, weights=counts, minlength=self.number).astype(np.int64)


def fields(width: int) -> int:
    return width // 8 + 1


class _Counts:
    """How many pixels of a mask are set left of a place in its row: a bit a pixel, and a sum every eight of them."""

    def __init__(self, mask: np.ndarray):
        bits = np.zeros((mask.shape[0], fields(mask.shape[1])), np.uint8)
        packed = np.packbits(mask, axis=1)
        bits[:, : packed.shape[1]] = packed
        sums = np.zeros(bits.shape, np.uint16)
        np.cumsum(np.bitwise_count(bits[:, :-1]), axis=1, dtype=np.uint16, out=sums[:, 1:])
        self.bits, self.sums = bits.astype(np.uint16).ravel(), sums.ravel()

    @classmethod
    def above(cls, values: np.ndarray, least: int) -> _Counts | None:
        """Of the values above `least`; None where there are none."""
        return cls(values > least) if values.max(initial=0) > least else None

    def left_of(self, place: np.ndarray, bits: np.ndarray) -> np.ndarray:
        """(n,) counts left of columns, as `_Rows.at` gives them."""
        return self.sums[place] + np.bitwise_count(self.bits[place] >> bits).astype(np.int64)


class Difference:
    """Two pictures of a page, with and without its text, and how much ink each box holds."""

    def __init__(self, shown: np.ndarray, bare: np.ndarray, scale: float):
        self.scale = scale
        self.shape = shown.shape
        shown, bare = np.ascontiguousarray(shown), np.ascontiguousarray(bare)
        both = np.minimum(shown, bare)
        darker, lighter = bare - both, shown - both
        beside = shown[:, 1:], shown[:, :-1]
        edges = np.zeros(shown.shape, bool)
        np.greater(np.maximum(*beside) - np.minimum(*beside), FAINT_CONTRAST, out=edges[:, :-1])
        self._darker = {t: _Counts.above(darker, t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._lighter = {t: _Counts.above(lighter, t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._edges = _Counts(edges)
        self._bare = bare

    def pixels(self, boxes: np.ndarray) -> np.ndarray:
        """(n, 4) pixel boxes left, top, right, bottom clamped to the page; an empty box where it lies beyond."""
        grown = boxes * self.scale + np.array([-0.5, -0.5, 0.5, 0.5])
        out = np.empty(grown.shape, np.int64)
        out[:, :2] = np.floor(grown[:, :2])
        out[:, 2:] = np.ceil(grown[:, 2:])
        out[:, 0::2] = np.clip(out[:, 0::2], 0, self.shape[1])
        out[:, 1::2] = np.clip(out[:, 1::2], 0, self.shape[0])
        return out

    def _counts(self, tables: list[_Counts | None], px: np.ndarray) -> list[np.ndarray]:
        """True pixels of each table in each box."""
        rows = _Rows(px, self.shape[1])
        start, end = rows.at(px[:, 0]), rows.at(px[:, 2])
        none = np.zeros(len(px), np.int64)
        return [none if t is None else rows.add(t.left_of(*end) - t.left_of(*start)) for t in tables]

    def _whole(self, px: np.ndarray) -> np.ndarray:
        """Which boxes hold ink in enough of their rows, and in each third of their width."""
        inked = [table for table in (self._darker[FAINT_CONTRAST], self._lighter[FAINT_CONTRAST]) if table is not None]
        if not inked or not len(px):
            return np.zeros(len(px), bool)
        x0, y0, x1, y1 = px.T
        wide = x1 - x0 >= MIN_PARTED
        left, right = x0 + wide, x1 - wide  # without the pixel that a box has grown by
        third = -(-(right - left) // 3)
        rows = _Rows(px, self.shape[1])
        edges = [rows.at(x) for x in (left, left + third, right - third, right)]
        counts = [sum(table.left_of(*edge) for table in inked) for edge in edges]
        thirds = [rows.add(counts[end] > counts[end - 1]) > 0 for end in (1, 2, 3)]
        return (rows.add(counts[3] > counts[0]) >= MIN_ROWS * (y1 - y0)) & (np.all(thirds, axis=0) | ~wide)

    def visible(self, boxes: np.ndarray, lightness: np.ndarray, alpha: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Which boxes hold ink of their own: `lightness` of each ink 0-255 (-1 unknown), `alpha` 0-1.

        `whole` are letters whose ink reaches all over their box where nothing cuts it.
        """
        px = self.pixels(boxes)
        part = np.cumsum(px[:, 3] - px[:, 1]) // MAX_ROWS
        bounds = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(px)]
        parts = [slice(*pair) for pair in zip(bounds, bounds[1:], strict=False)]
        return np.concatenate([self._visible(px[at], lightness[at], alpha[at], whole[at]) for at in parts])

    def _visible(self, px: np.ndarray, lightness: np.ndarray, alpha: np.ndarray, whole: np.ndarray) -> np.ndarray:
        seen = np.zeros(len(px), bool)
        *inks, edges = self._counts([part[contrast] for contrast in (MIN_CONTRAST, FAINT_CONTRAST)
                                     for part in (self._darker, self._lighter)] + [self._edges], px)
        strong, faint = inks[:2], inks[2:]
        # five pixels of the bare picture stand for the background of a box
        area = (px[:, 2] - px[:, 0]) * (px[:, 3] - px[:, 1])
        for fx, fy in ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
            cx = np.clip((px[:, 0] * (1 - fx) + px[:, 2] * fx).astype(np.int64), 0, self.shape[1] - 1)
            cy = np.clip((px[:, 1] * (1 - fy) + px[:, 3] * fy).astype(np.int64), 0, self.shape[0] - 1)
            ground = self._bare[cy, cx].astype(np.int64)
            own = np.where(lightness < 0, 255, np.abs(lightness - ground) * alpha)
            up, down = (lightness > ground) | (lightness < 0), (lightness < ground) | (lightness < 0)
            bold, thin = strong[0] * down + strong[1] * up, faint[0] * down + faint[1] * up
            enough = thin >= MIN_COVER * area
            seen |= (own >= MIN_CONTRAST) & (bold >= 1) & enough
            seen |= (own >= MIN_THIN_CONTRAST) & (thin >= 2) & enough
        seen &= edges >= 1
        check = np.flatnonzero(seen & whole)
        seen[check] = self._whole(px[check])
        return seen
