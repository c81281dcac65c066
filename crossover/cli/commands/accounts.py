"""`crossover accounts`: the accounts of a workspace, and what holds one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.accept import accept_older_ledger
from crossover.cli.options import RehearsalOption, VerboseOption, WorkspaceOption
from crossover.cli.run import logged
from crossover.cli.view.accounts import (
    show_account,
    show_hold,
    show_lost_ledger,
    show_where_to_look,
)
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.screen import console, is_terminal, say
from crossover.destinations.open import PRACTICE
from crossover.errors import Interrupted, LedgerLost, UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target
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
        target = choose_target(workspace, TargetChoice(PRACTICE, rehearsal=rehearsal))
        show_account(account_standing(target), Flags(chosen, rehearsal))


@accounts_app.command()
def release(
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    lift_hold: Annotated[
        bool,
        typer.Option(
            "--lift-hold", help="You looked at the account: lift the hold without asking."
        ),
    ] = False,
    accept_ledger: Annotated[
        bool,
        typer.Option(
            "--accept-ledger",
            help="You have no better copy of the list of what was sent: go on without asking.",
        ),
    ] = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show why nothing is sent to an account, and let it go on when you say so."""
    workspace = find_workspace(chosen, Path.home())
    target = choose_target(workspace, TargetChoice(PRACTICE, rehearsal=rehearsal))
    flags = Flags(chosen, rehearsal)
    if account_standing(target).is_free:
        say("Nothing holds the account.")
    else:
        account = AccountFolder(target.account)
        with (
            logged(workspace.logs, "accounts-release", verbose),
            account.hold("crossover accounts release"),
        ):
            standing = account_standing(target)
            if standing.held:
                show_hold(standing.held)
                show_where_to_look(target.page)
                _agree(lift_hold, "Did you look, and shall it go on?", "--lift-hold")
                account.warnings.lift()
                say("The hold is lifted.")
            if isinstance(standing.ledger_error, LedgerLost):
                show_lost_ledger(standing.ledger_error, flags)
                show_where_to_look(target.page)
                _agree(accept_ledger, "Go on without a better copy?", "--accept-ledger")
                accept_older_ledger(account.ledger)
                say("From here on, what is there counts.")
            elif standing.ledger_error:
                raise standing.ledger_error
    show_next(next_step(read_facts(workspace, rehearsal)), flags)


def _agree(said: bool, question: str, flag: str) -> None:
    """Go on where the creator said so, by the flag or now; else end the command."""
    if said:
        return
    if not is_terminal():
        raise UsageProblem(
            "This needs your own yes, and nobody is there to be asked.",
            next=Hint("Look at the account, then run ", step("accounts release", flag), "."),
        )
    try:
        if not typer.confirm(question, err=True):
            say("It stays as it is; nothing is sent.")
            raise typer.Exit(0)
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted("It stays as it is; nothing is sent.") from None
