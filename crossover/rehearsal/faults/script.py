"""A script of faults, and how many calls a server has counted against it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from crossover.rehearsal.studio.switches import Switches

from .base import Fault


@dataclass(frozen=True, slots=True)
class ScriptEntry:
    """One line of a script. Neither `at` nor `every` nor `probability` means each call; `count` is
    the most times it hits."""

    call: str
    fault: Fault
    at: tuple[int, ...] = ()
    every: int | None = None
    count: int | None = None
    probability: float | None = None
    seed: int = 0

    def due(self, nth: int) -> bool:
        """Whether the entry applies to the `nth` call of its kind, from 1."""
        if self.at:
            return nth in self.at
        return self.every is None or nth % self.every == 0


class Script:
    """The entries, and how many calls of each kind have come in since the server started. `studio`
    is how the studio's page behaves."""

    def __init__(
        self, entries: tuple[ScriptEntry, ...] = (), studio: Switches | None = None
    ) -> None:
        self.entries = entries
        self.studio = studio or Switches()
        self._seen: Counter[str] = Counter()
        self._hits = [0] * len(entries)
        # Dice for tests that must be repeatable, not for secrets.
        self._dice = [random.Random(entry.seed) for entry in entries]  # noqa: S311

    def due(self, call: str) -> list[Fault]:
        """Count a call of this kind and return the faults that apply to it."""
        self._seen[call] += 1
        self._seen["any"] += 1
        return [
            entry.fault
            for number, entry in enumerate(self.entries)
            if entry.call in (call, "any") and self._hit(number, entry)
        ]

    def _hit(self, number: int, entry: ScriptEntry) -> bool:
        if entry.count is not None and self._hits[number] >= entry.count:
            return False
        if not entry.due(self._seen[entry.call]):
            return False
        if entry.probability is not None and self._dice[number].random() >= entry.probability:
            return False
        self._hits[number] += 1
        return True
