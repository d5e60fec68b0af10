"""Hostile PDF files: bombs, loops, nesting, lies and noise, by name in HOSTILE."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

from documents_tricks import page
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

HOSTILE: dict[str, Callable[[], bytes]] = {}


def hostile(name: str):
    def register(function: Callable[[], bytes]):
        HOSTILE[name] = function
        return function

    return register


def pdf(objects: list[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects from 1 with a right cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, trailer, start)
    return bytes(out)


def stream(data: bytes, head: bytes = b"", compress: bool = True) -> bytes:
    if compress:
        data, head = zlib.compress(data, 9), head + b" /Filter /FlateDecode"
    return b"<<%s /Length %d>>\nstream\n" % (head, len(data)) + data + b"\nendstream"


def one_page(content: bytes, box: bytes = b"[0 0 595 842]", more: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page; objects: 1 catalogue, 2 pages, 3 page, 4 content, 5 font, then `extra`."""
    resources = b"/Resources <</Font <</F1 5 0 R>> %s>>" % more
    return pdf([
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R %s>>" % (box, resources), content,
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>", *extra,
    ])  # fmt: skip


@hostile("bomb-stream.pdf")
def _() -> bytes:
    return one_page(stream(b"0 0 m 1 1 l S\n" * 8_000_000))


@hostile("start-beyond-numbers.pdf")
def _() -> bytes:
    data = one_page(stream(b"BT ET"))
    at = data.rfind(b"startxref")
    return data[:at] + b"startxref\n99999999999999999999\n%%EOF"


@hostile("bomb-double-flate.pdf")
def _() -> bytes:
    inner = zlib.compress(b"\0" * 120_000_000, 9)
    data = zlib.compress(inner, 9)
    body = b"<</Filter [/FlateDecode /FlateDecode] /Length %d>>\nstream\n" % len(data) + data + b"\nendstream"
    return one_page(body)


@hostile("bomb-predictor.pdf")
def _() -> bytes:
    head = b"/DecodeParms <</Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16>>"
    return one_page(stream(b"q Q", head))


@hostile("bomb-image.pdf")
def _() -> bytes:
    image = stream(b"\0" * 1000, b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 "
                   b"/ColorSpace /DeviceRGB")  # fmt: skip
    return one_page(stream(b"500 0 0 500 0 0 cm /I Do"), more=b"/XObject <</I 6 0 R>>", extra=(image,))


@hostile("bomb-forms.pdf")
def _() -> bytes:
    forms = []
    for i in range(12):
        calls = b"/X Do " * 10 if i < 11 else b"0 0 1 1 re f "
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources <</XObject <</X %d 0 R>>>>" % (7 + i)
        forms.append(stream(calls, head))
    return one_page(stream(b"/X Do"), more=b"/XObject <</X 6 0 R>>", extra=tuple(forms))


@hostile("bomb-pattern.pdf")
def _() -> bytes:
    tile = stream(b"0 0 1 1 re f", b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                  b"/XStep 0.001 /YStep 0.001 /Resources <<>>")  # fmt: skip
    return one_page(stream(b"/Pattern cs /P scn 0 0 595 842 re f"), more=b"/Pattern <</P 6 0 R>>", extra=(tile,))


@hostile("bomb-object-stream.pdf")
def _() -> bytes:
    numbers = b" ".join(b"%d %d" % (i + 10, i * 3) for i in range(200_000))
    objects = stream(numbers + b" " + b"[] " * 200_000, b"/Type /ObjStm /N 200000 /First %d" % (len(numbers) + 1))
    return one_page(stream(b"q Q"), extra=(objects,))


@hostile("loop-page-tree.pdf")
def _() -> bytes:
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 99>>"])


@hostile("loop-parent.pdf")
def _() -> bytes:
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R>>",
                b"<</Type /Page /Parent 3 0 R>>"])  # fmt: skip


@hostile("loop-form.pdf")
def _() -> bytes:
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>")
    return one_page(stream(b"/X Do"), more=b"/XObject <</X 6 0 R>>", extra=(form,))


@hostile("loop-xref.pdf")
def _() -> bytes:
    data = page()
    at = data.rfind(b"startxref")
    place = data[at:].split()[1]
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev %s " % place)


@hostile("loop-length.pdf")
def _() -> bytes:
    return one_page(b"<</Length 4 0 R>>\nstream\nq Q\nendstream")


@hostile("deep-arrays.pdf")
def _() -> bytes:
    return pdf(
        [b"<</Type /Catalog /Pages 2 0 R /X %s>>" % (b"[" * 200_000 + b"]" * 200_000), b"<</Type /Pages /Count 0>>"]
    )


@hostile("deep-dictionaries.pdf")
def _() -> bytes:
    return one_page(
        stream(b"q " * 500_000 + b"BT /F1 12 Tf (x) Tj ET"), more=b"/A " + b"<</A " * 50_000 + b">>" * 50_000
    )


@hostile("deep-content.pdf")
def _() -> bytes:
    return one_page(stream(b"[" * 1_000_000 + b"<<" * 100_000))


@hostile("pages-10000.pdf")
def _() -> bytes:
    kids = b" ".join(b"%d 0 R" % i for i in range(5, 10_005))
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count 10000>>" % kids,
                b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>", stream(b"BT /F1 12 Tf 50 500 Td (page) Tj ET"),
                *[b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                  b"/Resources <</Font <</F1 3 0 R>>>>>>"] * 10_000])  # fmt: skip


@hostile("pages-claimed.pdf")
def _() -> bytes:
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 2147483647>>"])


@hostile("huge-box.pdf")
def _() -> bytes:
    return one_page(stream(b"BT /F1 12 Tf 50 500 Td (far away) Tj ET"), box=b"[0 0 99999999999 99999999999]")


@hostile("inverted-box.pdf")
def _() -> bytes:
    return one_page(stream(b"BT /F1 12 Tf 50 500 Td (inside out) Tj ET"), box=b"[9e38 nan -9e38 0]")


@hostile("huge-text.pdf")
def _() -> bytes:
    return one_page(stream(b"BT /F1 8 Tf 1 0 0 1 5 5 Tm " + b"(lorem ipsum dolor ) Tj " * 300_000 + b"ET"))


@hostile("truncated.pdf")
def _() -> bytes:
    return page()[:900]


@hostile("encrypted.pdf")
def _() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page())))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@hostile("picture-named.pdf")
def _() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(500)


@hostile("empty.pdf")
def _() -> bytes:
    return b""


@hostile("zeros.pdf")
def _() -> bytes:
    return bytes(100_000)


@hostile("random.pdf")
def _() -> bytes:
    return b"%PDF-1.7\n" + random.Random(1).randbytes(200_000)


@hostile("javascript.pdf")
def _() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page())))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("while (true) {}")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
