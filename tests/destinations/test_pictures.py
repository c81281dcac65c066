"""Pictures go up several at a time, and nobody outside can tell but by the clock."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.upload_memory import FileUploadMemory
from crossover.destinations.base import ChangedFile
from crossover.errors import Interrupted, RetryLater
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.model.posts import Kind
from crossover.model.uploads import UploadedFile
from tests.destinations.makers import Bytes, FakeClock, clip, cover, note, picture, rednote
from tests.destinations.upload_site import (
    BUSY,
    HTML,
    RESET_AFTER,
    RESET_BEFORE,
    RESET_INSIDE,
    UploadSite,
    ids_of,
)

REAL_SLEEP = time.sleep


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def pictures(root: Path, count: int = 18) -> Note:
    return note(
        media=tuple(picture(root, f"{n}.jpg", b"\xff\xd8\xff %d" % n) for n in range(count))
    )


def data_of(site: UploadSite, prepared: Any) -> list[bytes | None]:
    return [site.slots[file_id].data for file_id in ids_of(prepared)]


class OneThread:
    """A memory and a progress that refuse to be called from anywhere else."""

    def __init__(self, path: Path) -> None:
        self.home = threading.get_ident()
        self.memory = FileUploadMemory(path)
        self.bytes = Bytes()

    def __getattr__(self, name: str) -> Any:
        assert threading.get_ident() == self.home
        return getattr(self.memory, name)

    def progress(self, count: int) -> None:
        assert threading.get_ident() == self.home
        self.bytes(count)


def test_four_are_under_way_at_a_time_and_keep_their_order(tmp_path: Path) -> None:
    chance, lock = random.Random(7), threading.Lock()
    under_way = most = 0
    four = threading.Event()  # however slowly they come: the first waits for the others

    def delay(request: httpx.Request) -> None:
        nonlocal under_way, most
        if request.method != "PUT":
            return
        with lock:
            under_way += 1
            most = max(most, under_way)
            pause = chance.uniform(0.005, 0.03)
            if under_way == 4:
                four.set()
        assert four.wait(60)
        REAL_SLEEP(pause)
        with lock:
            under_way -= 1

    site = UploadSite(before=delay)
    made, watched = pictures(tmp_path), OneThread(tmp_path / "memory.json")
    with rednote(site, tmp_path) as destination:
        prepared = destination.prepare(made, watched, watched.progress)
    assert data_of(site, prepared) == [b"\xff\xd8\xff %d" % n for n in range(18)]
    assert most == 4
    assert watched.bytes.total == sum(file.bytes for file in made.media)
    assert len(watched.memory.uploaded_files()) == 18
    assert site.calls["permit"] == 1


def test_a_video_and_its_cover_go_one_after_the_other(tmp_path: Path) -> None:
    site = UploadSite()
    made = note(kind=Kind.VIDEO, media=(clip(tmp_path),), cover=cover(tmp_path))
    with rednote(site, tmp_path) as destination:
        destination.prepare(made, FileUploadMemory(tmp_path / "m.json"), Bytes())
    counts = [url.params["file_count"] for url in site.asked if "scene" in url.params]
    assert counts == ["1", "1"]


@pytest.mark.parametrize("ids_at_once", [1, 5, 100])
def test_permits_are_asked_for_together_as_far_as_the_site_gives_them(
    tmp_path: Path, ids_at_once: int
) -> None:
    site = UploadSite(ids_at_once=ids_at_once)
    with rednote(site, tmp_path) as destination:
        prepared = destination.prepare(
            pictures(tmp_path, 12), FileUploadMemory(tmp_path / "m.json"), Bytes()
        )
    assert len(set(ids_of(prepared))) == 12
    assert site.calls["permit"] == -(-12 // ids_at_once)


def test_a_site_that_gives_one_permit_at_a_time_is_asked_so(tmp_path: Path) -> None:
    class Single(UploadSite):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.params.get("file_count", "1") != "1":
                return httpx.Response(200, stream=httpx.ByteStream(b'{"code":-9059}'))
            return super().handle_request(request)

    site = Single()
    with rednote(site, tmp_path) as destination:
        prepared = destination.prepare(
            pictures(tmp_path, 3), FileUploadMemory(tmp_path / "m.json"), Bytes()
        )
    assert len(ids_of(prepared)) == 3


def test_calls_to_a_real_site_keep_their_distance_and_uploads_need_none(tmp_path: Path) -> None:
    clock = FakeClock()
    site = UploadSite(ids_at_once=6)
    with rednote(site, tmp_path, site=SiteName.REDNOTE, spacing=1, clock=clock) as destination:
        destination.prepare(pictures(tmp_path, 18), FileUploadMemory(tmp_path / "m.json"), Bytes())
    assert site.calls["permit"] == 3
    assert len(clock.slept) == 2
    assert all(1 <= pause <= 1.5 for pause in clock.slept)


def test_what_arrived_before_a_failure_is_remembered(tmp_path: Path) -> None:
    made, path = pictures(tmp_path, 6), tmp_path / "memory.json"
    arrived, answered, remembered = count(1), count(1), threading.Event()

    def wait(request: httpx.Request) -> None:
        if request.method == "PUT" and next(arrived) > 4:
            assert remembered.wait(30), "a failure ends the uploads at hand; four are through first"

    def fault(call: str) -> str | None:
        return BUSY if call == "put" and next(answered) > 4 else None

    class Remembering(FileUploadMemory):
        def remember_file(self, file: UploadedFile) -> None:
            super().remember_file(file)
            if len(self.uploaded_files()) == 4:
                remembered.set()

    site = UploadSite(fault, before=wait)
    with rednote(site, tmp_path) as destination, pytest.raises(RetryLater):
        destination.prepare(made, Remembering(path), Bytes())
    assert len(FileUploadMemory(path).uploaded_files()) == 4
    site.fault = lambda _: None
    puts = site.calls["put"]
    with rednote(site, tmp_path) as destination:
        prepared = destination.prepare(made, FileUploadMemory(path), Bytes())
    assert site.calls["put"] == puts + 2
    assert data_of(site, prepared) == [b"\xff\xd8\xff %d" % n for n in range(6)]


def test_asked_to_stop_those_at_hand_are_finished_and_no_more_begin(tmp_path: Path) -> None:
    asked, first = threading.Event(), threading.Lock()

    def wait(request: httpx.Request) -> None:
        if request.method == "PUT" and not first.acquire(blocking=False):
            asked.wait(60)

    class Asked(FileUploadMemory):
        def remember_file(self, file: UploadedFile) -> None:
            super().remember_file(file)
            asked.set()
            raise Interrupted("Stopped as you asked.")

    site, memory = UploadSite(before=wait), Asked(tmp_path / "memory.json")
    with rednote(site, tmp_path) as destination, pytest.raises(Interrupted):
        destination.prepare(pictures(tmp_path), memory, Bytes())
    assert site.calls["put"] == 4
    assert len(memory.uploaded_files()) == 4


def test_a_changed_picture_stops_the_others(tmp_path: Path) -> None:
    made = pictures(tmp_path, 18)

    def change(request: httpx.Request) -> None:
        if request.method == "PUT":
            REAL_SLEEP(0.05)
        (tmp_path / "5.jpg").write_bytes(b"\xff\xd8\xff !")

    site = UploadSite(before=change)
    with rednote(site, tmp_path) as destination, pytest.raises(ChangedFile):
        destination.prepare(made, FileUploadMemory(tmp_path / "m.json"), Bytes())
    assert site.calls["put"] < 17


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 18),
    st.lists(
        st.sampled_from([None, None, RESET_BEFORE, RESET_INSIDE, RESET_AFTER, BUSY, HTML]),
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_any_failures_and_delays_end_with_every_picture_in_its_place(
    count: int, schedule: list[str | None], chance: random.Random
) -> None:
    left = iter(schedule)
    pauses = [chance.uniform(0, 0.002) for _ in range(64)]
    site = UploadSite(
        lambda call: next(left, None),
        before=lambda r: REAL_SLEEP(pauses[hash(str(r.url)) % 64]),
    )
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", lambda _: None)
        root = Path(folder)
        made = pictures(root, count)
        for _ in range(len(schedule) + 2):
            with rednote(site, root) as destination:
                try:
                    prepared = destination.prepare(
                        made, FileUploadMemory(root / "memory.json"), Bytes()
                    )
                except RetryLater:
                    continue
            break
        assert data_of(site, prepared) == [b"\xff\xd8\xff %d" % n for n in range(count)]
    assert site.leaks == []
