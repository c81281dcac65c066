"""What goes wrong on the page: each switch, and each fault of a call, shows what it says."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer

from .conftest import Switch, read_log
from .hands import Hands
from .options import give_cover

ENABLED, DISABLED = "false", "true"


def fill(hands: Hands, picture: Path, title: str) -> None:
    hands.open("image")
    hands.give(picture)
    hands.wait_ready()
    hands.write_title(title)


def fault(call: str, name: str, **settings: Any) -> dict[str, Any]:
    return {"call": call, "fault": name, **settings}


def titles(server: RunningServer) -> list[str]:
    return [note["title"] for note in read_log(server)["notes"]]


def creates(server: RunningServer) -> int:
    return int(server.practice.state()["calls"].get("create", 0))


# --- calls that fail


@pytest.mark.parametrize(
    "settings", [{"code": -100, "status": 401}, {"code": -100}], ids=["401", "minus-100"]
)
def test_a_permit_without_a_session_leads_to_the_sign_in(
    hands: Hands, pictures: list[Path], switch: Switch, settings: dict[str, int]
) -> None:
    switch(faults=[fault("permit", "business", **settings)])
    hands.open("image")
    hands.give(pictures[0])
    hands.page.wait_for_url("**/login?**")
    query = parse_qs(urlsplit(hands.page.url).query)
    assert query["redirectReason"] == ["401"]
    assert query["lastUrl"] == ["/publish/publish?source=official"]


@pytest.mark.parametrize("status", [461, 471])
def test_a_captcha_leads_to_its_address_though_the_body_looks_like_success(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch, status: int
) -> None:
    switch(faults=[fault("create", "captcha", status=status)])
    fill(hands, pictures[0], f"captcha {status}")
    hands.press()
    hands.page.wait_for_url("**/web-login/captcha?**")
    query = parse_qs(urlsplit(hands.page.url).query)
    assert (query["verifyType"], query["verifyBiz"]) == (["124"], [str(status)])
    assert f"captcha {status}" not in titles(server)


def test_a_blocked_browser_is_led_to_the_page_of_errors(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("topics", "business", code=300012)])
    fill(hands, pictures[0], "blocked")
    hands.write_body("#日")
    hands.page.keyboard.type("落")
    hands.page.wait_for_url("**/website-login/error?**error_code=300012")


def test_an_account_that_may_not_publish_is_told_so_and_stays_on_the_page(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "business", code=-9136)])
    fill(hands, pictures[0], "not allowed")
    hands.press()
    toast = hands.page.locator(".d-new-toast .d-toast-description")
    expect(toast).to_have_text("因违反社区规范禁止发笔记")
    assert "/publish/publish" in hands.page.url
    assert "not allowed" not in titles(server)


@pytest.mark.complete
def test_a_toast_is_gone_after_about_eight_seconds(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "business", code=-9136)])
    fill(hands, pictures[0], "for a while")
    hands.press()
    toast = hands.page.locator(".d-new-toast")
    expect(toast).to_be_visible()
    began = time.monotonic()
    expect(toast).to_have_count(0, timeout=15_000)
    assert 6 < time.monotonic() - began < 12


def test_a_file_whose_connection_breaks_is_shown_as_that(
    hands: Hands, film: Path, switch: Switch
) -> None:
    switch(faults=[fault("put", "reset-inside", bytes=100)])
    hands.open("video")
    hands.give(film)
    expect(hands.page.locator("div.preview-new")).to_have_text("网络错误")
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-disabled", DISABLED)


def test_while_an_answer_is_awaited_another_press_sends_nothing(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "slow", seconds=1.5, done=True)])
    fill(hands, pictures[0], "slow answer")
    before = creates(server)
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
        button = hands.page.locator("xhs-publish-btn")
        expect(button).to_have_attribute("submit-loading", "true")
        hands.press()
    assert creates(server) == before + 1
    assert titles(server).count("slow answer") == 1


def test_a_lost_answer_leaves_the_note_and_a_page_that_knows_nothing_of_it(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(faults=[fault("create", "stored-then-dropped")])
    fill(hands, pictures[0], "lost answer")
    hands.press()
    expect(hands.page.locator(".d-toast-description")).to_be_visible()
    assert titles(server).count("lost answer") == 1
    assert "/publish/publish" in hands.page.url
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-loading", "false")


def test_the_list_may_lack_a_note_that_was_just_posted(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    fill(hands, pictures[0], "not listed yet")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    switch(faults=[fault("list", "list-lag", seconds=60)])
    hands.page.goto(f"{hands.base}/new/note-manager")
    expect(hands.page.locator(".tab-item").first).to_have_text("全部笔记 0")


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
    fill(hands, pictures[0], "signed out")
    switch(signed_out=True)
    hands.press()
    hands.page.wait_for_url("**/login?**")
    hands.page.goto(f"{hands.base}/publish/publish?source=official")
    assert urlsplit(hands.page.url).path == "/login"


# --- files


@pytest.mark.parametrize(
    ("processing", "text"), [("endless", "视频处理中…"), ("fails", "上传失败")]
)
def test_processing_may_never_end_or_fail(
    hands: Hands, film: Path, switch: Switch, processing: str, text: str
) -> None:
    switch(processing=processing)
    hands.open("video")
    hands.give(film)
    expect(hands.page.locator("div.preview-new")).to_have_text(text)
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-disabled", DISABLED)


def test_a_picture_that_is_not_processed_says_so_in_its_tile(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(processing="fails")
    hands.open("image")
    hands.give(pictures[0])
    expect(hands.page.locator(".img-container .upload-failed")).to_have_text("上传失败")


def test_the_input_for_files_may_be_another_one_a_moment_later(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(input_replaced=True)
    hands.open("image")
    first = hands.page.locator(".upload-content input.upload-input").element_handle()
    hands.page.wait_for_function("(input) => !input.isConnected", arg=first)
    hands.give(pictures[0])
    hands.wait_ready()


def test_a_hidden_input_may_stand_before_the_one_that_works(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(hidden_reupload=True)
    hands.open("image")
    inputs = hands.page.locator(".upload-content input.upload-input")
    expect(inputs).to_have_count(2)
    expect(inputs.first).to_be_hidden()
    inputs.last.set_input_files(pictures[0])
    hands.wait_ready()


@pytest.mark.parametrize("switched", ["api_origin", "upload_origin"])
def test_calls_and_files_may_go_to_another_origin(
    hands: Hands,
    server: RunningServer,
    pictures: list[Path],
    switch: Switch,
    tab: Tab,
    switched: str,
) -> None:
    switch(**{switched: "other"})
    fill(hands, pictures[6], f"by {switched}")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    assert f"by {switched}" in titles(server)
    paths = {urlsplit(url).path for url in tab.asked if urlsplit(url).hostname == "localhost"}
    wanted = "/web_api/sns/v2/note" if switched == "api_origin" else "/@upload/"
    assert [path for path in paths if path.startswith(wanted)]
    tab.check_quiet()


# --- the page itself


def test_a_topic_may_have_no_match(hands: Hands, pictures: list[Path], switch: Switch) -> None:
    switch(no_topic_match=True)
    fill(hands, pictures[0], "no topics")
    hands.page.locator("div.tiptap").click()
    with hands.page.expect_response("**/search/topic") as answer:
        hands.page.keyboard.type("#日落")
    assert answer.value.json()["success"]
    hands.page.wait_for_timeout(500)
    expect(hands.page.locator("#creator-editor-topic-container")).to_have_count(0)


def test_another_button_may_read_publish(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(second_publish_text=True)
    fill(hands, pictures[0], "which one")
    expect(hands.page.get_by_role("button", name="发布", exact=True)).to_have_count(1)
    with pytest.raises(AssertionError, match="2 buttons"):
        hands.press("发布")


def test_the_text_may_be_slow_to_take_what_is_typed(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(slow_body=200)
    fill(hands, pictures[0], "slow")
    hands.page.locator("div.tiptap").click()
    began = time.monotonic()
    hands.page.keyboard.type("abc")
    expect(hands.page.locator("div.tiptap")).to_have_text("abc")
    assert time.monotonic() - began > 0.5


def test_the_entry_for_collections_may_be_missing(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    fill(hands, pictures[0], "collections")
    expect(hands.page.locator(".collection-plugin-button")).to_be_visible()
    switch(no_collections=True)
    fill(hands, pictures[0], "no collections")
    expect(hands.page.locator(".collection-plugin-button")).to_have_count(0)


def test_the_two_buttons_are_seen_by_a_selector_only_in_an_open_root(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    fill(hands, pictures[0], "closed")
    expect(hands.page.locator("xhs-publish-btn button")).to_have_count(0)
    switch(shadow="open")
    fill(hands, pictures[0], "open")
    expect(hands.page.locator("xhs-publish-btn button")).to_have_count(2)


@pytest.mark.complete
def test_success_may_be_told_by_the_query_alone(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(published_query=True)
    fill(hands, pictures[0], "published=true")
    hands.press()
    hands.page.wait_for_url("**/publish/publish?**published=true**")


def test_a_renamed_element_is_not_found_and_the_page_works_all_the_same(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(
        rename={"d-text": "d-words", "填写标题": "写个标题", "img-preview-area": "pictures-area"}
    )
    hands.open("image")
    hands.give(pictures[7])
    hands.wait_ready()
    for gone in ('input[placeholder*="填写标题"]', "input.d-text", ".img-preview-area"):
        expect(hands.page.locator(gone)).to_have_count(0)
    hands.page.locator('.title-container input[placeholder*="写个标题"]').fill("renamed")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    assert "renamed" in titles(server)


@pytest.mark.parametrize(
    ("site", "language", "brand", "button"),
    [("rednote.com", "en", "rednote", "Publish"), ("xiaohongshu.com", "zh", "小红书", "发布")],
)
def test_the_page_is_of_either_site_and_in_either_language(
    hands: Hands,
    pictures: list[Path],
    switch: Switch,
    site: str,
    language: str,
    brand: str,
    button: str,
) -> None:
    switch(site=site, language=language)
    hands.page.goto(f"{hands.base}/publish/publish?source=official&target=image")
    hands.give(pictures[0])
    hands.wait_ready()
    expect(hands.page.locator(".studio-bar")).to_contain_text(brand)
    widget = hands.page.locator("xhs-publish-btn")
    expect(widget).to_have_attribute("submit-text", button)
    assert hands.page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[language]


@pytest.mark.complete
def test_the_old_layout_takes_a_video_with_words_and_a_cover(
    hands: Hands, server: RunningServer, pictures: list[Path], film: Path, switch: Switch, tab: Tab
) -> None:
    switch(layout="old")
    page = hands.page
    hands.open("video")
    hands.give(film)
    button = page.locator(".publish-page-publish-btn button.bg-red")
    expect(button).to_be_enabled()
    expect(page.locator("xhs-publish-btn")).to_have_count(0)
    hands.write_title("old")
    page.locator("div.ql-editor").click()
    page.keyboard.insert_text("words ")
    hands.add_topic("日落")
    give_cover(page, pictures[8], old=True)
    with page.expect_response("**/web_api/sns/v2/note"):
        button.click()
    note = read_log(server)["notes"][-1]
    assert (note["title"], note["desc"], note["topics"]) == ("old", "words #日落[话题]#", ["日落"])
    assert note["cover"] is not None
    tab.check_quiet()
