"""Shows a note that is there, and takes it anew, as the studio's edit page asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from crossover.rehearsal.profile.refresh import refresh_profile
from crossover.rehearsal.server.answers import (
    RefusedCall,
    bad_request,
    failure,
    read_json_body,
    require_session,
    require_signature,
    success,
)
from crossover.rehearsal.site import topics
from crossover.rehearsal.site.fields import BrokenRule
from crossover.rehearsal.site.own_notes import DELETED
from crossover.rehearsal.site.rules import check_note
from crossover.rehearsal.store.received import read_payloads
from crossover.rehearsal.store.records import Note
from crossover.rehearsal.store.replacing import replace_note
from crossover.rehearsal.store.store import Store


class NoteEdits:
    """The handlers of these calls. They raise `RefusedCall`."""

    def __init__(self, store: Store, folder: Path, *, now: Callable[[], int]) -> None:
        self._store = store
        self._folder = folder
        self._now = now

    async def detail(self, request: Request) -> Response:
        """Answer a note in the form that creates one, as it stands now. The real answer's form is
        not known; this one is our choice."""
        require_signature(request)
        require_session(request)
        note = self._find(request.query_params.get("note_id", ""))
        payload = read_payloads(self._store)[note.id]
        common = payload["common"]
        kept = [tag for tag in common["hash_tag"] if tag["name"] in note.topics]
        shown = {"note_id": note.id, "title": note.title, "desc": note.desc, "hash_tag": kept}
        return success({**payload, "common": {**common, **shown}})

    async def update(self, request: Request) -> Response:
        """Take a note anew. It is a full snapshot: what is left out is lost, but for its files,
        which must be the ones that it had."""
        require_signature(request)
        require_session(request)
        payload, raw = await read_json_body(request)
        common = payload.get("common")
        note = self._find(str(common.get("note_id")) if isinstance(common, dict) else "")
        try:
            new = check_note(
                payload,
                slot=self._store.slot,
                topic=topics.find_topic,
                now=self._now(),
                note_id=note.id,
            )
        except BrokenRule as exc:
            self._store.count("refused.-9059")
            raise bad_request(str(exc)) from None
        replace_note(self._store, note.id, new, raw)
        refresh_profile(self._store, self._folder)
        return success({"id": note.id})

    def _find(self, note_id: str) -> Note:
        for note in self._store.notes():
            if note.id == note_id:
                return note
        raise RefusedCall(failure("the note is deleted", code=DELETED), "no such note")
