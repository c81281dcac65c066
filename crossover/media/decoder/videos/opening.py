"""Opens a stranger's video, in bounds, and tells its simplest facts. Loaded by the child process only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.pictures.opening import FORMAT_NAMES
from crossover.media.decoder.videos.orientation import orientation_of, turned_size
from crossover.media.probe import HEAD_BYTES, MP4, PICTURES, looks_like, mp4_boxes, mp4_film_coding

DECODED = frozenset({"h264", "hevc", "av1", "vp9", "vp8", "mpeg4", "h263", "mjpeg", "prores"})
"""Codecs a cover is taken from. Rarer decoders are never run on a stranger's bytes."""


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


def displayed_size(film: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Tell how large a frame of a film is shown, in square pixels, upright."""
    shown = square_pixels(film, film.width, film.height)
    return turned_size(shown, orientation_of(frame))


def seconds_of(container: InputContainer, film: VideoStream) -> float | None:
    """Return the length of a video in seconds; None where the file does not say."""
    if container.duration:
        return container.duration / 1_000_000
    if film.duration and film.time_base:
        return float(film.duration * film.time_base)
    return None
