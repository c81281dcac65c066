"""A note as a row of the store."""

from __future__ import annotations

import json
import sqlite3

from crossover.rehearsal.store.options import read_declaration, read_original
from crossover.rehearsal.store.records import File, Note

NOTE_COLUMNS = "id, type, title, desc, topics, privacy, schedule, media, cover, time, payload"

NoteRow = tuple[str, str, str, str, str, int, int | None, str, str | None, int, bytes]


def make_row(note: Note, payload: bytes) -> NoteRow:
    """Make the row of a note, in the order of `NOTE_COLUMNS`."""
    return (
        note.id,
        note.type,
        note.title,
        note.desc,
        json.dumps(note.topics),
        note.privacy,
        note.schedule,
        json.dumps([file_to_json(file) for file in note.media]),
        None if note.cover is None else json.dumps(file_to_json(note.cover)),
        note.time,
        payload,
    )


def read_note_rows(db: sqlite3.Connection) -> list[Note]:
    """Read all notes in the order received."""
    rows = db.execute(f"SELECT {NOTE_COLUMNS} FROM notes ORDER BY seq")  # noqa: S608 (a constant)
    return [parse_note(row) for row in rows]


def parse_note(row: NoteRow) -> Note:
    """Read a note from its row of `NOTE_COLUMNS`."""
    note_id, kind, title, desc, topics, privacy, schedule, media, cover, time, payload = row
    return Note(
        id=note_id,
        type=kind,
        title=title,
        desc=desc,
        topics=tuple(json.loads(topics)),
        privacy=privacy,
        schedule=schedule,
        media=tuple(_file_from_json(file) for file in json.loads(media)),
        cover=None if cover is None else _file_from_json(json.loads(cover)),
        time=time,
        declaration=read_declaration(payload),
        original=read_original(payload),
    )


def file_to_json(file: File) -> dict[str, object]:
    """Pack a file as it stands in the store."""
    return {"sha256": file.sha256, "size": file.size, "kind": file.kind, "name": file.name}


def _file_from_json(packed: dict[str, object]) -> File:
    name = packed["name"]
    return File(
        sha256=str(packed["sha256"]),
        size=int(str(packed["size"])),
        kind=str(packed["kind"]),
        name=None if name is None else str(name),
    )
