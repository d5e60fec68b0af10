"""Cells of tables that people open in a spreadsheet; the one place that keeps a text from being run as a formula."""

from __future__ import annotations

FORMULA_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
BLANKS = " \u00a0\u200b\u2060\ufeff"  # a spreadsheet may skip these before it looks for a formula


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers, None is ""."""
    if isinstance(value, str):
        return "'" + value if value.lstrip(BLANKS).startswith(FORMULA_STARTS) else value
    return "" if value is None else value
