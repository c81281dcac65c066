"""Any title and body stand in the page letter for letter, in the editor of practice, in tiptap itself
and in the one of the page's old layout: nothing in them opens a list or becomes a topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossover.destinations.studio.filling.editor_text import plain, read_editor
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.topics import add_topics
from crossover.destinations.studio.filling.words import fill_body, fill_title
from crossover.mapping.plain_text import clean_text
from tests.destinations.studio.form_world import CONTRACT, FormWorld, form_world
from tests.rehearsal.studio.test_editor import tiptap_folder

ATOMS = (
    *("a", "B ", "  ", "\n", "\n\n", "word ", "1. ", "- ", "* ", "> ", "# ", "## "),
    *(
        "#tag",
        "#tag ",
        "@me",
        "@",
        "#",
        "#日常",
        "(#x)",
        "C#",
        "#1",
        "＃全角",
        "[话题]#",
        "#x[话题]#",
    ),
    *(
        "😀",
        "👨‍👩‍👧",
        "🇩🇪",
        "#️⃣",
        "é",
        "e\u0301",
        "中文",
        "。",
        "，",
        "مرحبا",
        "שלום",
        "\u3000",
        "\u00a0",
    ),
    *('"q"', "'s ", "“x”", "--", "...", "---", "**b**", "`c`", "~~s~~", "<b>x</b>", "&amp;"),
    *("http://a.example/c", "(c)", "\u200b", "\u2060", "\\n", "$1", "%s", "{{x}}"),
)


def texts(longest: int) -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(ATOMS), max_size=longest).map("".join)
    return pieces.map(clean_text)


@dataclass(repr=False)
class OpenForm:
    """A form that was filled in once, and is still open."""

    world: FormWorld
    form: FormPage


@pytest.fixture(
    scope="module",
    params=["own", "tiptap", "old"],
)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenForm]:
    folder = tmp_path_factory.mktemp("texts")
    options: list[str | Path] = []
    if request.param == "tiptap":
        options = ["--editor", tiptap_folder(folder / "tiptap")]
    with form_world(folder, *options) as world:
        if request.param == "old":
            world.site.switch(layout="old")
        world.fill(world.photos())
        yield OpenForm(world, FormPage(world.page, CONTRACT))


@pytest.mark.complete
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts(6).map(lambda one: " ".join(one.split())[:8]), body=texts(25))
def test_any_text_stands_in_the_page_as_it_was_planned(
    opened: OpenForm, title: str, body: str
) -> None:
    form = opened.form
    fill_title(form, title)
    fill_body(form, body)
    held = read_editor(form)
    assert plain(held.text) == plain(body)
    assert held.topics == ()
    assert form.need("title").input_value() == title
    assert not form.find("topic-list")
    assert opened.world.site.notes() == []


@pytest.mark.complete
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=texts(8),
    topics=st.lists(
        st.sampled_from(
            ["sunset", "Ocean", "nosuchtopicanywhere", "sun", "旅行", "o'clock", "a_b"]
        ),
        max_size=4,
        unique_by=str.casefold,
    ),
)
def test_topics_stand_behind_any_text_and_only_by_their_very_names(
    opened: OpenForm, body: str, topics: list[str]
) -> None:
    form = opened.form
    fill_body(form, body)
    add_topics(form, topics)
    held = read_editor(form)
    planned = " ".join([*([body] if body else []), *(f"#{name}" for name in topics)])
    assert plain(held.text).casefold() == plain(planned).casefold()
    assert [name.casefold() for name in held.topics] == [
        name.casefold() for name in topics if name.casefold() in {"sunset", "ocean", "旅行"}
    ]
    assert not form.find("topic-list")
