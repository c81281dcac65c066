"""Ctrl-C once finishes the step at hand and saves; twice stops now. Both are safe."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from crossover.cli.screen import say

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Within the block, the first signal makes the yielded function true and the second raises
    `KeyboardInterrupt`."""
    asked = False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        with suppress(OSError):  # the terminal itself may be what went away
            say("Stopping after this step. Press Ctrl-C again to stop now; that is safe too.")

    former = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    try:
        yield lambda: asked
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
