"""Going on with the ledger that lies there, though it is not the one that must."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.ledger.database import connect, log_files, read_version
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.accounts.ledger.witness import begin_witness, forget_witness, lost_error
from crossover.errors import LedgerLost


def accept_older_ledger(path: Path) -> None:
    """Take what lies at `path` as the ledger from now on, however little it holds; where it is
    gone, a new one begins at the next run. What cannot be read is put aside. Only when the creator
    says so, under the account's lock: notes that it does not know are on the account.

    Raises `LedgerError` for a newer one, and what writing raises. Stopped at any point, the ledger
    is refused as before, or accepted.
    """
    with translate_errors(path):
        try:
            if path.exists():
                _accept(path)
                return
        except LedgerLost:
            pass
        # The log before the ledger: a new ledger would take the old one's log for its own.
        for one in (*log_files(path), path):
            if one.exists():
                one.rename(one.with_name(f"{one.name}.aside-{secrets.token_hex(4)}"))
        forget_witness(path)


def _accept(path: Path) -> None:
    with translate_errors(path), closing(connect(path)) as db:
        read_version(db, path)
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise lost_error(path, "is damaged")
        begin_witness(db, path, datetime.now(UTC))
