"""An account on a site, and what is known to stand on it."""

from __future__ import annotations

from dataclasses import dataclass, field
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
class OwnNote:
    """A note as the account's own list shows it. `time` and `permission` are None when the list
    does not say."""

    id: str
    title: str
    type: str
    time: datetime | None
    permission: int | None


@dataclass(frozen=True, slots=True)
class Marker:
    """The newest notes of an account just before a publish call, and the server's clock then.

    `listed` are the notes that were seen on the way, newest first; the ledger does not keep them.
    """

    note_ids: tuple[str, ...]
    server_time: datetime
    listed: tuple[OwnNote, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A note that stands on the account, and how that is known."""

    note_id: str
    url: str | None
    evidence: str
