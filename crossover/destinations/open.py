"""The destinations by name, and a target: a destination, its site, and the account there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.model.account import SiteName

PRACTICE, STUDIO, KIT = "rehearsal", "studio", "kit"

DESTINATIONS = (PRACTICE, STUDIO, KIT)
"""By name; the first is the default."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a plan goes: a destination by its name, its site, and the account's folder and name.
    The practice account has no name; the studio can go there too."""

    to: str
    site: SiteName
    account: Path
    name: str = ""

    @property
    def is_practice(self) -> bool:
        """Whether nothing leaves this computer."""
        return self.site is SiteName.REHEARSAL

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that name this target."""
        if self.to == PRACTICE:
            return ("--to", self.to)
        site = ("--to", self.to, "--site", self.site)
        return site if self.is_practice else (*site, "--account", self.name)

    @property
    def page(self) -> Path:
        """The page of the practice account."""
        return self.account / "profile.html"
