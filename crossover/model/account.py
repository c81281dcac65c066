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


class Review(StrEnum):
    """What became of a note that RedNote accepted. `GONE`: the account's list has it no more."""

    PENDING = "pending"
    PASSED = "passed"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note as the account's own list shows it. `time`, `permission`, `tab`, RedNote's number for
    how it stands, and `said`, what it says of that, are None when the list does not say."""

    id: str
    title: str
    type: str
    time: datetime | None
    permission: int | None
    tab: int | None = None
    said: str | None = None


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
