"""Looks for TikTok's watermark in the videos of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedVideo, Unfit, WatermarkLook
from crossover.media.fit.progress import FitStage
from crossover.media.fit.ready_index import FOLDER, key_of
from crossover.media.fit.recipe import watermark_recipe
from crossover.media.fit.stage import FitTask, FitTools, run_stage
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress


def find_watermarks(
    videos: Iterable[tuple[Media, FittedVideo]], tools: FitTools
) -> dict[tuple[str, MediaKind], FittedVideo]:
    """Find the videos that show the mark, or may; by content, with what was seen. One that cannot be
    looked through is not among them."""
    videos = tuple(videos)
    recipe = watermark_recipe(tools.limits)
    tasks = [
        FitTask(key_of("watermark", source.sha256, recipe), WatermarkLook, _look(source, tools))
        for source, _ in videos
    ]
    looked = run_stage(
        tasks, tools.index, tools.pool, partial(tools.on_progress, FitStage.WATERMARK)
    )
    return {
        (source.sha256, source.kind): replace(video, watermark=look.watermark)
        for task, (source, video) in zip(tasks, videos, strict=True)
        if isinstance(look := looked[task.key], WatermarkLook) and look.watermark
    }


def _look(source: Media, tools: FitTools) -> Callable[[Decoder, Progress], WatermarkLook | Unfit]:
    name = f"{FOLDER}/{source.sha256[:16]}-{watermark_recipe(tools.limits)}-watermark.jpg"

    def look(decoder: Decoder, _: Progress) -> WatermarkLook | Unfit:
        return decoder.watermark(tools.root / source.path, tools.root, name, tools.limits)

    return look
