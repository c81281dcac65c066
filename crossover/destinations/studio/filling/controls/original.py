"""Whether a note is declared as the creator's own original work (原创), in the form."""

from __future__ import annotations

from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.dialogue import Doing
from crossover.destinations.studio.filling.controls.switches import flip, is_on, wait_until
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click

_CARD = "original"


def set_original(form: FormPage, *, original: bool) -> None:
    """Set the switch, and agree to what RedNote asks then. Raises `PageChanged`."""
    form.tell(Doing.OPTIONS)
    if not original and form.find(_CARD) is None:
        return
    if is_on(form, _CARD) is original:
        return
    flip(form, _CARD)
    if original:
        _agree(form)
    wait_until(form, _CARD, on=original)


def read_original(form: FormPage) -> bool | None:
    """Whether the switch is on; None where the page does not show it."""
    return is_on(form, _CARD)


def _agree(form: FormPage) -> None:
    form.wait(lambda: form.find("original-dialog") or is_on(form, _CARD), Bound.APPEAR)
    if is_on(form, _CARD):
        return
    dialog = form.need("original-dialog")
    click(form, "original-agree", within=dialog)
    confirm = form.need("original-confirm", within=dialog)
    form.wait(confirm.is_enabled, Bound.TAKE)
    click(form, "original-confirm", within=dialog)
    if not form.wait(lambda: not form.find("original-dialog"), Bound.OBSTACLE):
        raise form.changed("original-dialog")
