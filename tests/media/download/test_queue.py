"""A few at a time, soonest first, and nobody holds up the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.media.download.disk_space import DiskSpace
from crossover.media.download.download import Bounds
from crossover.media.download.leftovers import part_bytes, sweep_parts
from crossover.media.download.outcomes import LinkState
from crossover.media.download.queue import fetch, in_order
from crossover.media.download.sizes import ask_sizes, guess_total
from tests.media.download.conftest import PICTURE, Fetcher, Time, wanted
from tests.media.download.server import MediaServer, cut, jpeg, lying_in, mp4, status


def test_what_a_kill_left_of_no_use_is_swept_away(tmp_path: Path) -> None:
    for name in ("whole.mp4", "whole.part.json", "half.part", "half.part.json", "own.part.json"):
        (tmp_path / name).write_text("x")
    for name in ("nothing.part", "nothing.part.json", "own.part"):
        (tmp_path / name).touch()
    (tmp_path / "own.part").rename(tmp_path / "browser.part")
    stems = ("whole", "half", "nothing")
    sweep_parts(tmp_path, stems)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "browser.part",
        "half.part",
        "half.part.json",
        "own.part.json",
        "whole.mp4",
    ]
    sweep_parts(tmp_path / "not there", stems)


def test_soonest_deadline_first() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    some = [
        replace(wanted(f"http://x/{n}"), expires=noon + timedelta(days=days) if days else None)
        for n, days in enumerate([None, 10, 4, 7])
    ]
    assert [one.key for one in in_order(some)] == ["2", "3", "1", "0"]


def test_what_dies_first_is_fetched_first(server: MediaServer, fetcher: Fetcher) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    some = [
        replace(wanted(server.put(f"/v/{n}", mp4(5000))), expires=noon + timedelta(days=days))
        for n, days in enumerate([10, 2, 4])
    ]
    with fetcher.client() as client:
        list(fetch(some, fetcher.folder, client, fetcher.count, workers=1, bounds=fetcher.bounds))
    assert [r.target.partition("?")[0] for r in server.requests] == ["/v/1", "/v/2", "/v/0"]


def test_many_files_come_right_over_many_faults(
    server: MediaServer, fetcher: Fetcher, figure: Callable[[str], None]
) -> None:
    files = {f"/storage/v1/b/{n}": mp4(200_000 + n, seed=n) for n in range(30)}
    some = [
        wanted(
            server.put(path, data, *([cut(n * 1000)] if n % 3 == 0 else [status(503)] * (n % 2)))
        )
        for n, (path, data) in enumerate(files.items())
    ]
    with fetcher.client() as client:
        done = list(
            fetch(some, fetcher.folder, client, fetcher.count, workers=4, bounds=fetcher.bounds)
        )
    assert {one.key for one, _ in done} == {path[1:] for path in files}
    for one, result in done:
        assert result.state is LinkState.FETCHED
        assert result.path is not None
        assert result.path.read_bytes() == files[f"/{one.key}"]
    payload = sum(map(len, files.values()))
    figure(f"{fetcher.received:,} bytes came for {payload:,} over 10 cut lines")
    assert fetcher.received <= payload + 10 * 256 * 1024


@pytest.mark.parametrize("refuses_head", [False, True])
def test_sizes_are_asked_without_fetching_anything(
    server: MediaServer, fetcher: Fetcher, refuses_head: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [wanted(server.put(f"/v/{n}", mp4(100_000 * n))) for n in (1, 2, 3)]
    some.append(wanted(server.url("/v/gone")))
    if refuses_head:
        from tests.media.download.server import Handler

        monkeypatch.setattr(Handler, "do_HEAD", lambda self: self.plain(403, b""))
    with fetcher.client() as client:
        sizes = ask_sizes(some, client, workers=2)
    assert sizes == {"v/1": 100_000, "v/2": 200_000, "v/3": 300_000}
    assert fetcher.received == 0
    assert guess_total(some, sizes) == 800_000


def test_nobody_is_asked_for_longer_than_ten_seconds(server: MediaServer, fetcher: Fetcher) -> None:
    some = [wanted(server.put(f"/v/{n}", jpeg(1000)), PICTURE) for n in range(50)]

    class Ticking(Time):
        def monotonic(self) -> float:
            self.sleep(0.5)
            return super().monotonic()

    fetcher.time = Ticking()
    with fetcher.client() as client:
        sizes = ask_sizes(some, client, workers=1)
    assert len(sizes) < 20
    assert len(server.requests) <= 20
    assert guess_total(some, {}) is None
    assert guess_total(some, {some[0].key: 1000}) == 50_000


def test_what_an_earlier_run_left_is_known(server: MediaServer, fetcher: Fetcher) -> None:
    film = wanted(server.put("/v/1", mp4(500_000), cut(300_000), *[status(500)] * 9))
    fetcher(film.url)
    assert part_bytes(fetcher.folder, film.stem) == 300_000
    assert part_bytes(fetcher.folder, "nothing") == 0


@pytest.mark.parametrize("told", [True, False], ids=["sizes told", "sizes not told"])
def test_on_a_small_disk_what_fits_comes_whole_and_the_rest_is_not_begun(
    server: MediaServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    def free(_: DiskSpace) -> int:
        return 2_500_000 - lying_in(fetcher.folder)

    monkeypatch.setattr(DiskSpace, "_free", free)
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    films = [wanted(server.put(f"/v/{n}", mp4(1_000_000, seed=n))) for n in range(5)]
    some = [
        replace(one, expires=noon + timedelta(days=n), size=1_000_000 if told else None)
        for n, one in enumerate(films)
    ]
    server.rate = 8_000_000
    limits = Bounds(spare=300_000)
    with fetcher.client() as client:
        done = dict(fetch(some, fetcher.folder, client, fetcher.count, workers=4, bounds=limits))
    whole = [one.key for one in some if done[one].state is LinkState.FETCHED]
    assert len(whole) == 2
    assert {result.state for result in done.values()} == {LinkState.FETCHED, LinkState.NO_ROOM}
    assert fetcher.received == 2_000_000
    assert fetcher.rests() == []
    if told:
        assert whole == ["v/0", "v/1"], "the soonest deadlines"
        assert len(server.requests) == 2


def test_room_that_a_file_did_not_need_is_there_for_the_next(tmp_path: Path) -> None:
    space = DiskSpace(tmp_path / "fetched", spare=0)
    free = 10**15  # more than there is
    assert not space.reserve("a", free)
    half = space._free() // 2 + 10**6
    assert space.reserve("a", half)
    assert not space.reserve("b", half)
    space.release("a")
    assert space.reserve("b", half)
    space.wrote("b", half - 5)
    assert space.reserved("b") == 5
    assert space.reserve("c", half)
