"""What a person chooses below the text arrives in the note, exactly."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import MP4, RunningServer

from .conftest import Switch, read_log
from .hands import Hands
from .options import (
    choose_visibility,
    claim_original,
    declare,
    declared,
    fill_dialog,
    give_cover,
    schedule,
)

pytestmark = pytest.mark.complete

COMPLETE = pytest.mark.complete


def publish(hands: Hands, server: RunningServer) -> dict[str, Any]:
    with hands.page.expect_response("**/web_api/sns/v2/note"):
        hands.press()
    note: dict[str, Any] = read_log(server)["notes"][-1]
    return note


def binds(note: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(note["payload"]["common"]["business_binds"])
    return found


@pytest.mark.parametrize(
    ("text", "visibility"),
    [
        ("仅自己可见", "only-me"),
        pytest.param("仅互关好友可见", "friends", marks=COMPLETE),
        pytest.param("公开可见", "public", marks=COMPLETE),
    ],
)
def test_who_may_see_the_note_arrives(
    hands: Hands, server: RunningServer, pictures: list[Path], text: str, visibility: str
) -> None:
    hands.fill(pictures[0], f"seen by {visibility}")
    choose_visibility(hands.page, text)
    assert publish(hands, server)["visibility"] == visibility


@pytest.mark.complete
def test_choosing_people_where_there_are_none_leaves_the_choice_as_it_was(
    hands: Hands, pictures: list[Path]
) -> None:
    hands.fill(pictures[0], "people")
    hands.page.locator(".permission-card-wrapper .d-select-content").click()
    hands.page.get_by_text("只给谁看").click()
    hands.page.get_by_role("button", name="取消").click()
    shown = hands.page.locator(".permission-card-wrapper .d-select-description")
    expect(shown).to_have_text("公开可见")


@pytest.mark.parametrize(
    ("texts", "answers", "declaration", "bind"),
    [
        (
            ["内容来源声明", "来源转载"],
            ["央视新闻"],
            "repost",
            {"origin": 5, "repostInfo": {"source": "央视新闻"}},
        ),
        pytest.param(["虚构演绎，仅供娱乐"], [], "fiction", {"origin": 1}, marks=COMPLETE),
        pytest.param(["笔记含AI合成内容"], [], "ai", {"origin": 2}, marks=COMPLETE),
        pytest.param(["内容包含营销广告"], [], "ad", {"origin": 3}, marks=COMPLETE),
        pytest.param(
            ["内容来源声明", "已在正文中自主标注"], [], "in-text", {"origin": 6}, marks=COMPLETE
        ),
        pytest.param(
            ["内容来源声明", "自主拍摄"],
            ["东京", "2026-03-01"],
            "self-shot",
            {"origin": 4, "photoInfo": {"place": "东京", "date": "2026-03-01"}},
            marks=COMPLETE,
        ),
    ],
)
def test_what_is_declared_arrives_with_what_it_asks_for(
    hands: Hands,
    server: RunningServer,
    pictures: list[Path],
    texts: list[str],
    answers: list[str],
    declaration: str,
    bind: dict[str, Any],
) -> None:
    hands.fill(pictures[1], f"declared {declaration}")
    declare(hands.page, *texts)
    if answers:
        fill_dialog(hands.page, *answers)
    expect(declared(hands.page)).to_have_text(texts[-1])
    note = publish(hands, server)
    assert (note["declaration"], binds(note)["userDeclarationBind"]) == (declaration, bind)


def test_a_note_is_claimed_as_original_only_after_agreeing(
    hands: Hands, server: RunningServer, pictures: list[Path]
) -> None:
    hands.fill(pictures[2], "mine")
    state = hands.page.locator(".custom-switch-card", has_text="原创声明").locator(
        ".d-switch-simulator"
    )
    expect(state).to_contain_class("unchecked")
    hands.page.locator(".custom-switch-card .d-switch").first.click()
    expect(hands.page.get_by_role("button", name="声明原创")).to_be_disabled()
    hands.page.locator(".d-modal-close").click()
    expect(state).to_contain_class("unchecked")
    claim_original(hands.page)
    assert publish(hands, server)["original"] is True


def test_a_time_arrives_to_the_minute_and_the_button_says_so(
    hands: Hands, server: RunningServer, pictures: list[Path]
) -> None:
    wanted = (datetime.now(UTC) + timedelta(days=3)).replace(second=0, microsecond=0)
    hands.fill(pictures[3], "later")
    schedule(hands.page, f"{wanted:%Y-%m-%d %H:%M}")
    button = hands.page.locator("xhs-publish-btn")
    expect(button).to_have_attribute("submit-text", "定时发布")
    assert publish(hands, server)["scheduled_for"] == f"{wanted:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize(
    "ahead",
    [
        timedelta(minutes=50),
        pytest.param(timedelta(days=14, minutes=2), marks=COMPLETE),
    ],
)
def test_a_time_that_is_too_near_or_too_far_is_refused(
    hands: Hands, pictures: list[Path], ahead: timedelta
) -> None:
    hands.fill(pictures[3], "never")
    before = hands.page.locator(".post-time-wrapper .date-picker-container input")
    time = f"{datetime.now(UTC) + ahead:%Y-%m-%d %H:%M}"
    schedule(hands.page, time)
    expect(before).not_to_have_value(time)
    expect(hands.page.locator(".d-toast-description").first).to_be_visible()


def test_a_video_has_the_cover_that_was_given_to_it(
    hands: Hands, server: RunningServer, pictures: list[Path], film: Path, tab: Tab
) -> None:
    hands.open("video")
    hands.give(film)
    hands.wait_ready()
    hands.write_title("with a cover")
    give_cover(hands.page, pictures[4])
    note = publish(hands, server)
    assert note["type"] == "video"
    assert note["media"][0]["sha256"] == hashlib.sha256(MP4).hexdigest()
    assert note["cover"]["sha256"] == hashlib.sha256(pictures[4].read_bytes()).hexdigest()
    tab.check_quiet()


@pytest.mark.complete
def test_the_edit_of_a_cover_is_seen_only_under_the_pointer(hands: Hands, film: Path) -> None:
    hands.open("video")
    hands.give(film)
    offer = hands.page.get_by_text("编辑封面")
    expect(hands.page.locator(".upload-cover")).to_be_visible()
    expect(offer).to_be_hidden()
    hands.page.locator(".upload-cover").hover()
    expect(offer).to_be_visible()


@pytest.mark.complete
def test_a_cover_can_be_dropped_without_a_word(
    hands: Hands, server: RunningServer, pictures: list[Path], film: Path, switch: Switch
) -> None:
    switch(drops=["cover"])
    hands.open("video")
    hands.give(film)
    hands.wait_ready()
    hands.write_title("cover dropped")
    give_cover(hands.page, pictures[9])
    assert publish(hands, server)["cover"] is None


@pytest.mark.complete
@pytest.mark.parametrize(
    ("option", "field", "left"),
    [
        ("visibility", "visibility", "public"),
        ("declaration", "declaration", "none"),
        ("original", "original", False),
        ("schedule", "scheduled_for", None),
        ("topics", "topics", []),
    ],
)
def test_an_option_can_be_dropped_without_a_word(
    hands: Hands,
    server: RunningServer,
    pictures: list[Path],
    switch: Switch,
    option: str,
    field: str,
    left: object,
) -> None:
    switch(drops=[option])
    hands.fill(pictures[5], f"without {option}")
    hands.write_body("words ")
    hands.add_topic("日落")
    choose_visibility(hands.page, "仅自己可见")
    declare(hands.page, "笔记含AI合成内容")
    claim_original(hands.page)
    schedule(hands.page, f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d %H:%M}")
    note = publish(hands, server)
    others = {"visibility", "declaration", "original", "scheduled_for", "topics"} - {field}
    plain = {"visibility": "public", "declaration": "none", "original": False}
    assert note[field] == left
    assert all(note[name] != plain.get(name) and note[name] for name in others)
