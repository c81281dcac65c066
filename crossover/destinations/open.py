"""A destination's name becomes a target: the site behind it, and the account there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.model.account import SiteName

DESTINATIONS = ("rehearsal",)
"""By name; the first is the default."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a plan goes: a destination by its name, its site, and the folder of the account."""

    to: str
    site: SiteName
    account: Path

    @property
    def page(self) -> Path:
        """The page of the practice account."""
        return self.account / "profile.html"


def open_target(to: str, practice: Path, chosen: Path | None = None) -> Target:
    """The target of that name. `practice` is the workspace's own practice account, `chosen` another
    one that stands in for it.

    Raises `UsageProblem` for a destination that is not there, and for a chosen folder that holds
    something else.
    """
    if to not in DESTINATIONS:
        raise UsageProblem(
            f"{to!r} is no destination of this version.",
            next=f"There is: {', '.join(DESTINATIONS)}. Practise there; nothing leaves your computer.",
        )
    if chosen is not None:
        from crossover.destinations.practice import check_folder  # starts processes

        check_folder(chosen)
    return Target(to, SiteName.REHEARSAL, chosen or practice)
