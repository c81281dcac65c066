"""The videos of which the creator has not said whether they are converted, all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crossover.media.fit.fitted import Fitted, FittedVideo
from crossover.plan.video_files import kind_of_conversion


@dataclass(frozen=True, slots=True)
class Conversions:
    """How many videos there are of each kind, the most first; about how many seconds converting all
    of them takes, and how many bytes come of it."""

    kinds: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    bytes: int = 0

    @property
    def count(self) -> int:
        """How many videos there are."""
        return sum(number for _, number in self.kinds)


def undecided_conversions(fitted: Iterable[Fitted]) -> Conversions:
    """Sum up those of `fitted` that wait for the creator to decide."""
    waiting = [
        (video, video.undecided)
        for video in fitted
        if isinstance(video, FittedVideo) and video.undecided is not None
    ]
    kinds = Counter(kind_of_conversion(video) for video, _ in waiting)
    return Conversions(
        tuple(kinds.most_common()),
        sum(estimate.seconds for _, estimate in waiting),
        sum(estimate.bytes for _, estimate in waiting),
    )
