"""Which notes are open, and which notes on the account they may be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.destinations.base import NotThese
from crossover.destinations.codes import NOTE_TYPE
from crossover.destinations.own_notes.recognise import find_like, newer
from crossover.model.account import OwnNote
from crossover.model.notes import Note, Plan, State

MOST_CANDIDATES = 6


class OpenKind(StrEnum):
    """Why a note is open: the creator posts it by hand, and its link is awaited; it was sent, and
    what became of it is unclear; or it was never sent, and a note like it stood there already."""

    HANDED = "handed"
    UNCLEAR = "unclear"
    KEPT_BACK = "kept-back"


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note that only the creator can settle, if looking does not. `note` is as it was sent."""

    note: Note
    entry: Entry
    kind: OpenKind

    @property
    def is_draft(self) -> bool:
        """Whether it lies among the site's drafts, for the creator to publish."""
        return self.kind is OpenKind.HANDED and self.entry.pack is None


def open_kind(entry: Entry | None) -> OpenKind | None:
    """Why the note of that row is open, None where it is not."""
    match entry:
        case Entry(state=State.HANDED):
            return OpenKind.HANDED
        case Entry(state=State.STARTED):
            return OpenKind.UNCLEAR
        case Entry(state=State.UNKNOWN):
            return OpenKind.UNCLEAR if entry.markers else OpenKind.KEPT_BACK
        case _:
            return None


def find_open(
    plan: Plan, rows: Iterable[Entry], keys: Collection[tuple[str, int]] = ()
) -> list[OpenNote]:
    """Find the open notes in the order of the plan, those of `keys` where any are named. Parts that
    went out and are planned no more are among them."""
    notes = {note.key: note for note in plan.notes}
    by_post = {note.post: note for note in reversed(plan.notes)}
    places = {note.post: place for place, note in enumerate(plan.notes)}
    found = []
    for entry in rows:
        key = entry.post, entry.part
        kind, known = open_kind(entry), notes.get(key) or by_post.get(entry.post)
        if kind and known and (not keys or key in keys):
            found.append(OpenNote(entry.as_sent(known), entry, kind))
    return sorted(found, key=lambda one: (places[one.note.post], one.note.part[0]))


def find_candidates(
    one: OpenNote, listed: Sequence[ListedNote], taken: Collection[str], others: NotThese
) -> tuple[ListedNote, ...]:
    """Find which of the listed notes may be this one: those like it first, then, of a note that was
    sent or left as a draft, others of its kind that came after it. Not those of other posts, nor those that the creator
    said are not it."""
    denied = others.get(one.note.key, frozenset())
    free = [note for note in listed if note.note_id not in taken and note.note_id not in denied]
    own = {note.note_id: _as_own(note, one.note) for note in free}
    like = [note for note in free if find_like([one.note], [own[note.note_id]]) != [None]]
    if one.entry.markers and (one.kind is OpenKind.UNCLEAR or one.is_draft):
        oldest = one.entry.markers[-1]
        fresh = {note.id for note in newer(list(own.values()), oldest)}
        kind = NOTE_TYPE[one.note.kind] if one.note.kind else None
        like += [
            note
            for note in free
            if note not in like and note.note_id in fresh and note.type in (kind, None)
        ]
    return tuple(like[:MOST_CANDIDATES])


def _as_own(note: ListedNote, like: Note) -> OwnNote:
    kind = note.type or (NOTE_TYPE[like.kind] if like.kind else "")
    return OwnNote(note.note_id, note.title, kind, note.time, note.permission)
