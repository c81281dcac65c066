"""The page in a real browser: what it shows is the plan, it is used by keyboard, and nothing in it
runs, asks or leads away that is not its own."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from crossover.guide.holds import find_waiting
from crossover.guide.note_selection import Selection, select_notes
from crossover.library.posts_file import Library
from crossover.media.fit.fitted import thumbnail_path
from crossover.model.choices import Action, Edit
from crossover.model.notes import Level, Plan, State
from crossover.model.posts import Kind, Post, Unreadable, Visibility
from crossover.transfer.report.status import status_of
from tests.makers import edited, plan, post
from tests.page_browser import Scheme, Tab, find_violations, open_tab, run_browser
from tests.preview.pages import write_page_of

WORDS = (
    "First light over the harbour. Then we walked home along the quay. #harbour #dawn",
    "A very long beginning of a caption that goes on and on without any end in sight for anybody",
    "今天在工作室做了三只杯子 #陶艺",
    None,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as running:
        yield running


@pytest.fixture(scope="module")
def posts() -> Sequence[Post]:
    """Sixty posts of three years, of every fate."""
    return [
        post(
            number,
            text=WORDS[number % 4] and f"{number}: {WORDS[number % 4]}",
            pictures=3 if number % 3 == 0 else 0,
            visibility=Visibility.ONLY_ME if number % 10 == 0 else Visibility.PUBLIC,
            id=f"{2022 + number % 3}-03-04T10:{number:02}:00Z",
            posted_at=post(1).posted_at.replace(
                year=2022 + number % 3, month=3, day=4, hour=10, minute=number
            ),
            likes=number,
        )
        for number in range(1, 60)
    ]


@pytest.fixture(scope="module")
def made(posts: Sequence[Post]) -> Plan:
    edits = edited(n5=Edit(action=Action.SKIP), n6=Edit(title="My own title"))
    return plan(*posts, edits=edits, unreadable=(Unreadable(61, "no date"),))


@pytest.fixture(scope="module")
def page_file(made: Plan, posts: Sequence[Post], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "ready").mkdir()
    Image.new("RGB", (300, 400), "#aa3344").save(folder / "ready" / "c.jpg")
    Image.new("RGB", (150, 200), "#aa3344").save(folder / thumbnail_path("ready/c.jpg"))
    (folder / "media").mkdir()
    for note in made.notes:
        for file in note.media:
            Image.new("RGB", (60, 80), "#336699").save(folder / file.path, format="JPEG")
    return write_page_of(made, folder, posts=posts)


@pytest.fixture
def tab(browser: Browser, page_file: Path) -> Iterator[Tab]:
    with open_tab(browser) as opened:
        opened.page.goto(page_file.as_uri())
        yield opened
        opened.check_quiet()
        folder = page_file.parent.as_uri()
        assert [one for one in opened.asked if not one.startswith(folder)] == []


def numbers_in(page: Page, *names: str) -> list[int]:
    return [int(re.sub(r"\D", "", page.locator(name).first.inner_text())) for name in names]


def test_the_totals_are_those_of_the_plan_and_add_up(tab: Tab, made: Plan) -> None:
    page = tab.page
    terms = [int(one.inner_text()) for one in page.locator(".sum b").all()]
    assert terms == [made.move, made.hold, made.skip, made.unreadable]
    assert numbers_in(page, ".found b") == [made.found] == [sum(terms)]
    assert f"as {made.notes_total} notes" in page.locator(".terms").inner_text() or (
        made.notes_total == made.move
    )


def test_every_filter_shows_as_many_as_it_says_and_as_the_plan_has(
    tab: Tab, made: Plan, posts: Sequence[Post]
) -> None:
    page, where = tab.page, status_of(made, {})
    waiting = find_waiting(Library(posts=tuple(posts)), made, where)
    chosen = {
        "needs-you": len([*select_notes(made, where, waiting, Selection(needs_you=True))]),
        "changed": len([*select_notes(made, where, waiting, Selection(changed=True))]),
        "look": sum(
            note.action is Action.MOVE and any(p.level is Level.WARNING for p in note.problems)
            for note in made.notes
        ),
        "move": made.notes_total,
        "hold": sum(note.action is Action.HOLD for note in made.notes),
        "skip": sum(note.action is Action.SKIP for note in made.notes),
    }
    kinds = {kind.value: sum(note.kind is kind for note in made.notes) for kind in Kind}
    expected = {f"show={key}": count for key, count in chosen.items()}
    expected |= {f"kind={key}": count for key, count in kinds.items()}
    for name, count in expected.items():
        button = page.locator(f'[data-filter="{name}"]')
        assert int(button.locator("b").inner_text()) == count
        button.click()
        expect(page.locator(".told")).to_have_text(
            f"{count} of {len(made.notes)} notes" if count < len(made.notes) else f"{count} notes"
        )
        assert page.evaluate("document.querySelectorAll('.card').length") <= count
        button.click()
    for state in (State.READY, State.HOLD, State.SKIP):
        count = sum(one.state is state for one in where.notes)
        page.locator('[data-filter="stage"]').select_option(str(state))
        expect(page.locator(".told")).to_have_text(f"{count} of {len(made.notes)} notes")
        page.locator('[data-filter="stage"]').select_option("")
    for year in (2022, 2023, 2024):
        count = len([*select_notes(made, where, (), Selection(year=year))])
        page.locator('[data-filter="year"]').select_option(str(year))
        expect(page.locator(".told")).to_have_text(f"{count} of {len(made.notes)} notes")
        page.locator('[data-filter="year"]').select_option("")


def test_the_search_finds_words_of_titles_texts_hashtags_and_captions(tab: Tab, made: Plan) -> None:
    page = tab.page
    page.keyboard.press("/")
    page.keyboard.type("harbour DAWN")
    count = sum(
        "harbour" in note.description.casefold() + note.title.casefold() for note in made.notes
    )
    expect(page.locator(".told")).to_have_text(f"{count} of {len(made.notes)} notes")
    assert "q=harbour" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".told")).to_have_text(f"{len(made.notes)} notes")
    page.keyboard.press("/")
    page.keyboard.type("no such words")
    expect(page.locator(".empty")).to_be_visible()


def test_a_note_reads_as_the_plan_has_it_to_the_letter(tab: Tab, made: Plan) -> None:
    page = tab.page
    for note in made.notes[:8]:
        page.goto(f"{page.url.split('#')[0]}#note={note.number}")
        words = page.locator("dialog.note .phone-words")
        expect(page.locator("#note-title")).to_contain_text(note.number)
        if note.title:
            assert words.locator("h3").evaluate("one => one.textContent") == note.title
        if note.body:
            assert words.locator(".body").evaluate("one => one.textContent") == note.body
        topics = words.locator(".topics span").evaluate_all(
            "all => all.map((one) => one.textContent)"
        )
        assert topics == [f"#{topic}" for topic in note.topics]


def test_the_caption_is_shown_whole_with_the_words_that_moved_or_went_marked(
    tab: Tab, made: Plan, posts: Sequence[Post]
) -> None:
    page = tab.page
    (first, *_) = [one for one in posts if one.text and "harbour" in one.text]
    page.goto(f"{page.url.split('#')[0]}#note={first.number}")
    caption = page.locator(".original .caption").last
    assert caption.evaluate("one => one.textContent") == first.text
    marked = caption.locator("mark.as-topic").all_inner_texts()
    (note,) = [note for note in made.notes if note.post == first.id]
    assert marked == [tag for tag in ("#harbour", "#dawn") if tag[1:] in note.topics]


def test_the_keyboard_leads_from_note_to_note_and_back(tab: Tab, made: Plan) -> None:
    page = tab.page
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.number") == "1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    columns = page.evaluate(
        "new Set([...document.querySelectorAll('.card')].map((c) => c.getBoundingClientRect().x)).size"
    )
    assert page.evaluate("document.activeElement.dataset.number") == str(2 + columns)
    page.keyboard.press("Enter")
    expect(page.locator("dialog.note")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#note-title")).to_have_text(f"Note {3 + columns}")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.note")).not_to_be_visible()
    assert page.evaluate("document.activeElement.dataset.number") == str(3 + columns)
    page.keyboard.press("?")
    expect(page.locator("dialog.help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.number") == made.notes[-1].number
    assert page.evaluate("document.querySelectorAll('.card').length") < len(made.notes)


def test_every_view_has_an_address_and_the_way_back_works(tab: Tab) -> None:
    page = tab.page
    page.locator('[data-filter="kind=photos"]').click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert re.search(r"#kind=photos&note=3$", page.url)
    page.go_back()
    expect(page.locator("dialog.note")).not_to_be_visible()
    page.go_back()
    expect(page.locator('[data-filter="kind="]')).to_have_attribute("aria-pressed", "true")


@pytest.mark.complete
def test_on_paper_every_card_stands_that_the_filters_let_through(tab: Tab, made: Plan) -> None:
    page = tab.page
    assert page.locator(".card").count() < len(made.notes)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".card").count() == len(made.notes)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".card").count() < len(made.notes)
    assert page.pdf().startswith(b"%PDF")


def test_it_speaks_chinese_too_and_remembers_it(tab: Tab, made: Plan) -> None:
    page = tab.page
    page.get_by_role("button", name="This page in Chinese").click()
    expect(page.locator(".found")).to_contain_text("条帖子")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.reload()
    expect(page.locator(".found")).to_contain_text("条帖子")
    changed = [note for note in made.notes if note.changes][:3]
    assert changed != []
    for note in changed:
        page.goto(f"{page.url.split('#')[0]}#note={note.number}")
        expect(page.locator("#note-title")).to_contain_text(note.number)
        reasons = page.locator(".because").all_inner_texts()
        assert [one for one in reasons if not re.search(r"[\u4e00-\u9fff]", one)] == []


@pytest.mark.parametrize(
    "width", [360, *(pytest.param(one, marks=pytest.mark.complete) for one in (768, 1440))]
)
def test_nothing_is_wider_than_the_screen(browser: Browser, page_file: Path, width: int) -> None:
    with open_tab(browser, width=width, height=740) as opened:
        page = opened.page
        for view in ("", "#note=3", "#note=4"):
            page.goto(page_file.as_uri() + view)
            page.reload()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            inner = "document.querySelector('dialog.note[open]')?.scrollWidth ?? 0"
            assert page.evaluate(inner) <= width
        opened.check_quiet()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        pytest.param(360, "dark", marks=pytest.mark.complete),
        pytest.param(360, "light", marks=pytest.mark.complete),
        pytest.param(1280, "dark", marks=pytest.mark.complete),
    ],
)
def test_axe_finds_nothing_that_keeps_people_out(
    browser: Browser, page_file: Path, width: int, scheme: Scheme
) -> None:
    with open_tab(browser, scheme=scheme, width=width) as opened:
        for view in ("", "#note=3", "#note=4&show=hold"):
            opened.page.goto(page_file.as_uri() + view)
            opened.page.reload()
            assert find_violations(opened.page) == []


@pytest.mark.complete
def test_the_note_that_an_arrow_leads_to_has_the_focus(tab: Tab) -> None:
    page = tab.page
    page.locator(".card a").first.click()
    expect(page.locator("#note-title")).to_be_focused()
    before = page.locator("#note-title").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#note-title")).not_to_have_text(before)
    expect(page.locator("#note-title")).to_be_focused()


@pytest.mark.parametrize("mode", ["titles", "nothing"])
def test_an_address_of_a_mode_that_is_not_there_shows_the_notes(
    browser: Browser, page_file: Path, mode: str
) -> None:
    with open_tab(browser) as opened:
        opened.page.goto(f"{page_file.as_uri()}#mode={mode}")
        expect(opened.page.locator(".card").first).to_be_visible()


# --- words that attack --------------------------------------------------------------------------

HOSTILE = (
    "</script><script>document.title='owned';alert(1)</script><img src=x onerror=\"alert(1)\">",
    '<img src="http://127.0.0.1:{port}/leak.png"><link rel=stylesheet href="http://127.0.0.1:{port}/">',
    '"><svg onload=alert(1)><iframe src="http://127.0.0.1:{port}/"><!-- <script>',
    "<style>@import 'http://127.0.0.1:{port}/x.css';</style>&#x3c;script&#x3e;{{{{7*7}}}}",
    "javascript:alert(1) \u202egnp.exe\u2066 \u2028 x" + "W" * 900 + "\u0301" * 300,
)


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A listener that nothing should ever reach."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                heard.append(connection.recv(200))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], heard


def test_catalogue_39_words_that_attack_are_words_everywhere_on_the_page(
    browser: Browser, tmp_path: Path, canary: tuple[int, list[bytes]]
) -> None:
    port, heard = canary
    posts = [
        post(number, text=text.format(port=port), title=text.format(port=port), sound=text)
        for number, text in enumerate(HOSTILE, 1)
    ]
    made = plan(*posts, unreadable=(Unreadable(1, HOSTILE[0]),))
    file = write_page_of(made, tmp_path, posts=posts)
    for width in (360, 1280):
        with open_tab(browser, width=width) as opened:
            page = opened.page
            for number in range(len(posts) + 1):
                page.goto(file.as_uri() + (f"#note={number}" if number else ""))
                page.reload()
                assert (
                    page.evaluate("document.querySelectorAll('script, iframe, svg, link').length")
                    == 0
                )
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.title() == "Preview · @mara"
            assert opened.dialogs == []
            missing = [one for one in opened.wrong if "ERR_FILE_NOT_FOUND" not in one]
            assert missing == [], "covers that are not there, and nothing else"
            assert {one.split(":")[0] for one in opened.asked} == {"file"}
    assert heard == []


def test_catalogue_36_38_what_turns_the_reading_is_shown_and_turns_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    item = post(1, text="a \u202egnp.exe b\x1b[2J")
    file = write_page_of(plan(item), tmp_path, posts=[item])
    with open_tab(browser) as opened:
        opened.page.goto(f"{file.as_uri()}#note=1")
        caption = opened.page.locator(".original .caption").evaluate("one => one.textContent")
        assert caption == r"a \u202egnp.exe b\x1b[2J"


@pytest.mark.complete
def test_the_words_of_a_very_long_caption_stand_there_to_the_last(
    browser: Browser, tmp_path: Path
) -> None:
    caption = "漢字" * 1_990 + "至此 #end"
    file = write_page_of(plan(item := post(1, text=caption)), tmp_path, posts=[item])
    with open_tab(browser) as opened:
        opened.page.goto(f"{file.as_uri()}#note=1")
        shown = opened.page.locator(".original .caption").evaluate("one => one.textContent")
        assert shown == caption
