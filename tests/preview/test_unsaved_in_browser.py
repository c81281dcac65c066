"""Edits that meet trouble, in a real browser: typed faster than they are saved, refused, or crossed by
those of somebody else. None is lost without a word."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crossover.model.choices import Edit
from crossover.settings.edits import read_edits
from tests.page_browser import open_tab, run_browser
from tests.preview.edited_world import world_once
from tests.preview.served import Served, served

_SECONDS = 15


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as running:
        yield running


@dataclass
class Desk:
    """A page that is open in a tab, its server and its workspace."""

    page: Page
    server: Served
    root: Path

    def open(self, number: str) -> None:
        self.page.goto(f"{self.server.origin}/#note={number}")
        expect(self.page.locator("#note-title")).to_have_text(f"Note {number}")

    def edit_of(self, number: str) -> Edit:
        return read_edits(self.root / "edits.yaml").by_note.get(number, Edit())

    def wait_for(self, number: str, edit: Edit) -> None:
        """Wait until this is decided of a note, and nothing else."""
        until = time.monotonic() + _SECONDS
        while self.edit_of(number) != edit and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert self.edit_of(number) == edit


@pytest.fixture
def desk(
    browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    root = Path(shutil.copytree(world_once(tmp_path_factory), tmp_path / "w"))
    with served(root) as server, open_tab(browser) as tab:
        tab.page.goto(server.address)
        expect(tab.page.locator(".card").first).to_be_visible()
        yield Desk(tab.page, server, root)


def test_topics_that_are_typed_faster_than_they_are_saved_are_all_kept(desk: Desk) -> None:
    desk.open("21")
    desk.page.locator(".topic-add").focus()
    for name in ("one", "two", "three", "four"):
        desk.page.keyboard.type(name)
        desk.page.keyboard.press("Enter")
    chips = desk.page.locator(".topic-chips button")
    expect(chips).to_contain_text(["one", "two", "three", "four"])
    desk.page.keyboard.press("Escape")
    desk.wait_for("21", Edit(topics=("one", "two", "three", "four")))


@pytest.mark.complete
def test_the_key_that_removes_a_topic_leaves_the_focus_among_the_topics(desk: Desk) -> None:
    desk.server.decide("21", "topics", ["one", "two", "three"])
    desk.page.reload()
    desk.open("21")
    chips = desk.page.locator(".topic-chips button")
    chips.first.focus()
    desk.page.keyboard.press("Delete")
    expect(chips).to_contain_text(["two", "three"])
    expect(chips.first).to_be_focused()
    desk.page.keyboard.press("Delete")
    desk.page.keyboard.press("Delete")
    expect(chips).to_have_count(0)
    expect(desk.page.locator(".topic-add")).to_be_focused()


def test_words_that_could_not_be_saved_stay_in_their_field_and_are_offered_again(
    desk: Desk,
) -> None:
    desk.open("21")
    title, line = desk.page.locator(".field-title input"), desk.page.locator(".status")
    (desk.root / "edits.yaml").mkdir()
    title.fill("Words worth keeping")
    title.press("Enter")
    expect(line).to_contain_text("edits.yaml")
    (desk.root / "edits.yaml").rmdir()
    desk.page.locator(".field-original input").press("Space")
    expect(line).to_contain_text("a change of note 21 is not yet")
    expect(title).to_have_value("Words worth keeping")
    assert desk.edit_of("21") == Edit(original=True)
    desk.page.keyboard.press("Escape")
    desk.open("21")
    expect(title).to_have_value("Words worth keeping")
    line.get_by_role("button", name="Try again").click()
    expect(line).to_contain_text("Saved.")
    assert desk.edit_of("21") == Edit(title="Words worth keeping", original=True)


def test_words_that_could_not_be_saved_can_be_dropped(desk: Desk) -> None:
    desk.open("21")
    title, line = desk.page.locator(".field-title input"), desk.page.locator(".status")
    before = title.input_value()
    (desk.root / "edits.yaml").mkdir()
    title.fill("No more of this")
    title.press("Enter")
    expect(line).to_contain_text("edits.yaml")
    (desk.root / "edits.yaml").rmdir()
    desk.page.locator(".field-original input").press("Space")
    line.get_by_role("button", name="Drop it").click()
    expect(title).to_have_value(before)
    assert desk.edit_of("21") == Edit(original=True)


def test_done_asks_before_it_ends_with_words_that_could_not_be_saved(desk: Desk) -> None:
    desk.open("21")
    (desk.root / "edits.yaml").mkdir()
    desk.page.locator(".field-title input").fill("Not yet")
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".status")).to_contain_text("edits.yaml")
    desk.page.get_by_role("button", name="Done").click()
    expect(desk.page.locator("dialog.confirm")).to_contain_text("A change of note 21")
    desk.page.keyboard.press("Escape")
    assert desk.server.ask("/best").status == 200
    (desk.root / "edits.yaml").rmdir()


@pytest.mark.complete
def test_what_somebody_else_decides_while_one_types_is_asked_about(desk: Desk) -> None:
    desk.open("22")
    title = desk.page.locator(".field-title input")
    title.focus()
    title.press("Control+a")
    with desk.page.expect_response("**/changes*"):
        title.press_sequentially("Mine")
        desk.server.decide("22", "title", "Theirs")
        for _ in range(60):
            title.press_sequentially("!", delay=100)
            if desk.page.locator(".phone-words h3").inner_text() == "Theirs":
                break
    line = desk.page.locator(".status")
    expect(line).to_contain_text("changed elsewhere")
    assert desk.edit_of("22") == Edit(title="Theirs")
    line.get_by_role("button", name="Take theirs").click()
    expect(title).to_have_value("Theirs")


@pytest.mark.complete
def test_taking_back_asks_where_somebody_else_decided_since(desk: Desk) -> None:
    desk.open("22")
    title = desk.page.locator(".field-title input")
    title.fill("Mine")
    title.press("Enter")
    expect(desk.page.locator(".status")).to_contain_text("Saved")
    desk.server.decide("22", "title", "Theirs, and later", before="Mine")
    expect(title).to_have_value("Theirs, and later")
    desk.page.keyboard.press("Escape")
    desk.page.locator(".top").get_by_role("button", name="Undo").click()
    expect(desk.page.locator(".status")).to_contain_text("changed elsewhere")
    assert desk.edit_of("22") == Edit(title="Theirs, and later")


@pytest.mark.complete
def test_what_was_written_stands_in_its_field_as_it_was_written(desk: Desk) -> None:
    """A `#tag` in the text becomes a topic; it would be lost with the next letter otherwise."""
    desk.open("23")
    area = desk.page.locator(".field-body textarea")
    area.fill("A walk #quay")
    expect(desk.page.locator(".phone-words .topics")).to_contain_text("#quay")
    expect(area).to_have_value("A walk #quay")
    area.press("End")
    area.press_sequentially(" and home")
    expect(desk.page.locator(".phone-words .body")).to_contain_text("and home")
    expect(desk.page.locator(".phone-words .topics")).to_contain_text("#quay")
    assert desk.edit_of("23").body == "A walk #quay and home"


@pytest.mark.complete
def test_a_page_that_cannot_be_made_says_why_and_comes_when_it_can(desk: Desk) -> None:
    rules = desk.root / "crossover.yaml"
    before = rules.read_bytes()
    rules.write_text("titlez: 3\n", "utf-8")
    desk.page.reload()
    expect(desk.page.locator(".ended")).to_contain_text("titlez is no rule")
    rules.write_bytes(before)
    expect(desk.page.locator(".card").first).to_be_visible()


@pytest.mark.complete
def test_a_line_that_says_what_is_wrong_goes_when_it_is_mended(desk: Desk) -> None:
    edits, line = desk.root / "edits.yaml", desk.page.locator(".status")
    edits.write_text("notes: {21: {titel: x}}\n", "utf-8")
    expect(line).to_contain_text("edits.yaml cannot be read")
    edits.write_text("notes: {21: {title: x}}\n", "utf-8")
    expect(line).to_have_text("")


def test_words_typed_faster_than_they_are_saved_go_each_to_their_own_post(desk: Desk) -> None:
    desk.page.locator('[data-mode="words"]').click()
    best = desk.page.locator(".words-form .facts b")
    expect(best).to_be_visible()
    given = {}
    for place in range(6):
        number = best.inner_text().removeprefix("Note ")
        given[number] = Edit(title=f"Title {place} of {number}")
        desk.page.keyboard.type(f"Title {place} of {number}")
        desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".progress")).to_contain_text("6 of 20 done")
    assert len(given) == 6
    assert read_edits(desk.root / "edits.yaml").by_note == given


@pytest.mark.complete
def test_one_press_of_enter_too_many_skips_no_post(desk: Desk) -> None:
    desk.page.locator('[data-mode="words"]').click()
    best = desk.page.locator(".words-form .facts b")
    order = desk.server.ask("/best").json["numbers"]
    expect(best).to_have_text(f"Note {order[0]}")
    desk.page.keyboard.type("A title")
    for _ in range(3):
        desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".progress")).to_contain_text("1 of 20 done")
    expect(best).to_have_text(f"Note {order[1]}")


@pytest.mark.complete
def test_keys_pressed_while_a_title_is_saved_are_of_the_next_one(desk: Desk) -> None:
    desk.page.locator('[data-mode="titles"]').click()
    expect(desk.page.locator(".title-row.current")).to_have_attribute("data-number", "21")
    for key in ("2", "2", "2"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(".progress")).to_have_text("3 of 20 looked at")
    edits = read_edits(desk.root / "edits.yaml").by_note
    assert list(edits) == ["21", "22", "23"]
    assert all(one.title_candidate and one.title_candidate.place == 2 for one in edits.values())


@pytest.mark.complete
def test_the_line_that_says_what_was_saved_outlasts_the_first_look_for_changes(desk: Desk) -> None:
    with desk.page.expect_response("**/changes*"):
        desk.open("21")
        desk.page.locator(".field-original input").press("Space")
    desk.page.wait_for_timeout(100)
    expect(desk.page.locator(".status")).to_contain_text("Saved")
