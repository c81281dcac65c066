"""Checks the files of a note against RedNote's limits. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crossover.limits.limits import Limit, Limits
from crossover.model.notes import Level, NoteMedia, Problem
from crossover.model.posts import MediaKind

_AS_IT_IS = "It moves as it is."
_SMALLER = "Make it smaller, or try it as it is."


def check_media(media: Sequence[NoteMedia], limits: Limits) -> Iterator[Problem]:
    """Check number, sizes, lengths and shapes of the files of one note."""
    pictures = [file for file in media if file.kind is MediaKind.IMAGE]
    videos = [file for file in media if file.kind is MediaKind.VIDEO]
    if videos and (pictures or len(videos) > limits.videos.value):
        yield Problem(
            "files-mixed",
            _level(limits.videos),
            f"It has {len(videos)} videos and {len(pictures)} pictures; a note takes one video, or"
            f" up to {limits.images.value} pictures.",
            "Name the files that it is to have in the column `file` of the sheet.",
        )
    yield from _check_pictures(pictures, limits)
    for video in videos:
        yield from _check_video(video, limits)


def _check_pictures(pictures: Sequence[NoteMedia], limits: Limits) -> Iterator[Problem]:
    most, share, least = (
        limits.image_bytes,
        limits.image_width_percent_of_height,
        limits.image_short_side,
    )
    if large := [file for file in pictures if file.bytes > most.value]:
        size = max(file.bytes for file in large)
        what = f"{_count(large, pictures)} up to {size / 1e6:.1f} MB"
        message = f"{what}; RedNote is said to take {most.value / 1e6:g} MB."
        yield Problem("image-size", _level(most), message, _SMALLER)
    if wide := [file for file in pictures if file.width * 100 > file.height * share.value]:
        message = f"{_count(wide, pictures)} more than twice as wide as high, and will show small."
        yield Problem("image-wide", Level.WARNING, message, _AS_IT_IS)
    if small := [file for file in pictures if min(file.width, file.height) < least.value]:
        message = f"{_count(small, pictures)} less than {least.value} pixels wide or high, and may look soft."
        yield Problem("image-small", Level.WARNING, message, _AS_IT_IS)


def _count(some: Sequence[NoteMedia], of_all: Sequence[NoteMedia]) -> str:
    if len(of_all) == 1:
        return "Its picture is"
    return f"{len(some)} of its {len(of_all)} pictures {'is' if len(some) == 1 else 'are'}"


def _check_video(file: NoteMedia, limits: Limits) -> Iterator[Problem]:
    if file.bytes > limits.video_bytes.value:
        yield _too_much("video-size", file.bytes / 1e9, limits.video_bytes, 1e9, "GB")
    if (seconds := int(file.duration or 0)) > limits.video_seconds.value:
        yield _too_much("video-length", seconds / 3600, limits.video_seconds, 3600, "h")
    short = limits.video_short_side.value
    if min(file.width, file.height) < short:
        message = f"The video is {file.width}x{file.height}; below {short} it may look soft."
        yield Problem("video-small", Level.WARNING, message, _AS_IT_IS)


def _too_much(code: str, value: float, limit: Limit, unit: float, name: str) -> Problem:
    text = (
        f"The video has {value:.1f} {name}; RedNote is said to take {limit.value / unit:g} {name}."
    )
    return Problem(code, _level(limit), text, _SMALLER)


def check_coding(picture: str, sound: str | None, limits: Limits) -> Iterator[Problem]:
    """Check how picture and sound of a video are coded, as FFmpeg names that; `sound` is None of a
    silent one."""
    known = limits.codings
    if picture != known.video or sound not in (None, known.audio):
        coded = picture if sound is None else f"{picture} and {sound}"
        yield Problem(
            "video-coding",
            Level.WARNING,
            f"The video is coded as {coded}; RedNote is said to like {known.video} and {known.audio}.",
            "It moves as it is; to be sure, add a copy of it as H.264 with AAC.",
        )


def _level(limit: Limit) -> Level:
    return Level.ERROR if limit.firm else Level.WARNING
