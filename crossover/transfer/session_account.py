"""Whose account a session is of: the one that notes are planned for, or an error."""

from __future__ import annotations

from crossover.accounts.registry import account_for, bind_user_id, keep_account
from crossover.destinations.base import Destination
from crossover.destinations.open import Target
from crossover.errors import WrongAccount
from crossover.model.account import Account


def account_of_session(target: Target, destination: Destination) -> Account:
    """Prove whose session this is, and return the account as its ledger knows it. An id that was not
    known yet is kept. The caller holds the account. Raises `WrongAccount` where the session is of
    another account than planned for, and what `whoami` raises."""
    who = destination.whoami()
    if target.is_practice:
        return who
    account = account_for(target.site, target.name)
    record = account.record
    if not record.is_of(who):
        raise WrongAccount(
            f"The session is of {who.name}, and the plan is for {record.name} on {record.site}.",
            next=f"Nothing was sent. Sign in as {record.name}, or plan for {who.name}.",
        )
    keep_account(account)
    if record.user_id is None:
        account = bind_user_id(account, who.id)
    return account.for_ledger
