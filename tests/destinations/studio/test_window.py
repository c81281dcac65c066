"""A window of the creator's browser: it outlives whoever opened it, and is found again. Real Chromium,
started as any program."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.destinations.studio.browser import debugging_port
from crossover.destinations.studio.browser.debugging_port import (
    find_port,
    is_in_use,
    read_port,
)
from crossover.destinations.studio.browser.families import FAMILIES
from crossover.destinations.studio.browser.finding import BrowserProgram, Packing
from crossover.destinations.studio.browser.starting import start_browser
from crossover.destinations.studio.browser.window import (
    close_window,
    open_window,
)
from crossover.errors import MissingTool, RetryLater
from tests.small_disk import needs_root, small_disk
from tests.studio_world import InstalledBrowser, installed_browser

PAGE = "data:text/html,<title>first</title><input autofocus>"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstalledBrowser]:
    with (
        installed_browser(tmp_path_factory.mktemp("program")) as installed,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("CROSSOVER_BROWSER", str(installed.program))
        yield installed


@pytest.fixture
def profile(browser: InstalledBrowser, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "account" / "browser"
    browser.kill()


def program(tmp_path: Path, script: str) -> BrowserProgram:
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return BrowserProgram("Chrome", path)


def test_a_window_stays_open_and_is_found_again_with_its_page(
    profile: Path, browser: InstalledBrowser, tmp_path: Path
) -> None:
    before = browser.started()
    with open_window(profile, start_url=PAGE) as window:
        (page,) = window.pages
        page.fill("input", "kept")
        one, shot = window.target_id(page), tmp_path / "shots" / "page.png"
        window.screenshot(page, shot)
        assert (window.found, window.is_open()) == (False, True)
    with open_window(profile, start_url="data:text/html,second") as window:
        again = window.page(one)
        assert (window.found, again and again.input_value("input")) == (True, "kept")
        assert window.page("nothing") is None
        assert window.new_page().url == "about:blank"
    assert browser.started() == before + 1
    assert [stat.S_IMODE(path.stat().st_mode) for path in (profile, shot)] == [0o700, 0o600]


@pytest.mark.complete
def test_its_port_is_on_this_computer_alone_and_ends_with_the_window(profile: Path) -> None:
    with open_window(profile, start_url=PAGE):
        port = find_port(profile)
        assert port is not None
        assert is_in_use(profile)
    with Path("/proc/net/tcp").open() as table:
        local = [line.split()[1] for line in table if line.split()[3] == "0A"]
    listening = [address for address in local if address.endswith(f":{port.port:04X}")]
    assert listening == [f"0100007F:{port.port:04X}"]
    assert close_window(profile)
    assert (bool(find_port(profile)), is_in_use(profile), close_window(profile)) == (
        False,
        False,
        False,
    )


@pytest.mark.complete
def test_a_window_that_died_is_opened_anew(profile: Path, browser: InstalledBrowser) -> None:
    with open_window(profile, start_url=PAGE):
        pass
    left = read_port(profile)
    browser.kill()
    assert (read_port(profile), bool(find_port(profile))) == (left, False)
    with open_window(profile, start_url=PAGE) as window:
        assert (window.found, len(window.pages)) == (False, 1)


@pytest.mark.complete
def test_a_window_that_is_closed_in_the_middle_is_said_to_be(
    profile: Path, browser: InstalledBrowser
) -> None:
    def work() -> None:
        with open_window(profile, start_url=PAGE) as window:
            (page,) = window.pages
            browser.kill()
            page.reload()

    with pytest.raises(RetryLater, match="window was closed"):
        work()


@pytest.mark.complete
def test_ctrl_c_and_the_death_of_crossover_leave_the_window_open(profile: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from crossover.destinations.studio.browser.window import open_window
with open_window(Path({str(profile)!r}), start_url={PAGE!r}) as window:
    print(window.target_id(window.pages[0]), flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print(window.pages[0].title(), flush=True)
    signal.pause()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
        start_new_session=True,
    )
    assert child.stdout is not None
    with child, child.stdout:
        one = child.stdout.readline().strip()
        os.killpg(child.pid, signal.SIGINT)  # as the terminal sends it: to all in front of it
        assert child.stdout.readline() == "first\n"
        child.kill()
    with open_window(profile, start_url=PAGE) as window:
        assert window.found
        assert window.page(one) is not None


@pytest.mark.complete
def test_a_window_that_is_stuck_is_not_opened_twice(
    profile: Path, browser: InstalledBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(profile, start_url=PAGE):
        pass
    monkeypatch.setattr(debugging_port, "_ANSWER_SECONDS", 0.2)
    (pid,) = browser.running()
    before = browser.started()
    os.kill(pid, signal.SIGSTOP)
    try:
        with (
            pytest.raises(RetryLater, match="does not answer"),
            open_window(profile, start_url=PAGE),
        ):
            pass
    finally:
        os.kill(pid, signal.SIGCONT)
    assert browser.started() == before


def test_a_window_that_the_creator_opened_without_a_port_must_be_closed_first(
    profile: Path, browser: InstalledBrowser
) -> None:
    profile.mkdir(parents=True)
    command = [str(browser.program), f"--user-data-dir={profile}", "--no-first-run", PAGE]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as own:
        while not is_in_use(profile):
            assert own.poll() is None
            time.sleep(0.05)
        with pytest.raises(RetryLater, match="still open"):
            close_window(profile)
        own.kill()


@pytest.mark.parametrize(
    ("script", "packing", "display", "error", "said"),
    [
        ("exit 0", Packing.PLAIN, ":0", RetryLater, "window open already"),
        ("exit 1", Packing.PLAIN, ":0", MissingTool, "ended as soon as it was started"),
        ("exit 1", Packing.PLAIN, "", MissingTool, "no screen here"),
        ("exit 1", Packing.SNAP, ":0", MissingTool, "as a Snap package"),
        ("exec sleep 20", Packing.PLAIN, ":0", MissingTool, "no program can reach it"),
        ("exec sleep 20", Packing.FLATPAK, ":0", MissingTool, "as a Flatpak package"),
    ],
)
def test_a_browser_that_cannot_be_reached_is_named_with_the_way_on(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    packing: Packing,
    display: str,
    error: type[Exception],
    said: str,
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    made = program(tmp_path, f"echo $$ > '{tmp_path}/pid'; {script}")
    browser = BrowserProgram(made.name, made.path, packing)
    with pytest.raises(error, match=said):
        start_browser(browser, tmp_path, PAGE, seconds=0.3)
    pid = int((tmp_path / "pid").read_text())
    stat_line = Path(f"/proc/{pid}/stat")
    assert not stat_line.exists() or ") Z " in stat_line.read_text()


@needs_root
@pytest.mark.parametrize("script", ["exit 1", "exec sleep 20"])
def test_a_full_disk_is_not_taken_for_a_browser_that_lets_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    with small_disk(tmp_path / "profile", "64k") as profile:
        (profile / "filled").write_bytes(bytes(64 * 1024))
        made = program(tmp_path, script)
        with pytest.raises(RetryLater, match="disk is full"):
            start_browser(made, profile, PAGE, seconds=0.3)
        assert [one.name for one in profile.iterdir()] == ["filled"]


def test_a_browser_that_may_not_be_reached_is_not_started(tmp_path: Path) -> None:
    (tmp_path / "rules.json").write_text('{"RemoteDebuggingAllowed": false}')
    family = replace(FAMILIES[0], policies=(str(tmp_path),))
    made = program(tmp_path, f"touch '{tmp_path}/started'")
    with pytest.raises(MissingTool, match="A rule on this computer"):
        start_browser(BrowserProgram("Chrome", made.path, family=family), tmp_path, PAGE)
    assert not (tmp_path / "started").exists()
