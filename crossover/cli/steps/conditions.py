"""Ask the creator what only they know before notes go out to a real account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import typer

from crossover.cli.view.conditions import (
    confirm_agreement,
    confirm_empty,
    confirm_first_note,
    confirm_risk,
    show_how_to_list,
    show_not_yet,
)
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import console, is_terminal, say
from crossover.errors import Interrupted
from crossover.transfer.conditions.questions import (
    AccountNotCompared,
    Answers,
    FirstNoteUnchecked,
    NotApproved,
    RiskNotAccepted,
)

T = TypeVar("T")

_STAYS = "Nothing went out."


def answering(run: Callable[[Answers], T], answers: Answers, flags: Flags, *, ask: bool) -> T:
    """Do `run` with what the creator answered, and ask for what it needs to know besides; ends the
    command where they say no. Where nobody can be asked the question is raised, and names the flag
    that answers it."""
    while True:
        try:
            return run(answers)
        except (RiskNotAccepted, AccountNotCompared, FirstNoteUnchecked, NotApproved) as question:
            if not (ask and is_terminal()):
                raise
            answers = _ask(question, answers, flags)


def _ask(
    question: RiskNotAccepted | AccountNotCompared | FirstNoteUnchecked | NotApproved,
    answers: Answers,
    flags: Flags,
) -> Answers:
    try:
        match question:
            case RiskNotAccepted() if confirm_risk(question):
                return replace(answers, accepts_risk=True)
            case AccountNotCompared() if confirm_empty(question):
                return replace(answers, account_is_empty=True)
            case AccountNotCompared():
                show_how_to_list(flags)
            case FirstNoteUnchecked() if confirm_first_note(question):
                return replace(answers, first_note_is_ok=True)
            case FirstNoteUnchecked():
                show_not_yet(question, flags)
            case NotApproved() if confirm_agreement(question, flags):
                return replace(answers, approve=question.digest)
            case _:
                pass
    except (typer.Abort, KeyboardInterrupt):
        console.print()
        raise Interrupted(_STAYS) from None
    say(_STAYS)
    raise typer.Exit(0)
