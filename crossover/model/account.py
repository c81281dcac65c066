"""An account on a site, and what is known to stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SiteName(StrEnum):
    """Separate worlds: accounts, sessions and notes of one are unknown to the other."""

    REDNOTE = "rednote.com"
    XIAOHONGSHU = "xiaohongshu.com"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, slots=True)
class Account:
    """A proven session: whose account this is on which site."""

    site: SiteName
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Marker:
    """The newest notes of an account just before a publish call, and the server's clock then."""

    note_ids: tuple[str, ...]
    server_time: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A note that stands on the account, and how that is known."""

    note_id: str
    url: str | None
    evidence: str
