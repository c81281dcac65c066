"""Retry of calls that may be repeated. A publish call never comes near this."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

log = logging.getLogger("crossover.retry")


class Again(Exception):
    """A call failed in a way that may pass. The text is safe to show.

    `retries` is how often this kind of failure is worth another try (None: as often as any),
    `wait` the seconds that the site asked for (None: our own growing waits).
    """

    def __init__(
        self, reason: str, *, retries: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retries = retries
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often is tried again, and how long is waited before: seconds that double each time, and
    up to one more, so that several callers do not come back at once.

    Asked to wait for longer than `longest_asked_wait`, the call is given up. The figures are what
    public clients do (likely).
    """

    retries: int = 3
    first_wait: float = 1.0
    longest_wait: float = 6.0
    longest_asked_wait: float = 60.0

    def wait(self, failures: int) -> float:
        """Seconds before the next try, after so many failures."""
        spread = random.uniform(0, self.first_wait)  # noqa: S311  manners, not secrets
        return min(self.first_wait * 2.0 ** (failures - 1) + spread, self.longest_wait)


def repeat(
    call: Callable[[], T],
    backoff: Backoff = Backoff(),
    *,
    pause: Callable[[Again, float], None] = lambda _, seconds: time.sleep(seconds),
    progressed: Callable[[], bool] = lambda: False,
) -> T:
    """The answer of `call`, called again after `Again`. Raises the last `Again` when the tries are
    used up, or when the site asks for too long a wait.

    `pause` waits before the next try: after this failure, for so many seconds. When a try that
    failed `progressed` all the same, those before it do not count.
    """
    failed: Counter[int] = Counter()
    while True:
        try:
            return call()
        except Again as exc:
            if progressed():
                failed.clear()
            # Counted by kind: a connection that broke first does not use up the one try that a
            # refused permit is worth.
            retries = backoff.retries if exc.retries is None else exc.retries
            failed[retries] += 1
            if failed[retries] > retries or (exc.wait or 0) > backoff.longest_asked_wait:
                raise
            log.debug("trying again: %s", exc.reason)
            pause(exc, backoff.wait(failed.total()) if exc.wait is None else exc.wait)
