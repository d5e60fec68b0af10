"""An iterator that works ahead in a thread of its own: files are read while the engine judges those before them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")
LOOK = 0.05  # seconds between two looks at whether to stop


def groups_ahead(items: Iterator[T], size: int, stop: Callable[[], bool]) -> Iterator[list[T]]:
    """Groups of what is there, 1 to `size` items each, in order; a thread works up to two groups ahead.

    A group never waits to get full, and the first one holds the first item alone, so that what comes of it is there as
    soon as can be, however many are read by then. Ends early, within `LOOK`, where `stop` says so. An exception of
    `items` is raised here. `items` is closed in its thread, when it ends or is left.
    """
    room: queue.Queue = queue.Queue(2 * size)
    left = threading.Event()
    end, failures = object(), []

    def put(item) -> bool:
        while not left.is_set():
            try:
                room.put(item, timeout=LOOK)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            for item in items:
                if not put(item):
                    break
        except BaseException as error:
            failures.append(error)
            if not isinstance(error, Exception):
                raise
        finally:
            items.close()
            put(end)

    def get() -> T | object:
        while not stop():
            try:
                return room.get(timeout=LOOK)
            except queue.Empty:
                continue
        return end

    threading.Thread(target=work, name="reading-ahead", daemon=True).start()
    most = 1
    try:
        while (item := get()) is not end:
            group = [item]
            while len(group) < most and not room.empty() and (item := room.get()) is not end:
                group.append(item)
            yield group
            most = size
            if item is end:
                break
        if failures and not stop():
            raise failures[0]
    finally:
        left.set()
