"""Which options of a note RedNote dropped, as its own pages tell once it is there."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from crossover.destinations.codes import NOTE_TYPE, VISIBILITY
from crossover.destinations.studio.contract.contract import Bound, Contract
from crossover.destinations.studio.contract.page_contract import locate
from crossover.destinations.studio.form import Agreement, FieldName
from crossover.destinations.studio.read_back import read_form
from crossover.errors import CrossoverError
from crossover.model.account import OwnNote
from crossover.model.notes import Note

if TYPE_CHECKING:
    from playwright.sync_api import Page

log = logging.getLogger(__name__)

_LOOK_MS = 100
_READ = (
    FieldName.TOPICS,
    FieldName.VISIBILITY,
    FieldName.DECLARATION,
    FieldName.ORIGINAL,
    FieldName.SCHEDULE,
)
_WORDS = (FieldName.TITLE, FieldName.BODY)


def dropped_by_list(note: Note, note_id: str, listed: Iterable[OwnNote]) -> tuple[str, ...]:
    """The fields that the list of own notes shows otherwise than planned; none where it does not show
    the note yet."""
    one = next((one for one in listed if one.id == note_id), None)
    if one is None or one.permission is None:
        return ()
    return () if one.permission == VISIBILITY[note.visibility] else (FieldName.VISIBILITY.value,)


def dropped_by_page(
    page: Page,
    origin: str,
    note: Note,
    note_id: str,
    contract: Contract,
    *,
    followed: Collection[str],
    words: bool = False,
) -> tuple[str, ...]:
    """The fields that the note's own page in the studio shows otherwise than planned; none where it
    cannot be read. `followed` are the topics that readers could follow before the press, `words`:
    title and text as well. The page is only looked at."""
    from playwright.sync_api import Error

    if note.kind is None:
        return ()
    address = f"{origin}/publish/update?id={note_id}&noteType={NOTE_TYPE[note.kind]}"
    try:
        page.goto(address, wait_until="domcontentloaded")
        if not _has_form(page, contract):
            return ()
        form = read_form(page, note, contract)
    except (CrossoverError, Error) as exc:
        log.info("the page of note %s could not be read: %s", note.number, type(exc).__name__)
        return ()
    dropped = [
        field.name.value
        for field in form.fields
        if field.name in (*_READ, *(_WORDS if words else ()))
        and field.agreement is Agreement.NOT_TAKEN
    ]
    # Dropped, they may still stand there as plain words.
    dropped += [FieldName.TOPICS.value] if {*followed} & {*form.plain_topics} else []
    return tuple(dict.fromkeys(dropped))


def _has_form(page: Page, contract: Contract) -> bool:
    """Wait until the page shows the note's title and text, as long as such a thing may take."""
    for _ in range(round(contract.seconds[Bound.APPEAR] * 1000 / _LOOK_MS)):
        title = locate(page, contract, "title")
        if title is not None and locate(page, contract, "body") and title.first.input_value():
            return True
        page.wait_for_timeout(_LOOK_MS)
    return False
