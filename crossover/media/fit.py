"""Every file of a workspace made fit for RedNote, once: the results are kept in `ready/`.

Decoding happens in a child process (`decoder`) that may die without harm.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crossover.limits.limits import Limits
from crossover.media.decoder.process import Decoder
from crossover.media.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.model.notes import Cover
from crossover.model.posts import Media, MediaKind
from crossover.storage.cache import Cache
from crossover.storage.checksums import Checksums

RECIPE = 2
"""To be raised when the same source would come out differently: everything is then made anew."""

FOLDER = "ready"
SAVE_SECONDS = 5.0
"""At most this much work is lost when the run is killed."""


def fit_media(
    root: Path,
    media: Sequence[Media],
    limits: Limits,
    checksums: Checksums,
    on_progress: Callable[[Media], None] | None = None,
) -> dict[tuple[str, MediaKind], Fitted]:
    """Make every file of the workspace `root` fit; the results by the sources' sha256 and kind.

    Each content is done once, and not again by a later call unless its source, the limits, the
    recipe or the result on disk changed, as size and time tell, or `checksums`, those of the
    workspace, where a file was read since. `on_progress` is called after each of `media`. Whatever
    ends the call early, what was done is kept. Raises `RetryLater` when the disk is full and
    `MissingTool` when a library is not there; a file that cannot be read is an `Unfit`.
    """
    done: dict[tuple[str, MediaKind], Fitted] = {}
    with _Index(root, limits, checksums) as index, Decoder() as decoder:
        for item in media:
            key = (item.sha256, item.kind)
            if isinstance(done.get(key, Unfit("")), Unfit):
                done[key] = _fit_one(root, item, limits, checksums, index, decoder)
            if on_progress is not None:
                on_progress(item)
    return done


def _fit_one(
    root: Path,
    item: Media,
    limits: Limits,
    checksums: Checksums,
    index: _Index,
    decoder: Decoder,
) -> Fitted:
    try:
        if not _unchanged(root, item, checksums):
            return Unfit("the file was changed after it was added; add it again")
    except OSError as exc:
        return Unfit(f"could not be read: {exc.strerror or exc}")
    if (known := index.get(item)) is not None:
        return known
    source = root / item.path
    fitted: Fitted
    if item.kind is MediaKind.IMAGE:
        fitted = decoder.picture(source, root, _name(item), limits)
    else:
        fitted = decoder.video(source, root, _name(item), limits)
    index.put(item, fitted)
    return fitted


def _name(item: Media) -> str:
    """Name the result, relative to the workspace; never after the words of a post."""
    end = ".jpg" if item.kind is MediaKind.IMAGE else "-cover.jpg"
    return f"{FOLDER}/{item.sha256[:16]}{end}"


def _unchanged(root: Path, item: Media, checksums: Checksums) -> bool:
    """Whether the file is still what `item.sha256` was taken of. Hashes only when it looks
    touched."""
    stat = _look_at(root, item.path)
    if stat.st_size != item.bytes or checksums.differs(stat, item.sha256):
        return False
    return stat.st_mtime_ns == item.mtime_ns or checksums.of(root / item.path) == item.sha256


def _look_at(root: Path, path: str) -> os.stat_result:
    return os.stat(f"{root}/{path}")  # noqa: PTH116  joining paths takes longer than the look


# --- what is already done -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Picture:
    fitted: FittedPicture
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _Video:
    fitted: FittedVideo
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _ReadyDocument:
    recipe: str
    pictures: dict[str, _Picture] = field(default_factory=dict)
    videos: dict[str, _Video] = field(default_factory=dict)


class _Index:
    """`ready/index.json`."""

    def __init__(self, root: Path, limits: Limits, checksums: Checksums) -> None:
        self._root = root
        self._checksums = checksums
        recipe = (
            f"{RECIPE} pixels={limits.image_pixels.value} bytes={limits.image_bytes.value}"
            f" cover={limits.cover_width.value}x{limits.cover_height.value}"
        )
        self._cache = Cache(
            root / FOLDER / "index.json",
            "ready",
            _ReadyDocument(recipe),
            save_seconds=SAVE_SECONDS,
        )
        self._known = self._cache.content

    def __enter__(self) -> _Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._cache.save()

    def get(self, item: Media) -> Fitted | None:
        """The result for `item`, if its file is still the one that was made."""
        if item.kind is MediaKind.IMAGE:
            picture = self._known.pictures.get(item.sha256)
            if picture and self._stands(picture.fitted, picture.mtime_ns):
                return picture.fitted
            return None
        video = self._known.videos.get(item.sha256)
        if video and (
            video.fitted.cover is None or self._stands(video.fitted.cover, video.mtime_ns)
        ):
            return video.fitted
        return None

    def put(self, item: Media, fitted: Fitted) -> None:
        """Remember a result. Failures are not kept: the next call tries again."""
        match fitted:
            case FittedPicture():
                self._known.pictures[item.sha256] = _Picture(fitted, self._mtime(fitted))
            case FittedVideo():
                self._known.videos[item.sha256] = _Video(fitted, self._mtime(fitted.cover))
            case Unfit():
                return
        self._cache.changed()

    def _mtime(self, made: FittedPicture | Cover | None) -> int:
        return 0 if made is None else (self._root / made.path).stat().st_mtime_ns

    def _stands(self, made: FittedPicture | Cover, mtime_ns: int) -> bool:
        try:
            stat = _look_at(self._root, made.path)
        except OSError:
            return False
        same = stat.st_size == made.bytes and stat.st_mtime_ns == mtime_ns
        return same and not self._checksums.differs(stat, made.sha256)
