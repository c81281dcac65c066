"""How much is tried by default, and how much where somebody asked for all of it."""

from __future__ import annotations

import os

ALL = "CROSSOVER_FAULTS_ALL" in os.environ


def examples(of_all: int) -> int:
    """For `max_examples` of a costly property: a third, or all with `CROSSOVER_FAULTS_ALL`."""
    return of_all if ALL else of_all // 3
