"""The site's clock, as its answers tell it."""

from __future__ import annotations

from datetime import datetime, timedelta

from crossover.destinations.answers.answer import http_date
from crossover.runtime.clock import Clock


class SiteClock:
    """Goes on from the last answer's `Date`, whatever this computer's clock is set to."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: tuple[datetime, float] | None = None

    def heard(self, date: str | None) -> None:
        """Take note of the `Date` header of an answer that came just now; None tells nothing."""
        moment = http_date(date)
        if moment is not None:
            self._last = (moment, self._clock.monotonic())

    def server_now(self) -> datetime | None:
        """The site's time now, None as long as no answer told it."""
        if self._last is None:
            return None
        server_time, at = self._last
        return server_time + timedelta(seconds=self._clock.monotonic() - at)

    def now(self) -> datetime:
        """The site's time now; this computer's before the first answer."""
        return self.server_now() or self._clock.now()
