"""The accounts of a workspace, and what holds one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.warnings import LIFT, AccountHold
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.screen import count, home_short, say, say_points
from crossover.cli.view.status import SENT, WORDS
from crossover.errors import LedgerLost
from crossover.model.next_step import NextStep
from crossover.model.notes import State
from crossover.text import one_line, sentence
from crossover.transfer.report.accounts import AccountStanding


def show_account(account: AccountStanding, flags: Flags) -> None:
    """Show which account this is, where its folder lies, and what stands there."""
    say("Practice account ·", home_short(account.folder))
    if error := account.ledger_error:
        say_points(placed(line, flags) for line in (error.message, error.next, *error.more) if line)
    else:
        say_points(
            f"{count(number, 'note')} {WORDS[state]}"
            for state in SENT
            if (number := account.notes.get(state, 0)) or state is State.POSTED
        )
    show_held(account.held, flags)


def show_held(held: AccountHold | None, flags: Flags, following: NextStep | None = None) -> None:
    """Say aloud that the account is held, and why; and what lifts that, unless it is what is said
    to come next."""
    if held is not None:
        show_hold(held)
        if following is None or following.command != LIFT.command:
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
        "If you go on without: what would go out and looks like a note that is on the account is"
        " kept back as unclear. A note that was given quite another title there, or was taken down,"
        " would go out once more."
    )


def show_where_to_look(page: Path) -> None:
    """Show the page of the practice account, which is looked at before anything goes on."""
    say("Look at the account first:", home_short(page))
