"""One file gets here right, whatever the server does, or it is named with its reason."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from crossover.errors import RetryLater
from crossover.media.download.connections import Timeouts
from crossover.media.download.disk_space import DiskSpace
from crossover.media.download.download import Bounds
from crossover.media.download.outcomes import LinkState
from crossover.media.download.partial_file import PartialFile
from crossover.runtime.retry import Backoff
from crossover.runtime.workers import Stopped
from tests.media.download.conftest import PICTURE, Fetcher
from tests.media.download.server import (
    BLOCK,
    Fault,
    MediaServer,
    change,
    chunked,
    cut,
    drip,
    endless,
    ignores_if_range,
    jpeg,
    mp4,
    packed,
    redirect,
    reserve,
    rubbish,
    stall,
    status,
    whole,
    wrong_piece,
)

FILM = mp4(1_000_000)
OTHER = mp4(1_200_000, seed=1)
SHORT = mp4(500_000, seed=2)


def right(fetcher: Fetcher, url: str, data: bytes = FILM) -> None:
    result = fetcher(url)
    assert result.state is LinkState.FETCHED, result.reason
    assert result.path is not None
    assert result.path.read_bytes() == data
    assert (result.bytes, result.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert fetcher.rests() == []


def test_a_film_comes_whole_with_its_sum_and_no_byte_twice(
    server: MediaServer, fetcher: Fetcher
) -> None:
    right(fetcher, server.put("/storage/v1/b/film", FILM))
    assert fetcher.received == len(FILM)
    assert fetcher.time.waited == []


def test_the_signed_query_goes_out_byte_for_byte_and_nothing_else_does(
    server: MediaServer, fetcher: Fetcher
) -> None:
    server.put("/storage/v1/b/film", FILM)
    query = "x-tos-signature=a%2fb%2Fc'\"<>[]{}|^`~+!$&;=%zz%E4%b8&&l=&"
    fetcher(server.url("/storage/v1/b/film", query))
    (request,) = server.requests
    assert request.target == f"/storage/v1/b/film?{query}"
    assert set(request.headers) == {"accept", "accept-encoding", "user-agent", "host"}
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["user-agent"].startswith("crossover/")


@pytest.mark.parametrize(
    ("faults", "dearer"),
    [
        ([cut(300_000)], 1),
        ([cut(300_000, rst=True)], 1),
        ([cut(0), cut(1), cut(70_000), cut(900_000)], 4),
        ([status(500), status(502), status(503)], 0),
        ([status(429, Retry_After=7)], 0),
        ([rubbish], 0),
        ([chunked], 0),
    ],
    ids=["cut", "reset", "cut often", "5xx", "429", "not HTTP", "chunked"],
)
def test_what_passes_is_gone_on_with_at_the_cost_of_a_block(
    server: MediaServer, fetcher: Fetcher, faults: list[Fault], dearer: int
) -> None:
    right(fetcher, server.put("/storage/v1/b/film", FILM, *faults))
    assert fetcher.received <= len(FILM) + dearer * BLOCK


def test_a_server_that_falls_silent_is_left_and_gone_on_with(
    server: MediaServer, fetcher: Fetcher
) -> None:
    fetcher.timeouts = replace(fetcher.timeouts, silent=0.4)
    right(fetcher, server.put("/storage/v1/b/film", FILM, stall(200_000)))
    assert fetcher.received <= len(FILM) + BLOCK


@pytest.mark.parametrize(
    ("faults", "data"),
    [
        ([cut(300_000), whole], FILM),
        ([cut(300_000), change(OTHER)], OTHER),
        ([cut(900_000), change(SHORT)], SHORT),
        ([cut(300_000), ignores_if_range(OTHER)], OTHER),
        ([cut(300_000), wrong_piece], FILM),
        ([cut(300_000), status(416)], FILM),
        ([reserve(1_500_000)], FILM),
    ],
    ids=[
        "200 for Range",
        "changed",
        "shorter now",
        "changed, piece",
        "wrong piece",
        "416",
        "wrong length",
    ],
)
def test_what_changed_begins_anew_and_costs_the_file_once_more(
    server: MediaServer, fetcher: Fetcher, faults: list[Fault], data: bytes
) -> None:
    right(fetcher, server.put("/storage/v1/b/film", FILM, *faults), data)
    assert fetcher.received <= len(data) + len(FILM) + 2 * BLOCK


def test_a_server_that_gives_pieces_gives_the_file_in_the_end(
    server: MediaServer, fetcher: Fetcher
) -> None:
    def piece(handler: Any, served: Any) -> None:
        """Fewer bytes than asked for, and no Content-Length to tell by."""
        first = int(handler.headers["Range"].partition("=")[2].partition("-")[0])
        part = served.data[first : first + 250_000]
        ends = f"bytes {first}-{first + len(part) - 1}/{len(served.data)}"
        handler.begin(206, Content_Range=ends, ETag=served.tag, Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(part), part))

    right(fetcher, server.put("/storage/v1/b/film", FILM, cut(300_000), *[piece] * 3))
    assert fetcher.received == len(FILM)


def test_without_a_validator_a_cut_file_is_never_gone_on_with(
    server: MediaServer, fetcher: Fetcher
) -> None:
    def cut_without_tag(handler: Any, served: Any) -> None:
        handler.begin(200, Content_Length=len(served.data))
        handler.send(served.data[:300_000])
        handler.end()

    right(fetcher, server.put("/storage/v1/b/film", FILM, cut_without_tag, etag=False))
    assert ["range" in request.headers for request in server.requests] == [False, False]


def test_the_next_run_goes_on_where_the_last_one_ended(
    server: MediaServer, fetcher: Fetcher
) -> None:
    url = server.put("/storage/v1/b/film", FILM, cut(600_000), *[status(500)] * 9)
    assert fetcher(url).state is LinkState.LATER
    assert fetcher.rests() == ["storage-v1-b-film.part", "storage-v1-b-film.part.json"]
    server.objects["/storage/v1/b/film"].faults.clear()
    right(fetcher, url)
    last = server.requests[-1].headers
    assert last["range"] == "bytes=600000-"
    assert last["if-range"].startswith('"')
    assert fetcher.received == len(FILM)


def test_the_record_of_a_part_holds_no_signed_link(server: MediaServer, fetcher: Fetcher) -> None:
    fetcher(server.put("/storage/v1/b/film", FILM, cut(600_000), *[status(500)] * 9))
    for path in fetcher.folder.iterdir():
        assert b"CANARY" not in path.read_bytes()
        assert b"signature" not in path.read_bytes()
        if os.name != "nt":
            assert path.stat().st_mode & 0o077 == 0
    record = json.loads((fetcher.folder / "storage-v1-b-film.part.json").read_text("utf-8"))
    assert record["key"] == "storage/v1/b/film"


@pytest.mark.parametrize("damage", ["", "{", '{"format": "crossover/part", "version": 9}'])
def test_a_damaged_record_costs_a_new_beginning_and_no_more(
    server: MediaServer, fetcher: Fetcher, damage: str
) -> None:
    url = server.put("/storage/v1/b/film", FILM, cut(600_000), *[status(500)] * 9)
    fetcher(url)
    (fetcher.folder / "storage-v1-b-film.part.json").write_text(damage)
    server.objects["/storage/v1/b/film"].faults.clear()
    right(fetcher, url)


def test_zeros_that_a_power_cut_left_are_not_taken_for_bytes(
    server: MediaServer, fetcher: Fetcher
) -> None:
    url = server.put("/storage/v1/b/film", FILM, cut(600_000), *[status(500)] * 9)
    fetcher(url)
    with (fetcher.folder / "storage-v1-b-film.part").open("r+b") as part:
        part.truncate(400_000)
        part.truncate(700_000)
    server.objects["/storage/v1/b/film"].faults.clear()
    right(fetcher, url)


def test_killed_between_the_last_byte_and_the_name_nothing_is_asked_again(
    server: MediaServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.put("/storage/v1/b/film", FILM)
    with monkeypatch.context() as dying:
        dying.setattr(PartialFile, "finish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetcher(url)
    asked = len(server.requests)
    right(fetcher, url)
    assert len(server.requests) == asked


@pytest.mark.parametrize(
    ("fault", "state", "said"),
    [
        (status(403), LinkState.REFUSED, "no longer gives it out"),
        (status(401), LinkState.REFUSED, "no longer gives it out"),
        (status(404), LinkState.GONE, "no longer has it"),
        (status(410), LinkState.GONE, "no longer has it"),
        (status(418), LinkState.REFUSED, "418"),
        (status(200, jpeg(5000)), LinkState.UNFIT, "it is JPEG, not MP4"),
        (status(200, b""), LinkState.UNFIT, "empty file"),
        (status(200, b'{"error": "expired"}'), LinkState.UNFIT, "no kind of picture or video"),
        (status(204, b""), LinkState.LATER, "no sense"),
        (packed, LinkState.UNFIT, "compressed"),
        (status(200, FILM[:-1000]), LinkState.UNFIT, "cut short: 1,000 bytes"),
    ],
)
def test_what_is_not_the_file_is_not_kept_and_named(
    server: MediaServer, fetcher: Fetcher, fault: Fault, state: LinkState, said: str
) -> None:
    result = fetcher(server.put("/storage/v1/b/film", FILM, *[fault] * 9))
    assert (result.state, result.path) == (state, None)
    assert said in result.reason
    assert list(fetcher.folder.iterdir()) == []
    assert "CANARY" not in result.reason


def test_an_encrypted_video_is_reported_and_not_kept(server: MediaServer, fetcher: Fetcher) -> None:
    result = fetcher(server.put("/kfc/b/film", FILM[100:]))
    assert result.state is LinkState.UNFIT
    assert "encrypted" in result.reason
    assert list(fetcher.folder.iterdir()) == []
    right(fetcher, server.put("/kfc/b/plain", FILM))


def test_a_length_that_never_comes_is_said(server: MediaServer, fetcher: Fetcher) -> None:
    result = fetcher(server.put("/storage/v1/b/film", FILM, *[reserve(2_000_000)] * 20))
    assert result.state is LinkState.LATER
    assert "1,000,000 of 2,000,000 bytes came" in result.reason
    assert fetcher.received <= 5 * len(FILM)


def test_a_file_that_never_stays_the_same_is_said(server: MediaServer, fetcher: Fetcher) -> None:
    def another(handler: Any, served: Any) -> None:
        served.data = mp4(1_000_000, seed=len(server.requests))
        cut(300_000)(handler, served) if "Range" not in handler.headers else reserve(2_000_000)(
            handler, served
        )

    result = fetcher(server.put("/storage/v1/b/film", FILM, *[another] * 20))
    assert result.state is LinkState.LATER
    assert "changes while it is being fetched" in result.reason


def test_pictures_are_named_by_what_they_are(server: MediaServer, fetcher: Fetcher) -> None:
    webp = b"RIFF\x40\x00\x00\x00WEBPVP8 " + bytes(range(1, 60))
    for key, data, suffix in (("a", jpeg(900), ".jpg"), ("b", webp, ".webp")):
        result = fetcher(server.put(f"/tos-photomode/{key}~tplv-noop.jpeg", data), PICTURE)
        assert result.path is not None
        assert result.path.suffix == suffix
        assert result.path.read_bytes() == data


def test_a_body_without_end_is_ended(server: MediaServer, fetcher: Fetcher) -> None:
    fetcher.bounds = Bounds(spare=0, video_bytes=2_000_000)
    result = fetcher(server.put("/storage/v1/b/film", FILM, endless(FILM[:64])))
    assert result.state is LinkState.UNFIT
    assert fetcher.received <= 2_000_000
    assert fetcher.rests() == []


def test_a_body_without_a_length_has_the_one_that_was_told_before(
    server: MediaServer, fetcher: Fetcher
) -> None:
    url = server.put("/storage/v1/b/film", FILM, endless(FILM[:64]))
    result = fetcher(url, size=900_000)
    assert (result.state, result.path) == (LinkState.UNFIT, None)
    assert "more came than TikTok had said" in result.reason
    assert fetcher.received <= 900_000
    server.objects["/storage/v1/b/film"].faults.append(chunked)
    assert fetcher(url, size=len(FILM)).state is LinkState.FETCHED


def test_a_length_that_nobody_tells_has_a_bound_of_its_own(
    server: MediaServer, fetcher: Fetcher
) -> None:
    fetcher.bounds = Bounds(spare=0, unsized_bytes=700_000)
    result = fetcher(server.put("/storage/v1/b/film", FILM, endless(FILM[:64])))
    assert result.state is LinkState.UNFIT
    assert fetcher.received <= 700_000
    right(fetcher, server.put("/storage/v1/b/long", FILM))


def test_a_claim_of_too_many_bytes_is_not_begun(server: MediaServer, fetcher: Fetcher) -> None:
    result = fetcher(server.put("/storage/v1/b/film", FILM, reserve(10**14)))
    assert result.state is LinkState.UNFIT
    assert fetcher.received == 0


def test_a_server_that_only_drips_is_given_up(server: MediaServer, fetcher: Fetcher) -> None:
    fetcher.bounds = Bounds(spare=0, backoff=Backoff(retries=1))
    fetcher.timeouts = Timeouts(silent=5, window=0.2)
    result = fetcher(server.put("/storage/v1/b/film", FILM, drip, drip))
    assert result.state is LinkState.LATER
    assert fetcher.received < 1000
    assert len(server.requests) == 2


def test_a_slow_line_gets_there(server: MediaServer, fetcher: Fetcher) -> None:
    server.rate = 1_500_000
    fetcher.timeouts = Timeouts(silent=1, window=0.1)
    right(fetcher, server.put("/storage/v1/b/film", FILM))


def test_a_bad_line_gets_a_large_file_through(server: MediaServer, fetcher: Fetcher) -> None:
    film = mp4(6_000_000)
    right(fetcher, server.put("/storage/v1/b/film", film, *[cut(300_000)] * 19), film)
    assert fetcher.received <= len(film) + 19 * BLOCK


# --- waiting --------------------------------------------------------------------------------


def test_waits_grow_and_end(server: MediaServer, fetcher: Fetcher) -> None:
    result = fetcher(server.put("/storage/v1/b/film", FILM, *[status(500)] * 50))
    assert result.state is LinkState.LATER
    assert "500" in result.reason
    assert len(server.requests) == 5
    assert 1 + 2 + 4 + 8 < sum(fetcher.time.waited) * 1.25 < 1.25 * 1.25 * (1 + 2 + 4 + 8) + 1


@pytest.mark.parametrize("spelled", ["seconds", "date"])
def test_a_wait_that_is_asked_for_is_kept(
    server: MediaServer, fetcher: Fetcher, spelled: str
) -> None:
    later = datetime.now(UTC) + timedelta(seconds=41)
    asked = 40 if spelled == "seconds" else format_datetime(later, usegmt=True)
    right(fetcher, server.put("/storage/v1/b/film", FILM, status(429, Retry_After=asked)))
    assert 38 <= sum(fetcher.time.waited) <= 42
    assert [round(wait, -1) for wait in fetcher.told] == [40]


def test_a_wait_that_several_files_are_asked_for_is_told_once(fetcher: Fetcher) -> None:
    with fetcher.client() as client:
        for seconds in (40, 40, 0, 60):
            client.slow_down(fetcher.server.url("/storage/v1/b/film"), seconds)
    assert fetcher.told == [40, 60]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (150, "wait 2 minutes"),
        (9_999, "wait 3 hours"),
        (400_000, "wait 5 days"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "longer than a year"),
        ("9" * 18, "longer than a year"),
    ],
)
def test_nobody_waits_for_hours(
    server: MediaServer, fetcher: Fetcher, asked: object, said: str
) -> None:
    result = fetcher(server.put("/storage/v1/b/film", FILM, status(503, Retry_After=asked)))
    assert result.state is LinkState.LATER
    assert said in result.reason
    assert fetcher.time.waited == []
    assert fetcher.told == []


def test_a_wait_beyond_the_life_of_the_link_is_said(server: MediaServer, fetcher: Fetcher) -> None:
    url = server.put("/storage/v1/b/film", FILM, status(503, Retry_After=9_999))
    result = fetcher(url, expires=datetime.now(UTC) + timedelta(hours=1))
    assert "wait longer than the link lives" in result.reason


@pytest.mark.parametrize("asked", ["soon", "-5", "", "1e9", "9" * 400])
def test_a_wait_that_is_rubbish_is_our_own(
    server: MediaServer, fetcher: Fetcher, asked: str
) -> None:
    right(fetcher, server.put("/storage/v1/b/film", FILM, status(503, Retry_After=asked)))
    assert 1 <= sum(fetcher.time.waited) <= 2


def test_asked_to_stop_a_silent_server_is_left_and_the_part_kept(
    server: MediaServer, fetcher: Fetcher
) -> None:
    fetcher.timeouts = Timeouts(silent=60)
    fetcher.stop_at = 200_000
    with pytest.raises(Stopped):
        fetcher(server.put("/storage/v1/b/film", FILM, stall(200_000)))
    assert (fetcher.folder / "storage-v1-b-film.part").stat().st_size == 200_000


# --- redirects ------------------------------------------------------------------------------


def test_a_redirect_within_what_is_allowed_is_followed(
    server: MediaServer, fetcher: Fetcher
) -> None:
    server.put("/storage/v1/b/there", FILM)
    for location in ("/storage/v1/b/there?s=1%2f", server.url("/storage/v1/b/there", "s=1%2f")):
        right(fetcher, server.put("/storage/v1/b/film", FILM, redirect(location)))
        assert server.requests[-1].target == "/storage/v1/b/there?s=1%2f"
        assert "cookie" not in server.requests[-1].headers


def test_redirects_end(server: MediaServer, fetcher: Fetcher) -> None:
    url = server.put("/storage/v1/b/film", FILM, *[redirect("/storage/v1/b/film")] * 99)
    result = fetcher(url)
    assert result.state is LinkState.REFUSED
    assert "circles" in result.reason
    assert len(server.requests) == 6


# --- the disk -------------------------------------------------------------------------------


class FullDisk:
    """A file that takes no more than so many bytes, of the last write a part."""

    def __init__(self, file: Any, space: int) -> None:
        self._file, self._space = file, space

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: memoryview) -> int:
        if not self._space:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done: int = self._file.write(data[: self._space])
        self._space -= done
        return done


def test_a_full_disk_ends_the_run_and_room_lets_it_go_on(
    server: MediaServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.put("/storage/v1/b/film", FILM)
    enter = PartialFile.__enter__

    def full(part: Any) -> Any:
        enter(part)
        part._file = FullDisk(part._file, 333_333)
        return part

    with monkeypatch.context() as patched:
        patched.setattr(PartialFile, "__enter__", full)
        with pytest.raises(RetryLater, match="disk is full"):
            fetcher(url)
    assert (fetcher.folder / "storage-v1-b-film.part").stat().st_size == 333_333
    assert not list(fetcher.folder.glob("*.mp4"))
    right(fetcher, url)
    assert fetcher.received <= len(FILM) + BLOCK


def test_what_does_not_fit_on_the_disk_is_not_begun(server: MediaServer, fetcher: Fetcher) -> None:
    fetcher.bounds = Bounds(spare=10**18)
    result = fetcher(server.put("/storage/v1/b/film", FILM))
    assert result.state is LinkState.NO_ROOM
    assert "MB of it are kept free" in result.reason
    assert fetcher.received == 0
    assert fetcher.rests() == []


def test_a_body_without_a_length_ends_where_the_disk_does(
    server: MediaServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher.bounds = Bounds(spare=1_000_000, step=300_000)
    monkeypatch.setattr(DiskSpace, "_free", lambda _: 3_000_000 - fetcher.received)
    result = fetcher(server.put("/storage/v1/b/film", FILM, endless(FILM[:64])))
    assert result.state is LinkState.NO_ROOM
    assert 1_000_000 < fetcher.received <= 2_000_000
    assert fetcher.rests() == [], "without a validator nobody could go on with it"


def test_another_program_that_fills_the_disk_is_noticed_on_the_way(
    server: MediaServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher.bounds = Bounds(spare=1_000_000, step=200_000)
    monkeypatch.setattr(DiskSpace, "_free", lambda _: 10**9 if fetcher.received < 300_000 else 0)
    url = server.put("/storage/v1/b/film", FILM)
    assert fetcher(url).state is LinkState.NO_ROOM
    assert 300_000 <= fetcher.received < len(FILM)
    monkeypatch.undo()
    fetcher.bounds = Bounds(spare=0)
    right(fetcher, url)
    assert fetcher.received <= len(FILM) + BLOCK
