"""Whose post a row is about: two TikTok accounts may post in the same second.

Where a handle is unknown (in an old ledger, of an export without a profile) a row may be of any
account. It then counts for a post that shares a file with it, and for every post where what either
carried is not known: so nothing goes out twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from crossover.accounts.ledger.entry import Entry
from crossover.model.notes import Note, State

UNKNOWN = ""
"""In place of a handle that is not known."""

PostFiles = Mapping[str, Collection[str]]
"""The sha256 of the files that would be sent, by the id of the post."""

NO_FILES: PostFiles = MappingProxyType({})

_ADVANCE = list(State)


def ledger_handle(handle: str | None) -> str:
    """Write a handle as the ledger keeps it: TikTok tells none apart by their case."""
    return (handle or UNKNOWN).casefold()


def files_by_post(notes: Iterable[Note]) -> PostFiles:
    """Collect the files of planned notes, as they are and as they went out."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for note in notes:
        for media in note.media:
            files[note.post].update((media.sha256, *media.sent_as))
    return files


def rows_of(
    handle: str, entries: Iterable[Entry], files: PostFiles
) -> dict[tuple[str, int], Entry]:
    """Choose the row of each note of a TikTok account, by `Note.key`. Its very own row comes first,
    then the one that came furthest."""
    return {
        (entry.post, entry.part): entry
        for entry in sorted(entries, key=lambda e: (e.handle == handle, _ADVANCE.index(e.state)))
        if not is_of_another(handle, entry, files)
    }


def is_of_another(handle: str, entry: Entry, files: PostFiles) -> bool:
    """Whether that row is about a post of another TikTok account."""
    if handle == entry.handle:
        return False
    if UNKNOWN not in (handle, entry.handle):
        return True
    ours = files.get(entry.post)
    return bool(ours and entry.carried and not shares_file(ours, entry))


def shares_file(files: Collection[str], entry: Entry) -> bool:
    """Whether the post of that row, as it was cut then, had one of these files."""
    cut = entry.carried.cut if entry.carried else ()
    return any(sha256 in files for part in cut for sha256 in part)
