"""Every kind of file that creators have comes out as its row says, opened again by other programs."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.fit.fitted import Fitted, FittedPicture, FittedVideo, Unfit
from crossover.model.choices import Convert, Rules
from crossover.model.posts import Media, MediaKind
from tests.media.fitting import LIMITS, fit_all, media
from tests.media.kinds_of_pictures import PICTURES
from tests.media.kinds_of_videos import VIDEOS
from tests.media.made_films import FLASH
from tests.media.made_pictures import PLACE
from tests.media.media_row import Converted, Jpeg, Kept, MediaRow, Refused, Remuxed
from tests.media.opened_again import Seen, apart, corners_of, see
from tests.once import made_once
from tests.tier import by_tier

ROWS = [
    pytest.param(row, id=row.name, marks=[pytest.mark.complete] if row.complete else [])
    for row in (*PICTURES, *VIDEOS)
]
SOUND_LATE = 0.03
"""Seconds that sound may be off the picture: what AAC adds at a film's beginning, and less than a
frame."""


@dataclass(frozen=True)
class FittedTable:
    """The files of the table in one folder, and what became of each, by the name of its row."""

    root: Path
    items: dict[str, Media]
    fitted: dict[tuple[str, MediaKind], Fitted]


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> FittedTable:
    """All rows that are tried, fitted in one go as those of an account are: a decoder for each of
    them would cost more than its work."""
    rows = [row for row in (*PICTURES, *VIDEOS) if by_tier(not row.complete, True)]

    def make(folder: Path) -> None:
        (folder / "media").mkdir()
        items = {}
        for number, row in enumerate(rows):
            name = f"{number}/{row.file}"
            (folder / "media" / str(number)).mkdir()
            row.make(folder / "media" / name)
            items[row.name] = media(folder, name)
        rules = Rules(convert=Convert.ALWAYS)
        fitted = fit_all(folder, list(items.values()), LIMITS, rules=rules)
        (folder / "table.pickle").write_bytes(pickle.dumps((items, fitted)))

    folder = made_once(tmp_path_factory, "media-table", make)
    items, fitted = pickle.loads((folder / "table.pickle").read_bytes())
    return FittedTable(folder, items, fitted)


@pytest.mark.timeout(900)  # the first one makes all of them
@pytest.mark.parametrize("row", ROWS)
def test_each_kind_becomes_what_the_table_says(table: FittedTable, row: MediaRow) -> None:
    root, item = table.root, table.items[row.name]
    path, fitted = root / item.path, table.fitted[item.sha256, item.kind]
    match row.outcome:
        case Refused(says):
            assert isinstance(fitted, Unfit)
            assert says in fitted.reason
        case Jpeg() as wanted:
            assert isinstance(fitted, FittedPicture), fitted
            check_picture(path, root / fitted.path, fitted, wanted)
        case Kept() as wanted:
            assert isinstance(fitted, FittedVideo), fitted
            check_video(path, sent_file(root, path, fitted), row, wanted)
            # Of an odd size a line less goes out.
            assert abs(fitted.width - wanted.size[0]) <= 1
            assert abs(fitted.height - wanted.size[1]) <= 1


def sent_file(root: Path, source: Path, fitted: FittedVideo) -> Path:
    """The file that goes out."""
    return source if fitted.sent is None else root / fitted.sent.path


def check_picture(source: Path, made: Path, fitted: FittedPicture, wanted: Jpeg) -> None:
    data = made.read_bytes()
    if wanted.exact:
        with Image.open(source) as before, Image.open(made) as after:
            assert before.convert("RGB").tobytes() == after.tobytes()
    assert (fitted.place, bool(fitted.missing)) == (wanted.place, wanted.missing)
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.size == (fitted.width, fitted.height) == wanted.size
        assert not image.getexif()
        assert not set(image.info) & {"exif", "xmp", "comment", "icc_profile", "mp"}
        assert apart(corners_of(image), wanted.corners) <= wanted.within, corners_of(image)
    assert PLACE not in data
    assert data.endswith(b"\xff\xd9")
    said = " ".join(fitted.changes)
    assert len(fitted.changes) == len(wanted.says), fitted.changes
    assert [word for word in wanted.says if word not in said] == []


def check_video(source: Path, sent: Path, row: MediaRow, wanted: Kept) -> None:
    before = see(source)
    after = before if sent == source else see(sent)
    data = sent.read_bytes()
    assert PLACE not in data
    assert after.size == wanted.size
    match wanted:
        case Converted():
            assert (after.coding, after.pixels) == ("h264", "yuv420p")
            assert after.rate <= wanted.rate + 0.1
            check_new(before, after, data)
            assert apart(after.corners, wanted.corners) <= wanted.within, after.corners
        case Remuxed():
            assert sent != source
            assert (after.coding, after.frames) == (before.coding, before.frames)
            check_new(before, after, data)
            assert apart(after.corners, wanted.corners) <= 4, after.corners
        case _:
            assert sent == source
            assert apart(after.corners, wanted.corners) <= 4, after.corners
    check_sound(before, after, row)


def check_new(before: Seen, after: Seen, data: bytes) -> None:
    """A file that was written: an MP4 that plays while it loads, as long as before."""
    assert data[4:8] == b"ftyp"
    assert data[8:12] != b"qt  "
    assert data.index(b"moov") < data.index(b"mdat")
    assert after.others == ()
    frame = 1 / min(before.rate, after.rate)
    assert abs(after.seconds - before.seconds) <= frame + 0.001
    assert after.flash is not None
    assert abs(after.flash - FLASH[0]) <= frame + 0.001


def check_sound(before: Seen, after: Seen, row: MediaRow) -> None:
    if not row.sound:
        assert after.sound is None
        return
    assert after.sound == "aac"
    assert after.loud > before.loud / 2 > 0.05
    assert after.tone is not None
    assert after.flash is not None
    # The tone sounds when the middle turns white.
    assert abs(after.tone - after.flash) <= SOUND_LATE
