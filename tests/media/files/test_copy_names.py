from __future__ import annotations

from pathlib import Path

import pytest

from crossover.media.files.copy_names import CopyName, is_leftover, parse_copy_name


@pytest.mark.parametrize(
    "name",
    [
        "IMG_1234 (1)",
        "IMG_1234(1)",
        "IMG_1234 - Copy",
        "IMG_1234 - Copy (2)",
        "IMG_1234 copy",
        "IMG_1234 copy 3",
        "IMG_1234 – Kopie",
        "IMG_1234 - 副本",
        "IMG_1234 - Copy - Copy",
    ],
)
def test_a_copy_is_known_by_the_mark_of_who_made_it(name: str) -> None:
    assert parse_copy_name(name) == CopyName("IMG_1234", copy=True)


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("IMG_E1234", "IMG_1234"),
        ("PXL_20240101_101010123-edited", "PXL_20240101_101010123"),
        ("IMG_1234-bearbeitet", "IMG_1234"),
        ("PXL_20240101_101010123~2", "PXL_20240101_101010123"),
    ],
)
def test_an_edited_version_is_known_by_the_mark_of_who_made_it(name: str, base: str) -> None:
    assert parse_copy_name(name) == CopyName(base, edited=True)


def test_a_name_may_say_both() -> None:
    assert parse_copy_name("IMG_E1234 (1)") == CopyName("IMG_1234", copy=True, edited=True)


@pytest.mark.parametrize("name", ["IMG_1234", "photocopy", "(1)", "EDITED", "2024 (12345)", "a~1"])
def test_a_name_without_a_mark_is_its_own(name: str) -> None:
    assert parse_copy_name(name) == CopyName(name)


def test_only_what_yt_dlp_writes_on_the_way_is_a_leftover() -> None:
    assert is_leftover(Path("T [7312345678901234567].fbytevc1_540p_1-0.mp4"))
    assert not is_leftover(Path("T.final.mp4"))
    assert not is_leftover(Path("my.file.mp4"))
