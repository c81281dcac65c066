"""Splits a post of more pictures than a note takes into several notes, numbered in their titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crossover.limits.limits import Limits
from crossover.mapping.note_files import NoteFiles
from crossover.mapping.titles import number_title
from crossover.model.choices import Edit
from crossover.model.notes import Change, NoteMedia
from crossover.model.posts import MediaKind


@dataclass(frozen=True, slots=True)
class NotePart:
    """What one part of a post carries; `place` is which of how many, `first` and
    `last` count its pictures among all."""

    place: tuple[int, int]
    media: tuple[NoteMedia, ...]
    first: int = 1
    last: int = 1


def split_into_parts(media: tuple[NoteMedia, ...], limits: Limits) -> Iterator[NotePart]:
    """Split the files of a post into parts, one note each, with no more pictures than a note
    takes."""
    pictures = [m for m in media if m.kind is MediaKind.IMAGE]
    count = -(-len(pictures) // limits.images.value)
    if count < 2:
        yield NotePart((1, 1), media)
        return
    # In parts of equal length: 18 and 2 would look like a mistake.
    size, longer = divmod(len(pictures), count)
    start = 0
    for index in range(1, count + 1):
        end = start + size + (index <= longer)
        yield NotePart((index, count), tuple(pictures[start:end]), start + 1, end)
        start = end


def make_part_title(
    title: str, edit: Edit, own: Edit, part: NotePart, files: NoteFiles, limits: Limits
) -> tuple[str, tuple[Change, ...]]:
    """Make the title of one part, and list the changes. A title written for this very part stays as
    it is."""
    index, count = part.place
    why = f"{len(files.media)} pictures; a note takes {limits.images.value}"
    media = Change("media", f"1-{len(files.media)}", f"{part.first}-{part.last}", why)
    if own.title is not None:
        return title, (media,)
    if edit.title is not None:  # the creator's own words are not cut
        numbered = f"{title} ({index}/{count})".strip()
    else:
        numbered = number_title(title, part.place, units=limits.title_units.value)
    return numbered, (Change("title", title, numbered, f"part {index} of {count}"), media)
