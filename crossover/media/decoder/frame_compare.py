"""Compares a file with a post's, frame by frame from end to end. Loaded by the child process only.

Both are read in step, so that no more than a few frames are held, however long they are.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from PIL import Image

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.frame_difference import (
    Planes,
    cells,
    frame_difference,
    total_difference,
)
from crossover.media.decoder.pictures.opening import open_picture, read_picture
from crossover.media.decoder.pictures.turning import upright
from crossover.media.decoder.sound import compare_sound
from crossover.media.decoder.videos.coding import codec_of
from crossover.media.decoder.videos.opening import DECODED, open_film, seconds_of, square_pixels
from crossover.media.decoder.videos.orientation import orientation_of, turn_upright, turned_size
from crossover.media.likeness.closeness import (
    CELLS,
    PICTURE_CELLS,
    STEP,
    Closeness,
    FrameDifference,
    closeness,
)

SHORTEST_LIMIT, LONGEST_LIMIT, LIMIT_FACTOR = 200.0, 1800.0, 3.0
"""Seconds after which two videos are not compared any more: so many times as long as both last
together, within these bounds."""
TELL_SECONDS = 1.0
"""The parent hears as often that the work goes on."""
AROUND = 0.1
"""Seconds around a moment in which the file may show what the post shows: a copy of another frame
rate shows each frame a little earlier or later."""


def compare_pictures(mine: Path, theirs: Path, max_pixels: int) -> Closeness:
    """Compare a picture with one of a post's. Raises `CannotFitError` for what cannot be read."""
    one, other = _upright(mine, max_pixels), _upright(theirs, max_pixels)
    size = cells(other.size, PICTURE_CELLS)
    return closeness([(0.0, frame_difference(_resized(other, size), _resized(one, size)))])


def compare_videos(
    mine: Path, theirs: Path, max_pixels: int, tell: Callable[[float], None] = lambda _: None
) -> Closeness:
    """Compare a video with a post's, their sound too; `tell` hears now and then of the seconds it
    took so far. Raises `CannotFitError` for what cannot be read, and for what takes too long."""
    with (
        open_film(mine, max_pixels) as (container, film, _),
        open_film(theirs, max_pixels) as (other_container, other_film, _),
    ):
        lasts = (seconds_of(container, film) or 0) + (seconds_of(other_container, other_film) or 0)
        check = _clock(lasts, tell)
        file = _frames(container, film, max_pixels, check)
        post = _frames(other_container, other_film, max_pixels, check)
        differences, ends = _compare_frames(file, post)
    return closeness(differences, ends, compare_sound(mine, theirs, max_pixels, check))


def _clock(lasts: float, tell: Callable[[float], None]) -> Callable[[], None]:
    limit = min(max(SHORTEST_LIMIT, LIMIT_FACTOR * lasts), LONGEST_LIMIT)
    began = told = time.monotonic()

    def check() -> None:
        nonlocal told
        now = time.monotonic()
        if now - began > limit:
            raise CannotFitError("it is too long or too large to be compared closely")
        if now - told >= TELL_SECONDS:
            told = now
            tell(now - began)

    return check


# --- videos ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """A frame, `at` seconds after the first one; `shape` is width and height as displayed."""

    at: float
    frame: VideoFrame
    shape: tuple[int, int]


def _frames(
    container: InputContainer, film: VideoStream, max_pixels: int, check: Callable[[], None]
) -> Iterator[_Shown]:
    if codec_of(film) not in DECODED:
        raise CannotFitError(f"its pictures cannot be read ({codec_of(film)})")
    film.codec_context.options = {"max_pixels": str(max_pixels)}
    # As many pairs as cores are compared together. For one alone, threads of frames take a sixth more
    # of the processor's time, and threads of slices do nothing.
    film.codec_context.thread_count = 1
    start: float | None = None
    try:
        for frame in container.decode(film):
            check()
            if frame.time is None:
                raise CannotFitError("its pictures do not say when they are shown")
            start = frame.time if start is None else start
            width, height = square_pixels(film, frame.width, frame.height)
            turn = orientation_of(frame)
            yield _Shown(frame.time - start, frame, turned_size((width, height), turn))
    except av.FFmpegError as exc:
        raise CannotFitError(f"the video is damaged: {exc.strerror}") from exc


def _compare_frames(
    file: Iterator[_Shown], post: Iterator[_Shown]
) -> tuple[list[tuple[float, FrameDifference]], float]:
    """Compare every moment of the post with the file's frame that is most like it around there.
    Returns also by how much one goes on after the other, in seconds."""
    differences: list[tuple[float, FrameDifference]] = []
    around: _FramesAround | None = None
    due = last = 0.0
    for shown in post:
        last = shown.at
        if around is None:
            size = cells(shown.shape, CELLS)
            scaler, around = _FrameScaler(size), _FramesAround(file, _FrameScaler(size))
        if shown.at >= due:
            due = (int(shown.at / STEP) + 1) * STEP
            planes = scaler.scale(shown.frame)
            like = around.most_like(planes, shown.at)
            differences.append((shown.at, frame_difference(planes, like)))
    if around is None:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    return differences, abs(around.end() - last)


class _FramesAround:
    """The frames of a film around a moment, as it goes on."""

    def __init__(self, film: Iterator[_Shown], scaler: _FrameScaler) -> None:
        self._film = film
        self._scaler = scaler
        self._ahead = next(film, None)
        self._before: _Shown | None = None  # shown when the time around the moment begins
        self._near: deque[tuple[float, Planes]] = deque()
        self._last = 0.0

    def most_like(self, wanted: Planes, at: float) -> Planes:
        """Find the frame most like `wanted` around `at` seconds; `at` never decreases. Raises
        `CannotFitError` where there is no frame at all."""
        while self._ahead is not None and self._ahead.at <= at + AROUND:
            if self._ahead.at <= at - AROUND:
                self._before = self._ahead
                self._near.clear()
            else:
                self._near.append((self._ahead.at, self._scaler.scale(self._ahead.frame)))
            self._step()
        if self._before is not None:
            self._near.appendleft((self._before.at, self._scaler.scale(self._before.frame)))
            self._before = None
        while len(self._near) > 1 and self._near[1][0] <= at - AROUND:
            self._near.popleft()
        if not self._near:
            raise CannotFitError("no picture of the video can be decoded: it is damaged")
        return min(
            (planes for _, planes in self._near), key=lambda one: total_difference(wanted, one)
        )

    def end(self) -> float:
        """Read on to the end. Returns when the last frame is shown, in seconds."""
        while self._ahead is not None:
            self._step()
        return self._last

    def _step(self) -> None:
        if self._ahead is not None:
            self._last = self._ahead.at
        self._ahead = next(self._film, None)


class _FrameScaler:
    """Scales frames to cells."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._reformatter = VideoReformatter()

    def scale(self, frame: VideoFrame) -> Planes:
        turn = orientation_of(frame)
        width, height = turned_size(self._size, turn)
        small = self._reformatter.reformat(
            frame, width, height, format="yuv444p", interpolation="AREA"
        )
        raw = ("raw", "L")
        y, u, v = (
            turn_upright(
                Image.frombuffer("L", (width, height), bytes(plane), *raw, plane.line_size, 1), turn
            )
            for plane in small.planes[:3]
        )
        return y, u, v


# --- pictures -------------------------------------------------------------------------------


def _upright(source: Path, max_pixels: int) -> Image.Image:
    image = open_picture(read_picture(source), max_pixels)
    try:
        orientation = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        orientation = 1
    try:
        if image.has_transparency_data:
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        if image.mode.startswith("I"):
            image = image.point(lambda value: value * (1 / 257)).convert("L")
        image = image.convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise CannotFitError("the picture is damaged or cut short") from exc
    return upright(image, orientation) if orientation in range(2, 9) else image


def _resized(image: Image.Image, size: tuple[int, int]) -> Planes:
    y, u, v = image.resize(size, Image.Resampling.BOX).convert("YCbCr").split()
    return y, u, v
