"""The account's own notes, as the studio's list shows them page by page.

The list holds no descriptions and trails publishing (firm; by how much is open).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crossover.destinations.api.http.calls import Unusable, ask
from crossover.destinations.api.http.client import Call, HttpClient
from crossover.destinations.recognise import NOTE_ID
from crossover.destinations.sites import Role
from crossover.model.account import OwnNote
from crossover.text import sentence

PAGES_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class NotesPage:
    """One page of the list, newest note first. `next` is None on the last."""

    notes: tuple[OwnNote, ...]
    next: int | None


def pages(client: HttpClient, *, at_most: int = PAGES_AT_MOST) -> Iterator[NotesPage]:
    """The list, page by page. Raises like `ask`, and `Unusable` when the list turns in circles
    or has more than `at_most` pages; what was yielded by then is no whole list."""
    site = sentence(client.hosts.label)
    cursor, seen = 0, set[int]()
    for _ in range(at_most):
        seen.add(cursor)
        page = read_page(ask(client, _list_call(cursor)))
        yield page
        if page.next is None:
            return
        if page.next in seen:
            raise Unusable(
                f"{site}'s list of your notes turns in circles.",
                next="Run the same command later.",
            )
        cursor = page.next
    raise Unusable(
        f"{site}'s list of your notes has more than {at_most} pages.",
        next="Nothing more is sent: this version cannot tell what is on an account of so many notes.",
    )


def read_page(answer: Mapping[str, Any]) -> NotesPage:
    """A page of the list. Raises `LookupError`, `TypeError` or `ValueError` when it lacks what
    every page has."""
    data = answer["data"]
    cursor = data["page"]
    if isinstance(cursor, bool) or not isinstance(cursor, int):
        raise TypeError("a cursor that is no number")
    return NotesPage(
        tuple(_own_note(note) for note in data["notes"]), None if cursor < 0 else cursor
    )


def _own_note(entry: Mapping[str, Any]) -> OwnNote:
    note_id, title, kind = entry["id"], entry["display_title"], entry["type"]
    if not NOTE_ID.fullmatch(note_id):
        raise ValueError("an id that is none")
    if not isinstance(title, str) or not isinstance(kind, str):
        raise TypeError("a note of another shape")
    permission, tab = entry.get("permission_code"), entry.get("tab_status")
    said = entry.get("permission_msg")
    return OwnNote(
        id=note_id,
        title=title,
        type=kind,
        time=_moment(entry.get("time")),
        permission=permission if isinstance(permission, int) else None,
        tab=tab if isinstance(tab, int) and not isinstance(tab, bool) else None,
        said=said.strip() or None if isinstance(said, str) else None,
    )


def _moment(value: object) -> datetime | None:
    """Milliseconds since 1970 (likely), or seconds. A written date names no zone, so it tells
    nothing that a note could be recognised by."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:18])
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        return None
    seconds = value / 1000 if value >= 10**11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _list_call(cursor: int) -> Call:
    return Call(
        name="own notes",
        role=Role.CREATOR,
        method="GET",
        path="/api/galaxy/v2/creator/note/user/posted",
        query={"tab": 0, "page": cursor},
        needs=_is_page,
    )


def _is_page(answer: Mapping[str, Any]) -> bool:
    try:
        read_page(answer)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    return True
