"""Handles Ctrl-C and the system's signals to stop. The first one lets a command that can finish the
step at hand and save; the second, and any elsewhere, stops at once. All of it is safe."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType


def stop_signals() -> list[signal.Signals]:
    """List the signals that ask us to stop. A hang-up that is ignored (`nohup`) stays ignored."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [
        number
        for number in known
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN
    ]


def stop_at_once() -> None:
    """Let every stop signal raise `KeyboardInterrupt` from here on."""
    for number in stop_signals():
        signal.signal(number, signal.default_int_handler)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Let the first signal within the block make the yielded function true, and the second raise
    `KeyboardInterrupt`."""
    from crossover.cli.view.screen import say  # slow to load, and needed late

    asked = False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        with suppress(OSError):  # the terminal itself may be what went away
            say("Stopping after this step. Press Ctrl-C again to stop now; that is safe too.")

    former = {number: signal.signal(number, on_signal) for number in stop_signals()}
    try:
        yield lambda: asked
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
