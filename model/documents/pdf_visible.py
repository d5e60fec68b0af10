"""Which characters of a PDF page can be seen, and the words they make."""

from __future__ import annotations

import ctypes
from itertools import groupby

import numpy as np
import pypdfium2.raw as pdfium

from model.documents.pdf_difference import Difference
from model.documents.pdf_glyphs import STRANGE, strange_fonts
from model.documents.pdf_words import Char, Page, Word, characters, ink_of

FIRST_SCALE, SECOND_SCALE = 1.5, 3.0  # pixels a point
WORD_GAP, LETTER_GAP = 0.35, 0.1  # em, the widest within a word
LAST_ALPHABET = 0x590  # Latin, Greek and Cyrillic letters have ink all over their box; some Chinese signs have not
SQUEEZED_LETTERS = 4  # of a word that lie on one another
MIN_HIDDEN = 3  # letters in a row
UNSEEN = "its colour, a shape above it or its place off the page"


def page_words(page: Page, max_pixels: int) -> tuple[list[Word], list[Word]]:
    """(visible words, hidden words) in the file's own order."""
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        return [], []
    try:
        order = characters(page, text_page)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    chars = [c for c in order if c is not None]
    if not chars:
        return [], []
    _mark_squeezed(order, np.array([c.box for c in chars]))
    _mark_unseen(page, chars, max_pixels)
    strange = strange_fonts([c for c in chars if not c.how])
    for char in chars:
        if char.font in strange and not char.how:
            char.how = STRANGE
    shown, hidden = [], []
    for word in _drop_doubles(_words(order)):
        (hidden if word.how else shown).append(word)
    return shown, hidden


def _mark_squeezed(order: list[Char | None], boxes: np.ndarray) -> None:
    """Set `how` of the letters of words whose letters mostly lie on one another; `boxes` (n, 4) of the characters."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = boxes[:-1].T, boxes[1:].T
    wide, high = np.minimum(ax1, bx1) - np.maximum(ax0, bx0), np.minimum(ay1, by1) - np.maximum(ay0, by0)
    narrow, low = np.minimum(ax1 - ax0, bx1 - bx0), np.minimum(ay1 - ay0, by1 - by0)
    crowded = (boxes[:-1] != boxes[1:]).any(axis=1) & (wide > 0.5 * narrow) & (high > 0.5 * low)
    if np.count_nonzero(crowded) < SQUEEZED_LETTERS // 2:
        return
    number = 0
    for there, same in groupby(order, key=lambda c: c is not None):
        run = list(same) if there else []
        pairs = [i for i in range(1, len(run)) if crowded[number + i - 1] and run[i - 1].text != run[i].text]
        number += len(run)
        letters = {i for pair in pairs for i in (pair - 1, pair)}
        if len(letters) >= SQUEEZED_LETTERS and 2 * len(letters) > len(run):
            for char in run:
                char.how = char.how or "letters pushed into one another"


def _mark_unseen(page: Page, chars: list[Char], max_pixels: int) -> None:
    """Set `how` of every character that cannot be seen.

    Letters of unknown ink (a pattern, a fill with an edge) are taken away alone: else what stands before them would
    count as theirs.
    """
    texts = page.objects((pdfium.FPDF_PAGEOBJ_TEXT,))
    suspects = [c for c in chars if not c.how]
    unknown = [item for item in texts if ink_of(item) is None]
    _look_for(page, [c for c in suspects if c.ink], texts, max_pixels)
    _look_for(page, [c for c in suspects if not c.ink], unknown or texts, max_pixels)


def _look_for(page: Page, suspects: list[Char], texts: list, max_pixels: int) -> None:
    """Compare pictures with and without `texts`; the second, finer look is for those that fail the first."""
    for scale, gray in ((FIRST_SCALE, True), (SECOND_SCALE, False)):
        if not suspects:
            return
        scale = min(scale, (max_pixels / max(1.0, page.width * page.height)) ** 0.5)
        shown = page.render(scale, gray)
        for item in texts:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        bare = page.render(scale, gray)
        for item in texts:
            pdfium.FPDFPageObj_SetIsActive(item, True)
        suspects = _unseen(suspects, shown, bare, scale)
    for char in suspects:
        char.how = UNSEEN


def _unseen(chars: list[Char], shown: np.ndarray, bare: np.ndarray, scale: float) -> list[Char]:
    boxes = np.array([c.box for c in chars]).reshape(-1, 4)
    inks = np.array([c.ink or (-1, -1, -1, 255) for c in chars], float).reshape(-1, 4)
    alpha = inks[:, 3] / 255
    whole = np.array([ord(c.text[0]) < LAST_ALPHABET and c.text.isalnum() for c in chars], bool)
    if shown.ndim == 2:
        known = inks[:, 0] >= 0
        lightness = np.where(known, inks[:, :3] @ (0.3, 0.59, 0.11), -1)
        seen = Difference(shown, bare, scale).visible(boxes, lightness, alpha, whole)
    else:
        seen = np.zeros(len(chars), bool)
        for channel in range(3):
            if (shown[..., channel] != bare[..., channel]).any():
                difference = Difference(shown[..., channel], bare[..., channel], scale)
                seen |= difference.visible(boxes, inks[:, 2 - channel], alpha, whole)
    return [char for char, ok in zip(chars, seen, strict=True) if not ok]


def _words(order: list[Char | None]) -> list[Word]:
    words: list[Word] = []
    run: list[Char] = []
    for char in [*_unbroken(order), None]:
        if char is not None and (not run or _joins(run[-1], char)):
            run.append(char)
            continue
        words += [_word(part) for part in _parts(run)]
        run = [char] if char is not None else []
    return words


def _unbroken(order: list[Char | None]) -> list[Char | None]:
    """Without the breaks that PDFium sets after every letter of some text that is turned."""
    kept: list[Char | None] = []
    for char in order:
        if char is not None and char.angle and len(kept) > 1 and kept[-1] is None:
            last = next((c for c in reversed(kept[-4:]) if c is not None), None)
            if last is not None and last.angle == char.angle and _joins(last, char, LETTER_GAP):
                while kept[-1] is None:
                    kept.pop()
        kept.append(char)
    return kept


def _parts(run: list[Char]) -> list[list[Char]]:
    """A word cut where letters that can be seen give way to at least MIN_HIDDEN in a row that cannot.

    One of a single ink that can hardly be seen at all stays whole.
    """
    unseen = sum(bool(c.how) for c in run)
    if unseen in (0, len(run)) or (2 * unseen > len(run) and len({c.ink for c in run}) == 1):
        return [run] if run else []
    stretches = [list(same) for _, same in groupby(run, key=lambda c: bool(c.how))]
    parts: list[list[Char]] = []
    cut = True
    for stretch in stretches:
        alone = bool(stretch[0].how) and sum(c.text.isalnum() for c in stretch) >= MIN_HIDDEN
        if cut or alone:
            parts.append(stretch)
        else:
            parts[-1] += stretch
        cut = alone
    return parts


def _joins(a: Char, b: Char, gap: float = WORD_GAP) -> bool:
    """Whether `b` goes on the word that ends with `a`: same direction, same line, no gap."""
    if a.angle != b.angle:
        return False
    em = max(a.size, b.size, 1.0)
    ax0, ay0, ax1, ay1 = a.loose
    bx0, by0, bx1, by1 = b.loose
    if a.angle == 0 and ay0 == by0 and ay1 == by1 and ay0 < ay1:  # as most letters are
        return -2 * em < bx0 - ax1 < gap * em
    if a.angle in (90, 270):
        ax0, ay0, ax1, ay1 = (ay0, ax0, ay1, ax1) if a.angle == 90 else (-ay1, ax0, -ay0, ax1)
        bx0, by0, bx1, by1 = (by0, bx0, by1, bx1) if b.angle == 90 else (-by1, bx0, -by0, bx1)
    elif a.angle != 0:
        return True
    overlap = min(ay1, by1) - max(ay0, by0)
    return overlap > 0.3 * min(ay1 - ay0, by1 - by0) and -2 * em < bx0 - ax1 < gap * em


def _word(run: list[Char]) -> Word:
    """Hidden where fewer than half of its letters can be seen."""
    letters = [c for c in run if c.text.isalnum()] or run
    unseen = [c for c in letters if c.how]
    left, top, right, bottom = zip(*(c.loose for c in run), strict=True)
    how = unseen[0].how if 2 * len(unseen) > len(letters) else ""
    return Word(
        "".join(c.text for c in run), min(left), min(top), max(right), max(bottom), run[0].size, run[0].angle, how
    )


def _drop_doubles(words: list[Word]) -> list[Word]:
    """Without a word drawn twice at one place, as bold letters and shadows are made."""
    kept: list[Word] = []
    places: dict[str, list[Word]] = {}
    for word in words:
        same = places.setdefault(word.text, [])
        near = 0.35 * max(word.size, 1)
        if any(abs(w.x0 - word.x0) < near and abs(w.y0 - word.y0) < near and w.how == word.how for w in same):
            continue
        same.append(word)
        kept.append(word)
    return kept


def take_replacements(page: Page) -> list[str]:
    """Remove `/ActualText` from the page's objects, so that the drawn letters count, and return what they said."""
    taken = []
    for item in page.objects((pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)):
        for i in reversed(range(pdfium.FPDFPageObj_CountMarks(item))):
            mark = pdfium.FPDFPageObj_GetMark(item, i)
            said = _mark_text(mark)
            if said is not None:
                taken.append(said)
                pdfium.FPDFPageObj_RemoveMark(item, mark)
    return list(dict.fromkeys(taken))


def _mark_text(mark) -> str | None:
    key = b"ActualText"
    if not pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, None, 0, ctypes.c_ulong()):
        return None

    def get(mark, key, buffer, size) -> int:
        length = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, buffer, size, length)
        return length.value

    return wide_string(get, mark, key)


def wide_string(get, *arguments) -> str:
    """The UTF-16 string of a PDFium call `get(*arguments, buffer, bytes) -> bytes`."""
    length = min(get(*arguments, None, 0), 1_000_000)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    get(*arguments, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
