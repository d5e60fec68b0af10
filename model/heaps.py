"""Memory that is freed is found again by other threads, and goes back to the system after what takes much of it."""

from __future__ import annotations

import ctypes
import sys

M_ARENA_MAX = -8  # of malloc.h


def few_heaps() -> None:
    """glibc gives each new thread a heap of its own, up to eight a core, and none gets what another has freed: a
    process with many threads would grow for hours."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(M_ARENA_MAX, 2)


def trim() -> None:
    """Give back what is free: glibc keeps the holes that weights leave while they are loaded and added up."""
    malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if malloc_trim:
        malloc_trim(0)
