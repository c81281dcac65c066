"""Opens a stranger's video, in bounds, and tells its simplest facts. Loaded by the child process only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crossover.media.containers.mp4_boxes import mp4_boxes, mp4_film_coding
from crossover.media.containers.mp4_index import Mp4Index, read_mp4_index
from crossover.media.containers.probe import (
    AVI,
    FLV,
    HEAD_BYTES,
    MKV,
    MP4,
    MPEG_PS,
    MPEG_TS,
    PICTURES,
    VIDEOS,
    WEBM,
    WMV,
    looks_like,
)
from crossover.media.containers.video_coding import VideoCoding
from crossover.media.decoder.errors import CannotFitError, raise_if_memory_is_short
from crossover.media.decoder.pictures.opening import FORMAT_NAMES
from crossover.media.decoder.videos.coding import codec_of, default_film, read_coding
from crossover.media.decoder.videos.orientation import orientation_of, turned_size

DECODED = frozenset(
    {
        "av1",
        "flv1",
        "h263",
        "h264",
        "hevc",
        "mjpeg",
        "mpeg1video",
        "mpeg2video",
        "mpeg4",
        "msmpeg4v3",
        "prores",
        "vc1",
        "vp8",
        "vp9",
        "wmv1",
        "wmv2",
        "wmv3",
    }
)
"""Codecs a cover is taken from. Rarer decoders are never run on a stranger's bytes."""

SOUND_DECODERS = frozenset(
    {
        *("aac", "ac3", "alac", "amrnb", "amrwb", "dca", "eac3", "flac", "mp1float", "mp2"),
        *(
            "mp2float",
            "mp3",
            "mp3float",
            "nellymoser",
            "opus",
            "vorbis",
            "wmapro",
            "wmav1",
            "wmav2",
        ),
        *("adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms", "adpcm_swf", "pcm_alaw", "pcm_mulaw"),
        *("pcm_f32be", "pcm_f32le", "pcm_s16be", "pcm_s16le", "pcm_s24be", "pcm_s24le"),
        *("pcm_s32be", "pcm_s32le", "pcm_s8", "pcm_u8", "libopus", "libvorbis"),
        *("libopencore_amrnb", "libopencore_amrwb", "pcm_bluray", "pcm_dvd"),
    }
)
"""FFmpeg's decoders of sounds that are run on a stranger's bytes, by their names."""
_OTHER_NAMES = "flv,libdav1d,msmpeg4"
"""Of decoders of FFmpeg that are not named as their codec is."""
_DECODERS = ",".join((*sorted(DECODED), _OTHER_NAMES, *sorted(SOUND_DECODERS)))
_DEMUXERS = MappingProxyType(
    {
        MP4: ("mp4", "mov"),
        AVI: ("avi", "avi"),
        FLV: ("flv", "flv"),
        MKV: ("mkv", "matroska"),
        MPEG_PS: ("mpeg", "mpeg"),
        MPEG_TS: ("ts", "mpegts"),
        WEBM: ("webm", "matroska"),
        WMV: ("wmv", "asf"),
    }
)
"""What a container is called here, and by FFmpeg: the only demuxers ever run on a stranger's
bytes."""
AS_H264 = "Get it anew as H.264 (with yt-dlp: -S vcodec:h264), or export it so, and add that."
"""What to do about a coding that hardly anything plays, or that is not read here."""
_SOUND_ALONE = (
    "For a video: get it anew with its picture (with yt-dlp: -S vcodec:h264, without -x). For a post"
    " of pictures: add its pictures."
)


@contextmanager
def open_film(
    source: Path, max_pixels: int
) -> Iterator[tuple[InputContainer, VideoStream, VideoCoding]]:
    """A video and the film in it that a player shows, opened, and how it is coded. What it is
    wrapped in is told by its content. Raises `CannotFitError` for what is no video, and for what is
    damaged or too large."""
    with source.open("rb") as file:
        kind = looks_like(file.read(HEAD_BYTES))
        if kind not in VIDEOS:
            what = f"a {FORMAT_NAMES[kind]} picture" if kind in PICTURES else kind
            raise CannotFitError(f"not a video that can be read: it is {what}")
        size = file.seek(0, os.SEEK_END)
        wrapper, demuxer = _DEMUXERS[kind]
        index = None
        if kind == MP4:
            wrapper, index = _look_into_mp4(file, size)
        file.seek(0)
        # Only this demuxer, on bytes from an open file: no name is ever taken for a link or an
        # option, and nothing the file points to is opened.
        options = {"protocol_whitelist": "none", "codec_whitelist": _DECODERS}
        if kind == MP4:
            options["enable_drefs"] = "0"
        try:
            container = av.open(
                file, "r", format=demuxer, options=options, metadata_errors="replace"
            )
        except (av.FFmpegError, OSError) as exc:
            raise_if_memory_is_short(exc)
            what = "the video" if kind == MP4 else f"it is {kind}, which"
            raise CannotFitError(f"{what} is damaged: {exc.strerror}") from exc
        with container:
            film = _film(container)
            if codec_of(film) is None:
                coding = mp4_film_coding(file, size) if kind == MP4 else None
                raise CannotFitError(
                    f"its picture is coded as {coding or 'something unknown'}, which hardly anything"
                    " plays",
                    advice=AS_H264,
                )
            _check_size(film, max_pixels)
            yield container, film, read_coding(container, film, wrapper, index)


def _look_into_mp4(file: BinaryIO, size: int) -> tuple[str, Mp4Index]:
    boxes = mp4_boxes(file, size)
    if boxes.missing_bytes:
        raise CannotFitError(f"the video is cut short: {boxes.missing_bytes} bytes are missing")
    if not boxes.has_index:
        raise CannotFitError("the video has no index (moov): it is cut short or damaged")
    return boxes.container, read_mp4_index(file, size)


def _film(container: InputContainer) -> VideoStream:
    film = default_film(container)
    if film is None and container.streams.audio:
        raise CannotFitError("it is sound alone, without a picture", advice=_SOUND_ALONE)
    if film is None:
        raise CannotFitError("there is no moving picture in it")
    return film


def _check_size(film: VideoStream, max_pixels: int) -> None:
    width, height = film.width, film.height
    if width < 1 or height < 1:
        raise CannotFitError("its picture has no known size")
    if width * height > max_pixels:
        raise CannotFitError(f"its picture is too large: {width} × {height} pixels")


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
