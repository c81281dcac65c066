"""The commands, in the order a creator meets them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand

from crossover import __version__
from crossover.cli.commands.add import add
from crossover.cli.commands.captions import captions
from crossover.cli.commands.fetch import fetch
from crossover.cli.commands.home import where_am_i
from crossover.cli.commands.inspect import inspect
from crossover.cli.commands.migrate import migrate
from crossover.cli.commands.plan import plan
from crossover.cli.commands.preview import preview
from crossover.cli.commands.rehearsal import rehearsal_app
from crossover.cli.commands.sheet import sheet_app, sheet_in, sheet_out
from crossover.cli.commands.status import status
from crossover.cli.commands.upload import upload
from crossover.cli.options import WorkspaceOption
from crossover.cli.view.screen import data

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


class PlainCommand(TyperCommand):
    """Help that names arguments as everybody does: `EXPORT`, neither `{EXPORT}` nor `<Path>`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for param in self.params:
            if isinstance(param, TyperArgument):
                param.display_type_rich = lambda ctx: None  # type: ignore[method-assign]  # noqa: ARG005

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]


for command in (migrate, inspect, add, fetch, captions, plan, preview, upload, status):
    app.command(cls=PlainCommand)(command)
sheet_app.command("out", cls=PlainCommand)(sheet_out)
sheet_app.command("in", cls=PlainCommand)(sheet_in)
app.add_typer(sheet_app, name="sheet")
app.add_typer(rehearsal_app, name="rehearsal")
