"""Debian's chromium through Playwright: pages as a creator sees and uses them.

Every tab notes what went wrong in it and what it asked for. Bounded in time, a fresh profile, no
host but this computer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from tests.browser import FLAGS
from tests.programs import program

Scheme = Literal["light", "dark"]
_MS = 15_000


@dataclass
class Tab:
    """A tab. `asked` are the addresses that it asked for, `wrong` what its console says is wrong,
    with the errors that nothing caught, `dialogs` the boxes that scripts opened."""

    page: Page
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def check_quiet(self) -> None:
        """Nothing went wrong, and nothing was asked for over any network but the page's own."""
        assert self.wrong == []
        assert self.dialogs == []

    def forget(self) -> None:
        """Forget what was noted."""
        for notes in (self.asked, self.wrong, self.dialogs):
            notes.clear()


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Run the browser, without a window."""
    path = program("chromium")
    with sync_playwright() as playwright:
        flags = [one for one in FLAGS if one != "--headless"]
        browser = playwright.chromium.launch(executable_path=path, args=flags, timeout=_MS * 2)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_tab(
    browser: Browser,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: Scheme = "light",
    language: str = "en-GB",
) -> Iterator[Tab]:
    """Open a tab that shares nothing with another one. Days are shown in UTC."""
    look = (width, height, scheme, language)
    free = _free.setdefault(browser, {}).setdefault(look, [])
    context = free.pop() if free else _new_context(browser, look)
    page = context.new_page()
    tab = Tab(page)
    page.on("request", lambda request: tab.asked.append(request.url))
    page.on(
        "console",
        lambda said: tab.wrong.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: tab.wrong.append(str(error)))

    def dismiss(dialog: Dialog) -> None:
        tab.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        yield tab
    except BaseException:
        context.close()
        raise
    _empty(context)
    free.append(context)


Look = tuple[int, int, Scheme, str]
_free: WeakKeyDictionary[Browser, dict[Look, list[BrowserContext]]] = WeakKeyDictionary()
"""What no tab is open in: to begin with a new one took half of the time of a test."""


def _new_context(browser: Browser, look: Look) -> BrowserContext:
    """A window with a blank tab, which keeps it ready for the next one."""
    width, height, scheme, language = look
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale=language,
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_MS)
    context.new_page()
    return context


def _empty(context: BrowserContext) -> None:
    """Close what is open but for the blank tab, and forget all that was kept for any site."""
    blank, *others = context.pages
    for page in others:
        page.close()
    session = context.new_cdp_session(blank)
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.detach()
    context.clear_cookies()
    context.clear_permissions()


def find_violations(page: Page) -> list[str]:
    """What axe-core finds that keeps people from using the page: rule, impact, where."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail("axe-core is missing, and the extra `test` should have brought it")
        pytest.skip("axe-core is not installed")
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
