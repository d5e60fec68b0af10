"""One file's bytes to a Document, by the reader for its kind. Runs inside the reading process."""

from __future__ import annotations

import io
import os

from model.documents.docx import read_docx
from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.odt import read_odt
from model.documents.package import Package
from model.documents.pdf import page_picture, read_pdf
from model.documents.plain import read_text
from model.documents.reasons import unreadable
from model.documents.rtf import read_rtf
from model.documents.sniff import SUFFIX_KINDS, TEXT_KINDS, sniff
from model.documents.web import read_html, read_markdown
from model.schema import Document


def read_bytes(data: bytes, name: str, sha256: str, limits: Limits, tell=lambda note: None) -> Document:
    """The Document in `data`. Raises DocumentError. `tell` takes a progress note ("Reading page 2 of 5")."""
    suffix = os.path.splitext(name)[1].lower()
    kind, what = sniff(data, suffix)
    draft = _read(kind, what, data, limits, tell)
    named = SUFFIX_KINDS.get(suffix)
    if suffix and named != draft.kind and not (draft.kind in TEXT_KINDS and named is None):
        draft.flag("wrong_extension", f"The name ends in {suffix} but the file is {_article(draft.kind)}.")
    return draft.document(name, sha256, limits)


def _article(kind: str) -> str:
    return {"html": "a web page", "txt": "plain text", "md": "plain text", "docx": "a Word document",
            "odt": "an OpenDocument text", "rtf": "an RTF document"}.get(kind, "a PDF")  # fmt: skip


def _read(kind: str, what: str, data: bytes, limits: Limits, tell) -> Draft:
    if kind == "pdf":
        return read_pdf(data, limits, tell)
    if kind == "md":
        return read_markdown(data, limits)
    if kind == "txt":
        return read_text(data, limits)
    if kind == "html":
        return read_html(data, limits)
    if kind == "rtf":
        return read_rtf(data, limits)
    if kind == "zip":
        return _read_zip(data, limits)
    if kind == "ole":
        raise _old_office(data)
    raise unreadable("unsupported", what=what)


def _read_zip(data: bytes, limits: Limits) -> Draft:
    names = Package(data, limits, "file").names
    if "content.xml" in names and "mimetype" in names:
        return read_odt(data, limits)
    if any(name.startswith("word/") for name in names):
        return read_docx(data, limits)
    what = (
        "a spreadsheet" if "xl/workbook.xml" in names else "slides" if "ppt/presentation.xml" in names else "an archive"
    )
    raise unreadable("unsupported", what=what)


def _old_office(data: bytes):
    """The error for a compound file: an encrypted DOCX, an old Word document, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return unreadable("encrypted", kind="Word file")
    if "WordDocument".encode("utf-16-le") in data:
        return unreadable("old_word")
    return unreadable("unsupported", what="an old Office file")


def page_png(data: bytes, page: int, width: int, limits: Limits) -> bytes:
    """PNG of a PDF page (from 0), `width` pixels wide. Raises DocumentError `no_image` or `no_page`."""
    if sniff(data, "")[0] != "pdf":
        raise unreadable("no_image")
    out = io.BytesIO()
    page_picture(data, page, width, limits).save(out, "PNG")
    return out.getvalue()
