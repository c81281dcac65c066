"""A real browser plays every video that is sent: upright, to its end, with its sound."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crossover.media.fit.fitted import FittedVideo
from crossover.model.choices import Convert, Rules
from tests.browser import stay_open
from tests.media.fitting import LIMITS, fit_all, media
from tests.media.kinds_of_videos import VIDEOS
from tests.media.made_films import FLASH, film
from tests.media.made_pictures import Colour
from tests.media.media_row import Kept, MediaRow
from tests.media.opened_again import apart
from tests.media.test_media_table import sent_file
from tests.tier import by_tier

SOME = ("MP4", "turned MOV: quarter turn", "mirrored MOV: mirrored", "HEVC with HDR10", "WebM")
"""By name; with `--complete` all of the table."""
WITHIN = 12
"""How far colours may be off: a browser takes its own way from those of a film to its own."""
PRORES = "cannot be played.mov"
"""A control: a browser hears it and shows nothing."""


class _Site(SimpleHTTPRequestHandler):
    """A folder, and a place where the page leaves what it saw."""

    def __init__(
        self, told: dict[str, Any], done: threading.Event, *rest: Any, **more: Any
    ) -> None:
        self._told, self._done = told, done
        super().__init__(*rest, **more)

    def do_POST(self) -> None:
        self._told.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()
        self._done.set()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def site(folder: Path, told: dict[str, Any], done: threading.Event) -> Iterator[str]:
    handler = partial(_Site, told, done, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.complete
def test_a_browser_plays_every_video_that_is_sent(tmp_path: Path) -> None:
    rows = {
        f"{n}-{row.file}": row
        for n, row in enumerate(VIDEOS)
        if by_tier(row.name in SOME, not row.complete)
    }
    shown = tmp_path / "shown"
    names = show_sent(tmp_path, rows, shown)
    film(shown / PRORES, "-c:v", "prores_ks", "-pix_fmt", "yuv422p10le")
    listed = [{"name": name, "sound": row.sound} for name, row in rows.items()]
    listed.append({"name": PRORES, "sound": True})
    (shown / "videos.json").write_text(json.dumps(listed))
    shutil.copy(Path(__file__).with_name("player.html"), shown)
    told: dict[str, Any] = {}
    done = threading.Event()
    with site(shown, told, done) as address:
        stay_open(f"{address}/player.html", tmp_path / "profile", done, seconds=90)
    assert told.pop(PRORES)["size"] == [0, 0]
    assert sorted(told) == sorted(names)
    wrong = {
        row.name: what
        for name, row in rows.items()
        if (what := what_is_wrong(told[name], row)) is not None
    }
    assert wrong == {}


def show_sent(root: Path, rows: dict[str, MediaRow], shown: Path) -> list[str]:
    """Make the files of all rows, and lay what would be sent of each into `shown`."""
    (root / "media").mkdir()
    shown.mkdir()
    for name, row in rows.items():
        row.make(root / "media" / name)
    items = [media(root, name) for name in rows]
    fitted = fit_all(root, items, LIMITS, rules=Rules(convert=Convert.ALWAYS))
    for name, item in zip(rows, items, strict=True):
        one = fitted[item.sha256, item.kind]
        assert isinstance(one, FittedVideo), (name, one)
        shutil.copy(sent_file(root, root / item.path, one), shown / name)
    return list(rows)


def what_is_wrong(seen: dict[str, Any], row: MediaRow) -> object:
    wanted = row.outcome
    assert isinstance(wanted, Kept)
    if "error" in seen:
        return seen
    colours: tuple[Colour, ...] = tuple((r, g, b) for r, g, b in seen["corners"])
    right = (
        tuple(seen["size"]) == wanted.size
        and apart(colours, wanted.corners) <= max(WITHIN, getattr(wanted, "within", 0))
        and abs(seen["seconds"] - 1) < 0.1
        and abs(seen["played"] - seen["seconds"]) < 0.1
    )
    if row.sound:
        right = right and seen["decoded"] > 0 and seen["loud"] > 0.05
        right = right and abs(seen["tone"] - FLASH[0]) < 0.05
    return None if right else seen
