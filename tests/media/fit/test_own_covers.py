"""Covers that somebody chose: the creator, or TikTok before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.decoder import child
from crossover.media.fit.fit import fit_media
from crossover.media.fit.fitted import CoverWish, FittedVideo, OwnCover
from crossover.model.choices import Rules
from crossover.storage.checksums import Checksums
from tests.media.drawn_scenes import TALL, person, room, view
from tests.media.fitting import BLUE, LIMITS, RED, close_to, corners, film, media

GREEN = (30, 160, 30)


def cover_of(root: Path, name: str, wish: CoverWish) -> OwnCover:
    item = media(root, name)
    content = item.sha256, item.kind
    made = fit_media(
        root, [item], Rules(), LIMITS, Checksums(), lambda *_: None, {content: (wish,)}
    )[content]
    assert isinstance(made, FittedVideo), made
    own = made.own_cover(wish)
    assert own is not None
    return own


def opened(root: Path, own: OwnCover) -> Image.Image:
    assert own.cover is not None, own.problem
    with Image.open(root / own.cover.path) as file:
        image = file.convert("RGB")
    assert image.size == (own.cover.width, own.cover.height)
    assert image.width * 4 == image.height * 3
    assert own.thumbnail is not None
    assert (root / own.thumbnail.path).stat().st_size == own.thumbnail.bytes <= 30_000
    return image


def colours(root: Path) -> None:
    """A film of three seconds: red, green, blue."""
    frames = [
        Image.new("RGB", (120, 160), colour) for colour in (RED, GREEN, BLUE) for _ in range(10)
    ]
    film(root / "media/a.mp4", frames)


@pytest.mark.parametrize(
    ("seconds", "colour"), [(0, RED), (1.45, GREEN), (2.0, BLUE), (2.95, BLUE)]
)
def test_the_frame_of_a_moment(
    tmp_path: Path, seconds: float, colour: tuple[int, int, int]
) -> None:
    colours(tmp_path)
    own = cover_of(tmp_path, "a.mp4", CoverWish(seconds))
    assert own.at == pytest.approx(seconds, abs=0.1)
    assert close_to(opened(tmp_path, own), (60, 80), colour)


def test_a_moment_behind_the_end_is_no_moment(tmp_path: Path) -> None:
    colours(tmp_path)
    own = cover_of(tmp_path, "a.mp4", CoverWish(3.5))
    assert own.cover is None
    assert own.problem == "the video is only 3.0 s long"


def test_a_picture_of_ones_own_upright_and_cut(tmp_path: Path) -> None:
    colours(tmp_path)
    exif = Image.Exif()
    exif[0x0112] = 6
    corners(400, 300).save(tmp_path / "mine.jpg", exif=exif)
    image = opened(tmp_path, own := cover_of(tmp_path, "a.mp4", CoverWish(picture="mine.jpg")))
    assert own.at is None
    assert image.size == (300, 400)
    assert close_to(image, (250, 50), BLUE)
    assert close_to(image, (50, 50), RED)
    whole = cover_of(tmp_path, "a.mp4", CoverWish(picture=str(tmp_path / "mine.jpg")))
    assert whole.cover is not None


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    colours(tmp_path)
    (tmp_path / "mine.txt").write_text("a picture of my kiln")
    Image.new("RGB", (2, 2)).save(tmp_path / "tiny.png")
    data = (tmp_path / "mine.txt").read_bytes()
    (tmp_path / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    for name, said in [
        ("gone.jpg", "the file is not there"),
        ("mine.txt", "not a picture"),
        ("tiny.png", "far too small"),
        ("cut.png", "damaged"),
        ("media", "it is a folder"),
        ("media/a.mp4", "not a picture"),
        *([("/dev/zero", "it is no file")] if Path("/dev/zero").exists() else []),
        ("x" * 300 + ".jpg", "could not be read"),
        ("a\0b.jpg", "could not be read"),
    ]:
        own = cover_of(tmp_path, "a.mp4", CoverWish(picture=name))
        assert own.cover is None
        assert said in own.problem, (name, own.problem)


def test_it_is_made_once_and_anew_when_the_picture_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colours(tmp_path)
    Image.new("RGB", (300, 400), RED).save(tmp_path / "mine.png")
    wish = CoverWish(picture="mine.png")
    first = cover_of(tmp_path, "a.mp4", wish)
    with monkeypatch.context() as patched:
        patched.setattr(child, "worker_command", lambda: [str(tmp_path / "no such program")])
        assert cover_of(tmp_path, "a.mp4", wish) == first
    Image.new("RGB", (300, 400), GREEN).save(tmp_path / "mine.png")
    assert close_to(opened(tmp_path, cover_of(tmp_path, "a.mp4", wish)), (60, 80), GREEN)


# --- what TikTok showed -----------------------------------------------------------------------

SCENES = [view(TALL, 2), person(room(TALL, 1), 0.5, 0.4, 0.2), view(TALL, 9)]


def scenes(root: Path) -> None:
    film(root / "media/a.mp4", [scene for scene in SCENES for _ in range(10)], every=10)


def test_tiktoks_cover_is_taken_where_it_is_large_enough(tmp_path: Path) -> None:
    scenes(tmp_path)
    SCENES[1].save(tmp_path / "cover.jpg", quality=95)
    own = cover_of(tmp_path, "a.mp4", CoverWish(picture="cover.jpg", tiktok=True))
    assert own.at is None
    assert opened(tmp_path, own).size == (270, 360)


def test_a_small_one_tells_which_frame_it_is(tmp_path: Path) -> None:
    scenes(tmp_path)
    SCENES[1].resize((90, 160)).save(tmp_path / "cover.webp")
    own = cover_of(tmp_path, "a.mp4", CoverWish(picture="cover.webp", tiktok=True))
    assert own.at is not None
    assert 1 <= own.at < 2
    assert opened(tmp_path, own).size == (270, 360)


def test_that_of_another_video_is_not_taken(tmp_path: Path) -> None:
    scenes(tmp_path)
    view(TALL, 40).rotate(90, expand=True).resize(TALL).save(tmp_path / "cover.jpg")
    own = cover_of(tmp_path, "a.mp4", CoverWish(picture="cover.jpg", tiktok=True))
    assert own.cover is None
    assert "nothing of this video" in own.problem


def test_two_wishes_for_one_video_are_both_granted(tmp_path: Path) -> None:
    colours(tmp_path)
    item = media(tmp_path, "a.mp4")
    content = item.sha256, item.kind
    wishes = CoverWish(0.5), CoverWish(2.5)
    made = fit_media(
        tmp_path, [item], Rules(), LIMITS, Checksums(), lambda *_: None, {content: wishes}
    )[content]
    assert isinstance(made, FittedVideo)
    first, second = (made.own_cover(wish) for wish in wishes)
    assert first is not None
    assert second is not None
    assert close_to(opened(tmp_path, first), (60, 80), RED)
    assert close_to(opened(tmp_path, second), (60, 80), BLUE)
    assert made.cover is not None
    assert replace(made, own_covers=()).own_cover(wishes[0]) is None
