"""How much it matters that a file is over a limit, and what can be done."""

from __future__ import annotations

from crossover.limits.limits import Limit
from crossover.model.notes import Level

AS_IT_IS = "It moves as it is."
SHORTER = "Cut it to length, or try it as it is."
SMALLER = "Make it smaller, or try it as it is."


def level_of(limit: Limit) -> Level:
    """An error for a firm limit, else a warning."""
    return Level.ERROR if limit.firm else Level.WARNING
