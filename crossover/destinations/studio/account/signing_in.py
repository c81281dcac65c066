"""Signing in: the site's own page in the creator's window, until it says whose account it is. What is
typed or scanned there is between the creator and the site."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crossover.destinations.studio.account.signed_in import (
    HOME,
    AccountWatch,
    is_asked_to_sign_in,
)
from crossover.destinations.studio.browser.playwright_errors import window_closed
from crossover.destinations.studio.browser.window import Window
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.model.account import Account, SiteName

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LOOK_MS = 100
_QUIET_SECONDS = 4.0
"""A page of the studio that asked for no account for so long is led to the one that does."""


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Since when a page has told nothing, and after how long it is led on."""

    since: float
    seconds: float


class SigningIn:
    """The pages of a window on which somebody may sign in."""

    def __init__(
        self, window: Window, origins: Mapping[SiteName, str], watch: AccountWatch
    ) -> None:
        self._window = window
        self._origins = origins
        self._watch = watch
        self._quiet: dict[Page, _Quiet] = {}

    def open_site(self, site: SiteName) -> None:
        """Bring the site's page to the front, opening it where it is not open. Raises `RetryLater`
        where the window is closed."""
        from playwright.sync_api import Error

        page = next((page for page in self._pages() if self._site_of(page) is site), None)
        page = page or self._empty_page() or self._window.new_page()
        try:
            page.bring_to_front()
            page.goto(f"{self._origins[site]}{HOME}", wait_until="commit")
        except Error:
            if not self._window.is_open():
                raise window_closed() from None
            # Else the page shows by itself what is wrong, and can be loaded again by hand.

    def signed_in_before(self) -> Account | None:
        """Whose account it is where nobody has to sign in: None once a page asks for that, or tells
        nothing for seconds. Raises `RetryLater` where the window is closed."""
        end = time.monotonic() + _QUIET_SECONDS
        while time.monotonic() < end and not self._asks_to_sign_in():
            if account := self.look():
                return account
        return None

    def look(self) -> Account | None:
        """Wait for a moment, and tell whose account it is by now: None as long as nobody is signed
        in. Raises `RetryLater` where the window is closed."""
        from playwright.sync_api import Error

        pages = self._pages()
        if not pages:
            raise window_closed()
        try:
            pages[0].wait_for_timeout(_LOOK_MS)  # what happens is heard meanwhile
            account = self._watch.account()
            if account is None:
                self._lead_on(pages)
        except Error:
            if not self._window.is_open():
                raise window_closed() from None
            return None  # a page was closed, or went on
        return account

    def _lead_on(self, pages: list[Page]) -> None:
        now = time.monotonic()
        for page in pages:
            site = self._site_of(page)
            away = read_address(page.url) is Address.RISK or is_asked_to_sign_in(page)
            if site is None or away:
                self._quiet.pop(page, None)
                continue
            quiet = self._quiet.setdefault(page, _Quiet(now, _QUIET_SECONDS))
            if now - quiet.since > quiet.seconds:
                # Longer each time: a slow page must come to its end.
                self._quiet[page] = _Quiet(now, quiet.seconds * 2)
                page.goto(f"{self._origins[site]}{HOME}", wait_until="commit")

    def _asks_to_sign_in(self) -> bool:
        from playwright.sync_api import Error

        try:
            return any(is_asked_to_sign_in(page) for page in self._pages())
        except Error:
            return False  # a page was closed, or went on

    def _pages(self) -> list[Page]:
        return [page for page in self._window.pages if not page.is_closed()]

    def _empty_page(self) -> Page | None:
        empty = ("about:blank", "chrome://newtab/", "chrome://new-tab-page/", "edge://newtab/")
        return next((page for page in self._pages() if page.url in empty), None)

    def _site_of(self, page: Page) -> SiteName | None:
        host = urlsplit(page.url).netloc
        found = (site for site, url in self._origins.items() if urlsplit(url).netloc == host)
        return next(found, None)


@contextmanager
def signing_in(window: Window, origins: Mapping[SiteName, str]) -> Iterator[SigningIn]:
    """Within the block, hear of whoever signs in to one of these sites."""
    with AccountWatch(window.context, origins) as watch:
        yield SigningIn(window, origins, watch)
