"""Plain text and Markdown: bytes to text by their encoding, and Markdown's marks to what they look like."""

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


def read_markdown(data: bytes, limits: Limits) -> Draft:
    """Markdown as its reader sees it: comments and link targets go, emphasis marks go, headings and lists stay."""
    draft = Draft("md")
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > 2 * limits.max_chars:
        draft.flag("truncated", f"Only the first {2 * limits.max_chars} characters were read.")
        text = text[: 2 * limits.max_chars]
    for comment in re.findall(r"<!--(.*?)(?:-->|\Z)", text, re.S):
        draft.hide(comment, "a comment")
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.S)
    for target in re.findall(r"^\[//\]: # [(\"'](.*)[)\"']\s*$", text, re.M):
        draft.hide(target, "a comment")
    text = re.sub(r"^ {0,3}\[[^\]\n]{1,300}\]:[ \t]*\S+.*$", "", text, flags=re.M)
    text = re.sub(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)", "", text)
    text = re.sub(r"\[([^\[\]\n]{1,300})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,300}\])", r"\1", text)
    text = re.sub(r"<(?:https?://|mailto:)([^>\s]+)>", r"\1", text)
    text = re.sub(r"</?[A-Za-z][^>\n]{0,300}>", "", text)
    text = re.sub(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", r"\n\1\n", text, flags=re.M)
    text = re.sub(r"^ {0,3}(?:=+|-{2,}|[*_](?:[ \t]*[*_]){2,})[ \t]*$", "", text, flags=re.M)
    text = re.sub(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$\n?", "", text, flags=re.M)
    text = re.sub(r"^[ \t]*\|(.*)\|[ \t]*$", lambda m: "\t".join(c.strip() for c in m[1].split("|")), text, flags=re.M)
    text = re.sub(r"^[ \t]*(?:>[ \t]?)+|^[ \t]*```.*$", "", text, flags=re.M)
    text = re.sub(r"^([ \t]*)[*+-][ \t]+(?:\[[ xX]\][ \t]+)?", r"\1- ", text, flags=re.M)
    text = re.sub(r"(\*{1,3}|_{1,3}|~~|`{1,3})(?=[^\s*_~`])(.{1,500}?)(?<=[^\s*_~`])\1(?![\w])", r"\2", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", text)
    add_paragraphs(draft, text)
    return draft


def add_paragraphs(draft: Draft, text: str) -> None:
    """Add `text` to `draft`, a block for each run of lines without a blank one; form feeds count pages."""
    for page, part in enumerate(text.split("\f")):
        for block in re.split(r"\n[ \t\r\u00a0]*\n", part.replace("\r\n", "\n").replace("\r", "\n")):
            draft.add(block, page)
        draft.pages = page + 1
