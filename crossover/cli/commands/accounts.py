"""`crossover accounts`: the accounts of a workspace, and what holds one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.cli.options import RehearsalOption, VerboseOption, WorkspaceOption
from crossover.cli.run import logged
from crossover.cli.view.accounts import show_account, show_hold, show_where_to_look
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.screen import console, is_terminal, say
from crossover.destinations.open import DESTINATIONS, open_target
from crossover.errors import Interrupted, UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.model.next_step import Hint, step
from crossover.transfer.report.accounts import account_standing
from crossover.workspace import find_workspace

accounts_app = typer.Typer(
    help="The accounts you send to, and what holds one.",
    add_completion=False,
    rich_markup_mode=None,
)


@accounts_app.callback(invoke_without_command=True)
def accounts(
    context: typer.Context,
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
) -> None:
    """The accounts you send to, and what holds one. Without a command: list them."""
    if context.invoked_subcommand is None:
        workspace = find_workspace(chosen, Path.home())
        target = open_target(DESTINATIONS[0], workspace.practice, rehearsal)
        show_account(account_standing(target), Flags(chosen, rehearsal))


@accounts_app.command()
def release(
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    lift_hold: Annotated[
        bool, typer.Option("--lift-hold", help="You looked at the account: lift it, unasked.")
    ] = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show why an account is held, and lift the hold when you say so."""
    workspace = find_workspace(chosen, Path.home())
    target = open_target(DESTINATIONS[0], workspace.practice, rehearsal)
    account = AccountFolder(target.account)
    if account.warnings.read_hold() is None:
        say("Nothing holds the account.")
    else:
        with logged(workspace.logs, "accounts-release", verbose), account.hold("accounts release"):
            held = account.warnings.read_hold()
            if held is not None:
                show_hold(held)
                show_where_to_look(target.page)
                if not lift_hold:
                    _ask()
                account.warnings.lift()
        say("The hold is lifted.")
    show_next(next_step(read_facts(workspace, rehearsal)), Flags(chosen, rehearsal))


def _ask() -> None:
    if not is_terminal():
        raise UsageProblem(
            "Lifting a hold needs a yes, and nobody is there to be asked.",
            next=Hint(
                "Look at the account, then run ", step("accounts release", "--lift-hold"), "."
            ),
        )
    try:
        if not typer.confirm("Did you look, and shall it go on?", err=True):
            say("Nothing was changed; it stays held.")
            raise typer.Exit(0)
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted("Nothing was changed; it stays held.") from None
