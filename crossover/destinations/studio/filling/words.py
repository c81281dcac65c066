"""Title and body of a note into the form."""

from __future__ import annotations

import re

from crossover.destinations.base import Unsendable
from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.editor_text import EditorText, read_editor
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click, go_to_end, type_over
from crossover.text import one_line

_OPENS_A_LIST = re.compile(r"(?:^|\s)[#@＃＠]\S*$")
"""The end of a text behind which the page offers topics or people."""


def fill_title(form: FormPage, title: str) -> None:
    """Put the title in the place of what the field holds. Raises `PageChanged`, and `Unsendable`
    where the page counts too many letters."""
    form.tell(Doing.TITLE)
    # The field stands there before it can be used.
    form.wait(lambda: form.need("title").is_editable(), Bound.APPEAR)
    for _ in range(2):
        field = click(form, "title")
        type_over(form, field, title)
        if form.wait(lambda: form.need("title").input_value() == title, Bound.TAKE):
            break
    _refuse_too_long(form, "title-too-long", "title")


def fill_body(form: FormPage, body: str) -> None:
    """Put the body in the place of what the editor holds: in one piece, and where the page makes
    something else of that, line by line. No list stays open behind it. Raises like `fill_title`."""
    form.tell(Doing.BODY)
    for put_in in (_in_one_piece, _line_by_line):
        editor = click(form, "body")
        type_over(form, editor, "")
        put_in(form, body)
        if _comes_to_hold(form, body):
            break
    if _OPENS_A_LIST.search(body):
        go_to_end(form.need("body"))
        form.page.keyboard.insert_text(" ")
    _refuse_too_long(form, "body-too-long", "text")


def _comes_to_hold(form: FormPage, body: str) -> bool:
    """Wait until the editor holds the text, or something else that stays; whether it is the text."""
    last: list[EditorText] = []

    def is_at_rest() -> bool:
        last.append(read_editor(form))
        return _is_just(last[-1], body) or (last[-1].text != "" and last[-2:-1] == last[-1:])

    form.wait(is_at_rest, Bound.TAKE)
    return _is_just(last[-1], body)


def _is_just(held: EditorText, body: str) -> bool:
    return held.reads(body) and not held.topics


def _in_one_piece(form: FormPage, text: str) -> None:
    if text:
        form.page.keyboard.insert_text(text)


def _line_by_line(form: FormPage, body: str) -> None:
    keyboard = form.page.keyboard
    *lines, last = body.split("\n")
    for line in lines:
        opening = _OPENS_A_LIST.search(line)
        if not opening:
            _in_one_piece(form, line)
            keyboard.press("Enter")
            continue
        # Enter would take what the list offers, so the line ends before its last word is there.
        _in_one_piece(form, line[: opening.start()])
        keyboard.press("Enter")
        keyboard.press("ArrowLeft")
        keyboard.insert_text(opening.group())
        keyboard.press("ArrowRight")
    _in_one_piece(form, last)


def _refuse_too_long(form: FormPage, name: str, what: str) -> None:
    if counted := form.find(name):
        said = one_line(counted.first.inner_text())
        raise Unsendable(f"RedNote counts its {what} as too long ({said}); shorten it")
