"""The practice studio wants a sign-in, as the real one does, and says whose session it is."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer

from .conftest import read_log
from .hands import Hands

WANTED = "/publish/publish?source=official&target=image"


@pytest.mark.parametrize(
    "path", ["/publish/publish", "/publish/success?x", "/new/home", "/new/note-manager"]
)
def test_a_page_without_a_session_leads_to_the_sign_in(stranger: Hands, path: str) -> None:
    answer = stranger.page.request.get(f"{stranger.base}{path}", max_redirects=0)
    assert answer.status == 302
    where = urlsplit(answer.headers["location"])
    assert where.path == "/login"
    assert parse_qs(where.query) == {
        "source": ["official"],
        "redirectReason": ["401"],
        "lastUrl": [path],
    }


def test_the_session_of_the_site_alone_opens_no_page_of_the_studio(stranger: Hands) -> None:
    url = f"{stranger.base}/new/home"
    stranger.page.context.add_cookies(
        [
            {"name": "a1", "value": "x", "url": stranger.base},
            {"name": "web_session", "value": "x", "url": stranger.base},
        ]
    )
    assert stranger.page.request.get(url, max_redirects=0).status == 302


def test_a_person_scans_the_code_behind_the_corner_and_comes_where_they_wanted(
    stranger: Hands, tab: Tab
) -> None:
    page = tab.page
    page.goto(f"{stranger.base}{WANTED}")
    box = page.locator("div[class*='login-box']")
    expect(box.locator("input[type=tel]")).to_be_visible()
    page.locator("img.css-wemwzq").click()
    text = box.get_by_text("APP扫一扫登录")
    code = text.locator("xpath=following::img[1]")
    assert (code.get_attribute("src") or "").startswith("data:image/png")
    page.get_by_role("button", name="Pretend that your phone scanned it").click()
    expect(page.locator(".creator-tab.active")).to_have_text("上传图文")
    assert page.url == f"{stranger.base}{WANTED}"
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert {
        *("a1", "webId", "web_session", "galaxy_creator_session_id", "customer-sso-sid"),
        *("access-token-creator.xiaohongshu.com", "x-user-id-creator.xiaohongshu.com"),
    } == set(cookies)
    assert all(cookie["expires"] > 0 for cookie in cookies.values())  # a restart keeps them
    tab.check_quiet()


def test_a_sign_in_leads_to_no_other_site(stranger: Hands) -> None:
    stranger.sign_in("https://example.com/publish/publish")
    stranger.page.wait_for_url(f"{stranger.base}/new/home")


def test_the_home_page_asks_itself_who_is_signed_in(
    hands: Hands, tab: Tab, server: RunningServer
) -> None:
    before = len(read_log(server)["requests"])
    tab.page.goto(f"{hands.base}/new/home")
    expect(tab.page.locator(".person")).to_contain_text("Practice account")
    asked = {
        one["path"]: one["status"]
        for one in read_log(server)["requests"][before:]
        if one["path"].startswith("/api/")
    }
    assert asked == {
        "/api/galaxy/creator/home/personal_info": 200,
        "/api/galaxy/user/info": 200,
        "/api/galaxy/user/my-info": 200,
    }
    detail = tab.page.request.get(f"{hands.base}/api/galaxy/user/my-info").json()["data"]
    assert detail["userDetail"]["nickName"] == "Practice account"
    tab.check_quiet()


def test_signing_out_ends_the_session(hands: Hands) -> None:
    hands.page.goto(f"{hands.base}/new/home")
    hands.page.locator("button.sign-out").click()
    hands.page.wait_for_url("**/login")
    hands.page.goto(f"{hands.base}/new/home")
    assert "/login?" in hands.page.url
