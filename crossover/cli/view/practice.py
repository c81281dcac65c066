"""What to do about errors of the practice account: the phone and a sign-in play no part there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossover.cli.view.screen import home_short
from crossover.errors import AccountAtRisk, AccountHeld, LoginNeeded, WrongAccount


@contextmanager
def errors_in_practice(profile: Path) -> Iterator[None]:
    """Raise what was raised, with what helps in practice. `profile` is the page of the account."""
    try:
        yield
    except AccountHeld:
        raise
    except (AccountAtRisk, LoginNeeded) as exc:
        if isinstance(exc, WrongAccount):
            hint = "Nothing was sent. Go on with the practice account that this work began on."
        elif isinstance(exc, LoginNeeded):
            hint = "There is nothing to sign in to in practice: run the same command again."
        else:
            hint = f"Look at the practice account before you go on: {home_short(profile)}"
        raise type(exc)(exc.message, next=hint, more=exc.more) from exc
