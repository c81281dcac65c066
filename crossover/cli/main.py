"""A command from its first moment to its exit code.

`--version` is answered before anything is loaded, and Ctrl-C may come while the rest is: hence the
imports within the functions.
"""

from __future__ import annotations

import os
import sys

from crossover import __version__

_STOPPED = "Stopped at once. Nothing is lost.\nThe same command goes on where it was.\n"
_INTERRUPTED = 130


def main() -> None:
    """Run one command. However it ends, nobody sees a traceback."""
    try:
        code = 0 if _answer_version() else _run()
    except KeyboardInterrupt:
        from contextlib import suppress

        with suppress(Exception):
            sys.stderr.write(_STOPPED)
        code = _INTERRUPTED
    except SystemExit as end:
        # Typer and rich leave so when whoever read our output is gone (`| head`).
        code = _INTERRUPTED if end.code else 0
    _flush()
    sys.exit(code)


def _answer_version() -> bool:
    """Whether the version was all that was asked for, and could be written; else `_run` answers."""
    if sys.argv[1:] != ["--version"]:
        return False
    try:
        sys.stdout.write(f"crossover {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):  # closed, full, or nobody reads
        return False
    return True


def _run() -> int:
    import gc

    from crossover.cli.interrupts import stop_at_once
    from crossover.cli.streams import prepare_streams

    gc.disable()  # loading makes no garbage, and the search for it is a tenth of a short run
    stop_at_once()
    prepare_streams()
    os.umask(0o077)  # whatever is made, also by a child process, is for its owner alone
    return run_app()


def _flush() -> None:
    """Write what is left, and drop what cannot be written: Python would complain about it later."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            continue  # closed from the beginning
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def run_app() -> int:
    """Run the command of `sys.argv` and return its exit code; an error becomes one message.

    Raises `KeyboardInterrupt` when stopped, and `SystemExit` as Typer does when nobody reads.
    """
    for stream in (sys.stdout, sys.stderr):
        # An old console that lacks a letter shows its escape instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return _explain_errors()


def _explain_errors() -> int:
    from contextlib import suppress

    from crossover.errors import CrossoverError, Interrupted, NothingDue

    try:
        return _run_app()
    except (Interrupted, NothingDue) as exc:  # as asked, and no error
        from crossover.cli.view.screen import say

        with suppress(OSError):
            for line in (exc.message, exc.next, *exc.more):
                if line:
                    say(line)
        return exc.exit_code
    except CrossoverError as exc:
        from crossover.cli.view.screen import fail

        with suppress(OSError):
            fail(exc.message, exc.next, exc.more)
        return exc.exit_code


def _run_app() -> int:
    from contextlib import suppress

    import typer

    from crossover.cli.app import app
    from crossover.errors import CrossoverError

    try:
        code = app(standalone_mode=False) or 0
    except (CrossoverError, BrokenPipeError):
        raise
    except typer.Abort:  # Ctrl-C at a question, whose line is not at its end
        with suppress(AttributeError, OSError):
            sys.stderr.write("\n")
        raise KeyboardInterrupt from None
    except typer.TyperException as exc:  # the command line is wrong; it shows itself
        show = getattr(exc, "show", None)
        if show is None:
            from crossover.cli.view.screen import fail

            fail(exc.message)
        else:
            show()
        return exc.exit_code
    except Exception as exc:
        raise _explained(exc) from exc
    if code == 130:  # what Typer makes of KeyboardInterrupt
        raise KeyboardInterrupt
    return int(code)


def _explained(exc: Exception) -> Exception:
    """Explain an error of our own screen or output; of anything else, a bug with its log."""
    from pathlib import Path

    from crossover.cli.log import run_log
    from crossover.cli.run import unforeseen
    from crossover.storage.os_errors import explain_os_error
    from crossover.workspace import logs_without_workspace

    if isinstance(exc, OSError) and exc.filename is None:
        return explain_os_error(exc, Path("standard output"))
    with run_log(logs_without_workspace(), "crossover", 0) as path:
        return unforeseen(exc, path)
