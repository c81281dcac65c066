from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.media.dating.dated import Recording
from crossover.media.files.live_photos import find_live_photos, is_marked
from crossover.media.likeness.fingerprint import Captured
from crossover.model.posts import MediaKind
from tests.media.likeness.made_videos import encode, film

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
MARK = {"com.apple.quicktime.content.identifier": "1B2C3D4E-0000-4A4A-8B8B-123456789ABC"}


def never(path: Path, _: MediaKind) -> Recording | None:
    return pytest.fail(f"{path} was opened")


def recorded(seconds: float | None, filmed: Captured | None, taken: Captured | None):  # type: ignore[no-untyped-def]
    def record(_: Path, kind: MediaKind) -> Recording:
        if kind is MediaKind.VIDEO:
            return Recording(filmed, seconds)
        return Recording(taken, None)

    return record


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    return tmp_path


def marked(path: Path) -> Path:
    return encode(path, film(1)[:3], **MARK)  # type: ignore[arg-type]


def plain(path: Path) -> Path:
    return encode(path, film(1)[:3])


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0\0\0\x18ftypheic")
    return path


@pytest.mark.parametrize(
    ("picture", "moving"),
    [
        ("IMG_1.HEIC", "IMG_1.MOV"),
        ("IMG_1.JPG", "img_1.mov"),
        ("IMG_E1.JPG", "IMG_E1.MOV"),
        ("IMG_1.HEIC", "IMG_1.MP4"),
    ],
)
def test_a_film_that_says_so_beside_a_picture_of_its_name_is_a_live_photo(
    roll: Path, picture: str, moving: str
) -> None:
    film, still = marked(roll / moving), touch(roll / picture)
    assert find_live_photos([film, still], never) == {film: still}


def test_an_edited_picture_keeps_the_film_of_the_one_it_was_made_of(roll: Path) -> None:
    film, still = marked(roll / "IMG_1234.MOV"), touch(roll / "IMG_E1234.JPG")
    assert find_live_photos([film, still], never) == {film: still}


def test_a_film_without_a_picture_of_its_name_in_its_folder_is_a_video(roll: Path) -> None:
    film, still = marked(roll / "a" / "IMG_1.MOV"), touch(roll / "b" / "IMG_1.HEIC")
    assert find_live_photos([film, still, touch(roll / "a" / "IMG_2.HEIC")], never) == {}


def test_the_mark_is_read_where_a_phone_writes_it(roll: Path) -> None:
    assert is_marked(marked(roll / "a.mov"))
    assert not is_marked(plain(roll / "b.mov"))
    (roll / "c.mov").write_bytes(b"\0\0\0\x08moov" + bytes(100))
    assert not is_marked(roll / "c.mov")


@pytest.mark.parametrize(
    ("seconds", "apart", "zoned", "together"),
    [
        (2.9, timedelta(seconds=2), True, True),
        (2.9, timedelta(hours=9, seconds=2), False, True),
        (2.9, timedelta(hours=9, seconds=2), True, False),
        (2.9, timedelta(hours=9, minutes=7), False, False),
        (2.9, timedelta(days=300), False, False),
        (15.0, timedelta(seconds=2), True, False),
        (None, timedelta(seconds=2), True, False),
    ],
)
def test_without_the_mark_length_and_dates_tell(
    roll: Path, seconds: float | None, apart: timedelta, zoned: bool, together: bool
) -> None:
    film, still = plain(roll / "IMG_1.MOV"), touch(roll / "IMG_1.JPG")
    record = recorded(seconds, Captured(NOON, True), Captured(NOON + apart, zoned))
    assert (find_live_photos([film, still], record) == {film: still}) is together


def test_where_dates_are_not_there_a_short_film_is_taken_for_one(roll: Path) -> None:
    film, still = plain(roll / "IMG_1.MOV"), touch(roll / "IMG_1.JPG")
    assert find_live_photos([film, still], recorded(2.9, None, None)) == {film: still}
    assert find_live_photos([film, still], lambda *_: None) == {}
