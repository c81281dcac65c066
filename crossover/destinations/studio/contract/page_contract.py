"""Finds the parts of a studio page by the contract, and tells which are missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossover.destinations.studio.contract.contract import Alternative, Contract, When
from crossover.model.notes import Note
from crossover.model.posts import Kind

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True, slots=True)
class FoundElement:
    """An element of the contract, and the CSS by which it is on the page: None where it is not.
    `first`: by the best of its alternatives."""

    name: str
    css: str | None
    first: bool


def locate(
    page: Page, contract: Contract, name: str, *, within: Locator | None = None
) -> Locator | None:
    """Find an element by the first of its alternatives that is there now; all of its copies, in the
    order of the page. None where there is none."""
    for alternative in contract.elements[name].alternatives:
        found = _by(alternative, page if within is None else within)
        if found.count():
            return found
    return None


def _by(alternative: Alternative, where: Page | Locator) -> Locator:
    found = where.locator(alternative.css)
    if pattern := alternative.pattern:
        found = found.filter(has_text=pattern)
    return found if alternative.hidden else found.filter(visible=True)


def find_present(page: Page, contract: Contract, names: Collection[str]) -> frozenset[str]:
    """Tell which of these elements are on the page, by one look at it."""
    asked = {
        name: [
            [one.css, one.hidden, one.anywhere, [text.casefold() for text in one.texts]]
            for one in contract.elements[name].alternatives
        ]
        for name in names
    }
    return frozenset(page.evaluate(_PRESENT, asked))


_PRESENT = """(asked) => {
  const isSeen = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility === 'visible';
  };
  const reads = (one, anywhere, texts) => {
    const text = one.textContent.replace(/\\s+/g, ' ').trim().toLowerCase();
    return texts.some((word) => anywhere ? text.includes(word) : text.startsWith(word));
  };
  const isThere = ([css, hidden, anywhere, texts]) => [...document.querySelectorAll(css)].some(
    (one) => (hidden || isSeen(one)) && (!texts.length || reads(one, anywhere, texts)),
  );
  return Object.keys(asked).filter((name) => asked[name].some(isThere));
}"""


def find_missing(
    page: Page, contract: Contract, when: When, note: Note | None = None
) -> tuple[str, ...]:
    """Name what should be on the page by now and is not: for `note`, or for any note without one."""
    names = [one.name for one in contract.needed(when, note)]
    present = find_present(page, contract, names)
    return tuple(name for name in names if name not in present)


def check_page(page: Page, contract: Contract, kind: Kind) -> tuple[FoundElement, ...]:
    """Look for everything that an empty publish page should have on the tab of that kind. Changes
    nothing on it."""
    return tuple(
        _look_for(page, contract, one.name)
        for one in contract.needed(When.OPEN)
        if not one.needed_for or kind in one.needed_for
    )


def _look_for(page: Page, contract: Contract, name: str) -> FoundElement:
    for number, alternative in enumerate(contract.elements[name].alternatives):
        if _by(alternative, page).count():
            return FoundElement(name, alternative.css, number == 0)
    return FoundElement(name, None, first=False)
