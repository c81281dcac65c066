"""What a hand does to a form: clicks that reach what they are meant for, and text in a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.obstacles import clear_obstacles

if TYPE_CHECKING:
    from playwright.sync_api import Locator

REACH_MS = 3000
_CARET_AT_END = """(field) => {
  field.focus();
  const selection = getSelection();
  selection.selectAllChildren(field);
  selection.collapseToEnd();
}"""


def click(form: FormPage, name: str, within: Locator | None = None) -> Locator:
    """Click an element of the contract once it is there, and give it. Raises as `reach`."""
    found = form.need(name, within)
    reach(form, name, lambda: found.click(timeout=REACH_MS), in_dialog=within is not None)
    return found


def reach(form: FormPage, name: str, act: Callable[[], object], *, in_dialog: bool = False) -> None:
    """Do what needs an element before the pointer. Where it cannot be reached, the window is brought
    to the front, what lies over the form is closed (not so in a dialog, which lies there itself),
    and it is done again. `act` is bounded by `REACH_MS`. Raises `PageChanged`, and `RetryLater`
    where nobody can see the page."""
    from playwright.sync_api import TimeoutError as NotReached

    try:
        act()
    except NotReached:
        form.bring_to_front()
        if not in_dialog:
            clear_obstacles(form)
        try:
            act()
        except NotReached as exc:
            raise form.changed(name) from exc


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
