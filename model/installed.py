"""Which folder serves under which adapter name: the shipped ones, and over them what was promoted.

`<data>/adapters/current.json` is the pointer. It is replaced in one step and holds the SHA-256 of every file that it
points to, so that what is loaded was checked, and is never half of one adapter and half of another:

    {"serial": 3, "in_service": {"grpo": {"folder": "grpo-0123456789ab", "files": {name: sha256}}}, "history": [...]}

With SHORTLIST_ADAPTERS set, that folder alone counts. Light: no torch here.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from model.base import sha256_of
from model.errors import AdapterError
from model.settings import adapters_dir, data_dir

WEIGHTS = "adapter_model.safetensors"
POINTER = "current.json"
log = logging.getLogger("shortlist")


def promoted_dir() -> Path:
    """Folder of the promoted adapters and their pointer."""
    return data_dir() / "adapters"


def read_pointer(folder: Path | None = None) -> dict:
    """The pointer; an empty one where nothing was promoted. Raises AdapterError where it cannot be read."""
    file = (folder or promoted_dir()) / POINTER
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {"serial": 0, "in_service": {}, "history": []}
    except (OSError, ValueError) as error:
        raise AdapterError(f"{file} cannot be read ({error}): delete it to go back to the shipped adapters") from error
    if not isinstance(found, dict) or not isinstance(found.get("in_service"), dict):
        raise AdapterError(f"{file} is no pointer to adapters: delete it to go back to the shipped adapters")
    return found


def stamp() -> tuple[int, int, int]:
    """Changes whenever the pointer is replaced; costs one look at the file's date."""
    try:
        seen = os.stat(promoted_dir() / POINTER)
    except OSError:
        return 0, 0, 0
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def check(entry: Mapping, folder: Path | None = None) -> str:
    """What is wrong with a promoted adapter, in words; empty where every file is as the pointer says."""
    place = (folder or promoted_dir()) / str(entry.get("folder", ""))
    files = entry.get("files")
    if not isinstance(files, Mapping) or WEIGHTS not in files or place.parent != (folder or promoted_dir()):
        return "the pointer names no whole adapter"
    for name, digest in files.items():
        path = place / name
        try:
            same = path.parent == place and sha256_of(path) == digest
        except OSError:
            return f"{path} is missing or cannot be read"
        if not same:
            return f"{path} does not match its checksum"
    return ""


def adapter_folders() -> dict[str, Path]:
    """Name -> folder of every adapter that serves.

    A promoted adapter that is damaged is left out, with a warning in the log, and the shipped one of its name serves.
    """
    home = adapters_dir()
    found = {sub.name: sub for sub in sorted(home.iterdir()) if (sub / WEIGHTS).is_file()} if home.is_dir() else {}
    if os.environ.get("SHORTLIST_ADAPTERS"):
        return found
    try:
        entries = read_pointer()["in_service"]
    except AdapterError as error:
        log.warning("%s", error)
        return found
    for name, entry in entries.items():
        wrong = check(entry)
        if wrong:
            log.warning("the promoted adapter %s is not used: %s", name, wrong)
        else:
            found[name] = promoted_dir() / entry["folder"]
    return dict(sorted(found.items()))
