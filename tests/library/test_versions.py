"""A camera roll in which the same picture lies several times: it is found once, and that is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Run
from tests.library.test_originals import Creator
from tests.media.files.test_live_photos import MARK
from tests.media.likeness.made_videos import encode, film

pytestmark = pytest.mark.usefixtures("at_once")


def view(number: int) -> Image.Image:
    return film(8 * number + 1)[0].resize((600, 800))


@pytest.fixture
def creator(tmp_path: Path, run: Run) -> Creator:
    """Two photo posts of one picture each, fetched."""
    made = Creator(tmp_path, run)
    made.photos(view(1))
    made.photos(view(2))
    made.fetched()
    return made


Add = Callable[[], str]


@pytest.fixture
def add(creator: Creator, run: Run) -> Add:
    def added() -> str:
        code, screen = run("add", creator.roll)
        assert code == 0, screen
        return screen

    return added


def test_a_live_photo_is_its_picture(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1.HEIC", format="JPEG", quality=95)
    encode(creator.roll / "IMG_1.MOV", film(1)[:3], **MARK)  # type: ignore[arg-type]
    screen = add()
    assert creator.sources(1) == ["IMG_1.HEIC"]
    said = "IMG_1.MOV: the film of a Live Photo, which is moved as a picture (instead: IMG_1.HEIC)"
    assert said in screen
    assert "Not used (1)" in add(), "and the second time"


def test_an_edited_version_goes_before_what_it_was_made_of(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1234.JPG", quality=95)
    view(1).save(creator.roll / "IMG_E1234.JPG", quality=80)
    (creator.roll / "IMG_1234.AAE").write_text("<plist/>")
    said = "IMG_1234.JPG: an edited version of it is here, which goes before it"
    assert said in add()
    assert creator.sources(1) == ["IMG_E1234.JPG"]
    assert said in add()
    assert creator.sources(1) == ["IMG_E1234.JPG"]


def test_what_was_posted_unedited_is_still_found(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1234.JPG", quality=95)
    view(1).crop((0, 0, 400, 400)).save(creator.roll / "IMG_E1234.JPG", quality=80)
    for _ in range(2):
        screen = add()
        assert creator.sources(1) == ["IMG_1234.JPG"]
        assert "IMG_E1234.JPG: no TikTok id in its name, and like no post" in screen
        assert "IMG_1234.JPG: an edited" not in screen


def test_a_copy_in_another_format_or_saved_anew_is_found_once(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1.PNG")
    view(1).save(creator.roll / "IMG_1.JPG", quality=90)
    view(1).save(creator.roll / "IMG_1 (1).JPG", quality=85)
    screen = add()
    assert creator.sources(1) == ["IMG_1.PNG"]
    assert "IMG_1.JPG: the same as another one, which has as many pixels or more" in screen
    assert "Perhaps a post's own" not in screen


def test_two_pictures_that_share_a_name_are_two(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1.JPG", quality=95)
    view(2).save(creator.roll / "IMG_1(1).JPG", quality=95)
    add()
    assert (creator.sources(1), creator.sources(2)) == (["IMG_1.JPG"], ["IMG_1(1).JPG"])


def test_a_hundred_copies_are_one_line(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1.JPG", quality=95)
    for number in range(1, 101):
        (creator.roll / f"IMG_1 ({number}).JPG").write_bytes(
            (creator.roll / "IMG_1.JPG").read_bytes()
        )
    screen = add()
    assert creator.sources(1) == ["IMG_1.JPG"]
    assert (
        "100 files, such as IMG_1 (1).JPG (instead: IMG_1.JPG): the same file as another one"
        in screen
    )
    assert "101 videos and pictures given = 1 used + 100 not used" in screen


def test_the_files_given_are_each_counted_once(creator: Creator, add: Add) -> None:
    view(1).save(creator.roll / "IMG_1.JPG", quality=95)
    view(2).save(creator.roll / "IMG_2.JPG", quality=95)
    view(5).save(creator.roll / "IMG_3.JPG", quality=95)
    (creator.roll / "IMG_4.DNG").write_bytes(b"II*\0")
    (creator.roll / "IMG_5.MOV").touch()
    (creator.roll / "IMG_1 (1).JPG").write_bytes((creator.roll / "IMG_1.JPG").read_bytes())
    (creator.roll / "notes.txt").write_text("no picture")
    for _ in range(2):
        assert "6 videos and pictures given = 2 used + 4 not used" in add()


def test_many_reasons_of_few_files_are_a_line_each(creator: Creator, add: Add) -> None:
    for number in range(1, 4):
        (creator.roll / f"A{number}.DNG").write_bytes(b"II*\0")
        (creator.roll / f"B{number}.JXL").write_bytes(b"\xff\n")
        (creator.roll / f"C{number}.MOV").touch()
        (creator.roll / f"D{number}.JPG").write_bytes(b"%PDF")
        (creator.roll / f"E{number}.JPG").write_bytes(b"\xff\xd8\xff" + bytes(number))
    screen = add()
    for name in ("A1.DNG", "B1.JXL", "C1.MOV", "D1.JPG", "E1.JPG"):
        assert f"3 files, such as {name}: " in screen
    assert "more; all of them" not in screen
