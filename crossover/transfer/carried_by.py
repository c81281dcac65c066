"""What a note carries at its publish call, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossover.accounts.ledger.entry import Entry
from crossover.model.carried import Carried
from crossover.model.notes import Note
from crossover.model.results import Prepared


def carried_by(
    prepared: Prepared, parts: Sequence[Note], entries: Mapping[tuple[str, int], Entry]
) -> Carried:
    """Tell what a note carries, one of the planned `parts` of a post with these rows. A part that
    may be on the account counts as it was sent."""
    note = prepared.note
    files = {n.part[0]: _files(n, None if n.key == note.key else entries.get(n.key)) for n in parts}
    return Carried(
        text=note.description,
        cover=note.cover.sha256 if note.cover else None,
        # A number may be free: of pictures that came later, and were taken away again.
        cut=tuple(files.get(part, ()) for part in range(1, note.part[1] + 1)),
        plain_topics=prepared.plain_topics,
    )


def _files(note: Note, entry: Entry | None) -> tuple[str, ...]:
    if entry and entry.carried and entry.may_be_there:
        return entry.carried.files(entry.part)
    return tuple(media.sha256 for media in note.media)
