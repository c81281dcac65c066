"""The account that a workspace sends to: what stands there, and what holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import read_all_entries
from crossover.accounts.warnings import AccountHold
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.model.notes import State


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


def account_standing(target: Target) -> AccountStanding:
    """Read how the account of `target` stands. Changes nothing on disk."""
    account = AccountFolder(target.account)
    held = account.warnings.read_hold()
    try:
        entries = read_all_entries(account.ledger)
    except CrossoverError as exc:
        return AccountStanding(account.path, {}, held, exc)
    return AccountStanding(account.path, Counter(entry.state for entry in entries), held)
