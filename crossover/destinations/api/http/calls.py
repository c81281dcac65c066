"""Calls that may be repeated: asked, classified, asked again, or ended with one clear error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import AnswerKind, classify, problem_of
from crossover.destinations.api.http.client import HttpClient, NeverLeft, NoAnswer
from crossover.destinations.api.signing import NotSigned
from crossover.destinations.own_notes.pages import Unusable
from crossover.errors import RetryLater
from crossover.runtime.retry import Again, repeat
from crossover.text import sentence

T = TypeVar("T")

_TWELVE_HOURS = 12 * 3600


class Unreachable(Again):
    """No connection to the site."""


def ask(client: HttpClient, call: Call) -> Mapping[str, Any]:
    """The answer to `call`, which holds what the call needs. Never for creating a note.

    Raises `LoginNeeded`, `AccountAtRisk`; after some tries `RetryLater` when the site cannot be
    reached and `Unusable` when its answers are of no use.
    """
    return repeat_or_give_up(lambda: ask_once(client, call))


def repeat_or_give_up(call: Callable[[], T]) -> T:
    """The answer of `call`, tried again as often as its failures are worth. Raises the error for
    giving up then."""
    try:
        return repeat(call)
    except Again as exc:
        raise final_error(exc) from exc


def ask_once(client: HttpClient, call: Call) -> Mapping[str, Any]:
    """As `ask`, without a second try: raises `Again` where one may help."""
    site = client.hosts.label
    try:
        answer = client.call(call)
    except NotSigned as exc:
        raise _not_signed(exc, site) from exc
    except NeverLeft as exc:
        raise Unreachable(f"{site} cannot be reached: {exc}") from exc
    except NoAnswer as exc:
        raise Again(f"{site} did not answer: {exc}") from exc
    kind = classify(answer, call)
    if kind is not AnswerKind.SUCCESS:
        raise problem_of(kind, answer, call, site)
    return answer.envelope or {}


def final_error(last: Again) -> RetryLater:
    """The error for a call that failed once too often."""
    if isinstance(last, Unreachable):
        return RetryLater(
            sentence(last.reason) + ".",
            next="Check the connection, then run the same command; it goes on where it was.",
        )
    return Unusable(
        sentence(last.reason) + ".",
        next=f"Run the same command {_when(last.wait)}; it goes on where it was.",
    )


def _when(wait: float | None) -> str:
    """As people say it. `wait` is in seconds, as the site asked for, whatever that was."""
    if not wait:
        return "later"
    if wait > _TWELVE_HOURS:
        return "tomorrow or later"
    minutes = round(wait / 60) or 1
    if minutes >= 90:
        return f"in {round(minutes / 60)} hours or more"
    return f"in {minutes} minute{'s' if minutes > 1 else ''} or more"


def _not_signed(exc: NotSigned, site: str) -> RetryLater:
    return RetryLater(
        f"A request to {site} could not be signed: {exc}.",
        next="Check the signer, then run the same command; it goes on where it was.",
    )
