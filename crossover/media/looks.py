"""Looks at videos and pictures. Loaded by the child process only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import ExifTags, Image

from crossover.media.likeness.fingerprint import SIDE, Captured, Frame, Look, captured, grid
from crossover.media.pictures import CannotFitError, open_picture, read_picture, upright
from crossover.media.videos import DECODED, codec_of, drawn, open_film, seconds_of, square_pixels

PATIENCE = 60.0
"""Seconds of work after which a video is known by the frames there are."""
FRAMES_AFTER_SEEK = 1200
"""Frames decoded in search of one moment; a longer way from key frame to key frame is given up."""


def look_at_picture(source: Path, max_pixels: int) -> Look:
    """The look of a picture, upright. Raises `CannotFitError` for what cannot be read."""
    image = open_picture(read_picture(source), max_pixels)
    orientation, taken = _exif(image)
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
    return _look(width, height, None, taken, [(0.0, small)])


def look_at_video(source: Path, max_pixels: int) -> Look:
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
        turned = 0
        for at, frame in _frames(container, film, grid(seconds), max_pixels):
            turned = frame.rotation
            frames.append((at, _turned(_small(drawn(frame, width=128, height=128)), turned)))
        if not frames:
            raise CannotFitError("no picture of the video can be decoded: it is damaged")
        width, height = square_pixels(film, film.width, film.height)
        if turned % 180:
            width, height = height, width
        return _look(width, height, seconds, _filmed(container), frames)


def _frames(
    container: InputContainer, film: VideoStream, moments: list[float], max_pixels: int
) -> Iterator[tuple[float, VideoFrame]]:
    """The frame that is shown at each moment, seconds after the first one."""
    film.codec_context.options = {"max_pixels": str(max_pixels)}
    film.codec_context.thread_count = 2
    base = film.time_base
    start = film.start_time or 0
    give_up = time.monotonic() + PATIENCE
    for at in moments:
        if base is None or time.monotonic() > give_up:
            return
        target = start + round(at / base)
        try:
            container.seek(target, stream=film)
            frame = _frame_at(container, film, target)
        except av.FFmpegError:  # a damaged stretch; the rest may be whole
            continue
        if frame is not None:
            yield at, frame


def _frame_at(container: InputContainer, film: VideoStream, target: int) -> VideoFrame | None:
    shown: VideoFrame | None = None
    for number, frame in enumerate(container.decode(film)):
        if frame.pts is None or number > FRAMES_AFTER_SEEK:
            return shown
        if frame.pts > target:
            return shown or frame
        shown = frame
    return shown


def _small(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257))
    return image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)


def _turned(image: Image.Image, degrees: int) -> Image.Image:
    # The display matrix counts against the clock, as Pillow does.
    return image.rotate(degrees % 360) if degrees % 360 else image


def _look(
    width: int,
    height: int,
    seconds: float | None,
    taken: Captured | None,
    frames: list[tuple[float, Image.Image]],
) -> Look:
    shown = tuple(Frame(at, small.tobytes()) for at, small in frames)
    return Look(width, height, seconds, taken, shown)


# --- when it was made -----------------------------------------------------------------------


def _filmed(container: InputContainer) -> Captured | None:
    # Apple's own field names the zone. `creation_time` ought to be UTC, and many cameras write
    # their own clock there.
    for name, zoned in (("com.apple.quicktime.creationdate", True), ("creation_time", False)):
        try:
            moment = datetime.fromisoformat(container.metadata[name])
            return _in_utc(moment, zoned=zoned)
        except (KeyError, ValueError, OverflowError):
            continue
    return None


def _exif(image: Image.Image) -> tuple[int, Captured | None]:
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        more = exif.get_ifd(ExifTags.IFD.Exif)
        said = more.get(ExifTags.Base.DateTimeOriginal)
        offset = str(more.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, None
    taken = _exif_moment(str(said or "").strip("\0 "), offset)
    return (orientation if orientation in range(1, 9) else 1), taken


def _exif_moment(said: str, offset: str) -> Captured | None:
    for text, form in ((said + offset, "%Y:%m:%d %H:%M:%S%z"), (said, "%Y:%m:%d %H:%M:%S")):
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007  the second form has no zone
            return _in_utc(moment, zoned=True)
        except (ValueError, OverflowError):
            continue
    return None


def _in_utc(moment: datetime, *, zoned: bool) -> Captured | None:
    if moment.tzinfo is None:
        return captured(moment.replace(tzinfo=UTC), zoned=False)
    return captured(moment.astimezone(UTC), zoned=zoned)
