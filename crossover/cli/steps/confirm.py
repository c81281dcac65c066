"""A yes that only the creator can give: by its own flag, or when asked; never by `--yes`."""

from __future__ import annotations

import typer

from crossover.cli.view.screen import console, is_terminal
from crossover.errors import Interrupted, UsageProblem
from crossover.model.next_step import Hint


def confirm_in_person(said: bool, question: str, hint: Hint, *, unchanged: str) -> bool:
    """Whether they agree. `said`: the flag says so; `hint` names it where nobody can be asked.
    Raises `UsageProblem` then, and `Interrupted` where they leave: `unchanged` says how it stands.
    """
    if said:
        return True
    if not is_terminal():
        raise UsageProblem(
            "This needs your own yes, and nobody is there to be asked.",
            next=hint,
        )
    try:
        return typer.confirm(question, err=True)
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted(unchanged) from None
