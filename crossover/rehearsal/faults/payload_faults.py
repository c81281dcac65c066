"""Faults of the payload: the call works, but something in its answer or effect is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crossover.rehearsal.faults.base import (
    DAY,
    UPLOAD,
    Fault,
    integer_between,
    number_between,
    one_of,
    setting,
)


@dataclass(frozen=True, slots=True)
class PermitExpired(Fault):
    """An upload call is told that its permit has expired; a new permit lasts `seconds`."""

    seconds: float = setting(number_between(0, DAY), 0.0)
    name: ClassVar[str] = "permit-expired"
    calls: ClassVar[frozenset[str]] = UPLOAD | {"permit"}


@dataclass(frozen=True, slots=True)
class BadEtag(Fault):
    """The part is kept, but the ETag in the answer is not its own."""

    name: ClassVar[str] = "bad-etag"
    calls: ClassVar[frozenset[str]] = frozenset({"part"})


@dataclass(frozen=True, slots=True)
class NoVideoId(Fault):
    """The upload works, but `X-Ros-Video-Id` is missing; whoever asks for it is told to wait."""

    name: ClassVar[str] = "no-video-id"
    calls: ClassVar[frozenset[str]] = frozenset({"put", "complete", "video-id"})


@dataclass(frozen=True, slots=True)
class SlowFirstFrame(Fault):
    """The first frame of a video is ready only after more than `queries` questions."""

    queries: int = setting(integer_between(0, 1000))
    name: ClassVar[str] = "slow-first-frame"
    calls: ClassVar[frozenset[str]] = frozenset({"first-frame"})


@dataclass(frozen=True, slots=True)
class ListLag(Fault):
    """A note is missing from the list for so long, or for so many calls of the list after it was
    stored. Calls are counted anew when the server starts."""

    seconds: float = setting(number_between(0, DAY), 0.0)
    calls_missed: int = setting(integer_between(0, 1000), 0)
    name: ClassVar[str] = "list-lag"
    calls: ClassVar[frozenset[str]] = frozenset({"list"})


@dataclass(frozen=True, slots=True)
class StalePages(Fault):
    """`snapshot`: the list as it was at the last call that was not hit, or when the server started.
    `repeat`: the cursor to the next page leads to the same page again."""

    pages: str = setting(one_of("snapshot", "repeat"), "snapshot")
    name: ClassVar[str] = "stale-pages"
    calls: ClassVar[frozenset[str]] = frozenset({"list"})


@dataclass(frozen=True, slots=True)
class OtherAccount(Fault):
    """The session is another account's."""

    name: ClassVar[str] = "other-account"
    calls: ClassVar[frozenset[str]] = frozenset({"probe"})


@dataclass(frozen=True, slots=True)
class EditedText(Fault):
    """The site keeps other words than it was sent. `normalise`: full-width letters become plain,
    runs of blanks and line ends one blank. `shorten`: the title ends after 8 characters, the text
    after 40. `drop-topics`: no topic is left."""

    how: str = setting(one_of("normalise", "shorten", "drop-topics"), "normalise")
    name: ClassVar[str] = "edited-text"
    calls: ClassVar[frozenset[str]] = frozenset({"create"})


@dataclass(frozen=True, slots=True)
class ReviewRefused(Fault):
    """The note is accepted; `seconds` later the list shows it as `refused`, or it is `gone` from
    there."""

    seconds: float = setting(number_between(0, DAY), 0.0)
    verdict: str = setting(one_of("refused", "gone"), "refused")
    name: ClassVar[str] = "review-refused"
    calls: ClassVar[frozenset[str]] = frozenset({"create"})
