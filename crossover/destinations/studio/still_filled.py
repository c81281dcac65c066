"""Whether a page that stands open is still filled with a note, as when an earlier run died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import Contract
from crossover.destinations.studio.contract.page_contract import locate
from crossover.destinations.studio.form import Agreement
from crossover.destinations.studio.read_back import read_form
from crossover.model.notes import Note

if TYPE_CHECKING:
    from playwright.sync_api import Page

_STILL = (Agreement.AS_PLANNED, Agreement.NOT_TOLD, Agreement.YOURS)


def is_filled_with(page: Page, note: Note, contract: Contract) -> bool:
    """Whether the page holds the title, text, topics, options and number of files of `note`.
    Changes nothing on the page, and waits for nothing."""
    if read_address(page.url) is not Address.PUBLISH:
        return False
    if not all(locate(page, contract, name) for name in ("title", "body")):
        return False
    form = read_form(page, note, contract)
    return all(one.agreement in _STILL for one in form.fields)
