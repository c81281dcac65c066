"""Which browser is taken, and what is known of it before it is started. The places are those of
Linux; the program is a file."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.destinations.studio.browser import finding
from crossover.destinations.studio.browser.families import FAMILIES
from crossover.destinations.studio.browser.finding import (
    BrowserProgram,
    Packing,
    find_browser,
    forbids_debugging,
    read_version,
    tell_packing,
)
from crossover.errors import MissingTool, UsageProblem

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are shell scripts")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which commands are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def install(place: Path, script: str = "exit 0") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    place.chmod(0o755)
    return place


def test_chrome_is_taken_before_what_is_less_known(path: Path) -> None:
    install(path / "chromium")
    install(path / "brave-browser")
    install(path / "google-chrome")
    assert (find_browser().name, find_browser().path) == ("Chrome", path / "google-chrome")


def test_a_packed_browser_is_taken_only_where_no_other_is(path: Path) -> None:
    install(path / "google-chrome", "exec /snap/bin/google-chrome")
    assert find_browser().packing is Packing.SNAP
    install(path / "chromium")
    assert (find_browser().name, find_browser().packing) == ("Chromium", Packing.PLAIN)


def test_a_variable_names_another_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(path / "google-chrome")
    own = install(path / "elsewhere" / "my-browser")
    monkeypatch.setenv("CROSSOVER_BROWSER", str(own))
    assert (find_browser().path, find_browser().name) == (own, "my-browser")
    monkeypatch.setenv("CROSSOVER_BROWSER", "nothing")
    with pytest.raises(UsageProblem, match="names nothing"):
        find_browser()


def test_without_a_browser_the_way_on_is_to_post_by_hand() -> None:
    with pytest.raises(MissingTool) as raised:
        find_browser()
    assert "`crossover plan --to kit`" in "".join(raised.value.more)


@pytest.mark.parametrize(
    ("place", "script", "packing"),
    [
        ("chromium", "exec /usr/lib/chromium/chromium", Packing.PLAIN),
        ("chromium-browser", "exec /snap/bin/chromium", Packing.SNAP),
        ("snap/bin/chromium", "", Packing.SNAP),
        ("com.google.Chrome", "exec flatpak run com.google.Chrome", Packing.FLATPAK),
    ],
)
def test_how_a_browser_was_packed_shows_in_its_place_or_script(
    tmp_path: Path, place: str, script: str, packing: Packing
) -> None:
    assert tell_packing(install(tmp_path / place, script)) is packing


@pytest.mark.parametrize(
    ("rules", "forbidden"),
    [
        ({"RemoteDebuggingAllowed": False}, True),
        ({"RemoteDebuggingAllowed": True}, False),
        ({"HomepageLocation": "x"}, False),
        ([], False),
    ],
)
def test_a_rule_of_an_administrator_that_keeps_programs_out_is_known_before_the_start(
    tmp_path: Path, rules: object, forbidden: bool
) -> None:
    (tmp_path / "managed").mkdir()
    (tmp_path / "managed" / "rules.json").write_text(json.dumps(rules), "utf-8")
    (tmp_path / "managed" / "torn.json").write_text("{", "utf-8")
    family = replace(FAMILIES[0], policies=(str(tmp_path / "managed"),))
    assert forbids_debugging(BrowserProgram("Chrome", Path("x"), family=family)) is forbidden


def test_a_browser_tells_its_version_and_one_that_hangs_tells_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = install(path / "chromium", "echo Chromium 156.0.8078.108 built on Debian")
    assert read_version(BrowserProgram("Chromium", told)) == "156.0.8078.108"
    monkeypatch.setattr(finding, "_VERSION_SECONDS", 0.1)
    assert (
        read_version(BrowserProgram("Chromium", install(path / "slow", "exec /bin/sleep 9")))
        is None
    )
    assert read_version(BrowserProgram("Chromium", path / "none")) is None


def test_every_family_can_be_found_on_every_system() -> None:
    for family in FAMILIES:
        assert all((family.commands, family.mac, family.windows, family.flatpak, family.policies))
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
