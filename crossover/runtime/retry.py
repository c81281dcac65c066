"""Retry of calls that may be repeated. A publish call never comes near this."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

T = TypeVar("T")

log = logging.getLogger("crossover.retry")

RETRIES = 3
FIRST_WAIT, WAIT_GROWTH, LONGEST_WAIT, JITTER = 1.0, 2.0, 6.0, 1.0
"""Seconds: 1, 2, 4 and up to one more (likely: what public clients do)."""

LONGEST_ASKED_WAIT = 60.0
"""Seconds a site may make a running command wait; asked for longer, the call is given up."""

# Its own hooks print the error to stderr when nobody set up logging.
set_on_retry_hooks(())


class Again(Exception):
    """A call failed in a way that may pass. The text is safe to show.

    `retries` is how often this kind of failure is worth another try, `wait` the seconds that the
    site asked for (None: our own growing waits).
    """

    def __init__(self, reason: str, *, retries: int = RETRIES, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retries = retries
        self.wait = wait


def repeat(call: Callable[[], T]) -> T:
    """The answer of `call`, called again after `Again` with growing waits. Raises the last
    `Again` when the tries are used up, or when the site asks for a wait longer than 60 seconds."""
    failed: Counter[int] = Counter()

    def worth_it(error: Exception) -> bool | float:
        if not isinstance(error, Again):
            return False
        # Counted by kind: a connection that broke first does not use up the one try that a
        # refused permit is worth.
        failed[error.retries] += 1
        if failed[error.retries] > error.retries or (error.wait or 0) > LONGEST_ASKED_WAIT:
            return False
        log.debug("trying again: %s", error.reason)
        return True if error.wait is None else error.wait

    for attempt in stamina.retry_context(
        on=worth_it,
        attempts=RETRIES + 1,
        timeout=None,
        wait_initial=FIRST_WAIT,
        wait_exp_base=WAIT_GROWTH,
        wait_max=LONGEST_WAIT,
        wait_jitter=JITTER,
    ):
        with attempt:
            return call()
    raise AssertionError("unreachable")
