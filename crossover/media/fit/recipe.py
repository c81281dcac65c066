"""What of the rules and limits a result depends on, so that it is made anew when that changes, and
only then."""

from __future__ import annotations

from crossover.limits.limits import Limits
from crossover.media.fit.fitted import CoverWish
from crossover.model.choices import Rules
from crossover.model.posts import MediaKind
from crossover.storage.documents import digest

PICTURES = 5
"""To be raised when the same picture would come out differently."""
VIDEOS = 10
"""To be raised when the same video would be told of differently, or have another cover."""

OWN_COVERS = 3
"""To be raised when the same wish would give another cover."""

REMUXES = 1
"""To be raised when the same video would be put into an MP4 otherwise."""
CONVERSIONS = 1
"""To be raised when the same video would be converted otherwise."""

WATERMARKS = 2
"""To be raised when a watermark would be found otherwise."""

LENGTH = 8
"""Letters of a recipe's name."""


def look_recipe(kind: MediaKind, rules: Rules, limits: Limits) -> str:
    """Name how a content of this kind is looked at and made fit."""
    return picture_recipe(limits) if kind is MediaKind.IMAGE else video_recipe(rules, limits)


def picture_recipe(limits: Limits) -> str:
    """Name how pictures are made fit."""
    return _name(PICTURES, limits.image_pixels.value, limits.image_bytes.value)


def shape_recipe(rules: Rules, limits: Limits) -> str:
    """Name how pictures are made fit that get another shape, or become a video."""
    return _name(
        picture_recipe(limits),
        rules.shape,
        rules.animated,
        limits.image_width_percent_of_height.value,
        limits.image_height_percent_of_width.value,
    )


def video_recipe(_rules: Rules, limits: Limits) -> str:
    """Name how videos are looked at, and how their covers and thumbnails are made."""
    return _name(
        VIDEOS, limits.image_pixels.value, limits.cover_width.value, limits.cover_height.value
    )


def cover_recipe(wish: CoverWish, picture: str, limits: Limits) -> str:
    """Name how a cover is made that is wished for; `picture` is the sha256 of its file."""
    return _name(
        OWN_COVERS,
        wish.seconds,
        wish.picture,
        wish.tiktok,
        picture,
        limits.image_pixels.value,
        limits.cover_width.value,
        limits.cover_height.value,
    )


def remux_recipe() -> str:
    """Name how film and sound are put into an MP4 as they are."""
    return _name(REMUXES)


def conversion_recipe(limits: Limits) -> str:
    """Name how videos are converted."""
    return _name(CONVERSIONS, limits.image_pixels.value, limits.video_bytes.value)


def watermark_recipe(limits: Limits) -> str:
    """Name how videos are looked through for TikTok's watermark."""
    return _name(WATERMARKS, limits.image_pixels.value)


def _name(*values: object) -> str:
    return digest(values)[:LENGTH]
