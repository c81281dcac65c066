"""Topics of a note into the form: by exact name from the page's own list, else as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.editor_text import read_editor
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import REACH_MS, go_to_end, reach
from crossover.destinations.studio.filling.obstacles import clear_obstacles
from crossover.destinations.topic_names import same_name

if TYPE_CHECKING:
    from playwright.sync_api import Response

_SEARCH = "/web_api/sns/v1/search/topic"


def add_topics(form: FormPage, names: Sequence[str]) -> None:
    """Write the topics behind the body. One that the page does not offer by its name stays plain
    `#name`; none is ever made new. Raises `PageChanged`."""
    for number, name in enumerate(names):
        form.tell(Doing.TOPICS, number, len(names))
        clear_obstacles(form)
        _add(form, name)
    if names:
        form.tell(Doing.TOPICS, len(names), len(names))


def _add(form: FormPage, name: str) -> None:
    editor = form.need("body")
    before = read_editor(form, editor)
    go_to_end(editor)
    if before.text and not before.text[-1].isspace():
        form.page.keyboard.insert_text(" ")
    with _heard_answers(form) as answers:
        form.page.keyboard.type(f"#{name}")
        form.wait(lambda: answers.names_for(name) or _decide(form, name, answers), Bound.TOPIC_LIST)
        offer = form.wait(lambda: _decide(form, name, answers), Bound.TOPIC_SHOWN)
    if isinstance(offer, _Row):
        _click_row(form, offer.name)
        if not form.wait(lambda: len(_topics(form)) > len(before.topics), Bound.TAKE):
            raise form.changed("topic")
    elif offer is None and _is_offered(name, answers):
        _check_list(form)
    added = _topics(form)[len(before.topics) :]
    if added and same_name(added[-1]) != same_name(name):
        raise form.changed("topic-row")
    if not added:
        # A blank ends the name, and with it the list.
        form.page.keyboard.insert_text(" ")
    if not form.wait(lambda: not form.find("topic-list"), Bound.TAKE):
        form.page.keyboard.press("Escape")
        if not form.wait(lambda: not form.find("topic-list"), Bound.OBSTACLE):
            raise form.changed("topic-list")


def _is_offered(name: str, answers: _Answers) -> bool:
    return same_name(name) in map(same_name, answers.names_for(name) or ())


def _check_list(form: FormPage) -> None:
    """Raise `PageChanged` where RedNote offers topics to the page, and its list cannot be read."""
    if not form.find("topic-list"):
        raise form.changed("topic-list")
    rows = _read_rows(form)
    if not any(name for name, _ in rows):
        raise form.changed("topic-name" if rows else "topic-row")


def _topics(form: FormPage) -> tuple[str, ...]:
    return read_editor(form).topics


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the list offers the topic, in this spelling."""

    name: str


@dataclass(frozen=True, slots=True)
class _NoSuchTopic:
    """The page asked RedNote for the name, and RedNote has no topic of it."""


@dataclass(slots=True)
class _Answers:
    """What RedNote answered to the page's own searches, by what was searched."""

    heard: list[Response] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)

    def names_for(self, name: str) -> list[str] | None:
        """The topics that were offered for `name`; None while that is not answered."""
        from playwright.sync_api import Error

        while self.heard:
            response = self.heard.pop(0)
            try:
                asked, answer = response.request.post_data_json, response.json()
            except (Error, ValueError):
                continue
            for word in _texts(asked):
                self.names[word] = _names_in(answer)
        return self.names.get(name)


@contextmanager
def _heard_answers(form: FormPage) -> Iterator[_Answers]:
    answers = _Answers()

    def hear(response: Response) -> None:
        if response.url.partition("?")[0].endswith(_SEARCH):
            answers.heard.append(response)

    form.page.on("response", hear)
    try:
        yield answers
    finally:
        form.page.remove_listener("response", hear)


def _texts(asked: Any) -> list[str]:
    return (
        [one for one in asked.values() if isinstance(one, str)] if isinstance(asked, dict) else []
    )


def _names_in(answer: Any) -> list[str]:
    match answer:
        case {"data": {"topic_info_dtos": list(rows)}}:
            return [str(row["name"]) for row in rows if isinstance(row, dict) and row.get("name")]
        case _:
            return []


def _decide(form: FormPage, name: str, answers: _Answers) -> _Row | _NoSuchTopic | None:
    """Tell whether the page offers the topic. None while that is not known yet."""
    offered = answers.names_for(name)
    if offered is not None and same_name(name) not in map(same_name, offered):
        return _NoSuchTopic()
    # A row that would make a new topic has no count of views.
    names = [
        shown
        for shown, views in _read_rows(form)
        if offered is not None or any(sign.isdigit() for sign in views)
    ]
    alike = [one for one in names if same_name(one) == same_name(name)]
    if not alike:
        return None
    return _Row(name if name in alike else alike[0])


_READ_ROWS = """(list, [rowCss, nameCss]) => [...list.querySelectorAll(rowCss)].map((row) => {
  const name = row.querySelector(nameCss)?.innerText.trim() ?? '';
  return [name.replace(/^#/, ''), row.innerText.replace(name, '')];
})"""


def _read_rows(form: FormPage) -> list[tuple[str, str]]:
    """What the list offers: the names, and what stands beside each."""
    found = form.find("topic-list")
    if found is None:
        return []
    rows = found.first.evaluate(_READ_ROWS, [_css(form, "topic-row"), _css(form, "topic-name")])
    return [(str(name), str(rest)) for name, rest in rows]


def _css(form: FormPage, name: str) -> str:
    return ", ".join(one.css for one in form.contract.elements[name].alternatives)


def _click_row(form: FormPage, name: str) -> None:
    """Click the row of that very name, wherever it is by now: the list may change meanwhile. Raises
    as `reach`."""
    exact = re.compile(rf"^\s*#?{re.escape(name)}\s*$")
    named = form.page.locator(_css(form, "topic-name")).filter(has_text=exact)
    row = form.need("topic-list").locator(_css(form, "topic-row")).filter(has=named).first
    reach(form, "topic-row", lambda: row.click(timeout=REACH_MS), in_dialog=True)
