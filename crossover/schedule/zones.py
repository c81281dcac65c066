"""The creator's time zone, and the moments that its clock shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


class ComputerZone(tzinfo):
    """The time zone of this computer, with its changes of summer time, whatever its name is."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, _moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        local = moment.replace(tzinfo=UTC).astimezone()
        wall = local.replace(tzinfo=self, fold=0)
        # An hour that comes twice: its second time.
        return wall if wall.utcoffset() == local.utcoffset() else wall.replace(fold=1)


def find_zone(name: str) -> tzinfo:
    """Find a zone by its name, `Europe/Lisbon`; that of this computer for an empty one. Raises
    `ZoneInfoNotFoundError` or `ValueError` for a name that is none."""
    return ZoneInfo(name) if name else ComputerZone()


def moment_on(day: date, clock: time, zone: tzinfo) -> datetime:
    """Find the moment, in UTC, at which the clock of `zone` shows a time on a day: the first one
    where it comes twice, and where it is skipped the one as long after or before the change that
    is still of that day."""
    moments = [
        datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)
    ]
    return next((one for one in moments if one.astimezone(zone).date() == day), moments[0])


def to_whole_minute(moment: datetime) -> datetime:
    """Round a moment up to a whole minute."""
    minute = moment.replace(second=0, microsecond=0)
    return minute if minute == moment else minute + timedelta(minutes=1)
