"""What a hand does to a form: clicks that reach what they are meant for, and text in a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.obstacles import clear_obstacles

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_CLICK_MS = 3000
_CARET_AT_END = """(field) => {
  field.focus();
  const selection = getSelection();
  selection.selectAllChildren(field);
  selection.collapseToEnd();
}"""


def click(form: FormPage, name: str, within: Locator | None = None) -> Locator:
    """Click an element of the contract once it is there, and give it. What lies over the form is
    closed, and the click made again; not so within a dialog. Raises `PageChanged`."""
    from playwright.sync_api import TimeoutError as NoClick

    found = form.need(name, within)
    try:
        found.click(timeout=_CLICK_MS)
    except NoClick as exc:
        if within is not None:
            raise form.changed(name) from exc
        clear_obstacles(form)
        found = form.need(name)
        try:
            found.click(timeout=_CLICK_MS)
        except NoClick as again:
            raise form.changed(name) from again
    return found


def type_over(form: FormPage, field: Locator, text: str) -> None:
    """Put `text` in the place of all that the field holds, in one piece, as an input method does."""
    field.focus()
    form.page.keyboard.press("ControlOrMeta+A")
    form.page.keyboard.press("Backspace")
    if text:
        form.page.keyboard.insert_text(text)


def go_to_end(field: Locator) -> None:
    """Set the caret behind all that an editor holds."""
    field.evaluate(_CARET_AT_END)
