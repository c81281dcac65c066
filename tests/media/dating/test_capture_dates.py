"""When a file says that it was made; whatever it says, nothing breaks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from crossover.media.dating.dated import DateSource, Recording, date_of
from crossover.media.decoder import worker
from crossover.media.decoder.jobs import DatePicture, DateVideo
from crossover.media.likeness.fingerprint import Captured
from crossover.storage.documents import from_builtins, to_json_line
from tests.library.deleted_account import clip, picture

AT = datetime(2025, 2, 6, 15, 50, 46, tzinfo=UTC)
PIXELS = 1_000_000


def recording(path: Path) -> Recording:
    """What the child process answers."""
    job = DatePicture if path.suffix.lower() == ".jpg" else DateVideo
    return from_builtins(json.loads(to_json_line(worker.answer(job(str(path), PIXELS)))), Recording)


def taken(path: Path, **said: str | bytes) -> Recording:
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base[name]: value for name, value in said.items()}
    return recording(picture(path, b"abc", exif))


def test_a_picture_says_when_it_was_taken_and_perhaps_in_which_zone(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    local = taken(path, DateTimeOriginal="2025:02:06 15:50:46")
    assert local.captured == Captured(AT, zoned=False)
    zoned = taken(path, DateTimeOriginal="2025:02:06 18:50:46", OffsetTimeOriginal="+03:00")
    assert zoned.captured == Captured(AT, zoned=True)


def test_a_video_says_when_it_was_filmed_and_how_long_it_is(tmp_path: Path) -> None:
    apple = {"com.apple.quicktime.creationdate": "2025-02-06T18:50:46+0300"}
    assert recording(clip(tmp_path / "a.MOV", b"a", apple)) == Recording(Captured(AT, True), 2.0)
    other = {"creation_time": "2025-02-06T15:50:46.000000Z"}
    assert recording(clip(tmp_path / "b.mp4", b"a", other)) == Recording(Captured(AT, False), 2.0)


@pytest.mark.parametrize(
    "said",
    [
        "0000:00:00 00:00:00",
        "0000:01:01 00:00:00",
        "9999:12:31 23:59:59",
        "1904:01:01 00:00:00",
        "2025:02:30 12:00:00",
        "nan",
        "\0" * 30,
        "2025:02:06 15:50:46" * 500,
        b"\xff\xfe\x00",
    ],
)
@pytest.mark.parametrize("zone", ["", "+99:99", "-14:00", "nan"])
def test_an_absurd_date_is_none(tmp_path: Path, said: str | bytes, zone: str) -> None:
    found = taken(tmp_path / "a.jpg", DateTimeOriginal=said, OffsetTimeOriginal=zone)
    assert date_of("a.jpg", found) is None


@pytest.mark.parametrize(
    "said",
    [
        "0000-00-00T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "1904-01-01T00:00:00.000000Z",
        "NaN",
        "2025-02-06T15:50:46Z" * 50,
        "\u202e2025",
    ],
)
def test_an_absurd_date_of_a_video_is_none(tmp_path: Path, said: str) -> None:
    found = recording(clip(tmp_path / "a.MOV", b"a", {"com.apple.quicktime.creationdate": said}))
    assert date_of("a.MOV", found) is None


def test_large_metadata_is_no_matter(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", b"abc")
    data = path.read_bytes()
    segment = b"\xff\xe1\xff\xffExif\0\0" + b"MM\0*" + b"\xff" * (0xFFFF - 12)
    path.write_bytes(data[:2] + segment * 40 + data[2:])
    assert recording(path).captured is None


def test_the_better_date_is_taken() -> None:
    day = timedelta(days=1)
    unzoned, zoned = Recording(Captured(AT, False)), Recording(Captured(AT, True))
    copied = Recording(Captured(AT + 30 * day, True))
    for name, of, source, at in (
        ("IMG_2034.MOV", unzoned, DateSource.FILE, AT),
        ("IMG_20250206_185046.mp4", zoned, DateSource.FILE, AT),
        ("PXL_20250206_155046123.mp4", unzoned, DateSource.NAME, AT),
        ("IMG_20250206_155046.jpg", copied, DateSource.NAME, AT),
        ("IMG-20250209-WA0001.jpg", zoned, DateSource.FILE, AT),
        ("IMG_20250206_155046.jpg", Recording(), DateSource.NAME, AT),
    ):
        found = date_of(name, of)
        assert found is not None
        assert (found.source, found.at) == (source, at), name


def test_without_a_zone_it_may_be_hours_off() -> None:
    found = date_of("IMG-20250206-WA0001.jpg", Recording())
    assert found is not None
    assert found.latest - found.earliest == timedelta(hours=14 + 24 + 14)
    exact = date_of("PXL_20250206_155046123.jpg", Recording())
    assert exact is not None
    assert exact.earliest == exact.latest == AT
