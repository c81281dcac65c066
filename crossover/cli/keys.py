"""Reads what is typed while something else goes on: single keys of a terminal, lines of a pipe."""

from __future__ import annotations

import os
import re
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue

TypedKeys = Callable[[], str]
"""Returns what was typed since it was called last, in lower case, a line break for Enter; empty for
nothing. It never waits."""

_OTHER_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\x00\xe0].", re.DOTALL)
"""Arrows and the like, which terminals send as several letters: F4 as `\\x1bOS`, Windows as two."""

_MOST = 3
"""More keys than this at once are a paste, and nobody's wish."""


@contextmanager
def typed_keys() -> Iterator[TypedKeys]:
    """Listen for keys while the block lasts: each counts at once, without Enter, and is not shown. The
    terminal is as before when it ends, however that is, and as it was before a run that was killed;
    Ctrl-C works as ever. Where standard input is no terminal the first letter of each line counts;
    where there is none, nothing is typed."""
    if sys.stdin is None or sys.stdin.closed:
        yield lambda: ""
    elif not sys.stdin.isatty():
        yield _first_letters(sys.stdin.fileno())
    elif sys.platform == "win32":
        yield _console_keys
    else:
        with _terminal_keys(sys.stdin.fileno()) as typed:
            yield typed


def keys_of(text: str) -> str:
    """The keys among what a terminal sent: no arrows, nothing that was pasted."""
    keys = _OTHER_KEYS.sub("", text).replace("\r", "\n").lower()
    return keys if len(keys) <= _MOST else ""


if sys.platform == "win32":

    def _console_keys() -> str:
        import msvcrt

        typed = ""
        while msvcrt.kbhit():
            typed += msvcrt.getwch()
            if typed[-1] == "\x03":
                raise KeyboardInterrupt
        return keys_of(typed)

else:
    import termios

    _BY_LINES = termios.ICANON | termios.ECHO
    """How a shell leaves a terminal: what is typed is shown, and sent with Enter."""

    @contextmanager
    def _terminal_keys(terminal: int) -> Iterator[TypedKeys]:
        former = termios.tcgetattr(terminal)
        if not former[3] & _BY_LINES:  # a run that was killed left it so
            former[3] |= _BY_LINES

        def typed() -> str:
            # In the background a look at the terminal would stop the program.
            if not _is_in_front(terminal):
                return ""
            _take_singly(terminal)
            sent = b""
            with suppress(OSError):  # the terminal went away
                while select.select([terminal], [], [], 0)[0]:
                    piece = os.read(terminal, 1024)
                    if not piece:
                        break
                    sent += piece
            return keys_of(sent.decode("utf-8", "ignore"))

        try:
            typed()  # what was typed before is for nobody
            yield typed
        finally:
            if _is_in_front(terminal):
                with suppress(termios.error):
                    termios.tcsetattr(terminal, termios.TCSADRAIN, former)

    def _is_in_front(terminal: int) -> bool:
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        except OSError:
            return False

    def _take_singly(terminal: int) -> None:
        """Let each key through as it is pressed; again after Ctrl-Z and `fg`, when a shell may have
        set the terminal back."""
        with suppress(termios.error):
            mode = termios.tcgetattr(terminal)
            if mode[3] & _BY_LINES:
                mode[3] &= ~_BY_LINES
                mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
                termios.tcsetattr(terminal, termios.TCSADRAIN, mode)


def _first_letters(pipe: int) -> TypedKeys:
    letters: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        rest = b""
        with suppress(OSError):
            # Not through `sys.stdin`: whoever waits in it holds its lock, also when Python ends.
            while piece := os.read(pipe, 1024):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    letters.put(line.decode("utf-8", "ignore").strip()[:1].lower() or "\n")

    threading.Thread(target=read, name="typed", daemon=True).start()

    def typed() -> str:
        found = ""
        with suppress(Empty):
            while True:
                found += letters.get_nowait()
        return found

    return typed
