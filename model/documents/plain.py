"""Plain text: bytes to text by their encoding."""

from __future__ import annotations

import re

import charset_normalizer

from model.documents.draft import Draft
from model.documents.limits import Limits

_BOMS = [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
         (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]  # fmt: skip
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_15", "koi8_r",
               "mac_roman", "shift_jis", "gb18030", "big5", "euc_kr", "euc_jp"]  # fmt: skip

_LATIN = {"cp1252", "cp1250", "cp1254", "iso8859_15", "mac_roman", "cp1257", "cp1258"}


def decode(data: bytes) -> str:
    """Text of any encoding: a byte order mark, then UTF-8, UTF-16 without a mark, then the likeliest code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:4096]
    if sample.count(0) > len(sample) // 5:
        return data.decode("utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 or data.count(b"\xc3") > 10 and len(data) - error.start < 4:
            return data.decode("utf-8", "replace")
    best = charset_normalizer.from_bytes(data[:200_000], cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    if encoding in _LATIN:  # these look alike to statistics: signs inside words mean Central Europe
        western = data.decode("cp1252", "replace")
        encoding = "cp1250" if re.search("[A-Za-z][¹³¿£¥¯¶¼¾\x9c\x9f][a-z]", western) else "cp1252"
    return data.decode(encoding, "replace")


def read_text(data: bytes, limits: Limits) -> Draft:
    draft = Draft("txt")
    add_paragraphs(draft, decode(data))
    return draft


def add_paragraphs(draft: Draft, text: str) -> None:
    """Add `text` to `draft`, a block for each run of lines without a blank one; form feeds count pages."""
    for page, part in enumerate(text.split("\f")):
        for block in re.split(r"\n[ \t\r\u00a0]*\n", part.replace("\r\n", "\n").replace("\r", "\n")):
            draft.add(block, page)
        draft.pages = page + 1
