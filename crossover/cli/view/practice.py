"""Errors and waits of the practice account, in words that fit: RedNote and the phone play no part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossover.cli.view.screen import home_short
from crossover.cli.view.status import in_practice
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded, WrongAccount


@contextmanager
def errors_in_practice(profile: Path) -> Iterator[None]:
    """Raises what was raised, in words of practice. `profile` is the page of the practice account."""
    try:
        yield
    except CrossoverError as exc:
        hint = exc.next
        if isinstance(exc, WrongAccount):
            hint = "Nothing was sent. Go on with the practice account that this work began on."
        elif isinstance(exc, LoginNeeded):
            hint = "There is nothing to sign in to in practice: run the same command again."
        elif isinstance(exc, AccountAtRisk):
            hint = f"Look at the practice account before you go on: {home_short(profile)}"
        raise type(exc)(in_practice(exc.message), next=in_practice(hint), more=exc.more) from exc
