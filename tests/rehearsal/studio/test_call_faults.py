"""What the page does when a call of its fails, its answer is lost, or the session is another one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.rehearsal.makers import RunningServer

from .conftest import Switch, count_creates, read_titles
from .hands import Hands

pytestmark = pytest.mark.complete


def fault(call: str, name: str, **settings: Any) -> dict[str, Any]:
    return {"call": call, "fault": name, **settings}


@pytest.mark.parametrize(
    "settings",
    [{"code": -100, "status": 401}, pytest.param({"code": -100}, marks=pytest.mark.complete)],
    ids=["401", "minus-100"],
)
def test_a_permit_without_a_session_leads_to_the_sign_in(
    hands: Hands, pictures: list[Path], switch: Switch, settings: dict[str, int]
) -> None:
    switch(faults=[fault("permit", "business", **settings)])
    hands.open("image")
    hands.give(*pictures[:4])  # each asks for a permit, and the first answer leads away
    hands.page.wait_for_url("**/login?**")
    query = parse_qs(urlsplit(hands.page.url).query)
    assert query["redirectReason"] == ["401"]
    assert query["lastUrl"] == ["/publish/publish?source=official"]


@pytest.mark.parametrize("status", [461, pytest.param(471, marks=pytest.mark.complete)])
def test_a_captcha_leads_to_its_address_though_the_body_looks_like_success(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch, status: int
) -> None:
    switch(faults=[fault("create", "captcha", status=status)])
    hands.fill(pictures[0], f"captcha {status}")
    hands.press()
    hands.page.wait_for_url("**/web-login/captcha?**")
    query = parse_qs(urlsplit(hands.page.url).query)
    assert (query["verifyType"], query["verifyBiz"]) == (["124"], [str(status)])
    assert f"captcha {status}" not in read_titles(server)


@pytest.mark.complete
def test_a_blocked_browser_is_led_to_the_page_of_errors(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("topics", "business", code=300012)])
    hands.fill(pictures[0], "blocked")
    hands.write_body("#日")
    hands.page.keyboard.type("落")
    hands.page.wait_for_url("**/website-login/error?**error_code=300012")


def test_an_account_that_may_not_publish_is_told_so_and_stays_on_the_page(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "business", code=-9136)])
    hands.fill(pictures[0], "not allowed")
    hands.press()
    toast = hands.page.locator(".d-new-toast .d-toast-description")
    expect(toast).to_have_text("因违反社区规范禁止发笔记")
    assert "/publish/publish" in hands.page.url
    assert "not allowed" not in read_titles(server)


@pytest.mark.complete
def test_a_toast_is_gone_after_about_eight_seconds(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "business", code=-9136)])
    hands.fill(pictures[0], "for a while")
    hands.press()
    toast = hands.page.locator(".d-new-toast")
    expect(toast).to_be_visible()
    began = time.monotonic()
    expect(toast).to_have_count(0, timeout=15_000)
    assert 6 < time.monotonic() - began < 12


def test_while_an_answer_is_awaited_another_press_sends_nothing(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "slow", seconds=0.8, done=True)])
    hands.fill(pictures[0], "slow answer")
    before = count_creates(server)
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
        button = hands.page.locator("xhs-publish-btn")
        expect(button).to_have_attribute("submit-loading", "true")
        hands.press()
    assert count_creates(server) == before + 1
    assert read_titles(server).count("slow answer") == 1


def test_a_lost_answer_leaves_the_note_and_a_page_that_knows_nothing_of_it(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "stored-then-dropped")])
    hands.fill(pictures[0], "lost answer")
    hands.press()
    expect(hands.page.locator(".d-toast-description")).to_be_visible()
    assert read_titles(server).count("lost answer") == 1
    assert "/publish/publish" in hands.page.url
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-loading", "false")


def test_the_list_may_lack_a_note_that_was_just_posted(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    hands.fill(pictures[0], "not listed yet")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    switch(faults=[fault("list", "list-lag", seconds=60)])
    hands.page.goto(f"{hands.base}/new/note-manager")
    expect(hands.page.locator(".tab-item").first).to_contain_text("全部笔记")
    expect(hands.page.locator(".note-card", has_text="not listed yet")).to_have_count(0)


# --- whose session


def test_the_account_may_change_while_a_batch_runs(hands: Hands, switch: Switch) -> None:
    home = f"{hands.base}/new/home"
    hands.page.goto(home)
    expect(hands.page.locator(".person .name")).to_have_text("Practice account")
    switch(faults=[fault("probe", "other-account")])
    hands.page.goto(home)
    expect(hands.page.locator(".person .name")).to_have_text("Somebody else")


def test_a_session_may_end_while_a_batch_runs(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    hands.fill(pictures[0], "signed out")
    switch(signed_out=True)
    hands.press()
    hands.page.wait_for_url("**/login?**")
    hands.page.goto(f"{hands.base}/publish/publish?source=official")
    assert urlsplit(hands.page.url).path == "/login"
