"""Small frames from all over a film, for somebody to choose one. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from av.video.reformatter import VideoReformatter

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.jobs import MakeFilmStrip
from crossover.media.decoder.pictures.encoding import as_jpeg, write_jpeg
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.opening import open_film

FRAME_SIDE = 320
"""Pixels of the longer side of a frame."""
_QUALITY = 75


def make_film_strip(job: MakeFilmStrip) -> dict[str, Any]:
    """Write about `count` frames into a folder, and tell when each is shown. Raises `CannotFitError`
    where no frame can be decoded, and `NotWrittenError`."""
    scaler = VideoReformatter()
    frames: list[dict[str, Any]] = []
    with open_film(Path(job.source), job.max_pixels) as (container, film, _):
        reader = FilmReader(container, film, job.max_pixels)
        for found in spread_frames(reader, job.count):
            share = min(1.0, FRAME_SIDE / max(found.size))
            width, height = (max(1, round(side * share)) for side in found.size)
            picture = found.picture((width, height), scaler)
            name = f"{len(frames) + 1:02}.jpg"
            jpeg = as_jpeg(picture, quality=_QUALITY, subsampling="4:2:0")
            write_jpeg(Path(job.target) / name, jpeg, picture.size)
            frames.append({"seconds": round(found.at, 3), "name": name})
    if not frames:
        raise CannotFitError("no picture of the video can be decoded: it is damaged")
    return {"frames": frames}
