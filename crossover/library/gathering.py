"""What the creator named, recognised by its shape: exports, yt-dlp's files and listings, media."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crossover.captions import info_json, listing
from crossover.captions.caption import Caption, NoCaption
from crossover.errors import ExportError, UsageProblem
from crossover.exports.base import Export
from crossover.exports.read import is_export, read_export
from crossover.media.file_names import UNMOVED, Matched, find_ids, match_files, media_kind
from crossover.media.placeholders import MissingContent, missing_content
from crossover.text import one_line


@dataclass(frozen=True, slots=True)
class Unused:
    """A file with a TikTok id in its name and an ending that is not moved. `format` is what it is
    where it is media; `tiktok_id` is None where the name holds several."""

    path: Path
    tiktok_id: str | None
    format: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found at the paths the creator named, or on a page."""

    exports: tuple[Export, ...] = ()
    words: tuple[Caption, ...] = ()
    wordless: tuple[NoCaption, ...] = ()
    media: Matched = field(default_factory=lambda: Matched((), (), ()))
    unused: tuple[Unused, ...] = ()
    missing_content: tuple[MissingContent, ...] = ()

    @property
    def handle(self) -> str | None:
        return next((e.profile.handle for e in self.exports if e.profile.handle), None)


def gather(
    paths: Iterable[Path],
    now: datetime,
    *,
    on_bytes: Callable[[int, int], None] = lambda _done, _of: None,
    on_files: Callable[[int, int], None] = lambda _done, _of: None,
) -> Gathered:
    """Look at what lies at `paths`; changes nothing. `on_bytes` hears how much of how much of an
    export was read, `on_files` how many of how many files of captions. Raises `UsageProblem` for a path with nothing at it
    and `ExportError` for one that holds nothing of use."""
    exports: list[Export] = []
    infos: list[Path] = []
    listings: list[Path] = []
    media: list[Path] = []
    unused: list[Unused] = []
    elsewhere: list[MissingContent] = []
    for path in paths:
        if not path.exists():
            raise UsageProblem(
                f"There is nothing at {path}.", next="Check the name, then try again."
            )
        there, gone = _files_below(path)
        gone += [one for file in there if (one := missing_content(file))]
        elsewhere += gone
        without = {one.path for one in gone}
        files = [file for file in there if file not in without]
        found = (
            [f for f in files if info_json.recognises(f)],
            [f for f in files if media_kind(f)],
            [f for f in files if not info_json.recognises(f) and listing.recognises(f)],
        )
        rest = sorted(set(files).difference(*found))
        others = [other for file in rest if (other := _unused(file, now))]
        unmoved = [one for one in others if one.format]
        if is_export(path) or not any((*found, gone, unmoved)):
            exports.append(read_export(path, on_bytes))
        infos += found[0]
        media += found[1]
        listings += found[2]
        unused += [one for one in others if one.format or not is_export(one.path)]
    read: list[Caption | NoCaption] = []
    for path in sorted(set(listings)):
        listed = listing.read_listing(path)
        read += [*listed.words, *listed.wordless]
    for done, path in enumerate(ordered := sorted(set(infos)), 1):
        read.append(info_json.read_info(path))
        on_files(done, len(ordered))
    return Gathered(
        exports=tuple(sorted(exports, key=lambda e: e.made.timestamp() if e.made else 0)),
        words=tuple(r for r in read if isinstance(r, Caption)),
        wordless=tuple(r for r in read if isinstance(r, NoCaption)),
        media=match_files(media, now),
        unused=tuple(dict.fromkeys(unused)),
        missing_content=tuple(elsewhere),
    )


def _unused(path: Path, now: datetime) -> Unused | None:
    ids = find_ids(path.stem, now)
    only = ids[0] if len(ids) == 1 else None
    return Unused(path, only, UNMOVED.get(path.suffix.lower())) if ids else None


_LINK = "a link to another place, which is not followed; name the file itself"
_NO_FILE = "not an ordinary file"


def _files_below(path: Path) -> tuple[list[Path], list[MissingContent]]:
    """All files there, and what is named like media and is none."""
    if path.is_file():
        return [path], []
    files: list[Path] = []
    others: list[MissingContent] = []
    for folder, _, names in os.walk(path):
        for file in (Path(folder, name) for name in sorted(names)):
            if not file.is_symlink() and file.is_file():
                files.append(file)
            elif media_kind(file):
                others.append(
                    MissingContent(file, file.name, _LINK if file.is_symlink() else _NO_FILE)
                )
    return files, others


def names_apart(paths: Iterable[Path]) -> dict[Path, str]:
    """What to call each file: its name, and as much of its folder as tells it from the others."""
    named: dict[Path, str] = {}
    paths = set(paths)
    length = 1
    while paths:
        tails = {path: Path(*path.parts[-length:]) for path in paths}
        several = Counter(tails.values())
        whole = {path for path in paths if length >= len(path.parts)}
        done = {path for path, tail in tails.items() if several[tail] == 1} | whole
        named |= {path: one_line(tails[path]) for path in done}
        paths -= done
        length += 1
    return named


def nothing_found(paths: Iterable[Path]) -> ExportError:
    """For a first `add` without an export among its paths."""
    names = ", ".join(str(path) for path in paths)
    return ExportError(
        f"There is no TikTok export in {names}.",
        next="Begin with the export that TikTok gave you; words and files come after it.",
    )
