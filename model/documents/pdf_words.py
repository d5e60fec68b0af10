"""The words of a PDF page with their boxes and whether they can be seen, by PDFium.

A page is drawn twice, with and without its text objects; a character is visible where its own box differs between
the two by enough contrast, in the direction of its own colour. That one test covers white and near-white text, text in
the colour of its background, render modes 3 and 7, transparency, covering shapes, clipping, switched-off layers, and
text beyond the page or its CropBox. Glyphs under MIN_POINTS are invisible too.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium

MIN_CONTRAST = 40  # of 255, as drawn
FAINT_CONTRAST = 16  # of 255, as drawn, for thin strokes whose ink has MIN_THIN_CONTRAST in itself
MIN_THIN_CONTRAST = 56  # of 255, of the ink's own colour
MIN_POINTS = 4.0
FIRST_SCALE, SECOND_SCALE = 1.5, 3.0  # pixels a point
MAX_OBJECTS = 200_000


@dataclass(slots=True)
class Word:
    """A word on a page: box in points from the top left corner as displayed, `size` in points, `angle` in degrees."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    angle: int = 0
    how: str = ""  # how it is hidden; "" when it is visible

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))


@dataclass(slots=True)
class Char:
    """One character as PDFium gives it; `box` tight and `loose` in points from the page's top left corner."""

    text: str
    loose: tuple[float, float, float, float]
    box: tuple[float, float, float, float]
    size: float
    angle: int
    ink: tuple[int, int, int, int] | None  # red, green, blue, alpha; None when unknown
    how: str = ""


class Page:
    """A loaded page with its size in points as displayed (rotation and CropBox applied) and its own coordinates."""

    def __init__(self, raw_page):
        self.raw = raw_page
        self.width = pdfium.FPDF_GetPageWidthF(raw_page)
        self.height = pdfium.FPDF_GetPageHeightF(raw_page)
        x, y = ctypes.c_double(), ctypes.c_double()
        points = []
        for device in ((0, 0), (10_000, 0), (0, 10_000)):
            pdfium.FPDF_DeviceToPage(raw_page, 0, 0, 10_000, 10_000, 0, *device, x, y)
            points.append((x.value, y.value))
        (ox, oy), (ax, ay), (bx, by) = points
        inverse = np.array([[ax - ox, bx - ox], [ay - oy, by - oy]])
        self._origin = np.array([ox, oy])
        self._to_device = np.diag([self.width, self.height]) @ np.linalg.inv(inverse)

    def boxes(self, boxes: np.ndarray) -> np.ndarray:
        """(n, 4) page boxes left, bottom, right, top to (n, 4) displayed boxes left, top, right, bottom, points."""
        a = (boxes[:, :2] - self._origin) @ self._to_device.T
        b = (boxes[:, 2:] - self._origin) @ self._to_device.T
        return np.hstack([np.minimum(a, b), np.maximum(a, b)])

    def turn(self, dx: float, dy: float) -> int:
        """Angle in degrees, clockwise as displayed, of a direction in page coordinates."""
        v = self._to_device @ np.array([dx, dy])
        return int(round(np.degrees(np.arctan2(v[1], v[0])))) % 360

    def render(self, scale: float, gray: bool) -> np.ndarray:
        """The page on white: (height, width) or (height, width, 3 as blue green red) of uint8."""
        width, height = max(1, int(self.width * scale)), max(1, int(self.height * scale))
        form = pdfium.FPDFBitmap_Gray if gray else pdfium.FPDFBitmap_BGR
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, form, None, 0)
        if not bitmap:
            raise MemoryError("no memory for the page's picture")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            flags = pdfium.FPDF_GRAYSCALE if gray else 0
            pdfium.FPDF_RenderPageBitmap(bitmap, self.raw, 0, 0, width, height, 0, flags)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            buffer = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte))
            image = np.ctypeslib.as_array(buffer, (height, stride))
            return image[:, :width].copy() if gray else image[:, : 3 * width].reshape(height, width, 3).copy()
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def objects(self, kinds: tuple[int, ...]) -> list:
        """Page objects of these types, those inside form objects too."""
        count = min(pdfium.FPDFPage_CountObjects(self.raw), MAX_OBJECTS)
        found, todo = [], [pdfium.FPDFPage_GetObject(self.raw, i) for i in reversed(range(count))]
        seen = 0
        while todo and seen < MAX_OBJECTS:
            item = todo.pop()
            seen += 1
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind in kinds:
                found.append(item)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                count = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
                todo.extend(pdfium.FPDFFormObj_GetObject(item, i) for i in reversed(range(count)))
        return found


def _ink(item) -> tuple[int, int, int, int] | None:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    stroked = pdfium.FPDFTextObj_GetTextRenderMode(item) in (1, 5)
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    return (r.value, g.value, b.value, a.value) if get(item, r, g, b, a) else None


def characters(page: Page, text_page) -> list[Char | None]:
    """Characters in PDFium's order; None where a word ends."""
    count = pdfium.FPDFText_CountChars(text_page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    texts, boxes, looses, styles, order = [], [], [], [], []
    inks: dict[int, tuple] = {}
    address, style, item = None, None, None
    high = 0
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0x20, 0x0A, 0x0D, 0x09, 0xA0) or code > 0x10FFFF or pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            order.append(None)
            continue
        item = pdfium.FPDFText_GetTextObject(text_page, i)
        where = ctypes.cast(item, ctypes.c_void_p).value
        if where != address or style is None:
            address = where
            if where not in inks:
                inks[where] = _ink(item) if where else None
            pdfium.FPDFText_GetMatrix(text_page, i, matrix)
            across = (matrix.a**2 + matrix.b**2) ** 0.5
            along = (matrix.c**2 + matrix.d**2) ** 0.5
            size = pdfium.FPDFText_GetFontSize(text_page, i)
            style = (size * along, size * min(across, along), page.turn(matrix.a, matrix.b), inks[where])
        pdfium.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(text_page, i, loose)
        texts.append(chr(code) if code else "\ufffd")
        boxes.append((left.value, bottom.value, right.value, top.value))
        looses.append((loose.left, loose.bottom, loose.right, loose.top))
        styles.append(style)
        order.append(len(texts) - 1)
    if not texts:
        return []
    tight = page.boxes(np.nan_to_num(np.array(boxes), posinf=1e7, neginf=-1e7))
    wide = page.boxes(np.nan_to_num(np.array(looses), posinf=1e7, neginf=-1e7))
    chars = []
    for text, box, around, (size, least, angle, ink) in zip(texts, tight.tolist(), wide.tolist(), styles, strict=True):
        tiny = least < MIN_POINTS and (box[3] - box[1] < 0.7 * MIN_POINTS or box[2] - box[0] < 0.15 * MIN_POINTS)
        chars.append(
            Char(text, tuple(around), tuple(box), size, angle, ink, "letters too small to read" if tiny else "")
        )
    return [None if i is None else chars[i] for i in order]


class Difference:
    """Two pictures of a page, with and without its text, and how much ink each box holds."""

    def __init__(self, shown: np.ndarray, bare: np.ndarray, scale: float):
        self.scale = scale
        self.shape = shown.shape
        delta = bare.astype(np.int16) - shown
        self._darker = {t: self._integral(delta > t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._lighter = {t: self._integral(delta < -t) for t in (MIN_CONTRAST, FAINT_CONTRAST)}
        self._bare = bare

    @staticmethod
    def _integral(mask: np.ndarray) -> np.ndarray | None:
        if not mask.any():
            return None
        table = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
        np.cumsum(mask, axis=0, dtype=np.int32, out=table[1:, 1:])
        np.cumsum(table[1:, 1:], axis=1, out=table[1:, 1:])
        return table

    def pixels(self, boxes: np.ndarray) -> np.ndarray:
        """(n, 4) pixel boxes left, top, right, bottom clamped to the page; an empty box where it lies beyond."""
        grown = boxes * self.scale + np.array([-0.5, -0.5, 0.5, 0.5])
        out = np.empty(grown.shape, np.int64)
        out[:, :2] = np.floor(grown[:, :2])
        out[:, 2:] = np.ceil(grown[:, 2:])
        out[:, 0::2] = np.clip(out[:, 0::2], 0, self.shape[1])
        out[:, 1::2] = np.clip(out[:, 1::2], 0, self.shape[0])
        return out

    def _count(self, table: np.ndarray | None, px: np.ndarray) -> np.ndarray:
        if table is None:
            return np.zeros(len(px), np.int64)
        x0, y0, x1, y1 = px.T
        return table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0]

    def visible(self, boxes: np.ndarray, lightness: np.ndarray, alpha: np.ndarray) -> np.ndarray:
        """Which boxes hold ink of their own: `lightness` of each ink 0-255 (-1 unknown), `alpha` 0-1."""
        px = self.pixels(boxes)
        seen = np.zeros(len(px), bool)
        strong = self._count(self._darker[MIN_CONTRAST], px), self._count(self._lighter[MIN_CONTRAST], px)
        faint = self._count(self._darker[FAINT_CONTRAST], px), self._count(self._lighter[FAINT_CONTRAST], px)
        # five pixels of the bare picture stand for the background of a box
        for fx, fy in ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
            cx = np.clip((px[:, 0] * (1 - fx) + px[:, 2] * fx).astype(np.int64), 0, self.shape[1] - 1)
            cy = np.clip((px[:, 1] * (1 - fy) + px[:, 3] * fy).astype(np.int64), 0, self.shape[0] - 1)
            ground = self._bare[cy, cx].astype(np.int64)
            own = np.where(lightness < 0, 255, np.abs(lightness - ground) * alpha)
            up, down = (lightness > ground) | (lightness < 0), (lightness < ground) | (lightness < 0)
            seen |= (own >= MIN_CONTRAST) & (strong[0] * down + strong[1] * up >= 1)
            seen |= (own >= MIN_THIN_CONTRAST) & (faint[0] * down + faint[1] * up >= 2)
        return seen
