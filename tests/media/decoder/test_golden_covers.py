"""The covers of sixty made films, looked at and found good."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.media.decoder.videos.covers.crop import crop_box
from crossover.media.decoder.videos.covers.frame_choice import SPREAD, choose_frame
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.opening import open_film
from tests.media.drawn_scenes import Box
from tests.media.golden_covers import GOLDEN, Golden, make
from tests.tier import by_tier

COVER = (1080, 1440)
PIXELS = 10**7
EDGE = 0.02
"""How far a part may stick out: frames sway."""

SOME = by_tier(tuple(range(0, len(GOLDEN), 6)), tuple(range(len(GOLDEN))))


@pytest.mark.parametrize("number", SOME, ids=lambda number: GOLDEN[number].name)
def test_the_cover_shows_what_a_good_one_would(tmp_path: Path, number: int) -> None:
    golden = GOLDEN[number]
    at, crop = chosen(golden, tmp_path)
    assert any(begin - 0.01 <= at <= end for begin, end in golden.times), f"{at:.2f} s"
    if golden.holds is not None:
        assert holds(crop, golden.holds), f"{crop} does not hold {golden.holds}"
    assert holds(golden.within, crop), f"{crop} reaches beyond {golden.within}"


def chosen(golden: Golden, folder: Path) -> tuple[float, Box]:
    """The seconds of the frame that is taken, and the part of it that is in the cover."""
    path = make(golden, folder)
    with open_film(path, PIXELS) as (container, film, _):
        reader = FilmReader(container, film, PIXELS)
        frame = choose_frame(reader, tuple(spread_frames(reader, SPREAD)))
    assert frame is not None
    width, height = frame.frame.found.size
    crop = crop_box((width, height), COVER, frame.box, frame.frame)
    assert crop is not None
    left, top, right, bottom = crop
    return frame.frame.at, (left / width, top / height, right / width, bottom / height)


def holds(outer: Box, inner: Box) -> bool:
    begins = all(outer[n] <= inner[n] + EDGE for n in (0, 1))
    return begins and all(outer[n] >= inner[n] - EDGE for n in (2, 3))
