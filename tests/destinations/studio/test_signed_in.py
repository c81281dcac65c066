"""Whose account a window is signed in to is what the site's own page is told; nothing is asked of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Error as BrowserError

from crossover.destinations.studio.account import signed_in
from crossover.destinations.studio.account.signed_in import AccountWatch, read_account
from crossover.destinations.studio.browser.window import Window, open_window
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded, RetryLater
from crossover.model.account import Account, SiteName
from tests.destinations.studio.little_studio import (
    MY_INFO,
    PERSONAL_INFO,
    SIGNED_OUT,
    USER_INFO,
    LittleStudio,
    little_studio,
    ok,
)
from tests.studio_world import SECONDS, installed_browser, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")

MILA = Account(SiteName.REDNOTE, "5f00", "米拉 Mila")


@dataclass
class Shown:
    page: Any
    studio: LittleStudio
    window: Window

    def account(self, seconds: float = SECONDS) -> Account:
        return read_account(
            self.page, SiteName.REDNOTE, self.studio.origin, "RedNote", seconds=seconds
        )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("signed-in")
    with (
        installed_browser(folder) as browser,
        little_studio() as studio,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("CROSSOVER_BROWSER", str(browser.program))
        with open_window(folder / "profile", start_url="about:blank") as window:
            yield Shown(window.pages[0], studio, window)


@pytest.fixture
def shown(opened: Shown) -> Iterator[Shown]:
    """A page of its own: one that is still being loaded goes on after its test."""
    opened.studio.begin()
    page = opened.window.new_page()
    yield Shown(page, opened.studio, opened.window)
    opened.window.close_page(page)


@pytest.mark.parametrize(
    "answers",
    [
        {USER_INFO: ok(userId="5f00", userName="米拉 Mila", redId="95f00")},
        {MY_INFO: ok(userDetail={"id": "5f00", "nickName": "米拉 Mila", "url": "x"})},
        {
            PERSONAL_INFO: ok(name="米拉 Mila", red_num="95f00"),
            USER_INFO: ok(userId="5f00", redId="95f00"),
        },
        {PERSONAL_INFO: (500, {}), MY_INFO: ok(userDetail={"id": "5f00", "nickName": "米拉 Mila"})},
    ],
)
def test_each_of_the_pages_own_calls_tells_of_the_account(
    shown: Shown, answers: dict[str, Any]
) -> None:
    shown.studio.answers = answers
    assert shown.account() == MILA


@pytest.mark.complete
def test_an_account_whose_id_is_not_told_goes_by_its_number(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_in, "_ID_SECONDS", 0.2)
    shown.studio.answers = {PERSONAL_INFO: ok(name="米拉 Mila", red_num="95f00")}
    assert shown.account() == Account(SiteName.REDNOTE, "95f00", "米拉 Mila")


def is_led_to_sign_in(studio: LittleStudio) -> None:
    studio.is_signed_in.clear()
    studio.leads_to = "/login?source=official&redirectReason=401"


def shows_a_box(studio: LittleStudio) -> None:
    studio.shows_box = True


def refuses(studio: LittleStudio) -> None:
    studio.answers = {PERSONAL_INFO: SIGNED_OUT}


def wants_a_captcha(studio: LittleStudio) -> None:
    studio.leads_to = "/web-login/captcha?verifyType=124&verifyBiz=461"


def answers_with_a_captcha(studio: LittleStudio) -> None:
    studio.answers = {USER_INFO: (461, {})}


def says_that_something_is_wrong(studio: LittleStudio) -> None:
    studio.leads_to = "/website-login/error?error_code=300012"


def holds_the_account_back(studio: LittleStudio) -> None:
    studio.answers = {USER_INFO: (200, {"code": 300012, "success": False, "msg": "x"})}


def says_nothing(studio: LittleStudio) -> None:
    studio.answers = {}


def is_broken(studio: LittleStudio) -> None:
    studio.answers = {USER_INFO: (503, {}), PERSONAL_INFO: (200, {"data": "?"})}


@pytest.mark.parametrize(
    ("does", "error"),
    [
        (is_led_to_sign_in, LoginNeeded),
        (shows_a_box, LoginNeeded),
        (refuses, LoginNeeded),
        (wants_a_captcha, AccountAtRisk),
        (answers_with_a_captcha, AccountAtRisk),
        (says_that_something_is_wrong, AccountAtRisk),
        (holds_the_account_back, AccountAtRisk),
        (says_nothing, RetryLater),
        (is_broken, RetryLater),
    ],
)
def test_what_is_not_a_session_is_told_by_what_the_page_does(
    shown: Shown, does: Any, error: type[CrossoverError]
) -> None:
    does(shown.studio)
    with pytest.raises(error) as raised:
        shown.account(0.4 if error is RetryLater else SECONDS)
    assert type(raised.value) is error


def test_a_page_that_goes_elsewhere_is_closed_all_the_same(opened: Shown) -> None:
    is_led_to_sign_in(opened.studio)
    page = opened.window.new_page()
    page.goto(f"{opened.studio.origin}/new/home", wait_until="commit")
    opened.window.close_page(page)
    wait_for(lambda: opened.window.is_open() and page.is_closed(), "the end of the page")
    assert opened.window.pages


class Restless:
    """A page that goes to the sign-in by itself, just when another address is asked for."""

    url = ""
    context = SimpleNamespace(on=lambda *_: None, remove_listener=lambda *_: None)

    def goto(self, address: str, **_: object) -> None:
        self.url = address.replace("/new/home", "/login?redirectReason=401")
        raise BrowserError(f'Navigation to "{address}" is interrupted by another navigation')

    def is_closed(self) -> bool:
        return False


def test_a_page_that_goes_elsewhere_meanwhile_is_looked_at_where_it_leads() -> None:
    page: Any = Restless()
    with pytest.raises(LoginNeeded):
        read_account(page, SiteName.REDNOTE, "http://127.0.0.1:9", "RedNote", seconds=SECONDS)


def test_without_a_network_it_is_tried_again_later(shown: Shown) -> None:
    with pytest.raises(RetryLater):
        read_account(shown.page, SiteName.REDNOTE, "http://127.0.0.1:9", "RedNote", seconds=2)


@pytest.mark.complete
def test_a_watch_follows_who_signs_in_and_out(shown: Shown) -> None:
    studio, page = shown.studio, shown.page
    with AccountWatch(page.context, {SiteName.REDNOTE: studio.origin}) as watch:
        seen = []
        for answers in (
            {USER_INFO: ok(userId="1", userName="one")},
            {USER_INFO: ok(userId="2", userName="two")},
            {USER_INFO: SIGNED_OUT},
        ):
            studio.answers = answers
            with page.expect_response(f"**{USER_INFO}"):
                page.goto(f"{studio.origin}/new/home")
            account = watch.account()
            seen.append(account.name if account else None)
    assert seen == ["one", "two", None]
