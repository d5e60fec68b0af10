"""The commands that keep the records: work, backup, restore, audit. They print, and return the exit status."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from sqlalchemy import select

from model.errors import RecordsError, ShortlistError
from model.settings import data_dir
from recruiter_ui import log
from recruiter_ui.privacy import erase, erase_again, noted
from recruiter_ui.records import audit, erasure, open_store
from recruiter_ui.records.backup import KEPT_DAYS, Manifest, read_manifest, same_history
from recruiter_ui.records.backup import backup as make_backup
from recruiter_ui.records.backup import restore as put_back
from recruiter_ui.records.explain import export_candidate, in_words
from recruiter_ui.records.pseudonyms import pseudonym
from recruiter_ui.records.tables import documents


def work(base: str, device: str) -> int:
    """Judge what is queued until SIGTERM or Ctrl-C."""
    from recruiter_ui.service import Service  # noqa: PLC0415 - only this command needs an engine
    from recruiter_ui.worker import work as run  # noqa: PLC0415 - as above
    service = Service(base, device)
    log.write_to(service.store.folder)
    _say(f"loading the model; the records are in {service.store.folder}")
    if not service.load():
        raise ShortlistError(service.status().message)
    _say("judging what is queued (Ctrl-C ends it)")
    run(service.store, service)
    return 0


def backup(target: Path | None, days: int | None) -> int:
    store = open_store()
    path = make_backup(store, target, KEPT_DAYS if days is None else days)
    manifest = read_manifest(path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {manifest.files} files, {manifest.lines} audit lines, "
          f"expires {manifest.expires[:10]}")
    return 0


def restore(path: Path, expired: bool) -> int:
    """Put a backup back; what was erased after it was made is erased again."""
    folder = data_dir().expanduser().absolute()
    manifest = read_manifest(path)
    gone = _erased_after(folder, manifest)
    done = put_back(folder, path, expired)
    print(f"{folder} is as it was on {manifest.created[:19].replace('T', ' ')} UTC; {done.files} files put back")
    if done.aside:
        print(f"the damaged database was moved to {done.aside}: delete it once you no longer need it")
    if again := _erase_again(gone or set()):
        print(f"{again} documents that were erased after the backup was made were erased again")
    if gone is None and not noted(folder):
        print("what was erased after the backup was made is not known any more: erase it again (app.py erase)")
    return 0


def _erased_after(folder: Path, manifest: Manifest) -> set[str] | None:
    """Pseudonyms of what was erased since the backup; None where the present records cannot tell."""
    try:
        store = open_store(folder)
        known = erasure.erased_since(store, manifest.lines)[1] if same_history(store, manifest) else None
        store.close()
    except RecordsError as error:
        logging.getLogger("shortlist").warning("the records before the restore cannot be read: %s", error)
        return None
    return known


def _erase_again(gone: set[str]) -> int:
    """Erase those of `gone`, and those whose erasure was noted outside the records; returns how many documents."""
    store = open_store()
    with store.read() as connection:
        hashes = sorted({sha256 for sha256 in connection.execute(select(documents.c.sha256)).scalars()
                         if pseudonym(connection, sha256) in gone})
    if hashes:
        erase(store, hashes, "system", "erased before; came back with a backup")
    by_notes = erase_again(store).gone.documents
    store.close()
    return len(hashes) + by_notes


def verify(expected: str | None) -> int:
    """Check the audit; 1 where it is broken."""
    found = audit.verify(open_store(), expected)
    for fault in found.broken:
        print(f"BROKEN: {fault}")
    for note in found.notes:
        print(f"note: {note}")
    print(f"{found.lines} lines, {'broken' if found.broken else 'unbroken'}; the last hash is {found.head}")
    return 1 if found.broken else 0


def export(sha256: str, as_json: bool) -> int:
    """Print what the records hold of a candidate."""
    found = export_candidate(open_store(), sha256)
    print(json.dumps(found, indent=1, ensure_ascii=False) if as_json else in_words(found), end="\n" if as_json else "")
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
