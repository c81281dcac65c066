"""pack.json: what a pack holds, so that it can be checked and written again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.model.account import SiteName
from crossover.model.packs import Pack
from crossover.model.posts import Visibility
from crossover.storage.documents import read_document, write_document

NAME = "pack.json"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a pack: its path in the pack, with `/`, its sha256 and its length in bytes."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note of a pack: as it is called, when it goes out, and who may see it then."""

    id: str
    number: str
    folder: str
    due: datetime
    scheduled: bool
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class PackDocument:
    """What pack.json says. `files` are all files of the pack but pack.json itself."""

    id: str
    site: SiteName
    account: str
    made: datetime
    notes: tuple[PackedNote, ...]
    files: tuple[PackedFile, ...]


def write_pack_file(pack: Pack, files: Iterable[PackedFile], folder: Path) -> None:
    """Write pack.json of the pack that lies in `folder` and has these files. Raises like
    `write_document`."""
    notes = tuple(
        PackedNote(one.note.id, one.note.number, one.folder, one.due, one.scheduled, one.visibility)
        for one in pack.notes
    )
    document = PackDocument(pack.id, pack.site, pack.account, pack.made, notes, tuple(files))
    write_document(folder / NAME, "pack", 1, document)


def read_pack_file(folder: Path) -> PackDocument:
    """Read pack.json of the pack in `folder`. Raises `CrossoverError` where it is damaged or of a
    newer version."""
    return read_document(folder / NAME, "pack", 1, PackDocument)
