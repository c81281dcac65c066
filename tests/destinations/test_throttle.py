"""Uploads together keep to the rate, on a clock that moves only while they sleep."""

from __future__ import annotations

import threading
import time

import pytest

from crossover.destinations.throttle import SAVED_SECONDS, Throttle
from crossover.storage.atomic import BLOCK
from tests.destinations.makers import FakeClock

MIB = 1024 * 1024


def throttle(rate: int | None, clock: FakeClock) -> Throttle:
    return Throttle(rate, clock)


def test_without_a_rate_nothing_waits() -> None:
    clock = FakeClock()
    free = throttle(None, clock)
    free.take(10**12)
    assert clock.slept == []
    assert free.block == BLOCK


@pytest.mark.parametrize("rate", [1, 100, 20 * 1024, 2 * MIB, 10**9])
def test_the_rate_is_kept_and_a_slow_line_is_never_still_for_long(rate: int) -> None:
    clock = FakeClock()
    slow = throttle(rate, clock)
    sent = 0
    while sent < 4 * rate:
        slow.take(slow.block)
        sent += slow.block
        assert clock.seconds == pytest.approx(sent / rate)
    if rate >= 8 * 1024:
        assert max(clock.slept) <= 0.126


def test_a_pause_gives_no_more_than_half_a_second_back() -> None:
    clock = FakeClock()
    slow = throttle(1000, clock)
    slow.take(1000)
    clock.seconds += 60
    began = clock.seconds
    for _ in range(30):
        slow.take(100)
    assert clock.seconds - began == pytest.approx(3 - SAVED_SECONDS)


def test_threads_share_one_rate() -> None:
    slow = Throttle(1_000_000)
    began = time.monotonic()

    def send() -> None:
        for _ in range(10):
            slow.take(10_000)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0.38 <= time.monotonic() - began < 2
