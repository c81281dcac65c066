"""The videos that go out otherwise than they came: put into an MP4 that plays at once, or converted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from crossover.errors import RetryLater
from crossover.media.containers.video_coding import Misfit, find_misfits, needs_conversion
from crossover.media.decoder.process import Decoder
from crossover.media.fit.conversion_estimate import Experience
from crossover.media.fit.fitted import FittedVideo, SentVideo, Unfit
from crossover.media.fit.progress import FitStage
from crossover.media.fit.ready_index import FOLDER, key_of
from crossover.media.fit.recipe import conversion_recipe, remux_recipe
from crossover.media.fit.stage import FitTask, FitTools, run_stage
from crossover.model.choices import Convert
from crossover.model.next_step import Hint, step
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress

PLAYED_CONTAINERS = ("mp4", "mov", "3gp")
"""What RedNote is said to take besides: where putting such a video into an MP4 anew fails, it goes
out as it is, unless it tells where it was filmed."""
_WITHOUT_PLACE = (
    "Have it converted (convert: always), or export it without its place, and add that."
)
SPARE_BYTES = 64_000_000
"""Of the disk, left free by conversions."""
REMUXED, CONVERTED = "remuxed", "converted"

Content = tuple[str, MediaKind]
"""sha256 and kind: files that share it are done once."""


def make_sent_videos(
    videos: Iterable[tuple[Media, FittedVideo]], convert: Convert, tools: FitTools
) -> dict[Content, FittedVideo | Unfit]:
    """Make what goes out of those videos that are not fit as they are; by content, as it then
    stands. What is fit already is not in it, and never touched. None goes out with the place where
    it was filmed: what is not converted is wrapped anew for that alone, or unfit.

    Raises `RetryLater` where the disk has no room for what is to be converted.
    """
    max_bytes = tools.limits.video_bytes.value
    remuxed: list[tuple[Media, FittedVideo]] = []
    converted: list[tuple[Media, FittedVideo]] = []
    for source, video in videos:
        misfits = find_misfits(video.coding, size=source.bytes, max_bytes=max_bytes)
        coded = needs_conversion(misfits)
        if coded and convert is not Convert.NEVER:
            converted.append((source, video))
        elif Misfit.LOCATION in misfits or (misfits and not coded):
            remuxed.append((source, video))
    done = _remux(remuxed, tools)
    if convert is Convert.ALWAYS:
        unfit = [
            (one, video) for one, video in remuxed if isinstance(done.get(content_of(one)), Unfit)
        ]
        converted += [(one, video) for one, video in unfit if video.coding.located]
        return done | _convert(converted, tools)
    if convert is Convert.ASK:
        known = _experience(tools)
        for source, video in converted:
            done[content_of(source)] = replace(video, undecided=known.estimate(video, source.bytes))
    return done


def _remux(
    videos: Iterable[tuple[Media, FittedVideo]], tools: FitTools
) -> dict[Content, FittedVideo | Unfit]:
    tasks = {content_of(source): _remuxing(source, tools) for source, _ in videos}
    on_progress = partial(tools.on_progress, FitStage.REMUX)
    made = run_stage(list(tasks.values()), tools.index, tools.pool, on_progress)
    done: dict[Content, FittedVideo | Unfit] = {}
    for source, video in videos:
        result = made[tasks[content_of(source)].key]
        if isinstance(result, Unfit) and video.coding.located:
            why = f"it tells where it was filmed, which cannot be left out: {result.reason}"
            result = Unfit(why, result.lasting, _WITHOUT_PLACE)
        elif isinstance(result, Unfit) and video.coding.container in PLAYED_CONTAINERS:
            continue
        done[content_of(source)] = _sent(video, result)
    return done


def _convert(
    videos: Iterable[tuple[Media, FittedVideo]], tools: FitTools
) -> dict[Content, FittedVideo | Unfit]:
    tasks = {content_of(source): _converting(source, video, tools) for source, video in videos}
    _check_disk(videos, tasks, tools)
    # One at a time: the encoder uses all cores.
    made = run_stage(
        list(tasks.values()),
        tools.index,
        tools.pool,
        partial(tools.on_progress, FitStage.CONVERT),
        workers=1,
    )
    return {
        content_of(source): _sent(video, made[tasks[content_of(source)].key])
        for source, video in videos
    }


def _remuxing(source: Media, tools: FitTools) -> FitTask[SentVideo]:
    recipe = remux_recipe()
    name = f"{FOLDER}/{source.sha256[:16]}-{recipe}.mp4"

    def remux(decoder: Decoder, _: Progress) -> SentVideo | Unfit:
        return decoder.remux(tools.root / source.path, tools.root, name, tools.limits)

    return FitTask(key_of(REMUXED, source.sha256, recipe), SentVideo, remux)


def _converting(source: Media, video: FittedVideo, tools: FitTools) -> FitTask[SentVideo]:
    recipe = conversion_recipe(tools.limits)
    name = f"{FOLDER}/{source.sha256[:16]}-{recipe}.mp4"
    amount = max(1, round(video.duration or 0))

    def convert(decoder: Decoder, tell: Progress) -> SentVideo | Unfit:
        told = 0

        def hear(seconds: float) -> None:
            nonlocal told
            if (more := min(int(seconds), amount) - told) > 0:
                told += more
                tell(more)

        return decoder.convert(tools.root / source.path, tools.root, name, tools.limits, hear)

    return FitTask(key_of(CONVERTED, source.sha256, recipe), SentVideo, convert, amount)


def _check_disk(
    videos: Iterable[tuple[Media, FittedVideo]],
    tasks: Mapping[Content, FitTask[SentVideo]],
    tools: FitTools,
) -> None:
    known = _experience(tools)
    estimates = [
        known.estimate(video, source.bytes)
        for source, video in videos
        if tools.index.get(tasks[content_of(source)].key, SentVideo) is None
    ]
    if not estimates:
        return
    # A film is written twice in the end, to bring its index to its beginning: the largest counts
    # double.
    sizes = [estimate.bytes for estimate in estimates]
    needed = sum(sizes) + max(sizes) + SPARE_BYTES
    free = shutil.disk_usage(tools.root).free
    if free < needed:
        raise RetryLater(
            f"The disk has too little room to convert {len(sizes)}"
            f" {'video' if len(sizes) == 1 else 'videos'}: that takes about"
            f" {(needed - SPARE_BYTES) / 1e6:,.1f} MB, {SPARE_BYTES / 1e6:,.0f} MB are to stay free,"
            f" and {free / 1e6:,.0f} MB are free now.",
            next=Hint(
                "Make room and run it again, or leave them as they are: ",
                step("plan --set convert=never"),
                ".",
            ),
        )


def _experience(tools: FitTools) -> Experience:
    return Experience.of(tools.index.results(CONVERTED, SentVideo))


def content_of(source: Media) -> Content:
    """What files that are the same share."""
    return source.sha256, source.kind


def _sent(video: FittedVideo, made: SentVideo | Unfit) -> FittedVideo | Unfit:
    return replace(video, sent=made) if isinstance(made, SentVideo) else made
