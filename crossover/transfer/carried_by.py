"""What a note carries at its publish call, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crossover.accounts.ledger.entry import Entry
from crossover.model.carried import Carried
from crossover.model.notes import Note
from crossover.plan.sent import may_be_there


def carried_by(
    note: Note, notes: Iterable[Note], row: Callable[[tuple[str, int]], Entry | None]
) -> Carried:
    """Tell what `note` carries. `notes` has every part of its post, maybe others; `row` reads the
    row of one: a part that may be on the account counts as it was sent."""
    parts = sorted((n for n in notes if n.post == note.post), key=lambda n: n.part[0])
    return Carried(
        text=note.description,
        cover=note.cover.sha256 if note.cover else None,
        cut=tuple(_files(n, None if n is note else row(n.key)) for n in parts),
    )


def _files(note: Note, entry: Entry | None) -> tuple[str, ...]:
    if entry and entry.carried and may_be_there(entry):
        return entry.carried.files(entry.part)
    return tuple(media.sha256 for media in note.media)
