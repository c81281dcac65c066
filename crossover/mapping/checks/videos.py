"""Checks the video of a note against RedNote's limits. Only firm limits hold a note; others warn."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.limits.limits import Limit, Limits
from crossover.mapping.checks.advice import get_anew, get_with_sound
from crossover.mapping.checks.limit_level import AS_IT_IS, SHORTER, SMALLER, level_of
from crossover.model.notes import Level, NoteMedia, Problem
from crossover.model.posts import Post


def check_video_fits(file: NoteMedia, limits: Limits) -> Iterator[Problem]:
    """Check size in bytes and pixels, and length."""
    if file.bytes > limits.video_bytes.value:
        has = f"has {file.bytes / 1e9:.1f} GB"
        yield _too_much(
            "video-size", has, limits.video_bytes, f"{limits.video_bytes.value / 1e9:g} GB"
        )
    if (seconds := int(file.duration or 0)) > limits.video_seconds.value:
        lasts = f"lasts {_format_length(seconds)}"
        most = _format_length(limits.video_seconds.value)
        yield _too_much("video-length", lasts, limits.video_seconds, most)
    short = limits.video_short_side.value
    if min(file.width, file.height) < short:
        message = (
            f"The video is {file.width}x{file.height}; with less than {short} pixels across it may"
            " look soft on a phone."
        )
        yield Problem("video-small", Level.WARNING, message, AS_IT_IS)


def _too_much(code: str, what: str, limit: Limit, most: str) -> Problem:
    text = f"The video {what}; RedNote is said to take up to {most}, and may refuse it."
    advice = SHORTER if code == "video-length" else SMALLER
    return Problem(code, level_of(limit), text, advice)


def _format_length(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return " ".join(f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min")) if count)


def check_gap(share: float, begin: float | None, *, linked: bool) -> Iterator[Problem]:
    """Hold a video of whose file this `share` is only zeros, from `begin` seconds on; `linked`: its
    post has links to fetch it by."""
    since = "" if begin is None else f", from {int(begin) // 60}:{int(begin) % 60:02} on"
    yield Problem(
        "video-gaps",
        Level.ERROR,
        f"About {max(1, round(share * 100))} % of the video is missing in its file{since}: a download"
        " of it stopped, and left zeros there.",
        get_anew(linked=linked),
    )


def check_silent(post: Post) -> Iterator[Problem]:
    """Hold a video without sound whose post had some, as the export or the source of its words say;
    tell of another one. TikTok's `bytevc1` files come without (yt-dlp #15891, #16950, 2026)."""
    if not post.sound and not post.sounded:
        message = "The video has no sound, and nothing says that its post had any."
        yield Problem("silent", Level.NOTE, message, "Nothing to do, if you made it so.")
        return
    named = f" ({post.sound})" if post.sound else ""
    yield Problem(
        "sound-lost",
        Level.ERROR,
        f"The video has no sound, and its post had some{named}. Some of TikTok's files come so.",
        get_with_sound(linked=bool(post.links)),
    )


def check_hidden(seconds: float) -> Iterator[Problem]:
    """Tell of a part of the video that was cut off, and is still in the file."""
    if seconds:
        yield Problem(
            "hidden-part",
            Level.NOTE,
            f"{seconds:.0f} s that were cut off this video are still in its file, though no player"
            " shows them.",
            "If nobody may have them: save it anew in the app that cut it, and add that.",
        )
