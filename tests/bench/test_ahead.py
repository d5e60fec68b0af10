"""Reading ahead, and what a run says of its pace."""

from __future__ import annotations

import threading
import time

import pytest

from model.ahead import groups_ahead
from model.pace import Pace, duration


def counting(n: int, seen: list[int], closed: threading.Event, fail_at: int | None = None):
    try:
        for i in range(n):
            if i == fail_at:
                raise OSError("the disk is gone")
            seen.append(i)
            yield i
    finally:
        closed.set()


def never() -> bool:
    return False


def test_everything_comes_in_order_in_groups_of_at_most_size():
    closed = threading.Event()
    groups = list(groups_ahead(counting(50, [], closed), 4, never))
    assert [i for group in groups for i in group] == list(range(50))
    assert max(map(len, groups)) <= 4 and closed.is_set()


def test_the_first_item_comes_alone_even_where_more_are_there_already():
    def slowly_never() -> bool:  # asked before each item is taken: all nine are read by the first time
        time.sleep(0.1)
        return False

    groups = list(groups_ahead(counting(9, [], threading.Event()), 4, slowly_never))
    assert [len(group) for group in groups] == [1, 4, 4]


def test_it_works_ahead_but_not_far():
    seen, closed = [], threading.Event()
    groups = groups_ahead(counting(1000, seen, closed), 4, never)
    next(groups)
    deadline = time.monotonic() + 5
    while len(seen) < 9 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)
    assert 9 <= len(seen) <= 4 + 8 + 1  # a group in hand, two in the queue, one at its door
    groups.close()
    assert closed.wait(5)


def test_stop_ends_it_at_once_even_while_nothing_comes():
    stop, closed = threading.Event(), threading.Event()

    def stuck():
        try:
            yield 0
            time.sleep(1.5)
            yield 1
        finally:
            closed.set()

    groups = groups_ahead(stuck(), 4, stop.is_set)
    assert next(groups) == [0]
    threading.Timer(0.1, stop.set).start()
    began = time.monotonic()
    assert list(groups) == []
    assert time.monotonic() - began < 1 and closed.wait(5)


def test_what_fails_there_is_raised_here():
    groups = groups_ahead(counting(9, [], threading.Event(), fail_at=5), 2, never)
    got = []
    with pytest.raises(OSError, match="the disk is gone"):
        for group in groups:
            got += group
    assert got == [0, 1, 2, 3, 4]


def test_pace_is_that_of_the_last_documents():
    now = [0.0]
    pace = Pace(100, lambda: now[0])
    assert (pace.per_second, pace.remaining, pace.words) == (None, None, "0/100")
    for i in range(60):  # a slow start, then two a second
        now[0] += 10 if i < 20 else 0.5
        pace.step()
    assert pace.per_second == pytest.approx(2) and pace.remaining == pytest.approx(20)
    assert pace.words == "60/100, 2.0 a second, about 20 seconds left"


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "a second"), (200, "about 3 minutes"),
                                               (7300, "about 2 hours")])
def test_durations_are_for_people(seconds: float, said: str):
    assert duration(seconds) == said
