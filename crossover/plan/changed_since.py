"""What was sent of a note and what is planned now, where that differs: what is on the account stays
as it is, and that is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crossover.accounts.ledger.entry import Entry
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.plan.sent import lacks_pictures
from crossover.text import title_units

_NAMES = {
    "title": "its title",
    "text": "its text",
    "visibility": "its visibility",
    "files": "its files",
    "order": "the order of its pictures",
    "cover": "its cover",
}
"""What may have changed since a note went out, as a creator calls it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of a note that changed since it was sent: what it was then and is now. Of files it
    is how many, of their order and of a cover nothing."""

    field: str
    sent: str | None = None
    planned: str | None = None


def changed_since(note: Note, entry: Entry | None) -> tuple[Difference, ...]:
    """Tell what of a note changed since it was sent; nothing where it did not, or where its row is
    of a ledger that did not keep it."""
    if entry is None or not entry.tells_attempt:
        return ()
    return tuple(_list_changed(note, entry))


def _list_changed(note: Note, entry: Entry) -> Iterator[Difference]:
    carried = entry.carried
    if note.title != entry.title:
        yield Difference("title", entry.title, note.title)
    if carried and note.description != carried.text:
        yield Difference("text", carried.text, note.description)
    if note.visibility is not (entry.planned_visibility or entry.visibility):
        yield Difference("visibility", entry.visibility, note.visibility)
    if carried is None:
        return
    before, now = carried.files(entry.part), tuple(file.sha256 for file in note.media)
    if sorted(before) != sorted(now) or lacks_pictures(note):
        yield Difference("files", _count(before), _count(now))
    elif before != now:
        yield Difference("order")
    if carried.cover != (note.cover.sha256 if note.cover else None):
        yield Difference("cover")


def as_sent(note: Note, differences: Iterable[Difference]) -> Note:
    """Return the note with the words and the visibility that it was sent with; its files stay those
    that are here."""
    sent = {one.field: one.sent for one in differences if one.sent is not None}
    if not sent:
        return note
    title, text = sent.get("title", note.title), sent.get("text")
    if text is not None:  # which of its words were topics is not kept
        note = replace(note, body=text, topics=(), description=text)
    return replace(
        note,
        title=title,
        title_units=title_units(title),
        visibility=Visibility(sent.get("visibility", note.visibility)),
    )


def _count(files: Sequence[str]) -> str:
    return "1 file" if len(files) == 1 else f"{len(files)} files"


def name_changes(fields: Sequence[str]) -> str:
    """Name what changed since a note went out, as in `its title and its text`."""
    names = [_NAMES[name] for name in fields]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
