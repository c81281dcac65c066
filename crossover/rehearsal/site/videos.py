"""Uploaded videos as RedNote knows them after the upload: by an id, with a first frame."""

from __future__ import annotations

import secrets

from crossover.rehearsal.store.records import FRAME, first_frame_id
from crossover.rehearsal.store.store import Store


class Videos:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, file_id: str) -> int | None:
        """Find the id of an uploaded video; None for pictures and files that are not uploaded."""
        row = self._store.db.execute(
            "SELECT video_id FROM videos WHERE file_id = ?", (file_id,)
        ).fetchone()
        return None if row is None else int(row[0])

    def first_frame(self, video_id: int, queries: int) -> str | None:
        """Count a question for the video's first frame, and return the frame's file id after more
        than `queries` questions, None before. Raises `KeyError` for a video that does not exist."""
        with self._store.transaction() as db:
            row = db.execute(
                "UPDATE videos SET asked = asked + 1 WHERE video_id = ? RETURNING file_id, asked",
                (video_id,),
            ).fetchone()
            if row is None:
                raise KeyError(video_id)
            file_id, asked = row
            if asked <= queries:
                return None
            frame = first_frame_id(file_id)
            db.execute(
                "INSERT OR IGNORE INTO slots (file_id, token, scene, expires) VALUES (?, ?, ?, 0)",
                (frame, secrets.token_urlsafe(48), FRAME),
            )
            return frame
