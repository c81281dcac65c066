"""The page that is served for editing, in a real browser and by the keyboard alone: what is decided
there stands in edits.yaml, byte for byte as a sheet would have written it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from crossover.model.choices import Action
from crossover.plan.document import read_plan
from crossover.settings.edits import read_edits
from crossover.sheet.formats import format_sheet, read_sheet
from crossover.text import title_length
from tests.conftest import Run
from tests.page_browser import Tab, find_violations, open_tab, run_browser
from tests.preview.edited_world import CUT, WORDLESS, world_once
from tests.preview.served import served
from tests.tier import by_tier

TRIED = by_tier(6, 20)
"""So many of twenty posts are worked on."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of its own."""
    return Path(shutil.copytree(world_once(tmp_path_factory), tmp_path / "w"))


@pytest.fixture
def tab(browser: Browser, root: Path) -> Iterator[Tab]:
    with served(root) as server, open_tab(browser) as opened:
        opened.page.goto(server.address)
        expect(opened.page.locator(".card").first).to_be_visible()
        yield opened
        opened.check_quiet()
        assert [one for one in opened.asked if not one.startswith(server.origin)] == []
        assert server.key not in opened.page.url


@pytest.fixture
def by_sheet(
    run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Mapping[str, Mapping[str, str]]], bytes]:
    """The edits.yaml that a sheet writes with these cells, by number and column."""

    def write(cells: Mapping[str, Mapping[str, str]]) -> bytes:
        twin, sheet = tmp_path / "twin", tmp_path / "words.csv"
        shutil.copytree(world_once(tmp_path_factory), twin)
        assert run("sheet", "out", sheet, "-w", twin)[0] == 0
        rows: list[Mapping[str, str]] = [
            {**found.cells, **cells.get(found.cells["number"], {})}
            for found in read_sheet(sheet).rows
        ]
        sheet.write_bytes(format_sheet(rows, sheet))
        assert run("sheet", "in", sheet, "-w", twin)[0] == 0
        return (twin / "edits.yaml").read_bytes()

    return write


def open_mode(page: Page, name: str) -> None:
    page.locator(f'[data-mode="{name}"]').click()
    expect(page.locator(".mode-page")).to_be_visible()


def open_note(page: Page, number: str) -> None:
    expect(page.locator(".card").first).to_be_visible()
    page.goto(f"{page.url.split('#')[0]}#note={number}")
    expect(page.locator("#note-title")).to_have_text(f"Note {number}")


def saved(page: Page) -> None:
    expect(page.locator(".status")).to_contain_text("Saved")


def test_an_edit_in_the_page_is_the_edit_of_a_sheet_and_in_the_next_plan(
    tab: Tab, root: Path, run: Run, by_sheet: Callable[[Mapping[str, Mapping[str, str]]], bytes]
) -> None:
    page = tab.page
    open_note(page, "21")
    page.locator(".field-title input").fill("A title of mine 👋")
    page.locator(".field-body textarea").fill("First line\n\nSecond “line”")
    page.locator(".field-declaration select").select_option("ai")
    page.locator(".field-topics .topic-add").fill("harbour")
    page.keyboard.press("Enter")
    page.locator(".field-original input").check()
    expect(page.locator(".phone-words h3")).to_have_text("A title of mine 👋")
    expect(page.locator(".phone-words .topics")).to_contain_text("#harbour")
    expect(page.locator(".phone-words .settings")).to_contain_text("Claimed as original work")
    expect(page.locator(".counter").first).to_have_text(title_length("A title of mine 👋", 20))
    page.keyboard.press("Escape")
    saved(page)
    cells = {
        "21": {
            "title": "A title of mine 👋",
            "body": "First line\n\nSecond “line”",
            "declaration": "ai",
            "topics": "harbour",
            "original": "true",
        }
    }
    assert (root / "edits.yaml").read_bytes() == by_sheet(cells)
    assert run("plan", "-w", root)[0] == 0
    (note,) = [one for one in read_plan(root / "plan.json").notes if one.number == "21"]
    assert (note.title, note.body) == ("A title of mine 👋", "First line\n\nSecond “line”")
    assert (note.topics, note.original) == (("harbour",), True)


def test_words_mode_gives_posts_their_words_by_keyboard_alone(
    tab: Tab, root: Path, by_sheet: Callable[[Mapping[str, Mapping[str, str]]], bytes]
) -> None:
    page = tab.page
    open_mode(page, "words")
    best = page.locator(".words-form .facts b")
    assert best.inner_text() == "Note 6", "the most liked of its time comes first"
    given: dict[str, dict[str, str]] = {}
    for place in range(TRIED):
        expect(page.locator(".progress")).to_contain_text(f"{place} of 20 done")
        number = best.inner_text().removeprefix("Note ")
        page.keyboard.type(f"Title {number}")
        given[number] = {"title": f"Title {number}"}
        if place % 2:
            page.keyboard.press("Tab")
            page.keyboard.type(f"Text of {number}")
            page.keyboard.press("Shift+Enter")
            page.keyboard.type("and more")
            given[number]["body"] = f"Text of {number}\nand more"
        page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_contain_text(f"{TRIED} of 20 done")
    assert set(given) <= set(WORDLESS)
    assert len(given) == TRIED
    assert (root / "edits.yaml").read_bytes() == by_sheet(given)


def test_titles_mode_settles_titles_by_keyboard_alone(
    tab: Tab, root: Path, by_sheet: Callable[[Mapping[str, Mapping[str, str]]], bytes]
) -> None:
    page = tab.page
    open_mode(page, "titles")
    expect(page.locator(".progress")).to_have_text("0 of 20 looked at")
    given: dict[str, dict[str, str]] = {}
    for place, number in enumerate(CUT[:TRIED]):
        expect(page.locator(".title-row.current")).to_have_attribute("data-number", number)
        match place % 3:
            case 0:
                page.keyboard.press("Enter")
                given[number] = {"title_candidate": "1"}
            case 1:
                page.keyboard.press("2")
                given[number] = {"title_candidate": "2"}
            case _:
                page.keyboard.press("w")
                page.keyboard.type(f"My village {number}")
                page.keyboard.press("Enter")
                given[number] = {"title": f"My village {number}"}
        expect(page.locator(".progress")).to_have_text(f"{place + 1} of 20 looked at")
    assert (root / "edits.yaml").read_bytes() == by_sheet(given)


def test_a_template_and_pasted_lines_give_many_titles_at_once_and_show_them_first(
    tab: Tab, root: Path
) -> None:
    page = tab.page
    open_mode(page, "words")
    tools = page.locator(".words-tools details")
    expect(tools).to_have_count(2)
    series, lines = tools.all()
    expect(tools.locator("li")).to_have_count(0)  # nobody looks yet, and there may be thousands
    series.locator("summary").click()
    series.locator("input[type=text]").fill("Studio diary {n}, {year}")
    for number in ("3", "5"):
        series.locator(f'[data-number="{number}"]').check()
    assert series.locator(".becomes").all_inner_texts() == [
        "Studio diary 1, 2025",
        "Studio diary 2, 2025",
    ]
    series.get_by_role("button", name="Take 2 titles").click()
    expect(page.locator(".progress")).to_contain_text("2 of 20 done")
    lines.locator("summary").click()
    lines.locator("textarea").fill("One\n\nTwo\nThree")
    assert lines.locator(".deal b").all_inner_texts() == ["1", "2", "4"]
    lines.get_by_role("button", name="Take 3 titles").click()
    expect(page.locator(".progress")).to_contain_text("5 of 20 done")
    titles = {n: edit.title for n, edit in read_edits(root / "edits.yaml").by_note.items()}
    assert titles == {
        "1": "One",
        "2": "Two",
        "3": "Studio diary 1, 2025",
        "4": "Three",
        "5": "Studio diary 2, 2025",
    }
    lines.locator("textarea").fill("x\n" * 16)
    expect(lines.locator("[role=status]")).to_contain_text("16 lines, and only 15 posts")
    expect(lines.locator("button")).to_be_disabled()


@pytest.mark.complete
def test_a_long_film_strip_stays_within_its_column(tab: Tab) -> None:
    page = tab.page
    shown = page.locator(".card img").first.get_attribute("src")
    frames = [{"seconds": at / 2, "src": shown} for at in range(24)]
    page.route("**/frames/*", lambda route: route.fulfill(json={"frames": frames}))

    def say_video(route: Route) -> None:
        data = route.fetch().json()
        row = next(note for note in data["notes"] if note["number"] == "21")
        row |= {"kind": "video", "files": []}
        route.fulfill(json=data)

    page.route("**/data", say_video)
    page.reload()
    open_note(page, "21")
    page.locator(".film-strip summary").click()
    expect(page.locator(".frame")).to_have_count(24)
    form, known, last = (
        page.locator(name).last.evaluate("one => one.getBoundingClientRect().toJSON()")
        for name in (".form", ".known", ".frame")
    )
    assert last["right"] <= form["right"] + 2 <= known["left"]
    assert page.locator("dialog.note").evaluate("one => one.scrollWidth <= one.clientWidth")


def test_several_notes_are_decided_at_once_and_undone_at_once(tab: Tab, root: Path) -> None:
    page = tab.page
    page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    expect(page.locator(".bulk")).to_contain_text("2 notes selected")
    page.locator(".bulk").get_by_role("button", name="Leave out").click()
    saved(page)
    expect(page.locator('[data-filter="show=skip"] b')).to_have_text("2")
    assert (root / "edits.yaml").read_text("utf-8").count("action: skip") == 2
    page.locator(".top").get_by_role("button", name="Undo").click()
    expect(page.locator('[data-filter="show=skip"] b')).to_have_text("0")
    assert read_edits(root / "edits.yaml").by_note == {}


def test_a_wrong_key_in_an_address_is_kept_by_nobody(tab: Tab) -> None:
    other = tab.page.context.new_page()
    other.goto(f"{tab.page.url.split('#')[0]}#key=wrong")
    expect(other.locator(".ended")).to_contain_text("open the address that the terminal shows")
    other.reload()
    expect(other.locator(".card").first).to_be_visible()
    other.close()


def test_how_many_selected_notes_a_filter_hides_is_said(tab: Tab) -> None:
    page = tab.page
    page.get_by_role("button", name="Select", exact=True).click()
    page.locator(".bulk button").first.click()
    page.locator('[data-filter="show=hold"]').click()
    expect(page.locator(".bulk")).to_contain_text("40 notes selected (20 of them not shown)")
    page.locator('[data-filter="show=hold"]').click()
    expect(page.locator(".bulk b")).to_have_text("40 notes selected")


def test_what_stands_around_the_notes_follows_what_is_decided(tab: Tab) -> None:
    page = tab.page
    expect(page.locator(".calendar p").first).to_contain_text("20 notes")
    expect(page.locator(".account .soft")).to_contain_text("20 notes")
    open_note(page, "21")
    page.locator(".field-action").get_by_label("Leave out").check()
    page.keyboard.press("Escape")
    expect(page.locator(".account .soft")).to_contain_text("19 notes")
    expect(page.locator(".calendar p").first).to_contain_text("19 notes")


@pytest.mark.complete
def test_two_tabs_see_each_others_edits_and_neither_writes_over_the_other(
    browser: Browser, root: Path
) -> None:
    with served(root) as server, open_tab(browser) as one, open_tab(browser) as two:
        for tab in (one, two):
            tab.page.goto(server.address)
            open_note(tab.page, "22")
        one.page.locator(".field-title input").fill("Of the first tab")
        one.page.locator(".field-title input").press("Enter")
        saved(one.page)
        two.page.locator(".field-title input").fill("Of the second tab")
        two.page.locator(".field-title input").press("Enter")
        line = two.page.locator(".status")
        expect(line).to_contain_text("Title was changed elsewhere meanwhile: “Of the first tab”")
        assert "Of the first tab" in (root / "edits.yaml").read_text("utf-8")
        line.get_by_role("button", name="Keep mine").click()
        saved(two.page)
        assert "Of the second tab" in (root / "edits.yaml").read_text("utf-8")
        expect(one.page.locator(".phone-words h3")).to_have_text("Of the second tab")


def test_what_was_typed_stays_when_the_server_is_gone_and_is_said_to_be_unsaved(
    browser: Browser, root: Path
) -> None:
    with open_tab(browser) as tab:
        with served(root) as server:
            tab.page.goto(server.address)
            open_note(tab.page, "23")
        tab.page.locator(".field-title input").fill("Typed too late")
        tab.page.locator(".field-title input").press("Enter")
        expect(tab.page.locator(".status")).to_contain_text("crossover is not running any more")
        expect(tab.page.locator(".field-title input")).to_have_value("Typed too late")
        assert not (root / "edits.yaml").exists()


@pytest.mark.complete
def test_after_a_note_left_the_filter_the_next_one_is_its_neighbour(tab: Tab) -> None:
    page = tab.page
    page.goto(f"{page.url.split('#')[0]}#show=move&note=25")
    page.locator(".field-action input[value=hold]").check()
    saved(page)
    page.get_by_role("button", name="Next note").click()
    expect(page.locator("#note-title")).to_have_text("Note 26")


def test_a_new_tab_of_the_same_browser_may_edit_too(tab: Tab) -> None:
    page = tab.page.context.new_page()
    page.goto(tab.page.url)
    expect(page.locator(".card").first).to_be_visible()
    page.close()


def test_words_that_were_put_off_are_there_when_one_comes_back(tab: Tab) -> None:
    page = tab.page
    open_mode(page, "words")
    page.locator("#words-title").fill("Half a thought")
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#words-title")).to_have_value("")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#words-title")).to_have_value("Half a thought")


def test_a_post_that_is_not_worth_words_is_left_out_from_words_mode(tab: Tab, root: Path) -> None:
    page = tab.page
    open_mode(page, "words")
    expect(page.locator(".words-form .facts b")).to_have_text("Note 6")
    page.locator(".words-form").get_by_role("button", name="Leave out").click()
    expect(page.locator(".progress")).to_contain_text("1 of 20 done")
    assert read_edits(root / "edits.yaml").find("6").action is Action.SKIP


def test_a_tab_without_the_key_shows_nothing_and_says_why(browser: Browser, root: Path) -> None:
    with served(root) as server, open_tab(browser) as tab:
        tab.page.goto(server.origin)
        expect(tab.page.locator(".ended")).to_contain_text("open the address that the terminal")


@pytest.mark.complete
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.complete)],
)
def test_every_mode_can_be_used_by_everybody(
    browser: Browser, root: Path, width: int, scheme: str
) -> None:
    with (
        served(root) as server,
        open_tab(browser, width=width, scheme="dark" if scheme == "dark" else "light") as tab,
    ):
        page = tab.page
        page.goto(server.address)
        for view in ("#note=21", "#mode=words", "#mode=titles"):
            page.goto(f"{server.origin}/{view}")
            expect(page.locator(".form, .mode-page").first).to_be_visible()
            assert find_violations(page) == [], view
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        tab.check_quiet()
