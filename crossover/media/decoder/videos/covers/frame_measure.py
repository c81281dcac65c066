"""What a frame shows, in a few numbers: how bright, sharp and full it is. Loaded by the child process
only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from av.video.reformatter import VideoReformatter
from PIL import Image, ImageChops, ImageFilter, ImageStat

from crossover.media.decoder.videos.frames import FilmFrame

MEASURED_PIXELS = 160 * 284
"""About so many pixels of a frame are measured, whatever its size and shape."""
DARKEST, BRIGHTEST = 28.0, 232.0
"""Mean luma (0-255) outside of which a frame counts as near-black or near-white."""
FLATTEST = 10.0
"""Standard deviation of luma under which a frame counts as one flat colour."""
COARSE = 16
"""Cells to a side in which a frame is compared with another one, and looked at for what is in it."""
FILLED = 5.0
"""Spread of luma in a cell from which something can be seen in it."""

_CB_OF_SKIN, _CR_OF_SKIN = (77, 127), (136, 173)
"""Where skin of every shade lies in YCbCr (Chai and Ngan, 1999), a little narrower in Cr."""


Box = tuple[float, float, float, float]
"""A part of a picture: left, top, right and bottom, from 0 to 1."""
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


class MeasuredPicture:
    """A small picture, of which what lies in `box` is measured."""

    def __init__(self, whole: Image.Image, box: Box = WHOLE) -> None:
        self.picture = whole if box == WHOLE else whole.crop(in_pixels(box, whole.size))
        self.whole = whole

    @cached_property
    def luma(self) -> Image.Image:
        return self._ycbcr[0]

    @cached_property
    def _ycbcr(self) -> tuple[Image.Image, Image.Image, Image.Image]:
        y, cb, cr = self.picture.convert("YCbCr").split()
        return y, cb, cr

    @cached_property
    def fine(self) -> Image.Image:
        """How much each pixel differs from those around it."""
        return ImageChops.difference(self.luma, self.luma.filter(ImageFilter.BoxBlur(1)))

    @cached_property
    def skin(self) -> Image.Image:
        """255 where the colour is one of skin, else 0."""
        _, cb, cr = self._ycbcr
        masks = (
            plane.point([255 * (low <= value <= high) for value in range(256)])
            for plane, (low, high) in ((cb, _CB_OF_SKIN), (cr, _CR_OF_SKIN))
        )
        one, other = masks
        return ImageChops.darker(one, other)

    @cached_property
    def coarse(self) -> Image.Image:
        """The frame in a few cells."""
        return self.luma.resize((COARSE, COARSE), Image.Resampling.BOX)

    @cached_property
    def measure(self) -> FrameMeasure:
        """All its numbers."""
        stat = ImageStat.Stat(self.luma)
        levels = self.luma.histogram()
        _, cb, cr = self._ycbcr
        skin = ImageStat.Stat(self.skin).mean[0] / 255
        return FrameMeasure(
            mean=stat.mean[0],
            spread=stat.stddev[0],
            contrast=_percentile(levels, 0.98) - _percentile(levels, 0.02),
            sharp=(self._sharp(1, 0), self._sharp(0, 1)),
            filled=self._filled(),
            colour=sum(ImageStat.Stat(plane).stddev[0] for plane in (cb, cr)),
            skin=skin,
        )

    def _sharp(self, across: int, down: int) -> float:
        steps = ImageChops.difference(self.luma, ImageChops.offset(self.luma, across, down))
        return _percentile(steps.histogram(), 0.99)

    def _filled(self) -> float:
        """Which part of its cells shows something."""
        cells = self.fine.resize((COARSE, COARSE), Image.Resampling.BOX)
        seen = cells.histogram()
        return sum(seen[round(FILLED / 4) :]) / (COARSE * COARSE)

    def differs_from(self, other: MeasuredPicture) -> float:
        """By how many levels of luma it differs from another frame, on average."""
        return float(ImageStat.Stat(ImageChops.difference(self.coarse, other.coarse)).mean[0])


class MeasuredFrame(MeasuredPicture):
    """A frame, small."""

    def __init__(self, found: FilmFrame, whole: Image.Image, box: Box = WHOLE) -> None:
        super().__init__(whole, box)
        self.found = found

    @property
    def at(self) -> float:
        """Seconds after the first frame."""
        return self.found.at

    def within(self, box: Box) -> MeasuredFrame:
        """The same frame, of which another part counts."""
        return MeasuredFrame(self.found, self.whole, box)


def small_frame(found: FilmFrame, scaler: VideoReformatter) -> MeasuredFrame:
    """Scale a frame down to what is measured of it."""
    return MeasuredFrame(found, found.picture(measured_size(found.size), scaler))


def measured_size(size: tuple[int, int]) -> tuple[int, int]:
    """How large a picture of this size is measured."""
    width, height = size
    scale = min((MEASURED_PIXELS / (width * height)) ** 0.5, 1.0)
    return max(round(width * scale), COARSE), max(round(height * scale), COARSE)


def in_pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where a part of a picture of this size lies, in whole pixels."""
    left, top, right, bottom = box
    width, height = size
    return round(left * width), round(top * height), round(right * width), round(bottom * height)


@dataclass(frozen=True, slots=True)
class FrameMeasure:
    """Luma is 0 to 255. `sharp`: by how much the sharpest pixels differ from the next, across and
    down; a movement blurs along its direction only. `filled` and `skin` are parts of the picture, 0
    to 1."""

    mean: float
    spread: float
    contrast: float
    sharp: tuple[float, float]
    filled: float
    colour: float
    skin: float

    @property
    def is_seen(self) -> bool:
        """Whether it is neither near-black nor near-white nor one flat colour."""
        return DARKEST <= self.mean <= BRIGHTEST and self.spread >= FLATTEST


def _percentile(histogram: list[int], part: float) -> float:
    wanted = sum(histogram) * part
    return float(next(n for n, total in enumerate(accumulate(histogram)) if total >= wanted))
