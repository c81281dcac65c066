"""The sitting of a real account: what may go out now, by its ledger, its pace and the rules.

Practice has none: it takes everything at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import read_all_entries
from crossover.accounts.pace import AccountPace
from crossover.errors import NothingDue
from crossover.limits.limits import Limits
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, step
from crossover.model.pace import WentOut
from crossover.schedule.sitting import NoSitting, PacedSitting, plan_sitting
from crossover.schedule.zones import find_zone


def read_went_out(account: AccountFolder) -> WentOut:
    """Read when notes went out to an account, from a ledger that is not open. Raises `LedgerError`
    like `open_ledger`."""
    entries = read_all_entries(account.ledger)
    return [(entry.out_at, entry.out_day) for entry in entries if entry.out_at]


def todays_sitting(
    account: AccountFolder,
    went_out: WentOut,
    rules: CalendarRules,
    limits: Limits,
    *,
    now: datetime,
    batch: int | None = None,
    ahead: bool = False,
    fixed: Sequence[datetime] = (),
) -> PacedSitting:
    """Find what may go out to an account now, as `plan_sitting` does. Changes nothing. Raises
    `CrossoverError` where its pace cannot be read."""
    return plan_sitting(
        rules,
        limits,
        went_out,
        zone=find_zone(rules.zone),
        now=now,
        pace=AccountPace(account.path).read(),
        seed=account.path.name,
        batch=batch,
        ahead=ahead,
        fixed=fixed,
    )


def begin_sitting(
    account: AccountFolder,
    went_out: WentOut,
    rules: CalendarRules,
    limits: Limits,
    *,
    now: datetime,
    batch: int | None = None,
    ahead: bool = False,
    fixed: Sequence[datetime] = (),
) -> PacedSitting:
    """Find what may go out now, and keep that a sitting begins. The caller holds the account.
    Raises `NothingDue` where no note may go out, and what `todays_sitting` raises."""
    sitting = todays_sitting(
        account, went_out, rules, limits, now=now, batch=batch, ahead=ahead, fixed=fixed
    )
    if sitting.why is not None:
        raise nothing_due(sitting)
    AccountPace(account.path).begin_sitting(now)
    return sitting


def check_not_paused(
    account: AccountFolder, rules: CalendarRules, limits: Limits, now: datetime
) -> None:
    """Raise `NothingDue` while the creator's pause lasts: before anything is asked of them."""
    sitting = todays_sitting(account, (), rules, limits, now=now)
    if sitting.why is NoSitting.PAUSED:
        raise nothing_due(sitting)


def nothing_due(sitting: PacedSitting, *named: str) -> NothingDue:
    """Say why nothing goes out now, when the next sitting may start, and what changes that: by
    commands that have the flags `named` for the account."""
    today = day_text(sitting.today)
    next_at = next_sitting_text(sitting)
    match sitting.why:
        case NoSitting.PAUSED:
            until = sitting.paused_until
            paused = f"until {day_text(until, with_year=True)}" if until else "for now"
            return NothingDue(
                f"You paused this account {paused}, so nothing goes out.",
                next=Hint(
                    f"{next_at} To go on before: " if until else "To go on: ",
                    step("resume", *named),
                    ".",
                ),
            )
        case NoSitting.PAUSED_DAYS:
            return NothingDue(
                f"Nothing goes out today, {today}: your rule calendar.pauses says so.",
                next=Hint(
                    next_at,
                    " To send today, take the day out of the rule: ",
                    step("plan", "--set", "calendar.pauses=[]"),
                    ".",
                ),
            )
        case NoSitting.CLOCK:
            before = day_text(sitting.seen or sitting.today, with_year=True)
            return NothingDue(
                f"The clock of this computer says {day_text(sitting.today, with_year=True)}; at an"
                f" earlier sitting it said {before}. So it is not known what went out today, and"
                " nothing more does.",
                next=Hint(
                    "Set the clock right and run this again. Is it right now? Say so: ",
                    step("resume", "--clock-is-right", *named),
                    ".",
                ),
            )
        case _ if sitting.out_today >= sitting.cap:
            had = "its note" if sitting.out_today == 1 else f"its {sitting.out_today} notes"
            return NothingDue(f"Today, {today}, had {had}: no more goes out.", next=next_at)
        case _:
            return NothingDue(f"Nothing more goes out today, {today}.", next=next_at)


def next_sitting_text(sitting: PacedSitting) -> str:
    """Say when the next sitting may start; nothing while there is a pause without an end."""
    if sitting.next_at is None:
        return ""
    return f"Next sitting: {day_text(sitting.next_at.date())}, {sitting.next_at:%H:%M}."


def day_text(day: date, *, with_year: bool = False) -> str:
    """Format as `Tue 1 Dec`."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if with_year else "")
