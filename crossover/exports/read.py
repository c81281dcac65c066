"""Read an export: open the path, find the reader that recognises it, and let it read.

open_bundle(path) -> the first of READERS that recognises it -> Export
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from crossover.errors import CrossoverError, ExportError
from crossover.exports.archive.bundle import Bundle, OnBytes, ignore_bytes
from crossover.exports.archive.open import UNPACK_IT, open_bundle
from crossover.exports.base import Export, ExportReader, ExportSource
from crossover.exports.export_time import find_time_in_name
from crossover.exports.json.reader import JsonReader
from crossover.exports.locate import unrecognised_error
from crossover.exports.multiple_exports import read_each, read_newest
from crossover.exports.txt.reader import TxtReader

READERS: tuple[ExportReader, ...] = (JsonReader(), TxtReader())
"""One per layout family; the first that recognises a bundle reads it."""

_EXPORT_ZIP = re.compile(r"TikTok_Data_[0-9]+.*\.zip", re.IGNORECASE)
_MAX_LOOKS = 100
"""ZIP files of other names that are looked into."""


def read_export(path: Path, on_bytes: OnBytes = ignore_bytes) -> Export:
    """Read an export: a ZIP as delivered, the folder it was unpacked to, the bare file with the
    posts (JSON or TXT), or a folder with ZIPs in it (of several, the newest of each part).
    `on_bytes` is told how many bytes of how many were read.

    Raises `UsageProblem` for a path with nothing at it, `ExportError` for anything that is not an
    export or holds no readable post section. A sound export without posts is a value.
    """
    return read_newest(_list_sources(path, on_bytes))


def read_exports(path: Path, on_bytes: OnBytes = ignore_bytes) -> tuple[Export, ...]:
    """Read all exports at a path, each by itself, to be merged: the newest last. Raises what
    `read_export` raises, and `ExportError` where they are of different accounts."""
    return read_each(_list_sources(path, on_bytes))


def _list_sources(path: Path, on_bytes: OnBytes) -> Iterator[ExportSource]:
    bundle = open_bundle(path, on_bytes)
    if packing := bundle.unknown_packing():
        raise ExportError(
            f"{path.name} is packed with {packing}, which crossover does not unpack.",
            next=UNPACK_IT,
        )
    readers = [reader for reader in READERS if reader.recognises(bundle)]
    # A single ZIP of another name is opened even where it looks like none: it says why it is none.
    zips = _find_export_zips(bundle) or ([] if readers else _list_other_zips(bundle)[:1])
    inner = [
        ExportSource(one.name, find_time_in_name(one.name), partial(read_export, one, on_bytes))
        for one in zips
    ]
    if not readers and not inner:
        raise unrecognised_error(bundle)
    for reader in readers:
        yield from reader.sources(bundle)
    yield from inner


def is_export(path: Path) -> bool:
    """Whether a reader recognises `path`, by names and the beginnings of files; never raises. An
    export that is recognised may still be damaged."""
    try:
        bundle = open_bundle(path)
        return any(reader.recognises(bundle) for reader in READERS) or bool(
            _find_export_zips(bundle)
        )
    except CrossoverError:
        return False


def is_named_as_export(path: Path) -> bool:
    """Whether the name is one that TikTok gives a ZIP file."""
    return bool(_EXPORT_ZIP.fullmatch(path.name))


def _find_export_zips(bundle: Bundle) -> list[Path]:
    """Find the exports among the ZIP files in a folder: first those of TikTok's name, newest first,
    then others that a reader recognises. A ZIP inside a ZIP is never opened: no export has one."""
    named = [path for path in _list_zips(bundle) if is_named_as_export(path)]
    named.sort(key=lambda path: (str(find_time_in_name(path.name) or ""), path.name), reverse=True)
    return [*named, *filter(is_export, _list_other_zips(bundle))]


def _list_other_zips(bundle: Bundle) -> list[Path]:
    return [path for path in _list_zips(bundle) if not is_named_as_export(path)][:_MAX_LOOKS]


def _list_zips(bundle: Bundle) -> list[Path]:
    if bundle.form != "folder":
        return []
    sources = (m.source for m in bundle.members if m.base.lower().endswith(".zip"))
    return [source for source in sources if isinstance(source, Path)]
