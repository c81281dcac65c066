"""Pictures that were taken together, as one photo post may have them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from crossover.media.dating.dated import DatedFile

PAUSE = timedelta(minutes=30)
"""Pictures with a longer pause between them were taken apart."""

Group = tuple[DatedFile, ...]
"""A video, or pictures in the order in which they were taken."""


def group_pictures(
    pictures: Iterable[DatedFile], sizes_near: Callable[[DatedFile], Collection[int]]
) -> Iterator[Group]:
    """Group pictures that were taken without a long pause, or else on one day, where a post near
    them has as many (`sizes_near`); the others are groups of one."""
    ordered = sorted(pictures, key=lambda one: (one.date.at, one.path))
    for _, same_day in groupby(ordered, key=_day):
        day = tuple(same_day)
        shots = list(_split(day))
        if len(shots) > 1 and len(day) in sizes_near(day[0]):
            fitting = [shot for shot in shots if len(shot) in sizes_near(shot[0])]
            if sum(map(len, fitting)) < len(day):
                yield day
                continue
        for shot in shots:
            if len(shot) in sizes_near(shot[0]):
                yield shot
            else:
                yield from ((one,) for one in shot)


def _day(one: DatedFile) -> date:
    return one.date.at.date()


def _split(day: Sequence[DatedFile]) -> Iterator[Group]:
    start = 0
    for place in range(1, len(day)):
        if day[place].date.at - day[place - 1].date.at > PAUSE:
            yield tuple(day[start:place])
            start = place
    yield tuple(day[start:])
