"""Judges what is queued, a few documents at a time, and records each verdict before it goes on.

It runs as a thread of the page's process (one engine in memory) or as a process of its own (`python app.py work`);
there may be several. Killed at any moment, it loses nothing: see `records.queue`.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from model.errors import RecordsError, ShortlistError
from model.installed import stamp
from model.schema import Document, Job
from recruiter_ui.records import Claim, Store, claim_next, finish_item, known_verdicts, requeue
from recruiter_ui.records.queue import fail_screening, give_back, renew
from recruiter_ui.records.screenings import is_open

BATCH = 10  # documents claimed together: the engine's first batch of 2 and one of 8
IDLE_SECONDS = 0.5  # between two looks at an empty queue
TROUBLE_SECONDS = 3.0  # before the next try when the records could not be written
SWEEP_SECONDS = 30.0  # between two looks for claims whose worker has ended
FAULT = "The program met a fault of its own while judging; its log says more. It goes on trying."
LOOK_SECONDS, RENEW_SECONDS = 0.2, 60.0
log = logging.getLogger("shortlist.worker")


class Judge(Protocol):
    """What the worker needs of an engine; `service.Service` is one."""

    def versions(self) -> Mapping[str, str]:
        """Hashes of what judges from now on; adapters promoted since are taken over first."""

    def screen(self, job: Job, paths: list[str], adapters: Sequence[str],
               cancel: Halt) -> Iterator[tuple[dict, Document | None]]:
        """A (contract row, text) a file, in any order; ends early once `cancel.is_set()`."""


class Halt:
    """Asked between documents whether to stop; holds on to the claim meanwhile. Quacks like `threading.Event`.

    `serving` is `installed.stamp()` of what judges: once another adapter was promoted, what is left waits for that one.
    """

    def __init__(self, store: Store, claim: Claim, drain: threading.Event, serving: tuple) -> None:
        self._store, self._claim, self._drain, self._serving = store, claim, drain, serving
        self._looked = self._renewed = time.monotonic()
        self._stopped = False

    def is_set(self) -> bool:
        """Whether the process ends, the screening was stopped or another adapter serves."""
        now = time.monotonic()
        if not self._stopped and now - self._looked >= LOOK_SECONDS:
            self._looked = now
            self._stopped = not is_open(self._store, self._claim.screening) or stamp() != self._serving
        if now - self._renewed >= RENEW_SECONDS:
            self._renewed = now
            renew(self._store, self._claim)
        return self._stopped or self._drain.is_set()


class Worker:
    """One loop over the queue. `trouble` says in words why it cannot go on just now, or nothing."""

    def __init__(self, store: Store, judge: Judge, batch: int = BATCH) -> None:
        self.store, self.judge, self.batch = store, judge, batch
        self.drain = threading.Event()
        self.wake = threading.Event()
        self.trouble = ""
        self._held: Claim | None = None
        self.beat = time.monotonic()  # when the loop last came round

    def run(self) -> None:
        """Work until `stop`. What the records refuse (a full disk) is tried again; a bug ends its claim alone."""
        swept = 0.0
        while not self.drain.is_set():
            self.beat = time.monotonic()
            try:
                if swept == 0.0 or self.beat - swept >= SWEEP_SECONDS:
                    swept = self.beat
                    if back := requeue(self.store):
                        log.info("requeued", extra={"documents": back})
                if self._held:  # the records refused its verdict
                    give_back(self.store, self._held)
                    self._held = None
                worked = self.step()
                self.trouble = ""
            except RecordsError as error:
                self.trouble = str(error)
                log.error("the records refused", extra={"reason": type(error.__cause__).__name__})
                self.drain.wait(TROUBLE_SECONDS)
                continue
            except Exception:  # a fault of ours must not end the loop for good: it is logged, shown and tried again
                self.trouble = FAULT
                log.exception("the worker met a fault")
                self.drain.wait(TROUBLE_SECONDS)
                continue
            if not worked:
                self.wake.wait(IDLE_SECONDS)
            self.wake.clear()

    def stop(self) -> None:
        """Finish the documents in hand, put the rest back, and end."""
        self.drain.set()
        self.wake.set()

    def step(self) -> bool:
        """Claim, judge and record once; False where nothing waits."""
        claim = claim_next(self.store, self.batch)
        if claim is None:
            return False
        try:
            self._work(claim)
        except RecordsError:
            self._held = claim
            raise
        except ShortlistError as error:
            log.warning("screening failed", extra={"screening": claim.screening, "kind": type(error).__name__})
            fail_screening(self.store, claim, str(error))
        except Exception:  # a fault of ours in one document must not end the loop: it is logged, and tried thrice
            log.exception("a batch broke", extra={"screening": claim.screening})
            requeue(self.store, claim.worker)
        return True

    def _work(self, claim: Claim) -> None:
        serving = stamp()  # before the judge looks: what is promoted in between is seen by both, or by Halt
        versions = self.judge.versions()
        known = known_verdicts(self.store, claim, versions)
        left = {}
        for item in claim.items:
            if item.sha256 in known:
                finish_item(self.store, claim, item, known[item.sha256], reused=True)
            else:
                left[str(item.path)] = item
        halt = Halt(self.store, claim, self.drain, serving)
        if left:
            for row, document in self.judge.screen(claim.job, list(left), claim.adapters, halt):
                item = left.pop(row["file"])
                began = time.perf_counter()
                finish_item(self.store, claim, item, row, document)
                log.info("judged", extra={
                    "screening": claim.screening, "item": item.id, "outcome": row["outcome"],
                    "judged_ms": row["elapsed_ms"], "written_ms": round(1000 * (time.perf_counter() - began), 1)})
        if left and halt.is_set():
            give_back(self.store, claim)
        elif left:
            raise RuntimeError(f"the engine gave no row for {len(left)} of {len(claim.items)} documents")


def work(store: Store, judge: Judge) -> None:
    """Work as a process of its own until SIGTERM or Ctrl-C, then drain."""
    worker = Worker(store, judge)
    loop = threading.Thread(target=worker.run, name="worker")  # a handler must not wait for locks of its own thread
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    loop.start()
    while loop.is_alive():
        loop.join(1.0)
