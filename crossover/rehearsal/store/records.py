"""The values that the stand-in stores: slots for uploads, files, notes, the practice account."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

# RedNote's numbers for who may see a note, and the word for each.
VISIBILITY = {0: "public", 1: "only-me", 4: "friends"}


@dataclass(frozen=True, slots=True)
class Account:
    user_id: str
    nickname: str
    red_num: str


PRACTICE = Account(
    user_id="5e7a1c000000000000c0ffee", nickname="Practice account", red_num="9000000001"
)


SOMEBODY = Account(
    user_id="5e7a1c000000000000facade", nickname="Somebody else", red_num="9000000002"
)


@dataclass(frozen=True, slots=True)
class File:
    """One received file. `kind` is a media type found by looking inside; `name` is the file in
    `media/`, or None when only its hash was kept."""

    sha256: str
    size: int
    kind: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to upload one file to, given with a permit. `expires` is in milliseconds."""

    file_id: str
    token: str
    scene: str
    expires: int
    file: File | None = None
    note_id: str | None = None


FRAME = "frame"  # the scene of a place that RedNote fills itself, with a video's first frame


def first_frame_id(file_id: str) -> str:
    """Make the id of the file that holds the first frame of the video uploaded as `file_id`."""
    return f"spectrum/{hashlib.sha256(f'frame of {file_id}'.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Part:
    """A received part of an upload. `name` is its file in `parts/`."""

    number: int
    etag: str
    size: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """The content of a note. `schedule` is in milliseconds, None for at once."""

    type: str
    title: str
    desc: str
    topics: tuple[str, ...]
    privacy: int
    schedule: int | None
    media: tuple[File, ...]
    cover: File | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote(NoteContent):
    """A note that passed every rule, not stored yet."""

    file_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(NoteContent):
    """A note in the store. `time` is when it was created (milliseconds); `declaration` is a word of
    `options`, `original` whether it is claimed as original work."""

    id: str
    time: int
    declaration: str = "none"
    original: bool = False

    @property
    def visibility(self) -> str:
        return VISIBILITY[self.privacy]
