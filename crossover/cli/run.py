"""What surrounds every command: its log, its lock, and the one place where errors end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from crossover import __version__
from crossover.cli.runlog import log, run_log
from crossover.cli.screen import come_back_with, fail, say
from crossover.errors import CrossoverError, Interrupted
from crossover.storage.os_errors import explain_os_error
from crossover.workspace import Workspace, logs_without_workspace


def run_app() -> int:
    """Run the command of `sys.argv` and return its exit code; an error becomes one message.

    Raises `KeyboardInterrupt` when stopped, and `SystemExit` as Typer does when nobody reads.
    """
    for stream in (sys.stdout, sys.stderr):
        # An old console that lacks a letter shows its escape instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run_app()
    except Interrupted as exc:  # as asked, and no error
        with suppress(OSError):
            say(exc.message)
            if exc.next:
                say(exc.next)
        return exc.exit_code
    except CrossoverError as exc:
        with suppress(OSError):
            fail(exc.message, exc.next)
        return exc.exit_code
    finally:
        come_back_with("")


def _run_app() -> int:
    try:
        from crossover.cli.app import app

        code = app(standalone_mode=False) or 0
    except (CrossoverError, BrokenPipeError):
        raise
    except typer.Abort:  # Ctrl-C at a question
        raise KeyboardInterrupt from None
    except typer.TyperException as exc:  # the command line is wrong; it shows itself
        show = getattr(exc, "show", None)
        if show is None:
            fail(exc.message)
        else:
            show()
        return exc.exit_code
    except Exception as exc:
        if isinstance(exc, OSError) and exc.filename is None:  # our own screen or output
            raise explain_os_error(exc, Path("standard output")) from exc
        with run_log(logs_without_workspace(), "crossover", 0) as path:
            raise _unforeseen(exc, path) from exc
    if code == 130:  # what Typer makes of KeyboardInterrupt
        raise KeyboardInterrupt
    return int(code)


@contextmanager
def logged(folder: Path, command: str, verbose: int) -> Iterator[Path]:
    """Log the run. What nobody foresaw becomes one line and the log's path."""
    with run_log(folder, command, verbose) as path:
        try:
            yield path
        except (CrossoverError, BrokenPipeError, typer.Exit, typer.Abort):
            raise
        except Exception as exc:
            raise _unforeseen(exc, path) from exc


def _unforeseen(exc: Exception, log_path: Path) -> CrossoverError:
    log.error("a bug", exc_info=exc)
    return CrossoverError(
        f"Something went wrong that crossover did not foresee ({type(exc).__name__}).",
        next=f"Nothing is lost; the same command goes on. Please report it with {log_path}",
    )


@contextmanager
def working_in(workspace: Workspace, command: str, verbose: int) -> Iterator[Path]:
    """Hold the workspace and log the run, its beginning and its end; yields the log's path."""
    with workspace.hold(f"crossover {command}"), logged(workspace.logs, command, verbose) as path:
        log.info("crossover %s %s in %s", __version__, command, workspace.root)
        try:
            yield path
        except (CrossoverError, KeyboardInterrupt, SystemExit) as exc:
            log.warning("ended early: %s: %s", type(exc).__name__, exc)
            raise
        log.info("done")
