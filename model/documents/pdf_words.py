"""The characters and words of a PDF page with their boxes, by PDFium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import cffi
import numpy as np
import pypdfium2.raw as pdfium

MIN_POINTS = 4.0
LIGATURE = re.compile("[fst]{0,2}[fijlt]{1,2}|[ft]{1,2}[bhikltruyz]|T[iht]|[cs][thkpl]|Qu|[gt][gyz]|[AaOoIi][eEjJ]")
SHADOW = 2.0  # points between a text and its shadow
MAX_LIGATURE = 4  # signs that one glyph may stand for
SKIP = -1
SPACES = (0x20, 0x0A, 0x0D, 0x09, 0xA0)
FIRST_DIGIT = 0x30  # PDFium makes up spaces, line ends and hyphens only, all before it
TINY = "letters too small to read"
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


_ffi = cffi.FFI()  # calls in a third of ctypes' time, and there are several of them a character
_ffi.cdef("typedef struct { float left, top, right, bottom; } FS_RECTF;")


def _call(name: str, kind: str):
    """A function of PDFium's library, as pypdfium2 has loaded it."""
    return _ffi.cast(kind, ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value)


_get_unicode = _call("FPDFText_GetUnicode", "unsigned int (*)(void *, int)")
_is_generated = _call("FPDFText_IsGenerated", "int (*)(void *, int)")
_get_object = _call("FPDFText_GetTextObject", "void *(*)(void *, int)")
_get_origin = _call("FPDFText_GetCharOrigin", "int (*)(void *, int, double *, double *)")
_get_box = _call("FPDFText_GetCharBox", "int (*)(void *, int, double *, double *, double *, double *)")
_get_loose = _call("FPDFText_GetLooseCharBox", "int (*)(void *, int, FS_RECTF *)")


def characters(page: Page, text_page) -> list[Char | None]:
    """Characters in PDFium's order; None where a word ends."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    reader = _CharReader(page, text_page, count)
    order = [reader.read(i) for i in range(count)]
    if not reader.texts:
        return []
    chars = reader.chars()
    return [None if i is None else chars[i] for i in order if i != SKIP]


class _CharReader:
    """Collects what PDFium says of each character; `texts`, `boxes`, `looses`, `origins`, `styles` run in parallel."""

    def __init__(self, page: Page, text_page, count: int):
        self.page, self.text_page = page, text_page
        self.texts: list[str] = []
        self.boxes = np.zeros((count, 4))  # left, right, bottom, top, the order in which PDFium gives them
        self.looses = np.zeros((count, 4), np.float32)  # left, top, right, bottom
        self.origins: list[float] = []
        self.styles: list[tuple] = []
        self._text = _ffi.cast("void *", ctypes.cast(text_page, ctypes.c_void_p).value)
        self._box = _ffi.cast("double *", self.boxes.ctypes.data)
        self._loose = _ffi.cast("FS_RECTF *", self.looses.ctypes.data)
        self._point = _ffi.new("double[2]")
        self._matrix = pdfium.FS_MATRIX()
        self._objects: dict[int, tuple] = {}
        self._drawn: list[tuple] | None = None
        self._at = self._nowhere = _ffi.cast("void *", 0)
        self._style: tuple | None = None
        self._high = 0

    def read(self, i: int) -> int | None:
        """The number of character `i` among `texts`, None for a space, SKIP for half of a pair."""
        text = self._text
        code = _get_unicode(text, i)
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return SKIP
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        if code in SPACES or code > 0x10FFFF:
            return None
        if code < FIRST_DIGIT and _is_generated(text, i) == 1:
            return None
        where = _get_object(text, i)
        if where != self._at or self._style is None or where == self._nowhere:
            self._at, self._style = where, self._look(int(_ffi.cast("uintptr_t", where)), i)
            _get_origin(text, i, self._point, self._point + 1)  # one baseline a text object
        box = self._box
        _get_box(text, i, box, box + 1, box + 2, box + 3)
        _get_loose(text, i, self._loose)
        self._box, self._loose = box + 4, self._loose + 1
        self.texts.append(chr(code) if code else "\ufffd")
        self.origins.append(self._point[1])
        self.styles.append(self._style)
        return len(self.texts) - 1

    def _look(self, where: int, i: int) -> tuple:
        """(size, least side of the letters in points, angle, ink, font, whether level in the page's own space)."""
        if where not in self._objects:
            item = ctypes.cast(where, pdfium.FPDF_PAGEOBJECT)
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
        count = len(self.texts)
        own = np.nan_to_num(self.boxes[:count, [0, 2, 1, 3]], posinf=1e7, neginf=-1e7)
        loose = np.nan_to_num(self.looses[:count, [0, 3, 2, 1]].astype(float), posinf=1e7, neginf=-1e7)
        tight, wide = self.page.boxes(own), self.page.boxes(loose)
        least = np.array([style[1] for style in self.styles])
        across, along = (tight[:, 2:] - tight[:, :2]).T
        tiny = (least < MIN_POINTS) & ((along < 0.7 * MIN_POINTS) | (across < 0.15 * MIN_POINTS))
        hows = [TINY if small else "" for small in tiny.tolist()]
        for i in _spelled_out(own, self.texts):
            hows[i] = hows[i] or SPELLED
        origins = np.array(self.origins)
        rises = zip((own[:, 3] - origins).tolist(), (origins - own[:, 1]).tolist(), strict=True)
        columns = zip(self.texts, map(tuple, wide.tolist()), map(tuple, tight.tolist()), self.styles, hows, rises,
                      strict=True)  # fmt: skip
        return [Char(text, around, box, size, angle, ink, how, font,
                     (above / size, below / size) if level and size > 0 else None)
                for text, around, box, (size, _, angle, ink, font, level), how, (above, below) in columns]  # fmt: skip


def _spelled_out(boxes: np.ndarray, texts: list[str]) -> set[int]:
    """Numbers of the characters that share one glyph and are no ligature: too many, or letters that no font joins."""
    found: set[int] = set()
    parts = [0, *(np.flatnonzero((boxes[1:] != boxes[:-1]).any(axis=1)) + 1).tolist(), len(texts)]
    for start, stop in zip(parts, parts[1:], strict=False):
        if stop - start == 1:
            continue
        said = "".join(texts[start:stop])
        joined = said.isascii() and said.isalpha()
        if stop - start > MAX_LIGATURE or (joined and not LIGATURE.fullmatch(said)):
            found.update(range(start, stop))
    return found
