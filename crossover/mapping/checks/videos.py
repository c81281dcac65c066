"""Checks the video of a note against RedNote's limits. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.limits.limits import Limit, Limits
from crossover.mapping.checks.limit_level import AS_IT_IS, SMALLER, level_of
from crossover.model.notes import Level, NoteMedia, Problem


def check_video_fits(file: NoteMedia, limits: Limits) -> Iterator[Problem]:
    """Check size in bytes and pixels, and length."""
    if file.bytes > limits.video_bytes.value:
        yield _too_much("video-size", file.bytes / 1e9, limits.video_bytes, 1e9, "GB")
    if (seconds := int(file.duration or 0)) > limits.video_seconds.value:
        yield _too_much("video-length", seconds / 3600, limits.video_seconds, 3600, "h")
    short = limits.video_short_side.value
    if min(file.width, file.height) < short:
        message = f"The video is {file.width}x{file.height}; below {short} it may look soft."
        yield Problem("video-small", Level.WARNING, message, AS_IT_IS)


def _too_much(code: str, value: float, limit: Limit, unit: float, name: str) -> Problem:
    text = (
        f"The video has {value:.1f} {name}; RedNote is said to take {limit.value / unit:g} {name}."
    )
    return Problem(code, level_of(limit), text, SMALLER)


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
