"""The sound of a film that is converted: AAC, which every phone plays. Loaded by the child process
only."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.coding import codec_of
from crossover.media.decoder.videos.opening import SOUND_DECODERS
from crossover.media.decoder.videos.remux import SoundCopy

BIT_RATE = 192_000
"""Of stereo: what FFmpeg's encoder needs so that nobody hears it."""
RATES = (48_000, 44_100)
LONGEST_HOLE = 600.0
"""Seconds without any sound in the middle of one that are filled with silence."""
_COPIED = ("LC", "HE-AAC", "HE-AACv2")


def is_copied(sound: AudioStream) -> bool:
    """Whether a sound goes out as it is: AAC of one or two channels, with what an MP4 tells of it
    beforehand."""
    context = sound.codec_context
    return (
        codec_of(sound) == "aac"
        and context.profile in _COPIED
        and context.channels in (1, 2)
        and bool(context.extradata)
    )


def add_sound(
    out: OutputContainer, sound: AudioStream, start: Fraction
) -> SoundCopy | EncodedSound:
    """Add the track that `sound` becomes; second `start` of the source is its beginning. Raises
    `CannotFitError` for a sound that cannot be read."""
    if is_copied(sound):
        return SoundCopy(out, sound, start)
    if sound.codec_context is None or sound.codec_context.codec.name not in SOUND_DECODERS:
        raise CannotFitError(f"its sound cannot be read ({codec_of(sound) or 'unknown'})")
    return EncodedSound(out, sound, start)


class EncodedSound:
    """A sound that is decoded, mixed down to stereo and encoded. It begins with the film, after
    silence where it began later, and holes in it become silence, so that it stays in step."""

    def __init__(self, out: OutputContainer, sound: AudioStream, start: Fraction) -> None:
        self._out = out
        self._source = sound
        self._start = start
        rate = sound.codec_context.sample_rate
        self._rate = rate if rate in RATES else RATES[0]
        self._track = out.add_stream("aac", rate=self._rate)
        self._track.layout = "stereo"
        self._track.bit_rate = BIT_RATE
        self._graph: Graph | None = None
        self._kind: tuple[str, str, int] | None = None
        self._end = 0.0

    def take(self, packet: Packet[Any]) -> None:
        """Decode the next packet, and write what comes of it. Damaged ones are silent."""
        try:
            frames = self._source.decode(packet)
        except av.FFmpegError:
            return
        for frame in frames:
            self._take(frame)

    def finish(self) -> None:
        """Write what is held back. The sound has ended."""
        if self._graph is None:
            raise CannotFitError("its sound is damaged: nothing of it can be decoded")
        self._drain(self._graph)
        self._out.mux(self._track.encode(None))

    def _take(self, frame: av.AudioFrame) -> None:
        if frame.pts is None or frame.time_base is None or not frame.samples:
            return
        at = float(frame.pts * frame.time_base - self._start)
        if at > self._end + LONGEST_HOLE:
            raise CannotFitError("its sound has a hole of more than ten minutes")
        self._end = max(self._end, at + frame.samples / frame.sample_rate)
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._graph is None or kind != self._kind:
            if self._graph is not None:
                self._drain(self._graph)
            self._graph, self._kind = self._resampler(frame, first=self._kind is None), kind
        frame.pts -= round(self._start / frame.time_base)
        self._graph.push(frame)
        self._pull(self._graph)

    def _resampler(self, frame: av.AudioFrame, *, first: bool) -> Graph:
        graph = Graph()
        # `async=1`: holes are filled, what overlaps is cut, nothing is stretched.
        fill = {"async": "1", "min_hard_comp": "0.05"} | ({"first_pts": "0"} if first else {})
        graph.link_nodes(
            graph.add_abuffer(
                sample_rate=frame.sample_rate,
                format=frame.format,
                layout=frame.layout,
                time_base=frame.time_base,
            ),
            graph.add("aresample", sample_rate=str(self._rate), **fill),
            graph.add("aformat", sample_fmts="fltp", channel_layouts="stereo"),
            graph.add("abuffersink"),
        ).configure()
        return graph

    def _drain(self, graph: Graph) -> None:
        graph.push(None)
        self._pull(graph)

    def _pull(self, graph: Graph) -> None:
        while True:
            try:
                frame = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, av.AudioFrame)  # noqa: S101  what an audio sink gives
            self._out.mux(self._track.encode(frame))
