"""Converts a film to what every phone shows: H.264 of 8 bits and 4:2:0 with AAC, in an MP4. Loaded
by the child process only."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crossover.media.containers.video_coding import OF_THE_PICTURE, find_misfits
from crossover.media.decoder.errors import CannotFitError, raise_if_little_memory_is_left
from crossover.media.decoder.videos.convert.h264 import MOST_THREADS, add_h264, encode
from crossover.media.decoder.videos.convert.picture_filters import PictureFilters, keep_every
from crossover.media.decoder.videos.convert.sound_track import add_sound
from crossover.media.decoder.videos.mp4_file import describe_mp4, write_mp4
from crossover.media.decoder.videos.opening import open_film
from crossover.media.decoder.videos.remux import FilmCopy, first_second
from crossover.runtime.machine import usable_cores

LONGEST_SIDE = 3840
"""Pixels: more than 4K hardly any phone plays."""
SMALLER_SIDE = 1080
"""Pixels of the shorter side to which a film is scaled that comes out too large."""
TELL_SECONDS = 0.5
MOST_WAITING = 5000
"""Packets of sound, some 100 seconds, that may come before the first picture."""


class TooLargeError(Exception):
    """The result grows beyond what was asked for."""


def convert_video(
    source: Path, target: Path, max_pixels: int, max_bytes: int, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Write the film and the sound of `source` that a player shows to `target` as H.264 and AAC,
    upright, in BT.709, in step, and describe it as `describe_mp4` does. `tell` hears, now and then,
    how many seconds are done.

    A picture that every phone shows stays as it is, and so does such a sound. The times of the
    pictures are kept (a variable frame rate stays one): nothing is shown twice or left out, but of
    more than 60 pictures a second. A result of more than `max_bytes` is made anew with 1080 lines.
    Raises `CannotFitError` and `NotWrittenError`.
    """
    with open_film(source, max_pixels) as (container, film, coding):
        misfits = find_misfits(coding, size=source.stat().st_size, max_bytes=max_bytes)
        sound = None if coding.sound_track is None else container.streams[coding.sound_track]
        assert sound is None or isinstance(sound, AudioStream)  # noqa: S101  as `coding` tells
        film.codec_context.options = {"max_pixels": str(max_pixels)}
        film.thread_type = "AUTO"
        film.codec_context.thread_count = min(usable_cores(), MOST_THREADS)
        tracks = [0] if OF_THE_PICTURE.isdisjoint(misfits) else []
        for shortest in (*tracks, LONGEST_SIDE, SMALLER_SIDE):
            try:
                with write_mp4(target) as out:
                    _Conversion(container, film, sound, out, shortest, coding.container).run(
                        max_bytes, tell
                    )
                made = describe_mp4(target)
                if made["bytes"] <= max_bytes:
                    return made
                target.unlink()
            except TooLargeError:
                pass
            except (CannotFitError, av.FFmpegError):
                if shortest:
                    raise
            container.seek(0)
    raise CannotFitError(f"it comes out larger than {max_bytes / 1e9:g} GB, with 1080 lines too")


class _Conversion:
    """`shortest`: the most pixels along the shorter side; 0 where the picture stays as it is."""

    def __init__(
        self,
        container: InputContainer,
        film: VideoStream,
        sound: AudioStream | None,
        out: OutputContainer,
        shortest: int,
        wrapper: str,
    ) -> None:
        self._container, self._film = container, film
        self._tracks: list[VideoStream | AudioStream] = [film] if sound is None else [film, sound]
        start = first_second(*self._tracks)
        self._picture: FilmCopy | _EncodedFilm = (
            _EncodedFilm(out, film, start, shortest, wrapper)
            if shortest
            else FilmCopy(out, film, start)
        )
        self._sound = add_sound(out, sound, start) if sound is not None else None
        self._waiting: list[Packet[Any]] = []

    def run(self, max_bytes: int, tell: Callable[[float], None]) -> None:
        told, read = time.monotonic(), 0.0
        for packet in self._container.demux(self._tracks):
            # The last packet of each track is empty: the decoder gives what it held back.
            if packet.stream.index == self._film.index:  # `stream_index` of that one is 0
                self._picture.take(packet)
                read = float((packet.pts or 0) * (packet.time_base or 0))
            else:
                self._take_sound(packet)
            if (now := time.monotonic()) > told + TELL_SECONDS:
                told = now
                tell(read)
            if self._picture.written > max_bytes:
                raise TooLargeError
        self._picture.finish()
        if self._sound is not None:
            for packet in self._waiting:
                self._sound.take(packet)
            self._sound.finish()

    def _take_sound(self, packet: Packet[Any]) -> None:
        """The file begins once the size of the picture is known: sound waits for that."""
        assert self._sound is not None  # noqa: S101  only its tracks are read
        self._waiting.append(packet)
        if self._picture.begun:
            for waiting in self._waiting:
                self._sound.take(waiting)
            self._waiting.clear()
        elif len(self._waiting) > MOST_WAITING:
            raise_if_little_memory_is_left()
            raise CannotFitError("no picture of the video can be decoded: it is damaged")


class _ShowingOrder:
    """Times of pictures that come in the order in which they are shown, by when they were decoded:
    the first is shown at 0."""

    def __init__(self, film: VideoStream) -> None:
        rate = film.average_rate or Fraction(25)
        self._step = max(1, round(1 / (rate * (film.time_base or Fraction(1, 25)))))
        self._first: int | None = None
        self._last = 0

    def time_of(self, decoded: int | None) -> int:
        """When the next picture is shown."""
        if self._first is None:
            self._first = decoded or 0
            return 0
        at = self._last + self._step
        if decoded is not None and decoded - self._first > self._last:
            at = decoded - self._first
        self._last = at
        return at


class _EncodedFilm:
    """A film that is decoded, filtered and encoded. `begun`: a picture was; `written` are bytes."""

    def __init__(
        self,
        out: OutputContainer,
        film: VideoStream,
        start: Fraction,
        shortest: int,
        container: str,
    ) -> None:
        self._out, self._film = out, film
        self._start = Fraction(0) if container == "avi" else start
        self._filters = PictureFilters(film, LONGEST_SIDE, shortest)
        rate = (film.average_rate or Fraction(25)) / keep_every(film)
        self._track = add_h264(out, film.time_base or Fraction(1, 90_000), rate)
        # An AVI says only in which order pictures are decoded; FFmpeg's guess of when they are shown
        # is wrong for H.264. They come out in the order of showing, and as many as went in.
        self._order = _ShowingOrder(film) if container == "avi" else None
        self._last: int | None = None
        self.written = 0

    @property
    def begun(self) -> bool:
        return self._last is not None

    def take(self, packet: Packet[Any]) -> None:
        """Decode the next packet, and write what comes of it. Damaged ones are left out."""
        try:
            frames = self._film.decode(packet)
        except av.FFmpegError:
            return
        for frame in frames:
            if self._order is not None:
                frame.pts = self._order.time_of(frame.dts)
            for made in self._filters.take(frame):
                self._encode(made)

    def finish(self) -> None:
        """Write what is held back. The film has ended."""
        for made in self._filters.finish():
            self._encode(made)
        if self._last is None:
            raise_if_little_memory_is_left()
            raise CannotFitError("no picture of the video can be decoded: it is damaged")
        self._mux(self._track.encode(None))

    def _encode(self, frame: VideoFrame) -> None:
        at = 0
        if frame.pts is not None and frame.time_base:
            at = frame.pts - round(self._start / frame.time_base)
        if self._last is None:
            at = 0  # the first picture is there from the beginning
            self._track.width, self._track.height = frame.width, frame.height
            self._out.start_encoding()
        elif at <= self._last:
            return
        self._last, frame.pts = at, at
        self._mux(encode(self._track, frame))

    def _mux(self, packets: list[Packet[Any]]) -> None:
        self.written += sum(packet.size for packet in packets)
        self._out.mux(packets)
