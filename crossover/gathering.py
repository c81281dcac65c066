"""What the creator named, recognised by its shape: exports, yt-dlp's files and listings, media."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crossover.captions import info_json, listing
from crossover.captions.words import NoWords, Words
from crossover.errors import ExportError, UsageProblem
from crossover.exports import Export, is_export, read_export
from crossover.media.match import Matched, find_ids, match_files, media_kind
from crossover.media.placeholders import Absent, absent


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found at the paths the creator named, or on a page."""

    exports: tuple[Export, ...] = ()
    words: tuple[Words, ...] = ()
    wordless: tuple[NoWords, ...] = ()
    media: Matched = field(default_factory=lambda: Matched((), (), ()))
    unused: tuple[Path, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def handle(self) -> str | None:
        return next((e.profile.handle for e in self.exports if e.profile.handle), None)


def gather(paths: Iterable[Path], now: datetime) -> Gathered:
    """Look at what lies at `paths`; changes nothing. Raises `UsageProblem` for a path with nothing at it
    and `ExportError` for one that holds nothing of use."""
    exports: list[Export] = []
    infos: list[Path] = []
    listings: list[Path] = []
    media: list[Path] = []
    unused: list[Path] = []
    elsewhere: list[Absent] = []
    for path in paths:
        if not path.exists():
            raise UsageProblem(
                f"There is nothing at {path}.", next="Check the name, then try again."
            )
        there = list(_files_below(path))
        gone = [one for file in there if (one := absent(file))]
        elsewhere += gone
        without = {one.path for one in gone}
        files = [file for file in there if file not in without]
        found = (
            [f for f in files if info_json.recognises(f)],
            [f for f in files if media_kind(f)],
            [f for f in files if not info_json.recognises(f) and listing.recognises(f)],
        )
        if is_export(path) or not any((*found, gone)):
            exports.append(read_export(path))
        infos += found[0]
        media += found[1]
        listings += found[2]
        rest = set(files).difference(*found)
        unused += sorted(f for f in rest if find_ids(f.stem, now) and not is_export(f))
    read: list[Words | NoWords] = []
    for path in sorted(set(listings)):
        listed = listing.read_listing(path)
        read += [*listed.words, *listed.wordless]
    read += [info_json.read_info(path) for path in sorted(set(infos))]
    return Gathered(
        exports=tuple(sorted(exports, key=lambda e: e.made.timestamp() if e.made else 0)),
        words=tuple(r for r in read if isinstance(r, Words)),
        wordless=tuple(r for r in read if isinstance(r, NoWords)),
        media=match_files(media, now),
        unused=tuple(unused),
        absent=tuple(elsewhere),
    )


def _files_below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, _, names in os.walk(path):
        for name in sorted(names):
            file = Path(folder, name)
            if not file.is_symlink() and file.is_file():
                yield file


def nothing_found(paths: Iterable[Path]) -> ExportError:
    """For a first `add` without an export among its paths."""
    names = ", ".join(str(path) for path in paths)
    return ExportError(
        f"There is no TikTok export in {names}.",
        next="Begin with the export that TikTok gave you; words and files come after it.",
    )
