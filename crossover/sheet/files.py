"""Finds the creator's own files of a post by the names in its cell of the `file` column."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import regex

from crossover.media.containers.probe import what_is_wrong
from crossover.media.files.file_names import media_kind, why_unmoved
from crossover.model.posts import Kind, MediaKind
from crossover.text import cut, one_line

_BETWEEN_FILES = regex.compile(r"\s*[;\n]\s*")
_LINK = regex.compile(r"[a-z][a-z0-9+.-]+:/", regex.IGNORECASE)
_LETTERS = 60


def find_named_files(
    cell: str, kind: Kind | None, folder: Path, own: Mapping[str, Path]
) -> tuple[Path, ...]:
    """Find the files that a cell names for a post of this kind: one video, or pictures in order
    with `;` between them.

    Names are relative to `folder`, where the sheet is; `own` are the files that the post has, by
    the names that its cell had for them. Raises `ValueError` with what is wrong.
    """
    if _LINK.match(cell):
        raise ValueError("that is a link, not a file of yours")
    one = _is_file(_resolve(cell, folder))
    names = [cell] if one else [name for name in _BETWEEN_FILES.split(cell) if name]
    if not names:
        raise ValueError("it names no file")
    paths = tuple(_find_file(name, folder, own) for name in names)
    if twice := [name for name, path in zip(names, paths, strict=True) if paths.count(path) > 1]:
        raise ValueError(f"{_shorten(twice[0])} stands there twice")
    kinds = [media_kind(path) for path in paths]
    if MediaKind.VIDEO in kinds and len(paths) > 1:
        raise ValueError("a post has one video, or pictures")
    found = Kind.VIDEO if MediaKind.VIDEO in kinds else Kind.PHOTOS
    if kind not in (None, found):
        what = "videos" if found is Kind.VIDEO else "pictures"
        raise ValueError(f"the post's kind is {kind}, so it takes no {what}")
    return paths


def _find_file(name: str, folder: Path, own: Mapping[str, Path]) -> Path:
    path = _resolve(name, folder)
    if not _is_file(path):
        path = own.get(name, path)
    if not _is_file(path):
        if os.path.isdir(path):  # noqa: PTH112
            raise ValueError(f"{_shorten(name)} is a folder, not a file")
        where = " beside the sheet" if path.parent == folder else ""
        between = "; between several files stands `;`" if "," in name else ""
        raise ValueError(f"there is no file {_shorten(name)}{where}{between}")
    if why := why_unmoved(path):
        raise ValueError(f"{_shorten(name)} cannot be used: {why}")
    if media_kind(path) is None:
        raise ValueError(f"{_shorten(name)} is neither a video nor a picture")
    if wrong := what_is_wrong(path):
        raise ValueError(f"{_shorten(name)} is {wrong}")
    return path


def _shorten(name: str) -> str:
    return cut(one_line(name), _LETTERS, len)


def _resolve(name: str, folder: Path) -> Path:
    # Windows copies paths with quotes around them.
    path = Path(name.strip().strip('"'))
    try:
        return folder / path.expanduser()
    except RuntimeError:  # `~somebody` whom this computer does not know
        return folder / path


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113  no name makes it raise
