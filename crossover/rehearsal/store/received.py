"""What came in, as it came in: payloads of notes and uploaded files, for tests to read."""

from __future__ import annotations

import json
from typing import Any

from crossover.rehearsal.store.store import Store


def read_payloads(store: Store) -> dict[str, dict[str, Any]]:
    """Read what each note was made of, by the note's id."""
    return {
        note_id: json.loads(payload)
        for note_id, payload in store.db.execute("SELECT id, payload FROM notes")
    }


def read_files(store: Store) -> list[dict[str, object]]:
    """Read the files that arrived whole, in the order of their permits, and the note that each is
    part of."""
    names = ("file_id", "scene", "sha256", "bytes", "type", "note_id")
    rows = store.db.execute(
        "SELECT file_id, scene, sha256, size, kind, note_id FROM slots"
        " WHERE sha256 IS NOT NULL ORDER BY rowid"
    )
    return [dict(zip(names, row, strict=True)) for row in rows]
