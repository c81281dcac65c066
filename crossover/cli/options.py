"""Flags that several commands share, with one help text each."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        envvar="CROSSOVER_WORKSPACE",
        help="The folder of this move. Without it: the only one in ~/crossover.",
        show_envvar=True,
    ),
]
VerboseOption = Annotated[
    int,
    typer.Option("--verbose", "-v", count=True, help="Show what is being done; -vv shows more."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Data on standard output, for programs.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Answer ordinary questions with yes.")]
ToOption = Annotated[
    str,
    typer.Option("--to", metavar="DEST", help="Where to: rehearsal, the practice account."),
]
RehearsalOption = Annotated[
    Path | None,
    typer.Option(
        "--rehearsal",
        metavar="DIR",
        help="The practice account to use. Without it: the workspace's own.",
    ),
]
FaultsOption = Annotated[
    Path | None,
    typer.Option(
        "--faults", metavar="FILE", help="Things that shall go wrong in practice, as YAML."
    ),
]
BatchOption = Annotated[
    int | None,
    typer.Option("--batch", metavar="N", min=1, help="Send at most N notes in this run."),
]


def where_flag(workspace: Path | None) -> str:
    """The `-w` that the next command needs too."""
    return f" -w {shlex.quote(str(workspace))}" if workspace else ""
