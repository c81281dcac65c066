"""What changed of a note since it went out: it stays as it is, and that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.accounts.ledger.entry import Entry
from crossover.model.notes import Note
from crossover.plan.sent import lacks_pictures

_NAMES = {
    "title": "its title",
    "text": "its text",
    "files": "its files",
    "order": "the order of its pictures",
    "cover": "its cover",
}
"""What may have changed since a note went out, as a creator calls it."""


def changed_since(note: Note, entry: Entry | None) -> tuple[str, ...]:
    """Tell what of a note changed since it went out; nothing where it did not, or where its row is
    of a ledger that did not keep it."""
    if entry is None or not entry.may_be_there:
        return ()
    return tuple(_list_changed(note, entry))


def _list_changed(note: Note, entry: Entry) -> Iterator[str]:
    carried = entry.carried
    if note.title != entry.title and (carried or note.part == (1, 1)):
        yield "title"
    if carried is None:
        return
    if note.description != carried.text:
        yield "text"
    before, now = carried.files(entry.part), tuple(file.sha256 for file in note.media)
    if sorted(before) != sorted(now) or lacks_pictures(note):
        yield "files"
    elif before != now:
        yield "order"
    if carried.cover != (note.cover.sha256 if note.cover else None):
        yield "cover"


def name_changes(fields: Sequence[str]) -> str:
    """Name what changed since a note went out, as in `its title and its text`."""
    names = [_NAMES[name] for name in fields]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
