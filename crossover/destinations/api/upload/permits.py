"""Leave to upload: asked for several files at a time, handed out one by one, each used once."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import UnusableAnswer
from crossover.destinations.api.http.calls import ask_once
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.upload.planned_file import PlannedFile, is_video
from crossover.destinations.sites import Role

_TOKEN = re.compile(r"[\x21-\x7e]+")

FILES_AT_ONCE = 20
"""Most files one permit is asked for; a note has 18 pictures at most."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to upload one file. All of it but `expires` is a capability, so no repr shows it."""

    file_id: str = field(repr=False)
    token: str = field(repr=False)
    address: str = field(repr=False)
    expires: datetime


class Permits:
    """The permits of one run. Thread-safe: calls to the site stay one at a time.

    `margin` is how long before its end a permit in stock is no longer handed out.
    """

    def __init__(self, client: HttpClient, margin: timedelta) -> None:
        self._client = client
        self._margin = margin
        self._lock = threading.Lock()
        self._stock: dict[str, deque[Permit]] = {"image": deque(), "video": deque()}
        self._several = True

    def take(self, file: PlannedFile, to_come: int = 1) -> Permit:
        """Take a permit for `file`; `to_come` files of its kind, this one included, are still to be
        sent. Never the same twice. Raises like `ask_once`: `Again` where another call may help.
        """
        scene = _scene(file)
        with self._lock:
            stock = self._stock[scene]
            while stock and stock[0].expires - self._margin <= self._client.now():
                stock.popleft()
            if not stock:
                stock.extend(self._ask(scene, min(to_come, FILES_AT_ONCE)))
            return stock.popleft()

    def _ask(self, scene: str, count: int) -> list[Permit]:
        count = count if self._several else 1
        try:
            answer = ask_once(self._client, _permit_call(scene, count))
        except UnusableAnswer:
            # That `file_count` may be more than 1 is likely, no more.
            self._several = False
            raise
        return permits_in(answer, self._client.hosts.upload)[:count]


def permits_in(answer: Mapping[str, Any], default_address: str) -> list[Permit]:
    """The permits of the highest `qos` (likely), at least one. Raises `LookupError`, `TypeError`
    or `ValueError` when none can be used."""
    offers = [p for p in answer["data"]["uploadTempPermits"] if isinstance(p, dict)]
    best = max(map(_qos, offers))
    found = [
        permit
        for offer in offers
        if _qos(offer) == best
        for permit in _permits_of(offer, default_address)
    ]
    if not found:
        raise LookupError("a permit for no file")
    return list({permit.file_id: permit for permit in found}.values())


def _permits_of(offer: Mapping[str, Any], default_address: str) -> list[Permit]:
    ids, token = offer["fileIds"], offer["token"]
    address = offer.get("uploadAddr") or default_address
    if not isinstance(ids, list) or not all(isinstance(t, str) for t in (*ids, token, address)):
        raise TypeError("a permit of another shape")
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token that cannot be sent")
    expires = datetime.fromtimestamp(int(offer["expireTime"]) / 1000, UTC)
    return [Permit(file_id, token, address, expires) for file_id in ids]


def _scene(file: PlannedFile) -> str:
    return "video" if is_video(file) else "image"


def _qos(offer: Mapping[str, Any]) -> float:
    value = offer.get("qos")
    return value if isinstance(value, int | float) else 0


def _is_permit(answer: Mapping[str, Any]) -> bool:
    try:
        permits_in(answer, "none")
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        return False
    return True


def _permit_call(scene: str, count: int) -> Call:
    return Call(
        name="upload permit",
        role=Role.CREATOR,
        method="GET",
        path="/api/media/v1/upload/creator/permit",
        query={
            "biz_name": "spectrum",
            "scene": scene,
            "file_count": count,
            "version": 1,
            "source": "web",
        },
        needs=_is_permit,
    )
