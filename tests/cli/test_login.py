"""`crossover login` and `logout` as they are typed, with a real browser and a little studio in place of
RedNote's. Who signs in is the studio's to say."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.registry import list_accounts
from crossover.cli.commands.login import planned_in_browser
from crossover.cli.steps import sign_in
from crossover.cli.view.sign_in import show_waiting_for_sign_in
from crossover.destinations.sites import HOSTS
from crossover.destinations.studio.account.signed_in import read_account
from crossover.destinations.studio.browser.debugging_port import find_port
from crossover.destinations.studio.browser.window import open_window
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.plan.document import read_plan, write_plan
from crossover.transfer.sign_in import newcomer_folder
from crossover.workspace import Workspace
from tests.conftest import Run
from tests.destinations.studio.little_studio import LittleStudio, little_studio
from tests.makers import plan, post
from tests.studio_world import SECONDS, Creator, InstalledBrowser, installed_browser, stand_in
from tests.transfer.resolve.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstalledBrowser]:
    with installed_browser(tmp_path_factory.mktemp("program")) as installed:
        yield installed


@pytest.fixture(scope="module")
def studios() -> Iterator[dict[SiteName, LittleStudio]]:
    with little_studio() as rednote, little_studio() as xiaohongshu:
        yield {SiteName.REDNOTE: rednote, SiteName.XIAOHONGSHU: xiaohongshu}


@pytest.fixture(autouse=True)
def sites(
    studios: dict[SiteName, LittleStudio],
    browser: InstalledBrowser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[dict[SiteName, LittleStudio]]:
    """Both sites, with nobody signed in."""
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CROSSOVER_BROWSER", str(browser.program))
    monkeypatch.setenv("HOME", str(tmp_path))
    for site, studio in studios.items():
        studio.begin()
        studio.is_signed_in.clear()
        monkeypatch.setitem(HOSTS, site, replace(HOSTS[site], origin=studio.origin))
    yield studios
    browser.kill()


@contextmanager
def person(studio: LittleStudio, user_id: str, name: str) -> Iterator[None]:
    """Somebody who signs in once the page for it is open, and the screen asks for it."""
    asked = threading.Event()

    def ask(*arguments: Any) -> None:
        show_waiting_for_sign_in(*arguments)
        asked.set()

    def sign_in_by_hand() -> None:
        if studio.opened.wait(SECONDS) and asked.wait(SECONDS):
            studio.tell(user_id, name)
            studio.is_signed_in.set()

    thread = threading.Thread(target=sign_in_by_hand)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign_in, "show_waiting_for_sign_in", ask)
        thread.start()
        yield
    thread.join()


Known = Callable[[], list[tuple[str, str, str | None]]]


@pytest.fixture
def known() -> Known:
    def known() -> list[tuple[str, str, str | None]]:
        records = [one.record for one in list_accounts()]
        return [(record.site, record.name, record.user_id) for record in records]

    return known


def profile_of(name: str) -> Path:
    (folder,) = [one.folder.path for one in list_accounts() if one.record.name == name]
    return folder / "browser"


def test_whoever_signs_in_becomes_an_account_with_the_window(
    run: Run, sites: dict[SiteName, LittleStudio], known: Known
) -> None:
    with person(sites[SiteName.REDNOTE], "5f00", "Mila"):
        code, said = run("login")
    assert (code, known()) == (0, [("rednote.com", "Mila", "5f00")])
    assert "Signed in: Mila on rednote.com (id 5f00)." in said
    assert "programs on this computer can reach it (port " in said
    assert not newcomer_folder().path.joinpath("browser").exists()
    assert (profile_of("Mila").is_dir(), bool(find_port(profile_of("Mila")))) == (True, False)


@pytest.mark.complete
def test_a_named_account_keeps_its_window_open_and_is_found_signed_in_again(
    run: Run,
    sites: dict[SiteName, LittleStudio],
    browser: InstalledBrowser,
    known: Known,
    capsys: pytest.CaptureFixture[str],
) -> None:
    studio, before = sites[SiteName.XIAOHONGSHU], browser.started()
    arguments = ("login", "--site", "xiaohongshu.com", "--account", "mila")
    with person(studio, "5f00", "Mila"):
        assert run(*arguments)[0] == 0
    assert find_port(profile_of("mila"))
    code, said = run("login")
    assert (code, "crossover knows it as mila." in said) == (0, True)
    assert "The window is signed in already." in said
    assert "Sign in there" not in said
    assert known() == [("xiaohongshu.com", "mila", "5f00")]
    assert browser.started() == before + 1


@pytest.mark.complete
def test_programs_get_one_document(
    sites: dict[SiteName, LittleStudio],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from crossover.cli.main import run_app

    monkeypatch.setattr("sys.argv", ["crossover", "login", "--account", "Mila", "--json"])
    with person(sites[SiteName.REDNOTE], "5f00", "Mila"):
        assert run_app() == 0
    assert json.loads(capsys.readouterr().out) == {
        "account": "Mila",
        "id": "5f00",
        "name": "Mila",
        "site": "rednote.com",
        "window_open": True,
    }


@pytest.mark.complete
def test_another_account_than_the_named_one_is_refused_and_nothing_is_kept(
    run: Run, sites: dict[SiteName, LittleStudio], known: Known
) -> None:
    with person(sites[SiteName.REDNOTE], "77", "Somebody"):
        code, said = run("login", "--account", "Mila")
    assert (code, known()) == (4, [])
    assert "signed in as Somebody (id 77) on rednote.com, not as Mila on rednote.com" in said


@pytest.mark.complete
def test_the_other_site_opens_beside_the_first_and_where_they_sign_in_counts(
    run: Run,
    sites: dict[SiteName, LittleStudio],
    known: Known,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pressed = iter("x")

    @contextmanager
    def keys() -> Iterator[Callable[[], str]]:
        yield lambda: next(pressed, "")

    monkeypatch.setattr(sign_in, "typed_keys", keys)
    monkeypatch.setattr(sign_in, "is_terminal", lambda: True)
    with person(sites[SiteName.XIAOHONGSHU], "5f00", "米拉"):
        code, said = run("login")
    assert (code, known()) == (0, [("xiaohongshu.com", "米拉", "5f00")])
    assert "Press x to open that." in said
    assert "xiaohongshu.com is open beside it." in said
    assert profile_of("米拉").is_dir()


@pytest.mark.complete
def test_nobody_who_signs_in_and_a_stop_leave_the_window_and_say_how_to_go_on(
    run: Run, sites: dict[SiteName, LittleStudio], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "SIGN_IN_MINUTES", 0.01)
    code, said = run("login")
    assert (code, "`crossover login`" in said) == (4, True)
    assert find_port(newcomer_folder().path / "browser")

    @contextmanager
    def keys() -> Iterator[Callable[[], str]]:
        yield lambda: "q"

    monkeypatch.setattr(sign_in, "typed_keys", keys)
    monkeypatch.setattr(sign_in, "is_terminal", lambda: True)
    assert run("login")[0] == 130


@pytest.mark.complete
def test_a_page_that_does_not_ask_whose_it_is_is_led_to_the_one_that_does(
    run: Run, sites: dict[SiteName, LittleStudio], monkeypatch: pytest.MonkeyPatch
) -> None:
    from crossover.destinations.studio.account import signing_in

    monkeypatch.setattr(signing_in, "_QUIET_SECONDS", 0.3)
    studio = sites[SiteName.REDNOTE]
    studio.after_sign_in = "/publish/publish"
    with person(studio, "5f00", "Mila"):
        assert run("login", "--account", "Mila")[0] == 0


@pytest.mark.complete
def test_a_newer_sign_in_takes_the_place_of_an_older_one(
    run: Run, sites: dict[SiteName, LittleStudio], known: Known
) -> None:
    studio = sites[SiteName.REDNOTE]
    with person(studio, "5f00", "Mila"):
        assert run("login", "--account", "Mila")[0] == 0
    (profile_of("Mila") / "old").touch()
    with open_window(newcomer_folder().path / "browser", start_url="about:blank"):
        pass
    from crossover.destinations.studio.browser.window import PROFILE
    from crossover.model.account import Account
    from crossover.transfer.sign_in import SignInPlace, keep_signed_in

    place = SignInPlace(SiteName.REDNOTE, newcomer_folder())
    kept = keep_signed_in(place, Account(SiteName.REDNOTE, "5f00", "Mila renamed"))
    assert (kept.moved, kept.account.record.name) == (True, "Mila")
    assert not (profile_of("Mila") / "old").exists()
    assert not (newcomer_folder().path / PROFILE).exists()
    assert known() == [("rednote.com", "Mila", "5f00")]


@pytest.mark.complete
def test_signing_out_deletes_the_window_alone_and_only_when_it_was_said(
    run: Run, sites: dict[SiteName, LittleStudio], known: Known
) -> None:
    with person(sites[SiteName.REDNOTE], "5f00", "Mila"):
        assert run("login", "--account", "Mila")[0] == 0
    profile = profile_of("Mila")
    code, said = run("logout", "--account", "Mila")
    assert (code, "--account Mila --yes" in said, profile.is_dir()) == (2, True, True)
    code, said = run("logout", "--account", "Mila", "--yes")
    assert (code, profile.exists(), known()) == (0, False, [("rednote.com", "Mila", "5f00")])
    assert "stays" in said
    assert "Nobody is signed in" in run("logout", "--account", "Mila")[1]


@pytest.mark.complete
def test_a_window_in_which_nobody_signed_in_can_be_deleted_too(
    run: Run, sites: dict[SiteName, LittleStudio], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "SIGN_IN_MINUTES", 0.01)
    assert run("login")[0] == 4
    assert run("logout", "--yes")[0] == 0
    assert not (newcomer_folder().path / "browser").exists()


def test_a_site_without_real_accounts_is_refused_before_anything_opens(
    run: Run, browser: InstalledBrowser
) -> None:
    before = browser.started()
    assert run("login", "--site", "example.com")[0] == 2
    assert run("login", "--site", "rehearsal", "--account", "Mila")[0] == 2
    assert browser.started() == before


def test_without_a_name_it_is_where_the_plan_goes(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    write_library(workspace.posts, Library())
    for to, site, name, reached in (
        ("kit", SiteName.XIAOHONGSHU, "Otto", None),
        ("studio", SiteName.XIAOHONGSHU, "Mila", (SiteName.XIAOHONGSHU, "Mila")),
        ("studio", SiteName.REHEARSAL, "", (SiteName.REHEARSAL, "")),
    ):
        write_plan(replace(plan(post(1)), to=to, site=site, account=name), workspace.plan)
        planned = planned_in_browser(workspace.root)
        assert (planned and (planned.site, planned.name)) == reached


@pytest.mark.complete
def test_a_window_that_went_to_its_account_is_still_signed_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Known
) -> None:
    with stand_in(tmp_path / "site") as server:
        hosts = replace(HOSTS[SiteName.REDNOTE], origin=server.origin)
        monkeypatch.setitem(HOSTS, SiteName.REDNOTE, hosts)
        with Creator(newcomer_folder().path / "browser") as creator:
            signed_in = creator.does(lambda window: window.sign_in())
            assert run("login")[0] == 0
            signed_in.exception(SECONDS)
        ((_, name, _),) = known()
        assert run("login")[0] == 0  # finds it so, without a hand
        with open_window(profile_of(name), start_url="about:blank") as window:
            who = read_account(window.new_page(), SiteName.REDNOTE, server.origin, "RedNote")
    assert who.name == name


@pytest.mark.complete
def test_practice_is_signed_in_to_by_a_hand_as_well(run: Run, tmp_path: Path) -> None:
    workspace = World(tmp_path).workspace
    workspace.prepare()
    with Creator(workspace.practice / "browser") as creator:
        signed_in = creator.does(lambda window: window.sign_in())
        code, said = run("login", "--site", "rehearsal", "-w", workspace.root)
        signed_in.result(SECONDS)
    assert (code, "Nothing leaves this computer." in said) == (0, True)
    assert "crossover plan --to studio --site rehearsal" in said
    planned = replace(read_plan(workspace.plan), to="studio", site=SiteName.REHEARSAL, account="")
    write_plan(planned, workspace.plan)
    code, said = run("login", "-w", workspace.root)  # as planned
    assert (code, "practice account" in said, "crossover upload" in said) == (0, True, True)
    code, said = run("logout", "-w", workspace.root, "--yes")  # there is no other sign-in
    assert (code, (workspace.practice / "browser").exists()) == (0, False)
