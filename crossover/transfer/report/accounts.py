"""The accounts that notes are sent to: what stands there, when more may go out, and what holds one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import read_all_entries
from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import AccountRecord, RealAccount
from crossover.accounts.warnings import AccountHold
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.limits.limits import load_limits
from crossover.model.calendar import CalendarRules
from crossover.model.notes import State
from crossover.model.pace import Pace
from crossover.schedule.sitting import PacedSitting
from crossover.transfer.todays_sitting import read_went_out, todays_sitting


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account by its folder: how the notes stand that were sent to it or kept back from it, from
    whichever workspace, and what holds it. `ledger_error` says why the first cannot be told."""

    folder: Path
    notes: Mapping[State, int]
    held: AccountHold | None
    ledger_error: CrossoverError | None = None

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in the way of sending."""
        return self.held is None and self.ledger_error is None


@dataclass(frozen=True, slots=True)
class PacedStanding:
    """A real account: whose it is, how it stands, how many notes ever went out or were given to the
    creator, and its pace. `sitting` is what may go out now; None where the ledger or the pace
    cannot be read, and `pace_error` says the latter."""

    record: AccountRecord
    standing: AccountStanding
    went_out: int = 0
    pace: Pace | None = None
    sitting: PacedSitting | None = None
    pace_error: CrossoverError | None = None


def account_standing(target: Target) -> AccountStanding:
    """Read how the account of `target` stands. Changes nothing on disk."""
    return _standing(AccountFolder(target.account))


def paced_standing(account: RealAccount, rules: CalendarRules, now: datetime) -> PacedStanding:
    """Read how a real account stands, and what may go out to it by the rules. Changes nothing on
    disk."""
    standing = _standing(account.folder)
    try:
        pace = AccountPace(account.folder.path).read()
    except CrossoverError as exc:
        return PacedStanding(account.record, standing, pace_error=exc)
    if standing.ledger_error:
        return PacedStanding(account.record, standing, pace=pace)
    went_out = read_went_out(account.folder)
    limits = load_limits(account.record.site)
    sitting = todays_sitting(account.folder, went_out, rules, limits, now=now)
    return PacedStanding(account.record, standing, len(went_out), pace, sitting)


def _standing(account: AccountFolder) -> AccountStanding:
    held = account.warnings.read_hold()
    try:
        entries = read_all_entries(account.ledger)
    except CrossoverError as exc:
        return AccountStanding(account.path, {}, held, exc)
    return AccountStanding(account.path, Counter(entry.state for entry in entries), held)
