"""Privacy: erase a candidate everywhere, keep nothing longer than the policy, and look whether anything was left."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from model.errors import UsageError
from recruiter_ui import timeline
from recruiter_ui.records import erasure
from recruiter_ui.records.pseudonyms import pseudonym
from recruiter_ui.records.store import FILES, Store, now
from recruiter_ui.session import Session, Texts

if TYPE_CHECKING:
    import gradio as gr

log = logging.getLogger("shortlist.privacy")
FEEDBACK, TEMP, BACKUPS = "feedback", "temp", "backups"  # folders in the data folder
ERASED = "erased.jsonl"  # file in it: pseudonyms of what was erased
KEPT_SECONDS = 24 * 3600.0  # temporary files that lie longer were left behind
DAILY, LOOK = 24 * 3600.0, 2.0  # seconds between two rounds of the policy; between two looks for erasures
MADE_BY_US = ("shortlist.", "candidate.", "page.", "report.")  # exports and page images among the temporary files
PIECE = 40  # characters of a text's longest lines to look for afterwards


@dataclass
class Erased:
    """What an erasure took away: rows by table, files, lines of feedback; `left`: files that still hold a trace."""

    gone: erasure.Gone = field(default_factory=erasure.Gone)
    files: int = 0
    lines: int = 0
    left: list[Path] = field(default_factory=list)
    backups: int = 0

    def words(self) -> str:
        """The same in a sentence."""
        gone = self.gone
        said = (f"{gone.documents} stored {'copy' if gone.documents == 1 else 'copies'}, {gone.verdicts} verdicts, "
                f"{gone.decisions} decisions, {gone.overrides} corrections, {self.files} files and {self.lines} lines "
                "of feedback were erased.")
        if self.backups:
            said += (f" {self.backups} older {'backup' if self.backups == 1 else 'backups'} may hold it until they "
                     "expire; restoring one does not bring it back.")
        if self.left:
            said += (" Still named in, and not ours to change: " + ", ".join(map(str, self.left)) +
                     ". Delete these, or let them expire.")
        return said


def erase(store: Store, hashes: Sequence[str], actor: str, why: str = "asked for") -> Erased:
    """Erase the documents of these hashes: files, text, verdicts, queue, decisions, feedback, exports, traces.

    A line with a pseudonym stays in the audit. Files go first, so that an erasure that was cut off can be repeated.
    Raises RecordsError where the records cannot be written.
    """
    done, wanted = Erased(), set(hashes)
    marks = [mark for sha256 in hashes for mark in (sha256, *_pieces(erasure.texts_of(store, sha256)))]
    for path in erasure.paths_of(store, hashes):
        done.files += _shred(store.folder / path)
    done.files += sum(map(_shred, list(_in_temp(store.folder / TEMP, wanted, _forms(marks)))))
    done.lines = sum(_without_lines(path, wanted) for path in sorted((store.folder / FEEDBACK).glob("*.jsonl")))
    _remember(store, hashes)
    done.gone = erasure.forget_documents(store, hashes, actor, why)
    erasure.scrub(store)
    done.backups = sum(1 for _ in (store.folder / BACKUPS).glob("*.zip"))
    done.left = traces(store.folder, marks)
    log.info("erased", extra={"documents": done.gone.documents, "verdicts": done.gone.verdicts, "left": len(done.left)})
    return done


def _remember(store: Store, hashes: Sequence[str]) -> None:
    """Note outside the database, by pseudonym, what was erased, for the day when an old backup is restored."""
    with store.write() as connection, (store.folder / ERASED).open("a", encoding="utf-8") as notes:
        os.chmod(notes.name, 0o600)
        for sha256 in hashes:
            notes.write(json.dumps({"document": pseudonym(connection, sha256), "time": now()}) + "\n")


def noted(folder: Path) -> dict[str, str]:
    """Pseudonym -> time of what was erased; a line that a crash cut off is left out."""
    found, path = {}, folder / ERASED
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        with contextlib.suppress(ValueError):
            note = json.loads(line)
            found[note["document"]] = note["time"]
    return found


def erase_again(store: Store) -> Erased:
    """Erase what came back with a backup: documents taken in before they were erased, by the notes."""
    erased = noted(store.folder)
    back = erasure.taken_in_before(store, erased) if erased else []
    return erase(store, back, "system", "came back with a backup") if back else Erased()


def hash_of(what: str) -> str:
    """The document's hash: the hash itself, or that of the file named. Raises UsageError."""
    if len(what) == 64 and all(c in "0123456789abcdef" for c in what.lower()):
        return what.lower()
    try:
        return hashlib.sha256(Path(what).read_bytes()).hexdigest()
    except OSError as error:
        raise UsageError(f"{what} is no SHA-256 of a document and no file that can be read: the hash is in every "
                         "export, under sha256") from error


def traces(folder: Path, marks: Sequence[str]) -> list[Path]:
    """Files of the data folder that hold one of the texts, as UTF-8 or as JSON writes it. Reads every byte."""
    wanted = _forms(marks)
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and FILES not in path.relative_to(folder).parts
            and _holds(path, wanted)]


def _forms(marks: Sequence[str]) -> set[bytes]:
    return {form for mark in marks for form in (mark.encode(), json.dumps(mark)[1:-1].encode()) if form}


def _holds(path: Path, wanted: set[bytes]) -> bool:
    longest, tail = max(map(len, wanted), default=1), b""
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                block = tail + block
                if any(mark in block for mark in wanted):
                    return True
                tail = block[-longest:]
    except OSError:  # deleted meanwhile
        pass
    return False


def _pieces(texts: Sequence[str]) -> list[str]:
    """What to look for of each text: the beginning of its three longest lines, which others hardly share."""
    lines = {line.strip()[:PIECE] for text in texts for line in sorted(text.splitlines(), key=len)[-3:]}
    return [line for line in lines if len(line) >= 12]


def _in_temp(temp: Path, hashes: set[str], marks: set[bytes]) -> Iterator[Path]:
    """Uploads, exports and tables in the temporary folder that hold one of these documents, or may."""
    for path in temp.rglob("*") if temp.is_dir() else ():
        if path.is_file() and (path.name.startswith(MADE_BY_US) or path.parent.name in hashes
                               or _digest(path) in hashes or _holds(path, marks)):
            yield path


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # deleted meanwhile
        return ""


def _without_lines(path: Path, hashes: set[str]) -> int:
    """Rewrite a file of JSON lines without those that name one of the documents; returns how many went."""
    with FileLock(path.parent / ".lock"):  # the one that the feedback is written under
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not any(sha256 in line for sha256 in hashes)]
        if len(kept) < len(lines):
            fresh = path.with_name(path.name + ".new")
            fresh.write_text("".join(kept), encoding="utf-8")
            os.chmod(fresh, path.stat().st_mode)
            _overwrite(path)
            os.replace(fresh, path)
    return len(lines) - len(kept)


def _shred(path: Path) -> int:
    """Overwrite and delete a file; returns 1 where there was one. Disks that write elsewhere may keep old blocks."""
    try:
        _overwrite(path)
        path.unlink()
    except FileNotFoundError:
        return 0
    return 1


def _overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left > 0:
            left -= stream.write(b"\0" * min(left, 1 << 20))
        stream.flush()
        os.fsync(stream.fileno())


def clean(temp: Path, older_than: float = KEPT_SECONDS) -> int:
    """Delete what has not been touched for so many seconds; returns how many entries."""
    before, gone = time.time() - older_than, 0
    for entry in temp.iterdir():
        if entry.lstat().st_mtime < before:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
            gone += 1
    return gone


# --- retention -------------------------------------------------------------------------------------------------------


def policy() -> int | None:
    """Days that a screening is kept where its job says nothing: SHORTLIST_RETENTION_DAYS; None keeps everything."""
    stated = os.environ.get("SHORTLIST_RETENTION_DAYS")
    if not stated:
        return None
    if not stated.isdigit() or not 0 < int(stated) < 36_500:
        raise UsageError(f"SHORTLIST_RETENTION_DAYS={stated!r} is no number of days: give one from 1 to 36499")
    return int(stated)


@dataclass(frozen=True)
class Due:
    """What the policy would take away now: ids of screenings, hashes of documents in no other."""

    screenings: tuple[int, ...]
    documents: tuple[str, ...]


def due(store: Store, days: int | None) -> Due:
    """What has been kept long enough."""
    old = tuple(row.id for row in erasure.due_screenings(store, days))
    return Due(old, tuple(sorted({*erasure.only_in(store, old), *erasure.idle_documents(store, days)})))


def keep_to_policy(store: Store, days: int | None = None, actor: str = "system") -> tuple[Due, Erased]:
    """Erase what is due (`days`: default the policy's) and clean the temporary folder."""
    done = erase_again(store)
    what = due(store, policy() if days is None else days)
    if what.documents:
        done = erase(store, what.documents, actor, "retention")
    if what.screenings:
        gone = erasure.forget_screenings(store, what.screenings, actor)
        done.gone.screenings, done.gone.jobs = gone.screenings, gone.jobs
        done.gone.verdicts += gone.verdicts
        done.files += sum(_shred(store.folder / path) for path in gone.paths)
        erasure.scrub(store)
    done.files += sum(map(_shred, erasure.unnamed_files(store, KEPT_SECONDS)))
    if (store.folder / TEMP).is_dir():
        clean(store.folder / TEMP)
    return what, done


# --- in the running server -------------------------------------------------------------------------------------------


def forget_in(session: Session, gone: Callable[[str], bool]) -> None:
    """Take the candidates out of a page that shows them; `gone` says of a document's hash whether it was erased."""
    for sha256 in [key for key in {*session.resumes, *session.rows} if gone(key)]:
        for held in (session.resumes, session.rows, session.human):
            held.pop(sha256, None)
        session.history = [said for said in session.history if said[0] != sha256]
        session.selected = None if session.selected == sha256 else session.selected
        session.documents = Texts(session)


def forget_in_pages(app: gr.Blocks, store: Store, pseudonyms: set[str]) -> None:
    """`forget_in` for every page that is open in this server; documents by their names in the audit."""
    def gone(sha256: str) -> bool:
        with store.read() as connection:
            return pseudonym(connection, sha256) in pseudonyms

    timeline.forget()
    for state in list(app.state_holder.session_data.values()):
        for value in list(state.state_data.values()):
            if isinstance(value, Session):
                forget_in(value, gone)


class Keeper:
    """A thread beside the server: applies the policy at the start and daily, and takes what was erased, by whatever
    process, out of the open pages."""

    def __init__(self, app: gr.Blocks, store: Store, every: float = DAILY, look: float = LOOK) -> None:
        self.app, self.store, self.every, self.look = app, store, every, look
        self._stop = threading.Event()
        self._seen, _ = erasure.erased_since(store, 0)
        threading.Thread(target=self._run, name="privacy", daemon=True).start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        due_at = time.monotonic()
        while True:
            try:
                if time.monotonic() >= due_at:
                    due_at = time.monotonic() + self.every
                    what, _ = keep_to_policy(self.store)
                    log.info("retention", extra={"screenings": len(what.screenings), "documents": len(what.documents)})
                self._seen, names = erasure.erased_since(self.store, self._seen)
                if names:
                    forget_in_pages(self.app, self.store, names)
            except Exception:  # a full disk now must not end the policy for good
                log.exception("privacy: a round failed, and is tried again")
            if self._stop.wait(self.look):
                return
