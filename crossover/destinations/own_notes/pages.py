"""The account's own notes, as the studio's list tells them page by page.

The list holds no descriptions and trails publishing (firm; by how much is open).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.errors import RetryLater
from crossover.model.account import OwnNote


class Unusable(RetryLater):
    """The site was reached, and its answers could not be used."""

    id = "unusable-answer"


@dataclass(frozen=True, slots=True)
class NotesPage:
    """One page of the list, newest note first. `next` is None on the last."""

    notes: tuple[OwnNote, ...]
    next: int | None


class NoteList(Protocol):
    """Reads the list of one account."""

    def pages(self) -> Iterator[NotesPage]:
        """Read the list, page by page, newest note first. Raises `Unusable` when its answers are of
        no use, `RetryLater` when the site cannot be reached, `LoginNeeded`, `AccountAtRisk`; what
        was yielded by then is no whole list."""
        ...

    def now(self) -> datetime:
        """The site's clock; this computer's where it is not known."""
        ...

    def server_now(self) -> datetime | None:
        """The site's clock, None where it is not known."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait, for a list that is behind."""
        ...

    def note_url(self, note_id: str) -> str:
        """Where a note can be looked at."""
        ...


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


def is_page(answer: Mapping[str, Any]) -> bool:
    """Whether an answer of the list is a page that can be read."""
    try:
        read_page(answer)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    return True
