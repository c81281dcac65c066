"""Whether notes can go through a browser of this computer."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from crossover.errors import CrossoverError


def has_studio() -> bool:
    """Whether a browser is here that crossover can fill in pages of, and what it needs for that. Opens
    nothing."""
    if find_spec("playwright") is None:
        return False
    from crossover.destinations.studio.browser.finding import find_browser  # needed at one end

    try:
        find_browser()
    except CrossoverError:
        return False
    return True


def has_window(account: Path) -> bool:
    """Whether a window was ever opened for the account of this folder, and so somebody could sign in
    there."""
    from crossover.destinations.studio.browser.window import PROFILE  # needed at one end

    return (account / PROFILE).is_dir()
