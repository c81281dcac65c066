"""The covers that somebody chose: the creator, or TikTok before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import CoverWish, FittedVideo, OwnCover, Unfit
from crossover.media.fit.progress import FitStage
from crossover.media.fit.ready_index import FOLDER, key_of
from crossover.media.fit.recipe import cover_recipe
from crossover.media.fit.stage import FitTask, FitTools, run_stage
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress
from crossover.storage.checksums import Checksums

LARGEST_FILE = 512 * 1024**2
"""Bytes of a file above which it is not even read to be known again."""
Wishes = Mapping[tuple[str, MediaKind], tuple[CoverWish, ...]]
"""The covers that are wished for, by the content of videos."""


def make_own_covers(
    videos: Iterable[tuple[Media, FittedVideo]],
    wishes: Wishes,
    tools: FitTools,
    checksums: Checksums,
) -> dict[tuple[str, MediaKind], FittedVideo]:
    """Make the covers that are wished for; the videos with them, by content. A wish that cannot be
    granted is among them, with the reason."""
    wanted = [
        (source, video, wish)
        for source, video in videos
        for wish in wishes.get((source.sha256, source.kind), ())
    ]
    tasks: dict[tuple[str, CoverWish], FitTask[OwnCover]] = {}
    made: dict[tuple[str, CoverWish], OwnCover | Unfit] = {}
    for source, _, wish in wanted:
        picture = _sum_picture(tools.root / wish.picture, checksums) if wish.picture else ""
        if isinstance(picture, Unfit):
            made[source.sha256, wish] = picture
            continue
        recipe = cover_recipe(wish, picture, tools.limits)
        key = key_of("cover", source.sha256, recipe)
        tasks[source.sha256, wish] = FitTask(key, OwnCover, _making(source, wish, recipe, tools))
    by_key = run_stage(
        list(tasks.values()), tools.index, tools.pool, partial(tools.on_progress, FitStage.COVER)
    )
    made |= {name: by_key[task.key] for name, task in tasks.items()}
    covered: dict[tuple[str, MediaKind], FittedVideo] = {}
    for source, video, wish in wanted:
        content = source.sha256, source.kind
        before = covered.get(content, video)
        own = (*before.own_covers, _own_cover(wish, made[source.sha256, wish]))
        covered[content] = replace(before, own_covers=own)
    return covered


def _sum_picture(path: Path, checksums: Checksums) -> str | Unfit:
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            return Unfit("it is a folder" if S_ISDIR(stat.st_mode) else "it is no file")
        if stat.st_size > LARGEST_FILE:
            return Unfit("it is far too large for a picture")
        return checksums.of(path)
    except FileNotFoundError:
        return Unfit("the file is not there")
    except (OSError, ValueError) as exc:  # a name with a zero byte is a ValueError
        return Unfit(f"it could not be read: {getattr(exc, 'strerror', None) or exc}")


def _making(
    source: Media, wish: CoverWish, recipe: str, tools: FitTools
) -> Callable[[Decoder, Progress], OwnCover | Unfit]:
    name = f"{FOLDER}/{source.sha256[:16]}-{recipe}-cover.jpg"

    def make(decoder: Decoder, _: Progress) -> OwnCover | Unfit:
        return decoder.cover(tools.root / source.path, wish, tools.root, name, tools.limits)

    return make


def _own_cover(wish: CoverWish, made: OwnCover | Unfit) -> OwnCover:
    return made if isinstance(made, OwnCover) else OwnCover(wish, None, problem=made.reason)
