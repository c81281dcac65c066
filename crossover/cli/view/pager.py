"""What is longer than the screen goes through a pager, as git does it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from crossover.cli.view.screen import console, is_terminal

_DEFAULT = ("less",)
_LESS = "FRX"
"""For a `less` that was not set otherwise: colours shown, text left on the screen at the end."""


@contextmanager
def paged(*, wanted: bool = True) -> Iterator[None]:
    """Show what is printed within the block in the creator's pager, where it is longer than the
    screen and somebody sits before it; else, and where there is no pager, print it."""
    wanted = wanted and is_terminal() and not console.legacy_windows
    command = find_pager(os.environ) if wanted else ()
    if not command:
        yield
        return
    console.begin_capture()
    try:
        yield
    except BaseException:
        _print(console.end_capture())
        raise
    text = console.end_capture()
    if text.count("\n") < console.height or not _page(text, command):
        _print(text)


def _print(text: str) -> None:
    console.file.write(text)
    console.file.flush()


def find_pager(environment: Mapping[str, str]) -> Sequence[str]:
    """Find the command of the pager: `CROSSOVER_PAGER`, else `PAGER`, else `less`. Empty where the
    creator wants none (an empty name or `cat`) or it is not here."""
    for name in ("CROSSOVER_PAGER", "PAGER"):
        if name in environment:
            command = _split(environment[name])
            break
    else:
        command = _DEFAULT
    if not command or command[0] == "cat" or shutil.which(command[0]) is None:
        return ()
    return command


def _split(command: str) -> Sequence[str]:
    with suppress(ValueError):  # a quote that does not end
        return shlex.split(command)
    return ()


def _page(text: str, command: Sequence[str]) -> bool:
    """Run the pager and wait for its end. False where it cannot be started."""
    try:
        pager = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=sys.stderr.fileno(),
            env={"LESS": _LESS, "LV": "-c", **os.environ},
        )
    except OSError:
        return False
    # Ctrl-C is for the pager, which decides what it does then.
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(OSError):  # closed before the end was read
            pager.communicate(text.encode(console.encoding, "backslashreplace"))
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, former)
    return True
