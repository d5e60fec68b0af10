"""The only door to `model`: loads the engine in a thread once the page is up, reads jobs, judges what is queued."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from model.brief.job import parse_job
from model.documents import page_image, read
from model.errors import AdapterError, DocumentError, RecordsError, ShortlistError
from model.installed import adapter_folders
from model.schema import Document, Job
from recruiter_ui.records import Store, open_store, registry
from recruiter_ui.records.store import now
from recruiter_ui.session import Resume
from recruiter_ui.worker import Halt, Worker
from training import jobs
from training.recipe import to_dict

if TYPE_CHECKING:
    from model.what_if import WhatIf

TYPICAL_LOAD_SECONDS = 10
INITIALS = ("icu", "it", "hr", "qa", "ux", "hgv")
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
DRAIN_SECONDS = 60.0
log = logging.getLogger("shortlist.engine")


@dataclass(frozen=True)
class EngineStatus:
    """Where the engine stands. `message` is a sentence for the recruiter; `seconds` is the time it took so far."""

    state: Literal["waiting", "loading", "ready", "failed"]
    message: str = ""
    adapters: tuple[str, ...] = ()
    seconds: float = 0.0


class Service:
    """One engine for every visitor, and the records. It keeps no candidate of its own.

    `folder` is that of the records (default: the data folder). With `work` False, nothing is judged here: processes of
    `python app.py work` do it, and no engine is loaded.
    """

    def __init__(self, base: str = "smollm2-135m", device: str = "auto", folder: Path | None = None,
                 work: bool = True) -> None:
        self.base, self.device, self.works = base, device, work
        self.samples = SAMPLES
        self.worker: Worker | None = None
        self._folder = folder
        self._store: Store | None = None
        self._opening = threading.Lock()
        self._screener = None
        self._status = EngineStatus("waiting")
        self._started = 0.0
        self._settled = threading.Event()  # set when loading has ended, well or badly
        self._engine = threading.Lock()  # one use of the engine at a time
        self._thread: threading.Thread | None = None

    @property
    def store(self) -> Store:
        """The records, opened on first use. Raises RecordsError where they cannot be."""
        with self._opening:
            self._store = self._store or open_store(self._folder)
            return self._store

    # --- loading and working -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to load the engine in the background, then to judge; returns at once. A second call does nothing."""
        if self._status.state != "waiting":
            return
        if not self.works:
            self._status = EngineStatus("ready", "judged by another process", tuple(adapter_folders()))
            self._settled.set()
            return
        self._started = time.monotonic()
        self._status = EngineStatus("loading", "Loading the model")
        self.worker = Worker(self.store, self)
        self._thread = threading.Thread(target=self._load_and_work, name="worker", daemon=True)
        self._thread.start()

    def _load_and_work(self) -> None:
        if self.load():
            self.register()
            self.worker.run()

    def register(self) -> None:
        """Note in the records what serves and which runs there are."""
        try:
            registry.note_serving(self.store, adapter_folders())
            registry.note_runs(self.store, [_run(view) for view in jobs.views()])
        except RecordsError as error:
            log.warning("the adapters could not be registered", extra={"reason": type(error.__cause__).__name__})

    def stop(self, seconds: float = DRAIN_SECONDS) -> None:
        """Let the worker finish what it has in hand, for so long at most; what is left goes on at the next start."""
        if self.worker:
            self.worker.stop()
            self._thread.join(seconds)

    def nudge(self) -> None:
        """Tell the worker that something was queued."""
        if self.worker:
            self.worker.wake.set()

    def load(self) -> bool:
        """Load the engine now; False where that failed, with the reason in `status`."""
        began = time.monotonic()
        try:
            self._screener = self._make_screener()
            adapters = tuple(self._screener.adapters)
            self._status = EngineStatus("ready", self.base, adapters, time.monotonic() - began)
        except ShortlistError as error:
            self._status = EngineStatus("failed", str(error))
        except BaseException:  # the thread's traceback goes to the log; the page must not wait for ever
            self._status = EngineStatus("failed", "The model could not be loaded. The log of the server says why.")
            raise
        finally:
            self._settled.set()
        return self._status.state == "ready"

    def _make_screener(self):
        from model.pipeline import Screener  # noqa: PLC0415  (loads torch: only here, after the page is up)
        screener = Screener(base=self.base, device=self.device, progress=self._note)
        screener.prepare()
        return screener

    def _note(self, message: str) -> None:
        self._status = EngineStatus("loading", message)

    def status(self) -> EngineStatus:
        now = self._status
        if now.state == "loading":
            return EngineStatus("loading", now.message, (), time.monotonic() - self._started)
        return now

    def wait(self, seconds: float) -> EngineStatus:
        """Wait until loading has ended, at most `seconds`."""
        self._settled.wait(seconds)
        return self.status()

    # --- use ---------------------------------------------------------------------------------------------------------

    def parse_job(self, text: str) -> Job:
        """The requirements of a job text. Raises JobError where it is empty or asks for nothing."""
        return parse_job(text)

    def read_text(self, path: str) -> str:
        """The text of a file, for a job that comes as one. Raises DocumentError where it cannot be read."""
        result = read(path)
        if result.document is None:
            raise DocumentError(result.reason, result.outcome, result.code)
        return result.document.text

    def page(self, resume: Resume, document: Document, at: int) -> bytes | None:
        """PNG of the page of a PDF on which character `at` of its text stands; None where it cannot be drawn."""
        if document.kind != "pdf":
            return None
        number = next((block.page for block in document.blocks if block.start <= at < block.end), 0)
        try:
            return page_image(resume.path, number)
        except DocumentError:
            return None

    def versions(self, patience: float = -1) -> Mapping[str, str]:
        """Hashes of what judges; adapters promoted since are taken over first. A bad one leaves the old in service.

        Empty where the engine is in use for longer than `patience` seconds (-1: waits until it is not).
        """
        if not self._engine.acquire(timeout=patience):
            return {}
        try:
            if changed := self._screener.refresh():
                log.info("adapters changed", extra={"adapters": list(changed)})
                self._status = EngineStatus("ready", self.base, tuple(self._screener.adapters))
                self.register()
            return self._screener.versions()
        except AdapterError as error:
            log.error("a promoted adapter could not be taken over", extra={"reason": str(error)})
            return self._screener.versions()
        finally:
            self._engine.release()

    def screen(self, job: Job, paths: list[str], adapters: Sequence[str],
               cancel: Halt | threading.Event) -> Iterator[tuple[dict, Document | None]]:
        """Yield one (contract row, document) a file as soon as it is judged. Waits its turn for the engine."""
        while not self._engine.acquire(timeout=0.2):
            if cancel.is_set():
                return
        try:
            for row in self._screener.screen(job, paths, adapters=adapters, cancel=cancel):
                readable = row["outcome"] == "scored"
                yield row, self._screener.document(row["sha256"]) if readable else None
                self._screener.forget(row["sha256"])
        finally:
            self._engine.release()

    def what_if(self, job: Job, document: Document, adapter: str) -> WhatIf | None:
        """What change of evidence would turn the verdict, asked of the model; None while it is busy or not loaded."""
        if self._screener is None or not self._engine.acquire(timeout=1.0):
            return None
        try:
            return self._screener.what_if(job, document, adapter)
        finally:
            self._engine.release()

    # --- samples -----------------------------------------------------------------------------------------------------

    def sample_jobs(self) -> dict[str, Path]:
        """Title -> file of every sample job; empty where the samples are absent."""
        return {_title(path): path for path in sorted((self.samples / "jobs").glob("*.txt"))}

    def sample_resumes(self) -> list[Path]:
        """Every sample resume."""
        folder = self.samples / "resumes"
        return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


def _run(view: jobs.View) -> registry.Run:
    """A run's folder as the records keep it."""
    try:
        recipe = to_dict(jobs.read_recipe(view.path))
    except ShortlistError:  # damaged; its status says so
        recipe = {}
    moment = datetime.fromtimestamp(view.created, UTC).isoformat(timespec="microseconds")
    return registry.Run(view.name, view.stage, view.state, recipe, view.last, view.by, moment,
                        None if view.live else now())


def _title(path: Path) -> str:
    """The sample's name for people: "icu-nurse.txt" is "ICU nurse"."""
    words = [word.upper() if word in INITIALS else word for word in path.stem.replace("_", "-").split("-")]
    title = " ".join(words)
    return title[:1].upper() + title[1:]
