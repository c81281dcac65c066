"""What an answer of a media host says of the file: its version and length, or why it brings none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crossover.media.download.http import MediaAnswer
from crossover.media.download.outcomes import Ended, LinkState
from crossover.media.download.partial_file import ObjectVersion
from crossover.runtime.retry import Again

_PIECE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")


def check_status(answer: MediaAnswer) -> None:
    """Raise `Again` or `Ended` for every answer that brings no bytes of the file."""
    status = answer.status
    if status in (401, 403):
        raise Ended(LinkState.REFUSED, "TikTok no longer gives it out by this link")
    if status in (404, 410):
        raise Ended(LinkState.GONE, "TikTok no longer has it under this link")
    if status == 429 or status >= 500:
        busy = "TikTok asks to slow down" if status == 429 else f"TikTok fails (code {status})"
        raise Again(busy, wait=_asked_wait(answer))
    if status >= 400 and status != 416:
        raise Ended(LinkState.REFUSED, f"TikTok refuses it (code {status})")


def _asked_wait(answer: MediaAnswer) -> float | None:
    value = answer.headers.get("retry-after", "").strip()
    if (seconds := _number(value)) is not None:
        return float(seconds)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def announced_length(answer: MediaAnswer) -> int | None:
    """Read how many bytes the body is said to have."""
    return _number(answer.headers.get("content-length"))


def announced_piece(answer: MediaAnswer) -> tuple[int, int, int | None] | None:
    """Read where the piece that a body brings begins and ends in the file, and how long that is
    said to be. None where the answer tells no piece."""
    found = _PIECE.fullmatch(answer.headers.get("content-range", ""))
    return (int(found[1]), int(found[2]) + 1, _number(found[3])) if found else None


def offered_version(key: str, answer: MediaAnswer, total: int | None) -> ObjectVersion:
    """Read which version of the file, of `total` bytes, an answer brings."""
    fields = answer.headers
    return ObjectVersion(key, fields.get("etag"), fields.get("last-modified"), total)


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,18}", text) else None
