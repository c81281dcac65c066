"""A person at the page of a pack, in a real browser: what is copied is what was planned, to the letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.destinations.kit.page.render import render_index
from crossover.destinations.kit.page.withdrawn import without_note
from crossover.model.account import SiteName
from crossover.model.packs import Pack, PackNote
from crossover.model.posts import Visibility
from tests.cdp import Tab, chromium
from tests.makers import NOON, note

HOSTILE = (
    "</script><script>alert(1)</script> <!-- <b>&amp;",
    "two\nlines,\ttabs, 'quotes' \"and\" \\n \u2028 and \u2029 ends  ",
    "أهلا ‮right to left‬ 👩‍👩‍👧‍👦 🇵🇹 字形",
)
LINK = "https://www.rednote.com/explore/64a1f0c2000000001203e5b7"


def packed(number: int, title: str) -> PackNote:
    one = note(
        id=f"2025-01-01T00:0{number}:00Z",
        number=str(number),
        title=title,
        body=f"{title}\n\nbody {number}{title}",
        topics=("陶艺", "a&b<c>", f"topic{number}"),
    )
    return PackNote(one, f"0{number}-note-{number}", ("01.mp4",), None, Visibility.PUBLIC, NOON)


PACK = Pack(
    "2026-11-30-1200",
    SiteName.REDNOTE,
    "mila",
    NOON,
    tuple(packed(number, title) for number, title in enumerate(HOSTILE, 1)),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "index.html"
    path.write_bytes(render_index(PACK).encode())
    return path


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("browser")) as one:
        yield one


def copied(tab: Tab, selector: str) -> object:
    tab.run("navigator.clipboard.writeText('nothing yet')")
    tab.click(selector)
    return tab.run(
        "(async () => { for (let n = 0; n < 100; n += 1) {"
        " const text = await navigator.clipboard.readText();"
        " if (text !== 'nothing yet') return text;"
        " await new Promise((done) => setTimeout(done, 10)); } })()"
    )


def test_every_button_copies_exactly_what_was_planned(tab: Tab, page: Path) -> None:
    tab.open(page.as_uri())
    asked = 0
    for one in PACK.notes:
        number = one.note.number
        wanted = {"title": one.note.title, "text": one.note.body}
        for field, text in wanted.items():
            assert copied(tab, f'[data-note="{number}"][data-copy="{field}"]') == text
            asked += 1
        for place, topic in enumerate(one.note.topics):
            selector = f'[data-note="{number}"][data-topic="{place}"]'
            assert copied(tab, selector) == f"#{topic}"
            asked += 1
    assert tab.run("document.querySelectorAll('[data-copy]').length") == asked


def test_where_nothing_can_be_copied_the_text_is_shown_to_be_copied_by_hand(
    tab: Tab, page: Path
) -> None:
    tab.open(page.as_uri())
    tab.run(
        "document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject()"
    )
    tab.click('[data-note="1"][data-copy="text"]')
    shown = "document.querySelector('#by-hand textarea').value"
    for _ in range(100):
        if tab.run("document.getElementById('by-hand').open"):
            break
    assert tab.run(shown) == PACK.notes[0].note.body


def test_what_was_posted_stays_after_a_reload_and_can_be_saved(tab: Tab, page: Path) -> None:
    tab.open(page.as_uri())
    tab.run("localStorage.clear()")
    tab.open(page.as_uri())
    tab.click('[data-number="2"] [data-link]')
    tab.type(LINK)
    tab.click('[data-number="3"] [data-posted]')
    counted = "document.querySelector('.bar output').textContent"
    assert tab.run(counted) == "2 of 3 posted"
    for _ in range(20):  # a busy browser may be slow to hand it to the page that comes next
        tab.open(page.as_uri())
        if tab.run(counted) != "0 of 3 posted":
            break
    assert tab.run(counted) == "2 of 3 posted"
    assert tab.run("document.querySelector('[data-number=\"2\"] [data-link]').value") == LINK
    saved = json.loads(tab.run("JSON.stringify(exported())"))
    assert (saved["pack"], saved["site"], saved["account"]) == (PACK.id, "rednote.com", "mila")
    told = [(one["number"], one["link"], one["posted"]) for one in saved["notes"]]
    assert told == [("1", "", False), ("2", LINK, True), ("3", "", True)]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (LINK, "right"),
        (f"{LINK}?xsec_token=x look at this", "right"),
        ("64a1f0c2000000001203e5b7", "right"),
        ("https://www.xiaohongshu.com/explore/64a1f0c2000000001203e5b7", "wrong"),
        ("https://xhslink.com/a/abc", "wrong"),
        ("https://www.rednote.com/user/profile/x", "wrong"),
        ("hello", "wrong"),
    ],
)
def test_a_link_is_looked_at_while_it_is_typed(tab: Tab, page: Path, typed: str, kind: str) -> None:
    tab.open(page.as_uri())
    tab.run("localStorage.clear()")
    tab.open(page.as_uri())
    tab.click('[data-number="1"] [data-link]')
    tab.type(typed)
    said = "document.querySelector('[data-number=\"1\"] .said')"
    assert tab.run(f"{said}.className") == f"said {kind}"
    assert tab.run(f"{said}.textContent")


def test_no_request_leaves_and_no_text_becomes_code(tab: Tab, page: Path) -> None:
    tab.requests.clear()
    tab.open(page.as_uri())
    assert tab.run("document.querySelectorAll('script').length") == 2
    assert {url.partition(":")[0] for url in tab.requests} <= {"file", "data"}
    assert tab.run("fetch('http://127.0.0.1:9/').then(() => 'went', () => 'refused')") == "refused"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(tab: Tab, page: Path, width: int) -> None:
    tab.resize(width, 900)
    tab.open(page.as_uri())
    assert tab.run("document.documentElement.scrollWidth") <= width


def test_a_first_note_says_why_it_is_for_the_creator_alone(tab: Tab, tmp_path: Path) -> None:
    first = replace(PACK.notes[0], is_first=True, visibility=Visibility.ONLY_ME)
    path = tmp_path / "index.html"
    path.write_bytes(render_index(replace(PACK, notes=(first,))).encode())
    tab.open(path.as_uri())
    text = tab.run("document.body.innerText")
    assert "for your eyes only" in text
    assert "仅自己可见" in text


def test_a_note_that_was_taken_out_is_named_and_the_others_work_on(
    tab: Tab, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(without_note(render_index(PACK), "2", 2).encode())
    tab.open(path.as_uri())
    said = tab.run("document.querySelector('.withdrawn').innerText")
    assert said.startswith("Do not post note 2 from here.")
    assert tab.run("document.querySelector('.bar output').innerText") == "0 of 2 posted"
    assert copied(tab, '[data-number="3"] [data-copy="title"]') == HOSTILE[2]
