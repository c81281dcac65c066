"""A window of the creator's browser, on a profile of its own, which outlives crossover.

It is found again by its profile's folder: between notes, by the next command, and after a crash.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.studio.browser.debugging_port import (
    DebuggingPort,
    find_port,
    is_in_use,
    is_listening,
    read_process,
)
from crossover.destinations.studio.browser.finding import find_browser
from crossover.destinations.studio.browser.playwright_errors import (
    not_installed,
    page_silent,
    running_playwright,
    too_old,
    window_closed,
)
from crossover.destinations.studio.browser.starting import (
    START_SECONDS,
    check_allowed,
    start_browser,
)
from crossover.errors import RetryLater
from crossover.runtime.child_process import is_running
from crossover.storage.atomic import make_private, make_private_folder
from crossover.storage.os_errors import explain_os_error

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

log = logging.getLogger(__name__)

_CONNECT_MS = 30_000
_CLOSE_SECONDS = 20
_LOOK_SECONDS = 0.05
_ENDING_SECONDS = 2.0

PROFILE = "browser"
"""The folder of the profile, in that of an account."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window that is open. `found` tells that an earlier command opened it; its pages are as they
    were left."""

    context: BrowserContext
    version: str
    found: bool
    _browser_session: CDPSession

    @property
    def pages(self) -> list[Page]:
        """The pages that are open, in the order in which they were opened."""
        return self.context.pages

    def new_page(self) -> Page:
        """Open an empty page. Raises `RetryLater` where the window is closed."""
        with self._explaining():
            return self.context.new_page()

    def target_id(self, page: Page) -> str:
        """The id of a page, by which a later command finds it again."""
        with self._explaining():
            session = self.context.new_cdp_session(page)
            try:
                return str(session.send("Target.getTargetInfo")["targetInfo"]["targetId"])
            finally:
                session.detach()

    def page(self, target_id: str) -> Page | None:
        """The page of that id, None where it is closed."""
        from playwright.sync_api import Error

        for page in self.context.pages:
            with suppress(Error, RetryLater):  # closed meanwhile
                if self.target_id(page) == target_id:
                    return page
        return None

    def close_page(self, page: Page) -> None:
        """Tell the browser to close a page. Raises `RetryLater` where the window is closed."""
        with self._explaining():
            # Playwright's own way waits for an end that a page on its way elsewhere never tells.
            self._browser_session.send("Target.closeTarget", {"targetId": self.target_id(page)})

    def screenshot(self, page: Page, path: Path) -> None:
        """Write what a person sees of the page, as a PNG for its owner alone. Raises `RetryLater`
        where the window is closed."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._explaining():
            page.screenshot(path=path)
        make_private(path)

    def is_open(self) -> bool:
        """Whether the browser still answers. What it had to tell meanwhile is heard."""
        from playwright.sync_api import Error

        try:
            self._browser_session.send("Browser.getVersion")
        except Error:
            return False
        return True

    def close(self) -> None:
        """Tell the browser to end, with all its pages. It may still be writing when this returns."""
        from playwright.sync_api import Error

        with suppress(Error):  # it may be gone before it answers
            self._browser_session.send("Browser.close")

    def is_ending(self) -> bool:
        """Whether the browser is gone, or goes within moments: its pages close before it does."""
        end = time.monotonic() + _ENDING_SECONDS
        while self.is_open():
            if time.monotonic() > end:
                return False
            time.sleep(_LOOK_SECONDS)
        return True

    def explain(self, exc: Exception) -> RetryLater:
        """Make the error for one of Playwright's, of whatever page."""
        log.warning("the window: %s", type(exc).__name__, exc_info=exc)
        return window_closed() if self.is_ending() else page_silent()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        from playwright.sync_api import Error

        try:
            yield
        except Error as exc:
            raise self.explain(exc) from exc


@contextmanager
def open_window(
    profile: Path, *, start_url: str, seconds: float = START_SECONDS
) -> Iterator[Window]:
    """Find the open window of this profile, or open one at `start_url`, waiting for so many seconds.
    The window stays open behind the block, however that ends.

    Raises `MissingTool` where no browser, or no driver for it, can be used here, and `RetryLater`
    where the window cannot be reached, is closed within the block, or a page of it does not answer.
    """
    _make_profile(profile)
    with running_playwright() as playwright:
        from playwright.sync_api import Error

        port = find_port(profile)
        found = port is not None
        if port is None:
            port = start_browser(find_browser(), profile, start_url, seconds=seconds)
        window = _connect(playwright, port, found=found)
        try:
            yield window
        except Error as exc:
            raise window.explain(exc) from exc


def check_browser(profile: Path) -> None:
    """Check that a window of this profile can be opened, or is open; open nothing. Raises
    `MissingTool` where no browser, or no driver for it, can be used here, and `UsageProblem` for one
    that is named and is no program."""
    if find_spec("playwright") is None:
        raise not_installed()
    if find_port(profile) is None:
        check_allowed(find_browser())


def close_window(profile: Path) -> bool:
    """Close the open window of this profile, with all its pages, and wait until the browser has
    written its files. False where none was open. Raises `RetryLater` where a window stays open, also
    one that crossover cannot reach."""
    port = find_port(profile)
    process = None if port is None else read_process(profile)
    if port is not None:
        with running_playwright() as playwright:
            _connect(playwright, port, found=True).close()
    end = time.monotonic() + _CLOSE_SECONDS

    def is_there() -> bool:
        # The lock goes some moments before the process, which still writes meanwhile.
        runs = process is not None and is_running(process)
        return runs or is_in_use(profile) or (port is not None and is_listening(port))

    while is_there():
        if port is None or time.monotonic() > end:
            raise RetryLater(
                "The browser has this account's window still open.",
                next="Close it; then run the same command again.",
            )
        time.sleep(_LOOK_SECONDS)
    return port is not None


def _make_profile(profile: Path) -> None:
    try:
        make_private_folder(profile)
        with suppress(OSError):  # a disk without modes
            profile.chmod(0o700)
    except OSError as exc:
        raise explain_os_error(exc, profile) from exc


def _connect(playwright: Playwright, port: DebuggingPort, *, found: bool) -> Window:
    from playwright.sync_api import Error

    try:
        # no_defaults: nothing of the creator's browser is set otherwise than they have it.
        browser = playwright.chromium.connect_over_cdp(
            port.url, is_local=True, no_defaults=True, timeout=_CONNECT_MS
        )
        session = browser.new_browser_cdp_session()
    except TypeError as exc:
        raise too_old() from exc
    except Error as exc:
        raise RetryLater(
            "The browser's window cannot be reached.",
            next="Close it; then run the same command again.",
        ) from exc
    return Window(browser.contexts[0], browser.version, found, session)
