"""The doctor looks at the creator's browser, and into the studio when it is asked to: in a real browser, on
the stand-in's page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crossover.accounts.registry import account_for, bind_user_id, keep_account
from crossover.destinations.sites import HOSTS
from crossover.destinations.studio.browser import finding
from crossover.destinations.studio.browser.families import FAMILIES
from crossover.destinations.studio.browser.window import PROFILE, close_window, open_window
from crossover.guide.doctor import studio_checks
from crossover.guide.doctor.bundle import describe
from crossover.guide.doctor.examination import Examined, examine
from crossover.guide.doctor.findings import Check, Finding, Verdict
from crossover.model.account import SiteName
from crossover.plan.document import write_plan
from crossover.rehearsal.store.records import PRACTICE
from tests.guide.doctor.test_findings import NOW, OF_THE_STUDIO, tree
from tests.studio_world import InstalledBrowser, StandIn, installed_browser, stand_in
from tests.transfer.resolve.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstalledBrowser]:
    with installed_browser(tmp_path_factory.mktemp("program")) as installed:
        yield installed


@pytest.fixture
def world(
    tmp_path: Path, browser: InstalledBrowser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """Notes that are planned for mila, through the creator's browser."""
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CROSSOVER_BROWSER", str(browser.program))
    made = World(tmp_path)
    made.workspace.prepare()
    write_plan(replace(made.plan, to="studio"), made.workspace.plan)
    keep_account(account_for(SiteName.REDNOTE, "mila"))
    yield made
    browser.kill()


def told(world: World, *, studio: bool = False) -> dict[Check, Finding]:
    """What is found of the browser and the studio, by check."""
    found = examine(Examined(world.workspace, studio=studio), NOW)
    return {one.check: one for one in found if one.check in OF_THE_STUDIO}


def verdicts(found: dict[Check, Finding]) -> dict[Check, Verdict]:
    return {check: one.verdict for check, one in found.items()}


def profile_of(world: World) -> Path:
    return world.account.folder.path / PROFILE


def test_notes_that_go_another_way_need_no_browser(world: World) -> None:
    write_plan(world.plan, world.workspace.plan)  # by hand
    assert told(world) == {}


def test_without_being_asked_no_window_opens_and_nothing_changes(
    world: World, browser: InstalledBrowser, tmp_path: Path
) -> None:
    before = browser.started()
    files = tree(tmp_path)
    found = told(world)
    assert verdicts(found) == {
        Check.STUDIO_EXTRA: Verdict.OK,
        Check.BROWSER: Verdict.OK,
        Check.WINDOW: Verdict.WARN,
    }
    assert "`crossover login`" in found[Check.WINDOW].fix
    assert f"{browser.program.name} 1" in found[Check.BROWSER].said
    assert browser.started() == before + 1  # asked for its version
    assert tree(tmp_path) == files


@pytest.mark.complete
def test_an_open_window_and_one_that_is_closed_are_told_apart(world: World) -> None:
    bind_user_id(world.account, "5f00")
    with open_window(profile_of(world), start_url="about:blank"):
        pass
    assert "is open; programs on this computer reach it (port " in told(world)[Check.WINDOW].said
    close_window(profile_of(world))
    found = told(world)[Check.WINDOW]
    assert (found.verdict, "is closed" in found.said, "the id 5f00" in found.said) == (
        Verdict.OK,
        True,
        True,
    )
    profile_of(world).chmod(0o755)
    assert told(world)[Check.WINDOW].verdict is Verdict.WARN


def test_what_keeps_programs_out_of_the_browser_is_told(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio_checks, "PLAYWRIGHT_FLOOR", (99, 0))
    monkeypatch.setenv("CROSSOVER_BROWSER", "nothing-of-that-name")
    assert verdicts(told(world))[Check.BROWSER] is Verdict.FAIL
    assert verdicts(told(world))[Check.STUDIO_EXTRA] is Verdict.FAIL
    chromium = tmp_path / "google-chrome"
    chromium.write_text("#!/bin/sh\necho 1.2 # /snap/bin/chrome\n")
    chromium.chmod(0o755)
    monkeypatch.setenv("CROSSOVER_BROWSER", str(chromium))
    assert verdicts(told(world))[Check.BROWSER] is Verdict.WARN
    (tmp_path / "rules.json").write_text('{"RemoteDebuggingAllowed": false}')
    family = replace(FAMILIES[0], policies=(str(tmp_path),))
    monkeypatch.setattr(finding, "FAMILIES", (family,))
    assert verdicts(told(world))[Check.BROWSER] is Verdict.FAIL


@dataclass
class Site:
    """The stand-in in place of RedNote's, and the account's window, signed in there."""

    world: World
    server: StandIn

    def sign_in(self) -> None:
        with open_window(profile_of(self.world), start_url="about:blank") as window:
            answer = window.context.request.post(f"{self.server.origin}/@sandbox/scan-code")
            assert answer.ok


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with stand_in(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def site(world: World, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> Site:
    hosts = replace(HOSTS[SiteName.REDNOTE], origin=server.origin)
    monkeypatch.setitem(HOSTS, SiteName.REDNOTE, hosts)
    return Site(world, server)


@pytest.mark.complete
def test_a_window_that_is_signed_in_to_the_known_page_is_fine(site: Site) -> None:
    site.sign_in()
    bind_user_id(site.world.account, PRACTICE.user_id)
    found = told(site.world, studio=True)
    assert set(verdicts(found).values()) == {Verdict.OK}
    assert set(found) == OF_THE_STUDIO
    assert PRACTICE.nickname in found[Check.SIGNED_IN].said
    with open_window(profile_of(site.world), start_url="about:blank") as window:
        assert [page.url for page in window.pages] == ["about:blank"]


@pytest.mark.complete
def test_nobody_or_another_account_in_the_window_is_told_with_the_way_in(site: Site) -> None:
    found = told(site.world, studio=True)
    assert found[Check.SIGNED_IN].verdict is Verdict.FAIL
    assert Check.STUDIO_PAGE not in found
    site.sign_in()
    found = told(site.world, studio=True)
    assert (found[Check.REACHABLE].verdict, found[Check.SIGNED_IN].verdict) == (
        Verdict.OK,
        Verdict.FAIL,
    )
    assert "another account than mila" in found[Check.SIGNED_IN].said
    assert "login --site rednote.com --account mila" in found[Check.SIGNED_IN].fix


@pytest.mark.complete
def test_a_page_that_changed_is_told_by_the_names_of_its_parts_also_in_a_bundle(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crossover.destinations.studio import inspection
    from crossover.destinations.studio.contract.contract import Bound, load_contract

    contract = load_contract()
    seconds = {**contract.seconds, Bound.APPEAR: 4.0}
    monkeypatch.setattr(inspection, "load_contract", lambda: replace(contract, seconds=seconds))
    site.sign_in()
    bind_user_id(site.world.account, PRACTICE.user_id)
    with site.server.switched(rename={"creator-tab": "creator-tab-anew"}):
        what = Examined(site.world.workspace, studio=True)
        findings = list(examine(what, NOW))
    (page,) = [one for one in findings if one.check is Check.STUDIO_PAGE]
    assert (page.verdict, set(page.names)) == (Verdict.FAIL, {"tab-video", "tab-photos"})
    assert "`crossover plan --to kit`" in page.fix
    content = describe(what, findings, NOW)
    (told_page,) = [one for one in content["checks"] if one["check"] == "studio-page"]
    assert sorted(told_page["names"]) == ["tab-photos", "tab-video"]
    text = json.dumps(content)
    for secret in (PRACTICE.nickname, PRACTICE.user_id, "mila", str(site.world.workspace.root)):
        assert secret not in text


@pytest.mark.complete
def test_practice_in_the_browser_is_looked_at_on_the_stand_in(world: World) -> None:
    planned = replace(world.plan, to="studio", site=SiteName.REHEARSAL, account="")
    write_plan(planned, world.workspace.plan)
    found = told(world, studio=True)
    assert found[Check.REACHABLE].verdict is Verdict.OK
    assert found[Check.SIGNED_IN].verdict is Verdict.FAIL  # nobody scanned its code yet


def test_without_a_plan_or_an_account_for_it_there_is_nothing_to_look_into(world: World) -> None:
    write_plan(world.plan, world.workspace.plan)  # by hand
    found = told(world, studio=True)
    assert (found[Check.REACHABLE].verdict, Check.SIGNED_IN in found) == (Verdict.FAIL, False)
