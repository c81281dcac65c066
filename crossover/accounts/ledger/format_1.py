"""Ledgers of format 1: neither the handle of a post nor what its note carried was kept."""

from __future__ import annotations

import sqlite3

from crossover.accounts.ledger.entry import COLUMNS
from crossover.accounts.ledger.schema import FORMAT, SCHEMA

_ROWS = "(SELECT *, '' AS handle, NULL AS carried FROM {})"

ROWS = _ROWS.format("notes")
"""The rows of such a ledger, with the columns of today's."""

_KEPT = f"site, account, updated, {COLUMNS}"

_MIGRATION = f"""
BEGIN IMMEDIATE;
ALTER TABLE notes RENAME TO notes_1;
DROP INDEX one_note_one_row;
DROP INDEX IF EXISTS open_notes;
{SCHEMA}
INSERT INTO notes ({_KEPT}) SELECT {_KEPT} FROM {_ROWS.format("notes_1")};
DROP TABLE notes_1;
PRAGMA user_version = {FORMAT};
COMMIT;
"""  # noqa: S608  constants


def migrate(db: sqlite3.Connection) -> None:
    """Make a ledger of format 1 one of today's, in one transaction: killed at any point, it is one
    or the other."""
    db.executescript(_MIGRATION)
