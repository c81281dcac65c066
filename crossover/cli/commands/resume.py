"""`crossover resume`: end a pause, or say that the clock of this computer is right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from crossover.accounts.pace import AccountPace
from crossover.cli.options import AccountOption, SiteOption, WorkspaceOption
from crossover.cli.steps.account import find_real_account
from crossover.cli.view.next_step import Flags
from crossover.cli.view.pace import show_resumed
from crossover.limits.limits import load_limits
from crossover.schedule.zones import find_zone
from crossover.transfer.todays_sitting import read_went_out, todays_sitting


def resume(
    clock_is_right: Annotated[
        bool,
        typer.Option(
            "--clock-is-right",
            help="This computer showed a later day before, and today's is right: go on by it.",
        ),
    ] = False,
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
) -> None:
    """Let notes go out to a real account again, at its pace. Ends a pause."""
    found = find_real_account("resume", chosen, site, account)
    folder, rules, now = found.account.folder, found.rules, datetime.now(UTC)
    today = now.astimezone(find_zone(rules.zone)).date()
    with folder.hold("crossover resume"):
        pace = AccountPace(folder.path)
        before = pace.read()
        if before.paused_since is not None:
            pace.resume()
        if clock_is_right and before.seen and before.seen > now:
            pace.accept_clock(now, today)
        limits = load_limits(found.account.record.site)
        sitting = todays_sitting(folder, read_went_out(folder), rules, limits, now=now)
    show_resumed(found.account, before, sitting, Flags(chosen, None))
