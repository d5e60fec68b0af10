"""Why a file could not be read, in a recruiter's words. The codes are stable; the sentences may change."""

from __future__ import annotations

from model.errors import DocumentError

REASONS: dict[str, str] = {
    "encrypted": "This {kind} is password-protected: ask for an open copy.",
    "too_large": "The file is {size:.1f} MB, above the limit of {limit:.0f} MB: ask for a smaller copy.",
    "empty": "The file is empty: ask for it again.",
    "damaged": "The {kind} is damaged or incomplete and cannot be opened: ask for it again.",
    "unsupported": "This is {what}, which cannot be read as a resume: ask for a PDF or a Word document (.docx).",
    "old_word": "This is a Word document of the old .doc format: ask for a .docx or PDF copy.",
    "bomb": "The file unpacks to far more than a resume could hold and may be an attack: it was not opened.",
    "suspicious": "The file holds parts that a resume never has ({what}) and may be an attack: it was not opened.",
    "scan": "The pages are pictures of text (a scan). Install tesseract-ocr to read scans, or ask for a text copy.",
    "scan_unread": "The pages are pictures of text (a scan) and no text could be recognised: look at it yourself.",
    "low_text": "Too little text could be read ({words} words): look at the file itself or ask for a text copy.",
    "hidden_only": "Nearly all text of this file is hidden from a reader: look at the file yourself.",
    "page_size": "The pages are far larger than any paper: ask for a copy in A4 or Letter size.",
    "limit_time": "Reading took too long and was stopped: the file is damaged or unusually heavy.",
    "limit_memory": "Reading needed too much memory and was stopped: the file is damaged or unusually heavy.",
    "crash": "The file made the reader stop, so it is damaged or an attack: ask for another copy.",
    "not_a_file": "This is not an ordinary file.",
    "not_readable": "The file may not be opened ({what}): check that it exists and that you may read it.",
    "mismatch": "The letters drawn are not the text that the file holds: look at the file yourself.",
    "no_page": "The document has no page {page}.",
    "no_image": "A picture of the page can be made from PDF files only.",
    "reader_error": "The reader met an unexpected fault with this file ({what}): look at the file yourself.",
}
FAILED = {"reader_error", "not_readable"}


def unreadable(code: str, **words) -> DocumentError:
    """The error for a code of REASONS, its sentence filled with `words`."""
    outcome = "failed" if code in FAILED else "unreadable"
    return DocumentError(REASONS[code].format(**words), outcome=outcome, code=code)
