"""Damaged, forged and foreign files: each is refused with a reason, and the others go on."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossover.media.decoder import child, worker
from crossover.media.fit.fitted import FittedPicture, FittedVideo, Unfit
from tests.media.fitting import LIMITS, fit_all, media, reason
from tests.media.kinds_of_bad_files import bad_files
from tests.media.made_films import AAC, AV1, FASTSTART, H264, film, sdr
from tests.media.made_pictures import jpeg, quarters, saved
from tests.media.media_row import Refused

SHORT = 300 * 1024**2
"""Bytes of addresses that a child is left with."""


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


@pytest.mark.complete
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_where_memory_is_short_no_file_is_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({SHORT}, {SHORT}))"
    command = [sys.executable, "-c", f"{short}; from {worker.__name__} import main; main()"]
    monkeypatch.setattr(child, "worker_command", lambda: command)
    (tmp_path / "media").mkdir()
    film(tmp_path / "media/a.mp4", *sdr(), *AV1, size=(1440, 2560), seconds=0.2)
    (tmp_path / "media/b.png").write_bytes(saved(quarters(5000, 9000), "PNG"))
    items = [media(tmp_path, name) for name in ("a.mp4", "b.png")]
    for fitted in fit_all(tmp_path, items, LIMITS).values():
        assert "too little memory" in reason(fitted)
