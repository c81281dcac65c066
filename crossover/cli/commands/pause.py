"""`crossover pause`: let nothing go out to an account until a day, or until `resume`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import keep_account
from crossover.cli.options import AccountOption, SiteOption, WorkspaceOption
from crossover.cli.steps.account import find_real_account
from crossover.cli.view.next_step import Flags
from crossover.cli.view.pace import show_paused
from crossover.errors import UsageProblem
from crossover.schedule.zones import find_zone


def _parse_day(text: str) -> date:
    """Parse `2026-12-24`."""
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise typer.BadParameter(f"{text!r} is no day as in 2026-12-24.") from exc


def pause(
    until: Annotated[
        date | None,
        typer.Option(
            "--until",
            metavar="DATE",
            parser=_parse_day,
            help="The day on which notes may go out again, as 2026-12-24. Without it: not before you"
            " say resume.",
            show_default=False,
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
) -> None:
    """Let nothing go out to a real account for now. It holds in every workspace, and for every way of
    posting."""
    found = find_real_account("pause", chosen, site, account)
    now = datetime.now(UTC)
    today = now.astimezone(find_zone(found.rules.zone)).date()
    if until is not None and until <= today:
        raise UsageProblem(
            f"{until} is not ahead: today is {today}.",
            next="Name the day on which notes may go out again.",
        )
    with found.account.folder.hold("crossover pause"):
        keep_account(found.account)
        kept = AccountPace(found.account.folder.path).pause(now, until)
    show_paused(found.account, kept, Flags(chosen))
