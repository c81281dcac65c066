"""The files and posts that are compared, and the decision about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from crossover.media.likeness.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose name tells nothing. `saved`: its name says that it was saved from TikTok."""

    path: Path
    fingerprint: Fingerprint
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A post and what is here of it: its `video`, or its `pictures` in order, or only a `cover`;
    `files` are those that were looked at, but for the cover. `settled`: it has an original, which
    nothing alike replaces."""

    post: str
    number: int
    posted_at: datetime
    video: Fingerprint | None = None
    pictures: tuple[Fingerprint, ...] = ()
    cover: Fingerprint | None = None
    files: tuple[Path, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Files and the post they are, or may be; `why` is for the creator. Pictures are in order."""

    post: str
    number: int
    paths: tuple[Path, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Every file given is in one of these at most, doubts aside, where it may stand several
    times; in none of them when it is like nothing. `spare` are like posts that have an original."""

    sure: tuple[Pairing, ...] = ()
    doubts: tuple[Pairing, ...] = ()
    spare: tuple[Pairing, ...] = ()


IsRefused = Callable[[str, Path], bool]
"""Whether the creator said that this file is not that post (by id)."""


# --- on the way there -----------------------------------------------------------------------


class Grade(IntEnum):
    RAW = 0
    COVER = 1
    NEAR = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """A file that may be a post, or the picture at `place` of it."""

    file: NewFile
    post: Reference
    grade: Grade
    reason: str
    likeness: float
    place: int = 0


def pairing_of(link: PossibleMatch) -> Pairing:
    """Pair the post with this one file."""
    return Pairing(link.post.post, link.post.number, (link.file.path,), link.reason)


def decision_of(
    sure: Sequence[Pairing], doubts: Sequence[Pairing], spare: Sequence[Pairing]
) -> Decision:
    """Make a decision. A file in question for a post is no spare file of another one."""
    taken = {path for pairing in (*sure, *doubts) for path in pairing.paths}
    unused = tuple(pairing for pairing in spare if not taken.intersection(pairing.paths))
    return Decision(tuple(sure), tuple(doubts), unused)


def is_surely_later(file: NewFile, post: Reference) -> bool:
    """Whether the file says that it was made after the post."""
    captured = file.fingerprint.captured
    return captured is not None and captured.surely_after(post.posted_at)


# --- words ----------------------------------------------------------------------------------


def length_difference(mine: float, theirs: float) -> str:
    """Describe two lengths in seconds, the file's and the post's."""
    one, other = f"{mine:.1f}", f"{theirs:.1f}"
    return f"{one} s both" if one == other else f"{one} s, the post {other} s"


def percentage(score: float) -> str:
    """Rounded down: 1.00 is the same and nothing else."""
    return f"{int(score * 100 + 1e-9) / 100:.2f}"


def captured_seconds(file: NewFile) -> float:
    """Return when the file was captured, in unix seconds; before everything where it does not
    say."""
    captured = file.fingerprint.captured
    return captured.at.timestamp() if captured else float("-inf")


def date_difference(file: NewFile, post: Reference) -> str:
    """Describe how long before or after the post the file was captured."""
    captured = file.fingerprint.captured
    if captured is None:
        return ", no date in it"
    elapsed = post.posted_at - captured.at
    what = "filmed" if file.fingerprint.seconds is not None else "taken"
    days = abs(elapsed) // timedelta(days=1)
    if days == 0 and elapsed < timedelta(0):
        return f", {what} {_hours(-elapsed)} after{'' if captured.zoned else CLOCK}"
    if days == 0:
        return f", {what} within a day of it"
    return (
        f", {what} {days} day{'s' * (days > 1)} {'before' if elapsed > timedelta(0) else 'after'}"
    )


CLOCK = ", by a clock without a zone"


def _hours(elapsed: timedelta) -> str:
    hours = elapsed // timedelta(hours=1)
    return f"{hours} hour{'s' * (hours > 1)}" if hours else "less than an hour"


def shortened(names: Sequence[str]) -> str:
    """List the first three names, and count the others."""
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
