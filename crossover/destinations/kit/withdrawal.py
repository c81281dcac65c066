"""Takes notes out of a pack that was written: they go out by another way, and posted from both they
would be there twice.

The folder of the note stays, under a name that says so, and the pages say so in its place. pack.json is
written last: whatever happens before, the same call goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from crossover.destinations.kit.names import INDEX, NOTE_PAGE, withdrawn
from crossover.destinations.kit.pack_file import (
    PackDocument,
    PackedFile,
    PackedNote,
    PackOwner,
    find_packs,
    write_pack_document,
)
from crossover.destinations.kit.page.withdrawn import without_note
from crossover.destinations.kit.zip_file import zip_of, zip_pack
from crossover.storage.atomic import sync_folder, write_atomic
from crossover.storage.os_errors import explain_os_error


def withdraw_notes(kit: Path, pack: str, owner: PackOwner, ids: Collection[str]) -> bool:
    """Take the notes of these ids out of the pack of that id, under whatever name it lies in `kit`, and
    out of the zip beside it. False where it does not lie there. Repeatable. Raises a `CrossoverError`
    where the disk does not let it."""
    found = [(f, d) for f, d in find_packs(kit) if d.id == pack and d.owner == owner]
    for folder, document in found:
        withdraw_from(folder, document, ids)
    return bool(found)


def withdraw_from(folder: Path, document: PackDocument, ids: Collection[str]) -> None:
    """As `withdraw_notes`, from the pack in that folder."""
    gone = [note for note in document.notes if note.id in ids]
    if not gone:
        return
    try:
        zipped = zip_of(folder)
        was_zipped = zipped.exists()
        zipped.unlink(missing_ok=True)
        left = tuple(note for note in document.notes if note not in gone)
        for note in gone:
            _withdraw(folder, note, len(left))
        sync_folder(folder)
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    inside = tuple(f"{note.folder}/" for note in gone)
    files = [file for file in document.files if not file.path.startswith(inside)]
    files = [_as_it_is(folder, file) if file.path == INDEX else file for file in files]
    write_pack_document(replace(document, notes=left, files=tuple(files)), folder)
    if was_zipped:
        zip_pack(folder)


def _withdraw(folder: Path, note: PackedNote, left: int) -> None:
    _say_on(folder / INDEX, note.number, left)
    before, after = folder / note.folder, folder / withdrawn(note.folder)
    if before.is_dir():
        before.replace(after)
    _say_on(after / NOTE_PAGE, note.number, 0)


def _say_on(page: Path, number: str, left: int) -> None:
    """Say it on a page, where that is there: the creator may have removed or changed it."""
    if page.is_file():
        html = page.read_text("utf-8", errors="replace")
        write_atomic(page, without_note(html, number, left).encode())


def _as_it_is(folder: Path, file: PackedFile) -> PackedFile:
    path = folder / file.path
    if not path.is_file():
        return file
    data = path.read_bytes()
    return PackedFile(file.path, hashlib.sha256(data).hexdigest(), len(data))
