"""What a ledger holds, as SQL."""

from __future__ import annotations

FORMAT = 3
"""Kept as `user_version`."""

OPEN = "state IN ('started', 'unknown')"
"""The rows whose outcome is not known, as a condition."""

NOT_TAKEN = "not-taken"
"""How the history of a note calls that the site dropped fields of it when it was posted."""

ROWS = f"""(
    SELECT *, (
        SELECT said FROM events
        WHERE (events.post, events.part, events.handle) = (notes.post, notes.part, notes.handle)
              AND events.note_id = notes.note_id AND kind = '{NOT_TAKEN}'
        ORDER BY number DESC LIMIT 1
    ) AS not_taken FROM notes
)"""  # noqa: S608  constants
"""The rows of `notes`, each with what its history says of the note that is there now."""

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
    planned_visibility TEXT,
    destination TEXT,
    pack TEXT,
    out_at TEXT,
    out_day TEXT,
    review TEXT,
    review_reason TEXT,
    visibility_now TEXT,
    seen_at TEXT,
    updated TEXT NOT NULL,
    PRIMARY KEY (site, account, post, part, handle)
) STRICT;
CREATE UNIQUE INDEX one_note_one_row ON notes (site, account, note_id)
    WHERE note_id IS NOT NULL;
CREATE INDEX open_notes ON notes (site, account, title, kind) WHERE {OPEN};
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    began TEXT NOT NULL,
    ended TEXT,
    outcome TEXT,
    command TEXT NOT NULL,
    destination TEXT NOT NULL,
    workspace TEXT NOT NULL,
    operator TEXT NOT NULL
) STRICT;
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    post TEXT NOT NULL,
    part INTEGER NOT NULL,
    handle TEXT NOT NULL,
    kind TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    note_id TEXT,
    url TEXT,
    said TEXT,
    operator TEXT,
    run TEXT
) STRICT;
CREATE INDEX events_of_notes ON events (post, part, handle);
CREATE TABLE approvals (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    operator TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE approved_notes (
    post TEXT NOT NULL,
    part INTEGER NOT NULL,
    handle TEXT NOT NULL,
    digest TEXT NOT NULL,
    approval INTEGER NOT NULL REFERENCES approvals (id),
    used TEXT,
    PRIMARY KEY (post, part, handle, digest)
) STRICT;
CREATE TABLE listed_notes (
    note_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    type TEXT,
    time TEXT,
    permission INTEGER,
    url TEXT,
    source TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT;
CREATE TABLE account_facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    time TEXT NOT NULL,
    operator TEXT NOT NULL
) STRICT;
"""
"""`notes` has a row for every note that was ever about to go out. `visibility` is what was sent, and
`planned_visibility` what was planned where that differs. `out_at` (UTC) is when the note went out,
or is to go out where the creator posts it by hand, and `out_day` the day then was for the creator.
`review`, `visibility_now` are what a list said at `seen_at`.

`events` only grows: what became of each attempt, and what the creator answered, each with its time.
`listed_notes` stand on the account and may be any post's.
"""
