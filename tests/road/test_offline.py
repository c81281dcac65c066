"""`crossover fetch` and `migrate` over a network that is away, as they are typed."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crossover.runtime.clock import Clock
from tests.media.download.server import MediaServer, media_server, mp4, redirect, status
from tests.road.conftest import Crossover, Typed

FILMS = {f"/storage/v1/b/f{n}": mp4(20_000 + n, seed=n) for n in range(30)}
AWAY = "Error: The network or TikTok cannot be reached."
PAGE = b"<!DOCTYPE html><html>Log in to the hotel's network" * 3


class HiddenServer:
    """A port that nobody listens on until the server there is started."""

    def __init__(self) -> None:
        self._taken = socket.socket()
        self._taken.bind(("127.0.0.1", 0))
        self.port = int(self._taken.getsockname()[1])

    def close(self) -> None:
        self._taken.close()

    def export(self, folder: Path) -> Path:
        query = "mime_type=video_mp4&x-tos-expires=4000000000&x-tos-signature=CANARY"
        records = [
            {
                "Date": f"2025-05-{n + 1:02} 12:00:00",
                "Link": f"http://127.0.0.1:{self.port}{path}?{query}",
                "WhoCanView": "Everyone",
                "Title": f"Film {n + 1}",
            }
            for n, path in enumerate(FILMS)
        ]
        document = {
            "Post": {"Posts": {"VideoList": records[::-1]}},
            "Profile": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
        }
        export = folder / "user_data_tiktok.json"
        export.write_text(json.dumps(document), "utf-8")
        return export

    @contextmanager
    def start(self, *faults: Any) -> Iterator[MediaServer]:
        self.close()
        with media_server(self.port) as server:
            for path, data in FILMS.items():
                server.put(path, data, *faults)
            yield server


@pytest.fixture
def hidden() -> Iterator[HiddenServer]:
    server = HiddenServer()
    yield server
    server.close()


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of the command pass at once."""
    waited = 0.0

    def sleep(_: Clock, seconds: float) -> None:
        nonlocal waited
        waited += seconds
        time.sleep(0.001)  # so that no thread uses up its tries before the others begin

    monkeypatch.setattr(Clock, "sleep", sleep)
    monkeypatch.setattr(Clock, "monotonic", lambda _: time.monotonic() + waited)


def screen(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """The exit code, and what a person reads, in one line."""
    return done.returncode, " ".join(done.stderr.split())


def bodies(server: MediaServer) -> Counter[str]:
    """How often each whole file was sent."""
    asked = (r for r in server.requests if r.headers.get("range") != "bytes=0-0")
    return Counter(r.target.partition("?")[0] for r in asked if r.method == "GET")


@pytest.mark.usefixtures("fast")
def test_offline_the_reason_is_said_and_online_the_same_command_goes_on(
    typed: Typed, hidden: HiddenServer, tmp_path: Path
) -> None:
    typed("add", hidden.export(tmp_path))
    command = ("fetch", "--media-host", f"127.0.0.1:{hidden.port}")
    code, said = screen(typed(*command))
    assert code == 5
    assert re.search(r"video not yet: no connection to 127\.0\.0\.1 \[1 of 30 files\]", said)
    assert "30 not yet" in said
    assert "posts 1-30: no connection to 127.0.0.1" in said
    assert said.endswith(f"{AWAY} Once you are online, the same command goes on.")
    with hidden.start() as server:
        code, said = screen(typed(*command))
        assert code == 0, said
        assert set(bodies(server).values()) == {1}
        assert bodies(server).keys() == FILMS.keys()


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    "portal",
    [status(200, PAGE, Content_Type="text/html"), redirect("https://login.hotel.example/")],
    ids=["a page", "a redirect"],
)
def test_behind_a_login_page_nothing_is_lost_for_good(
    typed: Typed, hidden: HiddenServer, tmp_path: Path, portal: Any
) -> None:
    typed("add", hidden.export(tmp_path))
    command = ("fetch", "--media-host", f"127.0.0.1:{hidden.port}")
    with hidden.start(*[portal] * 99):
        code, said = screen(typed(*command))
    assert code == 5
    assert "Something on the way answers in TikTok's place" in said
    assert said.endswith("log in there; then the same command goes on.")
    assert "30 not yet" in said
    assert screen(typed())[1].endswith("Next: crossover fetch"), "none counts as dead"
    with hidden.start() as server:
        assert typed(*command).returncode == 0
        assert set(bodies(server).values()) == {1}


@pytest.mark.usefixtures("fast")
def test_as_a_document_the_error_has_its_name(
    typed: Typed, hidden: HiddenServer, tmp_path: Path
) -> None:
    typed("add", hidden.export(tmp_path))
    done = typed("fetch", "--json", "--media-host", f"127.0.0.1:{hidden.port}")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ended"], told["error"]) == (5, "retry", "tiktok-unreachable")
    assert {link["reason"] for link in told["links"]} == {"no connection to 127.0.0.1"}


@pytest.mark.usefixtures("fast")
def test_the_whole_road_goes_on_with_what_needs_no_network(
    typed: Typed, hidden: HiddenServer, tmp_path: Path
) -> None:
    host = f"127.0.0.1:{hidden.port}"
    done = typed("migrate", hidden.export(tmp_path), "--media-host", host, "--yes")
    code, said = screen(done)
    assert code == 3
    assert "The network or TikTok cannot be reached." in said
    assert "What needs no download goes on now." in said
    assert "What they will become" in said
    assert said.endswith("Next: crossover fetch")


@pytest.mark.usefixtures("fast")
def test_over_a_network_that_is_away_no_read_of_the_page_is_offered(
    typed: Typed, hidden: HiddenServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("steps.captions", "view.captions", "commands.migrate"):
        monkeypatch.setattr(f"crossover.cli.{module}.is_terminal", lambda: True)
    export = hidden.export(tmp_path)
    export.write_text(re.sub(r'"Title": "[^"]*"', '"Title": ""', export.read_text()))
    host = f"127.0.0.1:{hidden.port}"
    code, said = screen(typed("migrate", export, "--media-host", host))
    assert code == 3
    assert "What they will become" in said
    assert "Read it now?" not in said


@pytest.mark.complete
@pytest.mark.parametrize("in_time", [True, False], ids=["in mid-run", "too late"])
def test_a_network_comes_back(
    crossover: Crossover, hidden: HiddenServer, tmp_path: Path, in_time: bool
) -> None:
    root = tmp_path / "workspace"
    assert crossover("add", hidden.export(tmp_path), "-w", root).returncode == 0
    command = ("fetch", "-w", root, "--media-host", f"127.0.0.1:{hidden.port}")
    process = crossover.start(*command)
    if in_time:
        time.sleep(4)
        assert process.poll() is None
    else:
        assert process.wait(30) == 5
    with hidden.start() as server:
        said = process.communicate(timeout=60)[1]
        assert (process.returncode, AWAY in said) == ((0, False) if in_time else (5, True))
        assert crossover(*command).returncode == 0
        assert set(bodies(server).values()) == {1}
        assert bodies(server).keys() == FILMS.keys()
