"""In which type a processor multiplies fastest: float32, or bfloat16 where it has instructions for it."""

from __future__ import annotations

import time
from functools import lru_cache

import torch

SHAPE = (64, 576, 576)  # rows, inputs, outputs of the product that is timed: 42 MFLOP, a millisecond or less
TRIES = 8
WORTH = 1.2  # how many times as fast bfloat16 must be: it rounds, float32 does not


@lru_cache(maxsize=1)
def cpu_dtype() -> torch.dtype:
    """The type to compute in on this processor, found by timing both once (some milliseconds).

    Processors with AVX512-BF16, AMX or Arm's BF16 multiply bfloat16 two to four times as fast as float32. All others
    emulate it, five to fifty times as slow, although torch says that it is supported.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # several wait for one another, and on a busy machine that is all one would see
    try:
        return torch.bfloat16 if _seconds(torch.float32) > WORTH * _seconds(torch.bfloat16) else torch.float32
    finally:
        torch.set_num_threads(threads)


def _seconds(dtype: torch.dtype) -> float:
    """Processor time of one product on this thread in seconds, the best of TRIES."""
    rows, inputs, outputs = SHAPE
    x, weight = torch.ones(rows, inputs, dtype=dtype), torch.ones(outputs, inputs, dtype=dtype)
    best = float("inf")
    for _ in range(TRIES):
        began = time.thread_time()
        torch.nn.functional.linear(x, weight)
        best = min(best, time.thread_time() - began)
    return best
