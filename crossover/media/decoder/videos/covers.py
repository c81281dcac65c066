"""The frame of a video that becomes its cover. Loaded by the child process only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageFilter, ImageStat

from crossover.media.decoder.pictures.encoding import as_jpeg, write_jpeg
from crossover.media.decoder.videos.opening import displayed_size
from crossover.media.decoder.videos.orientation import orientation_of, turn_upright

COVER_QUALITY = 92
COVER_WINDOW = 3.0
"""Seconds from the start in which the cover is looked for."""
COVER_STEP = 0.1
LONGEST_COVER_SECONDS = 30.0
"""Seconds of work after which the best frame so far is taken."""
DARKEST, BRIGHTEST = 28.0, 232.0
"""Mean luma (0-255) outside of which a frame counts as near-black or near-white."""
FLATTEST = 10.0
"""Standard deviation of luma under which a frame counts as one flat colour."""
LIVELIER, LIVELIER_SECONDS = 1.5, 1.0
"""A good frame gives way to one that shows so many times its edges, within so many seconds: the
subject often comes into the picture, or into the part that is cut out, a moment after the start."""


@dataclass(frozen=True, slots=True)
class _CoverFrame:
    """A frame and what the cover would show of it: mean and spread of luma, and its edges."""

    frame: VideoFrame
    at: float
    mean: float
    spread: float
    edges: float

    @property
    def good(self) -> bool:
        return DARKEST <= self.mean <= BRIGHTEST and self.spread >= FLATTEST

    @property
    def score(self) -> float:
        return self.spread - max(0, DARKEST - self.mean) - max(0, self.mean - BRIGHTEST)

    def gives_way_to(self, later: _CoverFrame) -> bool:
        if self.good:
            return later.good and later.edges >= LIVELIER * self.edges
        return later.good or later.score > self.score


def find_cover(
    container: InputContainer, film: VideoStream, max_pixels: int, cover_size: tuple[int, int]
) -> _CoverFrame | None:
    best: _CoverFrame | None = None
    first_good: float | None = None
    give_up = time.monotonic() + LONGEST_COVER_SECONDS
    for frame, at in _first_frames(container, film, max_pixels):
        if first_good is not None and at > first_good + LIVELIER_SECONDS:
            break
        seen = _cover_frame(frame, at, displayed_size(film, frame), cover_size)
        if best is None or best.gives_way_to(seen):
            best = seen
        if first_good is None and seen.good:
            first_good = at
        if time.monotonic() > give_up:
            break
    return best


def _first_frames(
    container: InputContainer, film: VideoStream, max_pixels: int
) -> Iterator[tuple[VideoFrame, float]]:
    """Frames of the first seconds, at least `COVER_STEP` apart, with their seconds from the
    start."""
    film.codec_context.options = {"max_pixels": str(max_pixels)}
    film.codec_context.thread_count = 2
    start: float | None = None
    last = -COVER_STEP
    for number, packet in enumerate(container.demux(film)):
        try:
            frames = film.decode(packet)
        except av.FFmpegError:
            frames = []
        for frame in frames:
            now = frame.time if frame.time is not None else number * COVER_STEP
            start = now if start is None else start
            if now - start > COVER_WINDOW:
                return
            if now - start >= last + COVER_STEP:
                last = now - start
                yield frame, last
        if number > 2000:
            return


def _cover_frame(
    frame: VideoFrame, at: float, shown: tuple[int, int], cover_size: tuple[int, int]
) -> _CoverFrame:
    left, top, right, bottom = _cut(shown, cover_size) or (0, 0, *shown)
    across, down = (left, right, shown[0]), (top, bottom, shown[1])
    (x0, x1), (y0, y1) = (
        (128 * start / side, 128 * end / side) for start, end, side in (across, down)
    )
    whole = _to_image(frame, width=128, height=128).convert("L")
    whole = turn_upright(whole, orientation_of(frame))
    luma = whole.resize((64, 64), Image.Resampling.BOX, box=(x0, y0, x1, y1))
    stat = ImageStat.Stat(luma)
    edges = luma.filter(ImageFilter.FIND_EDGES).crop((1, 1, 63, 63))
    return _CoverFrame(frame, at, stat.mean[0], stat.stddev[0], ImageStat.Stat(edges).mean[0])


def _cut(shown: tuple[int, int], cover_size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The middle of a picture in the cover's shape: left, top, right, bottom; None if far too
    small."""
    width, height = cover_size
    across, down = width // gcd(width, height), height // gcd(width, height)
    steps = min(shown[0] // across, shown[1] // down)
    if steps < 1:
        return None
    cut = across * steps, down * steps
    left, top = (shown[0] - cut[0]) // 2, (shown[1] - cut[1]) // 2
    return left, top, left + cut[0], top + cut[1]


def _to_image(frame: VideoFrame, **size: int) -> Image.Image:
    image: Image.Image = frame.to_image(**size)  # type: ignore[no-untyped-call]
    return image


def save_cover(
    frame: VideoFrame,
    target: Path,
    shown: tuple[int, int],
    cover_size: tuple[int, int],
) -> dict[str, Any] | None:
    """Cut the middle of the frame to the cover's shape and scale it down; None if far too small."""
    image = turn_upright(_to_image(frame), orientation_of(frame))
    if image.size != shown:
        image = image.resize(shown, Image.Resampling.LANCZOS)
    cut = _cut(shown, cover_size)
    if cut is None:
        return None
    image = image.crop(cut)
    if image.width > cover_size[0]:
        image = image.resize(cover_size, Image.Resampling.LANCZOS)
    data = as_jpeg(image, quality=COVER_QUALITY, subsampling="4:4:4")
    return write_jpeg(target, data, image.size)
