"""What reading a file comes to, and which files a list of paths holds."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from model.documents.limits import Limits
from model.documents.reasons import unreadable
from model.errors import UsageError
from model.schema import Block, Document, Flag

_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}
HASHED_MULTIPLE = 50  # a file larger than this many times the limit is not even hashed


@dataclass(frozen=True)
class ReadResult:
    """What came of one file.

    `outcome` is "ok" (then `document` is set), "unreadable" (the file's fault) or "failed" (ours or the machine's);
    `reason` is a sentence for the recruiter and `code` its stable name ("encrypted"), both "" when ok. `sha256` is
    "" where the file could not be opened.
    """

    path: Path
    name: str
    sha256: str
    document: Document | None
    outcome: str
    reason: str = ""
    code: str = ""


def find_files(paths: Iterable[str | os.PathLike] | str | os.PathLike) -> list[Path]:
    """Files named by `paths`, folders opened to their end and sorted, each file once.

    Hidden and system files inside folders are skipped; files of unknown kinds are kept, since a recruiter should hear
    that they could not be read. Raises UsageError for a path that does not exist.
    """
    found: dict[str, Path] = {}
    for given in [paths] if isinstance(paths, str | os.PathLike) else paths:
        path = Path(given)
        if not path.exists():
            raise UsageError(f"{path} does not exist: check the name")
        for file in sorted(_files_under(path)) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _files_under(folder: Path) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not _is_hidden(f)]
        for name in names:
            path = Path(root, name)
            if not _is_hidden(name) and path.is_file():
                yield path


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES


def load(path: Path, limits: Limits) -> tuple[bytes, str]:
    """(bytes, sha256) of a file. Raises DocumentError; its `sha256` attribute is set where the file was hashed."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise unreadable("not_a_file")
        if status.st_size > limits.max_bytes:
            error = unreadable("too_large", size=status.st_size / 1e6, limit=limits.max_bytes / 1e6)
            if status.st_size <= HASHED_MULTIPLE * limits.max_bytes:
                with open(path, "rb") as file:
                    error.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            raise error
        with open(path, "rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise unreadable("not_readable", what=error.strerror or type(error).__name__) from None
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        error = unreadable("empty")
        error.sha256 = sha256
        raise error
    return data, sha256


def document_from(message: dict) -> Document:
    """The Document in a reading process's answer. Raises KeyError or TypeError where the answer is malformed."""
    if not isinstance(message["text"], str):
        raise TypeError("the text is no text")
    blocks = tuple(
        Block(b["text"], b["start"], b["end"], b["page"], tuple(b["box"]) if b["box"] else None)
        for b in message["blocks"]
    )
    flags = tuple(Flag(**f) for f in message["flags"])
    return Document(**{**message, "blocks": blocks, "flags": flags})
