"""What a ledger holds, as SQL."""

from __future__ import annotations

FORMAT = 2
"""Kept as `user_version`."""

OPEN = "state IN ('started', 'unknown')"
"""The rows whose outcome is not known, as a condition."""

SCHEMA = f"""
CREATE TABLE notes (
    site TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT NOT NULL,
    part INTEGER NOT NULL,
    handle TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready','uploading','started','unknown','failed','handed','posted')),
    attempt INTEGER NOT NULL DEFAULT 0,
    marker TEXT,
    note_id TEXT,
    url TEXT,
    evidence TEXT,
    reason TEXT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    visibility TEXT NOT NULL,
    carried TEXT,
    updated TEXT NOT NULL,
    PRIMARY KEY (site, account, post, part, handle)
) STRICT;
CREATE UNIQUE INDEX one_note_one_row ON notes (site, account, note_id)
    WHERE note_id IS NOT NULL;
CREATE INDEX open_notes ON notes (site, account, title, kind) WHERE {OPEN};
"""
