"""A limit on how fast uploads leave, for all of them together."""

from __future__ import annotations

import threading

from crossover.runtime.clock import Clock
from crossover.storage.atomic import BLOCK

SAVED_SECONDS = 0.5
"""Time that went by unused counts for this long, so that a sleep that lasted a little too long
costs no speed."""

_BLOCKS_A_SECOND = 8
_SMALLEST_BLOCK = 1024


class Throttle:
    """Holds everything that asks it to `rate` bytes a second; None is no limit. Thread-safe.

    A token bucket that holds half a second's worth of bytes and starts empty.
    """

    def __init__(self, rate: int | None = None, clock: Clock | None = None) -> None:
        self.rate = rate
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._next = self._clock.monotonic()

    @property
    def block(self) -> int:
        """Bytes to send at a time: few enough on a slow line that it is never still for long."""
        if self.rate is None:
            return BLOCK
        return max(_SMALLEST_BLOCK, min(BLOCK, self.rate // _BLOCKS_A_SECOND))

    def take(self, count: int) -> None:
        """Wait until `count` more bytes may leave."""
        if self.rate is None:
            return
        with self._lock:
            now = self._clock.monotonic()
            self._next = max(self._next, now - SAVED_SECONDS) + count / self.rate
            wait = self._next - now
        if wait > 0:
            self._clock.sleep(wait)
