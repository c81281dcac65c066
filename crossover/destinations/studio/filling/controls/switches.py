"""Switches of the form, each in a card of its own."""

from __future__ import annotations

from crossover.destinations.studio.contract.contract import Bound
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.destinations.studio.filling.input import click


def is_on(form: FormPage, card: str) -> bool | None:
    """Whether the switch in that card is on; None where that cannot be told. The whole word in its
    class tells: `unchecked` has the other one in it."""
    found = form.find(card)
    state = form.find("switch-state", within=found.first) if found else None
    if state is None:
        return None
    tokens = (state.first.get_attribute("class") or "").split()
    return True if "checked" in tokens else False if "unchecked" in tokens else None


def flip(form: FormPage, card: str) -> None:
    """Click the switch in that card. Raises `PageChanged`."""
    click(form, "switch", within=form.need(card))


def wait_until(form: FormPage, card: str, *, on: bool) -> None:
    """Wait until the switch in that card is so. Raises `PageChanged`."""
    if not form.wait(lambda: is_on(form, card) is on, Bound.TAKE):
        raise form.changed("switch-state" if is_on(form, card) is None else card)
