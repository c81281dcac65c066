"""What lies in a person's way on the page, each as its switch says, and how it goes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page_browser import open_tab
from tests.rehearsal.makers import RunningServer
from tests.tier import by_tier

from .conftest import Switch, address, count_creates, read_log, sign_in
from .hands import Hands

pytestmark = pytest.mark.complete


def lies_over(page: Page, what: str, covered: Locator) -> bool:
    """Whether a click on the middle of `covered` would hit the element `what`."""
    box = covered.bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    return bool(
        page.evaluate(
            "([[x, y], what]) => document.elementFromPoint(x, y)?.closest(what) !== null",
            [middle, what],
        )
    )


def open_form(hands: Hands, picture: Path) -> None:
    hands.open("image")
    hands.give(picture)
    hands.wait_ready()


@pytest.mark.parametrize(
    "way", ["button.feature-guide__btn", "button.feature-guide__close"][: by_tier(1, 2)]
)
def test_a_tour_lies_over_the_title_until_it_is_closed(
    hands: Hands, pictures: list[Path], switch: Switch, way: str
) -> None:
    switch(feature_guide=True)
    open_form(hands, pictures[0])
    title = hands.page.locator('input[placeholder*="填写标题"]')
    assert lies_over(hands.page, ".feature-guide", title)
    hands.page.locator(way).click()
    assert not lies_over(hands.page, ".feature-guide", title)


def test_a_popover_lies_over_the_tabs_until_escape_or_a_click_beside_it(
    hands: Hands, switch: Switch
) -> None:
    switch(tab_popover=True)
    page = hands.page
    tab = page.locator(".header-tabs .creator-tab[data-hp-bound='1']").first
    ways: list[Callable[[], None]] = [
        lambda: page.keyboard.press("Escape"),
        lambda: page.mouse.click(5, 5),
    ]
    for leave in ways:
        page.goto(f"{hands.base}/publish/publish?source=official")
        expect(tab).to_be_visible()
        assert lies_over(page, "div.d-popover", tab)
        leave()
        assert not lies_over(page, "div.d-popover", tab)


@pytest.mark.complete
def test_a_tip_that_the_text_is_short_comes_with_the_first_words(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(short_note_tip=True)
    open_form(hands, pictures[0])
    button = hands.page.locator("button.short-note-rooltip-button")
    expect(button).to_have_count(0)
    hands.write_body("short")
    button.click()
    expect(button).to_have_count(0)


@pytest.mark.complete
def test_the_dialog_of_an_activity_comes_after_the_first_topic(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(activity_dialog=True)
    open_form(hands, pictures[0])
    hands.write_body("words ")
    hands.add_topic("日落")
    dialog = hands.page.locator("div.d-modal")
    expect(dialog).to_contain_text("活动详情")
    dialog.locator(".d-modal-close").click()
    hands.page.locator("div.tiptap").click()
    hands.add_topic("海边")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [("unknown_dialog", "平台公约更新", "同意并继续"), ("draft_notice", "未完成的草稿", "放弃")][
        : by_tier(1, 2)
    ],
)
def test_a_dialog_waits_for_the_page_to_open(
    hands: Hands, switch: Switch, name: str, text: str, answer: str
) -> None:
    switch(**{name: True})
    hands.page.goto(f"{hands.base}/publish/publish?source=official")
    dialog = hands.page.locator("div.d-modal")
    expect(dialog).to_contain_text(text)
    dialog.get_by_role("button", name=answer).click()
    expect(dialog).to_have_count(0)


def test_with_an_unbound_phone_the_button_looks_alive_and_sends_nothing(
    hands: Hands, server: RunningServer, pictures: list[Path], switch: Switch
) -> None:
    switch(phone_not_bound=True)
    open_form(hands, pictures[0])
    hands.write_title("a dead button")
    expect(hands.page.get_by_text("绑定手机号")).to_be_visible()
    made = count_creates(server)
    before = len(read_log(server)["events"])
    hands.press()
    hands.page.wait_for_function(
        "async (count) => (await (await fetch('/_log')).json()).events.length > count", arg=before
    )
    button = hands.page.locator("xhs-publish-btn")
    assert button.get_attribute("submit-disabled") == "false"
    assert button.get_attribute("submit-loading") == "false"
    assert count_creates(server) == made
    assert hands.page.url.endswith("/publish/publish?source=official")


def test_the_list_of_topics_stays_over_the_button_until_escape(
    hands: Hands, pictures: list[Path], switch: Switch
) -> None:
    switch(topic_list_stays=True)
    open_form(hands, pictures[0])
    hands.write_body("words ")
    hands.add_topic("日落")
    button = hands.page.locator(".publish-page-publish-btn")
    button.scroll_into_view_if_needed()
    assert lies_over(hands.page, "[data-tippy-root]", button)
    hands.page.keyboard.press("Escape")
    assert not lies_over(hands.page, "[data-tippy-root]", button)


@pytest.mark.complete
def test_the_page_asks_where_it_is_when_a_video_is_given(
    browser: Browser, server: RunningServer, switch: Switch, film: Path
) -> None:
    switch(asks_location=True)
    with open_tab(browser) as tab:
        hands = sign_in(Hands(tab.page, address(server)))
        tab.page.add_init_script(
            "window.asked = 0; navigator.geolocation.getCurrentPosition = () => { asked += 1; };"
        )
        hands.open("video")
        assert tab.page.evaluate("asked") == 0
        hands.give(film)
        hands.wait_ready()
        assert tab.page.evaluate("asked") == 1
