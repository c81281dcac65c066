"""What a person reads is short, and says everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crossover.cli.screen import numbers_text


@given(st.sets(st.integers(1, 99)))
def test_numbers_are_told_as_ranges_and_none_is_lost(numbers: set[int]) -> None:
    told: list[int] = []
    for part in filter(None, numbers_text(numbers, most=99).split(", ")):
        first, _, last = part.partition("-")
        told += range(int(first), int(last or first) + 1)
    assert told == sorted(numbers)


def test_many_ranges_are_cut() -> None:
    assert numbers_text([9, 1, 2, 3, 7, 7]) == "1-3, 7, 9"
    assert numbers_text(range(1, 99, 2), most=2) == "1, 3, …"
