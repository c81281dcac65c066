"""Reading TikTok's "Download your data": a ZIP, a folder or a bare file → posts.

    with open_bundle(path) → the first of READERS that recognises it → Export

Read-only and offline. Only posts and the profile's public name are ever decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.exports.base import Export, ExportReader
from crossover.exports.bundle import Bundle, open_bundle
from crossover.exports.json_layout import JsonReader
from crossover.exports.locate import nothing_known
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


def read_export(path: Path) -> Export:
    """Everything crossover takes from an export: a ZIP as delivered, the folder it was unpacked
    to, the bare file with the posts (JSON or TXT), or a folder with the ZIP in it (the newest of
    several).

    Raises `UsageProblem` for a path with nothing at it, `ExportError` for anything that is not an
    export or holds no readable post section. A sound export without posts is a value.
    """
    with open_bundle(path) as bundle:
        for reader in READERS:
            if reader.recognises(bundle):
                return reader.read(bundle)
        inner = _newest_zip(bundle)
        if inner is None:
            raise nothing_known(bundle)
    return read_export(inner)


def read_posts(path: Path) -> Iterator[Post | Unreadable]:
    """The posts of an export, oldest first, then the records that are none."""
    export = read_export(path)
    yield from export.posts
    yield from export.unreadable


def is_export(path: Path) -> bool:
    """Whether a reader knows what lies at `path`, by names and the beginnings of files; false,
    never an error, for anything else. What it says yes to may still be broken."""
    try:
        with open_bundle(path) as bundle:
            known = any(reader.recognises(bundle) for reader in READERS)
            return known or _newest_zip(bundle) is not None
    except CrossoverError:
        return False


def _newest_zip(bundle: Bundle) -> Path | None:
    """The newest `TikTok_Data_<unix seconds>.zip` directly in a folder."""
    if bundle.form != "folder":
        return None
    found = [
        (int(name[1][:12]), member.name)
        for member in bundle.members
        if (name := _EXPORT_ZIP.fullmatch(member.name))
    ]
    return bundle.path / max(found)[1] if found else None
