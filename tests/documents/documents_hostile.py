"""Seventy hostile files of every kind: `all_hostile` yields (file name, bytes)."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator

from documents_hostile_pdf import HOSTILE, hostile
from documents_tricks import page
from documents_word import rezip, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    return rezip(word(), lambda parts: parts.update({"word/document.xml": xml.encode()}))


@hostile("bomb.docx")
def _() -> bytes:
    body = f"<w:document {W}><w:body>" + "<w:p><w:r><w:t>aaaaaaaaaa</w:t></w:r></w:p>" * 2_500_000
    return with_body(body + "</w:body></w:document>")


@hostile("bomb-lying-size.docx")
def _() -> bytes:
    data = bytearray(with_body(f"<w:document {W}><w:body>" + "<w:p/>" * 9_000_000 + "</w:body></w:document>"))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset : at + offset + 4] = struct.pack("<I", 1000)
            at = data.find(mark, at + 4)
    return bytes(data)


@hostile("bomb-many-parts.docx")
def _() -> bytes:
    return package({f"word/p{i}.xml": b"x" for i in range(20_000)})


@hostile("bomb.odt")
def _() -> bytes:
    return package({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a>" + b" " * 90_000_000})


@hostile("loop-styles.docx")
def _() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 50}"/></w:style>'
        for i in range(50)
    )
    body = (
        f'<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>{"word " * 40}</w:t></w:r></w:p>'
    )
    return rezip(word(), lambda parts: parts.update({
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>".encode(),
        "word/document.xml": f"{body}</w:body></w:document>".encode(),
    }))  # fmt: skip


@hostile("deep.docx")
def _() -> bytes:
    return with_body(
        f"<w:document {W}><w:body>" + "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000 + "</w:body></w:document>"
    )


@hostile("deep-tables.docx")
def _() -> bytes:
    nest = 60
    return with_body(
        f"<w:document {W}><w:body>" + "<w:tbl><w:tr><w:tc>" * nest + "<w:p><w:r><w:t>core</w:t></w:r></w:p>"
        + "</w:tc></w:tr></w:tbl>" * nest + "</w:body></w:document>"
    )  # fmt: skip


@hostile("deep.html")
def _() -> bytes:
    return b"<html><body>" + b"<div>" * 300_000 + b"text"


@hostile("deep.rtf")
def _() -> bytes:
    return b"{\\rtf1 " + b"{" * 2_000_000 + b"text"


@hostile("deep-quotes.md")
def _() -> bytes:
    return (
        b">" * 500_000 + b" text\n" + b"[" * 200_000 + b"*" * 100_000 + b"(" * 100_000 + b"`" * 99_999 + b"|" * 200_000
    )


@hostile("huge-line.txt")
def _() -> bytes:
    return b"a" * 9_000_000


@hostile("too-large.txt")
def _() -> bytes:
    return b"word " * 2_400_000


@hostile("huge-attribute.html")
def _() -> bytes:
    return b"<style>" + b"a{" * 1_000_000 + b"</style><p style='" + b"x:y;" * 1_000_000 + b"'>" + b"word " * 50


@hostile("many-selectors.html")
def _() -> bytes:
    return (
        b"<style>"
        + b"".join(b".c%d{color:red}" % i for i in range(200_000))
        + b"</style>"
        + b"<p class=c1>word " * 20_000
    )


@hostile("unicode.rtf")
def _() -> bytes:
    return b"{\\rtf1\\ansi" + b"\\u-10179?\\u99999999?\\uc9999999\\'zz\\bin99999999 " * 50_000


@hostile("truncated.docx")
def _() -> bytes:
    return word()[:-2_000]


@hostile("encrypted.docx")
def _() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000) + "EncryptedPackage".encode("utf-16-le") + bytes(3_000)


@hostile("old.doc")
def _() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000) + "WordDocument".encode("utf-16-le") + bytes(3_000)


@hostile("program.docx")
def _() -> bytes:
    return b"\x7fELF" + bytes(5_000)


@hostile("zip-slip.docx")
def _() -> bytes:
    return rezip(word(), lambda parts: parts.update({"../../../../tmp/owned.txt": b"owned"}))


@hostile("slides.docx")
def _() -> bytes:
    return package({"ppt/presentation.xml": b"<a/>"})


@hostile("xxe.docx")
def _() -> bytes:
    return with_body('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                     f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>")  # fmt: skip


@hostile("xxe-utf16.docx")
def _() -> bytes:
    xml = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
           f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>")  # fmt: skip
    return rezip(word(), lambda parts: parts.update({"word/document.xml": xml.encode("utf-16")}))


@hostile("billion-laughs.docx")
def _() -> bytes:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip(names, names[1:], strict=False)
    )
    return with_body(f"<!DOCTYPE d [{entities}]><w:document {W}><w:body><w:p>&j;</w:p></w:body></w:document>")


@hostile("external-template.docx")
def _() -> bytes:
    relation = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="r1" '
                'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
                'Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>')  # fmt: skip
    return rezip(word(), lambda parts: parts.update({"word/_rels/settings.xml.rels": relation.encode()}))


@hostile("random.docx")
def _() -> bytes:
    return b"PK\x03\x04" + random.Random(2).randbytes(200_000)


@hostile("random.txt")
def _() -> bytes:
    return random.Random(3).randbytes(50_000)


def all_hostile() -> Iterator[tuple[str, bytes]]:
    for name, make in HOSTILE.items():
        yield name, make()
    for seed in range(8):
        yield f"fuzzed-{seed}.pdf", mutated(page(), seed)
        yield f"fuzzed-{seed}.docx", mutated(word(), seed)


def mutated(data: bytes, seed: int) -> bytes:
    """`data` with bytes changed, doubled, cut and moved."""
    source = random.Random(seed)
    out = bytearray(data)
    for _ in range(source.randint(1, 30)):
        at, length = source.randrange(len(out)), source.randint(1, 40)
        match source.randrange(4):
            case 0:
                out[at : at + length] = source.randbytes(length)
            case 1:
                out[at:at] = out[at : at + length] * source.randint(1, 20)
            case 2:
                del out[at : at + length]
            case 3:
                out[at] ^= 1 << source.randrange(8)
        if len(out) < 50:
            break
    return bytes(out)
