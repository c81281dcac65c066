"""A person publishes on the practice studio's page by hand, and the note arrives exactly."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.media.made_films import AAC, FASTSTART, H264, film, sdr
from tests.page_browser import Tab
from tests.rehearsal.makers import MP4, RunningServer

from .conftest import Switch, read_log
from .hands import Hands


def sums(*paths: Path) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def newest(server: RunningServer) -> dict[str, Any]:
    note: dict[str, Any] = read_log(server)["notes"][-1]
    return note


def calls(server: RunningServer, path: str) -> int:
    return sum(one["path"] == path for one in read_log(server)["requests"])


def test_pictures_with_words_and_a_topic_arrive_as_they_were_entered(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    hands.open("image")
    hands.give(*pictures[:3])
    hands.write_title("海边的一天")
    hands.write_body("Golden hour 😀 by the “sea”", "", "第二行 ")
    hands.add_topic("日落")
    hands.wait_ready()
    hands.press()
    hands.wait_published()
    note = newest(server)
    assert note["title"] == "海边的一天"
    assert note["desc"] == "Golden hour 😀 by the “sea”\n\n第二行 #日落[话题]#"
    assert note["topics"] == ["日落"]
    assert note["visibility"] == "public"
    assert [one["sha256"] for one in note["media"]] == sums(*pictures[:3])
    image = note["payload"]["image_info"]["images"][0]
    assert (image["width"], image["height"]) == (90, 120)
    event = read_log(server)["events"][-1]
    assert event == event | {"event": "publish-pressed", "trusted": True}
    tab.check_quiet()


@pytest.fixture(scope="module")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    film(path, *H264, *sdr(), *AAC, *FASTSTART)
    return path


@pytest.mark.complete
def test_a_video_arrives_with_its_size_and_the_first_frame_as_its_cover(
    hands: Hands, tab: Tab, server: RunningServer, short_film: Path
) -> None:
    hands.open("video")
    hands.give(short_film)
    hands.wait_ready()
    expect(tab.page.locator("div[class*=preview-new]")).to_contain_text("检测为高清视频")
    expect(tab.page.locator("div[class*=preview-new]")).to_contain_text("重新上传")
    hands.write_title("A film")
    hands.press()
    hands.wait_published()
    note = newest(server)
    assert note["type"] == "video"
    assert [one["sha256"] for one in note["media"]] == sums(short_film)
    video = note["payload"]["video_info"]
    assert (video["format_width"], video["format_height"]) == (270, 480)
    assert video["composite_metadata"]["video"]["duration"] == pytest.approx(1000, abs=60)
    assert video["cover"]["file_id"].startswith("spectrum/")
    assert video["cover"]["frame"]["is_upload"] is False
    tab.check_quiet()


@pytest.mark.complete
def test_a_large_video_arrives_in_parts(
    hands: Hands, tab: Tab, server: RunningServer, tmp_path: Path
) -> None:
    path = tmp_path / "large.mp4"
    path.write_bytes(MP4 + bytes(11_000_000))
    hands.open("video")
    hands.give(path)
    hands.wait_ready()
    hands.write_title("A large film")
    hands.press()
    hands.wait_published()
    assert [one["sha256"] for one in newest(server)["media"]] == sums(path)
    assert newest(server)["media"][0]["bytes"] == path.stat().st_size
    assert server.practice.state()["leaks"] == 0  # no cookie went to the upload host


@pytest.mark.complete
def test_a_title_can_be_written_when_the_video_has_arrived(
    hands: Hands, tab: Tab, short_film: Path, switch: Switch
) -> None:
    switch(faults=[{"call": "put", "fault": "slow", "seconds": 0.5}])
    hands.open("video")
    hands.give(short_film)
    title = tab.page.locator('input[placeholder*="填写标题"]')
    expect(title).to_be_disabled()
    expect(tab.page.locator("div.stage")).to_contain_text("上传中 0%")
    expect(title).to_be_enabled()
    hands.wait_ready()


@pytest.mark.complete
def test_eighteen_pictures_arrive_in_their_order_however_they_were_given(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    page = tab.page
    hands.open("image")
    hands.give(*pictures[:2])
    expect(page.locator(".img-preview-area .pr")).to_have_count(2)
    page.evaluate("document.querySelector('.img-list .upload-input').mark = 1")
    page.locator(".img-list input[type=file][multiple]").set_input_files(pictures[2:3])
    expect(page.locator("div.status")).to_have_text("3/18")
    expect(page.locator(".img-preview-area .pr")).to_have_count(3)
    assert page.evaluate("document.querySelector('.img-list .upload-input').mark") is None
    page.locator(".img-list input[type=file][multiple]").set_input_files(pictures[3:])
    expect(page.locator(".img-preview-area .pr")).to_have_count(18)
    assert page.locator(".img-list input[type=file]").count() == 0
    assert page.locator(".img-container .mask.hover-mask:not(.prerender)").count() == 18
    hands.write_title("Eighteen")
    hands.wait_ready()
    hands.press()
    hands.wait_published()
    assert [one["sha256"] for one in newest(server)["media"]] == sums(*pictures)


@pytest.mark.complete
def test_a_picture_can_be_taken_out_but_not_the_last_one(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    page = tab.page
    hands.open("image")
    hands.give(*pictures[:2])
    hands.wait_ready()
    for _ in range(2):
        page.locator(".img-container").first.hover()
        page.locator(".img-container .close-btn").first.click()
    expect(page.locator(".d-new-toast .d-toast-description")).to_have_text(
        "发布笔记需要至少一张图片"
    )
    expect(page.locator(".img-container")).to_have_count(1)
    hands.write_title("One is left")
    hands.press()
    hands.wait_published()
    assert [one["sha256"] for one in newest(server)["media"]] == sums(pictures[1])


@pytest.mark.complete
def test_a_file_that_is_no_picture_is_marked_and_the_note_stays_unready(
    hands: Hands, tab: Tab, tmp_path: Path
) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"no picture")
    hands.open("image")
    hands.give(path)
    expect(tab.page.locator(".img-container .upload-failed")).to_have_text("上传失败")
    expect(tab.page.locator("xhs-publish-btn")).to_have_attribute("submit-disabled", "true")


@pytest.mark.complete
def test_a_long_title_is_counted_in_units_and_the_site_refuses_it(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    suffix = tab.page.locator("div.title-container div.max_suffix")
    hands.open("image")
    hands.give(pictures[0])
    hands.wait_ready()
    hands.write_title("a" * 40)
    expect(tab.page.locator("div.title-container")).to_contain_text("20/20")
    assert suffix.count() == 0
    hands.write_title("海" * 20 + "😀")
    expect(suffix).to_have_text("22/20")
    notes = server.practice.state()["notes"]
    hands.press()
    expect(tab.page.locator(".d-toast-description")).to_contain_text("22 units")
    assert server.practice.state()["notes"] == notes
    expect(tab.page.locator("xhs-publish-btn")).to_have_attribute("submit-loading", "false")


@pytest.mark.complete
def test_a_press_by_a_script_is_told_from_one_by_a_hand(
    hands: Hands, tab: Tab, server: RunningServer, pictures: list[Path]
) -> None:
    hands.open("image")
    hands.give(pictures[0])
    hands.write_title("No hand")
    hands.wait_ready()
    tab.page.evaluate(
        "document.querySelector('xhs-publish-btn').dispatchEvent(new CustomEvent('publish'))"
    )
    hands.wait_published()
    event = read_log(server)["events"][-1]
    assert event == event | {"event": "publish-pressed", "trusted": False}


@pytest.mark.complete
def test_an_eleventh_topic_brings_a_line_and_no_list(
    hands: Hands, tab: Tab, pictures: list[Path]
) -> None:
    page = tab.page
    hands.open("image")
    hands.give(pictures[0])
    page.locator("div.tiptap").click()
    topic = """(name) => `<a class="tiptap-topic" data-topic='{"id":"1","name":"${name}","link":""}'></a> `"""
    page.evaluate(
        f"document.querySelector('.tiptap').innerHTML = '<p>' + [...'0123456789'].map({topic}).join('') + '</p>'"
    )
    expect(page.locator("a.tiptap-topic")).to_have_count(10)
    page.keyboard.press("End")
    page.keyboard.type(" #日落")
    expect(page.locator(".d-new-toast .d-toast-description")).to_have_text("最多添加10个话题")
    page.wait_for_timeout(450)  # a list would come by now
    assert page.locator("#creator-editor-topic-container").count() == 0


@pytest.mark.complete
def test_line_ends_of_a_text_put_in_whole_are_blanks_where_that_is_switched(
    hands: Hands, tab: Tab, pictures: list[Path], switch: Switch
) -> None:
    switch(line_ends="blanks")
    hands.open("image")
    hands.give(pictures[0])
    hands.write_body("one\n\ntwo", "three")
    assert hands.body() == "<p>one  two</p><p>three</p>"


@pytest.mark.complete
def test_the_success_page_leads_back_to_an_empty_one_by_itself(
    hands: Hands, tab: Tab, pictures: list[Path]
) -> None:
    hands.open("image")
    hands.give(pictures[0])
    hands.write_title("Back again")
    hands.wait_ready()
    hands.press()
    hands.wait_published()
    tab.page.wait_for_url("**/publish/publish?*published=true")
    expect(tab.page.locator(".upload-content")).to_be_visible()


@pytest.mark.complete
def test_each_tab_stands_there_three_times_and_a_click_on_a_hidden_copy_is_told(
    hands: Hands, tab: Tab, server: RunningServer
) -> None:
    page = tab.page
    page.goto(f"{hands.base}/publish/publish?from=homepage&target=image")
    tabs = page.locator(".header-tabs div.creator-tab", has_text="上传图文")
    expect(tabs).to_have_count(3)
    assert page.locator(".header-tabs .creator-tab:not([aria-hidden=true])").count() == 4
    live = page.locator(".creator-tab.active")
    assert live.get_attribute("data-hp-bound") == "1"
    assert page.locator(".creator-tab > span.title").count() == 12
    before = len(read_log(server)["events"])
    page.locator(".creator-tab[data-hp-kind]").nth(1).evaluate("(one) => one.click()")
    page.wait_for_load_state("networkidle")
    event = read_log(server)["events"][before]
    assert event["event"] == "tab-copy-clicked"
