"""Finds a note that was just sent among the account's listed notes.

The list holds no descriptions and trails publishing (firm; by how much is open).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from crossover.destinations.codes import NOTE_TYPE, VISIBILITY
from crossover.model.account import Marker, OwnNote
from crossover.model.notes import Note

NOTE_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)


SLACK = timedelta(seconds=120)
"""A note counts as new from this long before the marker: two clocks of a site may differ."""


NEAR = timedelta(minutes=15)
"""A new note this close after the marker, of the same kind and with another title, may be ours
with its words edited by the site: then nothing is certain."""


SIMILAR = 0.85
"""Two titles that share so much of their pairs of letters may be one title, edited (our choice)."""


SHORTEST_CUT = 4
"""Letters that the beginning of a title has at least, to be taken for a title that was cut."""


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


def find_like(notes: Sequence[Note], entries: Iterable[OwnNote]) -> list[OwnNote | None]:
    """Find for each of `notes` one of `entries` that may be it, its words maybe edited by the site.

    An entry with the very title of a note counts for that one alone, so that one of a series does
    not stand for all; but where more entries bear the title than notes do, some were edited.
    """
    by_title: dict[tuple[str, str], dict[str, OwnNote]] = {}
    for entry in entries:
        by_title.setdefault((entry.type, normal(entry.title)), {})[entry.id] = entry
    found: dict[int, OwnNote] = {}
    for (_, title), same in by_title.items():
        entry = next(iter(same.values()))
        like = [place for place, note in enumerate(notes) if is_like(note, entry)]
        exact = [place for place in like if normal(notes[place].title) == title]
        for place in exact if len(same) <= len(exact) else like:
            found.setdefault(place, entry)
    return [found.get(place) for place in range(len(notes))]


def is_like(note: Note, entry: OwnNote) -> bool:
    """Whether `entry` may be `note` as a site shows it, whenever it was sent: of the same kind, and
    with its title, or what a site may have made of that: cut, masked, in other letters. A note
    without a title is shown without one, or by the beginning of its text.

    Another number is another title, as in a series.
    """
    if note.kind is None or entry.type != NOTE_TYPE[note.kind]:
        return False
    shown, ours = _words_of(entry.title), _words_of(note.title or note.description)
    if not shown.title:
        return not normal(note.title)
    if shown.text == ours.text or _is_cut(shown.text, ours.text):
        return True
    if "*" in shown.title and _is_masked(shown.title, normal(note.title)):
        return True
    both = len(shown.pairs) + len(ours.pairs)
    return (
        bool(note.title)
        and shown.numbers == ours.numbers
        and 2 * len(shown.pairs & ours.pairs) >= SIMILAR * both > 0
    )


def _is_cut(shown: str, whole: str) -> bool:
    in_a_number = shown[-1:].isdigit() and whole[len(shown) : len(shown) + 1].isdigit()
    return len(shown) >= SHORTEST_CUT and whole.startswith(shown) and not in_a_number


def _is_masked(shown: str, whole: str) -> bool:
    """Whether the stars in `shown` stand for words of `whole`."""
    pieces = re.split(r"\*+", shown)
    return (
        any(map(str.strip, pieces))
        and re.fullmatch(".+".join(map(re.escape, pieces)), whole) is not None
    )


class _Words(NamedTuple):
    """What is compared of a title: the whole one, its letters and digits, the numbers, the pairs of
    letters."""

    title: str
    text: str
    numbers: tuple[str, ...]
    pairs: frozenset[str]


@lru_cache(maxsize=100_000)
def _words_of(title: str) -> _Words:
    plain = unicodedata.normalize("NFKC", title).casefold()
    # A title of emoji alone is compared as it is.
    text = " ".join(re.findall(r"[^\W_]+", plain)) or normal(plain)
    pairs = frozenset(text[n : n + 2] for n in range(len(text) - 1))
    return _Words(normal(title), text, tuple(re.findall(r"\d+", plain)), pairs)


def normal(text: str) -> str:
    """A title as it is compared: white space folded, accents written one way, case kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())
