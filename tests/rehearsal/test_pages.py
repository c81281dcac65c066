"""The profile page shows what arrived, and nothing in it can act."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from crossover.rehearsal.profile.page import render_profile, write_profile
from crossover.rehearsal.store.store import Store

from .makers import JPEG, MP4, PNG, Practice, photos, video


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page_of(folder: Path) -> str:
    return (folder / "profile.html").read_text("utf-8")


def test_the_file_is_there_after_each_note_newest_first(practice: Practice, folder: Path) -> None:
    practice.create(photos(practice.file(JPEG), practice.file(PNG), title="The first"))
    assert "The first" in page_of(folder)
    practice.create(video(practice.file(MP4, "video"), practice.file(PNG), title="The second"))
    page = page_of(folder)
    assert page.index("The second") < page.index("The first")
    assert practice.http.get("/").text == practice.http.get("/profile").text == page
    links = {attrs["href"] for tag, attrs in Tags(page).found if tag == "a"}
    ids = {attrs["id"] for tag, attrs in Tags(page).found if tag == "section"}
    assert len(ids) == 2
    assert links == {"#", *(f"#{note}" for note in ids)}


def test_a_browser_that_asks_for_an_icon_gets_none_and_no_error(practice: Practice) -> None:
    answer = practice.http.get("/favicon.ico")
    assert (answer.status_code, answer.content) == (204, b"")


def test_pictures_are_files_beside_the_page(practice: Practice, folder: Path) -> None:
    practice.create(photos(practice.file(JPEG), practice.file(PNG)))
    shown = {attrs["src"] for tag, attrs in Tags(page_of(folder)).found if tag == "img"}
    assert len(shown) == 2
    assert all(src and (folder / src).is_file() for src in shown)


def test_words_of_a_note_stay_words(practice: Practice, folder: Path) -> None:
    hostile = "<script>x()</script><img src=//e.example onerror=y()>\"'&amp;"
    practice.create(photos(practice.file(), title="<u>t</u>", desc=hostile))
    page = page_of(folder)
    assert "&lt;script&gt;" in page
    assert "&lt;u&gt;t&lt;/u&gt;" in page
    found = Tags(page).found
    assert not {"script", "u", "iframe", "object", "link", "form"} & {tag for tag, _ in found}
    assert not any(name.startswith("on") for _, attrs in found for name in attrs)
    assert not re.search(r"(src|href)=.?(https?:|//)", page.replace("src=//e.example", ""))
    assert "http-equiv" in page
    assert "default-src &#39;none&#39;" in page


def test_nothing_hidden_reaches_the_page(practice: Practice, folder: Path) -> None:
    practice.create(photos(practice.file(JPEG), title="a\x1b\x9bb", desc="c\u202ed\x00 👩\u200d🍳"))
    page = page_of(folder)
    assert not re.search(r"[\x00-\x08\x1b\x80-\x9f\u202e]", page)
    assert r"a\u{1b}\u{9b}b" in page
    assert "👩\u200d🍳" in page


def test_topics_lose_their_brackets_and_who_may_see_it_is_said(
    practice: Practice, folder: Path
) -> None:
    practice.create(
        photos(
            practice.file(),
            desc="Evening #sunset[话题]# by the sea",
            hash_tag=[practice.topic("sunset")],
            privacy_info={"op_type": 1, "type": 1, "user_ids": []},
        )
    )
    page = page_of(folder)
    assert '<span class="topic">#sunset</span>' in page
    assert "[话题]" not in page
    assert page.count("only me") == 2


def test_an_empty_account_has_a_page_too(store: Store, folder: Path) -> None:
    assert "Nothing practised yet" in render_profile(store.notes(), store.name())
    assert write_profile(folder, [], "Mara").is_file()
    assert list(folder.glob(".rehearsal-*")) == []


def test_notes_of_topics_alone_are_told_apart_by_name_and_topics_by_a_line(
    practice: Practice, folder: Path
) -> None:
    for name, picture in (("sunset", JPEG), ("travel", PNG)):
        practice.create(
            photos(
                practice.file(picture),
                title="",
                desc=f"#{name}[话题]#",
                hash_tag=[practice.topic(name)],
            )
        )
    page = page_of(folder)
    assert re.findall(r'<div class="name">(.*?)</div>', page) == ["#travel", "#sunset"]
    (style,) = re.findall(r"^\.topic \{(.*)\}$", page, re.MULTILINE)
    assert "underline" in style, "not by its colour alone"
