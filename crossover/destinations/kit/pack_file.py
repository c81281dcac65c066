"""pack.json: what a pack holds, so that it can be checked and written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.model.account import SiteName
from crossover.model.packs import Pack
from crossover.model.posts import Visibility
from crossover.storage.documents import decode_document, read_bytes, write_document
from crossover.storage.os_errors import explain_os_error

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


PackOwner = tuple[SiteName, str]
"""The account that a pack is for: its site and its name."""


@dataclass(frozen=True, slots=True)
class PackDocument:
    """What pack.json says. `files` are all files of the pack but pack.json itself."""

    id: str
    site: SiteName
    account: str
    made: datetime
    notes: tuple[PackedNote, ...]
    files: tuple[PackedFile, ...]

    @property
    def owner(self) -> PackOwner:
        return self.site, self.account


def write_pack_file(pack: Pack, files: Iterable[PackedFile], folder: Path) -> None:
    """Write pack.json of the pack that lies in `folder` and has these files. Raises like
    `write_document`."""
    notes = tuple(
        PackedNote(one.note.id, one.note.number, one.folder, one.due, one.scheduled, one.visibility)
        for one in pack.notes
    )
    document = PackDocument(pack.id, pack.site, pack.account, pack.made, notes, tuple(files))
    write_pack_document(document, folder)


def write_pack_document(document: PackDocument, folder: Path) -> None:
    """Write pack.json of the pack that lies in `folder`. Raises like `write_document`."""
    write_document(folder / NAME, "pack", 1, document)


def read_pack_file(folder: Path) -> PackDocument | None:
    """Read pack.json of the pack in `folder`: None where there is none, or one that cannot be read as
    such. Raises a `CrossoverError` where the disk does not let it."""
    path = folder / NAME
    if not path.is_file():
        return None
    data = read_bytes(path)
    with suppress(CrossoverError):
        return decode_document(path, data, "pack", 1, PackDocument)
    return None


def find_packs(kit: Path) -> Iterator[tuple[Path, PackDocument]]:
    """Yield the folders of packs in `kit` with what pack.json says, hidden ones too, whatever they are
    called. Raises a `CrossoverError` where the disk does not let it."""
    try:
        folders = sorted(one for one in kit.iterdir() if one.is_dir()) if kit.is_dir() else []
        for folder in folders:
            if document := read_pack_file(folder):
                yield folder, document
    except OSError as exc:
        raise explain_os_error(exc, kit) from exc
