"""A picture wider or taller than RedNote shows well, brought into shape. Loaded by the child process
only."""

from __future__ import annotations

from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from PIL import Image, ImageStat

from crossover.media.decoder.jobs import FitPicture
from crossover.media.decoder.videos.covers.crop import crop_box
from crossover.media.decoder.videos.covers.frame_measure import (
    COARSE,
    MEASURED_PIXELS,
    WHOLE,
    small_frame,
)
from crossover.media.decoder.videos.frames import FilmFrame
from crossover.media.fit.picture_shape import is_in_shape
from crossover.model.choices import PictureShape

PLAIN_LEVELS = 24
"""A border whose colours differ by no more is of one colour, and goes on in it."""


def stays_in_shape(size: tuple[int, int], job: FitPicture) -> bool:
    """Whether a picture of this size stays as it is, by the job's rule or by its own shape."""
    return job.shape is PictureShape.KEEP or is_in_shape(size, job.wide, job.tall)


def bring_into_shape(image: Image.Image, job: FitPicture, changes: dict[str, str]) -> Image.Image:
    """Pad or crop a picture, as the job's rule says, to the widest or tallest that shows well. One
    that is in shape is `image` itself.

    Padding is of the border's colour where the border has one, else white: neither shows something
    that was not there. A crop keeps what covers of videos would keep, the subject.
    """
    if stays_in_shape(image.size, job):
        return image
    width, height = image.size
    is_wide = width * 100 > height * job.wide
    if job.shape is PictureShape.CROP:
        box = _subject_box(image, (job.wide, 100) if is_wide else (100, job.tall))
        cropped = image.crop(box)
        changes["cropped around the subject"] = change_of_size(image.size, cropped.size)
        return cropped
    shape = (
        (width, -(-width * 100 // job.wide)) if is_wide else (-(-height * 100 // job.tall), height)
    )
    colour, name = _border_colour(image, is_wide=is_wide)
    changes["given a border"] = f"{name}, {change_of_size(image.size, shape)}"
    padded = Image.new(image.mode, shape, colour)
    padded.paste(image, ((shape[0] - width) // 2, (shape[1] - height) // 2))
    return padded


def _subject_box(image: Image.Image, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where the crop lies that has this shape and holds the subject: left, top, right, bottom."""
    scale = min((MEASURED_PIXELS / (image.width * image.height)) ** 0.5, 1.0)
    size = max(round(image.width * scale), COARSE), max(round(image.height * scale), COARSE)
    small = image.convert("RGB").resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    found = FilmFrame(0.0, VideoFrame.from_image(small), 1, small.size)  # type: ignore[no-untyped-call]
    frame = small_frame(found, VideoReformatter())
    whole = (0, 0, *image.size)
    return crop_box(image.size, shape, WHOLE, frame) or whole


def change_of_size(before: tuple[int, int], after: tuple[int, int]) -> str:
    """Format as `4000 × 3000 → 2000 × 1500 pixels`."""
    return f"{before[0]} × {before[1]} → {after[0]} × {after[1]} pixels"


def _border_colour(image: Image.Image, *, is_wide: bool) -> tuple[tuple[int, ...] | int, str]:
    """The colour of the two edges that get a border, or white where they have more than one."""
    width, height = image.size
    if is_wide:
        edges = Image.new(image.mode, (width, 2))
        edges.paste(image.crop((0, 0, width, 1)), (0, 0))
        edges.paste(image.crop((0, height - 1, width, height)), (0, 1))
    else:
        edges = Image.new(image.mode, (2, height))
        edges.paste(image.crop((0, 0, 1, height)), (0, 0))
        edges.paste(image.crop((width - 1, 0, width, height)), (1, 0))
    stat = ImageStat.Stat(edges)
    if any(high - low > PLAIN_LEVELS for low, high in stat.extrema):
        return (255,) * len(stat.mean) if len(stat.mean) > 1 else 255, "white"
    colour = tuple(round(mean) for mean in stat.mean)
    return colour if len(colour) > 1 else colour[0], "in the colour of its edge"
