"""Pictures of text to words, by tesseract where the machine has it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess

import numpy as np

from model.documents.limits import Limits
from model.documents.pdf_words import Page, Word
from model.documents.sandbox import ALLOWED_PROGRAM

DPI = 300
MAX_PIXELS = 12_000_000
MIN_CONFIDENCE = 30.0  # percent


def installed() -> str | None:
    """Path of tesseract, or None."""
    return shutil.which(ALLOWED_PROGRAM)


def recognise(page: Page, limits: Limits) -> list[Word]:
    """Words of the page's picture, boxes in points; none where tesseract fails or takes over `limits.ocr_seconds`."""
    scale = min(DPI / 72, (MAX_PIXELS / (page.width * page.height)) ** 0.5)
    image = page.render(scale, gray=True)
    header = f"P5 {image.shape[1]} {image.shape[0]} 255\n".encode()
    command = [installed() or ALLOWED_PROGRAM, "stdin", "stdout", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=header + np.ascontiguousarray(image).tobytes(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.ocr_seconds,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return words_of(done.stdout.decode("utf-8", "replace"), scale)


def words_of(table: str, scale: float) -> list[Word]:
    """Words of tesseract's TSV; `scale` is pixels a point."""
    found = []
    heights: dict[tuple, list[float]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        try:
            confidence = float(row["conf"])
            x, y, width, height = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
        except (KeyError, TypeError, ValueError):
            continue
        if row.get("level") == "4":
            heights[(row["block_num"], row["par_num"], row["line_num"])] = [y, height]
        if row.get("level") != "5" or not re.search(r"\w", text) or confidence < MIN_CONFIDENCE:
            continue
        line = heights.get((row["block_num"], row["par_num"], row["line_num"]), [y, height])
        size = max(4.0, line[1] * 0.8)
        found.append(Word(text, x, line[0], x + width, line[0] + line[1], size))
    return found


def unmatched(words: list[Word], recognised: list[Word], faults: int) -> list[Word]:
    """Words that the picture does not show, where OCR's faults (`faults`, or 0.3 of them) do not explain it."""
    seen = {re.sub(r"\W", "", w.text).lower() for w in recognised}
    long = [w for w in words if len(re.sub(r"\W", "", w.text)) > 2]
    missing = [w for w in long if re.sub(r"\W", "", w.text).lower() not in seen]
    return missing if len(missing) > max(faults, 0.3 * len(long)) else []
