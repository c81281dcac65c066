"""Drivers of the real page that others published can publish here: what they look for is there, once,
and the page can be walked with nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page_browser import Tab, open_tab
from tests.rehearsal.makers import MP4, RunningServer

from .conftest import Switch, address, read_log
from .hands import Hands

pytestmark = pytest.mark.complete

ENTRY = "/publish/publish?from=homepage&target={}"
TITLE = 'input[placeholder*="填写标题"]'
BODY = 'p[data-placeholder*="输入正文描述"]'
TOPICS = "#creator-editor-topic-container"


@pytest.fixture(scope="module")
def filled(browser: Browser, server: RunningServer, film: Path) -> Iterator[Page]:
    """The page of a video that is uploaded and has no words yet."""
    with open_tab(browser) as tab:
        hands = Hands(tab.page, address(server))
        tab.page.request.post(f"{hands.base}/@sandbox/scan-code")
        tab.page.goto(hands.base + ENTRY.format("video"))
        tab.page.locator(
            "div[class^='upload-content'] input[class='upload-input']"
        ).set_input_files(film)
        hands.wait_ready()
        yield tab.page
        tab.check_quiet()


# --- what they look for


@pytest.mark.parametrize("target", ["video", pytest.param("image", marks=pytest.mark.complete)])
def test_before_a_file_there_is_one_area_and_one_input_of_the_known_class(
    hands: Hands, target: str
) -> None:
    address = hands.base + ENTRY.format(target)
    hands.page.goto(address)
    expect(hands.page.locator("div[class^='upload-content']")).to_have_count(1)
    expect(hands.page.locator("div.upload-content")).to_be_visible()
    known = hands.page.locator("input[class='upload-input']")
    expect(known).to_have_count(1)
    accepts = {"video": ".mp4", "image": ".png"}[target]
    assert accepts in (known.get_attribute("accept") or "")
    assert hands.page.url == address


@pytest.mark.complete
def test_each_tab_stands_there_three_times_and_a_person_sees_one_of_them(hands: Hands) -> None:
    hands.page.goto(hands.base + ENTRY.format("video"))
    tabs = hands.page.locator("div.creator-tab")
    for text in ("上传视频", "上传图文", "写长文", "发播客"):
        same = tabs.filter(has_text=text)
        expect(same).to_have_count(3)
        styles = [one.get_attribute("style") or "" for one in same.all()]
        assert sum("left: -9999px" in style for style in styles) == 1
        assert same.locator("xpath=self::*[@data-hp-kind]").count() == 1
        seen = [one for one in same.all() if one.get_attribute("aria-hidden") != "true"]
        assert [one.get_attribute("data-hp-bound") for one in seen] == ["1"]


def test_after_a_video_a_laid_out_input_stands_before_what_tells_of_it(filled: Page) -> None:
    preview = filled.locator("input.upload-input + div[class*=preview-new]")
    expect(preview).to_have_count(1)
    expect(preview).to_contain_text("上传成功")
    box = filled.locator("input.upload-input").bounding_box()
    assert box is not None
    assert box["width"] > 0
    assert box["height"] > 0


def test_there_is_one_title_and_the_first_input_of_its_kind_is_it(filled: Page) -> None:
    expect(filled.locator(TITLE)).to_have_count(1)
    first = filled.locator("div.d-input input").first
    assert first.evaluate("(one, title) => one === document.querySelector(title)", TITLE)


def test_there_is_one_body_that_is_empty_and_says_so(filled: Page) -> None:
    expect(filled.locator(BODY)).to_have_count(1)
    body = filled.locator('div.tiptap.ProseMirror[contenteditable="true"][role="textbox"]')
    expect(body.locator(BODY)).to_have_count(1)


def test_one_button_in_all_roots_has_the_word_and_it_lies_where_others_click(filled: Page) -> None:
    session = filled.context.new_cdp_session(filled)
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    found = [
        node for node in _nodes(root) if node["nodeName"] == "BUTTON" and "发布" in _text(node)
    ]
    assert len(found) == 1
    wanted = {"nodeId": found[0]["nodeId"]}
    session.send("DOM.scrollIntoViewIfNeeded", wanted)
    corners = session.send("DOM.getBoxModel", wanted)["model"]["border"]
    session.detach()
    host = filled.locator("xhs-publish-btn").bounding_box()
    assert host is not None
    # A widely used driver clicks at this part of the host's width.
    place = host["x"] + host["width"] * 0.65
    assert min(corners[0::2]) + 5 < place < max(corners[0::2]) - 5


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in (*node.get("children", ()), *node.get("shadowRoots", ())):
        yield from _nodes(inner)


def _text(node: dict[str, Any]) -> str:
    return "".join(str(one["nodeValue"]) for one in _nodes(node))


def test_the_widget_tells_how_it_stands(filled: Page) -> None:
    widget = filled.locator("xhs-publish-btn")
    told = {
        "is-publish": "true",
        "is-save-draft": "true",
        "submit-text": "发布",
        "save-text": "暂存离开",
        "submit-disabled": "false",
        "submit-loading": "false",
    }
    for name, value in told.items():
        expect(widget).to_have_attribute(name, value)


def test_the_code_to_scan_is_an_image_in_the_page_beside_its_text(stranger: Hands) -> None:
    stranger.page.goto(f"{stranger.base}/login")
    box = stranger.page.locator("div[class*='login-box']").first
    box.locator("img.css-wemwzq").click()
    text = stranger.page.locator(".login-box-container").get_by_text("APP扫一扫登录")
    image = text.locator("xpath=..//following-sibling::div//img").first
    expect(image).to_be_visible()
    assert (image.get_attribute("src") or "").startswith("data:image/")


# --- whole roads, by those selectors alone


def add_topics_as_drivers_do(page: Page, names: list[str]) -> None:
    for name in names:
        page.keyboard.type(f"#{name}", delay=10)
        page.locator(TOPICS).wait_for(state="visible")
        page.locator(f"{TOPICS} .item").first.click()


def type_body(page: Page, body: Locator, text: str) -> None:
    body.click()
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+KeyA")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.complete
def test_a_video_goes_out_by_what_a_driver_for_many_sites_looks_for(
    hands: Hands,
    server: RunningServer,
    pictures: list[Path],
    switch: Switch,
    film: Path,
    tab: Tab,
) -> None:
    switch(shadow="open")  # such a driver's own browser sees into closed roots as well
    page = hands.page
    address = hands.base + ENTRY.format("video")
    page.goto(address)
    page.wait_for_url(address)
    page.locator("div[class^='upload-content'] input[class='upload-input']").set_input_files(film)
    preview = page.locator("input.upload-input").locator(
        'xpath=following-sibling::div[contains(@class, "preview-new")]'
    )
    expect(preview).to_contain_text("上传成功")
    page.locator(TITLE).fill("a driver's video")
    type_body(page, page.locator(BODY), "Line one\nLine two")
    add_topics_as_drivers_do(page, ["日落", "海边"])
    page.locator(".custom-switch-card").filter(has_text="定时发布").locator(".d-switch").click()
    time = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)
    page.locator(".d-datepicker-input-filter input.d-text").fill(f"{time:%Y-%m-%d %H:%M}")
    page.locator('button:has-text("定时发布")').click()
    page.wait_for_url("**/publish/success?**")
    note = read_log(server)["notes"][-1]
    assert note["title"] == "a driver's video"
    assert note["desc"] == "Line one\nLine two\n#日落[话题]# #海边[话题]#"
    assert note["topics"] == ["日落", "海边"]
    assert note["scheduled_for"] == f"{time:%Y-%m-%dT%H:%M:%SZ}"
    assert note["media"][0]["sha256"] == hashlib.sha256(MP4).hexdigest()
    tab.check_quiet()


@pytest.mark.complete
def test_pictures_go_out_by_what_a_driver_for_this_site_looks_for(
    hands: Hands, server: RunningServer, pictures: list[Path], tab: Tab
) -> None:
    page = hands.page
    page.goto(f"{hands.base}/publish/publish?source=official")
    expect(page.locator("div.upload-content")).to_be_visible()
    _find_tab(page, "上传图文").click()
    for number, path in enumerate(pictures[10:13], 1):
        inputs = page.locator('.upload-input, input[type="file"]')
        wanted = [one for one in inputs.all() if ".png" in (one.get_attribute("accept") or "")]
        wanted[0].set_input_files(path)
        expect(page.locator(".img-preview-area .pr")).to_have_count(number)
    page.locator("div.d-input input").first.press_sequentially("a driver's pictures")
    expect(page.locator("div.title-container div.max_suffix")).to_have_count(0)
    body = page.locator('div[role="textbox"][contenteditable="true"]')
    body.press_sequentially("Words")
    page.locator("div.d-input input").first.click()
    body.focus()
    for _ in range(20):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    add_topics_as_drivers_do(page, ["日落"])
    expect(page.locator("div.edit-container div.length-error")).to_have_count(0)
    page.locator("div.permission-card-wrapper div.d-select-content").click()
    options = page.locator("div.d-options-wrapper div.d-grid-item div.custom-option")
    options.filter(has_text="仅自己可见").click()
    card = page.locator("div.custom-switch-card").filter(has_text="原创声明")
    card.locator("div.d-switch").click()
    footer = page.locator("div.footer").filter(has_text="原创声明须知")
    footer.locator("div.d-checkbox").click()
    footer.locator("button.custom-button").click()
    assert card.locator("input[type=checkbox]").evaluate("(one) => one.checked")
    widget = page.locator("xhs-publish-btn")
    expect(widget).to_have_attribute("submit-disabled", "false")
    widget.scroll_into_view_if_needed()
    box = widget.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.65, box["y"] + box["height"] / 2)
    page.wait_for_url(lambda url: "/publish/publish" not in url)
    assert urlsplit(page.url).path == "/publish/success"
    assert "?" in page.url
    note = read_log(server)["notes"][-1]
    assert note["title"] == "a driver's pictures"
    assert note["desc"] == "Words\n\n#日落[话题]#"
    assert (note["visibility"], note["original"]) == ("only-me", True)
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures[10:13]]
    assert [file["sha256"] for file in note["media"]] == sums
    assert [one["event"] for one in read_log(server)["events"][-1:]] == ["publish-pressed"]
    tab.check_quiet()


def _find_tab(page: Page, text: str) -> Locator:
    """The tab that a person sees, by what such drivers know of the copies."""
    for tab in page.locator("div.creator-tab").all():
        style = tab.get_attribute("style") or ""
        hidden = "-9999px" in style or tab.get_attribute("aria-hidden") == "true"
        if not hidden and tab.inner_text().strip() == text:
            return tab
    raise AssertionError(text)


def test_the_editor_is_found_by_its_frame(filled: Page) -> None:
    expect(filled.locator("div.tiptap-container div[contenteditable]")).to_have_count(1)


@pytest.mark.complete
def test_the_old_layout_takes_a_cover_as_a_driver_of_that_time_gives_it(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch, film: Path
) -> None:
    switch(layout="old")
    page = hands.page
    page.goto(hands.base + ENTRY.format("video"))
    page.locator("div[class^='upload-content'] input[class='upload-input']").set_input_files(film)
    title = page.locator("div.cover-plugin-title").filter(has_text="设置封面")
    entry = title.locator("xpath=ancestor::div[contains(@class, 'cover-plugin-preview')]")
    expect(page.locator(".cover-plugin-preview .cover .default.row")).to_be_visible()
    entry.locator("div.cover > div.default:visible").click()
    dialog = page.locator("div.d-modal.cover-modal")
    dialog.locator('input[type="file"][accept*="image"]').first.set_input_files(pictures[14])
    dialog.locator("button.mojito-button").filter(has_text="确定").first.click()
    expect(dialog).to_be_hidden()
    page.locator(TITLE).fill("an old cover")
    with page.expect_response("**/web_api/sns/v2/note"):
        page.locator(".publish-page-publish-btn button.bg-red").click()
    note = read_log(server)["notes"][-1]
    assert note["cover"]["sha256"] == hashlib.sha256(pictures[14].read_bytes()).hexdigest()
