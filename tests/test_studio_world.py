"""The creator of the studio's tests: what they do at the window is done, and by a hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error as BrowserError

from crossover.destinations.studio.browser.window import open_window
from tests.rehearsal.studio.hands import Hands
from tests.studio_notes import picture
from tests.studio_world import (
    Creator,
    InstalledBrowser,
    StandIn,
    installed_browser,
    stand_in,
    wait_for,
)
from tests.studio_world import Window as CreatorsWindow

pytestmark = pytest.mark.complete
"""By default the tests that have a creator try it as well."""


@dataclass(frozen=True)
class World:
    site: StandIn
    browser: InstalledBrowser
    creator: Creator
    root: Path

    def fill_in(self, window: CreatorsWindow, title: str) -> None:
        """Fill in a note, as whoever drives the page does."""
        hands = Hands(window.any_page(), self.site.origin)
        hands.page.goto(f"{self.site.origin}/publish/publish?source=official&target=image")
        hands.give(self.root / picture(self.root).path)
        hands.write_title(title)

    def titles(self) -> list[str]:
        return [str(one["title"]) for one in self.site.notes()]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("studio")
    with (
        installed_browser(folder) as browser,
        stand_in(folder / "practice") as site,
        Creator(folder / "browser") as creator,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setenv("CROSSOVER_BROWSER", str(browser.program))
        with open_window(folder / "browser", start_url=f"{site.origin}/publish/publish"):
            pass
        creator.does(lambda window: window.sign_in()).result(30)
        site.switch(processing_seconds=0.05)
        yield World(site, browser, creator, folder / "files")


def test_a_press_publishes_by_a_hand(world: World) -> None:
    creator = world.creator
    creator.does(lambda window: world.fill_in(window, "Pressed")).result(30)
    creator.presses().result(30)
    wait_for(lambda: "Pressed" in world.titles(), "the note")
    assert world.site.log()["events"][-1]["trusted"] is True


def test_two_presses_are_two_and_make_one_note(world: World) -> None:
    creator, before = world.creator, len(world.site.log()["events"])
    creator.does(lambda window: world.fill_in(window, "Twice")).result(30)
    creator.presses(times=2).result(30)
    wait_for(lambda: "Twice" in world.titles(), "the note")
    assert world.titles().count("Twice") == 1
    assert len(world.site.log()["events"]) == before + 2


def test_a_session_that_is_forgotten_leads_to_the_sign_in_and_back(world: World) -> None:
    creator = world.creator

    def sign_out_and_in(window: CreatorsWindow) -> str:
        window.forget_session()
        window.any_page().goto(f"{world.site.origin}/publish/publish?source=official")
        window.sign_in()
        return window.any_page().url

    assert "/publish/publish" in creator.does(sign_out_and_in).result(30)


def test_what_fails_is_told_and_the_creator_goes_on(world: World) -> None:
    failed = world.creator.does(lambda window: window.any_page().click("nothing", timeout=100))
    with pytest.raises(BrowserError):
        failed.result(30)
    assert world.creator.does(lambda window: window.any_page().url).result(30)


@pytest.mark.parametrize("how", ["killed", "closed"])
def test_a_window_that_went_and_came_again_is_found(world: World, how: str) -> None:
    creator, browser = world.creator, world.browser
    before = browser.started()
    if how == "killed":
        browser.kill()
    else:
        creator.does(lambda window: window.close()).result(30)
        browser.wait_until_gone()
    assert browser.running() == []
    with open_window(world.root.parent / "browser", start_url="about:blank"):
        pass
    assert browser.started() == before + 1
    assert creator.does(lambda window: window.any_page().url).result(30) == "about:blank"
