"""The commands, in the order a creator meets them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover import __version__
from crossover.cli.add import add
from crossover.cli.inspect import inspect
from crossover.cli.migrate import migrate
from crossover.cli.options import WorkspaceOption
from crossover.cli.plan import plan
from crossover.cli.preview import preview
from crossover.cli.rehearsal import rehearsal_app
from crossover.cli.screen import data
from crossover.cli.status import status
from crossover.cli.upload import upload
from crossover.cli.where import where_am_i

_EPILOG = (
    "Exit codes: 0 done; 2 usage, rules or edits wrong; 3 finished, but some posts need a look; "
    "4 login needed; 5 try again later; 6 account at risk, everything held; 7 plan out of date; "
    "8 not an export; 9 another run is at work; 10 something must be installed; "
    "130 interrupted, state safe; 1 unexpected."
)

app = typer.Typer(
    name="crossover",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        data(f"crossover {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog=_EPILOG)
def start(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[  # noqa: ARG001  answered by its callback
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Move your TikTok posts to RedNote (小红书).

    Shows what every post will become, then uploads in batches that can be stopped and resumed at
    any time. Without a command: where you are, and the one next step.
    """
    if context.invoked_subcommand is None:
        where_am_i(workspace, Path.home())
    elif workspace is not None:
        given = {"workspace": str(workspace)}
        context.default_map = dict.fromkeys(_IN_A_WORKSPACE, given)
        context.default_map["rehearsal"] = {"serve": given, "notes": given}


_IN_A_WORKSPACE = ("migrate", "add", "plan", "preview", "upload", "status")

app.command()(migrate)
app.command()(inspect)
app.command()(add)
app.command()(plan)
app.command()(preview)
app.command()(upload)
app.command()(status)
app.add_typer(rehearsal_app, name="rehearsal")
