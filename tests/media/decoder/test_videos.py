"""Videos looked into, through the real child process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from crossover.media.decoder.videos import frames
from crossover.media.decoder.videos.covers import frame_choice
from crossover.media.decoder.videos.frames import FilmFrame, FilmReader
from crossover.media.fit.fitted import Unfit
from tests.media.drawn_scenes import TALL, view
from tests.media.fitting import (
    BLACK,
    BLUE,
    LIMITS,
    RED,
    close_to,
    corners,
    film,
    fit_one,
    fit_video,
    reason,
    saved,
)


def test_the_cover_is_the_first_good_frame_in_3_to_4(tmp_path: Path) -> None:
    dark, white = Image.new("RGB", (320, 240), BLACK), Image.new("RGB", (320, 240), "white")
    flat = Image.new("RGB", (320, 240), RED)
    frames = [dark] * 4 + [white] * 4 + [flat] * 4 + [corners(320, 240)] * 10
    film(tmp_path / "media/a.mp4", frames, sound=True)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert (fitted.width, fitted.height, fitted.coding.fps) == (320, 240, 10.0)
    assert fitted.duration == pytest.approx(2.2, abs=0.2)
    assert (fitted.coding.codec, fitted.coding.sound) == ("h264", "aac")
    assert fitted.coding.container == "mp4"
    assert fitted.cover_at == pytest.approx(1.2, abs=0.11)
    assert cover.size == (180, 240)
    assert close_to(cover, (10, 10), BLUE)
    assert close_to(cover, (170, 230), RED)


def test_a_frame_gives_way_to_a_later_one_that_shows_much_more(tmp_path: Path) -> None:
    empty = Image.new("RGB", (180, 320), "white")
    empty.paste((150, 150, 150), (0, 200, 180, 320))
    coming, there = empty.copy(), empty.copy()
    for left in range(10, 170, 20):  # outside of what a cover shows of it, and then inside
        coming.paste(BLACK, (left, 0, left + 10, 30))
        there.paste(BLACK, (left, 140, left + 10, 170))
    film(tmp_path / "media/a.mp4", [empty] * 2 + [coming] * 4 + [there] * 20)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert fitted.cover_at == pytest.approx(0.6, abs=0.11)
    assert close_to(cover, (15, 115), BLACK)
    film(tmp_path / "media/late.mp4", [empty] * 20 + [there] * 10)
    assert fit_video(tmp_path, "late.mp4")[0].cover_at == pytest.approx(2, abs=0.11)


def test_a_film_without_a_good_frame_gets_the_best_there_is(tmp_path: Path) -> None:
    dark, flat = Image.new("RGB", (120, 160), BLACK), Image.new("RGB", (120, 160), RED)
    film(tmp_path / "media/a.mp4", [dark] * 5 + [flat] * 5)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert close_to(cover, (50, 50), RED)


def test_what_comes_late_is_taken_when_nothing_comes_before_it(tmp_path: Path) -> None:
    dark = Image.new("RGB", (120, 160), BLACK)
    film(tmp_path / "media/a.mp4", [dark] * 60 + [corners(120, 160)] * 30)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert fitted.cover_at is not None
    assert 6 <= fitted.cover_at < 8
    assert close_to(cover, (10, 10), BLUE)


def test_of_a_long_film_only_a_part_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film(tmp_path / "media/a.mp4", [corners(120, 160)] * 1200)
    monkeypatch.setattr(frames, "SPREAD_PIXELS", 120 * 160 * 20)
    monkeypatch.setattr(frame_choice, "OPENING_PIXELS", 120 * 160 * 20)
    decoded: list[FilmFrame] = []

    class CountedReader(FilmReader):
        def key_frame(self, at: float) -> FilmFrame | None:
            found = super().key_frame(at)
            decoded.extend([found] if found else [])
            return found

        def play(self, *args: Any, **how: Any) -> Iterator[FilmFrame]:
            for found in super().play(*args, **how):
                decoded.append(found)
                yield found

    with av.open(tmp_path / "media/a.mp4") as container:
        reader = CountedReader(container, container.streams.video[0], 1_000_000)
        chosen = frame_choice.choose_frame(reader, tuple(frames.spread_frames(reader, 12)))
    assert chosen is not None
    assert 20 < len(decoded) <= 12 + 20 + 20


def test_a_turned_film_is_told_and_shown_upright(tmp_path: Path) -> None:
    # 90° against the clock: the blue corner ends up at the lower left.
    film(tmp_path / "media/a.mp4", [corners(320, 240)] * 5, turned=90)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert (fitted.width, fitted.height) == (240, 320)
    assert cover.size == (240, 320)
    assert close_to(cover, (10, 310), BLUE)
    assert close_to(cover, (10, 10), RED)
    film(tmp_path / "media/b.mp4", [corners(320, 240)] * 5, turned=-90)
    _, cover = fit_video(tmp_path, "b.mp4")
    assert close_to(cover, (230, 10), BLUE)


def test_a_large_cover_is_scaled_down_to_the_limit(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners(1440, 1920)] * 2)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert cover.size == (LIMITS.cover_width.value, LIMITS.cover_height.value)


def test_a_small_picture_of_the_cover_is_made_with_it(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners(1080, 1440)] * 2)
    fitted, _ = fit_video(tmp_path, "a.mp4")
    small = fitted.thumbnail
    assert small is not None
    made = tmp_path / small.path
    assert small.bytes == made.stat().st_size <= 30_000
    with Image.open(made) as image:
        assert image.size == (small.width, small.height) == (360, 480)
    assert small in fitted.files


def test_a_silent_film(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners()] * 5)
    fitted, _ = fit_video(tmp_path, "a.mp4")
    assert fitted.coding.sound is None


@pytest.mark.skipif(os.name == "nt", reason="`:` and `|` are no letters of a name there")
@pytest.mark.parametrize("name", ["-i.mp4", "http:x.mp4", "concat:a|b.mp4", "%d.mp4"])
def test_names_are_only_names(tmp_path: Path, name: str) -> None:
    film(tmp_path / "made.mp4", [corners()] * 5)
    (tmp_path / "media").mkdir()
    (tmp_path / "made.mp4").rename(tmp_path / "media" / name)
    fitted, _ = fit_video(tmp_path, name)
    assert fitted.coding.container == "mp4"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "a playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "a playlist"),
        (b"\0\0\0\x18ftypisom\0\0\0\0\n#EXTM3U\nfile:///etc/passwd\n", "no index"),
        (b"", "an empty file"),
        (b"hello, I am a text", "no kind of picture or video"),
        (saved(corners()), "a JPEG picture"),
        (b"\x1aE\xdf\xa3....webm", "WebM"),
        (b"\0\0\0\x08ftyp" + b"\xff" * 400, "no index"),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\x10moov\0\0\0\x08free", "damaged|no moving"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    found = reason(fit_one(tmp_path, "a.mp4", data))
    assert any(one in found for one in said.split("|")), found


def box_at(data: bytes | bytearray, name: bytes) -> int:
    return data.index(name) - 4


def test_a_film_cut_short_is_refused_wherever_its_index_is(tmp_path: Path) -> None:
    index_last = film(tmp_path / "made.mp4", [corners(320, 240)] * 20)
    moov = box_at(index_last, b"moov")
    assert "no index" in reason(fit_one(tmp_path, "a.mp4", index_last[:moov]))
    assert "cut short" in reason(fit_one(tmp_path, "b.mp4", index_last[: moov + 50]))
    assert "cut short" in reason(fit_one(tmp_path, "c.mp4", index_last[: moov // 2]))
    index_first = film(tmp_path / "made.mp4", [corners(320, 240)] * 20, movflags="faststart")
    assert box_at(index_first, b"moov") < box_at(index_first, b"mdat")
    found = reason(fit_one(tmp_path, "d.mp4", index_first[:-100]))
    assert "cut short: 100 bytes" in found


def test_a_film_whose_pictures_are_noise_is_refused(tmp_path: Path) -> None:
    data = bytearray(film(tmp_path / "made.mp4", [corners(320, 240)] * 5))
    start, end = data.index(b"mdat") + 4, box_at(data, b"moov")
    data[start:end] = b"\xa5" * (end - start)
    assert "can be decoded" in reason(fit_one(tmp_path, "a.mp4", bytes(data)))


def test_of_a_film_with_a_damaged_part_the_cover_is_of_the_rest(tmp_path: Path) -> None:
    begun = view(TALL, 2)
    data = bytearray(film(tmp_path / "media/a.mp4", [begun] * 20 + [corners(*TALL)] * 20, every=20))
    assert fit_video(tmp_path, "a.mp4")[0].cover_at == pytest.approx(0, abs=1)
    at = data.index(b"mdat") + 1500
    data[at : at + 60] = b"\xa5" * 60
    (tmp_path / "media/b.mp4").write_bytes(data)
    fitted, cover = fit_video(tmp_path, "b.mp4")
    assert fitted.cover_at is not None
    assert fitted.cover_at >= 2
    assert close_to(cover, (10, 10), BLUE)


def test_a_film_that_nothing_here_plays_is_refused_by_the_name_of_its_coding(
    tmp_path: Path,
) -> None:
    data = film(tmp_path / "made.mp4", [corners(320, 240)] * 5, sound=True)
    assert data.count(b"avc1") >= 1
    found = fit_one(tmp_path, "a.mp4", data.replace(b"avc1", b"bvc2"))
    assert isinstance(found, Unfit)
    assert "coded as bvc2" in found.reason
    assert "h264" in found.advice
