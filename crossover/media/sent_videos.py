"""The videos that go out otherwise than they came: put into an MP4 that every phone plays at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from crossover.limits.limits import Limits
from crossover.media.decoder.pool import DecoderPool
from crossover.media.decoder.process import Decoder
from crossover.media.fit_progress import FitProgress, FitStage
from crossover.media.fit_stage import FitTask, run_stage
from crossover.media.fitted import FittedVideo, SentVideo, Unfit
from crossover.media.ready_index import FOLDER, ReadyIndex, key_of
from crossover.media.recipe import remux_recipe
from crossover.media.video_coding import find_misfits, needs_conversion
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress

PLAYED_CONTAINERS = ("mp4", "mov", "3gp")
"""What RedNote is said to take besides: where putting such a video into an MP4 anew fails, it goes
out as it is."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a stage works with."""

    root: Path
    limits: Limits
    index: ReadyIndex
    pool: DecoderPool
    on_progress: FitProgress


def make_sent_videos(
    videos: Iterable[tuple[Media, FittedVideo]], bench: Bench
) -> dict[tuple[str, MediaKind], FittedVideo | Unfit]:
    """Make what goes out of those videos that are not fit as they are; by content, as it then
    stands. What is fit already is not in it, and never touched."""
    max_bytes = bench.limits.video_bytes.value
    remuxed: dict[str, tuple[Media, FittedVideo]] = {}
    for source, video in videos:
        misfits = find_misfits(video.coding, size=source.bytes, max_bytes=max_bytes)
        if misfits and not needs_conversion(misfits):
            remuxed[key_of("remuxed", source.sha256, remux_recipe())] = source, video
    tasks = [
        FitTask(key, SentVideo, _remuxing(source, bench)) for key, (source, _) in remuxed.items()
    ]
    made = run_stage(tasks, bench.index, bench.pool, partial(bench.on_progress, FitStage.REMUX))
    return {
        (source.sha256, source.kind): _sent(video, made[key])
        for key, (source, video) in remuxed.items()
    }


def _remuxing(source: Media, bench: Bench) -> Callable[[Decoder, Progress], SentVideo | Unfit]:
    name = f"{FOLDER}/{source.sha256[:16]}-{remux_recipe()}.mp4"

    def remux(decoder: Decoder, _: Progress) -> SentVideo | Unfit:
        return decoder.remux(bench.root / source.path, bench.root, name, bench.limits)

    return remux


def _sent(video: FittedVideo, made: SentVideo | Unfit) -> FittedVideo | Unfit:
    if isinstance(made, SentVideo):
        return replace(video, sent=made)
    return video if video.coding.container in PLAYED_CONTAINERS else made
