"""Debian's chromium by path, for tests: loopback only, a fresh profile, bounded in time."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

from tests.programs import program

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def page_after_loading(url: str, profile: Path) -> str:
    """The page's HTML as the browser holds it once everything on it has run."""
    return _run("--virtual-time-budget=2000", "--dump-dom", url, profile=profile)


def screenshot(url: str, target: Path, profile: Path, *, width: int = 900) -> None:
    """What a person would see of the page's beginning, as a PNG."""
    _run(f"--screenshot={target}", f"--window-size={width},1200", url, profile=profile)


def _run(*arguments: str, profile: Path) -> str:
    done = subprocess.run(
        [program("chromium"), *FLAGS, f"--user-data-dir={profile}", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=True,
    )
    return done.stdout


def stay_open(url: str, profile: Path, done: threading.Event, *, seconds: float) -> None:
    """Keep the page open until `done` is set by what it does, so many seconds at most."""
    command = [program("chromium"), *FLAGS, f"--user-data-dir={profile}", url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
        try:
            done.wait(seconds)
        finally:
            browser.terminate()
