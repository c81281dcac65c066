"""Recognises what the creator named by its shape: exports, files and listings of yt-dlp and
gallery-dl, media."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from crossover.captions import info_json, listing
from crossover.captions.caption import Caption, NoCaption
from crossover.errors import ExportError, UsageProblem
from crossover.exports.archive.unopened import is_system_file, is_unfinished_folder
from crossover.exports.base import Export
from crossover.exports.read import is_export, read_exports
from crossover.library.unopened_files import (
    UnopenedFile,
    name_left_behind,
    nothing_opened,
    unopened_file,
)
from crossover.media.files.file_names import UNMOVED, Matched, find_ids, match_files, media_kind
from crossover.media.files.placeholders import MissingContent, missing_content
from crossover.model.posts import MediaKind, UnmovedFormat
from crossover.text import one_line
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnmovedFile:
    """A file with a TikTok id in its name and an ending that is not moved, or a picture of a format
    that is not, whatever its name. `format` is that of a picture; `tiktok_id` is None where the name
    holds none or several."""

    path: Path
    tiktok_id: str | None
    format: UnmovedFormat | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found at the paths the creator named, or on a page. `system_files` is how many files
    of macOS and Windows themselves lay there."""

    exports: tuple[Export, ...] = ()
    words: tuple[Caption, ...] = ()
    wordless: tuple[NoCaption, ...] = ()
    media: Matched = field(default_factory=lambda: Matched((), (), ()))
    unused: tuple[UnmovedFile, ...] = ()
    missing_content: tuple[MissingContent, ...] = ()
    unopened: tuple[UnopenedFile, ...] = ()
    system_files: int = 0

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
    """Read what lies at `paths`, workspaces in them apart; changes nothing. `on_bytes` is called with how much of how much of
    an export was read, `on_files` with how many of how many files of captions. Raises
    `UsageProblem` for a path with nothing at it and `ExportError` for one that holds nothing of
    use."""
    exports: list[Export] = []
    sorted_files: list[_Files] = []
    paths = tuple(paths)
    for path in paths:
        if not path.exists():
            raise UsageProblem(
                f"There is nothing at {path}.", next="Check the name, then try again."
            )
        if Workspace(path).is_ours:
            raise UsageProblem(
                f"{path} is a workspace of crossover.",
                next="Name an export, or files and folders of yours.",
            )
        files = _sort_files(path, now)
        if is_export(path) or not (files.is_of_use or files.unopened or files.system):
            exports += read_exports(path, on_bytes)
        sorted_files.append(files)
    unopened = tuple(dict.fromkeys(one for files in sorted_files for one in files.unopened))
    if paths and not exports and not any(files.is_of_use for files in sorted_files):
        if unopened:
            raise nothing_opened(unopened)
        exports += read_exports(paths[0], on_bytes)  # says what is there instead
    captions, described = _read_captions(sorted_files, on_files)
    media = [path for files in sorted_files for path in files.media]
    return Gathered(
        exports=tuple(sorted(exports, key=lambda e: e.made.timestamp() if e.made else 0)),
        words=tuple(one for one in captions if isinstance(one, Caption)),
        wordless=tuple(one for one in captions if isinstance(one, NoCaption)),
        media=match_files(media, now, _find_described(media, described)),
        unused=tuple(
            dict.fromkeys(
                unused
                for files in sorted_files
                for unused in files.unused
                if unused.format or not is_export(unused.path)
            )
        ),
        missing_content=tuple(one for files in sorted_files for one in files.missing_content),
        unopened=unopened,
        system_files=len({path for files in sorted_files for path in files.system}),
    )


@dataclass(frozen=True, slots=True)
class _Files:
    """The files at one path, by what they are."""

    infos: list[Path]
    listings: list[Path]
    media: list[Path]
    unused: list[UnmovedFile]
    missing_content: list[MissingContent]
    unopened: list[UnopenedFile]
    system: list[Path]

    @property
    def is_of_use(self) -> bool:
        unmoved = any(one.format for one in self.unused)
        return bool(self.infos or self.listings or self.media or self.missing_content or unmoved)


def _sort_files(path: Path, now: datetime) -> _Files:
    below, missing = _files_below(path)
    system = [file for file in below if is_system_file(file.name)]
    theirs = [file for file in below if not is_system_file(file.name)]
    found = {file: unopened_file(file, in_folder=file != path) for file in theirs}
    here = [file for file in theirs if not found[file]]
    missing += filter(None, map(missing_content, here))
    empty = {one.path for one in missing}
    files = [file for file in here if file not in empty]
    infos = [file for file in files if info_json.recognises(file)]
    media = [file for file in files if media_kind(file)]
    listings = [
        file for file in files if not info_json.recognises(file) and listing.recognises(file)
    ]
    others = sorted(set(files).difference(infos, media, listings))
    unused = [one for file in others if (one := _unused(file, now))]
    unopened = [one for one in found.values() if one]
    return _Files(
        infos, listings, media, unused, missing, list(name_left_behind(unopened, media)), system
    )


def _read_captions(
    sorted_files: Iterable[_Files], on_files: Callable[[int, int], None]
) -> tuple[list[Caption | NoCaption], dict[Path, str]]:
    """Read every file of captions. Of what files of single posts say alike, as gallery-dl's do beside
    each picture, the first counts. Returns the TikTok ids of those files, too, by their paths without
    the ending."""
    listings = sorted({path for files in sorted_files for path in files.listings})
    infos = sorted({path for files in sorted_files for path in files.infos})
    total = len(listings) + len(infos)
    captions: list[Caption | NoCaption] = []
    alone: dict[Caption, Caption] = {}
    described: dict[Path, str] = {}
    for done, path in enumerate(listings, 1):
        listed = listing.read_listing(path)
        captions += listed.wordless
        if len(listed.words) == 1:
            alone.setdefault(replace(listed.words[0], source=""), listed.words[0])
            described[path.with_suffix("")] = listed.words[0].tiktok_id
        else:
            captions += listed.words
        on_files(done, total)
    captions += alone.values()
    for done, path in enumerate(infos, len(listings) + 1):
        read = info_json.read_info(path)
        captions.append(read)
        if isinstance(read, Caption):
            described[info_json.described_path(path)] = read.tiktok_id
        on_files(done, total)
    return captions, described


def _find_described(media: Iterable[Path], described: Mapping[Path, str]) -> dict[Path, str]:
    """The TikTok ids of videos beside a file that describes them, `T.mp4` and `T.info.json` or
    `T.mp4.json`, and of pictures of the same name beside such a video: its thumbnail."""
    found: dict[Path, str] = {}
    pictures: dict[Path, Path] = {}
    for path in media:
        stem = path.with_suffix("")
        tiktok_id = described.get(path) or described.get(stem)
        if media_kind(path) is MediaKind.IMAGE:
            pictures[path] = stem
        elif tiktok_id:
            found[path] = tiktok_id
    videos = {path.with_suffix(""): tiktok_id for path, tiktok_id in found.items()}
    return found | {path: videos[stem] for path, stem in pictures.items() if stem in videos}


def _unused(path: Path, now: datetime) -> UnmovedFile | None:
    ids = find_ids(path.stem, now)
    only = ids[0] if len(ids) == 1 else None
    form = None if path.name.startswith(".") else UNMOVED.get(path.suffix.lower())
    return UnmovedFile(path, only, form) if ids or form else None


_LINK = "a link to another place, which is not followed; name the file itself"
_NO_FILE = "not an ordinary file"


def _files_below(path: Path) -> tuple[list[Path], list[MissingContent]]:
    """List all files there, and what is named like media and is none. The folder that Safari fills
    while it downloads counts as a file."""
    if path.is_file() or is_unfinished_folder(path.name):
        return [path], []
    files: list[Path] = []
    others: list[MissingContent] = []
    for folder, folders, names in os.walk(path):
        files += (Path(folder, name) for name in folders if is_unfinished_folder(name))
        folders[:] = (
            name
            for name in folders
            if not Workspace(Path(folder, name)).is_ours and not is_unfinished_folder(name)
        )
        for file in (Path(folder, name) for name in sorted(names)):
            if not file.is_symlink() and file.is_file():
                files.append(file)
            elif media_kind(file):
                others.append(
                    MissingContent(file, file.name, _LINK if file.is_symlink() else _NO_FILE)
                )
    return files, others


def names_apart(paths: Iterable[Path]) -> dict[Path, str]:
    """Name each file: its name, and as much of its folder as tells it from the others."""
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
