"""Dates in names: what phones and apps write is read, and a number that is no date is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.media.dating.name_dates import NameDate, date_in_name

MOMENT = datetime(2025, 2, 6, 15, 50, 46, tzinfo=UTC)
DAY = datetime(2025, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20250206_155046.jpg",
        "IMG_20250206_155046_1.jpg",
        "IMG_20250206_155046~2.jpg",
        "VID_20250206_155046.mp4",
        "20250206_155046.mp4",
        "20250206155046.mp4",
        "lv_0_20250206155046.mp4",
        "2025-02-06 15.50.46.mov",
        "2025-02-06 15-50-46.mov",
        "2025-02-06T15_50_46.mov",
        "Screenshot_20250206-155046.png",
        "Screenshot_2025-02-06-15-50-46-12_ab.jpg",
        "Screenshot 2025-02-06 at 15.50.46.png",
        "WhatsApp Image 2025-02-06 at 15.50.46.jpeg",
        "signal-2025-02-06-155046.mp4",
        "photo_2025-02-06_15-50-46.jpg",
    ],
)
def test_the_date_and_time_of_a_name_are_read(name: str) -> None:
    assert date_in_name(name) == NameDate(MOMENT, whole_day=False, utc=False)


def test_googles_camera_names_files_in_utc() -> None:
    for name in ("PXL_20250206_155046123.jpg", "PXL_20250206_155046123.TS.mp4"):
        assert date_in_name(name) == NameDate(MOMENT, whole_day=False, utc=True)


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20250206-WA0001.jpg",
        "VID-20250206-WA0012.mp4",
        "2025-02-06.mp4",
        "my cat 2025_02_06.jpg",
        "Screenshot 2025-02-06 at 3.50.46 PM.png",
        "WhatsApp Video 2025-02-06 at 03.50.46 PM.mp4",
        "20250206_995046.mp4",
    ],
)
def test_a_name_may_have_the_day_alone(name: str) -> None:
    found = date_in_name(name)
    if name.startswith("20250206_99"):  # no time of day, so perhaps no date either
        assert found is None
    else:
        assert found == NameDate(DAY, whole_day=True, utc=False)


@pytest.mark.parametrize(
    "name",
    [
        "IMG_2034.MOV",
        "CapCut 20.mp4",
        "Snapchat-1738857046.mp4",
        "7312345678901234567.mp4",
        "IMG_20251340_155046.jpg",
        "20250230.jpg",
        "00000000_000000.jpg",
        "٢٠٢٥٠٢٠٦.jpg",
        "",
    ],
)
def test_what_is_no_date_is_none(name: str) -> None:
    assert date_in_name(name) is None


@given(st.text(alphabet="20251306 -_.:TatPM", max_size=40))
def test_no_name_breaks_it(name: str) -> None:
    found = date_in_name(name)
    assert found is None or 2000 <= found.at.year <= 2099
