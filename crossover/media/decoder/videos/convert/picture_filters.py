"""What is done to the pictures of a film so that every phone shows them right. Loaded by the child
process only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import av
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crossover.media.decoder.videos.convert.colour_matrices import BT709, SCALING, matrix_name
from crossover.media.decoder.videos.convert.hdr import FULL_RANGE, add_table, needs_table
from crossover.media.decoder.videos.opening import square_pixels
from crossover.media.decoder.videos.orientation import (
    orientation_of,
    turned_size,
    upright_filters,
)

MOST_FPS = 60


@dataclass(frozen=True, slots=True)
class _FrameKind:
    """What the filters of a frame depend on. Films may change it in the middle."""

    width: int
    height: int
    format: str
    matrix: int
    range: str
    transfer: int
    primaries: int
    orientation: int
    time_base: Fraction

    @classmethod
    def of(cls, frame: VideoFrame) -> _FrameKind:
        name = frame.format.name
        return cls(
            frame.width,
            frame.height,
            name,
            frame.colorspace,
            "pc" if frame.color_range == FULL_RANGE or name.startswith("yuvj") else "tv",
            frame.color_trc,
            frame.color_primaries,
            orientation_of(frame),
            frame.time_base or Fraction(1, 90_000),
        )


class PictureFilters:
    """Makes frames of a film progressive, upright, of square pixels and even sides, at most
    `MOST_FPS` a second, in BT.709, 8 bits and 4:2:0.

    `longest` and `shortest` are the most pixels along the sides of what comes out; None for no
    bound. All frames come out in the size of the first.
    """

    def __init__(self, film: VideoStream, longest: int, shortest: int) -> None:
        self._film = film
        self._bounds = longest, shortest
        self._every = keep_every(film)
        self._kind: _FrameKind | None = None
        self._graph: Graph | None = None
        self.size: tuple[int, int] | None = None
        """Width and height of what comes out, known once a frame was taken."""

    def take(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """Give the frames that are ready after this one."""
        kind = _FrameKind.of(frame)
        if self._graph is None or kind != self._kind:
            if self._graph is not None:
                yield from self.finish()
            self._kind, self._graph = kind, self._build(kind, interlaced=self._is_interlaced(frame))
        self._graph.push(frame)
        yield from self._pull(self._graph)

    def finish(self) -> Iterator[VideoFrame]:
        """Give the frames that are still held back."""
        if self._graph is not None:
            self._graph.push(None)
            yield from self._pull(self._graph)
            self._graph = None

    def _pull(self, graph: Graph) -> Iterator[VideoFrame]:
        while True:
            try:
                frame = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, VideoFrame)  # noqa: S101  what a video sink gives
            yield frame

    def _is_interlaced(self, frame: VideoFrame) -> bool:
        return frame.interlaced_frame or self._film.codec_context.field_order > 1

    def _build(self, kind: _FrameKind, *, interlaced: bool) -> Graph:
        lying = turned_size(self.size, kind.orientation) if self.size else self._size_of(kind)
        self.size = turned_size(lying, kind.orientation)
        graph = Graph()
        nodes = [
            graph.add(
                "buffer",
                f"video_size={kind.width}x{kind.height}:pix_fmt={kind.format}"
                f":time_base={kind.time_base}:colorspace={kind.matrix}:range={kind.range}",
            )
        ]
        if interlaced:
            nodes.append(graph.add("bwdif", mode="send_frame", deint="all"))
        if self._every > 1:
            nodes.append(graph.add("framestep", step=str(self._every)))
        if _has_alpha(kind.format):  # over black, as players show it
            nodes.append(graph.add("premultiply", inplace="1"))
        width, height = lying
        if self._is_cropped(kind, lying):
            nodes.append(graph.add("crop", w=str(width), h=str(height), x="0", y="0", exact="1"))
        matrix = matrix_name(kind.matrix, kind.primaries, kind.width, kind.height)
        scale = {"w": str(width), "h": str(height)}
        scale |= {"in_color_matrix": matrix, "in_range": kind.range}
        if needs_table(kind.transfer, kind.primaries):
            nodes += add_table(graph, kind.transfer, kind.primaries, **scale)
            scale = {}
        nodes.append(
            graph.add("scale", out_color_matrix=BT709, out_range="tv", flags=SCALING, **scale)
        )
        nodes.append(graph.add("format", pix_fmts="yuv420p"))
        for name, how in upright_filters(kind.orientation):
            nodes.append(graph.add(name, how or None))
        graph.link_nodes(*nodes, graph.add("buffersink")).configure()
        return graph

    def _is_cropped(self, kind: _FrameKind, size: tuple[int, int]) -> bool:
        """Whether a frame comes to this size by taking off a line, and not by scaling."""
        width, height = kind.width, kind.height
        if square_pixels(self._film, width, height) != (width, height):
            return False
        return size != (width, height) and 0 <= width - size[0] <= 1 and 0 <= height - size[1] <= 1

    def _size_of(self, kind: _FrameKind) -> tuple[int, int]:
        """The size to scale or crop to, before the turn: even, within bounds."""
        width, height = square_pixels(self._film, kind.width, kind.height)
        longest, shortest = self._bounds
        shrink = min(1.0, longest / max(width, height), shortest / min(width, height))
        return max(2, int(width * shrink) // 2 * 2), max(2, int(height * shrink) // 2 * 2)


def keep_every(film: VideoStream) -> int:
    """Of so many frames one is kept, so that at most `MOST_FPS` a second are left: 120 a second
    become 60, 100 become 50, evenly."""
    rate = film.average_rate or Fraction(0)
    return max(1, ceil(rate / (MOST_FPS + Fraction(1, 2))))


def _has_alpha(name: str) -> bool:
    return any(part.is_alpha for part in VideoFormat(name).components)
