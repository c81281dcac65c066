"""Who may see a note, in the form."""

from __future__ import annotations

from crossover.destinations.studio.contract.contract import Bound, begins_with
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click
from crossover.model.posts import Visibility
from crossover.text import one_line

_OPTIONS = {
    Visibility.PUBLIC: "visibility-public",
    Visibility.FRIENDS: "visibility-friends",
    Visibility.ONLY_ME: "visibility-only-me",
}


def set_visibility(form: FormPage, visibility: Visibility) -> None:
    """Choose who may see the note, and see that the page shows that. Raises `PageChanged`."""
    form.tell(Doing.OPTIONS)
    if read_visibility(form) is visibility:
        return
    click(form, "visibility")
    click(form, _OPTIONS[visibility])
    if not form.wait(lambda: read_visibility(form) is visibility, Bound.TAKE):
        raise form.changed("visibility-shown")


def read_visibility(form: FormPage) -> Visibility | None:
    """Who may see the note by what the page shows; None where it shows nothing that is known."""
    said = read_shown_visibility(form)
    for visibility, name in _OPTIONS.items():
        texts = form.contract.elements[name].alternatives[0].texts
        if begins_with(texts).match(said):
            return visibility
    return None


def read_shown_visibility(form: FormPage) -> str:
    """What the page shows of it, in its own words; empty where it shows nothing."""
    found = form.find("visibility-shown")
    return one_line(found.first.inner_text()) if found else ""
