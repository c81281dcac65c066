"""One video looked into, and its cover written. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from av.container import InputContainer
from av.video.stream import VideoStream

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.covers import find_cover, save_cover
from crossover.media.decoder.videos.gaps import find_gap
from crossover.media.decoder.videos.opening import (
    DECODED,
    displayed_size,
    open_film,
    seconds_of,
    square_pixels,
)
from crossover.media.video_coding import VideoCoding


def fit_video(
    source: Path, target: Path, max_pixels: int, cover_size: tuple[int, int]
) -> dict[str, Any]:
    """Tell what `source` is and write a cover for it to `target`. The video is not changed.

    The cover is the first good frame, or one soon after it that shows much more, cut to the shape
    of `cover_size`, never enlarged. A codec outside `DECODED` gets no cover, and its turned display
    cannot be known.
    """
    with open_film(source, max_pixels) as (container, film, coding):
        gap = find_gap(source, film, coding)
        return _video(container, film, coding, target, max_pixels, cover_size) | {"gap": gap}


def _video(
    container: InputContainer,
    film: VideoStream,
    coding: VideoCoding,
    target: Path,
    max_pixels: int,
    cover_size: tuple[int, int],
) -> dict[str, Any]:
    decoded = coding.codec in DECODED
    found = find_cover(container, film, max_pixels, cover_size) if decoded else None
    if decoded and found is None:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    cover = None
    width, height = square_pixels(film, film.width, film.height)
    if found is not None:
        width, height = displayed_size(film, found.frame)
        cover = save_cover(found.frame, target, (width, height), cover_size)
    return {
        "width": width,
        "height": height,
        "duration": seconds_of(container, film),
        "coding": coding,
        "cover": cover,
        "cover_at": found.at if found and cover else None,
    }
