"""One video looked into, and its cover written. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from av.container import InputContainer
from av.video.stream import VideoStream

from crossover.media.containers.video_coding import VideoCoding
from crossover.media.decoder.errors import CannotFitError, raise_if_little_memory_is_left
from crossover.media.decoder.jobs import FitVideo
from crossover.media.decoder.pictures.thumbnails import write_thumbnail
from crossover.media.decoder.videos.covers.covers import cut_cover, write_cover
from crossover.media.decoder.videos.covers.frame_choice import SPREAD, choose_frame
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.gaps import find_gap
from crossover.media.decoder.videos.opening import AS_H264, DECODED, open_film, seconds_of


def fit_video(job: FitVideo) -> dict[str, Any]:
    """Tell what a video is, and write a cover for it and a thumbnail. The video is not changed.

    The cover is the frame that `choose_frame` takes, cut to the shape asked for, never enlarged.
    Raises `CannotFitError` for a codec outside `DECODED`, and for what is damaged.
    """
    source = Path(job.source)
    with open_film(source, job.max_pixels) as (container, film, coding):
        if coding.codec not in DECODED:
            reason = f"its picture is coded as {coding.codec}, which is not read here"
            raise CannotFitError(reason, advice=AS_H264)
        gap = find_gap(source, film, coding)
        return _video(container, film, coding, job) | {"gap": gap}


def _video(
    container: InputContainer, film: VideoStream, coding: VideoCoding, job: FitVideo
) -> dict[str, Any]:
    reader = FilmReader(container, film, job.max_pixels)
    chosen = choose_frame(reader, tuple(spread_frames(reader, SPREAD)))
    if chosen is None:
        raise_if_little_memory_is_left()
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    width, height = chosen.frame.found.size
    image = cut_cover(chosen, (job.cover_width, job.cover_height))
    return {
        "width": width,
        "height": height,
        "duration": seconds_of(container, film),
        "coding": coding,
        "cover": write_cover(image, Path(job.target)) if image else None,
        "thumbnail": write_thumbnail(image, Path(job.thumbnail)) if image else None,
        "cover_at": chosen.frame.at if image else None,
    }
