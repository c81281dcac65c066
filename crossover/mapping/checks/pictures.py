"""Checks the pictures of a note against RedNote's limits. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.limits.limits import Limits
from crossover.mapping.checks.limit_level import AS_IT_IS, SMALLER, level_of
from crossover.model.notes import Level, NoteMedia, Problem

_SHAPE = (
    "It moves as it is; `shape: pad` or `crop` in crossover.yaml gives such pictures another shape."
)


def check_pictures_fit(pictures: Sequence[NoteMedia], limits: Limits) -> Iterator[Problem]:
    """Check size in bytes and pixels, and shape."""
    most, least = limits.image_bytes, limits.image_short_side
    wide_at, tall_at = limits.image_width_percent_of_height, limits.image_height_percent_of_width
    if large := [file for file in pictures if file.bytes > most.value]:
        size = max(file.bytes for file in large)
        what = f"{_count(large, pictures)} up to {size / 1e6:.1f} MB"
        message = f"{what}; RedNote is said to take {most.value / 1e6:g} MB."
        yield Problem("image-size", level_of(most), message, SMALLER)
    if wide := [file for file in pictures if file.width * 100 > file.height * wide_at.value]:
        message = (
            f"{_count(wide, pictures)} more than {wide_at.value / 100:g} times as wide as high;"
            " people may see a thin strip, or the middle alone."
        )
        yield Problem("image-wide", Level.WARNING, message, _SHAPE)
    if tall := [file for file in pictures if file.height * 100 > file.width * tall_at.value]:
        message = (
            f"{_count(tall, pictures)} more than {tall_at.value / 100:g} times as high as wide;"
            " people may see a thin strip, or the middle alone."
        )
        yield Problem("image-tall", Level.WARNING, message, _SHAPE)
    if small := [file for file in pictures if min(file.width, file.height) < least.value]:
        message = f"{_count(small, pictures)} less than {least.value} pixels wide or high, and may look soft."
        yield Problem("image-small", Level.WARNING, message, AS_IT_IS)


def _count(some: Sequence[NoteMedia], of_all: Sequence[NoteMedia]) -> str:
    if len(of_all) == 1:
        return "Its picture is"
    return f"{len(some)} of its {len(of_all)} pictures {'is' if len(some) == 1 else 'are'}"
