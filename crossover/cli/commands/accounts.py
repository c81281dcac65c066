"""`crossover accounts`: every account that notes are sent to, and what holds one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.accept import accept_older_ledger
from crossover.accounts.registry import read_accounts
from crossover.cli.options import (
    AccountOption,
    JsonOption,
    RehearsalOption,
    SiteOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import logged
from crossover.cli.steps.account import find_real_account, find_workspace_if
from crossover.cli.view.accounts import (
    account_as_json,
    damaged_as_json,
    practice_as_json,
    show_damaged,
    show_hold,
    show_lost_ledger,
    show_practice,
    show_real,
    show_where_to_look,
)
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.pace import account_flags
from crossover.cli.view.screen import console, data, is_terminal, needs_stdout, say
from crossover.destinations.open import KIT, PRACTICE, Target
from crossover.errors import Interrupted, LedgerLost, UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target, planned_target
from crossover.settings.rules import read_calendar_rules
from crossover.storage.documents import to_json
from crossover.transfer.report.accounts import account_standing, paced_standing
from crossover.workspace import Workspace, find_workspace, logs_without_workspace

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
    as_json: JsonOption = False,
) -> None:
    """The accounts you send to, and what holds one. Without a command: list them."""
    if context.invoked_subcommand is not None:
        return
    if as_json:
        needs_stdout()
    known = read_accounts()
    workspace = find_workspace_if(chosen, needed=not (known.accounts or known.damaged))
    rules = read_calendar_rules(workspace.rules) if workspace else CalendarRules()
    now = datetime.now(UTC)
    practice = account_standing(_practice(workspace, rehearsal)) if workspace else None
    real = [paced_standing(account, rules, now) for account in known.accounts]
    if as_json:
        listed = [practice_as_json(practice)] if practice else []
        listed += [account_as_json(account) for account in real]
        data(to_json([*listed, *map(damaged_as_json, known.damaged)]))
        return
    flags = Flags(chosen, rehearsal)
    if practice:
        show_practice(practice, flags)
    for account in real:
        show_real(account, flags, now)
    for damaged in known.damaged:
        show_damaged(damaged)


@accounts_app.command()
def release(
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    name: AccountOption = None,
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
    workspace, target = _find_target(chosen, site, name, rehearsal)
    flags = Flags(chosen, rehearsal)
    named = () if target.is_practice else account_flags(target.site, target.name)
    if account_standing(target).is_free:
        say("Nothing holds the account.")
    else:
        account = AccountFolder(target.account)
        logs = workspace.logs if workspace else logs_without_workspace()
        with (
            logged(logs, "accounts-release", verbose),
            account.hold("crossover accounts release"),
        ):
            standing = account_standing(target)
            if standing.held:
                show_hold(standing.held)
                show_where_to_look(target)
                _agree(lift_hold, "Did you look, and shall it go on?", "--lift-hold", *named)
                account.warnings.lift()
                say("The hold is lifted.")
            if isinstance(standing.ledger_error, LedgerLost):
                show_lost_ledger(standing.ledger_error, flags)
                show_where_to_look(target)
                _agree(accept_ledger, "Go on without a better copy?", "--accept-ledger", *named)
                accept_older_ledger(account.ledger)
                say("From here on, what is there counts.")
            elif standing.ledger_error:
                raise standing.ledger_error
    if workspace:
        show_next(next_step(read_facts(workspace, rehearsal)), flags)


def _find_target(
    chosen: Path | None, site: str | None, name: str | None, rehearsal: Path | None
) -> tuple[Workspace | None, Target]:
    """Find the account that the flags name, else that of the plan, and the workspace if any."""
    if rehearsal is None and (site or name):
        found = find_real_account("accounts release", chosen, site, name)
        record, folder = found.account.record, found.account.folder
        return found.workspace, Target(KIT, record.site, folder.path, record.name)
    workspace = find_workspace(chosen, Path.home())
    if rehearsal is not None or (site or name):
        return workspace, choose_target(workspace, TargetChoice(PRACTICE, site, name, rehearsal))
    return workspace, planned_target(workspace)


def _practice(workspace: Workspace, rehearsal: Path | None) -> Target:
    return choose_target(workspace, TargetChoice(PRACTICE, rehearsal=rehearsal))


def _agree(said: bool, question: str, *flags: str) -> None:
    """Go on where the creator said so, by the first of the flags or now; else end the command."""
    if said:
        return
    if not is_terminal():
        raise UsageProblem(
            "This needs your own yes, and nobody is there to be asked.",
            next=Hint("Look at the account, then run ", step("accounts release", *flags), "."),
        )
    try:
        if not typer.confirm(question, err=True):
            say("It stays as it is; nothing is sent.")
            raise typer.Exit(0)
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted("It stays as it is; nothing is sent.") from None
