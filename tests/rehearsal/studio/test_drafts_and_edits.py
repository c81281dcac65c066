"""A note is left as a draft and gone on with; a note that is there is opened in the same form."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer

from .conftest import count_creates, read_log
from .hands import Hands
from .options import choose_visibility, declare, declared

pytestmark = pytest.mark.complete

SAVE, PUBLISH = ("暂存离开",), ("发布",)


def fill(hands: Hands, pictures: list[Path], title: str) -> None:
    hands.open("image")
    hands.give(*pictures)
    hands.wait_ready()
    hands.write_title(title)
    hands.write_body("first line", "second line ")
    hands.add_topic("日落")
    choose_visibility(hands.page, "仅自己可见")
    declare(hands.page, "笔记含AI合成内容")


@pytest.mark.complete
def test_a_draft_is_kept_by_this_browser_and_goes_out_whole(
    hands: Hands, server: RunningServer, pictures: list[Path], tab: Tab
) -> None:
    fill(hands, pictures[:2], "a draft")
    made = count_creates(server)
    hands.press(*SAVE)
    box = hands.page.locator(".draft-box")
    expect(box).to_have_text("草稿箱(1)")
    box.click()
    hands.page.locator(".draft-row", has_text="a draft").get_by_role("button", name="编辑").click()
    hands.wait_ready()
    assert count_creates(server) == made
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    note = read_log(server)["notes"][-1]
    assert (note["title"], note["topics"]) == ("a draft", ["日落"])
    assert note["desc"] == "first line\nsecond line #日落[话题]#"
    assert (note["visibility"], note["declaration"]) == ("only-me", "ai")
    assert len(note["media"]) == 2
    hands.wait_published()
    hands.open("image")
    expect(box).to_have_text("草稿箱(0)")
    tab.check_quiet()


def test_a_draft_can_be_thrown_away(hands: Hands, pictures: list[Path]) -> None:
    fill(hands, pictures[:1], "not wanted")
    hands.press(*SAVE)
    hands.page.locator(".draft-box").click()
    hands.page.get_by_role("button", name="删除").click()
    expect(hands.page.locator(".draft-list")).to_have_text("还没有草稿")


@pytest.mark.complete
def test_a_note_is_shown_in_the_same_form_and_taken_anew(
    hands: Hands, server: RunningServer, pictures: list[Path], tab: Tab
) -> None:
    fill(hands, pictures[2:4], "before")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    before = read_log(server)["notes"][-1]
    hands.page.goto(f"{hands.base}/publish/update?id={before['id']}&noteType=normal")
    hands.wait_ready()
    page = hands.page
    expect(page.locator('input[placeholder*="填写标题"]')).to_have_value("before")
    expect(page.locator(".permission-card-wrapper .d-select-description")).to_have_text(
        "仅自己可见"
    )
    expect(declared(page)).to_have_text("笔记含AI合成内容")
    expect(page.locator(".img-preview-area .pr")).to_have_count(2)
    expect(page.locator("div.tiptap a.tiptap-topic")).to_have_count(1)
    expect(page.locator("xhs-publish-btn")).to_have_attribute("is-save-draft", "false")
    hands.write_title("after")
    with page.expect_response("**/note/update"):
        hands.press(*PUBLISH)
    log = read_log(server)
    after = log["notes"][-1]
    assert after["title"] == "after"
    same = ("id", "time", "desc", "topics", "visibility", "declaration", "media")
    assert [after[name] for name in same] == [before[name] for name in same]
    tab.check_quiet()


def test_a_note_that_is_not_there_shows_no_form(hands: Hands) -> None:
    with hands.page.expect_response("**/note/detail**") as answer:
        hands.page.goto(f"{hands.base}/publish/update?id={'0' * 24}&noteType=normal")
    assert answer.value.json()["code"] == -9106
    expect(hands.page.locator(".title-container")).to_have_count(0)
