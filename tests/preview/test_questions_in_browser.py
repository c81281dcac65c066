"""The questions of the served page in a real browser, answered by keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crossover.library.caption_answers import keep_answers
from crossover.library.posts_file import read_library
from tests.library.conftest import decode_at_once
from tests.page_browser import Tab, find_violations, open_tab, run_browser
from tests.preview.served import served
from tests.preview.server.questions_world import (
    HOSTILE,
    QuestionsWorld,
    answer_by_commands,
    make_world,
    run_in,
)

CAPTION_KEYS, FILE_KEYS = "12n21", "12n1n"
OF = len(CAPTION_KEYS + FILE_KEYS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuestionsWorld]:
    """Nobody may change this workspace: take a copy."""
    folder = tmp_path_factory.mktemp("questions")
    with pytest.MonkeyPatch.context() as patch:
        decode_at_once(patch)
        yield make_world(folder, run_in(folder, patch))


@pytest.fixture
def world(made: QuestionsWorld, tmp_path: Path) -> QuestionsWorld:
    return made.copy(tmp_path / "mara")


@contextmanager
def asking(browser: Browser, world: QuestionsWorld, *, width: int = 1280) -> Iterator[Tab]:
    """The page of the world at its first question."""
    with served(world.workspace.root) as server, open_tab(browser, width=width) as tab:
        tab.page.goto(f"{server.address}&mode=questions")
        wait_for(tab.page, 1)
        yield tab
        tab.check_quiet()
        assert [one for one in tab.asked if not one.startswith(server.origin)] == []


def wait_for(page: Page, place: int) -> None:
    """Until the question at this place is shown."""
    expect(page.locator(".progress")).to_have_text(f"{place} of {OF}")


def press(page: Page, keys: str, place: int = 1) -> None:
    """Press these keys, one for each question, which begin at this place."""
    for key in keys:
        wait_for(page, place)
        page.keyboard.press(key)
        place += 1


def test_ten_questions_by_keyboard_alone_end_as_the_commands_would_have_it(
    browser: Browser,
    world: QuestionsWorld,
    made: QuestionsWorld,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twin = made.copy(tmp_path / "twin")
    with asking(browser, world) as tab:
        page = tab.page
        press(page, CAPTION_KEYS + FILE_KEYS)
        expect(page.locator(".progress")).to_have_text(f"All settled: {OF} answers kept.")
        page.locator("a[data-mode=notes]").click()
        page.locator("[data-number='2']").click()
        expect(page.locator("dialog.note")).to_contain_text("Mug 2, take 1")
    run = run_in(tmp_path, monkeypatch)
    answer_by_commands(twin, run, monkeypatch, captions=CAPTION_KEYS, files=FILE_KEYS)
    for name in ("posts.json", "rivals.json"):
        ours = (world.workspace.root / name).read_bytes()
        assert ours == (twin.workspace.root / name).read_bytes()


def test_what_is_put_off_comes_back_and_an_answer_is_taken_back(
    browser: Browser, world: QuestionsWorld
) -> None:
    before = world.workspace.posts.read_bytes()
    with asking(browser, world) as tab:
        page, title = tab.page, tab.page.locator(".question h2")
        press(page, "ll")
        wait_for(page, 3)
        press(page, "u", 3)
        press(page, "u", 2)
        press(page, "l", 1)
        wait_for(page, 2)
        expect(title).to_have_text("Which caption is post 2’s own?")
        page.keyboard.press("u")
        wait_for(page, 1)
        expect(title).to_have_text("Which caption is post 1’s own?")
        page.keyboard.press("2")
        wait_for(page, 2)
        assert world.workspace.posts.read_bytes() != before
        page.keyboard.press("u")
        wait_for(page, 1)
        expect(title).to_have_text("Which caption is post 1’s own?")
        assert world.workspace.posts.read_bytes() == before
        page.keyboard.press("2")
        wait_for(page, 2)
        page.keyboard.press("Control+z")
        wait_for(page, 1)
        expect(page.locator(".status")).to_contain_text("Taken back: the answer about Post 1.")
        assert world.workspace.posts.read_bytes() == before
        press(page, "l" * 3)
        page.get_by_role("button", name="This page in Chinese").click()
        expect(page.locator(".progress")).to_have_text(f"第 4 个，共 {OF} 个")
        page.locator("header").get_by_text("English").click()
        press(page, "l" * (OF - 3), 4)
        expect(page.locator(".progress")).to_have_text(f"{OF} questions put off.")
        page.keyboard.press("Enter")
        wait_for(page, 1)


def test_both_pictures_are_shown_and_hostile_words_are_words(
    browser: Browser, made: QuestionsWorld
) -> None:
    with asking(browser, made) as tab:
        page = tab.page
        expect(page.locator(".choice").first).to_contain_text(HOSTILE)
        press(page, "l" * len(CAPTION_KEYS))
        for side in (".asked", ".choice"):
            picture = page.locator(f"{side} .pictures img")
            expect(picture.nth(1)).to_be_visible()
            assert picture.nth(1).evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_what_cannot_be_kept_is_said_in_place_and_the_question_stays(
    browser: Browser, world: QuestionsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = world.workspace.posts.read_bytes()
    with asking(browser, world) as tab:
        page = tab.page
        press(page, "l" * len(CAPTION_KEYS))
        wait_for(page, 6)
        original = world.roll / "IMG_2034.MOV"
        away = original.rename(original.with_suffix(".away"))
        try:
            page.keyboard.press("1")
            expect(page.get_by_role("alert")).to_contain_text("IMG_2034.MOV is not there any more")
            advice = page.get_by_role("alert").locator("code")
            expect(advice).to_have_text(f"crossover add FOLDER -w {world.workspace.root}")
        finally:
            away.rename(original)
        wait_for(page, 6)
        assert world.workspace.posts.read_bytes() == before
        page.keyboard.press("u")
        wait_for(page, 5)
        library = read_library(world.workspace.posts)
        with world.workspace.hold("crossover captions"):
            keep_answers(library, world.workspace, {}, [5])
        page.keyboard.press("1")
        expect(page.get_by_role("alert")).to_contain_text("That was settled elsewhere meanwhile.")
        assert world.posts()[4].text is None
        monkeypatch.setattr("crossover.preview.server.questions.open_questions", None)
        page.keyboard.press("n")
        expect(page.get_by_role("alert")).to_contain_text("Something went wrong")
        tab.wrong.clear()  # the browser itself notes an answer that refuses


@pytest.mark.complete
def test_an_answer_waits_while_another_run_is_at_work(
    browser: Browser, world: QuestionsWorld
) -> None:
    with asking(browser, world) as tab:
        page = tab.page
        held, release = threading.Event(), threading.Event()

        def hold() -> None:
            with world.workspace.hold("crossover add"):
                held.set()
                release.wait(20)

        run = threading.Thread(target=hold)
        run.start()
        try:
            assert held.wait(20)
            page.keyboard.press("1")
            expect(page.locator(".status")).to_contain_text("Another run of crossover is at work")
        finally:
            release.set()
            run.join()
        wait_for(page, 2)
        assert world.posts()[0].text == HOSTILE
        tab.wrong.clear()  # as above


@pytest.mark.complete
def test_a_post_that_becomes_several_notes_keeps_its_place_on_the_page(
    browser: Browser, made: QuestionsWorld
) -> None:
    """As a photo post that gets many pictures does; back again, too."""
    merge = "([notes, rows, gone]) => mergeNotes(notes, rows, gone).map((one) => one.number)"
    notes = [
        {"id": f"2024-03-0{day}T12:00:00Z", "number": str(day), "title": "", "tiktok": {}}
        for day in (1, 2, 3)
    ]
    second = notes[1]["id"]
    parts = [{**notes[1], "number": "2.1"}, {**notes[1], "id": f"{second}/2", "number": "2.2"}]
    with asking(browser, made) as tab:
        became = tab.page.evaluate(merge, [notes, parts, []])
        assert became == ["1", "2.1", "2.2", "3"]
        now = [notes[0], *parts, notes[2]]
        assert tab.page.evaluate(merge, [now, [notes[1]], [f"{second}/2"]]) == ["1", "2", "3"]


@pytest.mark.complete
def test_axe_finds_nothing_and_a_phone_holds_the_page(
    browser: Browser, made: QuestionsWorld
) -> None:
    with asking(browser, made, width=360) as tab:
        page = tab.page
        assert find_violations(page) == []
        press(page, "l" * len(CAPTION_KEYS))
        expect(page.locator(".choice .pictures img").first).to_be_visible()
        page.emulate_media(color_scheme="dark")
        assert find_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
