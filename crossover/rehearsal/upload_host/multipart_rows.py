"""The store's rows of uploads in parts. A change is on disk when the call returns."""

from __future__ import annotations

from crossover.rehearsal.store.records import Part
from crossover.rehearsal.store.store import Store


class Multiparts:
    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, upload_id: str, file_id: str, now: int) -> None:
        with self._store.transaction() as db:
            db.execute("INSERT INTO uploads VALUES (?, ?, ?)", (upload_id, file_id, now))

    def known(self, upload_id: str, file_id: str) -> bool:
        row = self._store.db.execute(
            "SELECT 1 FROM uploads WHERE upload_id = ? AND file_id = ?", (upload_id, file_id)
        )
        return row.fetchone() is not None

    def add(self, upload_id: str, part: Part) -> str | None:
        """Add a part, in place of one with its number. Returns the name of a file that is not
        needed any more, if there is one: the replaced part's, or this one's when the upload is
        over."""
        with self._store.transaction() as db:
            if not db.execute("SELECT 1 FROM uploads WHERE upload_id = ?", (upload_id,)).fetchone():
                return part.name
            old = db.execute(
                "SELECT name FROM parts WHERE upload_id = ? AND number = ?",
                (upload_id, part.number),
            ).fetchone()
            db.execute(
                "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)",
                (upload_id, part.number, part.etag, part.size, part.name),
            )
        return None if old is None or old[0] == part.name else str(old[0])

    def parts(self, upload_id: str) -> list[Part]:
        rows = self._store.db.execute(
            "SELECT number, etag, size, name FROM parts WHERE upload_id = ? ORDER BY number",
            (upload_id,),
        )
        return [Part(*row) for row in rows]

    def drop(self, upload_id: str) -> list[str]:
        """Drop the upload and return the names of its files, which may be removed."""
        with self._store.transaction() as db:
            names = db.execute(
                "SELECT name FROM parts WHERE upload_id = ?", (upload_id,)
            ).fetchall()
            db.execute("DELETE FROM parts WHERE upload_id = ?", (upload_id,))
            db.execute("DELETE FROM uploads WHERE upload_id = ?", (upload_id,))
        return [name for (name,) in names]

    def drop_unusable(self, now: int) -> list[str]:
        """Drop uploads that cannot be joined any more: the file is there, or the permit has ended.
        Returns the names of their files, which may be removed."""
        rows = self._store.db.execute(
            "SELECT upload_id FROM uploads LEFT JOIN slots USING (file_id)"
            " WHERE expires IS NULL OR expires <= ? OR sha256 IS NOT NULL",
            (now,),
        ).fetchall()
        return [name for (upload_id,) in rows for name in self.drop(upload_id)]

    def names(self) -> set[str]:
        """Read the names of the files of all open uploads."""
        return {name for (name,) in self._store.db.execute("SELECT name FROM parts")}
