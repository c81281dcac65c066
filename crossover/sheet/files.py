"""The `file` column: the creator's own files of a post, by the names in its cell."""

from __future__ import annotations

from pathlib import Path

import regex

from crossover.files import explain_os_error
from crossover.media.match import media_kind
from crossover.model import Kind, MediaKind

_BETWEEN_FILES = regex.compile(r"\s*[;\n]\s*")


def files_of(cell: str, kind: Kind | None, folder: Path) -> tuple[Path, ...]:
    """The files that a cell names for a post of this kind: one video, or pictures in order with `;`
    between them.

    Names are relative to `folder`, where the sheet is. Raises `ValueError` with what is wrong.
    """
    whole = _path(cell, folder)
    names = [cell] if _is_file(whole) else [name for name in _BETWEEN_FILES.split(cell) if name]
    paths = tuple(_path(name, folder) for name in names)
    for path in paths:
        _check(path, folder)
    kinds = [media_kind(path) for path in paths]
    if MediaKind.VIDEO in kinds and len(paths) > 1:
        raise ValueError("a post has one video, or pictures")
    found = Kind.VIDEO if MediaKind.VIDEO in kinds else Kind.PHOTOS
    if kind not in (None, found):
        what = "videos" if found is Kind.VIDEO else "pictures"
        raise ValueError(f"the post's kind is {kind}, so it takes no {what}")
    return paths


def _path(name: str, folder: Path) -> Path:
    # Windows copies paths with quotes around them.
    path = Path(name.strip().strip('"'))
    try:
        return folder / path.expanduser()
    except RuntimeError:  # `~somebody` whom this computer does not know
        return folder / path


def _check(path: Path, folder: Path) -> None:
    if not _is_file(path):
        beside = " beside the sheet" if path.parent == folder else ""
        raise ValueError(f"there is no file {path}{beside}")
    if media_kind(path) is None:
        raise ValueError(f"{path.name} is neither a video nor a picture")
    if not path.stat().st_size:
        raise ValueError(f"{path.name} is empty; if it lies in a cloud, download it first")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as exc:
        raise ValueError(explain_os_error(exc, path).message) from exc
    except ValueError:  # a name that no file can have
        return False
