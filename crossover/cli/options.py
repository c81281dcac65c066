"""Flags that several commands share, with one help text each."""

from __future__ import annotations

import re
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


def _rate(text: str) -> int:
    """Bytes a second: a number, with K, M or G for 1024, 1024² or 1024³ of them."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)([KMG]?)", text.strip(), re.IGNORECASE)
    rate = round(float(match[1]) * 1024 ** " KMG".index(match[2].upper() or " ")) if match else 0
    if rate < 1:
        raise typer.BadParameter("a number of bytes a second is meant, like 500K or 2M")
    return rate


LimitRateOption = Annotated[
    int | None,
    typer.Option(
        "--limit-rate",
        metavar="RATE",
        parser=_rate,
        help="Upload at most this many bytes a second: 500K, 2M.",
    ),
]


def where_flag(workspace: Path | None) -> str:
    """The `-w` that the next command needs too."""
    return f" -w {shlex.quote(str(workspace))}" if workspace else ""
