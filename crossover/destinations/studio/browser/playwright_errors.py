"""Playwright, which drives the browser: loaded when it is needed, and its errors explained."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from crossover.destinations.studio.browser.finding import BY_HAND
from crossover.errors import MissingTool, RetryLater

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

_PACKAGE = "'crossover[studio]'"


@contextmanager
def running_playwright() -> Iterator[Playwright]:
    """Run Playwright's driver. It ends with the block, and no browser with it. Raises `MissingTool`
    where the extra is missing or does not run here."""
    try:
        from playwright.sync_api import Error, sync_playwright  # an extra, and slow to load
    except ImportError as exc:
        raise not_installed() from exc
    try:
        playwright = sync_playwright().start()
    except (Error, OSError) as exc:
        raise MissingTool(
            "Playwright is installed but does not run on this computer.",
            next=f"Install it anew:  {_pip_command()} --upgrade --force-reinstall {_PACKAGE}",
            more=(BY_HAND,),
        ) from exc
    try:
        yield playwright
    finally:
        with suppress(Error):  # it ended before
            playwright.stop()


def not_installed() -> MissingTool:
    """Explain that the extra is missing."""
    return MissingTool(
        "Playwright is not installed; it is what fills in the page in your browser.",
        next=f"Install it:  {_pip_command()} {_PACKAGE}",
        more=(BY_HAND,),
    )


def too_old() -> MissingTool:
    """Explain that Playwright is older than crossover needs."""
    return MissingTool(
        "Playwright is installed and older than crossover needs.",
        next=f"Update it:  {_pip_command()} --upgrade {_PACKAGE}",
        more=(BY_HAND,),
    )


def window_closed() -> RetryLater:
    """Explain that the window is gone."""
    return RetryLater(
        "The browser's window was closed, or the browser ended.",
        next="Run the same command again; it opens the window and goes on where it was.",
    )


def page_silent() -> RetryLater:
    """Explain that a page of the open window did not do what it was asked to."""
    return RetryLater(
        "The page in the browser's window was closed, or did not answer.",
        next="Look at the window, then run the same command again; it goes on where it was.",
    )


def _pip_command() -> str:
    return f"{shlex.quote(sys.executable)} -m pip install"
