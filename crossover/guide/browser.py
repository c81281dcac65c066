"""Whether notes can go through a browser of this computer."""

from __future__ import annotations

from importlib.util import find_spec

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
