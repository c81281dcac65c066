"""Frames from all over a film."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from crossover.media.decoder.videos import frames
from crossover.media.decoder.videos.convert.hdr import to_bt709
from crossover.media.decoder.videos.frames import FilmReader, spread_frames
from crossover.media.decoder.videos.opening import open_film
from tests.media import made_films as films
from tests.media.fitting import BLUE, RED, close_to, corners, film
from tests.media.flash_films import flash_film

PIXELS = 10**7


def numbered(count: int) -> list[Image.Image]:
    """Frames whose brightness counts up, two a frame."""
    return [Image.new("RGB", (64, 96), (n * 2,) * 3) for n in range(count)]


def number_of(found: frames.FilmFrame) -> int:
    value = found.picture((8, 8)).convert("L").getpixel((4, 4))
    assert isinstance(value, int)
    return round(value / 2)


def spread(path: Path, count: int) -> list[frames.FilmFrame]:
    with open_film(path, PIXELS) as (container, stream, _):
        return list(spread_frames(FilmReader(container, stream, PIXELS), count))


def test_frames_come_from_all_over_a_film_in_order_each_once(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", numbered(120), every=5)
    found = spread(tmp_path / "media/a.mp4", 10)
    times = [one.at for one in found]
    assert len(times) == 10
    assert times == sorted(set(times))
    assert max(after - before for before, after in pairwise(times)) < 2
    assert [number_of(one) for one in found] == pytest.approx([t * 10 for t in times], abs=1.5)


def test_where_key_frames_lie_far_apart_the_film_is_played_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film(tmp_path / "media/a.mp4", numbered(120))
    whole = spread(tmp_path / "media/a.mp4", 10)
    assert len(whole) >= 10
    assert whole[-1].at > 11
    monkeypatch.setattr(frames, "SPREAD_PIXELS", 64 * 96 * 10)
    assert 1 <= len(spread(tmp_path / "media/a.mp4", 10)) <= 3


def test_a_stream_without_an_index_is_played_from_its_beginning(tmp_path: Path) -> None:
    # Its pictures are reordered: seeking the first one shown ends behind the only key frame.
    source = flash_film(tmp_path / "a.ts", film={"bf": "3", "b_strategy": "0"})
    found = spread(source, 6)
    times = [one.at for one in found]
    assert len(times) >= 6
    assert times == sorted(set(times))
    assert times[-1] > 1
    with open_film(source, PIXELS) as (container, stream, _):
        one = FilmReader(container, stream, PIXELS).at(0.8)
    assert one is not None
    assert one.at == pytest.approx(0.8, abs=1 / 30)


def test_a_film_of_a_single_frame_gives_that(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners(64, 96)])
    (only,) = spread(tmp_path / "media/a.mp4", 12)
    assert close_to(only.picture(), (5, 5), BLUE)


def test_a_frame_is_shown_upright_and_at_the_size_asked_for(tmp_path: Path) -> None:
    film(tmp_path / "media/a.mp4", [corners(160, 96)] * 3, turned=90)
    found = spread(tmp_path / "media/a.mp4", 1)[0]
    assert found.size == (96, 160)
    assert found.picture().size == (96, 160)
    small = found.picture((48, 80))
    assert small.size == (48, 80)
    assert close_to(small, (4, 75), BLUE)
    assert close_to(small, (4, 4), RED)


def yuv(colour: tuple[int, int, int], matrix: int, *, full: bool) -> tuple[int, int, int]:
    red, green, blue = colour
    kr, kb = (0.2126, 0.0722) if matrix == 1 else (0.299, 0.114)
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    u, v = (blue - luma) / (2 - 2 * kb), (red - luma) / (2 - 2 * kr)
    if full:
        return round(luma), round(u + 128), round(v + 128)
    return round(16 + luma * 219 / 255), round(128 + u * 224 / 255), round(128 + v * 224 / 255)


@pytest.mark.parametrize("lines", [480, 720])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_colours_are_those_that_players_show(
    tmp_path: Path, lines: int, full: bool, named: bool
) -> None:
    """Without a name the colours of large films are those of BT.709, of small ones BT.601."""
    path = tmp_path / "media/a.mp4"
    path.parent.mkdir()
    wanted = (200, 60, 40)
    matrix = 1 if lines >= 720 else 6
    with av.open(path, "w") as out:
        stream = out.add_stream("libx264", rate=10, options={"crf": "4"})
        stream.width, stream.height, stream.pix_fmt = lines, lines, "yuv420p"
        stream.color_range = 2 if full else 1
        if named:
            stream.colorspace = matrix
        frame = av.VideoFrame(lines, lines, "yuv420p")
        for plane, value in zip(frame.planes, yuv(wanted, matrix, full=full), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        out.mux(stream.encode(frame))
        out.mux(stream.encode())
    found = spread(path, 1)[0].picture()
    got = found.getpixel((lines // 2, lines // 2))
    assert isinstance(got, tuple)
    assert max(abs(a - b) for a, b in zip(got, wanted, strict=True)) <= 2


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_shown_as_on_an_ordinary_screen_small_and_whole_alike(
    tmp_path: Path, transfer: str
) -> None:
    path = tmp_path / "a.mp4"
    films.film(path, *films.hdr(transfer))
    (found,) = spread(path, 1)
    wanted = to_bt709(found.frame).to_image()  # type: ignore[no-untyped-call]
    assert isinstance(wanted, Image.Image)
    whole = found.picture()
    assert max(ImageStat.Stat(ImageChops.difference(whole, wanted)).mean) < 1
    size = found.size[0] // 4, found.size[1] // 4
    small, expected = found.picture(size), wanted.resize(size, Image.Resampling.BOX)
    assert max(ImageStat.Stat(ImageChops.difference(small, expected)).mean) < 4


def test_what_rests_on_damaged_data_is_told_up_to_the_next_key_frame(tmp_path: Path) -> None:
    noise = Image.effect_noise((320, 240), 80).convert("RGB")
    path = tmp_path / "media/a.mp4"
    data = bytearray(film(path, [noise] * 20 + [corners(320, 240)] * 20, every=20))
    at = data.index(b"mdat") + 8000
    data[at : at + 60] = b"\xa5" * 60
    path.write_bytes(data)
    found = spread(path, 12)
    assert [one.broken for one in found] == [one.at < 2 for one in found]
    with open_film(path, PIXELS) as (container, stream, _):
        played = list(FilmReader(container, stream, PIXELS).play(0.0, 320 * 240 * 30))
    assert [one.broken for one in played] == [one.at < 2 for one in played]
    assert played[-1].at > 2


def test_what_cannot_be_decoded_gives_no_frames(tmp_path: Path) -> None:
    data = bytearray(film(tmp_path / "media/a.mp4", numbered(20)))
    start, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    data[start:end] = b"\xa5" * (end - start)
    (tmp_path / "media/a.mp4").write_bytes(data)
    assert spread(tmp_path / "media/a.mp4", 4) == []
