"""One video looked into, and its cover chosen. Loaded by the child process only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageFilter, ImageStat

from crossover.media.decoder.pictures import FORMAT_NAMES, CannotFitError, as_jpeg, write_jpeg
from crossover.media.probe import HEAD_BYTES, MP4, PICTURES, looks_like, mp4_boxes, mp4_film_coding

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

DECODED = frozenset({"h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "h263", "mjpeg", "prores"})
"""Codecs a cover is taken from. Rarer decoders are never run on a stranger's bytes."""


def fit_video(
    source: Path, target: Path, max_pixels: int, cover_size: tuple[int, int]
) -> dict[str, Any]:
    """Tell what `source` is and write a cover for it to `target`. The video is not changed.

    The cover is the first good frame, or one soon after it that shows much more, cut to the shape
    of `cover_size`, never enlarged. A codec outside `DECODED` gets no cover, and its turned display
    cannot be known.
    """
    with open_film(source, max_pixels) as (container, film, wrapper):
        return {"container": wrapper, **_video(container, film, target, max_pixels, cover_size)}


@contextmanager
def open_film(source: Path, max_pixels: int) -> Iterator[tuple[InputContainer, VideoStream, str]]:
    """An MP4 or MOV and the film in it, opened; the third is `mp4` or `mov`. Raises
    `CannotFitError` for anything else, and for what is damaged or too large."""
    with source.open("rb") as file:
        kind = looks_like(file.read(HEAD_BYTES))
        if kind != MP4:
            what = f"a {FORMAT_NAMES[kind]} picture" if kind in PICTURES else kind
            raise CannotFitError(f"not a video that can be read (MP4, MOV): it is {what}")
        boxes = mp4_boxes(file, file.seek(0, os.SEEK_END))
        if boxes.missing_bytes:
            raise CannotFitError(f"the video is cut short: {boxes.missing_bytes} bytes are missing")
        if not boxes.has_index:
            raise CannotFitError("the video has no index (moov): it is cut short or damaged")
        file.seek(0)
        # Only this demuxer, on bytes from an open file: no name is ever taken for a link or an
        # option, and nothing the file points to is opened.
        options = {"protocol_whitelist": "none", "enable_drefs": "0"}
        try:
            container = av.open(file, "r", format="mov", options=options, metadata_errors="replace")
        except av.FFmpegError as exc:
            raise CannotFitError(f"the video is damaged: {exc.strerror}") from exc
        with container:
            film = _film(container)
            if codec_of(film) is None:
                coding = mp4_film_coding(file, file.seek(0, os.SEEK_END))
                raise CannotFitError(
                    f"its picture is coded as {coding or 'something unknown'}, which cannot be"
                    " played here; get it anew as H.264 (with yt-dlp: -S vcodec:h264)"
                )
            _check_size(film, max_pixels)
            yield container, film, boxes.container


def _film(container: InputContainer) -> VideoStream:
    films = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not films:
        raise CannotFitError("there is no moving picture in it")
    return films[0]


def _check_size(film: VideoStream, max_pixels: int) -> None:
    width, height = film.width, film.height
    if width < 1 or height < 1:
        raise CannotFitError("its picture has no known size")
    if width * height > max_pixels:
        raise CannotFitError(f"its picture is too large: {width} × {height} pixels")


def _video(
    container: InputContainer,
    film: VideoStream,
    target: Path,
    max_pixels: int,
    cover_size: tuple[int, int],
) -> dict[str, Any]:
    codec = codec_of(film)
    found = _find_cover(container, film, max_pixels, cover_size) if codec in DECODED else None
    if codec in DECODED and found is None:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    cover = None
    width, height = square_pixels(film, film.width, film.height)
    if found is not None:
        width, height = _displayed(film, found.frame)
        cover = _save_cover(found.frame, target, (width, height), cover_size)
    audio = container.streams.audio
    return {
        "width": width,
        "height": height,
        "duration": seconds_of(container, film),
        "fps": float(film.average_rate) if film.average_rate else None,
        "video_codec": codec or "unknown",
        "audio_codec": (codec_of(audio[0]) or "unknown") if audio else None,
        "cover": cover,
        "cover_at": found.at if found and cover else None,
    }


def codec_of(stream: Any) -> str | None:
    """Name the codec of a stream; None where FFmpeg has no decoder for it."""
    context = stream.codec_context
    return None if context is None else str(context.codec.canonical_name)


def square_pixels(film: VideoStream, width: int, height: int) -> tuple[int, int]:
    """Convert a frame's width and height to square pixels, as it is displayed."""
    shape = film.sample_aspect_ratio
    if not shape or shape == 1 or not 1 / 16 < shape < 16:
        return width, height
    return max(1, round(width * shape)), height


def _displayed(film: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    width, height = square_pixels(film, film.width, film.height)
    return (height, width) if frame.rotation % 180 else (width, height)


def seconds_of(container: InputContainer, film: VideoStream) -> float | None:
    """Return the length of a video in seconds; None where the file does not say."""
    if container.duration:
        return container.duration / 1_000_000
    if film.duration and film.time_base:
        return float(film.duration * film.time_base)
    return None


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


def _find_cover(
    container: InputContainer, film: VideoStream, max_pixels: int, cover_size: tuple[int, int]
) -> _CoverFrame | None:
    best: _CoverFrame | None = None
    first_good: float | None = None
    give_up = time.monotonic() + LONGEST_COVER_SECONDS
    for frame, at in _first_frames(container, film, max_pixels):
        if first_good is not None and at > first_good + LIVELIER_SECONDS:
            break
        seen = _cover_frame(frame, at, _displayed(film, frame), cover_size)
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
    if frame.rotation % 180:
        across, down = down, across
    (x0, x1), (y0, y1) = (
        (128 * start / side, 128 * end / side) for start, end, side in (across, down)
    )
    whole = _to_image(frame, width=128, height=128).convert("L")
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


def _save_cover(
    frame: VideoFrame,
    target: Path,
    shown: tuple[int, int],
    cover_size: tuple[int, int],
) -> dict[str, Any] | None:
    """Cut the middle of the frame to the cover's shape and scale it down; None if far too small."""
    image = _to_image(frame)
    if quarter := frame.rotation % 360:
        # The display matrix counts against the clock, as Pillow does.
        turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180}
        image = image.transpose(turns.get(quarter, Image.Transpose.ROTATE_270))
    if image.size != shown:
        image = image.resize(shown, Image.Resampling.LANCZOS)
    cut = _cut(shown, cover_size)
    if cut is None:
        return None
    image = image.crop(cut)
    if image.width > cover_size[0]:
        image = image.resize(cover_size, Image.Resampling.LANCZOS)
    data = as_jpeg(image, None, quality=COVER_QUALITY, subsampling="4:4:4")
    return write_jpeg(target, data, image.size)
