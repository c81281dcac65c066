"""`crossover rehearsal`: the stand-in by itself. It is a program of its own; this only starts
it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.cli.options import FaultsOption, JsonOption, WorkspaceOption, YesOption, parse_path
from crossover.cli.view.screen import console, home_short, is_terminal, needs_stdout, say
from crossover.destinations.practice import check_folder, is_practice_account, rehearsal_command
from crossover.errors import CrossoverError, Interrupted, RetryLater, UsageProblem
from crossover.runtime.child_process import start
from crossover.text import one_line
from crossover.workspace import find_workspace

rehearsal_app = typer.Typer(
    help="The practice account: a stand-in for RedNote, here.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", parser=parse_path, help="The folder of the practice account."
    ),
]


@rehearsal_app.command()
def serve(
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="Listen here; else a free port."
        ),
    ] = None,
    folder: DataOption = None,
    faults: FaultsOption = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Whose the profile page is.")
    ] = None,
    keep_media: Annotated[
        bool, typer.Option("--keep-media", help="Keep whole videos, not only their checksums.")
    ] = False,
    allow_upload_cookies: Annotated[
        bool,
        typer.Option(
            "--allow-upload-cookies",
            help="Take files from clients that send the account's cookies to the upload host.",
        ),
    ] = False,
    chosen: WorkspaceOption = None,
) -> None:
    """Run the stand-in until Ctrl-C, to look at it or to use it."""
    practice = _folder(folder, chosen)
    check_folder(practice)
    arguments = ["serve", "--leashed", "--data", str(practice)]
    arguments += ["--port", str(port)] if port is not None else []
    arguments += ["--faults", str(faults)] if faults is not None else []
    arguments += [f"--name={one_line(name)}"] if name else []
    arguments += ["--keep-media"] if keep_media else []
    arguments += ["--allow-upload-cookies"] if allow_upload_cookies else []
    _run(arguments)


@rehearsal_app.command()
def notes(
    folder: DataOption = None,
    chosen: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what the practice account holds, in the order received."""
    needs_stdout(hint="Send the list to a file or a program.")
    _run(["notes", "--data", str(_folder(folder, chosen)), *(["--json"] if as_json else [])])


@rehearsal_app.command()
def reset(
    folder: DataOption = None,
    chosen: WorkspaceOption = None,
    yes: YesOption = False,
) -> None:
    """Empty the practice account, to practise from the beginning."""
    practice = _folder(folder, chosen)
    if not is_practice_account(practice):
        say(f"There is no practice account in {home_short(practice)}.")
        return
    account = AccountFolder(practice)
    with account.hold("crossover rehearsal reset"):
        if not yes:
            _ask(practice)
        # Stopped in the middle, nothing goes out twice, and the same command mends the rest: files
        # the stand-in is about to forget are forgotten first, and notes of which the ledger tells
        # last. The other way round they would be sent a second time.
        account.forget_uploads()
        with _explained():
            emptied = subprocess.run(
                rehearsal_command("reset", "--data", str(practice), "--yes"),
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
        if emptied.returncode:
            for line in emptied.stderr.decode("utf-8", "replace").splitlines():
                say(line)
            raise _end(emptied.returncode)
        account.forget()
    say(f"The practice account in {home_short(practice)} is empty.")


def _ask(practice: Path) -> None:
    if not is_terminal():
        raise UsageProblem(
            "Emptying the practice account needs a yes, and nobody is there to be asked.",
            next="Add --yes.",
        )
    question = (
        f"Empty the practice account in {one_line(home_short(practice))}? Its notes are gone then."
    )
    try:
        if not typer.confirm(question, err=True):
            say("Nothing was changed.")
            raise typer.Exit(0)
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted("Nothing was changed.") from None


def _folder(folder: Path | None, chosen: Path | None) -> Path:
    if folder is not None:
        return folder
    try:
        return find_workspace(chosen, Path.home()).practice
    except UsageProblem as exc:
        raise UsageProblem(
            exc.message, next="Name a folder with --data DIR, or a workspace with -w DIR."
        ) from exc


@contextmanager
def _explained() -> Iterator[None]:
    """Explain why the stand-in could not be started."""
    try:
        yield
    except OSError as exc:
        raise CrossoverError(
            f"The practice account could not be started: {exc.strerror or exc}.",
            next=f"Check that this program may be run: {sys.executable}",
        ) from exc


def _run(arguments: list[str]) -> None:
    # The leash: its standard input closes when this process ends, however it does.
    with _explained():
        process = start(rehearsal_command(*arguments), own_group=False)
    assert process.stdin is not None  # noqa: S101  asked for above
    stopped = False
    try:
        code = process.wait()
    except KeyboardInterrupt:
        stopped = True
        process.stdin.close()
        code = process.wait()
    finally:
        process.stdin.close()
    if stopped and code < 0:  # before it was able to end by itself
        raise KeyboardInterrupt
    raise _end(code)


def _end(code: int) -> typer.Exit | RetryLater:
    """Make of the stand-in's exit code how the command ends."""
    if code >= 0:
        return typer.Exit(code)
    return RetryLater(
        "The practice account was ended from outside.", next="Run the same command again."
    )
