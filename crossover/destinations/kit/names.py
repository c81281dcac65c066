"""Names of folders and files in a pack: of numbers alone, so every system and phone takes them."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from crossover.model.notes import Note

INDEX, NOTE_PAGE, TITLE, TEXT = "index.html", "note.html", "title.txt", "text.txt"
COVER = "cover.jpg"
"""Of a video note; its file is a JPEG."""

_UNFINISHED = ".unfinished-"


def pack_id(made: datetime, taken: frozenset[str]) -> str:
    """Name a pack by its day and minute, in the creator's zone; `taken` are those of the account."""
    name = f"{made:%Y-%m-%d-%H%M}"
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *others) if one not in taken)


def note_folder(place: int, note: Note) -> str:
    """Name the folder of the note at that place of the pack, counted from 1."""
    return f"{place:02}-note-{note.number}"


def media_names(note: Note) -> tuple[str, ...]:
    """Name the files of a note in its order, as in `01.jpg`."""
    endings = (PurePosixPath(media.path).suffix.lower() for media in note.media)
    return tuple(f"{place:02}{ending}" for place, ending in enumerate(endings, 1))


def withdrawn(folder: str) -> str:
    """Name the folder of a note that is not to be posted from there any more."""
    return f"{folder}-do-not-post"


def unfinished(pack: str) -> str:
    """Name the folder in which the pack of that id is written."""
    return _UNFINISHED + pack


def pack_of_unfinished(folder: str) -> str | None:
    """The id of the pack that a folder of that name is to be; None for any other folder."""
    return folder.removeprefix(_UNFINISHED) if folder.startswith(_UNFINISHED) else None
