"""Files of many kinds through the commands: what a practice account then holds is what the media
table says, and bad files are named and stay behind."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from crossover.rehearsal.store.records import Note
from crossover.rehearsal.store.store import read_notes
from tests.media.kinds_of_bad_files import bad_files
from tests.media.kinds_of_pictures import PICTURES
from tests.media.kinds_of_videos import VIDEOS
from tests.media.made_pictures import PLACE
from tests.media.media_row import Converted, Jpeg, MediaRow, Refused, Remuxed
from tests.media.opened_again import apart, corners_of, see
from tests.road.conftest import Crossover

FIRST = datetime(2025, 3, 2, 9, 0, 7, tzinfo=UTC)


@pytest.mark.complete
def test_what_reaches_rednote_is_what_the_table_says(tmp_path: Path, crossover: Crossover) -> None:
    rows = [
        row for row in (*PICTURES, *VIDEOS, *bad_files(9)) if not row.complete and not _asks(row)
    ]
    files = tmp_path / "files"
    files.mkdir()
    ids = [str(int((FIRST + timedelta(days=n)).timestamp()) << 32 | 9) for n in range(len(rows))]
    sources = [files / (one + Path(row.file).suffix) for row, one in zip(rows, ids, strict=True)]
    for row, source in zip(rows, sources, strict=True):
        row.make(source)
    export = tmp_path / "user_data_tiktok.json"
    export.write_text(json.dumps(_export(rows)), "utf-8")
    root = tmp_path / "w"

    added = crossover("add", export, files, "-w", root)
    planned = crossover("plan", "--set", "convert=always", "--needs-you", "-w", root)
    for row, tiktok_id in zip(rows, ids, strict=True):
        if isinstance(row.outcome, Refused):
            assert tiktok_id in added.stderr + planned.stderr, row.name
    done = crossover("upload", "-w", root, timeout=200)

    assert done.returncode in (0, 3), done.stderr
    notes = {note.title: note for note in read_notes(root / "rehearsal")}
    sent = {_checksum(path): path for room in ("ready", "media") for path in _files(root / room)}
    wrong = {
        row.name: what
        for number, (row, source) in enumerate(zip(rows, sources, strict=True), 1)
        if (what := _what_is_wrong(sent, notes.get(f"Kind {number}"), row, source))
    }
    assert wrong == {}


def _asks(row: MediaRow) -> bool:
    return isinstance(row.outcome, Jpeg) and row.outcome.missing


def _export(rows: list[MediaRow]) -> object:
    """TikTok's, with links that are dead."""
    posts = [
        {
            "Date": f"{FIRST + timedelta(days=number - 1):%Y-%m-%d %H:%M:%S}",
            "Link": _link(row, number),
            "WhoCanView": "Everyone",
            "Title": f"Kind {number}",
        }
        for number, row in enumerate(rows, 1)
    ]
    return {
        "Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
        "Post": {"Posts": {"VideoList": posts}},
    }


def _link(row: MediaRow, number: int) -> str:
    if isinstance(row.outcome, Jpeg) or (isinstance(row.outcome, Refused) and not _is_video(row)):
        return f"https://p16-va.tiktokcdn.com/o{number}.jpeg?x-expires=1700000000"
    return f"https://video-va.tiktokv.com/storage/v1/b/o{number}?mime_type=video_mp4&x-tos-expires=1700000000"


def _is_video(row: MediaRow) -> bool:
    return row.file.endswith(
        (".mp4", ".mov", ".mkv", ".webm", ".avi", ".flv", ".3gp", ".mpg", ".wmv")
    )


def _what_is_wrong(sent: dict[str, Path], note: Note | None, row: MediaRow, source: Path) -> str:
    wanted = row.outcome
    if note is None or isinstance(wanted, Refused):
        return "" if note is None and isinstance(wanted, Refused) else "moved, or did not"
    (file,) = note.media
    path = sent[file.sha256]
    if isinstance(wanted, Jpeg):
        with Image.open(path) as image:
            right = (image.format, image.size) == ("JPEG", wanted.size)
            right = right and apart(corners_of(image), wanted.corners) <= wanted.within
    elif isinstance(wanted, (Remuxed, Converted)):
        shown, within = see(path), getattr(wanted, "within", 4)
        right = (shown.coding, shown.size) == ("h264", wanted.size)
        right = right and bool(shown.sound) == row.sound
        right = right and apart(shown.corners, wanted.corners) <= within
    else:
        right = file.sha256 == _checksum(source)
    right = right and PLACE not in path.read_bytes()
    return "" if right else f"{path} is not as it should be"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
