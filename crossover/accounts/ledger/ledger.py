"""The ledger: what was started, posted, refused. It keeps a note from going out twice.

SQLite in WAL with `synchronous=FULL`: a state that a method returned from is on disk, also after
a power cut. A row left at `started` means "we do not know": it is looked up, never re-sent.

A ledger that is gone, or lost its newest rows, looks like a sound one; `witness` notices it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from crossover.accounts.ledger.answers import CreatorAnswer
from crossover.accounts.ledger.entry import NO_MARKER, Entry, format_marker
from crossover.accounts.ledger.handles import PostFiles
from crossover.accounts.ledger.history import NOT_SENT, REFUSED_AGAIN
from crossover.accounts.ledger.ledger_rows import LedgerRows
from crossover.accounts.ledger.not_taken import write_not_taken
from crossover.accounts.ledger.observations import Observation, write_observations
from crossover.accounts.ledger.row_change import RowChange, write_changes
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.accounts.ledger.taken_back import write_taken_back
from crossover.accounts.ledger.witness import count_attempts, write_witness
from crossover.model.account import Account, Marker, Receipt
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.model.posts import Visibility


@dataclass(frozen=True, slots=True)
class HandedNote:
    """A note that the creator posts by hand. `note` is as they are to post it; `planned` is the
    visibility of the plan where that is another one. `out_at` is when it is to go out, in the
    creator's zone, `digest` that of the agreement that this uses up."""

    note: Note
    carried: Carried
    out_at: datetime
    planned: Visibility | None = None
    digest: str | None = None


class Ledger(LedgerRows):
    """Changes the rows of one account. `now` is read for their times only."""

    def __init__(
        self,
        db: sqlite3.Connection,
        path: Path,
        account: Account,
        handle: str,
        files: PostFiles,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(db, path, account, handle, files, now)
        self._now = now
        self._attempts = count_attempts(db)

    @property
    def attempts(self) -> int:
        """Attempts that were ever begun."""
        return self._attempts

    def begin_run(self, command: str, destination: str, workspace: str, operator: str) -> str:
        """Write that a run begins, which all that follows is for, and return its id."""
        run = self.history.begin_run(command, destination, workspace, operator)
        self._owner = replace(self._owner, run=run, destination=destination)
        return run

    def ready(self, note: Note, reason: str | None) -> None:
        """Write that the note is provably not on the account, so it is sent again. The attempts
        stay counted."""
        self._write(RowChange(note, State.READY, reason=reason, not_out=True))

    def not_sent(self, note: Note, reason: str, digest: str | None = None) -> None:
        """Write that the last attempt never left this computer. Earlier attempts stay to be looked
        for, and the agreement of that digest holds again."""
        entry = self.entry(note.key)
        marker = format_marker(entry.first) if entry and entry.first else NO_MARKER
        change = RowChange(
            note,
            State.READY,
            kind=NOT_SENT,
            marker=marker,
            reason=reason,
            not_out=True,
            digest=digest,
            unused=True,
        )
        self._write(change)

    def uploading(self, note: Note) -> None:
        """Write that files of the note are being uploaded; nothing is public yet. It outlives this
        process; a power cut may cost it, and then the note is as it was before."""
        with self._unsynced():
            self._write(RowChange(note, State.UPLOADING))

    def started(
        self,
        note: Note,
        marker: Marker,
        carried: Carried,
        *,
        planned: Visibility | None = None,
        day: date | None = None,
        digest: str | None = None,
    ) -> None:
        """Write that the publish call comes next, and what it takes along, and count the attempt.
        `planned` is the visibility of the plan where another one is sent, `day` today for the
        creator, `digest` that of the agreement that this uses up."""
        change = RowChange(
            note,
            State.STARTED,
            marker=self._format_marker(note, marker),
            carried=carried,
            attempt=True,
            planned_visibility=planned,
            out_at=self._now(),
            out_day=day,
            digest=digest,
        )
        self._write(change)
        self._count_attempts(1)

    def posted(self, note: Note, receipt: Receipt) -> None:
        """Write that the note is on the account. The row is final then."""
        # Its log may get lost on its own: the note is at `started` then, and is looked up.
        self._write(RowChange(note, State.POSTED, receipt=receipt))

    def hand_over(self, notes: Sequence[HandedNote], pack: str) -> None:
        """Write that the creator posts these notes by hand, from the pack of that name, and count
        the attempts: all of them, or none. Their links are awaited."""
        marker = Marker((), self._now())
        changes = [
            RowChange(
                one.note,
                State.HANDED,
                marker=self._format_marker(one.note, marker),
                carried=one.carried,
                attempt=True,
                planned_visibility=one.planned,
                digest=one.digest,
                pack=pack,
                reason=pack,
                out_at=one.out_at,
                out_day=one.out_at.date(),
            )
            for one in notes
        ]
        self._write(*changes)
        self._count_attempts(len(changes))

    def drafted(self, note: Note, reason: str) -> None:
        """Write that the note lies in the site's drafts, where `reason` says, for the creator to publish
        by hand. Its link is awaited."""
        self._write(RowChange(note, State.HANDED, reason=reason))

    def failed(self, note: Note, reason: str) -> None:
        """Write that RedNote refused the note for good."""
        self._write(RowChange(note, State.FAILED, reason=reason))

    def unknown(self, note: Note, reason: str) -> None:
        """Write that the note was looked for and is still unclear, so the creator decides."""
        self._write(RowChange(note, State.UNKNOWN, reason=reason))

    def refused_again(self, note: Note, refusal: str, reason: str) -> None:
        """Write that a second attempt was refused, in these words, and the `reason` why that settles
        nothing: an earlier one may be there unseen. Only seeing it settles that, or the creator."""
        change = RowChange(note, State.UNKNOWN, kind=REFUSED_AGAIN, said=refusal, reason=reason)
        self._write(change)

    def refusal_in_doubt(self, entry: Entry) -> str | None:
        """Read the refusal that `refused_again` wrote into this row last. Raises `LedgerError`."""
        last = self.history.last_said((entry.post, entry.part), entry.handle)
        in_doubt = entry.state is State.UNKNOWN and last and last[0] == REFUSED_AGAIN
        return (last[1] or "no reason was told") if in_doubt and last else None

    def answer(
        self,
        note: Note,
        state: State,
        *,
        kind: str,
        said: str,
        operator: str,
        receipt: Receipt | None = None,
        out_at: datetime | None = None,
        not_out: bool = False,
    ) -> None:
        """Write what the creator said of one note, as `answer_all`."""
        self.answer_all(
            [CreatorAnswer(note, state, kind, said, operator, receipt, out_at, not_out)]
        )

    def answer_all(self, answers: Sequence[CreatorAnswer]) -> None:
        """Write what the creator said of notes: all of it, or nothing. Links that change hands among
        them may. Raises `LedgerError` for a state that may not follow, and for a link that another
        note has."""
        self._write(*(one.change for one in answers))
        self._checkpoint()

    def taken_back(self, entries: Sequence[Entry], said: str, operator: str) -> None:
        """Write that the creator took these notes off the account: they are `posted`, and gone. Only
        `again` sends one once more."""
        with translate_errors(self._path):
            write_taken_back(self._db, entries, self._owner, said, operator, self._now())
        self._checkpoint()

    def not_taken(self, note: Note, names: Sequence[str]) -> None:
        """Write that the site dropped these fields of a note that is posted. Killed before, nothing is
        known of it, and the note is posted all the same."""
        entry = self.entry(note.key)
        if entry and names:
            with translate_errors(self._path):
                write_not_taken(self._db, entry, names, self._owner, self._now())

    def observed(self, seen: Iterable[Observation]) -> None:
        """Write what RedNote's list says now of notes that are on the account; what changed is
        added to their history."""
        with translate_errors(self._path):
            write_observations(self._db, seen, self._owner, self._now())

    def _format_marker(self, note: Note, marker: Marker) -> str:
        entry = self.entry(note.key)
        first = entry.markers[-1:] if entry else ()
        return format_marker(marker, *first)

    def _checkpoint(self) -> None:
        # Out of the log beside the ledger: that file may get lost on its own.
        with translate_errors(self._path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _count_attempts(self, more: int) -> None:
        self._attempts += more
        self._checkpoint()
        with translate_errors(self._path):
            write_witness(self._db, self._path, self._attempts, self._now())

    @contextmanager
    def _unsynced(self) -> Iterator[None]:
        with translate_errors(self._path):
            self._db.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            with translate_errors(self._path):
                self._db.execute("PRAGMA synchronous = FULL")

    def _write(self, *changes: RowChange) -> None:
        with_rows = [(change, self.entry(change.note.key)) for change in changes]
        with translate_errors(self._path):
            write_changes(self._db, with_rows, self._owner, self._now())
