"""Opens the ledger of an account, to change it or only to read, once it is known to be the right one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.ledger.database import (
    connect,
    connect_read_only,
    connect_to_nothing,
    create_ledger_file,
    read_version,
)
from crossover.accounts.ledger.entry import COLUMNS, Entry, parse_row
from crossover.accounts.ledger.handles import NO_FILES, PostFiles, ledger_handle, rows_of
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.old_formats import migrate, rows_source
from crossover.accounts.ledger.records import AccountRecords
from crossover.accounts.ledger.schema import FORMAT
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.accounts.ledger.witness import (
    begin_witness,
    check_witness,
    lost_error,
    witness_beside,
)
from crossover.errors import LedgerError, WrongAccount
from crossover.model.account import Account, SiteName


@contextmanager
def open_ledger(
    path: Path,
    account: Account,
    handle: str | None,
    files: PostFiles = NO_FILES,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Ledger]:
    """Open the ledger at `path` for the posts of the TikTok account `handle`, made when there never
    was one. The `files` of its posts tell whose post a row of an unknown handle is about.

    Raises `LedgerLost` when it is gone, damaged or incomplete: losing it silently would mean posting
    twice; `LedgerError` when it is newer; `WrongAccount` when all its rows are of another account,
    whose notes would go out once more to this one; `RetryLater` on a full disk."""
    with translate_errors(path):
        if not path.exists():
            _check_never_there(path)
            create_ledger_file(path)
        db = connect(path)
    with closing(db):
        with translate_errors(path):
            version = _check(db, path)
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise lost_error(path, "is damaged")
            _check_account(db, account)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            begin_witness(db, path, now())
            if version < FORMAT:
                migrate(db, version)
        yield Ledger(db, path, account, ledger_handle(handle), files, now)


def read_entries(
    path: Path, handle: str | None, files: PostFiles = NO_FILES
) -> dict[tuple[str, int], Entry]:
    """Read the rows of the TikTok account `handle` in a ledger of one account, without making or
    changing the file; `files` as for `open_ledger`. Raises `LedgerError` like that."""
    return rows_of(ledger_handle(handle), read_all_entries(path), files)


def read_all_entries(path: Path) -> list[Entry]:
    """Read all rows of a ledger, whosever posts they are about, like `read_entries`."""
    with translate_errors(path):
        if not path.exists():
            _check_never_there(path)
            return []
        with closing(connect_read_only(path)) as db:
            source = rows_source(_check(db, path))
            rows = db.execute(
                f"SELECT {COLUMNS} FROM {source}"  # noqa: S608  constants
            )
            return [parse_row(row) for row in rows]


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What was found of a ledger that is sound: how many notes it has, and when something became
    known last; None where nothing did."""

    notes: int
    newest: datetime | None


def examine_ledger(path: Path) -> LedgerFacts | None:
    """Look whether a ledger is the right one, whole and readable, without changing it; None where
    there never was one. Raises `LedgerError` like `open_ledger`."""
    with translate_errors(path):
        if not path.exists():
            _check_never_there(path)
            return None
        with closing(connect_read_only(path)) as db:
            _check(db, path)
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise lost_error(path, "is damaged")
            notes, newest = db.execute("SELECT count(*), max(updated) FROM notes").fetchone()
            return LedgerFacts(notes, datetime.fromisoformat(newest) if newest else None)


def known_account(path: Path) -> Account | None:
    """Read whose account a ledger is, None where there is none, or none of its notes was sent.
    Raises `LedgerError` like `open_ledger`."""
    with translate_errors(path):
        if not path.exists():
            return None
        with closing(connect_read_only(path)) as db:
            read_version(db, path)
            row = db.execute("SELECT site, account FROM notes LIMIT 1").fetchone()
            return Account(SiteName(row[0]), row[1], row[1]) if row else None


@contextmanager
def reading_account(path: Path, handle: str | None) -> Iterator[AccountRecords]:
    """Open what the ledger at `path` holds besides its rows, to read alone; without anything where
    there is none, or one of an older format. Raises `LedgerError` like `open_ledger`."""
    with translate_errors(path):
        there = path.exists()
        if not there:
            _check_never_there(path)
        db = connect_read_only(path) if there else connect_to_nothing()
    with closing(db):
        with translate_errors(path):
            if there and _check(db, path) < FORMAT:
                db.close()
                db = connect_to_nothing()
        yield AccountRecords(db, path, ledger_handle(handle), _never)


def _never() -> datetime:
    raise LedgerError("This ledger was opened to be read.")


def _check_never_there(path: Path) -> None:
    if witness_beside(path):
        raise lost_error(path, "is gone")


def _check(db: sqlite3.Connection, path: Path) -> int:
    """Check that the ledger is the right one, and return its format's version."""
    version = read_version(db, path)
    # A witness of format 1 was written before its row: one more is an attempt that ended in
    # between, and nothing was sent.
    check_witness(db, path, spared=int(version == 1))
    return version


def _check_account(db: sqlite3.Connection, account: Account) -> None:
    known = db.execute("SELECT DISTINCT site, account FROM notes").fetchall()
    if known and (account.site, account.id) not in known:
        raise WrongAccount(
            "The session belongs to another account than the one this work began on.",
            next="Nothing was sent. Sign in to the account of before.",
        )
