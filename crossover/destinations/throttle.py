"""A limit on how fast uploads leave, for all of them together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

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

    def __init__(
        self,
        rate: int | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = monotonic()

    @property
    def block(self) -> int:
        """Bytes to send at a time: few enough on a slow line that it is never still for long."""
        if self._rate is None:
            return BLOCK
        return max(_SMALLEST_BLOCK, min(BLOCK, self._rate // _BLOCKS_A_SECOND))

    def take(self, count: int) -> None:
        """Wait until `count` more bytes may leave."""
        if self._rate is None:
            return
        with self._lock:
            now = self._monotonic()
            self._next = max(self._next, now - SAVED_SECONDS) + count / self._rate
            wait = self._next - now
        if wait > 0:
            self._sleep(wait)
