"""One video looked into, and its cover written. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from av.container import InputContainer
from av.video.stream import VideoStream

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.covers import save_cover
from crossover.media.decoder.videos.frame_choice import SPREAD, choose_frame
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.gaps import find_gap
from crossover.media.decoder.videos.opening import (
    DECODED,
    open_film,
    seconds_of,
    square_pixels,
)
from crossover.media.video_coding import VideoCoding


def fit_video(
    source: Path, target: Path, max_pixels: int, cover_size: tuple[int, int]
) -> dict[str, Any]:
    """Tell what `source` is and write a cover for it to `target`. The video is not changed.

    The cover is the frame that `choose_frame` takes, cut to the shape of `cover_size`, never
    enlarged. A codec outside `DECODED` gets no cover, and its turned display cannot be known.
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
    reader = FilmReader(container, film, max_pixels)
    decoded = coding.codec in DECODED
    spread = tuple(spread_frames(reader, SPREAD)) if decoded else ()
    chosen = choose_frame(reader, spread) if decoded else None
    if decoded and chosen is None:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    width, height = square_pixels(film, film.width, film.height)
    cover = None
    if chosen is not None:
        width, height = chosen.frame.found.size
        cover = save_cover(chosen, target, cover_size)
    return {
        "width": width,
        "height": height,
        "duration": seconds_of(container, film),
        "coding": coding,
        "cover": cover,
        "cover_at": chosen.frame.at if chosen and cover else None,
    }
