"""Fingerprints of videos and pictures. Loaded by the child process only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from PIL import Image

from crossover.media.decoder.capture_dates import filmed, read_exif
from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.pictures.opening import open_picture, read_picture
from crossover.media.decoder.pictures.turning import upright
from crossover.media.decoder.videos.coding import codec_of
from crossover.media.decoder.videos.opening import (
    DECODED,
    displayed_size,
    open_film,
    seconds_of,
)
from crossover.media.decoder.videos.orientation import orientation_of, turn_upright
from crossover.media.likeness.fingerprint import SIDE, Captured, Fingerprint, Frame, grid

LONGEST_SECONDS = 60.0
"""Seconds of work after which a video is known by the frames there are."""
FRAMES_BETWEEN = 3600
"""Frames decoded in search of one moment; then the one that was reached is taken."""


def fingerprint_picture(source: Path, max_pixels: int) -> Fingerprint:
    """The look of a picture, upright. Raises `CannotFitError` for what cannot be read."""
    image = open_picture(read_picture(source), max_pixels)
    orientation, taken = read_exif(image)
    width, height = image.size
    image.draft("L", (SIDE * 8, SIDE * 8))
    try:
        small = _small(image.convert("RGBA") if image.has_transparency_data else image)
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise CannotFitError("the picture is damaged or cut short") from exc
    if orientation != 1:
        small = upright(small, orientation)
    if orientation >= 5:
        width, height = height, width
    return _fingerprint(width, height, None, taken, [(0.0, small)])


def fingerprint_video(source: Path, max_pixels: int) -> Fingerprint:
    """The look of a video, with frames at the moments of `grid`.

    Raises `CannotFitError` for what no trusted decoder reads.
    """
    with open_film(source, max_pixels) as (container, film, _):
        if codec_of(film) not in DECODED:
            raise CannotFitError(f"its pictures cannot be read ({codec_of(film)})")
        seconds = seconds_of(container, film)
        if not seconds:
            raise CannotFitError("its length is not known")
        frames: list[tuple[float, Image.Image]] = []
        shown, scaler = (film.width, film.height), _GreyScaler()
        for at, frame in _frames(container, film, grid(seconds), max_pixels):
            shown = displayed_size(film, frame)
            frames.append((at, scaler.scale(frame)))
        if not frames:
            raise CannotFitError("no picture of the video can be decoded: it is damaged")
        return _fingerprint(*shown, seconds, filmed(container), frames)


def _frames(
    container: InputContainer, film: VideoStream, moments: list[float], max_pixels: int
) -> Iterator[tuple[float, VideoFrame]]:
    """The frame that is shown at each moment, seconds after the first one."""
    film.codec_context.options = {"max_pixels": str(max_pixels)}
    film.codec_context.thread_count = 1  # as many files as cores are looked at together
    if film.time_base is None:
        return
    start = film.start_time or 0
    give_up = time.monotonic() + LONGEST_SECONDS
    reader = _FrameReader(container, film)
    for at in moments:
        if time.monotonic() > give_up:
            return
        try:
            frame = reader.frame(start + round(at / film.time_base))
        except av.FFmpegError:  # a damaged stretch; the rest may be whole
            reader = _FrameReader(container, film)
            continue
        if frame is not None:
            yield at, frame


class _FrameReader:
    """Plays a film from moment to moment, leaping to key frames on the way."""

    def __init__(self, container: InputContainer, film: VideoStream) -> None:
        self._container = container
        self._film = film
        self._stream: Iterator[VideoFrame] = iter(())
        self._shown: VideoFrame | None = None
        self._ahead: VideoFrame | None = None

    def frame(self, target: int) -> VideoFrame | None:
        """The frame shown at `target`, in the film's own time, which never goes back."""
        if self._shown is None or self._key_before(target) > _pts(self._shown):
            self._container.seek(target, stream=self._film)
            self._stream, self._shown, self._ahead = self._container.decode(self._film), None, None
        for _ in range(FRAMES_BETWEEN):
            if self._ahead is not None and _pts(self._ahead) > target:
                break
            self._shown = self._ahead or self._shown
            self._ahead = next(self._stream, None)
            if self._ahead is None:
                break
        return self._shown or self._ahead

    def _key_before(self, target: int) -> int:
        place = self._film.index_entries.search_timestamp(target)
        return self._film.index_entries[place].timestamp if place >= 0 else target


def _pts(frame: VideoFrame) -> int:
    return frame.pts or 0


class _GreyScaler:
    """Sees frames as they are kept."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def scale(self, frame: VideoFrame) -> Image.Image:
        grey = self._reformatter.reformat(frame, 64, 64, format="gray", interpolation="AREA")
        plane = grey.planes[0]
        raw = ("raw", "L", plane.line_size, 1)
        image = _small(Image.frombuffer("L", (64, 64), bytes(plane), *raw))
        return turn_upright(image, orientation_of(frame))


def _small(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257))
    return image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)


def _fingerprint(
    width: int,
    height: int,
    seconds: float | None,
    taken: Captured | None,
    frames: list[tuple[float, Image.Image]],
) -> Fingerprint:
    shown = tuple(Frame(at, small.tobytes()) for at, small in frames)
    return Fingerprint(width, height, seconds, taken, shown)
