"""The account's own notes, asked for page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from crossover.destinations.answers.call import Call
from crossover.destinations.api.http.calls import ask
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.own_notes.pages import NotesPage, Unusable, is_page, read_page
from crossover.destinations.sites import Role
from crossover.text import sentence

PAGES_AT_MOST = 200


class AskedList:
    """The list of the account behind `client`, of at most `at_most` pages."""

    def __init__(self, client: HttpClient, *, at_most: int = PAGES_AT_MOST) -> None:
        self._client = client
        self._at_most = at_most

    def pages(self) -> Iterator[NotesPage]:
        """As `NoteList.pages`. Raises `Unusable` also when the list turns in circles or has too many
        pages."""
        site = sentence(self._client.hosts.label)
        cursor, seen = 0, set[int]()
        for _ in range(self._at_most):
            seen.add(cursor)
            page = read_page(ask(self._client, _list_call(cursor)))
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
            f"{site}'s list of your notes has more than {self._at_most} pages.",
            next="Nothing more is sent: this version cannot tell what is on an account of so many"
            " notes.",
        )

    def now(self) -> datetime:
        return self._client.now()

    def server_now(self) -> datetime | None:
        return self._client.server_now()

    def sleep(self, seconds: float) -> None:
        self._client.clock.sleep(seconds)

    def note_url(self, note_id: str) -> str:
        return self._client.hosts.note_url(note_id)


def _list_call(cursor: int) -> Call:
    return Call(
        name="own notes",
        role=Role.CREATOR,
        method="GET",
        path="/api/galaxy/v2/creator/note/user/posted",
        query={"tab": 0, "page": cursor},
        needs=is_page,
    )
