"""Videos that are shown turned or mirrored, as the display matrix of their track asks: their cover, what
they look like, and how they compare with a copy that has it in its pixels."""

from __future__ import annotations

import math
import struct
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from crossover.media.decoder.fingerprints import fingerprint_video
from crossover.media.decoder.frame_compare import compare_videos
from crossover.media.decoder.videos import orientation
from crossover.media.likeness.fingerprint import SIDE, Fingerprint
from tests.media.fitting import film, fit_video

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 220, 30), (30, 30, 220), (220, 220, 220)
NAMES = {"R": RED, "G": GREEN, "B": BLUE, "W": WHITE}
WIDTH, HEIGHT = 144, 192
ONE = 1 << 16

MATRICES = {
    "identity": ((1, 0, 0, 1, 0, 0), "RG/BW", 1),
    "turned 90": ((0, 1, -1, 0, HEIGHT, 0), "BR/WG", 6),
    "turned 180": ((-1, 0, 0, -1, WIDTH, HEIGHT), "WB/GR", 3),
    "turned 270": ((0, -1, 1, 0, 0, WIDTH), "GW/RB", 8),
    "mirrored": ((-1, 0, 0, 1, WIDTH, 0), "GR/WB", 2),
    "upside down": ((1, 0, 0, -1, 0, HEIGHT), "BW/RG", 4),
    "transposed": ((0, 1, 1, 0, 0, 0), "RB/GW", 5),
    "anti-transposed": ((0, -1, -1, 0, HEIGHT, WIDTH), "WG/BR", 7),
}
"""a b c d x y, the quarters as they are to be seen, and the orientation as EXIF numbers it."""
every_matrix = pytest.mark.parametrize("name", MATRICES)


def four_colours() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for place, colour in enumerate((RED, GREEN, BLUE, WHITE)):
        left, top = place % 2 * WIDTH // 2, place // 2 * HEIGHT // 2
        image.paste(colour, (left, top, left + WIDTH // 2, top + HEIGHT // 2))
    return image


def with_matrix(path: Path, a: float, b: float, c: float, d: float, x: int, y: int) -> Path:
    """A four-coloured film whose track has this display matrix."""
    data = bytearray(film(path, [four_colours()] * 8))
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16
    fixed = [round(value * ONE) for value in (a, b, 0, c, d, 0, x, y)]
    struct.pack_into(">9i", data, at, *fixed, 1 << 30)
    path.write_bytes(data)
    return path


def quarters(image: Image.Image) -> str:
    """The colours of the quarters, as `RG/BW`."""
    names = []
    for down in (1, 3):
        for across in (1, 3):
            found = image.convert("RGB").getpixel(
                (image.width * across // 4, image.height * down // 4)
            )
            assert isinstance(found, tuple)
            names.append(min(NAMES, key=lambda name: math.dist(NAMES[name], found)))
    return "".join(names[:2]) + "/" + "".join(names[2:])


@every_matrix
def test_the_cover_shows_a_film_as_its_matrix_asks(tmp_path: Path, name: str) -> None:
    matrix, seen, _ = MATRICES[name]
    with_matrix(tmp_path / "media/a.mp4", *matrix)
    fitted, cover = fit_video(tmp_path, "a.mp4")
    assert quarters(cover) == seen
    lying = matrix[0] == 0
    assert (fitted.width, fitted.height) == ((HEIGHT, WIDTH) if lying else (WIDTH, HEIGHT))


@every_matrix
def test_a_film_looks_like_the_copy_that_has_the_turn_in_its_pixels(
    tmp_path: Path, name: str
) -> None:
    matrix, _, number = MATRICES[name]
    asked = with_matrix(tmp_path / "media/asked.mp4", *matrix)
    shown = orientation.turn_upright(four_colours(), number)
    film(tmp_path / "media/baked.mp4", [shown] * 8)
    baked = tmp_path / "media/baked.mp4"
    one, other = (fingerprint_video(path, 1_000_000) for path in (asked, baked))
    assert (one.width, one.height) == (other.width, other.height)
    assert differ(one, other) < 4
    close = compare_videos(asked, baked, 1_000_000)
    assert (close.differs, close.toned, close.coloured) == (None, None, None)


def differ(one: Fingerprint, other: Fingerprint) -> float:
    pictures = (Image.frombytes("L", (SIDE, SIDE), found.frames[0].luma) for found in (one, other))
    return ImageStat.Stat(ImageChops.difference(*pictures)).mean[0]


@every_matrix
def test_ffmpegs_filters_carry_out_the_same_turn(tmp_path: Path, name: str) -> None:
    _, seen, number = MATRICES[name]
    graph = av.filter.Graph()
    frame = av.VideoFrame.from_image(four_colours())  # type: ignore[no-untyped-call]
    source = graph.add_buffer(
        width=WIDTH, height=HEIGHT, format=frame.format, time_base=Fraction(1, 10)
    )
    steps = [graph.add(*step) for step in orientation.upright_filters(number)]
    graph.link_nodes(source, *steps, graph.add("buffersink")).configure()
    graph.push(frame)
    turned = graph.pull()
    assert isinstance(turned, av.VideoFrame)
    assert quarters(turned.to_image()) == seen  # type: ignore[no-untyped-call]
    size = orientation.turned_size((WIDTH, HEIGHT), number)
    assert (turned.width, turned.height) == size


def test_of_an_odd_angle_the_nearest_quarter_is_taken() -> None:
    def asked(degrees: float, *, mirrored: bool = False) -> int:
        a, b = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        m = [round(v * ONE) for v in ((-a, -b, -b, a) if mirrored else (a, b, -b, a))]
        return orientation.matrix_orientation((m[0], m[1], 0, m[2], m[3], 0, 0, 0, 1 << 30))

    for degrees, mirrored, number in [
        (7, False, 1),
        (80, False, 6),
        (-100, False, 8),
        (175, False, 3),
        (10, True, 2),
        (100, True, 7),
    ]:
        assert asked(degrees, mirrored=mirrored) == number


def test_a_matrix_that_says_nothing_turns_nothing() -> None:
    assert orientation.matrix_orientation((0,) * 9) == 1
    assert orientation.matrix_orientation((ONE, ONE, 0, ONE, ONE, 0, 0, 0, 1 << 30)) == 1


def test_a_matrix_that_also_scales_turns_as_it_asks(tmp_path: Path) -> None:
    with_matrix(tmp_path / "media/a.mp4", -2, 0, 0, 2, WIDTH * 2, 0)
    _, cover = fit_video(tmp_path, "a.mp4")
    assert quarters(cover) == "GR/WB"


def test_a_film_of_an_odd_angle_gets_the_nearest_quarter(tmp_path: Path) -> None:
    turn = math.radians(12)
    a, b = math.cos(turn), math.sin(turn)
    with_matrix(tmp_path / "media/a.mp4", a, b, -b, a, 0, 0)
    assert quarters(fit_video(tmp_path, "a.mp4")[1]) == "RG/BW"
