"""Uploads: copies each file into the session's own folder, opens ZIP files within limits, knows duplicates by hash.

The copies lie outside the server's upload folder, so no address serves them.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from recruiter_ui.i18n import t
from recruiter_ui.session import Resume

MAX_FILE_BYTES = 20 * 2**20
MAX_ZIP_ENTRIES = 500
MAX_ZIP_BYTES = 200 * 2**20  # of everything in one ZIP once expanded
MAX_NAME = 120
UNREADABLE_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError)
SKIPPED_ENTRIES = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass
class Intake:
    """What an upload held: resumes, and for what could not be taken in, a sentence each."""

    resumes: list[Resume] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def take_in(paths: list[str | Path], folder: Path, move: bool = False) -> Intake:
    """Copy (or move) files into `folder` and open ZIP files. A bad file becomes a problem; the rest is taken in."""
    found = Intake()
    for path in map(Path, paths):
        name = path.name
        if move and (path := _claimed(path)) is None:
            continue
        if name.lower().endswith(".zip"):
            _open_zip(path, clean_name(name), folder, found)
        else:
            with path.open("rb") as stream:
                _store(stream.read(MAX_FILE_BYTES + 1), name, folder, found)
        if move:
            path.unlink()
    return found


def _claimed(path: Path) -> Path | None:
    """An upload under a name that no other call knows; None where the upload before, still at work, has taken it in."""
    try:
        return path.rename(path.with_name(secrets.token_hex(8)))
    except FileNotFoundError:
        return None


def new_folder() -> Path:
    """A private folder for one session's files, in the server's temporary folder where there is one."""
    temp = os.environ.get("GRADIO_TEMP_DIR")
    return Path(tempfile.mkdtemp(prefix="visit-", dir=temp if temp and Path(temp).is_dir() else None))


def _store(content: bytes, name: str, folder: Path, found: Intake) -> None:
    name = clean_name(name)
    if len(content) > MAX_FILE_BYTES:
        found.problems.append(t("{name} is larger than {size} MB and was left out.", name=name,
                                size=MAX_FILE_BYTES // 2**20))
        return
    sha256 = hashlib.sha256(content).hexdigest()
    place = folder / sha256
    place.mkdir(exist_ok=True)
    path = place / name
    path.write_bytes(content)
    found.resumes.append(Resume(path, name, sha256, len(content)))


def clean_name(name: str) -> str:
    """A file name without folders or control characters, and short enough to store."""
    name = PurePosixPath(name.replace("\\", "/")).name
    name = "".join(c for c in name if c.isprintable()).strip()
    name = name if name.strip(".") else "unnamed"
    stem, dot, ending = name.rpartition(".")
    return name if len(name.encode()) <= MAX_NAME else f"{stem[:60]}{dot}{ending[:10]}"


def _open_zip(path: Path, name: str, folder: Path, found: Intake) -> None:
    """Take in the files of a ZIP. Never trusts a stated size: reading stops at the limit."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not e.filename.endswith(SKIPPED_ENTRIES)
                       and not e.filename.startswith(SKIPPED_ENTRIES)]
            if len(entries) > MAX_ZIP_ENTRIES:
                found.problems.append(t("{name} holds {count} files; the first {most} were taken.", name=name,
                                        count=len(entries), most=MAX_ZIP_ENTRIES))
            budget = MAX_ZIP_BYTES
            for entry in entries[:MAX_ZIP_ENTRIES]:
                budget -= _take_entry(archive, entry, budget, folder, found)
                if budget <= 0:
                    found.problems.append(t("{name} expands to more than {size} MB; the rest of it was left out. "
                                            "Upload it in parts.", name=name, size=MAX_ZIP_BYTES // 2**20))
                    break
    except UNREADABLE_ZIP:
        found.problems.append(t("{name} is not a ZIP file that can be opened. Upload the resumes themselves.",
                                name=name))


def _take_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int, folder: Path, found: Intake) -> int:
    """Take one entry in; returns the bytes read."""
    name = clean_name(entry.filename)
    if entry.flag_bits & 0x1:
        found.problems.append(t("{name} is locked with a password and was left out. Upload it without one.", name=name))
        return 0
    if name.lower().endswith(".zip"):
        found.problems.append(t("{name} is a ZIP inside a ZIP and was left out. Open it first.", name=name))
        return 0
    try:
        with archive.open(entry) as stream:
            content = stream.read(min(MAX_FILE_BYTES, budget) + 1)
    except UNREADABLE_ZIP:
        found.problems.append(t("{name} is damaged inside the ZIP and was left out.", name=name))
        return 0
    if len(content) <= budget:
        _store(content, name, folder, found)
    return len(content)
