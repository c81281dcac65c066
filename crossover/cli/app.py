"""The commands, in the order a creator meets them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crossover import __version__
from crossover.cli.lazy import LazyCommand, resume_garbage_collection
from crossover.cli.options import ChosenFolders, WorkspaceOption
from crossover.errors import CrossoverError

_COMMANDS = (
    ("migrate", "migrate", "The whole road: add, fetch, plan, show, ask, send."),
    ("inspect", "inspect", "Look into an export: what it holds, until when, what is first."),
    ("add", "add", "Add what you have: exports, media, words, filled-in sheets."),
    ("fetch", "fetch", "Download what the export links to, before the links die."),
    ("captions", "captions", "Get your captions from your public TikTok page."),
    ("plan", "plan", "Show what every post will become, and write it down."),
    ("preview", "preview", "See the notes as they will look: all as a page, or some here."),
    ("login", "login", "Sign in to RedNote in your own browser."),
    ("upload", "upload", "Send the next notes, or prepare them for you to post."),
    ("status", "status", "Where every post stands, and what is next."),
    ("report", "report", "What became of every post: a page to keep or to show, and more."),
    ("doctor", "doctor", "Check this computer, the workspace and the accounts."),
    ("resolve", "resolve", "Settle what is unclear, and keep links of notes posted by hand."),
    ("again", "again", "Send a note anew that was refused, deleted or never posted."),
    ("pause", "pause", "Let nothing go out to a real account for now."),
    ("resume", "resume", "Let notes go out to a real account again, at its pace."),
    ("undo", "undo", "List what the last batch posted, with links, and take it back."),
    ("topics", "topics_app", "Which words your hashtags become, and why."),
    ("accounts", "accounts_app", "The accounts you send to, and what holds one."),
    ("logout", "logout", "Close an account's window and forget its sign-in here."),
    ("sheet", "sheet_app", "The words of all notes, to a spreadsheet and back."),
    ("rehearsal", "rehearsal_app", "The practice account: a stand-in for RedNote, here."),
)
"""Each with the function of its module in `commands/`, and with the first sentence of its help:
kept here so that a list of commands loads none of them."""

_EPILOG = (
    "Exit codes: 0 done; 2 usage, rules or edits wrong; 3 finished, but some posts need a look; "
    "4 login needed; 5 try again later; 6 account at risk, everything held; 7 plan out of date; "
    "8 not an export; 9 another run is at work; 10 something must be installed; "
    "130 interrupted, state safe; 1 unexpected."
)


def lazy_commands() -> list[LazyCommand]:
    """List the commands by name and help, none of them loaded."""
    return [
        LazyCommand(name, help=summary, module=f"crossover.cli.commands.{name}", function=function)
        for name, function, summary in _COMMANDS
    ]


class _Commands(TyperGroup):
    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for command in lazy_commands():
            self.add_command(command)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Commands that its error names lead to where this run works."""
        try:
            return super().invoke(ctx)
        except CrossoverError as exc:
            from crossover.cli.view.next_step import Flags, place_error

            here = ctx.ensure_object(ChosenFolders)
            place_error(exc, Flags(here.workspace, here.rehearsal))
            raise


app = typer.Typer(
    name="crossover",
    cls=_Commands,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        from crossover.cli.view.screen import data

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
        from crossover.cli.commands.home import show_home

        resume_garbage_collection()
        show_home(workspace, Path.home())
