"""Runs every command inside its log and its lock, and turns errors nobody foresaw into one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from crossover import __version__
from crossover.cli.log import log, run_log
from crossover.errors import CrossoverError
from crossover.workspace import Workspace


@contextmanager
def logged(folder: Path, command: str, verbose: int) -> Iterator[Path]:
    """Log the run. What nobody foresaw becomes one line and the log's path."""
    with run_log(folder, command, verbose) as path:
        try:
            yield path
        except (CrossoverError, BrokenPipeError, typer.Exit, typer.Abort):
            raise
        except Exception as exc:
            raise unforeseen(exc, path) from exc


def unforeseen(exc: Exception, log_path: Path) -> CrossoverError:
    """Tell a bug in one line for the creator; the traceback goes to the log."""
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
            name = exc.id if isinstance(exc, CrossoverError) else type(exc).__name__
            log.warning("ended early: %s: %s", name, exc)
            raise
        log.info("done")
