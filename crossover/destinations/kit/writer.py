"""Writes a pack into a folder of its own, which becomes visible once all of it is there.

kit/.unfinished-<id>/    while it is written, and until the ledger knows of it
kit/<id>/                index.html, pack.json, and a folder for each note
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from crossover.destinations.kit.names import (
    INDEX,
    NOTE_PAGE,
    TEXT,
    TITLE,
    unfinished,
)
from crossover.destinations.kit.pack_file import PackedFile, write_pack_file
from crossover.destinations.kit.page.render import render_index, render_note
from crossover.model.notes import Cover, NoteMedia
from crossover.model.packs import Pack, PackNote
from crossover.model.posts import MediaKind
from crossover.storage.atomic import BLOCK, make_private_folder, sync_folder
from crossover.storage.cloning import clone_or_link
from crossover.storage.os_errors import explain_os_error

_BETWEEN = timedelta(seconds=2)
"""Between the times of two files: the least that every disk tells apart."""


def write_unfinished(
    pack: Pack, kit: Path, files: Path, progress: Callable[[int], None] = lambda _: None
) -> Path:
    """Write the whole pack into a hidden folder of `kit`, and return that. The paths of its notes
    are relative to `files`; `progress` hears of bytes that are there.

    Raises `NoteChanged` for the first note with a file that is gone or not the planned one, and a
    `CrossoverError` where the disk does not take it; nothing is left then.
    """
    folder = kit / unfinished(pack.id)
    with _whole_or_gone(folder):
        make_private_folder(folder)
        packed: list[PackedFile] = []
        for one in pack.notes:
            packed += _write_note(pack, one, folder, files, progress)
        packed.append(_write_text(folder, INDEX, render_index(pack)))
        write_pack_file(pack, packed, folder)
        sync_folder(folder)
    return folder


class NoteChanged(Exception):
    """The note of that key (`Note.key`) cannot be handed over as planned; `why` names the file."""

    def __init__(self, one: PackNote, why: str) -> None:
        super().__init__(f"note {one.note.number}: {why}")
        self.key, self.why = one.note.key, why


@contextmanager
def _whole_or_gone(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as exc:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(exc, OSError):
            raise explain_os_error(exc, folder) from exc
        raise


def _write_note(
    pack: Pack, one: PackNote, folder: Path, files: Path, progress: Callable[[int], None]
) -> Iterator[PackedFile]:
    inside = folder / one.folder
    inside.mkdir(mode=0o700)
    planned: list[tuple[str, NoteMedia | Cover]] = list(zip(one.media, one.note.media, strict=True))
    if one.cover and one.note.cover:
        planned.append((one.cover, one.note.cover))
    for place, (name, file) in enumerate(planned):
        source = files / file.path
        taken = one.due + place * _BETWEEN
        is_video = isinstance(file, NoteMedia) and file.kind is MediaKind.VIDEO
        try:
            found = _place(source, inside / name, taken, shared=is_video)
        except FileNotFoundError as exc:
            raise NoteChanged(one, f"{source.name} is gone") from exc
        if found != file.sha256:
            raise NoteChanged(one, f"{source.name} is not the planned one")
        progress(file.bytes)
        yield PackedFile(f"{one.folder}/{name}", found, file.bytes)
    for name, text in (
        (TITLE, one.note.title),
        (TEXT, one.note.description),
        (NOTE_PAGE, render_note(pack, one)),
    ):
        written = _write_text(inside, name, text)
        yield PackedFile(f"{one.folder}/{name}", written.sha256, written.bytes)
    sync_folder(inside)


def _place(source: Path, target: Path, taken: datetime, *, shared: bool) -> str:
    """Put a file there and return its sha256. A picture is a copy that says it was taken at
    `taken`, so that a phone shows the pictures of a note in their order; a `shared` one is not
    copied where the disk can."""
    if shared and clone_or_link(source, target):
        return _sha256(target)
    found = hashlib.sha256()
    with source.open("rb") as read, target.open("xb") as made:
        while block := read.read(BLOCK):
            found.update(block)
            made.write(block)
        made.flush()
        os.fsync(made.fileno())
    os.utime(target, (taken.timestamp(), taken.timestamp()))
    return found.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_text(folder: Path, name: str, text: str) -> PackedFile:
    data = text.encode()
    with (folder / name).open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return PackedFile(name, hashlib.sha256(data).hexdigest(), len(data))
