"""How fast notes go out to a real account, and what the creator said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

WentOut = Sequence[tuple[datetime, date | None]]
"""When notes went out to an account, or are to go out where the creator posts them by hand, and the
day then was for the creator; None where that was not kept."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is kept of an account's pace, besides its ledger.

    `paused_since`: the creator paused it then; `paused_until` is the first day on which notes may
    go out again, None: not before `resume`. `seen` is the newest moment at which a sitting began,
    as this computer's clock told it. On `full_day` nothing more goes out: the creator said then
    that the clock is right, so what went out on that day is not known."""

    paused_since: datetime | None = None
    paused_until: date | None = None
    seen: datetime | None = None
    full_day: date | None = None

    def is_paused(self, day: date) -> bool:
        """Whether the creator's pause covers that day, in their zone."""
        if self.paused_since is None:
            return False
        return self.paused_until is None or day < self.paused_until

    def paused(self, now: datetime, until: date | None) -> Pace:
        """Return it with a pause from now on, until the day `until` or until `resumed`."""
        return replace(self, paused_since=now, paused_until=until)

    def resumed(self) -> Pace:
        """Return it without a pause."""
        return replace(self, paused_since=None, paused_until=None)

    def with_sitting(self, now: datetime) -> Pace:
        """Return it with a sitting that begins now."""
        return replace(self, seen=max(now, self.seen or now))

    def with_clock(self, now: datetime, today: date) -> Pace:
        """Return it with this computer's clock accepted, though it shows an earlier day than once
        before."""
        return replace(self, seen=now, full_day=today)
