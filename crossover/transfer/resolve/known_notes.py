"""The notes that stood on an account before the move, as the creator lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import Any

from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.registry import account_for, keep_account
from crossover.destinations.note_links import LinkRefused, addresses_in, parse_note_link
from crossover.destinations.open import Target
from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.errors import UsageProblem
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.transfer.resolve.answers import AnswersRefused
from crossover.transfer.resolve.text_file import read_rows

_LINK = ("link", "url", "rednote_url", "rednote", "note_url", "address")
_TITLE = ("title", "display_title", "name")
_TIME = ("time", "posted_at", "date", "when")
_KIND = ("type", "kind")
_TYPES = {"video": "video", "photos": "normal", "pictures": "normal", "normal": "normal"}


@dataclass(frozen=True, slots=True)
class KnownNotes:
    """The notes of a list, each once, and what of it cannot be used, as sentences that begin with
    the place."""

    notes: tuple[ListedNote, ...]
    errors: tuple[str, ...]


def read_known_notes(text: str, site: SiteName, zone: tzinfo) -> KnownNotes:
    """Read links, and titles, times and kinds where they stand there, from the text of a file. A
    time without a zone is one of `zone`."""
    notes: dict[str, ListedNote] = {}
    errors = []
    for where, cells in _rows(text):
        link = next((cells[name] for name in _LINK if cells.get(name)), "")
        if not link and not any(cells.values()):
            continue
        try:
            found = parse_note_link(link, site)
        except LinkRefused as exc:
            errors.append(f"{where}: {exc}.")
            continue
        notes[found.note_id] = ListedNote(
            found.note_id,
            next((cells[name] for name in _TITLE if cells.get(name)), ""),
            next((_TYPES.get(cells[name].casefold()) for name in _KIND if cells.get(name)), None),
            next((_parse_moment(cells[name], zone) for name in _TIME if cells.get(name)), None),
            None,
            found.url,
            "creator",
        )
    return KnownNotes(tuple(notes.values()), tuple(errors))


def keep_known_notes(target: Target, text: str, zone: tzinfo, operator: str, command: str) -> int:
    """Write down which notes stand on a real account, so that none of them goes out once more, and
    return how many were given. What was known before stays.

    Raises `AnswersRefused` where a line names no note of the site, or none does; nothing is written
    then. Raises `UsageProblem` for the practice account, whose list is read by itself.
    """
    if target.is_practice:
        raise UsageProblem(
            "What stands on the practice account is looked up by itself.",
            next=Hint("A list is for a real account: ", step("plan", "--to", "kit"), " first."),
        )
    known = read_known_notes(text, target.site, zone)
    if known.errors or not known.notes:
        raise AnswersRefused(known.errors or ["There is no link to a note in it."])
    account = account_for(target.site, target.name)
    with (
        account.folder.hold(command),
        open_ledger(account.folder.ledger, account.for_ledger, None) as ledger,
    ):
        keep_account(account)
        ledger.listed.add(known.notes)
        ledger.facts.put(FactName.COMPARED, "given", operator)
    return len(known.notes)


def _rows(text: str) -> list[tuple[str, dict[str, str]]]:
    if text.lstrip()[:1] in ("{", "["):
        try:
            return _rows_of_document(json.loads(text))
        except (ValueError, RecursionError):
            pass
    header: tuple[str, ...] | None = None
    rows: list[tuple[str, dict[str, str]]] = []
    for row in read_rows(text):
        names = tuple(re.sub(r"[\s-]+", "_", cell.casefold()) for cell in row.cells)
        if header is None and not rows and not any(map(_is_link, row.cells)):
            header = names
            continue
        if header is not None and set(header) & set(_LINK):
            cells = dict(zip(header, row.cells, strict=False))
        else:
            cells = _without_header(row.cells)
        rows.append((f"Line {row.line}", cells))
    return rows


def _rows_of_document(document: Any) -> list[tuple[str, dict[str, str]]]:
    notes = document.get("notes") if isinstance(document, Mapping) else document
    return [
        (
            f"Note {place} of the file",
            {str(name).casefold(): str(value or "") for name, value in note.items()}
            if isinstance(note, Mapping)
            else {"link": str(note)},
        )
        for place, note in enumerate(notes if isinstance(notes, list) else [], 1)
    ]


def _without_header(cells: tuple[str, ...]) -> dict[str, str]:
    """A row of unnamed cells: the link, a moment, and the longest other one as the title."""
    if len(cells) == 1:
        addresses = addresses_in(cells[0])
        rest = cells[0]
        for address in addresses:
            rest = rest.replace(address, " ").replace(address.removeprefix("https://"), " ")
        if addresses:
            return {"link": addresses[0], "title": " ".join(rest.split())}
        return {"link": cells[0]}
    links = [cell for cell in cells if _is_link(cell)]
    moments = [cell for cell in cells if _moment_text(cell)]
    words = [cell for cell in cells if cell not in links and cell not in moments]
    return {
        "link": links[0] if links else " ".join(cells),
        "title": max(words, key=len, default=""),
        "time": moments[0] if moments else "",
    }


def _is_link(cell: str) -> bool:
    return bool(addresses_in(cell) or NOTE_ID.fullmatch(cell))


def _moment_text(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _parse_moment(cell: str, zone: tzinfo) -> datetime | None:
    moment = _moment_text(cell)
    if moment is None:
        return None
    if len(cell) <= 10:  # a day alone: its middle is nearest to whatever time it was
        moment = datetime.combine(moment.date(), time(12))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
