"""Every limit under which a file is read. Each can be overridden by an environment variable `SHORTLIST_<NAME>`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields

from model.errors import UsageError


def _setting(default: float):
    """A dataclass field whose default is read from `SHORTLIST_<NAME>` when a `Limits` is made."""
    return field(default=None, metadata={"default": default})


@dataclass(frozen=True)
class Limits:
    """Limits for one file. Raises UsageError where a setting or its environment variable is not a positive number.

    max_bytes: largest file, bytes (SHORTLIST_MAX_BYTES).
    max_pages: pages read; later pages are left out and flagged `truncated`.
    max_inflated: largest total of unpacked contents of a DOCX, ODT or PDF, bytes.
    max_ratio: largest unpacked : packed ratio of one part, no unit; parts under 1 MB are exempt.
    max_chars: characters of text kept; later text is left out and flagged `truncated`.
    max_pixels: pixels of one rendered page.
    min_words: words below which a document is `unreadable`.
    memory_bytes: address space of a reading process, bytes.
    cpu_seconds: processor time for one file, seconds.
    wall_seconds: real time for one file, seconds; OCR has its own.
    ocr_pages: scanned pages read by OCR, at most; 0 turns OCR off.
    ocr_seconds: real time for the OCR of one page, seconds.
    ocr_total_seconds: real time for a file that needs OCR, seconds.
    files_per_worker: files that one reading process takes before it is replaced.
    """

    max_bytes: int = _setting(10_000_000)
    max_pages: int = _setting(30)
    max_inflated: int = _setting(50_000_000)
    max_ratio: int = _setting(100)
    max_chars: int = _setting(200_000)
    max_pixels: int = _setting(4_000_000)
    min_words: int = _setting(20)
    memory_bytes: int = _setting(1 << 30)
    cpu_seconds: int = _setting(10)
    wall_seconds: int = _setting(12)
    ocr_pages: int = _setting(10)
    ocr_seconds: int = _setting(15)
    ocr_total_seconds: int = _setting(90)
    files_per_worker: int = _setting(100)

    def __post_init__(self) -> None:
        for setting in fields(self):
            value = getattr(self, setting.name)
            source = setting.name
            if value is None:
                source = f"SHORTLIST_{setting.name.upper()}"
                value = os.environ.get(source) or setting.metadata["default"]
            try:
                number = int(value)
            except (TypeError, ValueError):
                raise UsageError(f"{source} is {value!r}: give a whole number") from None
            least = 0 if setting.name in ("ocr_pages", "min_words") else 1
            if number < least:
                raise UsageError(f"{source} is {number}: give {least} or more")
            object.__setattr__(self, setting.name, number)
