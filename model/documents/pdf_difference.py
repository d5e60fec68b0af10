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


class _Counts:
    """How many pixels of a mask are set left of a place in its row: a bit a pixel, and a sum every eight of them."""

    def __init__(self, mask: np.ndarray):
        self.bits = np.zeros((mask.shape[0], mask.shape[1] // 8 + 1), np.uint8)
        packed = np.packbits(mask, axis=1)
        self.bits[:, : packed.shape[1]] = packed
        self.sums = np.zeros(self.bits.shape, np.uint32)
        np.cumsum(np.bitwise_count(self.bits[:, :-1]), axis=1, dtype=np.uint32, out=self.sums[:, 1:])

    @classmethod
    def of(cls, mask: np.ndarray) -> _Counts | None:
        """None where nothing is set."""
        return cls(mask) if mask.any() else None

    def left_of(self, y: np.ndarray, x: np.ndarray) -> np.ndarray:
        """(n,) counts in rows `y` left of columns `x`."""
        eighth = x >> 3
        rest = np.bitwise_count(self.bits[y, eighth].astype(np.uint16) >> (8 - (x & 7)))
        return self.sums[y, eighth] + rest.astype(np.int64)


class Difference:
    """Two pictures of a page, with and without its text, and how much ink each box holds."""

    def __init__(self, shown: np.ndarray, bare: np.ndarray, scale: float):
        self.scale = scale
        self.shape = shown.shape
        delta = bare.astype(np.int16) - shown
        self._darker = {t: _Counts.of(delta > t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._lighter = {t: _Counts.of(delta < -t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._edges = _Counts.of(np.abs(np.diff(shown.astype(np.int16), axis=1, append=shown[:, -1:])) > FAINT_CONTRAST)
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
        """True pixels of each table in each box, added up row by row."""
        totals = [np.zeros(len(px), np.int64) for _ in tables]
        x0, y0, x1, y1 = px.T
        for row in range(int((y1 - y0).max(initial=0))):
            inside = np.flatnonzero(y0 + row < y1)
            y, start, end = y0[inside] + row, x0[inside], x1[inside]
            for table, total in zip(tables, totals, strict=True):
                if table is not None:
                    total[inside] += table.left_of(y, end) - table.left_of(y, start)
        return totals

    def _whole(self, px: np.ndarray) -> np.ndarray:
        """Which boxes hold ink in enough of their rows, and in each third of their width."""
        rows, thirds = np.zeros(len(px)), np.zeros((3, len(px)), bool)
        inked = [table for table in (self._darker[FAINT_CONTRAST], self._lighter[FAINT_CONTRAST]) if table is not None]
        if not inked or not len(px):
            return np.zeros(len(px), bool)
        x0, y0, x1, y1 = px.T
        wide = x1 - x0 >= MIN_PARTED
        left, right = x0 + wide, x1 - wide  # without the pixel that a box has grown by
        third = -(-(right - left) // 3)
        edges = [left, left + third, right - third, right]
        for row in range(int((y1 - y0).max())):
            inside = np.flatnonzero(y0 + row < y1)
            y = y0[inside] + row
            counts = [sum(table.left_of(y, edge[inside]) for table in inked) for edge in edges]
            rows[inside] += counts[3] > counts[0]
            for part, (start, end) in enumerate(((0, 1), (1, 2), (2, 3))):
                thirds[part, inside] |= counts[end] > counts[start]
        return (rows >= MIN_ROWS * (y1 - y0)) & (thirds.all(axis=0) | ~wide)

    def visible(self, boxes: np.ndarray, lightness: np.ndarray, alpha: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Which boxes hold ink of their own: `lightness` of each ink 0-255 (-1 unknown), `alpha` 0-1.

        `whole` are letters whose ink reaches all over their box where nothing cuts it.
        """
        px = self.pixels(boxes)
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
