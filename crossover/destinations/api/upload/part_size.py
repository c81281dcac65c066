"""How long a part should be on this line, from what its round trips and bodies took so far."""

from __future__ import annotations

ROUND_TRIPS = 64
"""A part takes as long as this many of them, so that the wait for its answer, in which nothing is
sent, is under 2 % of the time."""

LONGEST_SECONDS = 10.0
"""Of sending, for one part: it is what a run costs that dies."""

LARGEST = 64 * 1024 * 1024

NEAR_SECONDS = 0.02
"""A host that answers within this time is waited for too little to matter."""

FIRST_RATE = 2_500_000
"""Bytes a second, as long as nobody knows."""

_ENOUGH_TO_TELL = 1024 * 1024


class LineSpeed:
    """What is known of the line. Any thread may tell it something: figures only ever replace
    figures."""

    def __init__(self) -> None:
        self._round_trip: float | None = None
        self._rate: float | None = None

    def answered(self, seconds: float) -> None:
        """Note the time of an answer to a request without a body to speak of. The quickest one
        tells most: others waited for a connection, or for a host that had to think."""
        self._round_trip = min(seconds, self._round_trip or seconds)

    def sent(self, count: int, seconds: float) -> None:
        """Note the time in which a body of `count` bytes was sent and answered."""
        seconds -= self._round_trip or 0
        if count >= _ENOUGH_TO_TELL and seconds > 0:
            self._rate = count / seconds

    def part_bytes(self, least: int, limit_rate: int | None = None) -> int:
        """Bytes of a part, `least` unless waiting for answers would cost too much; `limit_rate`
        is how many bytes a second may be sent at most."""
        if self._round_trip is None or self._round_trip < NEAR_SECONDS:
            return least
        rate = min(self._rate or FIRST_RATE, limit_rate or float("inf"))
        wanted = rate * min(self._round_trip * ROUND_TRIPS, LONGEST_SECONDS)
        return max(least, min(round(wanted), LARGEST))
