"""Puts film and sound as they are into an MP4 that every phone plays at once. Loaded by the child
process only."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.mp4_file import describe_mp4, write_mp4
from crossover.media.decoder.videos.opening import open_film

TELL_SECONDS = 0.5
MOST_WAITING = 16
"""As many pictures as H.264 ever has in reserve."""


def remux_video(
    source: Path, target: Path, max_pixels: int, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Write the film and the sound of `source` that a player shows, as they are, to `target`, and
    describe it. `tell` hears now and then how many seconds are done. Raises like `open_film` and
    `remux`."""
    with open_film(source, max_pixels) as (container, film, coding):
        sound = None if coding.sound_track is None else container.streams[coding.sound_track]
        assert sound is None or isinstance(sound, AudioStream)  # noqa: S101  as `coding` tells
        return remux(container, film, sound, target, tell)


def remux(
    container: InputContainer,
    film: VideoStream,
    sound: AudioStream | None,
    target: Path,
    tell: Callable[[float], None],
) -> dict[str, Any]:
    """Write `film` and `sound`, bit for bit and in step as they were, to `target`, and describe
    it as `describe_mp4` does.

    How the film is to be turned is kept; metadata, chapters, subtitles, covers and other tracks are
    left out. Raises `CannotFitError` and `NotWrittenError`.
    """
    tracks: list[VideoStream | AudioStream] = [film] if sound is None else [film, sound]
    start = first_second(*tracks)
    with write_mp4(target) as out:
        if sound is not None and not sound.codec_context.extradata:
            raise CannotFitError("its sound is not as an MP4 has it")
        copies: dict[int, FilmCopy | SoundCopy] = {film.index: FilmCopy(out, film, start)}
        if sound is not None:
            copies[sound.index] = SoundCopy(out, sound, start)
        told = time.monotonic()
        for packet in container.demux(tracks):
            copies[packet.stream.index].take(packet)  # the empty one at the end says 0
            if (now := time.monotonic()) > told + TELL_SECONDS:
                told = now
                tell(float((packet.pts or 0) * (packet.time_base or 0)))
        for copy in copies.values():
            copy.finish()
    return describe_mp4(target)


def first_second(*tracks: Stream) -> Fraction:
    """The second at which the first of these tracks begins."""
    starts = [
        track.start_time * track.time_base
        for track in tracks
        if track.start_time is not None and track.time_base
    ]
    return min(starts, default=Fraction(0))


class FilmCopy:
    """The packets of a film, written as they are, `start` taken off their times.

    Matroska says only when a picture is shown, not when it is decoded; FFmpeg works that out, but
    for the first ones. They wait until it is known.
    """

    def __init__(self, out: OutputContainer, film: VideoStream, start: Fraction) -> None:
        base = film.time_base or Fraction(1, 1000)
        self._out = out
        self._track = out.add_stream_from_template(film)
        self._track.metadata.clear()
        if film.codec_context.name == "hevc" and film.codec_tag != "hev1":
            self._track.codec_tag = "hvc1"  # Apple's players show no other; FFmpeg writes hev1
        self._offset = round(start / base)
        self._step = max(1, round(1 / ((film.average_rate or 25) * base)))
        self._waiting: list[Packet[Any]] = []
        self._known = False
        self.written = 0

    @property
    def begun(self) -> bool:
        """Whether the file can begin: all that it says beforehand is known."""
        return True

    def take(self, packet: Packet[Any]) -> None:
        """Write the next packet."""
        if not packet.size:
            return  # the empty one at the end
        if packet.pts is None:
            raise CannotFitError("its pictures do not say when they are shown")
        packet.pts -= self._offset
        if packet.dts is not None:
            packet.dts -= self._offset
            self._known = True
        self._waiting.append(packet)
        if self._known:
            self._write()
        elif len(self._waiting) > MOST_WAITING:
            raise CannotFitError("its pictures do not say when they are decoded")

    def finish(self) -> None:
        """Write what still waits. The film has ended."""
        self._write()

    def _write(self) -> None:
        times = (packet.pts or 0 for packet in self._waiting)
        told = (packet.dts for packet in self._waiting if packet.dts is not None)
        decoded = next(told, min(times, default=0))
        for early, packet in zip(reversed(range(len(self._waiting))), self._waiting, strict=True):
            if packet.dts is None:
                packet.dts = decoded - early * self._step
            packet.stream = self._track
            self.written += packet.size
            self._out.mux(packet)
        self._waiting.clear()


class SoundCopy:
    """The packets of a sound in AAC, written as they are, `start` taken off their times.

    Matroska and FLV keep times in thousandths of a second: packets that follow each other but for
    such a rounding are made to follow each other to the sample, so that players hear no holes.
    """

    def __init__(self, out: OutputContainer, sound: AudioStream, start: Fraction) -> None:
        self._out = out
        self._track = out.add_stream_from_template(sound)
        self._track.metadata.clear()
        self._rate = sound.codec_context.sample_rate
        self._samples = sound.codec_context.frame_size or 1024
        self._offset = start * self._rate
        self._next: int | None = None

    def take(self, packet: Packet[Any]) -> None:
        """Write the next packet."""
        if not packet.size:
            return  # the empty one at the end
        if packet.pts is None:
            raise CannotFitError("its sound does not say when it is heard")
        if packet.time_base == Fraction(1, self._rate):
            packet.pts = packet.dts = packet.pts - round(self._offset)
        else:
            self._round(packet, packet.pts)
        packet.stream = self._track
        self._out.mux(packet)

    def finish(self) -> None:
        """Nothing is held back."""

    def _round(self, packet: Packet[Any], heard: int) -> None:
        at = round(heard * packet.time_base * self._rate - self._offset)
        rounding = packet.time_base * self._rate
        if self._next is not None and abs(at - self._next) <= rounding:
            at = self._next
        self._next = at + self._samples
        packet.time_base = Fraction(1, self._rate)
        packet.pts = packet.dts = at
        packet.duration = self._samples
