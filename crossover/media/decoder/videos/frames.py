"""Frames of a film from anywhere in it, found in bounded work. Loaded by the child process only.

A key frame stands alone: it is decoded without the frames before it, so a look over a whole film costs as
many decoded frames as are looked at, however long the film is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from PIL import Image

from crossover.media.decoder.errors import raise_if_memory_is_short
from crossover.media.decoder.videos.convert.colour_matrices import matrix_name
from crossover.media.decoder.videos.convert.hdr import needs_table, to_bt709
from crossover.media.decoder.videos.opening import displayed_size, seconds_of
from crossover.media.decoder.videos.orientation import orientation_of, turn_upright, turned_size

SPREAD_PIXELS = 60 * 1080 * 1920
"""Pixels that `spread_frames` decodes at most besides key frames, where those lie far apart."""
PLAYED_PIXELS = 900 * 1080 * 1920
"""Pixels decoded at most in search of the frame of one moment."""
LONGEST_SECONDS = 30.0
"""Seconds of the clock after which no more frames are looked for."""
FAR = 0.75
"""Steps of a spread from which a key frame is too far from where one is looked for."""
REORDERED_SECONDS = 0.2
"""How much later than the index has it a frame may be shown: there it has its place among those to be
decoded. Asked for at its place, a key frame is taken for one to come."""
BEFORE_THE_START = -10.0
"""A moment to look from that no film has: where a file has no index (MPEG-TS), seeking the first frame
may end behind it, or at one that none comes before."""
PACKETS_BETWEEN = 2000
"""Packets read at most in search of one frame."""
_MATRICES = {"bt709": 1, "smpte170m": 5}
"""FFmpeg's numbers of matrices that are guessed."""


@dataclass(frozen=True, slots=True)
class FilmFrame:
    """A frame shown `at` seconds after the first one; `size` is width and height as displayed.
    `broken`: it was decoded from damaged data, or rests on a frame that was."""

    at: float
    frame: VideoFrame
    orientation: int
    size: tuple[int, int]
    broken: bool = False

    def picture(
        self, size: tuple[int, int] | None = None, scaler: VideoReformatter | None = None
    ) -> Image.Image:
        """The frame upright, in RGB, scaled to `size` where one is given, else as displayed. With
        one `scaler` for several frames they cost less."""
        width, height = turned_size(size or self.size, self.orientation)
        scaler = scaler or VideoReformatter()
        scaling = "AREA" if size else "LANCZOS"
        frame = self.frame
        if needs_table(frame.color_trc, frame.color_primaries):
            # Small first: its colours take far longer to convert than to scale.
            frame = to_bt709(scaler.reformat(frame, width, height, interpolation=scaling))
        seen = scaler.reformat(
            frame,
            width,
            height,
            format="rgb24",
            src_colorspace=_matrix_of(frame),
            interpolation=scaling,
        )
        plane = seen.planes[0]
        raw = ("raw", "RGB", plane.line_size, 1)
        image = Image.frombuffer("RGB", (width, height), bytes(plane), *raw)
        return turn_upright(image, self.orientation)


def _matrix_of(frame: VideoFrame) -> int:
    """By which matrix its colours were made, as it says or as players guess."""
    name = matrix_name(frame.colorspace, frame.color_primaries, frame.width, frame.height)
    return _MATRICES.get(name, frame.colorspace)


class FilmReader:
    """An open film whose frames are taken from here and there."""

    def __init__(self, container: InputContainer, film: VideoStream, max_pixels: int) -> None:
        self._container = container
        self._film = film
        self._start: float | None = None
        self._give_up = time.monotonic() + LONGEST_SECONDS
        self.seconds = seconds_of(container, film) or 0.0
        film.codec_context.options = {"max_pixels": str(max_pixels)}
        # As many films are looked into at once as there are processors.
        film.codec_context.thread_count = 1

    def key_frame(self, at: float) -> FilmFrame | None:
        """The last key frame at or before `at` seconds; None where none can be decoded."""
        for packet in self._packets(at):
            if not packet.is_keyframe:
                continue
            try:
                # The empty packet has the decoder hand out what it holds back.
                frames = [*self._film.decode(packet), *self._film.decode(None)]
            except av.FFmpegError as exc:
                raise_if_memory_is_short(exc)
                return None
            when = packet.pts if packet.pts is not None else packet.dts
            if not frames or when is None:
                return None
            return self._found(frames[0], when, broken=frames[0].is_corrupt)
        return None

    def at(self, at: float) -> FilmFrame | None:
        """The frame that is shown `at` seconds after the first one; the last one beyond the end; None
        where nothing can be decoded."""
        for begin in (at, BEFORE_THE_START):
            shown: FilmFrame | None = None
            for found in self.play(begin, PLAYED_PIXELS):
                if shown is not None and found.at > at + 0.0005:
                    break
                shown = found
            if shown is not None:
                return shown
        return None

    def key_times(self, at: float) -> tuple[float, ...]:
        """When the key frames before and after `at` seconds are shown, by the film's index, or a moment
        later; empty without one."""
        entries, base = self._film.index_entries, self._film.time_base
        if base is None or not len(entries):
            return ()
        target = round((at + self.start) / base)
        places = (entries.search_timestamp(target, backward=before) for before in (True, False))
        times = (float(entries[place].timestamp * base) for place in places if place >= 0)
        return tuple(when - self.start + REORDERED_SECONDS for when in times)

    def play(self, at: float, pixels: int, *, every_frame: bool = True) -> Iterator[FilmFrame]:
        """The frames from the key frame at or before `at` seconds on, until so many pixels are
        decoded. Without `every_frame` those that no other one needs are left out, where the codec
        tells."""
        context, broken = self._film.codec_context, False
        for packet in self._packets(at):
            context.skip_frame = "DEFAULT" if every_frame else "NONREF"
            try:
                frames = self._film.decode(packet)
            except av.FFmpegError as exc:
                raise_if_memory_is_short(exc)
                frames = []
            finally:
                context.skip_frame = "DEFAULT"
            for frame in frames:
                pixels -= frame.width * frame.height
                broken = frame.is_corrupt or (broken and not frame.key_frame)
                if frame.pts is not None:
                    yield self._found(frame, frame.pts, broken=broken)
                if pixels <= 0:
                    return

    @property
    def start(self) -> float:
        """When the first frame is shown, in the film's own time, as far as is known."""
        if self._start is None:
            base, first = self._film.time_base, self._film.start_time
            self._start = float(first * base) if base and first is not None else 0.0
        return self._start

    def _packets(self, at: float) -> Iterator[Packet[VideoStream]]:
        base = self._film.time_base
        if base is None:
            return
        target = round((at + self.start) / base)
        if at > BEFORE_THE_START:
            target = max(target, self._film.start_time or 0)
        try:
            self._container.seek(target, stream=self._film)
        except av.FFmpegError as exc:
            raise_if_memory_is_short(exc)
            return
        packets = self._container.demux(self._film)
        for _ in range(PACKETS_BETWEEN):
            try:
                packet = next(packets, None)
            except av.FFmpegError as exc:
                raise_if_memory_is_short(exc)
                return
            if packet is None or time.monotonic() > self._give_up:
                return
            yield packet

    def _found(self, frame: VideoFrame, when: int, *, broken: bool) -> FilmFrame:
        at = max(float(when * (self._film.time_base or 0)) - self.start, 0.0)
        size = displayed_size(self._film, frame)
        return FilmFrame(at, frame, orientation_of(frame), size, broken)


def spread_frames(reader: FilmReader, count: int) -> Iterator[FilmFrame]:
    """About `count` frames from all over a film, in order, each once: key frames, and where the next
    one is far, frames that are played up to, within `SPREAD_PIXELS`. Where none is found so, the film
    is played from its beginning."""
    found = False
    for frame in _frames_of(reader, _stretches(reader, count)):
        found = True
        yield frame
    if not found:
        moments = [(number + 0.5) * reader.seconds / count for number in range(count)]
        yield from _frames_of(reader, [(BEFORE_THE_START, moments)])


def _frames_of(
    reader: FilmReader, stretches: Iterable[tuple[float, list[float]]]
) -> Iterator[FilmFrame]:
    last, left = -1.0, SPREAD_PIXELS
    for key, wanted in stretches:
        if wanted and left > 0:
            begun = last
            for found in reader.play(key, left, every_frame=False):
                left -= found.frame.width * found.frame.height
                if found.at > last and (last == begun or found.at >= wanted[0]):
                    last = found.at
                    yield found
                    wanted = [at for at in wanted if at > last]
                if not wanted:
                    break
        else:
            single = reader.key_frame(key)
            if single is not None and single.at > last:
                last = single.at
                yield single


def _stretches(reader: FilmReader, count: int) -> Iterator[tuple[float, list[float]]]:
    """Key frames to begin at, in order, with the seconds that are to be played up to from there."""
    step = reader.seconds / count
    wanted: dict[float, list[float]] = {}
    for number in range(count):
        at = (number + 0.5) * step
        keys = reader.key_times(at) or (at,)
        nearest = min(keys, key=lambda key: abs(key - at))
        wanted.setdefault(nearest, [])
        if abs(nearest - at) > FAR * step:
            wanted.setdefault(keys[0], []).append(at)
    yield from sorted(wanted.items())
