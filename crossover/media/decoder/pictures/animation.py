"""An animated picture as a short video: GIF, WebP, PNG, AVIF. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ImageCms import ImageCmsProfile

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.pictures.colours import to_srgb
from crossover.media.decoder.pictures.opening import DECODING_ERRORS, format_of
from crossover.media.decoder.videos.convert.encode_frames import encode_frames

SHORTEST_SECONDS = 3.0
"""A loop that is shorter is played again, as often as it takes: once alone is over before it is
seen."""
FASTEST = 1 / 60
"""Seconds a frame is shown at least: no more than 60 are shown in a second."""
MOST_SECONDS, MOST_PIXELS = 300.0, 2_000_000_000
"""A longer animation, or one of more pixels in all its frames, is not made a video."""

LONGEST_SIDE = 1920
"""Pixels; a larger one is scaled down."""

_TOO_LONG = "the animation is too long to be made a video"
_ANIMATED = ("GIF", "PNG", "WEBP", "AVIF")
_TOO_FAST, _AS_PLAYERS_DO = 0.01, 0.1
"""Seconds: a frame that is to be shown so shortly is shown longer, as every browser does."""


def is_animated(image: Image.Image) -> bool:
    """Whether an opened picture moves."""
    return format_of(image) in _ANIMATED and getattr(image, "n_frames", 1) > 1


def make_film(
    image: Image.Image, data: bytes, profile: ImageCmsProfile | None, target: Path
) -> dict[str, Any]:
    """Write an animated picture as a silent video, and describe it as `AnimatedVideo` has it. Raises
    `CannotFitError` for one that is damaged or too long, and `NotWrittenError`.

    Each frame is shown as long as the file says. What is shorter than `SHORTEST_SECONDS` is played
    again where it is a loop; else its last frame stays.
    """
    if min(image.size) < 2:
        raise CannotFitError("it is too small to be made a video")
    if getattr(image, "n_frames", 1) * image.width * image.height > MOST_PIXELS:
        raise CannotFitError(_TOO_LONG)
    player = _Player(image, data, profile)
    try:
        video = encode_frames(player.play(), target)
    except DECODING_ERRORS as exc:
        raise CannotFitError("one of its frames is damaged") from exc
    return video | {"rounds": player.rounds}


class _Player:
    """Shows an animation; `rounds` counts how often."""

    def __init__(self, image: Image.Image, data: bytes, profile: ImageCmsProfile | None) -> None:
        self.rounds = 0
        self._image = image
        self._data = data
        self._profile = profile
        # A GIF that does not say that it is a loop plays once; Pillow tells nothing of AVIF.
        self._is_loop = image.info.get("loop", 1 if image.format == "GIF" else 0) != 1

    def play(self) -> Iterator[tuple[Image.Image, float]]:
        """Yield pictures in sRGB with the seconds that each is shown."""
        shown = 0.0
        held: tuple[Image.Image, float] | None = None
        while not self.rounds or (self._is_loop and shown < SHORTEST_SECONDS):
            self.rounds += 1
            for picture, seconds in self._frames():
                shown += seconds
                if shown > MOST_SECONDS:
                    raise CannotFitError(_TOO_LONG)
                if held and held[1] >= FASTEST:
                    yield held
                    held = None
                held = picture, seconds + (held[1] if held else 0.0)
        if held:
            yield held[0], held[1] + max(0.0, SHORTEST_SECONDS - shown)

    def _frames(self) -> Iterator[tuple[Image.Image, float]]:
        for number in range(getattr(self._image, "n_frames", 1)):
            self._image.seek(number)
            self._image.load()
            seconds = self._image.info.get("duration", 0) / 1000
            picture = to_srgb(self._image, self._data, self._profile, {})
            yield (
                _within(picture.convert("RGB")),
                seconds if seconds > _TOO_FAST else _AS_PLAYERS_DO,
            )


def _within(picture: Image.Image) -> Image.Image:
    share = LONGEST_SIDE / max(picture.size)
    if share >= 1:
        return picture
    return picture.resize((round(picture.width * share), round(picture.height * share)))
