"""What a step of a transfer tells, and which notes still go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crossover.accounts.ledger.entry import Entry
from crossover.model.account import Receipt
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan, State

GOES_OUT = {State.READY, State.UPLOADING}
OPEN = {State.STARTED, State.UNKNOWN}
"""It may be on the account: it is looked up, never sent again on a guess."""


class Step(StrEnum):
    """What an outcome tells of."""

    LOOKED_UP = "looked-up"
    UPLOADING = "uploading"
    STARTED = "started"
    SETTLED = "settled"
    KEPT_BACK = "kept-back"  # it cannot be sent as it was planned
    READ_BACK = "read-back"  # of what was posted the site dropped something
    DECLINED = "declined"  # the creator wanted something else


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step of one note, already on disk when it is yielded. `plain_topics` are those of its
    topics that went out, or are about to, as plain text; None before that, and where it is not
    known. `not_taken` are the fields that the site dropped. A note that may be on the account already
    is on `hold` until the creator says."""

    step: Step
    note: Note
    state: State
    reason: str | None = None
    receipt: Receipt | None = None
    plain_topics: tuple[str, ...] | None = None
    not_taken: tuple[str, ...] = ()


def to_send(plan: Plan, entries: Mapping[tuple[str, int], Entry]) -> list[Note]:
    """The notes that still go out, in the order of the plan: planned to move, and not settled or
    unclear."""
    return [
        note
        for note in plan.notes
        if note.action is Action.MOVE
        and ((entry := entries.get(note.key)) is None or entry.state in GOES_OUT)
    ]


def never_sent(plan: Plan, entries: Mapping[tuple[str, int], Entry]) -> list[Note]:
    """Those of `to_send` of which no publish call can have left: they have no marker to be looked
    for by, and are compared with what stands on the account."""
    return [
        note
        for note in to_send(plan, entries)
        if (entry := entries.get(note.key)) is None or not entry.markers
    ]
