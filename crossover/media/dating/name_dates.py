"""Dates in the names that phones and apps give: `IMG_20250206_155046`, `VID-20250206-WA0001`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_STAMP = re.compile(
    r"""(?<![0-9])
    (?P<year>20[0-9]{2}) (?P<by>[-_.]?) (?P<month>[0-9]{2}) (?P=by) (?P<day>[0-9]{2})
    (?: (?:[ _T-]{0,3} | [ _-]at[ _-])
        (?P<hour>[0-9]{2}) (?P<colon>[-_.:]?) (?P<minute>[0-9]{2}) (?P=colon)
        (?P<second>[0-9]{2}) (?:[0-9]{3})?  # thousandths
        (?!\ ?[AaPp][Mm]) (?![0-9])
    )?
    (?![0-9])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class NameDate:
    """A moment as a name says it, in UTC although the clock may be another. `whole_day`: the name
    has no time; `utc`: it is known to be UTC."""

    at: datetime
    whole_day: bool
    utc: bool


def date_in_name(name: str) -> NameDate | None:
    """Find the date in a file's name; None where it has none that can be one."""
    for found in _STAMP.finditer(name):
        parts = [found[part] for part in ("year", "month", "day", "hour", "minute", "second")]
        try:
            at = datetime(*(int(part) for part in parts if part), tzinfo=UTC)  # type: ignore[misc,arg-type]
        except ValueError:
            continue
        # Google's camera names files in UTC.
        return NameDate(at, whole_day=found["hour"] is None, utc=name.startswith("PXL_"))
    return None
