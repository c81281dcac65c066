"""What to do about errors of the practice account: the phone plays no part there, nor a sign-in
but in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crossover.cli.view.screen import home_short
from crossover.destinations.open import STUDIO, Target
from crossover.errors import AccountAtRisk, AccountHeld, LoginNeeded, WrongAccount


@contextmanager
def errors_in_practice(target: Target) -> Iterator[None]:
    """Raise what was raised; on the practice account, with what helps there."""
    try:
        yield
    except AccountHeld:
        raise
    except (AccountAtRisk, LoginNeeded) as exc:
        if not target.is_practice or (target.to == STUDIO and isinstance(exc, LoginNeeded)):
            raise
        if isinstance(exc, WrongAccount):
            hint = "Nothing was sent. Go on with the practice account that this work began on."
        elif isinstance(exc, LoginNeeded):
            hint = "There is nothing to sign in to in practice: run the same command again."
        else:
            hint = f"Look at the practice account before you go on: {home_short(target.page)}"
        raise type(exc)(exc.message, next=hint, more=exc.more) from exc
