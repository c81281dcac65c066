"""The command line. Each command turns arguments into values, makes one core call, and turns the
result into text and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from crossover.cli.interrupts import stop_at_once

_STOPPED = "Stopped at once. Nothing is lost.\nThe same command goes on where it was.\n"
_INTERRUPTED = 130


def main() -> None:
    """Run one command. However it ends, nobody sees a traceback."""
    try:
        stop_at_once()
        _fill_standard_streams()
        from crossover.cli.run import run_app  # slow to load: Ctrl-C may come meanwhile

        code = run_app()
    except KeyboardInterrupt:
        with suppress(Exception):
            sys.stderr.write(_STOPPED)
        code = _INTERRUPTED
    except SystemExit as end:
        # Typer and rich leave so when whoever read our output is gone (`| head`).
        code = _INTERRUPTED if end.code else 0
    _flush()
    sys.exit(code)


def _fill_standard_streams() -> None:
    """A stream that was closed (`>&-`) leads nowhere, instead of into the next file opened."""
    while (fd := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(fd, True)
    os.close(fd)


def _flush() -> None:
    """What cannot be written any more is dropped here; Python would complain about it later."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            continue  # closed from the beginning
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
