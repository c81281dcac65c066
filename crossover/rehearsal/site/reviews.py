"""What RedNote's review decided about notes it had accepted. Only a fault makes it decide."""

from __future__ import annotations

from crossover.rehearsal.store.store import Store

GONE = "gone"


class Reviews:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, note_id: str, verdict: str, since: int) -> None:
        """Add a verdict that holds from `since` (milliseconds)."""
        with self._store.transaction() as db:
            db.execute("INSERT INTO reviews VALUES (?, ?, ?)", (note_id, verdict, since))

    def at(self, now: int) -> dict[str, str]:
        """Find the verdicts that hold at `now` (milliseconds), by note id."""
        rows = self._store.db.execute(
            "SELECT note_id, verdict FROM reviews WHERE since <= ?", (now,)
        )
        return dict(rows.fetchall())
