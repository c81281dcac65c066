"""When a file was made, as far as it is known, and where that date comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crossover.media.dating.name_dates import date_in_name
from crossover.media.likeness.fingerprint import ZONE, Captured
from crossover.model.posts import MediaKind

_LAST_YEAR = 2100
_DAY = timedelta(days=1)


class DateSource(StrEnum):
    """Where a date comes from. The time of a file on disk is none: copies lose it."""

    FILE = "file"  # what the camera wrote into it
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file's head says: when it was filmed or taken, and for a video how long it is."""

    captured: Captured | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """`at` is in UTC where it is `zoned`, else by a clock up to 14 hours off. `whole_day`: some time
    of the day that begins then."""

    at: datetime
    source: DateSource
    zoned: bool = False
    whole_day: bool = False

    @property
    def earliest(self) -> datetime:
        return self.at if self.zoned else self.at - ZONE

    @property
    def latest(self) -> datetime:
        day = _DAY if self.whole_day else timedelta(0)
        return self.at + day if self.zoned else self.at + day + ZONE

    @property
    def middle(self) -> datetime:
        return self.at + _DAY / 2 if self.whole_day else self.at


@dataclass(frozen=True, slots=True)
class DatedFile:
    """A file of the creator's. `path` is absolute, `bytes` and `mtime_ns` tell whether it is still
    the same."""

    path: str
    bytes: int
    mtime_ns: int
    kind: MediaKind
    date: Dated
    seconds: float | None = None


def date_of(name: str, recording: Recording) -> Dated | None:
    """Date a file by what is in it, else by its name. A copy made later often has the time of its
    making in it: a name that is days older tells the truth."""
    written, named = _written(recording), _named(name)
    if written is None or named is None:
        return written or named
    if named.latest < written.earliest - _DAY:
        return named
    return named if named.zoned and not written.zoned else written


def _written(recording: Recording) -> Dated | None:
    captured = recording.captured
    if captured is None or captured.at.year >= _LAST_YEAR:
        return None
    return Dated(captured.at, DateSource.FILE, zoned=captured.zoned)


def _named(name: str) -> Dated | None:
    found = date_in_name(name)
    if found is None:
        return None
    return Dated(found.at, DateSource.NAME, zoned=found.utc, whole_day=found.whole_day)
