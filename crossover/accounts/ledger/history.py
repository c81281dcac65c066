"""What became of each attempt and what the creator answered, in order of time; and the runs."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.storage.documents import utc_text

REFUSED_AGAIN = "refused-again"
"""A second attempt was refused, and whether an earlier one is there is not known."""

NOT_SENT = "not-sent"
"""An attempt never left this computer."""

_LEFT_NOTHING = ("failed", NOT_SENT)
"""Ends of attempts that can have left no note on the account."""


class Word(StrEnum):
    """How the history of a note calls what the creator said of it.

    `ANOTHER_POST` is of one note on the account, by its id, that is not this one.
    """

    LINK = "link"
    NOT_THERE = "not-there"
    ANOTHER_POST = "another-post"
    AGAIN = "again"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is known of a note since `time` (UTC). `kind` is the state it came into, or
    the creator's answer; `operator` who said it, None where it was seen on RedNote or done by a
    run."""

    time: datetime
    post: str
    part: int
    handle: str
    kind: str
    attempt: int
    note_id: str | None
    url: str | None
    said: str | None
    operator: str | None
    run: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """One run that sent notes or handed them over. `ended` and `outcome` are None while it goes on,
    and for good where it was killed."""

    id: str
    began: datetime
    ended: datetime | None
    outcome: str | None
    command: str
    destination: str
    workspace: str
    operator: str


class History:
    """The events and runs of one account, in its ledger. Every method raises `LedgerError`."""

    def __init__(self, db: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._db, self._path, self._now = db, path, now

    def begin_run(self, command: str, destination: str, workspace: str, operator: str) -> str:
        """Write that a run begins, and return its id: its time and six random letters."""
        now = self._now().astimezone(UTC)
        run = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        with translate_errors(self._path), self._db:
            self._db.execute(
                "INSERT INTO runs VALUES (?, ?, NULL, NULL, ?, ?, ?, ?)",
                (run, utc_text(now), command, destination, workspace, operator),
            )
        return run

    def end_run(self, run: str, outcome: str) -> None:
        """Write how a run ended."""
        with translate_errors(self._path), self._db:
            self._db.execute(
                "UPDATE runs SET ended = ?, outcome = ? WHERE id = ?",
                (utc_text(self._now()), outcome, run),
            )

    def runs(self) -> list[Run]:
        """Read all runs, oldest first."""
        return self._read_runs("ORDER BY began, rowid")

    def last_run(self) -> Run | None:
        """Read the run that began last."""
        return next(iter(self._read_runs("ORDER BY rowid DESC LIMIT 1")), None)

    def cut_off_at(self, run: Run) -> tuple[datetime, tuple[str, int] | None]:
        """Read the last moment that a run without an end left on disk, and the key of the note that
        was on its way then. None: it was between two notes."""
        with translate_errors(self._path):
            last = self._db.execute(
                "SELECT max(time) FROM events WHERE run = ?", (run.id,)
            ).fetchone()[0]
            under_way = self._db.execute(
                "SELECT updated, post, part FROM notes"
                " WHERE state = 'uploading' AND updated >= ?1 OR state = 'started' AND EXISTS"
                " (SELECT 1 FROM events WHERE run = ?2 AND kind = 'started'"
                " AND (post, part, handle) = (notes.post, notes.part, notes.handle))"
                " ORDER BY updated DESC, state = 'uploading' DESC LIMIT 1",
                (utc_text(run.began), run.id),
            ).fetchone()
        moment, key = (under_way[0], (under_way[1], under_way[2])) if under_way else (None, None)
        return max([run.began, *(_time(text) for text in (last, moment) if text)]), key

    def _read_runs(self, order: str) -> list[Run]:
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT id, began, ended, outcome, command, destination, workspace, operator"  # noqa: S608  constants
                f" FROM runs {order}"
            ).fetchall()
        return [
            Run(id_, _time(began), _time(ended) if ended else None, *rest)
            for id_, began, ended, *rest in rows
        ]

    def events(self) -> list[Event]:
        """Read what is known of all notes, in the order in which it became known."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT time, post, part, handle, kind, attempt, note_id, url, said, operator, run"
                " FROM events ORDER BY number"
            ).fetchall()
        return [Event(_time(time), *rest) for time, *rest in rows]

    def last_said(self, key: tuple[str, int], handle: str) -> tuple[str, str | None] | None:
        """Read how the history calls what became known last of a note, and in what words."""
        with translate_errors(self._path):
            row = self._db.execute(
                "SELECT kind, said FROM events WHERE post = ? AND part = ? AND handle = ?"
                " ORDER BY number DESC LIMIT 1",
                (*key, handle),
            ).fetchone()
        return (row[0], row[1]) if row else None

    def left_nothing(self, key: tuple[str, int], handle: str) -> int:
        """Count the attempts of a note that were refused for certain, or never left."""
        with translate_errors(self._path):
            row = self._db.execute(
                "SELECT count(DISTINCT attempt) FROM events WHERE post = ? AND part = ?"
                " AND handle = ? AND kind IN (?, ?)",
                (*key, handle, *_LEFT_NOTHING),
            ).fetchone()
        return int(row[0])

    def others(self) -> dict[tuple[str, int], frozenset[str]]:
        """Read the ids of notes on the account that the creator said are not the note, by the key
        of that."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT post, part, note_id FROM events WHERE kind = ? AND note_id IS NOT NULL",
                (Word.ANOTHER_POST,),
            ).fetchall()
        found: dict[tuple[str, int], set[str]] = {}
        for post, part, note_id in rows:
            found.setdefault((post, part), set()).add(note_id)
        return {key: frozenset(ids) for key, ids in found.items()}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
