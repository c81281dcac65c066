"""`crossover rehearsal`: the stand-in by itself. It is a program of its own; this only starts it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from crossover.account import AccountFolder
from crossover.cli.options import FaultsOption, JsonOption, WorkspaceOption, YesOption
from crossover.cli.practice import rehearsal_command
from crossover.cli.screen import is_terminal, say
from crossover.errors import UsageProblem
from crossover.text import safe
from crossover.workspace import find_workspace

PORT_FILE = "server.json"  # the stand-in keeps it for good

rehearsal_app = typer.Typer(
    help="The practice account: a stand-in for RedNote on your own computer.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The folder of the practice account."),
]


@rehearsal_app.command()
def serve(
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help="Listen here; else a free port.")
    ] = None,
    folder: DataOption = None,
    faults: FaultsOption = None,
    keep_media: Annotated[
        bool, typer.Option("--keep-media", help="Keep whole videos, not only their sums.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Run the stand-in until Ctrl-C, to look at it or to point another client at it."""
    arguments = ["serve", "--data", str(_folder(folder, workspace))]
    arguments += ["--port", str(port)] if port is not None else []
    arguments += ["--faults", str(faults)] if faults is not None else []
    arguments += ["--keep-media"] if keep_media else []
    _run(arguments)


@rehearsal_app.command()
def notes(
    folder: DataOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what the practice account holds, in the order received."""
    _run(["notes", "--data", str(_folder(folder, workspace)), *(["--json"] if as_json else [])])


@rehearsal_app.command()
def reset(
    folder: DataOption = None,
    workspace: WorkspaceOption = None,
    yes: YesOption = False,
) -> None:
    """Empty the practice account, to practise from the beginning."""
    place = _folder(folder, workspace)
    # A ledger without the stand-in's own file beside it is a real account's, or nobody's.
    if not (place / PORT_FILE).is_file():
        say(f"There is no practice account in {place}.")
        return
    account = AccountFolder(place)
    with account.hold("rehearsal reset"):
        if not yes:
            _ask(place)
        # The account first: if the rest does not come about, the ledger tells of notes that are gone,
        # and the same command mends it. The other way round they would be sent a second time.
        emptied = subprocess.run(
            rehearsal_command("reset", "--data", str(place), "--yes"),
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if emptied.returncode:
            raise typer.Exit(emptied.returncode)
        for ending in ("-wal", "-shm", ""):
            Path(f"{account.ledger}{ending}").unlink(missing_ok=True)
        shutil.rmtree(place / "uploads", ignore_errors=True)


def _ask(place: Path) -> None:
    if not is_terminal():
        raise UsageProblem(
            "Emptying the practice account needs a yes, and nobody is there to be asked.",
            next="Add --yes.",
        )
    question = f"Empty the practice account in {safe(place)}? Its notes are gone then."
    if not typer.confirm(question, err=True):
        raise typer.Exit(0)


def _folder(folder: Path | None, workspace: Path | None) -> Path:
    if folder is not None:
        return folder
    try:
        return find_workspace(workspace, Path.home()).practice
    except UsageProblem as exc:
        raise UsageProblem(
            exc.message, next="Name a folder with --data DIR, or a workspace with -w DIR."
        ) from exc


def _run(arguments: list[str]) -> None:
    process = subprocess.Popen(rehearsal_command(*arguments))
    while True:
        try:
            raise typer.Exit(process.wait())
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the server as well; it ends by itself
