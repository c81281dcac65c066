"""The accounts of a workspace, and what holds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from crossover.accounts.registry import DamagedAccount
from crossover.accounts.warnings import LIFT, AccountHold
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.pace import account_flags
from crossover.cli.view.screen import count, home_short, say, say_points
from crossover.cli.view.status import SENT, words_for
from crossover.destinations.open import Target
from crossover.errors import LedgerLost
from crossover.model.account import SiteName
from crossover.model.next_step import NextStep, step
from crossover.model.notes import State
from crossover.schedule.sitting import NoSitting
from crossover.storage.documents import utc_text
from crossover.text import one_line, sentence
from crossover.transfer.report.accounts import AccountStanding, PacedStanding
from crossover.transfer.todays_sitting import nothing_due


def show_practice(account: AccountStanding, flags: Flags) -> None:
    """Show the practice account: where its folder lies, and what stands there."""
    say("Practice account ·", home_short(account.folder))
    say_points(
        [
            *_notes(account, words_for(SiteName.REHEARSAL), flags),
            "no pace: practice takes everything at once",
        ]
    )
    show_held(account.held, flags)


def show_real(account: PacedStanding, flags: Flags, now: datetime) -> None:
    """Show a real account: whose it is, what went out, and when more may."""
    record, standing = account.record, account.standing
    say(f"{record.name} on {record.site} ·", home_short(standing.folder))
    lines = _notes(standing, words_for(record.site), flags)
    say_points([*lines, *_pace(account, flags, now)])
    if standing.held:
        show_hold(standing.held)
        lift = step("accounts release", *account_flags(record.site, record.name))
        say(f"Nothing is sent until you lift the hold: `{command_line(lift, flags)}`")


def show_damaged(account: DamagedAccount) -> None:
    """Show a folder of which it cannot be read whose account it is."""
    say("An account that cannot be read ·", home_short(account.folder))
    say_points([account.error.message, *([account.error.next] if account.error.next else [])])


def account_as_json(account: PacedStanding) -> dict[str, Any]:
    """Make of a real account what programs read."""
    record, sitting, pace = account.record, account.sitting, account.pace
    may_go = sitting is not None and sitting.why is None and account.standing.is_free
    return {
        "site": record.site,
        "name": record.name,
        "user_id": record.user_id,
        **_standing_as_json(account.standing),
        "went_out": account.went_out,
        "may_go_out_now": len(sitting.due) if sitting and may_go else 0,
        "why_none": sitting.why if sitting else None,
        "next_sitting": utc_text(sitting.next_at) if sitting and sitting.next_at else None,
        "paused": sitting is not None and sitting.why is NoSitting.PAUSED,
        "paused_until": pace.paused_until if pace else None,
    }


def practice_as_json(account: AccountStanding) -> dict[str, Any]:
    """Make of the practice account what programs read; it has no pace."""
    return {"site": SiteName.REHEARSAL, "name": None, **_standing_as_json(account)}


def damaged_as_json(account: DamagedAccount) -> dict[str, Any]:
    """Make of an account that cannot be read what programs read."""
    return {
        "site": None,
        "name": None,
        "folder": str(account.folder),
        "error": account.error.message,
    }


def _standing_as_json(standing: AccountStanding) -> dict[str, Any]:
    error = standing.ledger_error
    return {
        "folder": str(standing.folder),
        "notes": None if error else {state: standing.notes.get(state, 0) for state in SENT},
        "held": standing.held,
        "error": error.message if error else None,
    }


def _notes(account: AccountStanding, words: Mapping[State, str], flags: Flags) -> Iterator[str]:
    if error := account.ledger_error:
        yield from (
            placed(line, flags) for line in (error.message, error.next, *error.more) if line
        )
        return
    for state in SENT:
        number = account.notes.get(state, 0)
        if number or state is State.POSTED:
            yield f"{count(number, 'note')} {words[state]}"


def _pace(account: PacedStanding, flags: Flags, now: datetime) -> Iterator[str]:
    if account.pace_error:
        yield account.pace_error.message
    if account.sitting is None:
        return
    sitting, named = account.sitting, account_flags(account.record.site, account.record.name)
    if sitting.why is not None:
        error = nothing_due(sitting, *named)
        since = account.pace.paused_since if account.pace else None
        if sitting.why is NoSitting.PAUSED and since:
            yield f"paused since {day_and_time(since, now)}"
        yield " ".join(placed(line, flags) for line in (error.message, error.next) if line)
    elif account.standing.is_free:
        yield f"next sitting: now, for {count(len(sitting.due), 'note')}"


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


def show_where_to_look(target: Target) -> None:
    """Show where the account is looked at before anything goes on."""
    if target.is_practice:
        say("Look at the account first:", home_short(target.page))
    else:
        say(f"Look at the account first, in RedNote's app: {target.name} on {target.site}.")
