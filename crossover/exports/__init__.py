"""Reading TikTok's "Download your data": a ZIP, a folder or a bare file → posts.

    open_bundle(path) → the first of READERS that recognises it → Export

Read-only and offline. Only posts and the profile's public name are ever decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from crossover.errors import CrossoverError, ExportError
from crossover.exports.base import Export, ExportReader
from crossover.exports.bundle import Bundle, LeftOut, open_bundle
from crossover.exports.json_layout import JsonReader
from crossover.exports.locate import nothing_known
from crossover.exports.several import newest_of_each
from crossover.exports.summary import Summary, summarise
from crossover.exports.txt_layout import TxtReader
from crossover.model import Post, Unreadable

__all__ = [
    "READERS",
    "Export",
    "ExportReader",
    "Summary",
    "is_export",
    "read_export",
    "read_posts",
    "summarise",
]

READERS: tuple[ExportReader, ...] = (JsonReader(), TxtReader())
"""One per layout family; the first that recognises a bundle reads it."""

_EXPORT_ZIP = re.compile(r"TikTok_Data_([0-9]+).*\.zip", re.IGNORECASE)
_MAX_ZIPS = 20


def read_export(path: Path) -> Export:
    """Everything crossover takes from an export: a ZIP as delivered, the folder it was unpacked
    to, the bare file with the posts (JSON or TXT), or a folder with ZIPs in it (of several, the
    newest of each part).

    Raises `UsageProblem` for a path with nothing at it, `ExportError` for anything that is not an
    export or holds no readable post section. A sound export without posts is a value.
    """
    bundle = open_bundle(path)
    exports: list[Export] = []
    failed: list[tuple[str, ExportError]] = []
    readers = [reader for reader in READERS if reader.recognises(bundle)]
    for name, read in chain(
        ((path.name, partial(reader.read, bundle)) for reader in readers),
        ((inner.name, partial(read_export, inner)) for inner in _zips_in(bundle)),
    ):
        try:
            exports.append(read())
        except ExportError as exc:
            failed.append((name, exc))
    if exports:
        export = newest_of_each(exports)
        left_out = (LeftOut(name, exc.message) for name, exc in failed)
        return replace(export, left_out=(*export.left_out, *left_out))
    raise failed[0][1] if failed else nothing_known(bundle)


def read_posts(path: Path) -> Iterator[Post | Unreadable]:
    """The posts of an export, oldest first, then the records that are none."""
    export = read_export(path)
    yield from export.posts
    yield from export.unreadable


def is_export(path: Path) -> bool:
    """Whether a reader knows what lies at `path`, by names and the beginnings of files; false,
    never an error, for anything else. What it says yes to may still be broken."""
    try:
        bundle = open_bundle(path)
        return any(reader.recognises(bundle) for reader in READERS) or bool(_zips_in(bundle))
    except CrossoverError:
        return False


def _zips_in(bundle: Bundle) -> list[Path]:
    """The `TikTok_Data_<unix seconds>.zip` files in a folder, newest first. A ZIP inside a ZIP
    is never opened: no export has one."""
    if bundle.form != "folder":
        return []
    found = [
        (int(name[1][:12]), member.source)
        for member in bundle.members
        if (name := _EXPORT_ZIP.fullmatch(member.base)) and isinstance(member.source, Path)
    ]
    return [path for _, path in sorted(found, reverse=True)[:_MAX_ZIPS]]
