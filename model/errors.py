"""The errors that a user may see. Each message says what was wrong, with which thing, and what to do about it.

A bug is not in this tree: it raises as itself.
"""


class ShortlistError(Exception):
    """Base of every expected error; `app.py` prints it without a traceback."""


class UsageError(ShortlistError):
    """An argument, setting or file name that cannot be used (exit status 2)."""


class JobError(ShortlistError):
    """A job text that is empty or holds no requirement."""


class DocumentError(ShortlistError):
    """A resume file that could not be read; `outcome` is `unreadable` or `failed`."""

    def __init__(self, message: str, outcome: str = "unreadable", code: str = "unreadable"):
        super().__init__(message)
        self.outcome = outcome
        self.code = code


class BaseModelError(ShortlistError):
    """The base model could not be fetched, checked, converted or loaded."""


class AdapterError(ShortlistError):
    """An adapter is missing, does not belong to the base, or does not match its manifest."""


class RecipeError(ShortlistError):
    """A training recipe with unknown keys, wrong values or a missing need (CUDA, memory, disk)."""


class DataError(ShortlistError):
    """A data file with missing fields, bad rows or one class only."""


class RecordsError(ShortlistError):
    """The records cannot be opened, written or read: wrong SQLite, full disk, damaged or newer database."""
