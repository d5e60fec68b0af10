"""The characters and words of a PDF page with their boxes, by PDFium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium

MIN_POINTS = 4.0
LIGATURE = re.compile("[fst]{0,2}[fijlt]{1,2}|[ft]{1,2}[bhikltruyz]|T[iht]|[cs][thkpl]|Qu|[gt][gyz]|[AaOoIi][eEjJ]")
SHADOW = 2.0  # points between a text and its shadow
MAX_LIGATURE = 4  # signs that one glyph may stand for
SKIP = -1
SPACES = (0x20, 0x0A, 0x0D, 0x09, 0xA0)
FIRST_DIGIT = 0x30  # PDFium makes up spaces, line ends and hyphens only, all before it
SPELLED = "a drawn letter that stands for other text"
MAX_OBJECTS = 200_000
PATTERN = (191, 191, 191)  # what PDFium says of a pattern, which has no colour of its own


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
    font: int = 0
    rise: tuple[float, float] | None = None  # how far it reaches above and below its baseline, of its size


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


def ink_of(item) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha of a text object; None where it has two inks, or a pattern instead."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    if mode in (2, 6):  # filled and stroked: two inks
        return None
    stroked = mode in (1, 5)
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    found = (r.value, g.value, b.value, a.value) if get(item, r, g, b, a) else PATTERN
    return None if found[:3] == PATTERN else found


def _bounds(item) -> np.ndarray:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    return np.array([side.value for side in sides])


def characters(page: Page, text_page) -> list[Char | None]:
    """Characters in PDFium's order; None where a word ends."""
    reader = _CharReader(page, text_page)
    order = [reader.read(i) for i in range(pdfium.FPDFText_CountChars(text_page))]
    if not reader.texts:
        return []
    chars = reader.chars()
    return [None if i is None else chars[i] for i in order if i != SKIP]


class _CharReader:
    """Collects what PDFium says of each character; `texts`, `boxes`, `looses`, `origins`, `styles` run in parallel."""

    def __init__(self, page: Page, text_page):
        self.page, self.text_page = page, text_page
        self.texts: list[str] = []
        self.boxes, self.looses, self.origins, self.styles = [], [], [], []
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._point = [ctypes.c_double() for _ in range(2)]
        self._loose, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        # made once: ctypes would make them anew at each of the calls, of which there are several a character
        self._to_sides = [ctypes.pointer(side) for side in self._sides]
        self._to_point, self._to_loose = [ctypes.pointer(p) for p in self._point], ctypes.pointer(self._loose)
        self._objects: dict[int, tuple] = {}
        self._drawn: list[tuple] | None = None
        self._at: int | None = -1
        self._high = 0

    def read(self, i: int) -> int | None:
        """The number of character `i` among `texts`, None for a space, SKIP for half of a pair."""
        code = pdfium.FPDFText_GetUnicode(self.text_page, i)
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return SKIP
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        if code in SPACES or code > 0x10FFFF:
            return None
        if code < FIRST_DIGIT and pdfium.FPDFText_IsGenerated(self.text_page, i) == 1:
            return None
        item = pdfium.FPDFText_GetTextObject(self.text_page, i)
        where = ctypes.addressof(item.contents) if item else None
        if where != self._at or where is None:
            self._at, self._style = where, self._look(item, where, i)
            pdfium.FPDFText_GetCharOrigin(self.text_page, i, *self._to_point)  # one baseline a text object
        left, right, bottom, top = self._sides
        pdfium.FPDFText_GetCharBox(self.text_page, i, *self._to_sides)
        pdfium.FPDFText_GetLooseCharBox(self.text_page, i, self._to_loose)
        self.texts.append(chr(code) if code else "\ufffd")
        self.boxes.append((left.value, bottom.value, right.value, top.value))
        self.looses.append((self._loose.left, self._loose.bottom, self._loose.right, self._loose.top))
        self.origins.append(self._point[1].value)
        self.styles.append(self._style)
        return len(self.texts) - 1

    def _look(self, item, where: int | None, i: int) -> tuple:
        """(size, least side of the letters in points, angle, ink, font, whether level in the page's own space)."""
        if where not in self._objects:
            font = ctypes.cast(pdfium.FPDFTextObj_GetFont(item), ctypes.c_void_p).value if where else None
            ink = ink_of(item) if where else None
            if ink and not ink[3]:
                ink = self._drawn_again(item) or ink
            self._objects[where] = (ink, font or 0)
        ink, font = self._objects[where]
        m = self._matrix
        pdfium.FPDFText_GetMatrix(self.text_page, i, m)
        across, along = (m.a**2 + m.b**2) ** 0.5, (m.c**2 + m.d**2) ** 0.5
        size = pdfium.FPDFText_GetFontSize(self.text_page, i)
        level = m.b == 0 and m.c == 0 and m.d > 0
        return size * along, size * min(across, along), self.page.turn(m.a, m.b), ink, font, level

    def _drawn_again(self, item) -> tuple[int, int, int, int] | None:
        """Ink of the same letters at the same place: of a clear shadow and its text PDFium gives the first one only."""
        if self._drawn is None:
            texts = self.page.objects((pdfium.FPDF_PAGEOBJ_TEXT,))
            unsaid = (i for i in texts if pdfium.FPDFTextObj_GetText(i, self.text_page, None, 0) <= 2)
            self._drawn = [(ink, _bounds(i)) for i in unsaid if (ink := ink_of(i)) and ink[3]]
        place = _bounds(item)
        return next((ink for ink, other in self._drawn if np.abs(place - other).max() < SHADOW), None)

    def chars(self) -> list[Char]:
        tight = self.page.boxes(np.nan_to_num(np.array(self.boxes), posinf=1e7, neginf=-1e7)).tolist()
        wide = self.page.boxes(np.nan_to_num(np.array(self.looses), posinf=1e7, neginf=-1e7)).tolist()
        spelled = _spelled_out(self.boxes, self.texts)
        found = []
        for i, (text, box, around) in enumerate(zip(self.texts, tight, wide, strict=True)):
            size, least, angle, ink, font, level = self.styles[i]
            tiny = least < MIN_POINTS and (box[3] - box[1] < 0.7 * MIN_POINTS or box[2] - box[0] < 0.15 * MIN_POINTS)
            how = "letters too small to read" if tiny else SPELLED if i in spelled else ""
            rise = None
            if level and size > 0:
                rise = ((self.boxes[i][3] - self.origins[i]) / size, (self.origins[i] - self.boxes[i][1]) / size)
            found.append(Char(text, tuple(around), tuple(box), size, angle, ink, how, font, rise))
        return found


def _spelled_out(boxes: list[tuple], texts: list[str]) -> set[int]:
    """Numbers of the characters that share one glyph and are no ligature: too many, or letters that no font joins."""
    found: set[int] = set()
    start = 0
    for i in range(1, len(boxes) + 1):
        if i == len(boxes) or boxes[i] != boxes[start]:
            said = "".join(texts[start:i])
            joined = i - start > 1 and said.isascii() and said.isalpha()
            if i - start > MAX_LIGATURE or (joined and not LIGATURE.fullmatch(said)):
                found.update(range(start, i))
            start = i
    return found
