"""A pack as one file, to send to a phone or to keep."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from crossover.storage.atomic import sync_folder, temp_beside
from crossover.storage.os_errors import explain_os_error

_TEXT = {".html", ".txt", ".json"}


def zip_of(folder: Path) -> Path:
    """Where the zip of the pack in `folder` lies."""
    return folder.with_name(f"{folder.name}.zip")


def zip_pack(folder: Path) -> Path:
    """Write the pack in `folder` into a zip beside it, there whole or not at all, and return that.
    Media is stored as it is. Raises a `CrossoverError` where the disk does not take it."""
    target = zip_of(folder)
    temp = temp_beside(target)
    try:
        with zipfile.ZipFile(temp, "x", zipfile.ZIP_STORED, strict_timestamps=False) as made:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                    how = zipfile.ZIP_DEFLATED if path.suffix in _TEXT else zipfile.ZIP_STORED
                    made.write(path, name, compress_type=how)
        temp.chmod(0o600)
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        temp.replace(target)
        sync_folder(target.parent)
    except OSError as exc:
        raise explain_os_error(exc, target) from exc
    finally:
        temp.unlink(missing_ok=True)
    return target
