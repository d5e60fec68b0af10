"""Pages that are pictures of text: recognised as such, and read by OCR where the machine has it."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from model.documents import ocr
from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.pdf_glyphs import STRANGE
from model.documents.pdf_words import Page, Word
from model.documents.reasons import unreadable

FEW_WORDS = 15  # on a page; below, the page may be a picture
MIN_COVER = 0.4  # of the page, by pictures
MIN_INK = 0.004  # of the page, dark
LAYER_FAULTS = 5  # words of a scan's text layer that OCR may miss
MIN_PATHS = 300  # drawn shapes, where letters were made into shapes


def is_scan(page: Page, shown: list[Word], hidden: list[Word]) -> bool:
    """Whether a page with little visible text is a picture of text."""
    if len(shown) >= FEW_WORDS:
        return False
    cover = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for item in page.objects((pdfium.FPDF_PAGEOBJ_IMAGE,))[:500]:
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            cover += abs(right.value - left.value) * abs(top.value - bottom.value)
    if cover < MIN_COVER * page.width * page.height:
        paths = page.objects((pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING))
        if len(paths) < MIN_PATHS:
            return False
    picture = page.render(min(1.0, 1000 / max(page.width, page.height)), gray=True)
    return bool((picture < 128).mean() > MIN_INK)


class Scans:
    """Counts and reads the scanned pages of one file; `finish` flags them or refuses the file."""

    def __init__(self, draft: Draft, limits: Limits, progress):
        self.draft, self.limits, self.progress = draft, limits, progress
        self.read_pages: list[int] = []
        self.unread_pages: list[int] = []

    def read(self, page: Page, number: int, shown: list[Word], hidden: list[Word]) -> tuple[list[Word], list[Word]]:
        """(visible words, hidden words) of a scanned page; the scan's own text layer does not count."""
        if not ocr.installed() or len(self.read_pages) >= self.limits.ocr_pages:
            self.unread_pages.append(number)
            return shown, []
        self.progress(f"Recognising the text of page {number + 1}")
        found = ocr.recognise(page, self.limits)
        if not found:
            self.unread_pages.append(number)
            return shown, []
        self.read_pages.append(number)
        return found, ocr.unmatched(hidden, found, LAYER_FAULTS)

    def verify(self, page: Page, number: int, shown: list[Word], hidden: list[Word]) -> tuple[list[Word], list[Word]]:
        """(visible words, hidden words) of a page with letters drawn unlike their text: OCR decides between the two.

        Without OCR such words do not count. Raises DocumentError `mismatch` where they are most of the page.
        """
        doubted = [w for w in hidden if w.how == STRANGE]
        found: list[Word] = []
        if ocr.installed() and len(self.read_pages) < self.limits.ocr_pages:
            self.progress(f"Comparing page {number + 1} with its picture")
            found = ocr.recognise(page, self.limits)
            if not ocr.unmatched(doubted, found, 0):  # an unusual font, but an honest one
                return shown + doubted, [w for w in hidden if w.how != STRANGE]
            self.read_pages.append(number)
        if not found and len(doubted) > len(shown):
            raise unreadable("mismatch")
        drawn = [w for w in found if any(_inside(w, d) for d in doubted)]
        return shown + drawn, hidden

    def finish(self) -> None:
        """Flag `ocr` and `scanned` pages. Raises DocumentError `scan` or `scan_unread` where little else was read."""
        if self.read_pages:
            pages = _pages(self.read_pages)
            self.draft.flag("ocr", f"Text was recognised from a picture ({pages}) and may have mistakes.")
        if not self.unread_pages:
            return
        words = sum(len(text.split()) for text, _, _ in self.draft.blocks)
        if words < 2 * self.limits.min_words:
            raise unreadable("scan_unread" if ocr.installed() and self.limits.ocr_pages else "scan")
        self.draft.flag(
            "scanned", f"A picture of text was not read ({_pages(self.unread_pages)}): look at it yourself."
        )


def _inside(word: Word, place: Word) -> bool:
    """Whether the middle of `word` lies in `place`."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return place.x0 - 1 <= x <= place.x1 + 1 and place.y0 - 1 <= y <= place.y1 + 1


def _pages(numbers: list[int]) -> str:
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(str(n + 1) for n in numbers)
