"""When a run stops: at the creator's wish, at a warning sign, after too many refusals in a row."""

from __future__ import annotations

from collections.abc import Callable

from crossover.errors import AccountAtRisk, Interrupted, LoginNeeded, RetryLater
from crossover.model.notes import Note
from crossover.model.results import NotSent, PublishResult, Refused, Unclear

REFUSALS_IN_A_ROW = 2
"""RedNote said no this often without a yes in between: stop and let the creator look (likely)."""


UNCLEAR_IN_A_ROW = 2
"""As often as this without one clear answer in between, a site is left in peace for now."""


def stop_at_warning(note: Note, result: PublishResult) -> None:
    match result:
        case NotSent(reason=reason):
            raise RetryLater(
                f"Note {note.number} did not leave: {reason}.",
                next="Run the same command again; it goes on where it was.",
            )
        case Refused(reason=reason, stop=True) | Unclear(reason=reason, at_risk=True):
            raise AccountAtRisk(
                f"RedNote showed a warning sign at note {note.number}: {reason}.",
                next="Everything is held. Open RedNote yourself and look before you go on.",
            )
        case Unclear(reason=reason, signed_out=True):
            raise LoginNeeded(
                f"RedNote says that you are signed out, at note {note.number}: {reason}.",
                next="Sign in again, then run the same command; it looks for the note first.",
            )
        case _:
            pass


def check_stop(stop: Callable[[], bool]) -> None:
    if stop():
        raise Interrupted(
            "Stopped as you asked; everything is saved.", next="The same command goes on."
        )
