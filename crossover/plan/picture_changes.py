"""What became of the pictures of a post, summed up over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crossover.media.fit.fitted import METADATA, FittedPicture
from crossover.model.notes import Change

_LISTED = 3
"""Pictures whose details are told one by one."""


def sum_up_changes(pictures: Sequence[FittedPicture]) -> Iterator[Change]:
    """Sum up what differs from the sources: "3 of 5 pictures converted from HEIC"."""
    for what in dict.fromkeys(change for picture in pictures for change in picture.changes):
        those = [number for number, one in enumerate(pictures, 1) if what in one.changes]
        if what == METADATA:
            yield Change("media", "", "", _metadata_text(pictures, len(those)))
        else:
            details = {n: one for n in those if (one := pictures[n - 1].details.get(what))}
            text = f"{_count(len(those), len(pictures))} {what}{_details_text(details)}"
            yield Change("media", "", "", text)


def _metadata_text(pictures: Iterable[FittedPicture], some: int) -> str:
    of_all = list(pictures)
    places = sum(picture.place for picture in of_all)
    text = f"metadata removed from {_count(some, len(of_all), the='the ')}"
    if not places:
        return text
    return f"{text}, the place too" if places == some else f"{text}, the place from {places}"


def _count(some: int, of_all: int, the: str = "") -> str:
    if of_all == 1:
        return f"{the}picture"
    return f"all {of_all} pictures" if some == of_all else f"{some} of {of_all} pictures"


def _details_text(details: dict[int, str]) -> str:
    if not details:
        return ""
    if len(set(details.values())) == 1:
        return f" ({next(iter(details.values()))})"
    listed = [f"picture {number}: {detail}" for number, detail in details.items()]
    more = ("…",) if len(listed) > _LISTED else ()
    return f" ({'; '.join((*listed[:_LISTED], *more))})"
