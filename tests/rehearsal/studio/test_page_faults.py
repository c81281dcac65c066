"""What goes wrong on the page itself: each switch shows what it says."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer

from .conftest import Switch, read_log, read_titles
from .hands import Hands
from .options import give_cover

pytestmark = pytest.mark.complete

DISABLED = "true"


# --- files


def test_a_file_whose_connection_breaks_is_shown_as_that(
    hands: Hands, film: Path, switch: Switch
) -> None:
    switch(faults=[{"call": "put", "fault": "reset-inside", "bytes": 100}])
    hands.open("video")
    hands.give(film)
    expect(hands.page.locator("div.preview-new")).to_have_text("网络错误")
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-disabled", DISABLED)


@pytest.mark.parametrize(
    ("processing", "text"),
    [("endless", "视频处理中…"), pytest.param("fails", "上传失败", marks=pytest.mark.complete)],
)
def test_processing_may_never_end_or_fail(
    hands: Hands, film: Path, switch: Switch, processing: str, text: str
) -> None:
    switch(processing=processing)
    hands.open("video")
    hands.give(film)
    expect(hands.page.locator("div.preview-new")).to_have_text(text)
    expect(hands.page.locator("xhs-publish-btn")).to_have_attribute("submit-disabled", DISABLED)


@pytest.mark.complete
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
    hands.page.goto(f"{hands.base}/publish/publish?source=official")
    hands.page.evaluate(
        """() => {
          window.replaced = 0;
          const isInput = (node) => node.nodeName === 'INPUT';
          new MutationObserver((changes) => changes.forEach((change) => {
            const nodes = [change.removedNodes, change.addedNodes];
            if (nodes.every((list) => [...list].some(isInput))) replaced += 1;
          })).observe(document, {childList: true, subtree: true});
        }"""
    )
    hands.take_tab("image")
    hands.page.wait_for_function("() => replaced > 0")
    hands.give(pictures[0])
    hands.wait_ready()


@pytest.mark.complete
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


@pytest.mark.parametrize(
    "switched", ["upload_origin", pytest.param("api_origin", marks=pytest.mark.complete)]
)
def test_calls_and_files_may_go_to_another_origin(
    hands: Hands,
    server: RunningServer,
    pictures: list[Path],
    switch: Switch,
    tab: Tab,
    switched: str,
) -> None:
    switch(**{switched: "other"})
    hands.fill(pictures[6], f"by {switched}")
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    assert f"by {switched}" in read_titles(server)
    paths = {urlsplit(url).path for url in tab.asked if urlsplit(url).hostname == "localhost"}
    wanted = "/web_api/sns/v2/note" if switched == "api_origin" else "/@upload/"
    assert [path for path in paths if path.startswith(wanted)]
    tab.check_quiet()


# --- the page itself


def test_a_topic_may_have_no_match(hands: Hands, pictures: list[Path], switch: Switch) -> None:
    switch(no_topic_match=True)
    hands.fill(pictures[0], "no topics")
    hands.page.locator("div.tiptap").click()
    with hands.page.expect_response("**/search/topic") as answer:
        hands.page.keyboard.type("#日落")
    assert answer.value.json()["data"]["topic_info_dtos"] == []
    hands.page.wait_for_timeout(500)
    expect(hands.page.locator("#creator-editor-topic-container")).to_have_count(0)


@pytest.mark.complete
def test_another_button_may_read_publish(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(second_publish_text=True)
    hands.fill(pictures[0], "which one")
    expect(hands.page.get_by_role("button", name="发布", exact=True)).to_have_count(1)
    with pytest.raises(AssertionError, match="2 buttons"):
        hands.press("发布")


@pytest.mark.complete
def test_the_text_may_be_slow_to_take_what_is_typed(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(slow_body=200)
    hands.fill(pictures[0], "slow")
    hands.page.locator("div.tiptap").click()
    began = time.monotonic()
    hands.page.keyboard.type("abc")
    expect(hands.page.locator("div.tiptap")).to_have_text("abc")
    assert time.monotonic() - began > 0.5


@pytest.mark.complete
def test_the_entry_for_collections_may_be_missing(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    hands.fill(pictures[0], "collections")
    expect(hands.page.locator(".collection-plugin-button")).to_be_visible()
    switch(no_collections=True)
    hands.fill(pictures[0], "no collections")
    expect(hands.page.locator(".collection-plugin-button")).to_have_count(0)


def test_the_two_buttons_are_seen_by_a_selector_only_in_an_open_root(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    hands.fill(pictures[0], "closed")
    expect(hands.page.locator("xhs-publish-btn button")).to_have_count(0)
    switch(shadow="open")
    hands.fill(pictures[0], "open")
    expect(hands.page.locator("xhs-publish-btn button")).to_have_count(2)


@pytest.mark.complete
def test_success_may_be_told_by_the_query_alone(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(published_query=True)
    hands.fill(pictures[0], "published=true")
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
    assert "renamed" in read_titles(server)


@pytest.mark.parametrize(
    ("site", "language", "brand", "button"),
    [
        ("rednote.com", "en", "rednote", "Publish"),
        pytest.param("xiaohongshu.com", "zh", "小红书", "发布", marks=pytest.mark.complete),
    ],
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
