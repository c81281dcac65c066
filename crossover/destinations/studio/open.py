"""Opens the studio in the creator's browser for one run; the window stays open behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossover.destinations.sites import Hosts
from crossover.destinations.studio.browser.window import PROFILE, open_window
from crossover.destinations.studio.destination import Studio
from crossover.destinations.studio.dialogue import Dialogue
from crossover.model.account import SiteName


@contextmanager
def open_studio(
    account: Path,
    site: SiteName,
    files: Path,
    dialogue: Dialogue,
    *,
    hosts: Hosts,
    draft: bool = False,
) -> Iterator[Studio]:
    """Open the window of the account in that folder, or find it open, for notes whose files lie below
    `files`. Raises what `open_window` raises."""
    with open_window(account / PROFILE, start_url=f"{hosts.origin}/new/home") as window:
        studio = Studio(
            window,
            site=site,
            hosts=hosts,
            account=account,
            files=files,
            dialogue=dialogue,
            draft=draft,
        )
        try:
            yield studio
        finally:
            studio.close()
