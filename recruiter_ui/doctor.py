"""`app.py doctor`: looks at everything that a screening rests on and says what is wrong and how to mend it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from model.base import MANIFEST, SOURCES, base_folder, sha256_of, verify
from model.documents.ocr import installed as tesseract
from model.errors import RecordsError, ShortlistError
from model.installed import WEIGHTS, adapter_folders, check, read_pointer
from model.settings import DEFAULT_BASE, cache_dir, data_dir
from recruiter_ui.records import audit
from recruiter_ui.records.backup import BACKUPS, read_manifest
from recruiter_ui.records.driver import sqlite_module
from recruiter_ui.records.store import DATABASE, Store, head, open_store, schema_version

OK, NOTE, BROKEN = "ok", "note", "BROKEN"
LITTLE, LOW = 2_000_000_000, 200_000_000  # bytes free: fewer are noted, fewer are broken
MEND = "stop Shortlist and put a backup in its place: python app.py restore BACKUP"
Found = tuple[str, str]  # (OK, NOTE or BROKEN; a sentence)


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    name: str
    state: str
    words: str


def examine(base: str = DEFAULT_BASE, folder: Path | None = None) -> Iterator[Check]:
    """Every check in turn; one that fails in a way that was foreseen is a finding, not an end."""
    folder = Path(folder or data_dir()).expanduser().absolute()
    for name, look in (("SQLite", _sqlite), ("data folder", lambda: _folder(folder)),
                       ("database", lambda: _database(folder)), ("audit", lambda: _audit(folder)),
                       ("backups", lambda: _backups(folder)), ("disk", lambda: _disk(folder)),
                       ("base model", lambda: _base(base)), ("adapters", _adapters), ("device", _device),
                       ("OCR", _ocr)):
        yield Check(name, *_tried(look))


def report(checks: Iterator[Check], say: Callable[[str], None] = print) -> int:
    """Say each as it is found; returns 1 where something is broken."""
    broken = 0
    for found in checks:
        broken += found.state == BROKEN
        say(f"{found.state:>6}  {found.name}: {found.words}")
    say("Something is broken: mend it as the lines above say." if broken else "Nothing is broken.")
    return 1 if broken else 0


def _tried(look: Callable[[], Found]) -> Found:
    try:
        return look()
    except ShortlistError as error:
        return BROKEN, str(error)
    except OSError as error:
        return BROKEN, f"{error.filename or 'a file'} cannot be read ({error.strerror}): check disk and permissions"


# --- the records -----------------------------------------------------------------------------------------------------


def _sqlite() -> Found:
    module = sqlite_module()
    return OK, f"{module.sqlite_version} ({module.__name__.split('.')[0]})"


def _folder(folder: Path) -> Found:
    if not folder.exists():
        return NOTE, f"{folder} does not exist yet; the first start makes it"
    mode = folder.stat().st_mode & 0o777
    if mode & 0o077:
        return NOTE, f"{folder} can be read by other users of this machine: chmod 700 {folder}"
    return OK, str(folder)


def _open(folder: Path) -> Store | None:
    return open_store(folder) if (folder / DATABASE).exists() else None


def _database(folder: Path) -> Found:
    try:
        store = _open(folder)
        if store is None:
            return NOTE, "there is none yet"
        with store.read() as connection:
            faults = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            missing = [path for (path,) in connection.exec_driver_sql("SELECT path FROM documents")
                       if not (folder / path).is_file()]
        version = schema_version(store)
        store.close()
    except RecordsError as error:
        return BROKEN, f"{error}. To mend it, {MEND}" if "damaged" in str(error) else str(error)
    if faults != ["ok"]:
        return BROKEN, f"{folder / DATABASE} is damaged ({faults[0]}). To mend it, {MEND}"
    if loose:
        return BROKEN, f"{len(loose)} rows point to rows that are not there. To mend it, {MEND}"
    if missing:
        return NOTE, f"{len(missing)} stored files are missing; their verdicts stand, but they cannot be judged again"
    size = (folder / DATABASE).stat().st_size
    return OK, f"sound, schema {version} of {head()}, {size / 1e6:.1f} MB"


def _audit(folder: Path) -> Found:
    store = _open(folder)
    if store is None:
        return NOTE, "there is none yet"
    found = audit.verify(store)
    store.close()
    if found.broken:
        return BROKEN, (f"{found.broken[0]}; {len(found.broken)} faults in all. Someone changed the records past "
                        "Shortlist: keep this database as evidence and compare it with a backup")
    notes = f"; {found.notes[0]}" if found.notes else ""
    return (NOTE if found.notes else OK), f"{found.lines} lines, unbroken up to {found.head[:16]}{notes}"


def _backups(folder: Path) -> Found:
    kept = sorted((folder / BACKUPS).glob("shortlist-*.zip"))
    moment = datetime.now(UTC)
    valid = [path for path in kept if datetime.fromisoformat(read_manifest(path).expires) > moment]
    if len(valid) < len(kept):
        return NOTE, f"{len(kept) - len(valid)} of {len(kept)} have expired; `python app.py backup` deletes them"
    if not valid:
        return NOTE, f"none in {folder / BACKUPS}: `python app.py backup` makes one"
    return OK, f"{len(valid)}, the newest of {read_manifest(valid[-1]).created[:10]}"


def _disk(folder: Path) -> Found:
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free
    words = f"{free / 1e9:.1f} GB free at {place}"
    if free < LOW:
        return BROKEN, f"{words}: free some, or move the data folder (SHORTLIST_DATA)"
    return (NOTE if free < LITTLE else OK), words


# --- the model -------------------------------------------------------------------------------------------------------


def _base(base: str) -> Found:
    if base in SOURCES and not (cache_dir() / "bases" / base / MANIFEST).is_file():
        return NOTE, f"{base} has not been fetched yet; the first start does"
    folder = cache_dir() / "bases" / base if base in SOURCES else base_folder(base)
    if (folder / MANIFEST).is_file():
        verify(folder)
        return OK, f"{base}, every weight as it was fetched"
    return OK, f"{base}, a folder of your own"


def _adapters() -> Found:
    folders = adapter_folders()
    if not folders:
        return BROKEN, "none is installed: install Shortlist again, or train one (python app.py train sft)"
    for name, entry in read_pointer()["in_service"].items():
        if wrong := check(entry):
            return BROKEN, f"the promoted {name} is not used: {wrong}. Promote it again, or python app.py rollback"
    said = []
    for name, folder in folders.items():
        digest = sha256_of(folder / WEIGHTS)
        manifest = folder / "manifest.json"
        stated = json.loads(manifest.read_text(encoding="utf-8")).get("sha256") if manifest.is_file() else digest
        if stated != digest:
            return BROKEN, f"{folder / WEIGHTS} does not match its manifest: python app.py rollback, or install again"
        said.append(f"{name} {digest[:12]}")
    return OK, ", ".join(said)


def _device() -> Found:
    from model.loading import pick_device  # noqa: PLC0415 - loads torch
    device = pick_device()
    return OK, "CUDA" if device == "cuda" else "CPU (no CUDA device that torch can use)"


def _ocr() -> Found:
    path = tesseract()
    return (OK, path) if path else (NOTE, "tesseract is not installed, so that scans cannot be read: "
                                          "apt-get install tesseract-ocr")
