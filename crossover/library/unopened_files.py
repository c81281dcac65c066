"""Files a creator named, or that lie in a folder, that are not opened: what they are, and the way out.

A ZIP is opened only for its list of files, which tells the creator's own videos, pictures and
captions in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.captions import info_json
from crossover.captions.gallery_dl import is_sidecar_name
from crossover.errors import CrossoverError, ExportError
from crossover.exports.archive.open import UNPACK_IT, open_bundle
from crossover.exports.archive.unopened import UNPACK, finished_name, why_unopened
from crossover.exports.read import is_named_as_export
from crossover.media.files.copy_names import whole_stem
from crossover.media.files.file_names import LEFT_BEHIND, media_kind
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import MediaKind
from crossover.text import one_line


@dataclass(frozen=True, slots=True)
class ZipContents:
    """How much of a creator's own lies in ZIP files."""

    videos: int = 0
    pictures: int = 0
    captions: int = 0

    def __bool__(self) -> bool:
        return bool(self.videos or self.pictures or self.captions)

    def __str__(self) -> str:
        counts = (
            (self.videos, "video"),
            (self.pictures, "picture"),
            (self.captions, "caption file"),
        )
        said = [f"{n:,} {what}{'s' if n > 1 else ''}" for n, what in counts if n]
        return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)


@dataclass(frozen=True, slots=True)
class UnopenedFile:
    """A file that is not opened; `reason` says what it is and what to do. `contents`: of a sound
    ZIP."""

    path: Path
    reason: str
    contents: ZipContents = ZipContents()


def unopened_file(path: Path, *, in_folder: bool) -> UnopenedFile | None:
    """Tell what a file is that is not opened; None for one that may be read. A damaged ZIP is told
    only where it lies `in_folder`: of one that was named, reading it says more."""
    if reason := why_unopened(path.name):
        return UnopenedFile(path, reason)
    if path.suffix.lower() != ".zip":
        return None
    try:
        names = [Path(member.base) for member in open_bundle(path).members]
    except CrossoverError:
        if is_named_as_export(path) or not in_folder:
            return None
        return UnopenedFile(path, "it is no whole ZIP file: download it again, then add it")
    kinds = [media_kind(name) for name in names]
    contents = ZipContents(
        kinds.count(MediaKind.VIDEO),
        kinds.count(MediaKind.IMAGE),
        sum(info_json.recognises(name) or is_sidecar_name(name.name) for name in names),
    )
    reason = f"it holds {contents}: {UNPACK}" if contents else ""
    return UnopenedFile(path, reason, contents) if contents else None


def name_left_behind(
    unopened: Iterable[UnopenedFile], media: Iterable[Path]
) -> Iterator[UnopenedFile]:
    """Say of unfinished downloads beside whose whole file they lie that they were left behind."""
    whole = {(path.parent, whole_stem(path.stem)) for path in media}
    for one in unopened:
        name = finished_name(one.path.name)
        if name and (one.path.parent, whole_stem(Path(name).stem)) in whole:
            one = replace(one, reason=LEFT_BEHIND)
        yield one


def explain_unopened(files: Sequence[UnopenedFile]) -> Iterator[tuple[str, str, int]]:
    """Yield names and reasons, and of how many files: several ZIP files with files of the creator's
    in them are one line."""
    zips = [one for one in files if one.contents]
    if len(zips) > 1:
        total = ZipContents(
            *(
                sum(getattr(one.contents, of) for one in zips)
                for of in ("videos", "pictures", "captions")
            )
        )
        yield (
            f"{len(zips):,} ZIP files",
            f"they hold {total}: unpack them, then add the folder",
            len(zips),
        )
    for one in files:
        if not one.contents or len(zips) == 1:
            yield one_line(one.path.name), one.reason, 1


def nothing_opened(unopened: Sequence[UnopenedFile]) -> ExportError:
    """For an `add` of nothing but files that are not opened. Raises what opening a single one
    raises."""
    if len(unopened) == 1:
        one = unopened[0]
        open_bundle(one.path)
        return ExportError(
            f"{one.path.name} holds {one.contents}, and nothing of a TikTok export.",
            next=UNPACK_IT,
        )
    lines = dict[str, list[str]]()
    for name, reason, _ in explain_unopened(unopened):
        lines.setdefault(reason, []).append(name)
    return ExportError(
        "None of these files can be used as it is.",
        next="What each of them needs:",
        more=(
            *(
                f"- {names[0]}: {reason}."
                if len(names) == 1
                else f"- {reason}: {len(names):,} files."
                for reason, names in lines.items()
            ),
            Hint("Then: ", step("add", Placeholder("FOLDER"))),
        ),
    )
