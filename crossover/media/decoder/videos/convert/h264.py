"""How a film is encoded as H.264. Loaded by the child process only."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crossover.runtime.machine import usable_cores

QUALITY = {"preset": "veryfast", "crf": "18", "profile": "high"}
"""Of libx264. At this `crf` hardly anybody tells the result from its source; a slower preset makes
smaller files of the same look, and takes longer than people wait."""
MOST_THREADS = 8
"""Of the encoder and of the decoder before it. With 24, which is what libx264 takes on 16 cores, a
film of 4K took 4.1 GB of addresses, more than a child has; with 8 it takes 3.0 GB."""
_BT709, _LIMITED = 1, 1
"""Of H.273."""


def add_h264(out: OutputContainer, time_base: Fraction, rate: Fraction | None) -> VideoStream:
    """Add a track of H.264 in BT.709, 8 bits and 4:2:0, whose frames have their times in
    `time_base`. Its size is still to be set."""
    threads = str(min(usable_cores() * 3 // 2, MOST_THREADS))
    track = out.add_stream("libx264", rate=rate or 25, options={**QUALITY, "threads": threads})
    track.pix_fmt = "yuv420p"
    track.time_base = track.codec_context.time_base = time_base
    context = track.codec_context
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    return track


def encode(track: VideoStream, frame: VideoFrame) -> list[Packet[Any]]:
    """Encode a frame as the encoder sees fit."""
    frame.pict_type = 0  # else it becomes what it was in the source, a key frame or not
    return track.encode(frame)
