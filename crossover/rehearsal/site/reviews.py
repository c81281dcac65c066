"""What RedNote's review decided about notes it had taken. It speaks only where a fault makes it."""

from __future__ import annotations

from crossover.rehearsal.store.store import Store

GONE = "gone"


class Reviews:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, note_id: str, verdict: str, since: int) -> None:
        with self._store.transaction() as db:
            db.execute("INSERT INTO reviews VALUES (?, ?, ?)", (note_id, verdict, since))

    def at(self, now: int) -> dict[str, str]:
        """The verdicts that have been spoken by then."""
        rows = self._store.db.execute(
            "SELECT note_id, verdict FROM reviews WHERE since <= ?", (now,)
        )
        return dict(rows.fetchall())
