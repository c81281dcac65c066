"""What time of the year a post belongs to, from `seasons.yaml`: likely, and dated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from crossover.mapping.topics.table import load_table
from crossover.package_data import load_data

_BEFORE, _AFTER = 14, 1
"""Days around a feast in which it is in season, where the data does not say others."""
_AROUND = timedelta(days=45)
"""Around the day of the year of a post that belongs to no feast but to a time of the year."""
_NO_BLANKS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3]")  # scripts without blanks between words


@dataclass(frozen=True, slots=True)
class Season:
    """A time of the year. `days` are months and days, `dates` from one to another; without any of
    them it is that at which a post was posted."""

    name: str
    days: tuple[tuple[int, int], tuple[int, int]] | None = None
    dates: tuple[tuple[date, date], ...] = ()

    def includes(self, day: date, posted: date) -> bool:
        """Whether a note of a post of the day `posted` is in season on `day`."""
        if self.days is not None:
            first, last = self.days
            now = (day.month, day.day)
            return first <= now <= last if first <= last else now >= first or now <= last
        if self.dates:
            return any(first <= day <= last for first, last in self.dates)
        apart = abs(day.timetuple().tm_yday - posted.timetuple().tm_yday)
        return min(apart, 365 - apart) <= _AROUND.days


class SeasonTable:
    """All seasons, found by hashtags and by words."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self.by_tag: dict[str, Season] = {}
        self.words: list[tuple[str, re.Pattern[str], Season]] = []
        for name, row in rows.items():
            season = _make_season(name, row)
            self.by_tag |= dict.fromkeys(row["tags"], season)
            self.words += ((w.casefold(), _pattern(w), season) for w in row.get("words", ()))

    def find(self, tags: Iterable[str], text: str) -> Season | None:
        """Find the season of a post by its hashtags, else by the words of its text; a feast comes
        before a time of the year."""
        rows = (row for tag in tags for row in load_table().find(tag))
        found = [self.by_tag[row.tag] for row in rows if row.tag in self.by_tag]
        plain = text.casefold().replace("’", "'")
        found += (s for word, whole, s in self.words if word in plain and whole.search(plain))
        return next((s for s in found if s.days or s.dates), found[0] if found else None)


@cache
def load_seasons() -> SeasonTable:
    """Load the table."""
    return SeasonTable(load_data("crossover.schedule", "seasons.yaml")["seasons"])


def _make_season(name: str, row: Mapping[str, Any]) -> Season:
    before = timedelta(days=row.get("before", _BEFORE))
    after = timedelta(days=row.get("after", _AFTER))
    days = [(int(day[:2]), int(day[3:])) for day in row.get("days", ())]
    return Season(
        name,
        (days[0], days[1]) if days else None,
        tuple((day - before, day + after) for day in row.get("dates", ())),
    )


def _pattern(word: str) -> re.Pattern[str]:
    literal = re.escape(word.casefold())
    return re.compile(literal if _NO_BLANKS.search(word) else rf"\b{literal}\b")
