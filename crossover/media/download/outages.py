"""Which media hosts give no answer, and whether none does any more.

An answer is what a host itself says, a "no" included. A try without one failed: the name is not
found, nobody is there or proves to be TikTok, nothing is said, or something on the way answers in
the host's place, as a network does that asks to log in first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from crossover.media.download.outcomes import Ended
from crossover.runtime.clock import Clock
from crossover.runtime.retry import Again

MANY = 10
"""Failures in a row that are no accident any more."""
SECONDS = 10.0
"""They also lie this far apart: a computer that wakes up fails ten times in a moment."""


class Unanswered(Again):
    """A try that brought no answer of the host."""


class Intercepted(Unanswered):
    """Something else answered in the host's place, it seems. `otherwise` is how the link ends
    where hosts do answer, and it was the host itself."""

    def __init__(self, reason: str, otherwise: Ended | None = None) -> None:
        super().__init__(reason)
        self.otherwise = otherwise


@dataclass(slots=True)
class _Row:
    """Failures without an answer among them; `hosts` has the last reason of each."""

    began: float
    failures: int = 0
    intercepted: bool = False
    hosts: dict[str, str] = field(default_factory=dict)

    def add(self, host: str, failure: Unanswered) -> None:
        self.failures += 1
        self.intercepted = isinstance(failure, Intercepted)
        self.hosts[host] = failure.reason

    def is_long(self, now: float) -> bool:
        return self.failures >= MANY and now - self.began >= SECONDS


class Outages:
    """The failures of one run, as its threads tell them; `last_file` is the address of the file that
    came last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._of_all: _Row | None = None
        self._of_host: dict[str, _Row] = {}
        self._answered: float | None = None
        self.last_file: str | None = None

    def failed(self, host: str, failure: Unanswered) -> None:
        """A try brought no answer of this host."""
        now = self._clock.monotonic()
        with self._lock:
            self._of_all = self._of_all or _Row(now)
            for row in (self._of_all, self._of_host.setdefault(host, _Row(now))):
                row.add(host, failure)

    def answered(self, host: str, file: str | None = None) -> None:
        """This host answered a try; `file` is the address where it gave one."""
        self._answered, self.last_file = self._clock.monotonic(), file or self.last_file
        self.received(host)

    def received(self, host: str) -> None:
        """More of an answer of this host came."""
        with self._lock:
            self._of_all = None
            self._of_host.pop(host, None)

    def answered_since(self, moment: float) -> bool:
        """Whether any host answered after `moment` of the clock."""
        answered = self._answered
        return answered is not None and answered > moment

    @property
    def in_a_row(self) -> int:
        """Failures since any host answered."""
        with self._lock:
            return self._of_all.failures if self._of_all else 0

    @property
    def intercepted(self) -> bool:
        """Whether something else answers in the hosts' place."""
        with self._lock:
            return self._of_all is not None and self._of_all.intercepted

    @property
    def without_any_answer(self) -> bool:
        """Whether hosts were tried, and none has ever answered."""
        return self._answered is None and self._of_all is not None

    def why_down(self, host: str | None) -> str | None:
        """Return why this host is tried no more, None for one that is: it failed ten times in a
        row, or all did, and it among them."""
        now = self._clock.monotonic()
        with self._lock:
            for row in (self._of_all, self._of_host.get(host or "")):
                if row and host in row.hosts and row.is_long(now):
                    return row.hosts[host]
        return None

    def are_all_down(self, hosts: Iterable[str | None]) -> bool:
        """Whether every try failed for long, at each of these hosts too."""
        now = self._clock.monotonic()
        with self._lock:
            row = self._of_all
            if row is None or not row.is_long(now):
                return False
            return all(host in row.hosts for host in hosts if host)
