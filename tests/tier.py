"""How much the tests try: a run of minutes by default, everything with `--complete`.

What only `--complete` runs is marked `complete`; what it does more often asks `by_tier`.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

_complete = False


def choose_tier(*, complete: bool) -> None:
    """Called once a process, before any test module is imported."""
    global _complete
    _complete = complete


def by_tier(default: T, complete: T) -> T:
    return complete if _complete else default


def examples(of_all: int) -> int:
    """For `max_examples` of a costly property: a third by default."""
    return by_tier(of_all // 3, of_all)
