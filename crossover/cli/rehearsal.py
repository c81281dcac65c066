"""`crossover rehearsal`: the stand-in by itself. It is a program of its own; this only starts it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import FaultsOption, JsonOption, WorkspaceOption, a_path
from crossover.cli.practice import rehearsal_command, rehearsal_environment
from crossover.cli.screen import needs_stdout
from crossover.errors import UsageProblem
from crossover.workspace import find_workspace

rehearsal_app = typer.Typer(
    help="The practice account: a stand-in for RedNote, here.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", parser=a_path, help="The folder of the practice account."
    ),
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
    """Run the stand-in until Ctrl-C, to look at it or to use it."""
    arguments = ["serve", "--leashed", "--data", str(_folder(folder, workspace))]
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
    if as_json:
        needs_stdout()
    _run(["notes", "--data", str(_folder(folder, workspace)), *(["--json"] if as_json else [])])


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
    # The leash: its standard input closes when this process ends, however it does.
    process = subprocess.Popen(
        rehearsal_command(*arguments), stdin=subprocess.PIPE, env=rehearsal_environment()
    )
    assert process.stdin is not None  # noqa: S101  asked for above
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.stdin.close()
        code = process.wait()
    finally:
        process.stdin.close()
    raise typer.Exit(code if code >= 0 else 1)
