"""Labels of a posts file whose meaning is not known, with their values by frequency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from crossover.exports.keys import none_if_empty
from crossover.text import one_line

_MOST_LABELS = 12
_MOST_VALUES = 4
"""Values of one label, as a choice has; where there are more it is text or a number, which is
counted and never shown."""
_LONGEST = 30


class PassedLabels:
    """What stood after the labels in `spelled`, which has them as they are written, by plain
    name."""

    def __init__(self, spelled: Mapping[str, str] = MappingProxyType({})) -> None:
        self._spelled = spelled
        self._values: dict[str, Counter[str]] = {}

    def count(self, values: Mapping[str, str]) -> None:
        """Count what one record has after such labels."""
        for name, value in values.items():
            if (text := none_if_empty(value)) is not None:
                self._values.setdefault(name, Counter())[text[: _LONGEST + 1]] += 1

    def __str__(self) -> str:
        """The labels with their values, most frequent first: `Wer: Alle (412), Nur ich (3)`."""
        shown = [
            f"{one_line(self._spelled[name])}{_describe(values)}"
            for name, values in self._values.items()
        ]
        more = len(shown) - _MOST_LABELS
        return "; ".join(shown[:_MOST_LABELS]) + (f"; and {more:,} more" if more > 0 else "")


def _describe(values: Counter[str]) -> str:
    posts = values.total()
    is_choice = len(values) <= _MOST_VALUES and (len(values) < posts or posts <= _MOST_VALUES)
    if not is_choice or any(len(value) > _LONGEST or "://" in value for value in values):
        return f" ({posts:,} {'post' if posts == 1 else 'posts'})"
    return ": " + ", ".join(f"{one_line(one)} ({count:,})" for one, count in values.most_common())
