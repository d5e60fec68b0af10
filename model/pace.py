"""How far a run is, and how long the rest will take at the pace of the last documents."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

RECENT = 30  # documents that the pace is measured over


class Pace:
    """Counts documents as they are done."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic):
        self.total, self.done = total, 0
        self._clock = clock
        self._times = deque([clock()], RECENT + 1)

    def step(self) -> None:
        """One more document is done."""
        self.done += 1
        self._times.append(self._clock())

    @property
    def per_second(self) -> float | None:
        """Documents a second over the last ones; None until one is done."""
        seconds = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / seconds if seconds > 0 else None

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at this pace; None where nothing can be said yet."""
        return (self.total - self.done) / self.per_second if self.per_second else None

    @property
    def words(self) -> str:
        """"12/500, 3.1 a second, about 3 minutes left"."""
        said = f"{self.done}/{self.total}"
        if self.per_second and self.done < self.total:
            said += f", {self.per_second:.1f} a second, {duration(self.remaining)} left"
        return said


def duration(seconds: float) -> str:
    """"a second", "about 40 seconds", "about 3 minutes", "about 2 hours"."""
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"about {round(seconds)} seconds"
    return f"about {round(seconds / 60)} minutes" if seconds < 5400 else f"about {round(seconds / 3600)} hours"
