"""Files read in limited processes that are reused: the parent's side."""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from model.documents.limits import Limits
from model.documents.reasons import unreadable
from model.documents.results import ReadResult, document_from, load
from model.errors import DocumentError

ROOT = Path(__file__).resolve().parents[2]
MAX_ANSWER = 64_000_000  # bytes
START_SECONDS = 30  # for a reading process to start
MAX_IDLE = 2  # processes kept between calls
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "SYSTEMROOT", "TEMP", "TMP", "VIRTUAL_ENV",
         "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # fmt: skip
Progress = Callable[[str, str], None]


class _Ended(Exception):
    """The process ended, or its answer made no sense."""


class Worker:
    """One reading process. `ask` sends one request and waits for its answer under a watchdog."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.served = 0
        self._timed_out = False
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment |= {
            "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2",
            "SHORTLIST_WORKER_LIMITS": json.dumps(asdict(limits)),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "model.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=os.name == "posix",
        )
        self._ready = False

    def ask(self, request: dict, data: bytes, tell: Callable[[str], None]) -> tuple[dict, bytes]:
        """(answer, payload). Raises _Ended; `why` then says the reason's code. The worker is of no more use then."""
        self._timed_out = False
        watchdog = _Watchdog(self.stop)
        try:
            if not self._ready:
                watchdog.allow(START_SECONDS)
                self._receive()
                self._ready = True
            watchdog.allow(self.limits.wall_seconds)
            self._send(request, data)
            while "progress" in (answer := self._receive())[0]:
                watchdog.allow(self.limits.ocr_seconds + 5, total=self.limits.ocr_total_seconds)
                tell(str(answer[0]["progress"])[:200])
            self.served += 1
            return answer
        except (OSError, ValueError, TypeError, RecursionError, struct.error) as error:
            raise _Ended(str(error)) from None
        finally:
            self._timed_out = watchdog.fired
            watchdog.cancel()

    def _send(self, request: dict, data: bytes) -> None:
        body = json.dumps({**request, "size": len(data)}).encode()
        self.process.stdin.write(struct.pack(">I", len(body)) + body)
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def _receive(self) -> tuple[dict, bytes]:
        length = struct.unpack(">I", self._exactly(4))[0]
        message = json.loads(self._exactly(length))
        if not isinstance(message, dict):
            raise _Ended("answer is no object")
        return message, self._exactly(int(message.get("size", 0)))

    def _exactly(self, count: int) -> bytes:
        if not 0 <= count <= MAX_ANSWER:
            raise _Ended("answer is too long")
        data = self.process.stdout.read(count)
        if len(data) < count:
            raise _Ended("the process ended")
        return data

    def why(self) -> str:
        """The code in `reasons` for a process that ended on a file."""
        if self._timed_out:
            return "limit_time"
        try:
            status = self.process.wait(2)
        except subprocess.TimeoutExpired:
            return "crash"
        if os.name == "posix" and -status in (signal.SIGXCPU, signal.SIGKILL):
            return "limit_time" if -status == signal.SIGXCPU else "limit_memory"
        return "crash"

    def stop(self) -> None:
        """End the process, and what it started, now."""
        if self.process.poll() is None:
            try:
                if os.name == "posix":
                    os.killpg(self.process.pid, signal.SIGKILL)
                else:
                    self.process.kill()
            except ProcessLookupError:
                return

    def close(self) -> None:
        self.stop()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except OSError:
                continue  # unsent bytes of a process that is gone


class _Watchdog:
    """Calls `stop` when the time allowed runs out."""

    def __init__(self, stop: Callable[[], None]):
        self._stop = stop
        self._timer: threading.Timer | None = None
        self._first = 0.0
        self.fired = False

    def allow(self, seconds: float, total: float | None = None) -> None:
        """`seconds` from now; with `total`, no more than that since the last call without."""
        now = time.monotonic()
        if total is None:
            self._first = now
        else:
            seconds = max(0.01, min(seconds, self._first + total - now))
        self.cancel()
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True
        self._timer.start()

    def _fire(self) -> None:
        self.fired = True
        self._stop()

    def cancel(self) -> None:
        if self._timer:
            self._timer.cancel()


_idle: list[Worker] = []
_idle_lock = threading.Lock()
_idle_pid = os.getpid()


def _take(limits: Limits) -> Worker:
    global _idle_pid
    with _idle_lock:
        if _idle_pid != os.getpid():  # a fork must not share its parent's processes
            _idle.clear()
            _idle_pid = os.getpid()
        for worker in _idle:
            if worker.limits == limits and worker.process.poll() is None:
                _idle.remove(worker)
                return worker
    return Worker(limits)


def _give_back(worker: Worker) -> None:
    with _idle_lock:
        full = len(_idle) >= MAX_IDLE or worker.served >= worker.limits.files_per_worker
        if not full and worker.process.poll() is None:
            _idle.append(worker)
            return
    worker.close()


def start_worker(limits: Limits | None = None) -> None:
    """Start a reading process ahead, so that the first file does not wait for one."""
    _give_back(Worker(limits or Limits()))


@atexit.register
def stop_workers() -> None:
    """End the idle reading processes; the next read starts new ones."""
    with _idle_lock:
        while _idle:
            _idle.pop().close()


def _ask(request: dict, data: bytes, limits: Limits, tell: Callable[[str], None]) -> tuple[dict, bytes]:
    """(answer, payload) of a process. Raises DocumentError for every answer that is not ok."""
    worker = _take(limits)
    try:
        answer, payload = worker.ask(request, data, tell)
    except _Ended:
        code = worker.why()
        worker.close()
        raise unreadable(code) from None
    except BaseException:
        worker.close()
        raise
    if answer.get("code") in ("limit_memory", "reader_error"):
        worker.close()  # its state is doubtful
    else:
        _give_back(worker)
    if answer.get("ok") is True:
        return answer, payload
    if "reason" in answer:
        outcome = "failed" if answer.get("outcome") == "failed" else "unreadable"
        raise DocumentError(str(answer["reason"])[:500], outcome, str(answer.get("code"))[:50])
    code = answer.get("code")
    raise unreadable(code if code in ("limit_memory", "reader_error") else "crash", what=str(answer.get("what"))[:200])


def read(path: str | os.PathLike, limits: Limits | None = None, progress: Progress | None = None) -> ReadResult:
    """One file, read in its limited process; a bad file gives a result, never an exception.

    `progress` is called with the file's name and a note ("Recognising text, page 2 of 5").
    """
    limits = limits or Limits()
    path = Path(path)
    sha256 = ""
    try:
        data, sha256 = load(path, limits)
        request = {"do": "read", "name": path.name, "sha256": sha256}
        answer, _ = _ask(request, data, limits, lambda note: progress and progress(path.name, note))
        try:
            return ReadResult(path, path.name, sha256, document_from(answer["document"]), "ok")
        except (KeyError, TypeError):
            raise unreadable("crash") from None
    except DocumentError as error:
        sha256 = sha256 or getattr(error, "sha256", "")
        return ReadResult(path, path.name, sha256, None, error.outcome, str(error), error.code)


def read_many(
    paths: Iterable[str | os.PathLike],
    limits: Limits | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Iterator[ReadResult]:
    """Results in the order of `paths`, each as soon as it and those before it are there; may be closed early."""
    limits = limits or Limits()
    waiting: deque = deque()
    rest = iter(paths)
    executor = ThreadPoolExecutor(max(1, workers), thread_name_prefix="documents")
    try:
        while True:
            while len(waiting) < 4 * max(1, workers) and (path := next(rest, None)) is not None:
                waiting.append(executor.submit(read, path, limits, progress))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def page_image(path: str | os.PathLike, page: int, width: int = 900, limits: Limits | None = None) -> bytes:
    """PNG bytes of page `page` (from 0) of a PDF, `width` pixels wide. Raises DocumentError (`no_page`, ...)."""
    limits = limits or Limits()
    data, _ = load(Path(path), limits)
    request = {"do": "image", "page": int(page), "width": max(16, min(int(width), 4000))}
    return _ask(request, data, limits, lambda note: None)[1]
