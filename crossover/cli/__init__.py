"""The command line. Each command turns arguments into values, makes one core call, and turns the
result into text and an exit code."""

from __future__ import annotations

import os
import sys

from crossover.cli.app import app
from crossover.cli.screen import fail
from crossover.errors import CrossoverError


def main() -> None:
    """Run one command; never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # An old console that lacks a letter shows its escape instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except CrossoverError as exc:
        fail(exc.message, exc.next)
        sys.exit(exc.exit_code)
    except KeyboardInterrupt:
        fail("Stopped at once. Nothing is lost.", "The same command goes on where it was.")
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output left (`| head`); the state on disk is safe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
