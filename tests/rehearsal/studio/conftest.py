"""A stand-in's server, a browser and a tab for all these tests; a signed-in person for each.

A tab of its own for each test took more than twice the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.page_browser import Tab, open_tab, run_browser
from tests.rehearsal.makers import MP4, RunningServer, running_server

from .hands import Hands

QUICK = "faults: []\nstudio: {processing-seconds: 0.05}\n"
"""A script in which the site takes its time for nothing."""

Switch = Callable[..., None]


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("studio")
    faults = folder / "faults.yaml"
    faults.write_text(QUICK, "utf-8")
    with running_server(folder / "practice", "--faults", faults) as server:
        yield server


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with run_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def kept_tab(browser: Browser) -> Iterator[Tab]:
    with open_tab(browser) as tab:
        yield tab


@pytest.fixture
def tab(kept_tab: Tab, server: RunningServer) -> Iterator[Tab]:
    """A tab in which nothing is open, and of which the browser keeps nothing."""
    yield kept_tab
    page = kept_tab.page
    if page.url != "about:blank":
        # A blank page would be one of another site, and cost a process for each test.
        page.goto(f"{address(server)}/@sandbox/studio")
        page.evaluate("localStorage.clear()")
    page.context.clear_cookies()
    kept_tab.forget()


@pytest.fixture
def stranger(tab: Tab, server: RunningServer) -> Hands:
    """A person whose browser is not signed in."""
    return Hands(tab.page, address(server))


def address(server: RunningServer) -> str:
    return f"http://127.0.0.1:{server.ready['port']}"


@pytest.fixture
def hands(stranger: Hands) -> Hands:
    """A person who is signed in."""
    return sign_in(stranger)


def sign_in(stranger: Hands) -> Hands:
    """Sign in, as quickly as a browser can be."""
    stranger.page.request.post(f"{stranger.base}/@sandbox/scan-code")
    return stranger


def read_log(server: RunningServer) -> dict[str, Any]:
    answer: dict[str, Any] = server.practice.http.get("/_log").json()
    return answer


def read_titles(server: RunningServer) -> list[str]:
    return [note["title"] for note in read_log(server)["notes"]]


def count_creates(server: RunningServer) -> int:
    return int(server.practice.state()["calls"].get("create", 0))


@pytest.fixture(scope="package")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is taken for a film, though no browser plays it."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    path.write_bytes(MP4)
    return path


@pytest.fixture(scope="package")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Eighteen pictures, each of a colour of its own."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("pictures")
    paths = []
    for number in range(18):
        path = folder / f"{number:02}.jpg"
        Image.new("RGB", (90, 120), (number * 14, 90, 150)).save(path)
        paths.append(path)
    return paths


@pytest.fixture
def switch(server: RunningServer) -> Iterator[Switch]:
    """Set switches by their names in the docs, and the list of `faults`."""
    before = server.practice.http.get("/@sandbox/studio").json()

    def change(values: dict[str, Any]) -> None:
        answer = server.practice.http.post(
            "/@sandbox/studio", json=values, headers={"X-Sandbox": "1"}
        )
        assert answer.status_code == 200, answer.text

    yield lambda **values: change({name.replace("_", "-"): one for name, one in values.items()})
    change(before | {"faults": []})
