"""Gives packs that are written their names, and tidies up what a run that died left."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from crossover.destinations.kit.names import pack_of_unfinished, unfinished
from crossover.destinations.kit.pack_file import PackOwner, read_pack_file
from crossover.destinations.kit.withdrawal import withdraw_from
from crossover.errors import UsageProblem
from crossover.storage.atomic import sync_folder
from crossover.storage.os_errors import explain_os_error


@dataclass(frozen=True, slots=True)
class FinishedPacks:
    """What became of packs of a run that died: the folders of those that can be seen now, and the ids
    of those that were damaged before anybody saw them, and are gone."""

    shown: tuple[Path, ...] = ()
    lost: tuple[str, ...] = ()


def packs_in(kit: Path) -> frozenset[str]:
    """The names of packs that are taken in that folder, also by those of other accounts."""
    try:
        names = [one.name for one in kit.iterdir()] if kit.is_dir() else []
    except OSError as exc:
        raise explain_os_error(exc, kit) from exc
    return frozenset(pack_of_unfinished(name) or name for name in names)


def show_pack(kit: Path, pack: str) -> Path:
    """Give the finished pack its name, and return its folder. Repeatable. Raises a `CrossoverError`
    where the disk does not let it, or something of that name is there."""
    folder, hidden = kit / pack, kit / unfinished(pack)
    try:
        if hidden.exists():
            if folder.exists():
                raise UsageProblem(
                    f"{folder} is there already, and a pack is to get that name.",
                    next="Move it elsewhere or rename it, then run the same command again.",
                )
            hidden.replace(folder)
            sync_folder(kit)
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    return folder


def finish_packs(
    kit: Path, owner: PackOwner, handed: Mapping[str, Collection[str]]
) -> FinishedPacks:
    """Show the packs of an account that a run which died had entered into the ledger, without the notes
    that were taken back meanwhile, and remove what it had only begun. `handed` has the ids of the notes
    that are handed over in each pack. A pack of another account is left to its own next run. Raises like
    `show_pack`."""
    shown, lost = [], []
    try:
        for folder in sorted(kit.iterdir()) if kit.is_dir() else []:
            pack = pack_of_unfinished(folder.name)
            if pack is None:
                continue
            if folder.is_symlink() or not folder.is_dir():
                folder.unlink()
                continue
            document, waiting = read_pack_file(folder), {*handed.get(pack, ())}
            if document and document.owner != owner:
                continue
            over = {note.id for note in document.notes} - waiting if document else set()
            if document and len(over) < len(document.notes):
                withdraw_from(folder, document, over)
                shown.append(show_pack(kit, pack))
                continue
            shutil.rmtree(folder)
            if waiting:
                lost.append(pack)
    except OSError as exc:
        raise explain_os_error(exc, kit) from exc
    return FinishedPacks(tuple(shown), tuple(lost))
