"""The boxes of an MP4 are walked in bounds, whatever a stranger wrote into them."""

from __future__ import annotations

import struct
from io import BytesIO
from random import Random

import pytest

from crossover.media.containers.mp4_boxes import boxes_at, mp4_boxes, mp4_film_coding
from crossover.media.containers.mp4_index import Mp4Index, read_mp4_index

NAMES = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"vmhd", b"edts", b"elst", b"tkhd")
LENGTHS = (0, 1, 7, 8, 9, 16, 2**31, 2**32 - 1)


def box(name: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), name) + data


def header(name: bytes, scale: int, length: int) -> bytes:
    return box(name, bytes(12), struct.pack(">II", scale, length), bytes(80))


def track(*edits: tuple[int, int], pictures: int = 300) -> bytes:
    """The track of a film of 10 s, with edits of so many thousandths from so many ticks."""
    listed = b"".join(struct.pack(">IiI", length, begin, 1 << 16) for length, begin in edits)
    return box(
        b"trak",
        box(b"tkhd", bytes(84)),
        box(b"edts", box(b"elst", bytes(4), struct.pack(">I", len(edits)), listed)),
        box(
            b"mdia",
            header(b"mdhd", 600, 6000),
            box(
                b"minf",
                box(b"vmhd"),
                box(
                    b"stbl",
                    box(b"stsd", bytes(12), b"avc1"),
                    box(b"stsz", bytes(8), struct.pack(">I", pictures)),
                ),
            ),
        ),
    )


def index_of(*boxes: bytes) -> Mp4Index:
    data = b"".join(boxes)
    return read_mp4_index(BytesIO(data), len(data))


def movie(*tracks: bytes) -> bytes:
    return box(b"moov", header(b"mvhd", 1000, 10_000), *tracks)


def test_where_the_index_stands_is_told() -> None:
    film = box(b"mdat", bytes(100))
    assert index_of(movie(track()), film).first
    assert not index_of(film, movie(track())).first


@pytest.mark.parametrize(
    ("edits", "hidden"),
    [
        ((), 0),
        (((10_000, 0),), 0),
        (((9_980, 12),), 0),
        (((7_000, 1800),), 3),
        (((500, -1), (4_000, 0), (4_000, 3600)), 2),
    ],
)
def test_what_edits_hide_is_counted(edits: tuple[tuple[int, int], ...], hidden: float) -> None:
    assert index_of(movie(track(*edits))).hidden_seconds == pytest.approx(hidden)


def test_pictures_stored_out_of_order_hide_nothing() -> None:
    slow = track((8_000, 1200), pictures=10)
    assert index_of(movie(slow)).hidden_seconds == 0


def test_a_camera_s_track_of_its_way_tells_a_place() -> None:
    way = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", bytes(12), b"gpmd")))))
    assert index_of(movie(track(), way)).located
    assert not index_of(movie(track())).located


@pytest.mark.parametrize(("key", "told"), [("location.ISO6709", True), ("detected-face", False)])
def test_a_phone_s_track_of_notes_tells_a_place_where_one_of_its_keys_does(
    key: str, told: bool
) -> None:
    described = bytes(12) + b"mebx" + bytes(30) + b"mdtacom.apple.quicktime." + key.encode()
    notes = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", described)))))
    assert index_of(movie(track(), notes)).located is told


def test_what_is_missing_or_forged_counts_as_not_there() -> None:
    assert index_of(box(b"mdat", bytes(9))) == Mp4Index()
    assert index_of(box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"vmhd")))))).first
    endless = box(b"elst", bytes(4), struct.pack(">I", 2**32 - 1), bytes(12))
    assert index_of(movie(box(b"trak", box(b"edts", endless)))).hidden_seconds == 0


def test_a_box_of_2_to_the_63_bytes_ends_the_walk() -> None:
    huge = struct.pack(">I4sQ", 1, b"free", 2**63 + 5)
    data = box(b"moov", huge, b"x" * 100)
    assert list(boxes_at(BytesIO(data), (0, len(data)), b"moov", b"trak")) == []
    assert read_mp4_index(BytesIO(data), len(data)).first


def test_10_000_nested_boxes_are_no_deeper_than_the_way_that_is_looked_for() -> None:
    data = b""
    for _ in range(10_000):
        data = box(b"moov", data[:60_000])
    assert read_mp4_index(BytesIO(data), len(data)).first


def test_no_bytes_make_the_walk_fail() -> None:
    random = Random(54)
    whole = box(b"ftyp", b"isom", bytes(4)) + movie(track((7_000, 0)), track()) + box(b"mdat")
    for _ in range(3000):
        data = bytearray(whole)
        for _ in range(random.randint(1, 6)):
            at = random.randrange(len(data) - 8)
            struct.pack_into(">I", data, at, random.choice((*LENGTHS, random.randrange(300))))
            if random.random() < 0.3:
                data[at + 4 : at + 8] = random.choice(NAMES)
        cut = bytes(data[: random.choice((len(data), random.randrange(len(data))))])
        assert mp4_boxes(BytesIO(cut), len(cut)).missing_bytes >= 0
        coding = mp4_film_coding(BytesIO(cut), len(cut))
        assert coding is None or len(coding) <= 4
        assert read_mp4_index(BytesIO(cut), len(cut)).hidden_seconds >= 0
