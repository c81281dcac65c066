"""outcomes.json: how links ended that a further try is not likely to change, kept over runs.

It holds no link: an outcome belongs to a stored object and the deadline of its link, so that a
later export, whose links live longer, begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.storage.cache import read_cache, write_cache

_FINAL = (LinkState.GONE, LinkState.REFUSED, LinkState.NOT_ALLOWED, LinkState.UNFIT)


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """How a link ended, and when."""

    state: LinkState
    reason: str
    when: datetime


@dataclass(frozen=True, slots=True)
class LinkOutcomes:
    """What is remembered of links, by a hash of object and deadline."""

    known: dict[str, LinkOutcome] = field(default_factory=dict)

    def of(self, wanted: Wanted) -> Result | None:
        """Return how this link ended in an earlier run; None where that was not for good."""
        found = self.known.get(_mark(wanted))
        return Result(found.state, found.reason) if found else None

    def after(self, ends: Iterable[tuple[Wanted, Result | None]], now: datetime) -> LinkOutcomes:
        """Return the outcomes after a run; None is a link that was not tried. Links that are not
        among `ends` are forgotten."""
        known = {}
        for wanted, result in ends:
            mark = _mark(wanted)
            if result is None and mark in self.known:
                known[mark] = self.known[mark]
            elif result is not None and result.state in _FINAL:
                known[mark] = LinkOutcome(result.state, result.reason, now)
        return LinkOutcomes(known)

    def save(self, folder: Path) -> None:
        """Write outcomes.json. Raises what `write_document` raises."""
        write_cache(_file(folder), "outcomes", self)


def read_outcomes(folder: Path) -> LinkOutcomes:
    """Read outcomes.json in `folder`; a damaged one is as none, and only costs asking again."""
    return read_cache(_file(folder), "outcomes", LinkOutcomes) or LinkOutcomes()


def _file(folder: Path) -> Path:
    return folder / "outcomes.json"


def _mark(wanted: Wanted) -> str:
    return sha256(f"{wanted.key} {wanted.expires}".encode()).hexdigest()[:32]
