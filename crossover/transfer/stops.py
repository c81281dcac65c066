"""When a run stops: at the creator's wish, at a warning sign, after too many refusals in a row."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from crossover.accounts.warnings import AccountWarnings, InARow
from crossover.errors import AccountAtRisk, CrossoverError, Interrupted, LoginNeeded, RetryLater
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, State
from crossover.model.results import NotSent, PublishResult, Refused, Unclear
from crossover.text import sentence
from crossover.transfer.outcome import OPEN, Outcome

REFUSALS_IN_A_ROW = 2
"""RedNote said no this often without a yes in between: stop and let the creator look (likely)."""

UNCLEAR_IN_A_ROW = 2
"""As often as this without one clear answer in between, a site is left in peace for now."""


class RefusedAgain(Unclear):
    """A no to a second attempt: it holds only when no earlier one is on the account."""


class Stops:
    """Ends a run at a warning sign, and after too many unclear notes, or refusals, in a row, also
    of earlier runs. What holds the account is on disk before anybody hears of it."""

    def __init__(self, site: str, warnings: AccountWarnings) -> None:
        """`site` is what a creator calls the site."""
        self._site = site
        self._warnings = warnings
        self._in_a_row = warnings.read_in_a_row()

    def looked_up(self, outcome: Outcome) -> None:
        """Take note of how a note was settled that was not clear before."""
        if outcome.state is State.POSTED:
            self._count(replace(self._in_a_row, unclear=0))

    def answered(self, note: Note, result: PublishResult) -> None:
        """Hold the account at a warning sign. Called before anything else is done with the
        answer."""
        error = _explain_end(note, result, self._site)
        if isinstance(error, AccountAtRisk):
            self._hold(error, note)

    def refused(self, note: Note, reason: str) -> None:
        """Count a refusal, and hold the account at one too many. Called before the ledger has it:
        after a crash in between, the note is refused once more and counted again."""
        refused = self._in_a_row.refused + 1
        self._count(replace(self._in_a_row, refused=refused))
        if refused >= REFUSALS_IN_A_ROW:
            self._hold(self._refusals_error(note, reason), note)

    def after(self, last: Outcome, result: PublishResult) -> None:
        """Count how a note ended that was published. Raises `RetryLater`, `AccountAtRisk` or
        `LoginNeeded` when that was enough."""
        if error := _explain_end(last.note, result, self._site):
            raise error
        refused, unclear = self._in_a_row.refused, self._in_a_row.unclear
        if last.state is State.POSTED:
            self._count(InARow())
        else:
            is_unclear = last.state in OPEN and not isinstance(result, RefusedAgain)
            self._count(InARow(refused, unclear + 1 if is_unclear else 0))
        if self._in_a_row.unclear >= UNCLEAR_IN_A_ROW:
            raise RetryLater(
                f"{self._in_a_row.unclear} times in a row it was unclear what became of a note, the last"
                f" time of note {last.note.number}: {last.reason}.",
                next="Wait a while; the same command looks for them first.",
            )
        was_refused = last.state is State.FAILED or isinstance(result, RefusedAgain)
        if refused >= REFUSALS_IN_A_ROW and was_refused and last.state is not State.POSTED:
            raise self._refusals_error(last.note, last.reason)

    def _count(self, notes: InARow) -> None:
        if notes != self._in_a_row:
            self._warnings.write_in_a_row(notes)
            self._in_a_row = notes

    def _hold(self, error: AccountAtRisk, note: Note) -> None:
        # A disk that does not take it must not hide the warning: it is raised all the same.
        with suppress(CrossoverError):
            self._warnings.write_hold(error, self._site, note.id)

    def _refusals_error(self, note: Note, reason: str | None) -> AccountAtRisk:
        return AccountAtRisk(
            sentence(
                f"{self._site} refused {self._in_a_row.refused} notes in a row, the last one was note"
                f" {note.number}: {reason}."
            ),
            next="Look at the account on your phone before you go on.",
        )


def _explain_end(note: Note, result: PublishResult, site: str) -> CrossoverError | None:
    """Make the error that ends the run at this result, if it does."""
    match result:
        case NotSent(reason=reason):
            return RetryLater(
                f"Note {note.number} did not leave: {reason}.",
                next="Run the same command again; it goes on where it was.",
            )
        case Refused(reason=reason, stop=True) | Unclear(reason=reason, at_risk=True):
            return AccountAtRisk(
                sentence(f"{site} showed a warning sign at note {note.number}: {reason}."),
                next=f"Everything is held. Open {site} yourself and look before you go on.",
            )
        case Unclear(reason=reason, signed_out=True):
            return LoginNeeded(
                f"Whether note {note.number} arrived is not known: {reason}.",
                next=Hint(
                    "Sign in: ",
                    step("login"),
                    ", then run the same command; it looks for the note first.",
                ),
            )
        case _:
            return None


def check_stop(stop: Callable[[], bool]) -> None:
    """Raise `Interrupted` where the creator asked to stop."""
    if stop():
        raise stopped()


def stopped() -> Interrupted:
    """The end of a run at the creator's wish."""
    return Interrupted(
        "Stopped as you asked; everything is saved.", next="The same command goes on."
    )
