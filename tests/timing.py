"""Processor time of a piece of work on a machine that other things run on too."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

PATIENCE = 12.0  # seconds


def quickest(work: Callable[[], object], goal: float, calls: int = 5) -> float:
    """Processor seconds of the quickest of several calls of `work`.

    What else runs on the machine can only make a call slower, in spells of seconds: so there are at least `calls`, and
    while none of them took less than `goal` seconds, further ones for `PATIENCE` seconds, with pauses.
    """
    end, best, number = time.monotonic() + PATIENCE, float("inf"), 0
    gc.collect()
    gc.freeze()  # the heap of other tests is not looked through
    try:
        while number < calls or (best >= goal and time.monotonic() < end):
            if number >= calls:
                time.sleep(0.05)
            began = time.process_time()
            work()
            best, number = min(best, time.process_time() - began), number + 1
    finally:
        gc.unfreeze()
    return best
