"""The creator's browser: whether notes can be filled in there. Opens no window."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crossover.accounts.registry import RealAccount
from crossover.destinations.open import STUDIO, Target
from crossover.destinations.studio.browser.debugging_port import find_port, is_in_use
from crossover.destinations.studio.browser.finding import (
    Packing,
    find_browser,
    forbids_debugging,
    read_version,
)
from crossover.destinations.studio.browser.playwright_errors import not_installed, too_old
from crossover.destinations.studio.browser.window import PROFILE
from crossover.guide.doctor.findings import Check, Finding, Subject
from crossover.model.next_step import Hint, step

PLAYWRIGHT_FLOOR = (1, 60)
"""Since then it can connect without changing how the browser is set."""

BROWSER = Subject("Your browser")


def uses_studio(target: Target | None, accounts: Sequence[RealAccount]) -> bool:
    """Whether notes go, or went, through the creator's browser: by the plan, or as an account
    signed in there."""
    planned = target is not None and target.to == STUDIO
    return planned or any((one.folder.path / PROFILE).is_dir() for one in accounts)


def check_studio_extra() -> Iterator[Finding]:
    """Look for what fills in the page."""
    try:
        found = version("playwright")
    except PackageNotFoundError:
        error = not_installed()
        yield BROWSER.fail(Check.STUDIO_EXTRA, error.message, error.next)
        return
    if tuple(int(part) for part in found.split(".")[:2] if part.isdigit()) < PLAYWRIGHT_FLOOR:
        error = too_old()
        yield BROWSER.fail(Check.STUDIO_EXTRA, error.message, error.next)
    else:
        yield BROWSER.ok(Check.STUDIO_EXTRA, f"Playwright {found}, which fills in the page.")


def check_browser() -> Iterator[Finding]:
    """Look for the browser that would be used, and for what keeps programs out of it. Its program
    is asked for its version, and opens no window."""
    browser = find_browser()
    said = f"{browser.name} {read_version(browser) or ''}".rstrip()
    if forbids_debugging(browser):
        yield BROWSER.fail(
            Check.BROWSER,
            f"{said}: a rule on this computer (RemoteDebuggingAllowed) keeps programs out of it.",
            "Name another browser in CROSSOVER_BROWSER, or post by hand.",
        )
    elif browser.packing is not Packing.PLAIN:
        yield BROWSER.warn(
            Check.BROWSER,
            f"{said} is here as a {browser.packing} package, which may not be let into the folder that"
            " crossover makes for it.",
            "If it does not open: install it as its maker's own package.",
        )
    else:
        yield BROWSER.ok(Check.BROWSER, f"{said} ({browser.path})")


def check_window(account: Path, user_id: str | None, subject: Subject) -> Iterator[Finding]:
    """Look whether the account in that folder has a window, whether it is open, and which id it
    signed in with."""
    profile = account / PROFILE
    if not profile.is_dir():
        yield subject.warn(
            Check.WINDOW,
            "It never signed in with your browser.",
            Hint("Sign in: ", step("login"), "."),
        )
        return
    if os.name != "nt" and profile.stat().st_mode & 0o077:
        yield subject.warn(
            Check.WINDOW,
            "Other users of this computer may look into the folder of its window, which holds its"
            " sign-in.",
            f"Close it: chmod go-rwx '{profile}'",
        )
        return
    port = find_port(profile)
    signed_in = f" It signed in with the id {user_id}." if user_id else ""
    if port is not None:
        said = f"Its window is open; programs on this computer reach it (port {port.port})."
        yield subject.ok(Check.WINDOW, said + signed_in)
    elif is_in_use(profile):
        yield subject.warn(
            Check.WINDOW,
            "Its window is open, and was not opened by crossover, which cannot reach it.",
            "Close it; crossover opens it when it is needed.",
        )
    else:
        yield subject.ok(
            Check.WINDOW, f"Its window is closed, and opens when it is needed.{signed_in}"
        )
