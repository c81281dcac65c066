"""Empties the practice account: notes, files and counts go; the port and the log stay."""

from __future__ import annotations

import json
from pathlib import Path

from crossover.rehearsal.profile.page import FILE_NAME as PROFILE
from crossover.rehearsal.server.inspection import MEDIA_NAME
from crossover.rehearsal.server.listener import PORT_FILE, PORT_FORMAT
from crossover.rehearsal.store.disk import MEDIA, sweep_temp
from crossover.rehearsal.store.store import FILE_NAME as STORE
from crossover.rehearsal.upload_host.parts import PART_NAME, PARTS


def is_practice_account(folder: Path) -> bool:
    """Whether a server ever kept an account here; its store may be damaged, or gone already. Raises
    `PermissionError` where that may not be read."""
    try:
        kept = json.loads((folder / PORT_FILE).read_text("utf-8"))
        return bool(kept["format"] == PORT_FORMAT)
    except PermissionError:
        raise
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return False


def empty_account(folder: Path) -> None:
    """Remove what a server made, by name, and nothing else: the folder may have been named by
    mistake. The store goes last: without it no note is left, whatever else is. Only the holder of
    the server's lock may call it."""
    sweep_temp(folder)
    for place, names in ((folder / MEDIA, MEDIA_NAME), (folder / PARTS, PART_NAME)):
        if place.is_dir():
            for path in place.iterdir():
                if names.fullmatch(path.name):
                    path.unlink()
            if not any(place.iterdir()):
                place.rmdir()
    (folder / PROFILE).unlink(missing_ok=True)
    for ending in ("-wal", "-shm", ""):
        (folder / f"{STORE}{ending}").unlink(missing_ok=True)
