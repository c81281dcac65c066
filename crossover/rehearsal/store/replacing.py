"""Replaces what a note holds; its id, its time and its place among the others stay."""

from __future__ import annotations

import json

from crossover.rehearsal.store.note_rows import file_to_json
from crossover.rehearsal.store.records import NewNote
from crossover.rehearsal.store.store import Store


def replace_note(store: Store, note_id: str, new: NewNote, payload: bytes) -> None:
    """Replace a note that is there, and give it the files that are new."""
    cover = None if new.cover is None else json.dumps(file_to_json(new.cover))
    with store.transaction() as db:
        db.execute(
            "UPDATE notes SET title = ?, desc = ?, topics = ?, privacy = ?, schedule = ?, media = ?,"
            " cover = ?, payload = ? WHERE id = ?",
            (
                new.title,
                new.desc,
                json.dumps(new.topics),
                new.privacy,
                new.schedule,
                json.dumps([file_to_json(file) for file in new.media]),
                cover,
                payload,
                note_id,
            ),
        )
        db.executemany(
            "UPDATE slots SET note_id = ? WHERE file_id = ?",
            [(note_id, file_id) for file_id in new.file_ids],
        )
