"""What was seen of TikTok's watermark in a video."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WatermarkSign(StrEnum):
    """What speaks for a watermark in the pictures of a video.

    `BOTH_CORNERS`: a sign with a line of letters under it changes between opposite corners.
    `CORNER_AND_CARD`: it stands in one corner, and the dark card at the end has the same handle.
    `CHANGES_CORNERS`: something changes between opposite corners, and is not built so.
    `CARD`: a dark card with a sign and a line under it is at the end, and nothing else.
    """

    BOTH_CORNERS = "both-corners"
    CORNER_AND_CARD = "corner-and-card"
    CHANGES_CORNERS = "changes-corners"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class MarkedFrame:
    """A JPEG of frames side by side, each place of the mark in a red frame; `path` is relative to the
    workspace."""

    path: str
    sha256: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Watermark:
    """What was seen, and when: `at` are the seconds of the frames in `evidence`."""

    sign: WatermarkSign
    at: tuple[float, ...]
    evidence: MarkedFrame


SURE = frozenset({WatermarkSign.BOTH_CORNERS, WatermarkSign.CORNER_AND_CARD})
"""The signs that leave hardly a doubt."""


@dataclass(frozen=True, slots=True)
class MarkHints:
    """What speaks for a watermark in the files of a post: what was `seen`, the name of a file that was
    `saved` from TikTok by that (empty for none), and the seconds that the video is `longer` than its
    post, 0 where that is not known."""

    seen: Watermark | None = None
    saved: str = ""
    longer: float = 0.0


NO_HINTS = MarkHints()
