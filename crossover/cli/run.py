"""What surrounds every command that works in a workspace: log, lock, errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from crossover import __version__
from crossover.cli.runlog import log, run_log
from crossover.errors import CrossoverError, UsageProblem
from crossover.model import SiteName
from crossover.workspace import Workspace

DESTINATIONS = ("rehearsal",)


@contextmanager
def logged(folder: Path, command: str, verbose: int) -> Iterator[Path]:
    """Log the run. What nobody foresaw becomes one line and the log's path."""
    with run_log(folder, command, verbose) as path:
        try:
            yield path
        except (CrossoverError, BrokenPipeError, typer.Exit, typer.Abort):
            raise
        except Exception as exc:
            log.exception("a bug")
            raise CrossoverError(
                f"Something went wrong that crossover did not foresee ({type(exc).__name__}).",
                next=f"Nothing is lost; the same command goes on. Please report it with {path}",
            ) from exc


@contextmanager
def working_in(workspace: Workspace, command: str, verbose: int) -> Iterator[Path]:
    """Hold the workspace and log the run, its beginning and its end; yields the log's path."""
    with workspace.hold(f"crossover {command}"), logged(workspace.logs, command, verbose) as path:
        log.info("crossover %s %s in %s", __version__, command, workspace.root)
        try:
            yield path
        except (CrossoverError, KeyboardInterrupt) as exc:
            log.warning("ended early: %s: %s", type(exc).__name__, exc)
            raise
        log.info("done")


def destination_site(to: str) -> SiteName:
    """The site behind a destination's name. Raises `UsageProblem` for one that is not there."""
    if to not in DESTINATIONS:
        raise UsageProblem(
            f"{to!r} is no destination of this version.",
            next=f"There is: {', '.join(DESTINATIONS)}. Practise there; nothing leaves your computer.",
        )
    return SiteName.REHEARSAL
