"""The store keeps what was acknowledged and never guesses about what it does not know."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crossover.rehearsal.store.records import File, NewNote, Slot
from crossover.rehearsal.store.store import Store, StoreProblem, read_notes

FILE = File("a" * 64, 10, "image/jpeg", "a.jpg")
NEW = NewNote(
    type="normal",
    title="t",
    desc="d",
    topics=("sea",),
    privacy=1,
    schedule=5,
    media=(FILE,),
    cover=None,
    file_ids=("f",),
)


def test_a_place_is_filled_once(store: Store) -> None:
    store.add_slots([Slot("f", "token", "image", 7)])
    assert store.fill("f", FILE)
    assert not store.fill("f", File("b" * 64, 20, "image/png", "b.png"))
    assert store.slot("f") == Slot("f", "token", "image", 7, FILE)
    assert store.counters() == {"bytes.stored": 10, "files": 1, "stored.f": 10}


def test_a_note_is_read_back_as_it_was_written(store: Store, folder: Path) -> None:
    store.add_slots([Slot("f", "token", "image", 7)])
    store.fill("f", FILE)
    note = store.add_note("c" * 24, NEW, b"{}", 9)
    assert store.notes() == read_notes(folder) == [note]
    assert note.visibility == "only-me"
    slot = store.slot("f")
    assert slot is not None
    assert slot.note_id == note.id


def test_a_note_that_cannot_be_stored_leaves_no_trace(store: Store) -> None:
    store.add_slots([Slot("f", "token", "image", 7), Slot("g", "token", "image", 7)])
    store.add_note("c" * 24, NEW, b"{}", 9)
    with pytest.raises(sqlite3.IntegrityError):
        store.add_note("c" * 24, NEW, b"{}", 10)
    assert len(store.notes()) == 1
    store.count("works again")


def test_a_store_of_a_later_version_is_left_alone(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "store.sqlite3")) as db, db:
        db.execute("UPDATE meta SET version = 2")
    with pytest.raises(StoreProblem, match="version 2"):
        Store(folder)
    with pytest.raises(StoreProblem, match="version 2"):
        read_notes(folder)


def test_every_commit_is_written_through(store: Store) -> None:
    assert store.db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
