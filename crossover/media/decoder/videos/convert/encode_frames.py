"""Pictures in a row as a video. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.convert.h264 import add_h264, encode
from crossover.media.decoder.videos.mp4_file import describe_mp4, write_mp4

_TICKS = 90_000
"""A second of the video's own time."""


def encode_frames(frames: Iterable[tuple[Image.Image, float]], target: Path) -> dict[str, Any]:
    """Write pictures in RGB, each with the seconds that it is shown, as a silent H.264 MP4, and
    describe it as `SentVideo` has it.

    All are of the size of the first; an odd line is left out, since H.264 as phones show it knows
    even sizes alone. Raises `CannotFitError` where there is no picture, and `NotWrittenError`.
    """
    with write_mp4(target) as out:
        track = add_h264(out, Fraction(1, _TICKS), None)
        track.codec_context.max_b_frames = 0  # so that the last packet is the one shown last
        at, lengths = 0, dict[int | None, int]()
        for image, seconds in frames:
            if not lengths:
                track.width, track.height = (side // 2 * 2 for side in image.size)
            frame = _frame(image.crop((0, 0, track.width, track.height)))
            frame.pts, frame.time_base = at, Fraction(1, _TICKS)
            lengths[at] = round(seconds * _TICKS)
            at += lengths[at]
            _mux(out, encode(track, frame), lengths)
        if not lengths:
            raise CannotFitError("it has no pictures")
        _mux(out, track.encode(), lengths)
    return describe_mp4(target)


def _mux(out: OutputContainer, packets: list[Packet[Any]], lengths: dict[int | None, int]) -> None:
    for packet in packets:
        packet.duration = lengths[packet.pts]  # of the last frame, nothing else tells
        out.mux(packet)


def _frame(image: Image.Image) -> VideoFrame:
    frame: VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return frame.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )
