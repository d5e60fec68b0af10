"""PDF: checked by pypdf, drawn and read by PDFium, put in order by `layout`."""

from __future__ import annotations

import io
import logging
import re
import zlib
from statistics import median

import pypdf
import pypdfium2.raw as pdfium
from PIL import Image
from pypdf.errors import DependencyError, PyPdfError

from model.documents.draft import Draft
from model.documents.layout import Line, reading_order
from model.documents.limits import Limits
from model.documents.pdf_glyphs import STRANGE
from model.documents.pdf_scan import Scans, is_scan
from model.documents.pdf_visible import page_words, take_replacements, wide_string
from model.documents.pdf_words import Page, Word
from model.documents.reasons import unreadable

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
MAX_SIDE = 14_400  # points, the largest side of a page that PDF allows
_STREAM = re.compile(rb"stream\r?\n")
_PYPDF_FAULTS = (
    PyPdfError, DependencyError, KeyError, ValueError, TypeError, AttributeError, RecursionError, IndexError, OSError,
    OverflowError,
)  # fmt: skip
HIDDEN_ANNOTATION = 1 | 2 | 32  # invisible, hidden, not to be viewed
_initialised = False


def open_pdf(data: bytes):
    """PDFium's document. Raises DocumentError `encrypted` or `damaged`."""
    global _initialised
    if not _initialised:
        pdfium.FPDF_InitLibrary()
        _initialised = True
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise unreadable("encrypted", kind="PDF") if locked else unreadable("damaged", kind="PDF")
    return document


def read_pdf(data: bytes, limits: Limits, progress) -> Draft:
    """The visible text of a PDF. Raises DocumentError."""
    draft = Draft("pdf")
    _preflight(data, limits, draft)
    document = open_pdf(data)
    try:
        draft.pages = pdfium.FPDF_GetPageCount(document)
        if draft.pages < 1:
            raise unreadable("damaged", kind="PDF")
        if draft.pages > limits.max_pages:
            draft.flag("truncated", f"The file has {draft.pages} pages: only the first {limits.max_pages} were read.")
        pages, scans = [], Scans(draft, limits, progress)
        for number in range(min(draft.pages, limits.max_pages)):
            pages.append(_read_page(document, number, limits, draft, scans))
    finally:
        pdfium.FPDF_CloseDocument(document)
    _drop_running_lines(pages)
    for number, regions in enumerate(pages):
        for lines in regions:
            for block in blocks(lines):
                add_block(draft, block, number)
    scans.finish()
    return draft


def _preflight(data: bytes, limits: Limits, draft: Draft) -> None:
    """What can be told before PDFium opens the file: bombs, active content, attachments."""
    if inflated(data, limits.max_inflated) > limits.max_inflated:
        raise unreadable("bomb")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            return  # PDFium decides whether it opens without a password
        root = reader.trailer["/Root"].get_object()
        names = root.get("/Names", {}).get_object() if root.get("/Names") else {}
        if "/JavaScript" in names or "/OpenAction" in root and "/JS" in str(root["/OpenAction"].get_object())[:2000]:
            draft.flag("active_content", "The PDF holds a program (JavaScript); it was not run.")
        if "/EmbeddedFiles" in names:
            draft.flag("attachments", "The PDF has other files attached; they were not read.")
    except _PYPDF_FAULTS:
        return  # PDFium mends more than pypdf does; the process's limits hold either way


def inflated(data: bytes, enough: int) -> int:
    """Bytes that the file's compressed streams unpack to, pictures left out; counting stops beyond `enough`."""
    total = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        head = data[max(0, match.start() - 1_000) : match.start()]
        if data[start : start + 1] != b"\x78" or b"/Image" in head[head.rfind(b" obj") :]:
            continue
        end = data.find(b"endstream", start)
        unpack, feed = zlib.decompressobj(), data[start : end if end >= 0 else None]
        try:
            while feed and not unpack.eof and total <= enough:
                total += len(unpack.decompress(feed, 1 << 20))
                feed = unpack.unconsumed_tail
        except zlib.error:
            continue
        if total > enough:
            break
    return total


def _read_page(document, number: int, limits: Limits, draft: Draft, scans: Scans) -> list[list[Line]]:
    raw = _load_page(document, number, draft)
    if not raw:
        draft.flag("damaged_page", f"Page {number + 1} is damaged and was left out.")
        return []
    try:
        page = Page(raw)
        if not 1 <= page.width <= MAX_SIDE or not 1 <= page.height <= MAX_SIDE:
            raise unreadable("page_size")
        replaced = take_replacements(page)
        shown, hidden = page_words(page, limits.max_pixels)
        if is_scan(page, shown, hidden):
            shown, hidden = scans.read(page, number, shown, hidden)
        elif any(w.how == STRANGE for w in hidden):
            shown, hidden = scans.verify(page, number, shown, hidden)
        for how in dict.fromkeys(w.how for w in hidden):
            draft.hide(" ".join(w.text for w in hidden if w.how == how), how)
        _compare_replaced(replaced, shown, draft)
    finally:
        pdfium.FPDF_ClosePage(raw)
    return _ordered(shown)


def _load_page(document, number: int, draft: Draft):
    """A page with its annotations and form fields drawn into it, or None; hidden annotations go to `draft`."""
    raw = pdfium.FPDF_LoadPage(document, number)
    if raw and _draw_annotations(raw, draft):
        pdfium.FPDF_ClosePage(raw)
        raw = pdfium.FPDF_LoadPage(document, number)
    return raw


def _draw_annotations(raw, draft: Draft) -> bool:
    """Make annotations and form fields part of the page as displayed; False where there are none to draw."""
    drawn = False
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(raw), 1_000)):
        annotation = pdfium.FPDFPage_GetAnnot(raw, i)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN_ANNOTATION:
            for key in (b"Contents", b"V"):
                draft.hide(wide_string(pdfium.FPDFAnnot_GetStringValue, annotation, key), "a hidden annotation")
        elif pdfium.FPDFAnnot_GetSubtype(annotation) not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            drawn = True
        pdfium.FPDFPage_CloseAnnot(annotation)
    return drawn and pdfium.FPDFPage_Flatten(raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS


def _compare_replaced(replaced: list[str], shown: list[Word], draft: Draft) -> None:
    """Text that `/ActualText` adds to what is drawn is hidden text."""
    if not replaced:
        return
    drawn = re.sub(r"\W", "", "".join(w.text for w in shown)).lower()
    extra = [t for t in replaced if len(re.sub(r"\W", "", t)) > 3 and re.sub(r"\W", "", t).lower() not in drawn]
    draft.hide(" ".join(extra), "a replacement text (ActualText)")


def _ordered(words: list[Word]) -> list[list[Line]]:
    level = [w for w in words if w.angle < 10 or w.angle > 350]
    regions = reading_order(level)
    for angle in sorted({w.angle for w in words if 10 <= w.angle <= 350}):
        turned = [_turn(w) for w in words if w.angle == angle]
        regions.extend(reading_order(turned))
    return regions


def _turn(word: Word) -> Word:
    """A word turned by quarters so that it reads from left to right."""
    quarter = round(word.angle / 90) % 4
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    box = {0: (x0, y0, x1, y1), 1: (y0, -x1, y1, -x0), 2: (-x1, -y1, -x0, -y0), 3: (-y1, x0, -y0, x1)}[quarter]
    return Word(word.text, *box, word.size, 0, word.how)


def blocks(lines: list[Line]) -> list[list[Line]]:
    """Lines of one region cut into blocks at wide gaps and at changes of size."""
    found: list[list[Line]] = []
    steps = [b.y1 - a.y1 for a, b in zip(lines, lines[1:], strict=False) if b.y1 > a.y1]
    usual = median(steps) if steps else 0
    for line in lines:
        last = found[-1][-1] if found else None
        em = max(line.size, 1)
        same = last and line.y1 - last.y1 < max(1.3 * usual, 1.05 * em) and line.y1 - last.y1 < 2.6 * em
        if same and 0.87 < line.size / max(last.size, 1) < 1.15:
            found[-1].append(line)
        else:
            found.append([line])
    return found


PREFIXES = {
    "full", "front", "back", "cross", "long", "short", "real", "well", "self", "co", "non", "high", "low", "multi",
    "hands", "end", "part", "state", "year", "decision", "data", "problem", "open", "pre", "post", "anti", "ex", "in",
    "on", "off", "large", "small", "fast", "results", "customer", "client", "business", "time", "cost", "third",
    "user",
}  # fmt: skip


def join_hyphens(lines: list[str]) -> str:
    """Lines with words that were broken at a line's end made whole; compounds keep their hyphen."""
    out: list[str] = []
    for line in lines:
        match = re.search(r"([^\W\d_]+)([-\u2010\u00ad\x02])$", out[-1]) if out else None
        follow = re.match(r"([^\W\d_]+)(\S*)[ \t]*(.*)", line, re.S)
        if match and follow and follow[1][0].islower() and len(match[1]) > 1:
            keep = match[1].lower() in PREFIXES and match[2] != "\u00ad"
            stem = out[-1] if keep else out[-1][: match.start(2)]
            out[-1] = stem + follow[1] + follow[2]
            if follow[3]:
                out.append(follow[3])
        else:
            out.append(line)
    return "\n".join(out)


def add_block(draft: Draft, lines: list[Line], page: int) -> None:
    box = (min(x.x0 for x in lines), min(x.y0 for x in lines), max(x.x1 for x in lines), max(x.y1 for x in lines))
    draft.add(join_hyphens([x.text for x in lines]), page, tuple(round(v, 1) for v in box))


def _drop_running_lines(pages: list[list[list[Line]]]) -> None:
    """Take out page numbers, and headers and footers that repeat (the first stays)."""
    if len(pages) < 2:
        return
    seen: dict[str, list[tuple[int, list[Line], Line]]] = {}
    for number, regions in enumerate(pages):
        flat = sorted(((line, region) for region in regions for line in region), key=lambda pair: pair[0].y0)
        for line, region in flat[:3] + flat[3:][-3:]:
            key = re.sub(r"\d+", "#", line.text.strip().lower())
            seen.setdefault(key, []).append((number, region, line))
    for key, places in seen.items():
        numbered = re.fullmatch(r"\W*(?:page|seite|página|pagina|p\.?)?\W*#(?:\W*(?:of|/|von|de|di)?\W*#)?\W*", key)
        at = {number for number, _, _ in places}
        ys = [line.y0 for _, _, line in places]
        if len(at) < 2 or len(at) < 0.5 * len(pages) or max(ys) - min(ys) > 12:
            continue
        for number, region, line in places:
            if numbered or number != min(at):
                region[:] = [other for other in region if other is not line]


def page_picture(data: bytes, number: int, width: int, limits: Limits):
    """PIL image of page `number` (from 0), `width` pixels wide. Raises DocumentError `no_page`, `page_size`."""
    document = open_pdf(data)
    try:
        exists = 0 <= number < pdfium.FPDF_GetPageCount(document)
        raw = _load_page(document, number, Draft("pdf")) if exists else None
        if not raw:
            raise unreadable("no_page", page=number + 1)
        try:
            page = Page(raw)
            if page.width < 1 or page.height * page.width > MAX_SIDE**2:
                raise unreadable("page_size")
            scale = min(width / page.width, (limits.max_pixels / (page.width * page.height)) ** 0.5)
            return Image.fromarray(page.render(scale, gray=False)[..., ::-1])
        finally:
            pdfium.FPDF_ClosePage(raw)
    finally:
        pdfium.FPDF_CloseDocument(document)
