"""Creates and deletes notes, refuses duplicates, and lists one's own notes."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from crossover.rehearsal.faults.active_faults import find_fault
from crossover.rehearsal.faults.payload_faults import EditedText, ListLag, ReviewRefused, StalePages
from crossover.rehearsal.profile.refresh import refresh_profile
from crossover.rehearsal.server.answers import (
    RefusedCall,
    bad_request,
    failure,
    parse_digits,
    read_json_body,
    require_session,
    require_signature,
    success,
)
from crossover.rehearsal.site import topics
from crossover.rehearsal.site.editing import edit_note
from crossover.rehearsal.site.fields import BrokenRule
from crossover.rehearsal.site.reviews import GONE, Reviews
from crossover.rehearsal.site.rules import check_note
from crossover.rehearsal.store.records import Note
from crossover.rehearsal.store.store import Store

PAGE = 10
# How the list shows what a review decided. 1 is seen in the world; the other number is our choice.
PUBLISHED, REFUSED = 1, 3
DELETED = -9106


class OwnNotes:
    """The handlers of these calls. They raise `RefusedCall`."""

    def __init__(self, store: Store, folder: Path, *, now: Callable[[], int]) -> None:
        self._store = store
        self._reviews = Reviews(store)
        self._folder = folder
        self._now = now
        self._listed: Counter[str] = Counter()
        self._snapshot = store.notes()

    async def create(self, request: Request) -> Response:
        """Create a note, unless it breaks a rule or is a duplicate: same title, same files in the
        same order."""
        require_signature(request)
        require_session(request)
        payload, raw = await read_json_body(request)
        now = self._now()
        try:
            new = check_note(payload, slot=self._store.slot, topic=topics.find_topic, now=now)
        except BrokenRule as exc:
            self._store.count("refused.-9059")
            raise bad_request(str(exc)) from None
        if twin := self._store.find_duplicate(new):
            self._store.count("refused.-9999")
            raise RefusedCall(
                failure(f"note {twin.id} has the same title and files", code=-9999), "duplicate"
            )
        if edit := find_fault(request, EditedText):
            new = edit_note(new, edit.how)
        note = self._store.add_note(secrets.token_hex(12), new, raw, now)
        if review := find_fault(request, ReviewRefused):
            self._reviews.add(note.id, review.verdict, now + round(review.seconds * 1000))
        refresh_profile(self._store, self._folder)
        return JSONResponse(
            {
                "result": 0,
                "success": True,
                "code": 0,
                "data": {"id": note.id},
                "share_link": f"https://www.xiaohongshu.com/discovery/item/{note.id}",
            }
        )

    async def delete(self, request: Request) -> Response:
        """Delete a note for good. One that is not there (any more) answers as RedNote does of a
        deleted one (likely: its detail call does)."""
        require_signature(request)
        require_session(request)
        payload, _ = await read_json_body(request)
        note_id = payload.get("note_id")
        if not isinstance(note_id, str):
            raise bad_request("note_id is not a text")
        if not self._store.remove_note(note_id):
            raise RefusedCall(failure("the note is deleted", code=DELETED), "no such note")
        refresh_profile(self._store, self._folder)
        return success({})

    async def own_notes(self, request: Request) -> Response:
        """List a page of the account's notes, newest first."""
        if request.url.path.startswith("/@api/"):
            require_signature(request)
        require_session(request)
        page = parse_digits(request.query_params.get("page", "0"))
        if page is None:
            raise bad_request("page is not a number")
        stale = find_fault(request, StalePages)
        notes = self._visible(find_fault(request, ListLag))
        if stale is not None and stale.pages == "snapshot":
            notes = self._snapshot
        else:
            self._snapshot = notes
        verdicts = self._reviews.at(self._now())
        notes = [note for note in reversed(notes) if verdicts.get(note.id) != GONE]
        start = page * PAGE
        following = page + 1 if start + PAGE < len(notes) else -1
        if stale is not None and stale.pages == "repeat" and following != -1:
            following = page
        return success(
            {
                "notes": [
                    _list_entry(note, refused=note.id in verdicts)
                    for note in notes[start : start + PAGE]
                ],
                "page": following,
                "tags": [
                    {
                        "id": "special.note_time_desc",
                        "name": "所有笔记",
                        "notes_count": len(notes),
                        "checked": True,
                    }
                ],
            }
        )

    def _visible(self, lag: ListLag | None) -> list[Note]:
        """Find the notes that the list shows, and count one more call for each note there is."""
        notes = self._store.notes()
        self._listed.update(note.id for note in notes)
        if lag is None:
            return notes
        until = self._now() - round(lag.seconds * 1000)
        return [
            note
            for note in notes
            if note.time <= until and self._listed[note.id] > lag.calls_missed
        ]


def _list_entry(note: Note, *, refused: bool) -> dict[str, object]:
    """Make the entry of a note in the list, which has no description."""
    return {
        "id": note.id,
        "display_title": note.title,
        "type": note.type,
        "time": note.time,
        "schedule_post_time": note.schedule or 0,
        "level": 0,
        "permission_code": note.privacy,
        "tab_status": REFUSED if refused else PUBLISHED,
        "likes": 0,
        "view_count": 0,
        "collected_count": 0,
        "comments_count": 0,
        "shared_count": 0,
        "sticky": False,
    }
