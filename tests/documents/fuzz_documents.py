"""Changed real files through the readers for a while: `nice -n 15 python tests/documents/fuzz_documents.py SECONDS`."""

from __future__ import annotations

import collections
import io
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
from documents_honest import HONEST  # noqa: E402 - beside this file
from documents_hostile import mutated  # noqa: E402
from documents_layouts import make  # noqa: E402
from documents_tricks_drawn import PDF_TRICKS  # noqa: E402
from documents_word import DOCX_TRICKS, rezip  # noqa: E402
from pypdf import PdfReader, PdfWriter  # noqa: E402
from pypdf.generic import DecodedStreamObject, NameObject  # noqa: E402

from model.documents import read_many  # noqa: E402

RTF = rb"{\rtf1\ansi{\colortbl;\red255\green0\blue0;}\fs24 Jordan Caf\'e9 {\v x}{\b bold} \u8211?words\par}" * 4
HTML = (
    b"<html><style>.a{color:#fff}</style><body><p style='font-size:9px'>Jordan <b class=a>x</b><table><tr><td>1</table>"
    * 4
)


def sources() -> list[tuple[str, bytes]]:
    """(suffix, bytes) of honest and hiding files of every kind."""
    found = [(".pdf", trick()) for trick in PDF_TRICKS.values()]
    found += [(".docx", trick()) for trick in DOCX_TRICKS.values()]
    found += [(suffix, data) for data, suffix, _ in (design() for design in HONEST.values())]
    found += [
        (".pdf", make("two_columns", "as_read", 1)[0]),
        (".rtf", RTF),
        (".html", HTML),
        (".md", b"# J\n* [a](b)\n|a|b|\n" * 9),
    ]
    return found


def changed(suffix: str, data: bytes, seed: int) -> bytes:
    """A changed copy; for DOCX every second time within one of its parts, for PDF within its unpacked streams."""
    source = random.Random(seed)
    if seed % 2 and suffix == ".docx":

        def change(parts: dict[str, bytes]) -> None:
            name = source.choice(["word/document.xml", "word/styles.xml", *parts])
            parts[name] = mutated(parts.get(name) or b"<a/>" * 20, seed)

        return rezip(data, change)
    if seed % 2 and suffix == ".pdf":
        return mutated(unpacked(data), seed)
    return mutated(data, seed)


def unpacked(data: bytes) -> bytes:
    """A PDF with its pages' contents unpacked, so that changes reach what they hold."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for sheet in writer.pages:
        plain = DecodedStreamObject()
        plain.set_data(sheet.get_contents().get_data())
        sheet[NameObject("/Contents")] = writer._add_object(plain)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def run(seconds: float) -> collections.Counter:
    """Counts of results by outcome and code. Raises what the parent raises: a crash of it is what this looks for."""
    counts: collections.Counter = collections.Counter()
    originals, seed, end = sources(), 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:

        def files():
            nonlocal seed
            while time.monotonic() < end:
                suffix, data = originals[seed % len(originals)]
                path = Path(folder, f"{seed}{suffix}")
                path.write_bytes(changed(suffix, data, seed))
                seed += 1
                yield path

        for result in read_many(files()):
            counts[(result.outcome, result.code)] += 1
            if result.outcome == "failed":
                print("failed", result.name, result.reason, flush=True)
            result.path.unlink()
    return counts


if __name__ == "__main__":
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = run(float(sys.argv[1]) if len(sys.argv) > 1 else 300)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{outcomes.total()} changed files, the parent grew by {grown:.0f} MB")
    for (outcome, code), count in outcomes.most_common():
        print(f"{count:7} {outcome} {code}")
