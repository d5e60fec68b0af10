"""What a file is, by its content. Its name only decides between kinds of plain text."""

from __future__ import annotations

import re

SUFFIX_KINDS = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".rtf": "rtf",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt",
}  # fmt: skip
SUPPORTED_SUFFIXES: tuple[str, ...] = (".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".md", ".txt")
TEXT_KINDS = ("txt", "md")

_MAGIC = [
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"), (b"MM\x00*", "a picture (TIFF)"), (b"BM", "a picture (BMP)"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"Rar!", "an archive (RAR)"), (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"), (b"BZh", "an archive (bzip2)"), (b"\xfd7zXZ", "an archive (xz)"),
    (b"%!PS", "a PostScript file"), (b"SQLite format", "a database"), (b"ID3", "a sound file"),
]  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)


def sniff(data: bytes, suffix: str) -> tuple[str, str]:
    """(kind, what): `kind` is one of Document.kind, "zip", "ole" or "" (not supported); `what` names it in words."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf", "a PDF"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip", "an archive (ZIP)"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole", "an old Office file"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        return "rtf", "an RTF document"
    for magic, what in _MAGIC:
        if head.startswith(magic) and not (len(magic) == 2 and _is_text(head)):
            return "", what
    if not _is_text(data[:65536]):
        return "", "a file of an unknown kind"
    named = SUFFIX_KINDS.get(suffix.lower(), "")
    if named == "html" or (_HTML.search(head) and named not in TEXT_KINDS):
        return "html", "a web page"
    return (named if named in TEXT_KINDS else "txt"), "a text file"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not data:
        return False
    if data.count(0) > len(data) // 5:  # UTF-16 without a mark has a zero in every other byte
        halves = data[0::2].count(0), data[1::2].count(0)
        return min(halves) <= len(data) // 50 and max(halves) > len(data) // 5
    controls = sum(data.count(bytes([c])) for c in (*range(9), *range(14, 27), *range(28, 32), 127))
    return controls <= len(data) // 200
