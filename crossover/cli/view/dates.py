"""Moments as a person says them, in the time of this computer."""

from __future__ import annotations

from datetime import date, datetime


def day_and_time(moment: datetime, now: datetime) -> str:
    """Format as `Thu 26 Nov 14:00` in local time, with the year unless it is this one's."""
    local = moment.astimezone()
    year = "" if local.year == now.astimezone().year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def how_far(moment: datetime, now: datetime) -> str:
    """Format as `in 3 days`, `2 hours ago`; whole units, rounded down."""
    seconds = abs((moment - now).total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        # Two days are said in days, what is left of the second one in hours.
        if seconds >= size * (2 if unit == "day" else 1):
            number = int(seconds // size)
            span = f"{number:,} {unit}{'s' if number > 1 else ''}"
            break
    else:
        span = "less than a minute"
    return f"in {span}" if moment > now else f"{span} ago"


def month_and_year(day: date) -> str:
    """Format as `Nov 2026`."""
    return f"{day:%b %Y}"
