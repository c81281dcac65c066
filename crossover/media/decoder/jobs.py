"""What the child process is asked to do: one value a job, sent as a line of JSON.

`source` and `post` are files to read, `target` is the file to write: absolute paths. Frames of more
than `max_pixels` are not decoded.
"""

from __future__ import annotations

import json
from typing import TypeAlias

import msgspec

from crossover.model.choices import PictureShape


class FitPicture(msgspec.Struct, frozen=True, tag=True):
    """Write a picture as a JPEG of at most `max_bytes`; a `thumbnail` of it, and of an animated one a
    `film`, unless those are empty.

    One whose width is more than `wide` percent of its height, or whose height is more than `tall`
    percent of its width, is brought into `shape`.
    """

    source: str
    target: str
    max_pixels: int
    max_bytes: int
    thumbnail: str = ""
    shape: PictureShape = PictureShape.KEEP
    wide: int = 200
    tall: int = 200
    film: str = ""


class FitVideo(msgspec.Struct, frozen=True, tag=True):
    """Tell what a video is, and write a cover of it and a `thumbnail` of that."""

    source: str
    target: str
    thumbnail: str
    max_pixels: int
    cover_width: int
    cover_height: int


class MakeCover(msgspec.Struct, frozen=True, tag=True):
    """Write a cover of a video as it is wished, and a `thumbnail` of that: of the frame at `seconds`,
    or of `picture`, a file; with `alike` only where that shows the video."""

    source: str
    target: str
    thumbnail: str
    max_pixels: int
    cover_width: int
    cover_height: int
    seconds: float | None = None
    picture: str = ""
    alike: bool = False


class MakeFilmStrip(msgspec.Struct, frozen=True, tag=True):
    """Write about `count` small frames from all over a video into the folder `target`."""

    source: str
    target: str
    count: int
    max_pixels: int


class RemuxVideo(msgspec.Struct, frozen=True, tag=True):
    """Write film and sound of a video, as they are, into an MP4 of at most `max_bytes`."""

    source: str
    target: str
    max_pixels: int
    max_bytes: int


class ConvertVideo(msgspec.Struct, frozen=True, tag=True):
    """Convert a video to H.264 and AAC in an MP4 of at most `max_bytes`."""

    source: str
    target: str
    max_pixels: int
    max_bytes: int


class FindWatermark(msgspec.Struct, frozen=True, tag=True):
    """Look for TikTok's watermark in a video, and write frames that show it."""

    source: str
    target: str
    max_pixels: int


class FingerprintPicture(msgspec.Struct, frozen=True, tag=True):
    source: str
    max_pixels: int


class FingerprintVideo(msgspec.Struct, frozen=True, tag=True):
    source: str
    max_pixels: int


class DatePicture(msgspec.Struct, frozen=True, tag=True):
    """Tell when a picture was taken."""

    source: str
    max_pixels: int


class DateVideo(msgspec.Struct, frozen=True, tag=True):
    """Tell when a video was filmed, and how long it is."""

    source: str
    max_pixels: int


class ComparePictures(msgspec.Struct, frozen=True, tag=True):
    """Compare a picture with one of a post's, closely."""

    source: str
    post: str
    max_pixels: int


class CompareVideos(msgspec.Struct, frozen=True, tag=True):
    """Compare a video with a post's, from end to end."""

    source: str
    post: str
    max_pixels: int


Job: TypeAlias = (
    FitPicture
    | FitVideo
    | MakeCover
    | MakeFilmStrip
    | RemuxVideo
    | ConvertVideo
    | FindWatermark
    | FingerprintPicture
    | FingerprintVideo
    | DatePicture
    | DateVideo
    | ComparePictures
    | CompareVideos
)


def parse_job(line: bytes) -> Job:
    """The job that a line says. Raises `ValueError` for a line that says none."""
    job: Job = msgspec.convert(json.loads(line), Job)  # `json` reads names that are no Unicode
    return job
