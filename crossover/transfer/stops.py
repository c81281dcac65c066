"""When a run stops: at the creator's wish, at a warning sign, after too many refusals in a row."""

from __future__ import annotations

from collections.abc import Callable

from crossover.errors import AccountAtRisk, Interrupted, LoginNeeded, RetryLater
from crossover.model.notes import Note, State
from crossover.model.results import NotSent, PublishResult, Refused, Unclear
from crossover.text import sentence
from crossover.transfer.outcome import OPEN, Outcome

REFUSALS_IN_A_ROW = 2
"""RedNote said no this often without a yes in between: stop and let the creator look (likely)."""

UNCLEAR_IN_A_ROW = 2
"""As often as this without one clear answer in between, a site is left in peace for now."""


def stop_at_warning(note: Note, result: PublishResult, site: str) -> None:
    """Raise what ends the run at this result: `RetryLater`, `AccountAtRisk` or `LoginNeeded`.
    `site` is what a creator calls the site."""
    match result:
        case NotSent(reason=reason):
            raise RetryLater(
                f"Note {note.number} did not leave: {reason}.",
                next="Run the same command again; it goes on where it was.",
            )
        case Refused(reason=reason, stop=True) | Unclear(reason=reason, at_risk=True):
            raise AccountAtRisk(
                sentence(f"{site} showed a warning sign at note {note.number}: {reason}."),
                next=f"Everything is held. Open {site} yourself and look before you go on.",
            )
        case Unclear(reason=reason, signed_out=True):
            raise LoginNeeded(
                sentence(f"{site} says that you are signed out, at note {note.number}: {reason}."),
                next="Sign in again, then run the same command; it looks for the note first.",
            )
        case _:
            pass


class Stops:
    """Ends a run after too many unclear answers, or refusals, in a row."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._unclear = 0
        self._refusals = 0

    def after(self, last: Outcome) -> None:
        """Count how a note ended. Raises `RetryLater` or `AccountAtRisk` when that was enough."""
        self._unclear = self._unclear + 1 if last.state in OPEN else 0
        if last.state is State.FAILED:
            self._refusals += 1
        elif last.state is State.POSTED:
            self._refusals = 0
        if self._unclear >= UNCLEAR_IN_A_ROW:
            raise RetryLater(
                f"What became of {self._unclear} notes in a row is unclear, the last one"
                f" {last.note.number}: {last.reason}.",
                next="Wait a while; the same command looks for them first.",
            )
        if self._refusals >= REFUSALS_IN_A_ROW:
            raise AccountAtRisk(
                sentence(
                    f"{self._site} refused {self._refusals} notes in a row, the last one"
                    f" {last.note.number}: {last.reason}."
                ),
                next="Look at the account on your phone before you go on.",
            )


def check_stop(stop: Callable[[], bool]) -> None:
    """Raise `Interrupted` where the creator asked to stop."""
    if stop():
        raise Interrupted(
            "Stopped as you asked; everything is saved.", next="The same command goes on."
        )
