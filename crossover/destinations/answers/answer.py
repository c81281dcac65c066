"""An answer of the site as it arrived, over a connection of our own or within the creator's page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

ANSWER_LIMIT = 10 * 1024 * 1024
"""Bytes of an answer, unpacked; RedNote's are a few kilobytes."""
TOO_LARGE = "the answer is larger than any answer should be"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case) and body of an answer. `flaw` says why the body is
    not whole, and is empty when it is."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    flaw: str = ""

    @property
    def envelope(self) -> Mapping[str, Any] | None:
        """The body as a JSON object, None when it is none."""
        if self.flaw:
            return None
        try:
            value = json.loads(self.body.decode("utf-8"))
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None


def http_date(text: str | None) -> datetime | None:
    """A date of a header in UTC, None when there is none that can be read."""
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, OverflowError):
        return None
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
