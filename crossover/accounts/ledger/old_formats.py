"""Ledgers of older formats: how their rows read as today's, and how they become one of today's.

Format 1 kept neither the handle of a post nor what its note carried. Format 2 knew practice alone:
no runs, no history, nothing of when a note went out.
"""

from __future__ import annotations

import sqlite3

from crossover.accounts.ledger.entry import STORED
from crossover.accounts.ledger.schema import FORMAT, ROWS, SCHEMA

_SINCE_3 = (
    "NULL AS planned_visibility, 'rehearsal' AS destination, NULL AS pack,"
    " iif(attempt > 0 AND state IN ('started', 'unknown', 'handed', 'posted'), updated, NULL)"
    " AS out_at, NULL AS out_day, NULL AS review, NULL AS review_reason, NULL AS visibility_now,"
    " NULL AS seen_at, NULL AS not_taken"
)
_ROWS = {
    1: f"(SELECT *, '' AS handle, NULL AS carried, {_SINCE_3} FROM {{}})",  # noqa: S608  constants
    2: f"(SELECT *, {_SINCE_3} FROM {{}})",  # noqa: S608
}

_KEPT = f"site, account, updated, {STORED}"


def rows_source(version: int) -> str:
    """Give the rows of a ledger of that format, with the columns of today's, as SQL."""
    return _ROWS[version].format("notes") if version < FORMAT else ROWS


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Make a ledger of that older format one of today's, in one transaction: killed at any point, it
    is one or the other."""
    db.executescript(
        f"""
        BEGIN IMMEDIATE;
        ALTER TABLE notes RENAME TO older_notes;
        DROP INDEX one_note_one_row;
        DROP INDEX IF EXISTS open_notes;
        {SCHEMA}
        INSERT INTO notes ({_KEPT}) SELECT {_KEPT} FROM {_ROWS[version].format("older_notes")};
        DROP TABLE older_notes;
        PRAGMA user_version = {FORMAT};
        COMMIT;
        """  # noqa: S608  constants
    )
