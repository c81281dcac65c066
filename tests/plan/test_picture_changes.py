"""What became of the pictures of a post is told once for all of them, in numbers that add up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from crossover.media.fit.fitted import METADATA, FittedPicture
from crossover.plan.picture_changes import sum_up_changes

HEIC = "converted from HEIC"


def picture(*changes: str, place: bool = False, details: Mapping[str, str] = {}) -> FittedPicture:
    return FittedPicture("ready/a.jpg", "0", 1, 1, 1, changes, details, place)


def told(*pictures: FittedPicture) -> list[str]:
    return [change.why for change in sum_up_changes(pictures)]


@pytest.mark.parametrize(
    ("pictures", "text"),
    [
        ([picture(HEIC)], "picture converted from HEIC"),
        ([picture(HEIC)] * 3, "all 3 pictures converted from HEIC"),
        ([picture(HEIC)] * 3 + [picture()] * 2, "3 of 5 pictures converted from HEIC"),
        ([picture(METADATA)], "metadata removed from the picture"),
        ([picture(METADATA, place=True)], "metadata removed from the picture, the place too"),
        (
            [picture(METADATA)] + [picture(METADATA, place=True)] * 2 + [picture()] * 2,
            "metadata removed from 3 of 5 pictures, the place from 2",
        ),
        (
            [
                picture(),
                picture("compressed", details={"compressed": "quality 90, 12.7 MB → 8.1 MB"}),
            ],
            "1 of 2 pictures compressed (quality 90, 12.7 MB → 8.1 MB)",
        ),
        (
            [picture("cut", details={"cut": f"{n} lines"}) for n in range(1, 6)],
            "all 5 pictures cut (picture 1: 1 lines; picture 2: 2 lines; picture 3: 3 lines; …)",
        ),
    ],
)
def test_a_change_of_several_pictures_is_told_once(
    pictures: list[FittedPicture], text: str
) -> None:
    assert told(*pictures) == [text]
