"""`crossover fetch` for real: a real command, a real server that misbehaves, real kills."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from crossover.rehearsal.store.store import read_notes
from tests.media.download.server import (
    MediaServer,
    change,
    cut,
    jpeg,
    lying_in,
    media_server,
    mp4,
    redirect,
    stall,
    status,
    whole,
)
from tests.road.conftest import DEMO, Crossover, Typed
from tests.small_disk import needs_root, small_disk
from tests.tier import by_tier

KILLS = by_tier(2, 10)
ALIVE = "x-tos-expires=4000000000&x-tos-signature=CANARY"


@pytest.fixture
def server() -> Iterator[MediaServer]:
    with media_server() as running:
        yield running


class Account:
    """An export whose links lead to the test's server."""

    def __init__(
        self, typed: Typed, crossover: Crossover, server: MediaServer, folder: Path
    ) -> None:
        self.typed = typed
        self.crossover = crossover
        self.server = server
        self.root = folder / "workspace"
        self._file = folder / "user_data_tiktok.json"
        self._records: list[dict[str, str]] = []

    def post(self, *links: str, **fields: str) -> None:
        date = f"2025-05-{len(self._records) + 1:02} 12:00:00"
        record = {"Date": date, "Link": "\n".join(links), "WhoCanView": "Everyone"}
        self._records.append(record | fields)

    def film(self, name: str, data: bytes, *faults: Any, query: str = ALIVE) -> str:
        path = f"/storage/v1/b/{name}"
        self.server.put(path, data, *faults)
        return self.server.url(path, f"mime_type=video_mp4&{query}")

    def picture(self, name: str, data: bytes, *faults: Any) -> str:
        path = f"/tos-photomode-sg/{name}~tplv-noop.jpeg"
        self.server.put(path, data, *faults)
        return self.server.url(path, "x-expires=4000000000&x-signature=CANARY")

    def add(self, *more: object) -> None:
        document = {
            "Post": {"Posts": {"VideoList": self._records[::-1]}},
            "Profile": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
        }
        self._file.write_text(json.dumps(document), "utf-8")
        done = self.typed("add", self._file, *more, "-w", self.root)
        assert done.returncode == 0, done.stderr

    @property
    def command(self) -> tuple[object, ...]:
        return ("fetch", "-w", self.root, "--media-host", f"127.0.0.1:{self.server.port}")

    def fetch(self, *more: object) -> subprocess.CompletedProcess[str]:
        done = self.typed(*self.command, *more)
        assert "CANARY" not in done.stdout + done.stderr
        return done

    def posts(self) -> list[Any]:
        posts: list[Any] = json.loads((self.root / "posts.json").read_text("utf-8"))["posts"]
        return posts

    def media(self, number: int) -> list[bytes]:
        """The files of a post, in order; their sums are right."""
        files = []
        for media in self.posts()[number - 1]["media"]:
            data = (self.root / media["path"]).read_bytes()
            assert media["sha256"] == hashlib.sha256(data).hexdigest()
            assert media["bytes"] == len(data)
            files.append(data)
        return files

    def kept(self) -> int:
        """Bytes that lie in the folder of fetched files, whole or not."""
        return lying_in(self.root / "media" / "fetched")


@pytest.fixture
def account(typed: Typed, crossover: Crossover, server: MediaServer, tmp_path: Path) -> Account:
    return Account(typed, crossover, server, tmp_path)


@pytest.mark.complete
def test_every_file_comes_right_or_is_named(account: Account) -> None:
    films = [mp4(300_000 + n, seed=n) for n in range(6)]
    pictures = [jpeg(90_000 + n, seed=n) for n in range(3)]
    cover = account.picture("cover", jpeg(5_000))
    account.post(account.film("a", films[0], cut(100_000), whole), CoverImage=cover)
    account.post(*[account.picture(f"p{n}", data) for n, data in enumerate(pictures)])
    account.post(account.film("c", films[2], cut(50_000), change(films[3])))
    account.post(account.film("d", films[3], status(403)))
    account.post(account.film("e", films[4], *[status(404)] * 2))
    account.post(account.film("f", films[5], query="x-tos-expires=1700000000"))
    account.post(account.film("g", films[5], *[redirect("https://127.0.0.1/g")] * 9))
    account.post(account.picture("q", pictures[0]), account.picture("r", pictures[1], status(410)))
    account.post("N/A")
    account.post("https://eviltiktokcdn.com/storage/v1/b/x?mime_type=video_mp4")
    account.add()

    done = account.crossover(*account.command, "--json")
    assert done.returncode == 3, done.stderr
    assert "CANARY" not in done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert sum(told["states"].values()) == told["found"] == len(told["links"]) == 13
    assert {state: n for state, n in told["states"].items() if n} == {
        "fetched": 7,
        "expired": 1,
        "gone": 2,
        "refused": 1,
        "not-allowed": 2,
    }
    assert account.media(1) == [films[0]]
    assert account.media(2) == pictures
    assert account.media(3) == [films[3]]
    assert told["posts_without_files"] == [4, 5, 6, 7, 8, 9, 10], "as `add` counts them"
    assert all(account.media(n) == [] for n in told["posts_without_files"])
    for link in told["links"]:
        assert bool(link["path"]) == (link["state"] == "fetched")
        assert bool(link["reason"]) == (link["state"] != "fetched")
        if link["path"]:
            data = (account.root / link["path"]).read_bytes()
            assert (link["bytes"], link["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    fetched = account.root / "media" / "fetched"
    assert not [path.name for path in fetched.iterdir() if not path.stat().st_size]
    for path in account.root.rglob("*"):
        if path.is_file() and path.name != "posts.json":
            assert b"CANARY" not in path.read_bytes(), path

    asked = len(account.server.requests)
    again = account.fetch("-vv")
    assert again.returncode == 3
    assert "7  already there" in again.stderr
    assert "post 5: TikTok no longer has it" in again.stderr.replace("\n", " ")
    whole_files = {"/storage/v1/b/a", "/storage/v1/b/c"}
    later = {r.target.partition("?")[0] for r in account.server.requests[asked:]}
    assert not later & whole_files, "what is here is never asked for again"
    assert account.media(8) == pictures[:2], "now that all of its pictures are there"


def test_killed_at_any_moment_the_same_command_goes_on(
    account: Account, figure: Callable[[str], None]
) -> None:
    films = [mp4(1_500_000 + n, seed=n) for n in range(6)]
    for n, data in enumerate(films):
        account.post(account.film(f"f{n}", data))
    account.add()
    account.server.rate = 2_000_000
    chance = random.Random(20261122)
    at_kill: list[int] = []
    for _ in range(KILLS):
        process = account.crossover.start(*account.command, "-v")
        before = account.kept()
        mark = before + chance.randint(0, 9_000_000 // (KILLS + 1))
        deadline = time.monotonic() + 30
        while account.kept() <= mark and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate(timeout=20)
        at_kill.append(account.kept())
    assert at_kill == sorted(at_kill), "nothing that came is ever lost"
    assert 0 < at_kill[0] < at_kill[-1]

    account.server.rate = None
    done = account.crossover(*account.command, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    payload = sum(map(len, films))
    figure(f"{KILLS} kills; bytes there at each: {at_kill}, of {payload}")
    assert told["received_bytes"] == payload - at_kill[-1]
    assert [account.media(n + 1) for n in range(6)] == [[data] for data in films]
    fetched = account.root / "media" / "fetched"
    assert [p.name for p in fetched.iterdir() if ".part" in p.name] == []


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_to_stop_it_saves_and_the_same_command_goes_on(account: Account) -> None:
    small, large = mp4(50_000), mp4(3_000_000, seed=1)
    account.post(account.film("small", small))
    account.post(account.film("large", large, stall(1_000_000)))
    account.add()
    process = account.crossover.start(*account.command, "--json")
    deadline = time.monotonic() + 30
    while account.kept() < 1_050_000:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "The same command goes on" in said
    told = json.loads(out)
    assert (told["ended"], told["states"]["later"]) == ("stopped", 1)
    assert told["error"] == "interrupted"
    assert account.media(1) == [small]
    again = json.loads(account.fetch("--json").stdout)
    assert (again["ended"], again["error"]) == ("done", None)
    assert again["received_bytes"] == 2_000_000
    assert account.media(2) == [large]


def test_own_originals_win_before_and_after(account: Account, tmp_path: Path) -> None:
    moment = 1746100800  # 2025-05-01 12:00:00 UTC
    own = tmp_path / f"{(moment + 3) << 32 | 7}.mp4"
    own.write_bytes(mp4(7_000, seed=9))
    account.post(account.film("a", mp4(50_000)))
    account.post(account.film("b", mp4(60_000)))
    account.add(own)
    told = json.loads(account.fetch("--json").stdout)
    assert Counter(link["state"] for link in told["links"]) == {"own": 1, "fetched": 1}
    assert account.media(1) == [own.read_bytes()]
    assert account.server.gets("/storage/v1/b/a") == []

    late = tmp_path / f"{(moment + 86400 + 3) << 32 | 7}.mp4"
    late.write_bytes(mp4(8_000, seed=8))
    account.add(late)
    assert account.media(2) == [late.read_bytes()]
    told = json.loads(account.fetch("--json").stdout)
    assert told["states"]["own"] == 2
    assert account.media(2) == [late.read_bytes()]


def test_a_later_export_renews_the_links_of_what_is_half_here(account: Account) -> None:
    film = mp4(900_000)
    account.post(
        account.film("a", film, cut(400_000), *[status(403)] * 5, query="x-tos-expires=3900000000")
    )
    account.add()
    first = account.fetch("--json")
    assert first.returncode == 3
    assert json.loads(first.stdout)["states"]["refused"] == 1
    account.server.objects["/storage/v1/b/a"].faults.clear()
    account.add()
    told = json.loads(account.fetch("--json").stdout)
    assert told["received_bytes"] == 500_000
    assert account.media(1) == [film]


def test_a_dead_network_is_for_later(account: Account) -> None:
    account.post(account.film("a", mp4(50_000), *[status(503, Retry_After=9999)] * 9))
    account.add()
    done = account.fetch()
    assert done.returncode == 5
    assert "TikTok asks to wait 3 hours" in done.stderr.replace("\n", " ")
    assert "Run the same command again later" in done.stderr


def test_the_bare_command_leads_to_live_links_as_long_as_there_are_some(account: Account) -> None:
    account.post(account.film("a", mp4(50_000), status(503, Retry_After=9999)))
    account.add()
    for _ in range(2):  # what waits is told again
        before = account.typed("-w", account.root).stderr
        assert "1 post without files that can still be fetched (crossover fetch -w" in before
        assert "Next:  crossover fetch" in before
        done = account.fetch()
    assert done.returncode == 0
    assert "can still be fetched" not in account.typed("-w", account.root).stderr


def test_what_is_refused_is_offered_no_more_until_it_is_tried_or_renewed(account: Account) -> None:
    film = mp4(50_000)
    account.post(account.film("a", film, *[status(403)] * 2), Date="2025-05-01 12:00:00")
    account.add()
    for _ in range(2):
        asked = len(account.server.gets("/storage/v1/b/a"))
        assert account.fetch().returncode == 3
        assert len(account.server.gets("/storage/v1/b/a")) == asked + 1, "a 403 may pass"
        assert "can still be fetched" not in account.typed("-w", account.root).stderr
    export = account.root.parent / "user_data_tiktok.json"
    again = account.typed("add", export, "-w", account.root).stderr
    assert "Next:  crossover add EXPORT-OR-FOLDER" in again
    renewed = export.read_text("utf-8").replace("expires=4000000000", "expires=4000009999")
    export.write_text(renewed, "utf-8")
    assert "Next:  crossover fetch" in account.typed("add", export, "-w", account.root).stderr
    assert account.fetch().returncode == 0
    assert account.media(1) == [film]


def test_dead_covers_of_your_own_files_are_not_worth_a_sentence(
    account: Account, tmp_path: Path
) -> None:
    own = tmp_path / f"{(1746100800 + 3) << 32 | 7}.mp4"
    own.write_bytes(mp4(7_000, seed=9))
    dead = account.picture("cover", jpeg(5_000), *[status(404)] * 9)
    account.post(account.film("a", mp4(50_000)), CoverImage=dead)
    account.post(account.picture("small", jpeg(4_000)))
    account.add(own)
    done = account.fetch()
    assert done.returncode == 0, done.stderr
    assert "1  gone from TikTok" in done.stderr
    assert "cover of post" not in done.stderr
    told = " ".join(done.stderr.split())
    assert "1 cover gone from TikTok" in told
    assert "2 picture 1 fetched 4.0 kB" in told
    assert json.loads(account.fetch("--json").stdout)["states"]["gone"] == 1


def test_a_wait_is_said(account: Account) -> None:
    account.post(account.film("a", mp4(50_000), status(429, Retry_After=1)))
    account.add()
    done = account.fetch()
    assert done.returncode == 0
    assert "waiting 1 s, as TikTok asked" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of a console differ there")
def test_asked_to_stop_before_the_first_byte_the_document_comes_too(account: Account) -> None:
    account.post(account.film("a", mp4(50_000), stall(10_000)))
    account.add()
    process = account.crossover.start(*account.command, "--json")
    deadline = time.monotonic() + 30
    while not (account.root / "lock.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert json.loads(out)["ended"] == "stopped"


def test_nothing_to_fetch_says_so_and_what_is_next(typed: Typed, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    typed("add", DEMO / "user_data_tiktok.json", "-w", root)
    done = typed("fetch", "-w", root)
    assert done.returncode == 3
    said = " ".join(done.stderr.split())
    assert "There is nothing to fetch." in said
    assert "Ask TikTok for a new export (free)" in said
    assert "crossover add EXPORT-OR-FOLDER" in said


def test_a_host_that_is_none_is_a_mistake_in_the_command(account: Account) -> None:
    account.post(account.film("a", mp4(5_000)))
    account.add()
    done = account.typed("fetch", "-w", account.root, "--media-host", "http://x/")
    assert done.returncode == 2
    refused = account.typed("fetch", "-w", account.root)
    assert refused.returncode == 3
    assert "not followed" in refused.stderr
    assert "crossover add EXPORT-OR-FOLDER" in refused.stderr
    assert account.server.requests == []


def test_on_the_whole_road_live_links_are_fetched_and_practised(account: Account) -> None:
    pictures = sorted(DEMO.glob("7331416563742640829_*.jpg"))
    links = [account.picture(p.stem, p.read_bytes()) for p in pictures]
    account.post(*links, Title="Three of them")
    account.post("N/A", Title="Never had a link")
    account.add()
    roll = account.root.parent / "roll"
    roll.mkdir()
    for place, picture in enumerate(pictures, 2034):
        with Image.open(picture) as image:
            image.save(roll / f"IMG_{place}.jpg", quality=97)
    done = account.typed(
        "migrate", account.root.parent / "user_data_tiktok.json", roll, "--yes", "-w", account.root,
        "--media-host", f"127.0.0.1:{account.server.port}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "3  fetched" in done.stderr
    assert "IMG_2034.jpg, IMG_2035.jpg, IMG_2036.jpg are post 1: " in " ".join(done.stderr.split())
    post, _ = account.posts()
    assert [m["source"] for m in post["media"]] == [f"IMG_{n}.jpg" for n in (2034, 2035, 2036)]
    (note,) = read_notes(account.root / "rehearsal")
    assert note.title == "Three of them"
    assert len(note.media) == 3


def test_what_came_before_a_kill_is_taken_on_the_whole_road(account: Account) -> None:
    (source, *_) = sorted(DEMO.glob("7331416563742640829_*.jpg"))
    account.post(account.picture("a", source.read_bytes()), Title="One of them")
    account.add()
    before = (account.root / "posts.json").read_bytes()
    assert account.fetch().returncode == 0
    (account.root / "posts.json").write_bytes(before)
    asked = len(account.server.requests)
    assert "can still be fetched" in account.typed("-w", account.root).stderr
    export = account.root.parent / "user_data_tiktok.json"
    done = account.typed("migrate", export, "--yes", "-w", account.root)
    assert done.returncode == 0, done.stderr
    assert account.media(1) == [source.read_bytes()]
    assert len(account.server.requests) == asked
    assert "can still be fetched" not in account.typed("-w", account.root).stderr


@needs_root
def test_a_full_disk_is_for_later_and_nothing_half_is_taken_for_whole(account: Account) -> None:
    with small_disk(account.root, "3m"):
        film = mp4(4_000_000)
        account.post(account.film("a", film))
        account.add()
        done = account.fetch()
        assert done.returncode == 5, done.stderr
        said = " ".join(done.stderr.split())
        assert "3.1 MB free, 256.0 MB of it kept free" in said
        assert "more than there is room for" in said
        assert "post 1: no room on the disk; 256 MB of it are kept free" in said
        assert "Free some space and run the same command again" in said
        assert account.media(1) == []
        subprocess.run(
            ["mount", "-o", "remount,size=400m", account.root], capture_output=True, check=True
        )
        assert account.fetch().returncode == 0
        assert account.media(1) == [film]


def test_that_the_links_may_die_and_what_never_moves_is_said_when_it_is_news(
    account: Account,
) -> None:
    film = account.film("a", mp4(5_000))
    account.post(film)
    account.post(film)
    export, here = account.root.parent / "user_data_tiktok.json", ("-w", account.root)
    account.add()
    saved, stays = (
        "All 2 posts have their files; the links may die now.",
        "Not moved, now or later:",
    )

    def news(*command: object) -> list[bool]:
        told = account.typed(*command).stderr
        assert told.count(stays) < 2
        return [told.count(saved) == 1, stays in told]

    assert news("add", export, *here) == [False, False], "nothing is new"
    assert news(*here) == [False, False]
    assert news(*account.command) == [True, True]
    assert news(*account.command) == [True, False]
    assert news(*here) == [True, False]
    assert news("add", export, *here) == [True, False]
    assert news("plan", *here) == [False, True]
    assert news("migrate", export, "--yes", *here) == [True, True]
    assert news("status", *here) == [False, False]
