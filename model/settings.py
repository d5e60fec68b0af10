"""Settings that come from the environment; each is documented in the README."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from model.errors import UsageError

PACKAGE = Path(__file__).parent
SHIPPED_ADAPTERS = PACKAGE / "adapters"
DEFAULT_BASE = "smollm2-135m"


def cache_dir() -> Path:
    """Folder of the converted base models: `SHORTLIST_CACHE`, else `shortlist` in the user's cache folder."""
    stated = os.environ.get("SHORTLIST_CACHE")
    if stated:
        return Path(stated).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shortlist"


def adapters_dir() -> Path:
    """Folder with one sub-folder an adapter: `SHORTLIST_ADAPTERS`, else the shipped ones."""
    stated = os.environ.get("SHORTLIST_ADAPTERS")
    return Path(stated).expanduser() if stated else SHIPPED_ADAPTERS


def as_of() -> date:
    """The date that "present" stands for: `SHORTLIST_AS_OF` (YYYY-MM-DD), else today."""
    stated = os.environ.get("SHORTLIST_AS_OF")
    if not stated:
        return date.today()
    try:
        return date.fromisoformat(stated)
    except ValueError as error:
        raise UsageError(f"SHORTLIST_AS_OF={stated!r} is no date: write it as 2026-06-30") from error


def data_dir() -> Path:
    """Folder of the records and the resumes: `SHORTLIST_DATA`, else `shortlist` in the user's data folder."""
    stated = os.environ.get("SHORTLIST_DATA")
    if stated:
        return Path(stated).expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "shortlist"
