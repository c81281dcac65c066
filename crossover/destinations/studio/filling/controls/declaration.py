"""What a note says of itself (made with AI, advertising…), in the form."""

from __future__ import annotations

from crossover.destinations.studio.contract.contract import Bound, begins_with
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click
from crossover.model.posts import Declaration
from crossover.text import one_line

_OPTIONS = {
    Declaration.FICTION: "declaration-fiction",
    Declaration.AI: "declaration-ai",
    Declaration.AD: "declaration-ad",
    Declaration.SELF_SHOT: "declaration-self-shot",
    Declaration.REPOST: "declaration-repost",
}

ASKED_OF_THE_CREATOR = frozenset({Declaration.SELF_SHOT, Declaration.REPOST})
"""The page asks more then: where and when, or from which medium. The plan does not know that."""


def set_declaration(form: FormPage, declaration: Declaration) -> None:
    """Choose the declaration, and see that the page shows it. Where the page asks the creator for
    more, its dialog is left open for them: nothing can be done in the form behind it. Raises
    `PageChanged`."""
    form.tell(Doing.OPTIONS)
    if declaration is Declaration.NONE or read_declaration(form) is declaration:
        return
    click(form, "declaration")
    if declaration in ASKED_OF_THE_CREATOR:
        click(form, "declaration-source")
        click(form, _OPTIONS[declaration])
        return
    click(form, _OPTIONS[declaration])
    if not form.wait(lambda: read_declaration(form) is declaration, Bound.TAKE):
        raise form.changed("declaration-shown")


def read_declaration(form: FormPage) -> Declaration | None:
    """The declaration by what the page shows; None where it shows nothing that is known."""
    shown = form.find("declaration-shown")
    for box in shown.all() if shown else ():
        said = one_line(box.inner_text())
        for declaration, name in _OPTIONS.items():
            texts = form.contract.elements[name].alternatives[0].texts
            if begins_with(texts).match(said):
                return declaration
    return Declaration.NONE if form.find("declaration") else None
