"""Checks the pictures of a note against RedNote's limits. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.limits.limits import Limits
from crossover.mapping.checks.limit_level import AS_IT_IS, SMALLER, level_of
from crossover.model.notes import Level, NoteMedia, Problem


def check_pictures_fit(pictures: Sequence[NoteMedia], limits: Limits) -> Iterator[Problem]:
    """Check size in bytes and pixels, and shape."""
    most, share, least = (
        limits.image_bytes,
        limits.image_width_percent_of_height,
        limits.image_short_side,
    )
    if large := [file for file in pictures if file.bytes > most.value]:
        size = max(file.bytes for file in large)
        what = f"{_count(large, pictures)} up to {size / 1e6:.1f} MB"
        message = f"{what}; RedNote is said to take {most.value / 1e6:g} MB."
        yield Problem("image-size", level_of(most), message, SMALLER)
    if wide := [file for file in pictures if file.width * 100 > file.height * share.value]:
        message = f"{_count(wide, pictures)} more than twice as wide as high, and will show small."
        yield Problem("image-wide", Level.WARNING, message, AS_IT_IS)
    if small := [file for file in pictures if min(file.width, file.height) < least.value]:
        message = f"{_count(small, pictures)} less than {least.value} pixels wide or high, and may look soft."
        yield Problem("image-small", Level.WARNING, message, AS_IT_IS)


def _count(some: Sequence[NoteMedia], of_all: Sequence[NoteMedia]) -> str:
    if len(of_all) == 1:
        return "Its picture is"
    return f"{len(some)} of its {len(of_all)} pictures {'is' if len(some) == 1 else 'are'}"
