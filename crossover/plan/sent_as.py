"""Files that went out as another result of the same source: an update of crossover, or a rule, makes
them otherwise now. They are the same files, so nothing of them is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crossover.accounts.ledger.entry import Entry
from crossover.media.fit.origins import Origins
from crossover.model.notes import Note, NoteMedia

FilesNow = Mapping[str, str]
"""The sha256 that a file is sent with now, by that with which it went out."""


def find_files_now(rows: Iterable[Entry], origins: Origins, now: Mapping[str, str]) -> FilesNow:
    """Find the files of these rows that are made otherwise now; `now` is what each source is sent
    as."""
    planned = set(now.values())
    sent = {sha for row in rows if row.carried for part in row.carried.cut for sha in part}
    return {
        sha256: now[source] for sha256 in sent - planned if (source := origins.of(sha256)) in now
    }


def files_now_of(notes: Iterable[Note]) -> FilesNow:
    """Find the same in a plan."""
    return {sha: file.sha256 for note in notes for file in note.media for sha in file.sent_as}


def as_made_now(entry: Entry, files: FilesNow) -> Entry:
    """The row, as if its files had gone out as they are made now."""
    if not files or entry.carried is None:
        return entry
    cut = tuple(tuple(files.get(sha, sha) for sha in part) for part in entry.carried.cut)
    return replace(entry, carried=replace(entry.carried, cut=cut))


def tell_sent_as(notes: Iterable[Note], files: FilesNow) -> tuple[Note, ...]:
    """Say of each file of the notes as what it went out."""
    if not files:
        return tuple(notes)
    before = defaultdict[str, list[str]](list)
    for sha256, now in sorted(files.items()):
        before[now].append(sha256)

    def told(file: NoteMedia) -> NoteMedia:
        return replace(file, sent_as=tuple(before[file.sha256])) if file.sha256 in before else file

    return tuple(
        replace(note, media=tuple(map(told, note.media)))
        if any(file.sha256 in before for file in note.media)
        else note
        for note in notes
    )
