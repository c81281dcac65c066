"""From which state a note may come into which: the one table, for every destination.

`posted`, `failed` and `handed` are left only when the creator says so: by an answer to `resolve`, or
by asking for a new attempt with `again`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from crossover.errors import LedgerError
from crossover.model.notes import State


class By(StrEnum):
    """Who brings a note into another state: a run, or the creator's own word."""

    RUN = "run"
    CREATOR = "creator"


_SENT = frozenset({State.STARTED, State.HANDED})
_WAITS = frozenset({State.READY, State.UPLOADING, State.UNKNOWN})

TRANSITIONS: Mapping[State | None, frozenset[State]] = {
    None: _WAITS | _SENT | {State.FAILED, State.POSTED},
    State.READY: _WAITS | _SENT | {State.FAILED, State.POSTED},
    State.UPLOADING: _WAITS | _SENT | {State.FAILED, State.POSTED},
    State.STARTED: _WAITS - {State.UPLOADING}
    | {State.STARTED, State.FAILED, State.HANDED, State.POSTED},
    State.UNKNOWN: _WAITS - {State.UPLOADING} | {State.STARTED, State.FAILED, State.POSTED},
    State.FAILED: frozenset(),
    State.HANDED: frozenset(),
    State.POSTED: frozenset(),
}
"""What a run may do. None: the ledger has no row of the note. A note that was refused, handed over
or posted stays so, whatever a run sees."""

BY_CREATOR: Mapping[State | None, frozenset[State]] = {
    None: frozenset({State.POSTED, State.UNKNOWN}),
    State.READY: frozenset({State.POSTED, State.UNKNOWN, State.READY}),
    State.UPLOADING: frozenset({State.POSTED, State.READY}),
    State.STARTED: frozenset({State.POSTED, State.READY, State.UNKNOWN, State.FAILED}),
    State.UNKNOWN: frozenset({State.POSTED, State.READY, State.UNKNOWN, State.FAILED}),
    State.FAILED: frozenset({State.POSTED, State.READY}),
    State.HANDED: frozenset({State.POSTED, State.READY, State.UNKNOWN, State.FAILED}),
    State.POSTED: frozenset({State.POSTED, State.READY}),
}
"""What the creator's word may do: give a link, also in place of a wrong one; say that a note is not
there; ask for a new attempt."""

_TABLES = {By.RUN: TRANSITIONS, By.CREATOR: BY_CREATOR}


def is_allowed(before: State | None, after: State, by: By) -> bool:
    """Whether a note in the state `before` may come into `after`."""
    return after in _TABLES[by][before]


def check_transition(number: str, before: State | None, after: State, by: By) -> None:
    """Raise `LedgerError` where the note of that number may not come from `before` into `after`."""
    if is_allowed(before, after, by):
        return
    if before is State.POSTED:
        raise LedgerError(f"Note {number} is posted already; its row is final.")
    raise LedgerError(f"Note {number} is {before or 'new'}; it cannot become {after}.")
