"""Every file of a workspace made fit for RedNote, once: the results are kept in `ready/`.

Decoding happens in child processes (`decoder`) that may die without harm. `recipe` says what a result
depends on, `ready_index` keeps it, `fit_stage` does what is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from crossover.limits.limits import Limits
from crossover.media.decoder.pool import DecoderPool
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.media.fit.own_covers import Wishes, make_own_covers
from crossover.media.fit.progress import FitProgress, FitStage
from crossover.media.fit.ready_index import FOLDER, ReadyIndex, key_of
from crossover.media.fit.recipe import look_recipe
from crossover.media.fit.sent_videos import Content, content_of, make_sent_videos
from crossover.media.fit.shaped_pictures import make_shaped_pictures
from crossover.media.fit.stage import FitTask, FitTools, run_stage
from crossover.media.fit.watermarks import find_watermarks
from crossover.model.choices import Rules, WatermarkRule
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress
from crossover.storage.atomic import swept_after
from crossover.storage.checksums import Checksums


def fit_media(
    root: Path,
    media: Sequence[Media],
    rules: Rules,
    limits: Limits,
    checksums: Checksums,
    on_progress: FitProgress = lambda *_: None,
    covers: Wishes = MappingProxyType({}),
    left_out: Collection[Content] = (),
) -> dict[Content, Fitted]:
    """Make every file of the workspace `root` fit; the results by the sources' sha256 and kind.

    Each content is done once, and not again by a later call unless its source, what its recipe
    takes of `rules` and `limits`, or the result on disk changed, as size and time tell, or
    `checksums`, those of the workspace, where a file was read since. Whatever ends the call early,
    what was done is kept. `covers` are those that somebody chose; videos of `left_out` are neither
    wrapped anew nor converted, as they go nowhere. The caller holds the workspace.

    Raises `RetryLater` when the disk is full and `MissingTool` when a library is not there; a file
    that cannot be read is an `Unfit`.
    """
    with (
        ReadyIndex(root, checksums) as index,
        swept_after(root / FOLDER),
        DecoderPool() as pool,
    ):
        checked = _check_sources(root, media, checksums, partial(on_progress, FitStage.CHECK))
        recipes = {kind: look_recipe(kind, rules, limits) for kind in MediaKind}
        tasks = {
            content: _look_task(root, source, recipes[source.kind], limits)
            for content, source in checked.items()
            if isinstance(source, Media)
        }
        looked = run_stage(list(tasks.values()), index, pool, partial(on_progress, FitStage.LOOK))
        fitted: dict[Content, Fitted] = {
            content: source if isinstance(source, Unfit) else looked[tasks[content].key]
            for content, source in checked.items()
        }
        tools = FitTools(root, limits, index, pool, on_progress)
        fitted |= make_shaped_pictures(_pictures(checked, fitted), rules, tools)
        fitted |= make_own_covers(_videos(checked, fitted), covers, tools, checksums)
        if rules.watermark is not WatermarkRule.IGNORE:
            fitted |= find_watermarks(_videos(checked, fitted), tools)
        return fitted | make_sent_videos(
            [one for one in _videos(checked, fitted) if content_of(one[0]) not in left_out],
            rules.convert,
            tools,
        )


def _pictures(
    checked: Mapping[Content, Media | Unfit], fitted: Mapping[Content, Fitted]
) -> list[tuple[Media, FittedPicture]]:
    return [
        (source, picture)
        for content, picture in fitted.items()
        if isinstance(source := checked[content], Media) and isinstance(picture, FittedPicture)
    ]


def _videos(
    checked: Mapping[Content, Media | Unfit], fitted: Mapping[Content, Fitted]
) -> list[tuple[Media, FittedVideo]]:
    return [
        (source, video)
        for content, video in fitted.items()
        if isinstance(source := checked[content], Media) and isinstance(video, FittedVideo)
    ]


# --- are they those that were added? ----------------------------------------------------------


def _check_sources(
    root: Path,
    media: Sequence[Media],
    checksums: Checksums,
    on_progress: Callable[[int, int], None],
) -> dict[Content, Media | Unfit]:
    """Find a file for each content, or why there is none."""
    checked: dict[Content, Media | Unfit] = {}
    for number, item in enumerate(media, 1):
        content = item.sha256, item.kind
        if isinstance(checked.get(content, Unfit("")), Unfit):
            checked[content] = _why_unusable(root, item, checksums) or item
        on_progress(number, len(media))
    return checked


def _why_unusable(root: Path, item: Media, checksums: Checksums) -> Unfit | None:
    try:
        if _unchanged(root, item, checksums):
            return None
    except OSError as exc:
        return Unfit(f"could not be read: {exc.strerror or exc}")
    return Unfit("the file was changed after it was added; add it again")


def _unchanged(root: Path, item: Media, checksums: Checksums) -> bool:
    """Whether the file is still what `item.sha256` was taken of. Hashes only when it looks
    touched."""
    stat = os.stat(f"{root}/{item.path}")  # noqa: PTH116  joining paths takes longer than the look
    if stat.st_size != item.bytes or checksums.differs(stat, item.sha256):
        return False
    return stat.st_mtime_ns == item.mtime_ns or checksums.of(root / item.path) == item.sha256


# --- what is to be done -----------------------------------------------------------------------


def _look_task(
    root: Path, item: Media, recipe: str, limits: Limits
) -> FitTask[FittedPicture | FittedVideo]:
    # Named by what it is made of and how; never after the words of a post.
    end = ".jpg" if item.kind is MediaKind.IMAGE else "-cover.jpg"
    name = f"{FOLDER}/{item.sha256[:16]}-{recipe}{end}"

    def picture(decoder: Decoder, _: Progress) -> FittedPicture | Unfit:
        return decoder.picture(root / item.path, root, name, limits)

    def video(decoder: Decoder, _: Progress) -> FittedVideo | Unfit:
        return decoder.video(root / item.path, root, name, limits)

    key = key_of(item.kind, item.sha256, recipe)
    if item.kind is MediaKind.IMAGE:
        return FitTask(key, FittedPicture, picture)
    return FitTask(key, FittedVideo, video)
