"""Starts the creator's browser as a program of its own, and waits for its debugging port.

It gets a profile's folder, a port on this computer alone, and no other switch but those that keep
questions about itself away. It outlives crossover, and Ctrl-C in the terminal does not reach it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crossover.destinations.studio.browser.debugging_port import (
    DebuggingPort,
    find_port,
    forget_port,
)
from crossover.destinations.studio.browser.finding import (
    BY_HAND,
    BrowserProgram,
    Packing,
    forbids_debugging,
)
from crossover.errors import CrossoverError, MissingTool, RetryLater
from crossover.runtime.child_process import end_process, start_detached
from crossover.storage.atomic import BLOCK, temp_beside
from crossover.storage.os_errors import explain_os_error

START_SECONDS = 40
"""A browser that was never started may take so long on a slow disk (our choice)."""

_LOOK_SECONDS = 0.05
_HANDED_OVER = (0, 21)
"""How a browser ends that found another one with its profile, to which it hands the address."""


def start_browser(
    browser: BrowserProgram,
    profile: Path,
    url: str,
    *,
    seconds: float = START_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> DebuggingPort:
    """Open a window at `url` and wait until it listens.

    Raises `MissingTool` where this browser does not let programs in or cannot run here, `RetryLater`
    where a window without a port has the profile, and what a disk says that takes nothing. Whatever it
    raises, no window of this
    call stays open.
    """
    check_allowed(browser)
    command = [
        str(browser.path),
        f"--user-data-dir={profile}",
        "--remote-debugging-port=0",
        "--no-first-run",
        "--no-default-browser-check",
        url,
    ]
    try:
        forget_port(profile)
        process = start_detached(command)
    except OSError as exc:
        raise explain_os_error(exc, browser.path, reading=True) from exc
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ended = process.poll()
            if port := find_port(profile):
                return port
            if ended is not None:
                _check_room(profile)
                raise _ended(browser, ended)
            sleep(_LOOK_SECONDS)
        _check_room(profile)
        raise _without_port(browser)
    except BaseException:
        end_process(process)
        raise


def check_allowed(browser: BrowserProgram) -> None:
    """Raise `MissingTool` where this computer lets no program into the browser."""
    if forbids_debugging(browser):
        raise MissingTool(
            f"A rule on this computer (RemoteDebuggingAllowed) keeps programs out of {browser.name}.",
            next="Whoever manages this computer set it. Name another browser in CROSSOVER_BROWSER.",
            more=(BY_HAND,),
        )


def _check_room(profile: Path) -> None:
    """Raise what the disk says where nothing can be written into the profile: browsers do not tell, and
    then leave no port."""
    temp = temp_beside(profile / "room")
    try:
        temp.write_bytes(bytes(BLOCK))
    except OSError as exc:
        raise explain_os_error(exc, profile) from exc
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _ended(browser: BrowserProgram, code: int) -> CrossoverError:
    if sys.platform == "linux" and not _has_display():
        return MissingTool(
            f"{browser.name} ended at once: there is no screen here on which it could open a window.",
            next="Run crossover on the computer at which you sit, not over a remote shell.",
            more=(BY_HAND,),
        )
    if code in _HANDED_OVER:
        return RetryLater(
            f"{browser.name} has this account's window open already, and no program can reach that"
            " one: it was not opened by crossover.",
            next="Close it; then run the same command again.",
        )
    if browser.packing is not Packing.PLAIN:
        return _packed(browser)
    return MissingTool(
        f"{browser.name} ended as soon as it was started (it says {code}).",
        next=f"See whether it starts by itself: {browser.path}. Or name another browser in"
        " CROSSOVER_BROWSER.",
        more=(BY_HAND,),
    )


def _without_port(browser: BrowserProgram) -> CrossoverError:
    if browser.packing is not Packing.PLAIN:
        return _packed(browser)
    return MissingTool(
        f"{browser.name} opened, but no program can reach it; perhaps a rule on this computer"
        " forbids it (RemoteDebuggingAllowed).",
        next="Name another browser in CROSSOVER_BROWSER.",
        more=(BY_HAND,),
    )


def _packed(browser: BrowserProgram) -> CrossoverError:
    return MissingTool(
        f"{browser.name} is here as a {browser.packing} package, which keeps it out of the folder"
        " that crossover makes for it.",
        next="Install it as its maker's own package, or name another browser in CROSSOVER_BROWSER.",
        more=(BY_HAND,),
    )


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
