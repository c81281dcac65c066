"""Reads the rows of one account: where each of its notes stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from crossover.accounts.ledger.entry import COLUMNS, Entry, parse_row
from crossover.accounts.ledger.handles import PostFiles, is_of_another, rows_of
from crossover.accounts.ledger.records import AccountRecords
from crossover.accounts.ledger.row_change import RowOwner
from crossover.accounts.ledger.schema import OPEN, ROWS
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.model.account import Account
from crossover.model.notes import Note


class LedgerRows(AccountRecords):
    """The rows of one account, for the posts of the TikTok account `handle`, which have these
    `files`."""

    def __init__(
        self,
        db: sqlite3.Connection,
        path: Path,
        account: Account,
        handle: str,
        files: PostFiles,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(db, path, handle, now)
        self._db = db
        self._path = path
        self._owner = RowOwner(account, handle)
        self._files = files
        self._all: tuple[tuple[int, int], list[Entry]] | None = None

    def entry(self, key: tuple[str, int]) -> Entry | None:
        """Read the row of one note, by `Note.key`. Raises `LedgerError`."""
        return self._ours(self._read_rows("post = ? AND part = ?", key)).get(key)

    def open_twin(self, note: Note) -> Entry | None:
        """Read the row of a note that was sent, whose outcome is open, and which could not be told
        apart from `note` in a list, whosever post it is. Raises `LedgerError`."""
        condition = f"{OPEN} AND attempt > 0 AND title = ? AND kind = ? LIMIT 1"
        return next(iter(self._read_rows(condition, (note.title, note.kind))), None)

    def note_ids(self) -> frozenset[str]:
        """Read the ids of the notes on the account that are known to be ours. Raises
        `LedgerError`."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT note_id FROM notes WHERE site = ? AND account = ? AND note_id IS NOT NULL",
                self._account_key,
            )
            return frozenset(note_id for (note_id,) in rows)

    def saw_unrecorded(self) -> bool:
        """Whether a note was on the account before an attempt that is not known to be ours. Raises
        `LedgerError`."""
        markers = (marker for entry in self._read_all() for marker in entry.markers)
        return not self.note_ids().issuperset(id_ for m in markers for id_ in m.note_ids)

    def entries(self) -> dict[tuple[str, int], Entry]:
        """Read the row of every note, by post id and part. Raises `LedgerError`."""
        return self._ours(self._read_all())

    def entries_of(self, post: str) -> dict[tuple[str, int], Entry]:
        """Read the rows of one post, by its id and the part. Raises `LedgerError`."""
        return self._ours(self._read_rows("post = ?", (post,)))

    def entries_of_others(self) -> list[Entry]:
        """Read the rows about posts of other TikTok accounts. Raises `LedgerError`."""
        rows = self._read_all()
        return [entry for entry in rows if is_of_another(self._owner.handle, entry, self._files)]

    def went_out(self) -> list[tuple[datetime, date | None]]:
        """Read when notes went out to the account, or are to go out where the creator posts them by
        hand, and the day then was for the creator; None where that was not kept. Whosever posts
        they are. Raises `LedgerError`."""
        rows = self._read_rows("out_at IS NOT NULL")
        return [(entry.out_at, entry.out_day) for entry in rows if entry.out_at]

    def packs(self) -> frozenset[str]:
        """Read the ids of all packs that notes of the account were handed over in, whosever posts
        they are. Raises `LedgerError`."""
        return frozenset(entry.pack for entry in self._read_rows("pack IS NOT NULL") if entry.pack)

    @property
    def _account_key(self) -> tuple[str, str]:
        return self._owner.account.site, self._owner.account.id

    def _ours(self, entries: list[Entry]) -> dict[tuple[str, int], Entry]:
        return rows_of(self._owner.handle, entries, self._files)

    def _read_all(self) -> list[Entry]:
        """Read every row; once, as long as nobody changes one: a run asks several times when it
        begins."""
        with translate_errors(self._path):
            by_others = self._db.execute("PRAGMA data_version").fetchone()[0]
        now = (self._db.total_changes, by_others)
        if self._all is None or self._all[0] != now:
            self._all = now, self._read_rows("true")
        return list(self._all[1])

    def _read_rows(self, condition: str, values: tuple[object, ...] = ()) -> list[Entry]:
        with translate_errors(self._path):
            # Without an order: sorting by post would read every row instead of the index.
            rows = self._db.execute(
                f"SELECT {COLUMNS} FROM {ROWS}"  # noqa: S608  constants
                f" WHERE site = ? AND account = ? AND {condition}",
                (*self._account_key, *values),
            )
            return [parse_row(row) for row in rows]
