"""What is to be fetched, and how each link ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class LinkState(StrEnum):
    """Where a link stands after a run. It is in exactly one state."""

    FETCHED = "fetched"
    PRESENT = "present"
    OWN = "own"
    EXPIRED = "expired"
    GONE = "gone"
    REFUSED = "refused"
    NOT_ALLOWED = "not-allowed"
    UNFIT = "unfit"
    NO_ROOM = "no-room"
    LATER = "later"


STATE_WORDS = {
    LinkState.FETCHED: "fetched",
    LinkState.PRESENT: "already there",
    LinkState.OWN: "not needed: you have your own files",
    LinkState.EXPIRED: "expired",
    LinkState.GONE: "gone from TikTok",
    LinkState.REFUSED: "refused by TikTok",
    LinkState.NOT_ALLOWED: "not followed: not a media link of TikTok",
    LinkState.UNFIT: "not a file that can be used",
    LinkState.NO_ROOM: "no room on the disk",
    LinkState.LATER: "not yet",
}
"""The states as a person says them, best first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to fetch. `key` is its object path, the same while signatures change; `stem` names
    it on disk; `kinds` is what it may turn out to be, as `probe.looks_like` says it; `size` is
    bytes, where its server told them beforehand."""

    key: str
    url: str = field(repr=False)
    stem: str
    kinds: frozenset[str]
    expires: datetime | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How one link ended. `reason` is a sentence for the creator, empty where all is well;
    `bytes` and `sha256` are those of the file at `path`."""

    state: LinkState
    reason: str = ""
    path: Path | None = None
    bytes: int = 0
    sha256: str | None = None


class Ended(Exception):
    """No further try of this link is worth it in this run."""

    def __init__(self, state: LinkState, reason: str) -> None:
        super().__init__(reason)
        self.result = Result(state, reason)
