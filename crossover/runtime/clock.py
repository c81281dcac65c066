"""Time as it passes. Tests hand in a clock whose time passes at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """This computer's clocks. Seconds but for `now`, which is an aware time in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
