"""The pace of a real account, in the terminal."""

from __future__ import annotations

from crossover.accounts.registry import REAL_SITES, RealAccount
from crossover.cli.view.dates import month_and_year
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, say
from crossover.limits.limits import Limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, step
from crossover.model.pace import Pace
from crossover.schedule.sitting import PacedSitting
from crossover.transfer.todays_sitting import (
    day_text,
    next_sitting_text,
    nothing_due,
)

_DEFAULT = CalendarRules()


def show_after_sitting(sitting: PacedSitting) -> None:
    """Show what may still go out today, and when the next sitting may start."""
    more = f"{count(sitting.left_today, 'more note')} may go out today. "
    say((more if sitting.left_today else "") + next_sitting_text(sitting))


def show_risk_of_pace(rules: CalendarRules, limits: Limits, flags: Flags) -> None:
    """Show, where the rules go faster than the default, what that risks."""
    if rules.first_week <= _DEFAULT.first_week and rules.later <= _DEFAULT.later:
        return
    hint = Hint(
        f"Your pace is {rules.first_week} a day in the first week, then {rules.later}; the default"
        f" is {_DEFAULT.first_week}, then {_DEFAULT.later}. Nobody knows a safe rate"
        f" ({month_and_year(limits.as_of)}), and an account that posts fast may be restricted. Go"
        " slower: ",
        step(
            "plan",
            "--set",
            f"pace.first_week={_DEFAULT.first_week}",
            "--set",
            f"pace.later={_DEFAULT.later}",
        ),
        ".",
    )
    say(placed(hint, flags), style="bold")


def show_paused(account: RealAccount, pace: Pace, flags: Flags) -> None:
    """Show until when an account is paused, what that covers, and what ends it."""
    until = (
        f"until {day_text(pace.paused_until, with_year=True)}" if pace.paused_until else "for now"
    )
    say(f"{_name(account)} is paused {until}.", style="bold")
    say(
        "Nothing goes out to it, from any workspace. What you gave to RedNote's own scheduler, or"
        " have in a pack, is not stopped by this."
    )
    before = "To go on before: " if pace.paused_until else "To go on: "
    say(
        placed(
            Hint(
                before,
                step("resume", *account_flags(account.record.site, account.record.name)),
                ".",
            ),
            flags,
        )
    )


def show_resumed(account: RealAccount, before: Pace, sitting: PacedSitting, flags: Flags) -> None:
    """Show that an account goes on, and when."""
    if before.paused_since is None:
        say(f"{_name(account)} is not paused.")
    else:
        say(f"{_name(account)} goes on, at its pace. The days of the pause are not made up for.")
    if sitting.why is not None:
        error = nothing_due(sitting, *account_flags(account.record.site, account.record.name))
        for line in (error.message, error.next):
            if line:
                say(placed(line, flags))
    else:
        say(f"{count(len(sitting.due), 'note')} may go out now. {next_sitting_text(sitting)}")


def account_flags(site: SiteName, name: str) -> tuple[str, ...]:
    """Return the flags that name a real account."""
    return (*(() if site is REAL_SITES[0] else ("--site", site)), "--account", name)


def _name(account: RealAccount) -> str:
    return f"{account.record.name} on {account.record.site}"
