"""The editor of practice makes of a person's keys what the real page's editor, tiptap, makes of
them. Each promise is tried on both."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page_browser import open_tab
from tests.rehearsal.makers import running_server

from .conftest import QUICK, address
from .hands import Hands

EMPTY = '<p><br class="ProseMirror-trailingBreak"></p>'
BREAK = '<img class="ProseMirror-separator" alt=""><br>'


def tiptap_folder(folder: Path) -> Path:
    """A folder for `--editor` with tiptap as a package from PyPI brings it."""
    found = importlib.util.find_spec("django_prose_editor")
    if found is None or not found.submodule_search_locations:
        if os.environ.get("CI") == "true":
            pytest.fail("tiptap is missing, and the extra `test` should have brought it")
        pytest.skip("tiptap is not installed")
    package = Path(next(iter(found.submodule_search_locations)))
    folder.mkdir()
    shutil.copy(package / "static/django_prose_editor/editor.js", folder / "bundle.js")
    shutil.copy(Path(__file__).with_name("tiptap") / "editor.js", folder)
    return folder


@pytest.fixture(scope="module", params=["own", pytest.param("tiptap", marks=pytest.mark.complete)])
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    pictures: list[Path],
) -> Iterator[Page]:
    """The form of a note with one picture."""
    folder = tmp_path_factory.mktemp("editor")
    faults = folder / "faults.yaml"
    faults.write_text(QUICK, "utf-8")
    given: list[str | Path] = ["--faults", faults]
    if request.param == "tiptap":
        given += ["--editor", tiptap_folder(folder / "tiptap")]
    with running_server(folder / "practice", *given) as server, open_tab(browser) as tab:
        hands = Hands(tab.page, address(server))
        tab.page.request.post(f"{hands.base}/@sandbox/scan-code")
        hands.open("image")
        hands.give(pictures[0])
        hands.wait_ready()
        yield tab.page
        tab.check_quiet()


@pytest.fixture
def editor(page: Page) -> Iterator[Page]:
    """An empty editor with the caret in it."""
    page.locator("div.tiptap").click()
    yield page
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page.locator("div.tiptap")).to_have_text("")


def html(page: Page) -> str:
    """The body as the page holds it, but for what says that a paragraph is empty."""
    text = page.locator("div.tiptap").inner_html()
    text = re.sub(r' data-placeholder="[^"]*"| class="is-empty[^"]*"', "", text)
    return re.sub(r'<a class="tiptap-topic"[^>]*>', "<a>", text)


def topic(name: str) -> str:
    return f'<a>#{name}<span class="content-hide">[话题]#</span></a>'


def test_an_empty_body_shows_what_belongs_there(editor: Page) -> None:
    assert html(editor) == EMPTY
    placeholder = editor.locator('div.tiptap p[data-placeholder*="输入正文描述"]')
    expect(placeholder).to_have_count(1)
    editor.keyboard.type("x")
    expect(placeholder).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a  b ", "<p>a  b </p>"),
        ("one\ntwo\n\nthree", f"<p>one</p><p>two</p>{EMPTY}<p>three</p>"),
        ("👨‍👩‍👧 e\u0301 “q” 'q' …", "<p>👨‍👩‍👧 e\u0301 “q” 'q' …</p>"),
        ("<b>x</b> &amp;", "<p>&lt;b&gt;x&lt;/b&gt; &amp;amp;</p>"),
        ("- no # list **here**", "<p>- no # list **here**</p>"),
    ],
)
def test_text_put_in_whole_becomes_a_paragraph_for_each_line(
    editor: Page, text: str, made: str
) -> None:
    editor.keyboard.insert_text(text)
    assert html(editor) == made
    editor.locator("div.tiptap").fill(text)
    assert html(editor) == made


def test_enter_ends_a_paragraph_and_shift_enter_a_line(editor: Page) -> None:
    editor.keyboard.type("one")
    editor.keyboard.press("Enter")
    assert html(editor) == f"<p>one</p>{EMPTY}"
    editor.keyboard.press("Shift+Enter")
    assert html(editor) == f'<p>one</p><p>{BREAK}<br class="ProseMirror-trailingBreak"></p>'
    editor.keyboard.type("two")
    assert html(editor) == f"<p>one</p><p>{BREAK}two</p>"
    for _ in range(5):
        editor.keyboard.press("Backspace")
    assert html(editor) == "<p>one</p>"
    move_left(editor, 2)
    editor.keyboard.press("Enter")
    assert html(editor) == "<p>o</p><p>ne</p>"


def test_a_paste_of_plain_text_makes_no_paragraphs_of_blank_lines(editor: Page) -> None:
    editor.keyboard.type("ab")
    move_left(editor, 1)
    paste(editor, "one\n\ntwo\r\nthree ")
    assert html(editor) == "<p>aone</p><p>two</p><p>three b</p>"


def move_left(page: Page, letters: int) -> None:
    for _ in range(letters):
        page.keyboard.press("ArrowLeft")
    # An editor learns of a caret that was moved when the browser has drawn it.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          document.querySelector("div.tiptap").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@pytest.mark.parametrize(
    ("script", "made"),
    [
        ("document.execCommand('insertText', false, 'one\\ntwo')", "<p>one</p><p>two</p>"),
        ("document.querySelector('.tiptap p').textContent = 'one'", "<p>one</p>"),
        (
            "document.querySelector('.tiptap').innerHTML = '<p>a</p><p>b<br>c</p>'",
            "<p>a</p><p>b<br>c</p>",
        ),
    ],
)
def test_what_a_script_puts_in_is_taken_over(editor: Page, script: str, made: str) -> None:
    editor.evaluate(script)
    editor.keyboard.press("ArrowRight")
    assert html(editor) == made


@pytest.mark.complete
def test_a_topic_is_picked_by_key(editor: Page) -> None:
    editor.keyboard.insert_text("x ")
    editor.keyboard.type("#日落")
    expect(rows(editor).first).to_contain_class("is-selected")
    editor.keyboard.press("Enter")
    editor.keyboard.type("y")
    assert html(editor) == f"<p>x {topic('日落')} y</p>"


def test_a_topic_is_picked_by_hand_and_taken_out_in_one(editor: Page) -> None:
    editor.keyboard.type("#海边")
    rows(editor).filter(has=editor.get_by_text("#海边", exact=True)).first.click()
    data = editor.locator("a.tiptap-topic").get_attribute("data-topic")
    assert set(read_json(data)) == {"id", "name", "link"}
    assert html(editor) == f'<p><img class="ProseMirror-separator" alt="">{topic("海边")} </p>'
    editor.keyboard.press("Backspace")
    editor.keyboard.press("Backspace")
    assert html(editor) == EMPTY


def rows(page: Page) -> Locator:
    return page.locator("#creator-editor-topic-container .item")


def read_json(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text or "")
    return found


def test_the_list_of_topics_says_how_often_each_was_seen_and_offers_a_new_one(
    editor: Page,
) -> None:
    found = rows(editor)
    editor.keyboard.type("#日")
    expect(found.first).to_be_visible()
    assert re.fullmatch(r"#日.*\n[\d.]+万浏览", found.first.inner_text())
    assert found.last.locator(":scope > *").all_inner_texts() == ["#日", "新建话题"]
    assert editor.locator(".tippy-box[role=tooltip]").count() == 1
    editor.keyboard.type("落")
    expect(found).to_have_count(1)  # the name is there as it was typed
    editor.keyboard.press("Escape")
    expect(found).to_have_count(0)


@pytest.mark.complete
def test_no_list_appears_where_no_topic_is_found(editor: Page) -> None:
    with editor.expect_response("**/search/topic") as answer:
        editor.keyboard.type("#")
        editor.keyboard.insert_text("nosuchtopicatall")
    answer.value.finished()
    editor.wait_for_timeout(450)  # a list would come 200 or 400 ms after the answer
    assert rows(editor).count() == 0


@pytest.mark.complete
def test_the_button_for_topics_begins_one(editor: Page) -> None:
    editor.locator("button.topic-btn").click()
    # tiptap takes the caret back a frame later.
    expect(editor.locator("div.tiptap")).to_be_focused()
    editor.keyboard.type("日落")
    expect(rows(editor).first).to_be_visible()


def test_letters_are_counted_with_the_marks_of_topics(editor: Page) -> None:
    container = editor.locator(".editor-container")
    editor.keyboard.insert_text("ab ")
    expect(container).to_contain_text("3 /1000")
    editor.keyboard.type("#日落")
    expect(rows(editor)).to_have_count(1)
    editor.keyboard.press("Enter")
    expect(container).to_contain_text("12 /1000")
    assert editor.locator("div.length-error").count() == 0
    editor.keyboard.insert_text("x" * 1000)
    expect(editor.locator("div.edit-container div.length-error")).to_have_text("1012/1000")
