"""A cover that somebody chose: a moment of the video, a picture, or what TikTok showed. Loaded by the
child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from av.video.reformatter import VideoReformatter
from PIL import Image

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.jobs import MakeCover
from crossover.media.decoder.pictures.plain import read_plain
from crossover.media.decoder.pictures.thumbnails import write_thumbnail
from crossover.media.decoder.videos.covers.bars import content_box
from crossover.media.decoder.videos.covers.covers import cut_cover, cut_picture, write_cover
from crossover.media.decoder.videos.covers.frame_choice import (
    AROUND_PIXELS,
    AROUND_SECONDS,
    SPREAD,
    CoverFrame,
)
from crossover.media.decoder.videos.covers.frame_measure import COARSE, Box, small_frame
from crossover.media.decoder.videos.frames import FilmFrame, FilmReader, spread_frames
from crossover.media.decoder.videos.opening import open_film
from crossover.media.likeness.fingerprint import FOUND, Frame, likeness

ALIKE_SPREAD = 2 * SPREAD
"""Frames that a picture is compared with, all over a film."""
LARGE_ENOUGH = 720
"""Pixels of width from which TikTok's own picture is taken as it is, where the video's frame has more;
below it only tells which frame."""


def make_cover(job: MakeCover) -> dict[str, Any]:
    """Write the cover that is wished, and its thumbnail. Raises `CannotFitError` where the moment is
    not in the video, or the picture cannot be read, is far too small, or is `alike` none of the
    video."""
    size = job.cover_width, job.cover_height
    at = None
    if job.seconds is not None:
        chosen = _frame_at(job, job.seconds)
        at, image = chosen.frame.at, cut_cover(chosen, size)
    else:
        picture = read_plain(Path(job.picture), job.max_pixels)
        image = cut_picture(picture, size)
        if job.alike:
            alike = _frame_like(job, picture)
            own = cut_cover(alike, size)
            if own is not None and (image is None or image.width < min(own.width, LARGE_ENOUGH)):
                at, image = alike.frame.at, own
    if image is None:
        raise CannotFitError("it is far too small for a cover")
    return {
        "cover": write_cover(image, Path(job.target)),
        "thumbnail": write_thumbnail(image, Path(job.thumbnail)),
        "at": at,
    }


def _frame_at(job: MakeCover, seconds: float) -> CoverFrame:
    with open_film(Path(job.source), job.max_pixels) as (container, film, _):
        reader = FilmReader(container, film, job.max_pixels)
        if seconds > reader.seconds:
            raise CannotFitError(f"the video is only {reader.seconds:.1f} s long")
        spread = tuple(spread_frames(reader, SPREAD))
        found = reader.at(seconds)
    if found is None:
        raise CannotFitError("no picture of the video can be decoded there")
    return _cover_frame(found, _box(spread))


def _frame_like(job: MakeCover, picture: Image.Image) -> CoverFrame:
    """The frame of the video that is most like a picture."""
    shape = picture.width / picture.height
    wanted = _seen(picture)
    with open_film(Path(job.source), job.max_pixels) as (container, film, _):
        reader = FilmReader(container, film, job.max_pixels)
        spread = tuple(spread_frames(reader, ALIKE_SPREAD))
        scaler = VideoReformatter()

        def alike(found: FilmFrame) -> float:
            small = small_frame(found, scaler).picture
            return likeness(wanted, _seen(_in_shape(small, shape)))

        best = max(spread, key=alike, default=None)
        if best is None:
            raise CannotFitError("no picture of the video can be decoded: it is damaged")
        for found in reader.play(best.at, AROUND_PIXELS, every_frame=False):
            if found.at > best.at + AROUND_SECONDS:
                break
            best = max(best, found, key=alike)
        if alike(best) < FOUND:
            raise CannotFitError("it shows nothing of this video")
    return _cover_frame(best, _box(spread))


def _cover_frame(found: FilmFrame, box: Box) -> CoverFrame:
    frame = small_frame(found, VideoReformatter()).within(box)
    return CoverFrame(frame, box, is_seen=frame.measure.is_seen)


def _box(spread: tuple[FilmFrame, ...]) -> Box:
    scaler = VideoReformatter()
    return content_box([small_frame(found, scaler).picture for found in spread])


def _in_shape(picture: Image.Image, shape: float) -> Image.Image:
    """The middle of a picture in another shape, width : height."""
    width = min(picture.width, round(picture.height * shape))
    height = min(picture.height, round(picture.width / shape))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + max(width, 1), top + max(height, 1)))


def _seen(picture: Image.Image) -> Frame:
    small = picture.convert("L").resize((COARSE, COARSE), Image.Resampling.BOX)
    return Frame(0.0, small.tobytes())
