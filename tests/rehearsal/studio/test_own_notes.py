"""The list of own notes on the practice studio asks for them itself, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.page_browser import Tab
from tests.rehearsal.makers import RunningServer, photos, running_server

from .conftest import read_log
from .hands import Hands

pytestmark = pytest.mark.complete

NOTES = 23
PATH = "/api/galaxy/v2/creator/note/user/posted"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of its own, as the account's notes are counted."""
    with running_server(tmp_path_factory.mktemp("own-notes") / "practice") as server:
        yield server


@pytest.fixture(scope="module")
def ids(server: RunningServer) -> list[str]:
    """The ids of 23 notes, oldest first."""
    practice = server.practice
    made = (
        practice.create(photos(practice.file(), title=f"Note {number}"))
        for number in range(1, NOTES + 1)
    )
    return [note["data"]["id"] for note in made]


@pytest.fixture
def small_window(tab: Tab) -> Iterator[None]:
    before = tab.page.viewport_size
    assert before is not None
    tab.page.set_viewport_size({"width": 900, "height": 500})
    yield
    tab.page.set_viewport_size(before)


def test_the_list_grows_as_it_is_scrolled_and_names_each_note(
    hands: Hands, tab: Tab, server: RunningServer, ids: list[str], small_window: None
) -> None:
    page = tab.page
    before = len(read_log(server)["requests"])
    page.goto(f"{hands.base}/new/note-manager")
    cards = page.locator(".note-card[data-impression]")
    expect(cards).to_have_count(10)
    page.mouse.wheel(0, 5000)
    expect(cards).to_have_count(20)
    page.mouse.wheel(0, 5000)
    expect(cards).to_have_count(NOTES)
    asked = [one["query"] for one in read_log(server)["requests"][before:] if one["path"] == PATH]
    assert asked == ["tab=0&page=0", "tab=0&page=1", "tab=0&page=2"]
    impressions = [json.loads(card.get_attribute("data-impression") or "") for card in cards.all()]
    assert [one["noteTarget"]["value"]["noteId"] for one in impressions] == ids[::-1]
    assert {one["event"]["value"]["pointId"] for one in impressions} == {50977}
    assert cards.first.locator(".note-card__title").inner_text() == f"Note {NOTES}"
    tabs = page.locator(".tab-item")
    assert tabs.all_inner_texts() == ["全部笔记 23", "已发布 23", "审核中 0", "未通过 0"]
    tabs.nth(3).click()
    expect(cards).to_have_count(0)
    tab.check_quiet()


def test_a_note_is_deleted_after_a_question_that_names_it(
    hands: Hands, tab: Tab, server: RunningServer, ids: list[str]
) -> None:
    page, practice = tab.page, server.practice
    practice.create(photos(practice.file(), title="Taken back, a long title"))
    count = practice.state()["notes"]
    page.goto(f"{hands.base}/new/note-manager")
    page.locator(".note-card").first.hover()
    page.locator(".note-card__action-btn--del").first.click()
    expect(page.locator(".modal-title")).to_have_text("删除笔记")
    expect(page.locator(".modal-body")).to_contain_text("《Taken back》")
    page.locator(".modal-footer .confirm-button").click()
    expect(page.locator(".note-card__title").first).to_have_text(f"Note {NOTES}")
    assert practice.state()["notes"] == count - 1
    tab.check_quiet()
