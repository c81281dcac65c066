"""Damaged, forged and foreign files: each is refused with a reason, and the others go on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossover.media.fitted import FittedPicture, FittedVideo, Unfit
from tests.media.fitting import LIMITS, fit_all, media
from tests.media.kinds_of_bad_files import bad_files
from tests.media.made_films import AAC, FASTSTART, H264, film, sdr
from tests.media.made_pictures import jpeg
from tests.media.media_row import Refused


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine, and who came to it."""
    reached: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, who = server.accept()
                except OSError:
                    return
                reached.append(who)
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], reached


def test_each_bad_file_is_refused_with_its_reason_and_the_others_go_on(
    tmp_path: Path, listener: tuple[int, list[object]]
) -> None:
    port, reached = listener
    rows = bad_files(port)
    (tmp_path / "media").mkdir()
    names = [f"{number:02}-{row.file}" for number, row in enumerate(rows)]
    for name, row in zip(names, rows, strict=True):
        row.make(tmp_path / "media" / name)
    film(tmp_path / "media/zz.mp4", *sdr(), *H264, *AAC, *FASTSTART)
    (tmp_path / "media/zz.jpg").write_bytes(jpeg())
    items = [media(tmp_path, name) for name in (*names, "zz.mp4", "zz.jpg")]
    results = fit_all(tmp_path, items, LIMITS)
    became = [results[item.sha256, item.kind] for item in items]
    wrong = {
        row.name: result
        for row, result in zip(rows, became, strict=False)
        if not isinstance(row.outcome, Refused)
        or not isinstance(result, Unfit)
        or row.outcome.says not in result.reason
    }
    assert wrong == {}
    assert isinstance(became[-2], FittedVideo)
    assert isinstance(became[-1], FittedPicture)
    assert reached == []
