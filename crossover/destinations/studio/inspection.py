"""Looks at the studio as it is now: who is signed in, and whether the publish page has its parts.
Fills in nothing, on a page of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.sites import Hosts
from crossover.destinations.studio.account.signed_in import HOME, read_account
from crossover.destinations.studio.browser.debugging_port import find_port
from crossover.destinations.studio.browser.window import PROFILE, open_window
from crossover.destinations.studio.contract.contract import Bound, load_contract
from crossover.destinations.studio.contract.page_contract import FoundElement, check_page
from crossover.destinations.studio.filling.fill import publish_address
from crossover.model.account import Account, SiteName
from crossover.model.posts import Kind

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LOOK_MS = 100


@dataclass(frozen=True, slots=True)
class StudioInspection:
    """A page of the window to look at the studio with. `version` is the browser's, `port` where
    programs on this computer reach it."""

    version: str
    port: int | None
    _page: Page
    _site: SiteName
    _hosts: Hosts

    def account(self) -> Account:
        """Whose account is signed in. Raises what `read_account` raises."""
        return read_account(self._page, self._site, self._hosts.origin, self._hosts.label)

    def elements(self, kind: Kind) -> tuple[FoundElement, ...]:
        """What the empty publish page has for notes of that kind, once all is there or it took too
        long. Raises Playwright's error where it does not load."""
        contract = load_contract()
        self._page.goto(
            publish_address(self._hosts.origin, kind),
            wait_until="domcontentloaded",
            timeout=contract.seconds[Bound.PAGE] * 1000,
        )
        end = time.monotonic() + contract.seconds[Bound.APPEAR]
        while True:
            found = check_page(self._page, contract, kind)
            if all(one.css is not None for one in found) or time.monotonic() > end:
                return found
            self._page.wait_for_timeout(_LOOK_MS)


@contextmanager
def inspecting(account: Path, site: SiteName, hosts: Hosts) -> Iterator[StudioInspection]:
    """Open a page in the window of the account in that folder, or in a new window, and close the page
    afterwards. Raises what `open_window` raises."""
    profile = account / PROFILE
    with open_window(profile, start_url=f"{hosts.origin}{HOME}") as window:
        page, port = window.new_page(), find_port(profile)
        yield StudioInspection(window.version, port.port if port else None, page, site, hosts)
        window.close_page(page)
