"""Answers as they arrived: bounded, unpacked, and with a flaw when they are not whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

ANSWER_LIMIT = 10 * 1024 * 1024
"""Bytes of an answer, unpacked; RedNote's are a few kilobytes."""


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


class Flawed(Exception):
    """The body of an answer is not whole."""


def bounded(response: httpx.Response) -> bytes:
    """The body, counted while it arrives and while it is unpacked. Raises `Flawed`."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip"):
        raise Flawed("the answer is packed in a way that was not asked for")
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    try:
        for block in response.iter_raw():
            body += unpack.decompress(block, ANSWER_LIMIT + 1 - len(body)) if unpack else block
            if len(body) > ANSWER_LIMIT:
                raise Flawed("the answer is larger than any answer should be")
    except (httpx.TransportError, zlib.error):
        raise Flawed("the answer was cut") from None
    if unpack and body and not unpack.eof:
        raise Flawed("the answer was cut")
    return bytes(body)


def http_date(text: str | None) -> datetime | None:
    """A date of a header in UTC, None when there is none that can be read."""
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, OverflowError):
        return None
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
