"""Finds a note that was just sent among the account's listed notes.

The list holds no descriptions and trails publishing (firm; by how much is open).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crossover.destinations.codes import NOTE_TYPE, VISIBILITY
from crossover.model.account import Marker
from crossover.model.notes import Note

NOTE_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)


SLACK = timedelta(seconds=120)
"""A note counts as new from this long before the marker: two clocks of a site may differ."""


NEAR = timedelta(minutes=15)
"""A new note this close after the marker, of the same kind and with another title, may be ours
with its words edited by the site: then nothing is certain."""


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of the list. `time` and `permission` are None when the list does not say."""

    id: str
    title: str
    type: str
    time: datetime | None
    permission: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """The one note of the list that is the note sent."""

    note: OwnNote
    how: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something is there, and cannot be told apart."""

    reason: str


def all_marked(listed: Sequence[OwnNote], since: Marker) -> bool:
    """Whether all notes of a page were there at the marker; what follows is older still."""
    return bool(listed) and all(entry.id in since.note_ids for entry in listed)


def newer(listed: Sequence[OwnNote], since: Marker) -> Iterator[OwnNote]:
    """The notes that may have come after the marker.

    The order of the list tells, not the time alone: the site's clock may have been set back in
    between. Only below the notes of the marker a time from before it means an old note.
    """
    marked = [place for place, entry in enumerate(listed) if entry.id in since.note_ids]
    lowest = marked[-1] if marked else len(listed)
    for place, entry in enumerate(listed):
        if entry.id not in since.note_ids and (place < lowest or not _looks_older(entry, since)):
            yield entry


def _looks_older(entry: OwnNote, since: Marker) -> bool:
    return entry.time is not None and entry.time < since.server_time - SLACK


def recognise(
    note: Note, since: Marker, listed: Sequence[OwnNote], taken: frozenset[str]
) -> Match | Doubt | None:
    """Find `note`, sent just after `since`, among the listed notes. None: certainly not there.

    It is one that was not there before, belongs to no other post, is of the same kind, and bears
    the same title. A note without a title is known by kind and time alone. Whatever else is new
    and could be it is a doubt, never a no.
    """
    if note.kind is None:
        return Doubt("the note has no kind to be recognised by")
    new_notes = {
        entry.id: entry
        for entry in newer(listed, since)
        if entry.id not in taken and entry.type == NOTE_TYPE[note.kind]
    }
    matching = [entry for entry in new_notes.values() if _matches(note, since, entry)]
    if len(matching) > 1:
        return Doubt(f"{len(matching)} new notes on the account look like this one")
    if matching:
        return _confirmed(note, since, matching[0])
    similar = [entry for entry in new_notes.values() if _is_near(entry, since)]
    if similar:
        return Doubt("there is a new note on the account of the same kind, with another title")
    return None


def _matches(note: Note, since: Marker, entry: OwnNote) -> bool:
    if normal(note.title):
        return normal(entry.title) == normal(note.title)
    shown = normal(entry.title).rstrip("…. ")
    wordless = not shown or normal(note.description).startswith(shown)
    return _is_near(entry, since) and wordless


def _is_near(entry: OwnNote, since: Marker) -> bool:
    return entry.time is None or entry.time <= since.server_time + NEAR


def _confirmed(note: Note, since: Marker, entry: OwnNote) -> Match | Doubt:
    if entry.time is None:
        return Doubt("a note with this title is there, and the list does not say since when")
    if _looks_older(entry, since):
        return Doubt("a note with this title is there, with a time from before it was sent")
    if entry.permission is not None and entry.permission != VISIBILITY[note.visibility]:
        return Doubt("a note with this title is there, and others may see it than was planned")
    same = "same title" if normal(note.title) else "a note without a title, of the same kind"
    seconds = round((entry.time - since.server_time).total_seconds())
    when = f"{seconds} s after" if seconds >= 0 else f"{-seconds} s before"
    return Match(entry, f"found in the own-notes list: {same}, posted {when} the attempt began")


def normal(text: str) -> str:
    """A title as it is compared: white space folded, accents written one way, case kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())
