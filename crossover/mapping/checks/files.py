"""Checks the files of a note: how many of which kind, and each kind by its own limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.limits.limits import Limits
from crossover.mapping.checks.limit_level import level_of
from crossover.mapping.checks.pictures import check_pictures_fit
from crossover.mapping.checks.videos import check_video_fits
from crossover.model.notes import NoteMedia, Problem
from crossover.model.posts import MediaKind


def check_media(media: Sequence[NoteMedia], limits: Limits) -> Iterator[Problem]:
    """Check number, sizes, lengths and shapes of the files of one note."""
    pictures = [file for file in media if file.kind is MediaKind.IMAGE]
    videos = [file for file in media if file.kind is MediaKind.VIDEO]
    if videos and (pictures or len(videos) > limits.videos.value):
        yield Problem(
            "files-mixed",
            level_of(limits.videos),
            f"It has {len(videos)} videos and {len(pictures)} pictures; a note takes one video, or"
            f" up to {limits.images.value} pictures.",
            "Name the files that it is to have in the column `file` of the sheet.",
        )
    yield from check_pictures_fit(pictures, limits)
    for video in videos:
        yield from check_video_fits(video, limits)
