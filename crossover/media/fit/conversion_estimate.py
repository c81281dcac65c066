"""How long converting a video takes, and how large it comes out: as it was with those converted
here before, and until then by a rough figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crossover.media.containers.video_coding import FASTEST
from crossover.media.fit.fitted import Estimate, FittedVideo, SentVideo
from crossover.runtime.machine import usable_cores

PIXELS_PER_SECOND = 30_000_000
"""That a core of an everyday computer encodes in a second, with the decoding: about as many as a
film of 720 by 1280 with 30 pictures a second has."""
BITS_PER_PIXEL = 0.2
"""Of what comes out, for films of a phone."""
HDR_WORK = 2.0
"""Times as much work as without: more bits to decode, and a table of colours for each pixel."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What conversions took so far: `pixels_per_second` of this machine, `bits_per_pixel`."""

    pixels_per_second: float
    bits_per_pixel: float

    @classmethod
    def of(cls, made: Iterable[SentVideo]) -> Experience:
        """Learn from what was converted before."""
        pixels, seconds, size = 0, 0.0, 0
        for one in made:
            pixels += one.width * one.height * one.frames
            seconds += one.took
            size += one.bytes
        if seconds < 1 or not pixels:
            return cls(PIXELS_PER_SECOND * usable_cores(), BITS_PER_PIXEL)
        return cls(pixels / seconds, 8 * size / pixels)

    def estimate(self, video: FittedVideo, source_bytes: int) -> Estimate:
        """Estimate what converting `video` takes, whose file has `source_bytes`."""
        coding = video.coding
        seconds = video.duration or 0.0
        frames = seconds * min(coding.fps or 30.0, FASTEST)
        pixels = video.width * video.height * frames
        work = pixels * (HDR_WORK if coding.hdr else 1.0)
        size = pixels * self.bits_per_pixel / 8
        # No film of a phone grows threefold; studio codings shrink.
        return Estimate(work / self.pixels_per_second, round(min(size, 3.0 * source_bytes)))
