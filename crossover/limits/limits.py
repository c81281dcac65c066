"""Loads RedNote's limits from dated data per site. Outside the rehearsal no other module holds
one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from crossover.model.account import Review, SiteName
from crossover.model.posts import Declaration
from crossover.package_data import load_data


@dataclass(frozen=True, slots=True)
class Limit:
    """A number and how sure it is. Only a firm limit ever holds a post; others warn."""

    value: int
    sure: str

    @property
    def firm(self) -> bool:
        """Whether it is sure enough to hold a post."""
        return self.sure == "firm"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one site accepts, as known on `as_of`. Bytes, seconds, pixels, title units.

    RedNote's own scheduler takes times from `schedule_minutes` to `schedule_days` ahead."""

    as_of: date
    title_units: Limit
    description_chars: Limit
    description_aim: Limit
    topics: Limit
    images: Limit
    videos: Limit
    image_bytes: Limit
    image_pixels: Limit
    image_width_percent_of_height: Limit
    image_height_percent_of_width: Limit
    image_short_side: Limit
    video_bytes: Limit
    video_seconds: Limit
    video_short_side: Limit
    cover_width: Limit
    cover_height: Limit
    list_lag_seconds: Limit
    permit_margin_seconds: Limit
    put_bytes: Limit
    part_bytes: Limit
    pictures_at_once: Limit
    schedule_minutes: Limit
    schedule_days: Limit
    declarations: Mapping[Declaration, Limit]


@cache
def load_limits(site: SiteName) -> Limits:
    """Load the limits of `site`: the common ones, replaced by the site's own."""
    data: dict[str, Any] = load_data("crossover.limits", "rednote.yaml")
    merged = data["common"] | (data["sites"].get(site.value) or {})
    names = [f.name for f in fields(Limits) if f.type == "Limit"]
    return Limits(
        as_of=data["as_of"],
        declarations={one: Limit(**data["declarations"][one.value]) for one in Declaration},
        **{name: Limit(**merged[name]) for name in names},
    )


@cache
def load_reviews(site: SiteName) -> Mapping[int, Review]:
    """Load what the number `tab_status` in the list of an account's notes says of their review."""
    data: dict[str, Any] = load_data("crossover.limits", "rednote.yaml")["reviews"]
    rows = data["common"] | data.get(site.value, {})
    return {number: Review(row["review"]) for number, row in rows.items()}
