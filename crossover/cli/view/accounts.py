"""The accounts of a workspace, and what holds one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.warnings import LIFT, AccountHold
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.screen import count, home_short, say, say_points
from crossover.errors import LedgerLost
from crossover.text import one_line, sentence
from crossover.transfer.report.accounts import AccountStanding


def show_account(account: AccountStanding, flags: Flags) -> None:
    """Show which account this is, where its folder lies, and what stands there."""
    say("Practice account ·", home_short(account.folder))
    if account.ledger_error is not None:
        say_points([account.ledger_error.message])
    else:
        say_points([f"{count(account.posted, 'note')} practised"])
    show_held(account.held, flags)


def show_held(held: AccountHold | None, flags: Flags) -> None:
    """Say aloud that nothing is sent, why, and what lifts that."""
    if held is not None:
        show_hold(held)
        say(f"Nothing is sent until you lift the hold: `{command_line(LIFT, flags)}`")


def show_hold(held: AccountHold) -> None:
    """Show since when an account is held, and why."""
    since = f" since {day_and_time(held.since, datetime.now(UTC))}" if held.since else ""
    say(f"{sentence(held.site)} is held{since}:", style="bold")
    say_points([one_line(held.reason)])


def show_lost_ledger(error: LedgerLost, flags: Flags) -> None:
    """Show what is wrong with the ledger, which copy would be right, and what going on means."""
    say(error.message, style="bold")
    say(placed(error.next, flags))
    say(
        "What went out and is not in it is looked for on the account, and what looks like a note"
        " there is kept back. A note that was given quite another title there, or is not there any"
        " more, would go out once more."
    )


def show_where_to_look(page: Path) -> None:
    """Show the page of the practice account, which is looked at before a hold is lifted."""
    say("Look at the account before you lift it:", home_short(page))
