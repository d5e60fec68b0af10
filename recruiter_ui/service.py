"""The only door to `model`: loads the engine in a thread once the page is up, reads jobs, streams verdicts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.brief.job import parse_job
from model.documents import page_image, read
from model.errors import DocumentError, ShortlistError
from model.schema import Document, Job
from recruiter_ui.session import Resume

TYPICAL_LOAD_SECONDS = 10
INITIALS = ("icu", "it", "hr", "qa", "ux", "hgv")
SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@dataclass(frozen=True)
class EngineStatus:
    """Where the engine stands. `message` is a sentence for the recruiter; `seconds` is the time it took so far."""

    state: Literal["waiting", "loading", "ready", "failed"]
    message: str = ""
    adapters: tuple[str, ...] = ()
    seconds: float = 0.0


class Service:
    """One engine for every visitor. It keeps no candidate of its own; what it reads goes into the caller's session."""

    def __init__(self, base: str = "smollm2-135m", device: str = "auto") -> None:
        self.base, self.device = base, device
        self.samples = SAMPLES
        self._screener = None
        self._status = EngineStatus("waiting")
        self._started = 0.0
        self._settled = threading.Event()  # set when loading has ended, well or badly
        self._engine = threading.Lock()  # one screening at a time

    # --- loading -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to load the engine in the background; returns at once. A second call does nothing."""
        if self._status.state == "waiting":
            self._started = time.monotonic()
            self._status = EngineStatus("loading", "Loading the model")
            threading.Thread(target=self._load, name="engine-loader", daemon=True).start()

    def _load(self) -> None:
        try:
            self._screener = self._make_screener()
            adapters = tuple(self._screener.adapters)
            self._status = EngineStatus("ready", self.base, adapters, time.monotonic() - self._started)
        except ShortlistError as error:
            self._status = EngineStatus("failed", str(error))
        except BaseException:  # the thread's traceback goes to the log; the page must not wait for ever
            self._status = EngineStatus("failed", "The model could not be loaded. The log of the server says why.")
            raise
        finally:
            self._settled.set()

    def _make_screener(self):
        from model.pipeline import Screener  # noqa: PLC0415  (loads torch: only here, after the page is up)
        return Screener(base=self.base, device=self.device, progress=self._note)

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

    def busy(self) -> bool:
        """Whether another screening holds the engine just now."""
        return self._engine.locked()

    def screen(self, job: Job, paths: list[str], adapters: tuple[str, ...],
               cancel: threading.Event) -> Iterator[tuple[dict, Document | None]]:
        """Yield one (contract row, document) a file as soon as it is judged. Waits its turn for the engine."""
        while not self._engine.acquire(timeout=0.2):
            if cancel.is_set():
                return
        try:
            for row in self._screener.screen(job, paths, adapters=adapters, cancel=cancel):
                readable = row["outcome"] == "scored"
                yield row, self._screener.document(row["sha256"]) if readable else None
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


def _title(path: Path) -> str:
    """The sample's name for people: "icu-nurse.txt" is "ICU nurse"."""
    words = [word.upper() if word in INITIALS else word for word in path.stem.replace("_", "-").split("-")]
    title = " ".join(words)
    return title[:1].upper() + title[1:]
