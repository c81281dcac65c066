"""A destination's name becomes a destination."""

from __future__ import annotations

from crossover.errors import UsageProblem
from crossover.model.account import SiteName

DESTINATIONS = ("rehearsal",)


def destination_site(to: str) -> SiteName:
    """The site behind a destination's name. Raises `UsageProblem` for one that is not there."""
    if to not in DESTINATIONS:
        raise UsageProblem(
            f"{to!r} is no destination of this version.",
            next=f"There is: {', '.join(DESTINATIONS)}. Practise there; nothing leaves your computer.",
        )
    return SiteName.REHEARSAL
