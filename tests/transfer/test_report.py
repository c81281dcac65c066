"""A report says what became of every post: sums that add up, links, files, evidence, gaps."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.history import Event, Run
from crossover.library.posts_file import Library
from crossover.model.carried import Carried
from crossover.model.notes import State
from crossover.model.posts import Post, Visibility
from crossover.storage.documents import to_json
from crossover.transfer.report.report import AccountKnowledge, make_report
from crossover.transfer.report.reported import GapKind, Report
from crossover.transfer.report.status import status_of
from crossover.transfer.report.tables import LINKS, NOTES, is_table, links_table, notes_table
from tests.makers import entry, plan, post

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
ID = "7323897339678436582"
URL = "https://www.rednote.com/explore/" + "5" * 24


def report(
    posts: Sequence[Post],
    rows: Sequence[Entry] = (),
    events: Sequence[Event] = (),
    runs: Sequence[Run] = (),
    **library: Any,
) -> Report:
    made = plan(*posts, **library)
    entries = {(row.post, row.part): row for row in rows}
    known = AccountKnowledge(entries, events, runs)
    kept = Library(handle="mara", posts=tuple(posts), **library)
    return make_report(made, kept, status_of(made, entries), known, NOW)


def posted(of: Post, **fields: Any) -> Entry:
    return replace(entry(of.id, 1, State.POSTED, note_id="5" * 24, url=URL), **fields)


def rows_in(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@given(st.data())
def test_every_post_is_counted_once_whatever_became_of_it(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, 6))
    posts = [
        post(n, pictures=data.draw(st.sampled_from([0, 2, 40])), title=f"words {n}")
        for n in range(1, number + 1)
    ]
    states = data.draw(st.lists(st.sampled_from([*State][4:]), min_size=number, max_size=number))
    rows = [entry(one.id, 1, state) for one, state in zip(posts, states, strict=True)]
    made = report(posts, rows)
    assert sum(getattr(made, state) for state in State) == made.found == number
    assert len(rows_in(notes_table(made))) == len(made.notes)
    open_ones = {n for one in made.gaps for n in one.numbers}
    settled = {note.number for note in made.notes if note.state is State.SKIP}
    assert {note.number for note in made.notes} == open_ones | settled


def test_a_tiktok_link_leads_to_the_note_it_became() -> None:
    made = report([post(1, tiktok_id=ID), post(2)], [posted(post(1))])
    (row,) = rows_in(links_table(made))
    assert row["tiktok_url"] == f"https://www.tiktok.com/@mara/video/{ID}"
    assert (row["rednote_url"], row["id"]) == (URL, post(1).id)


@pytest.mark.parametrize("seen", [Visibility.ONLY_ME, Visibility.FRIENDS])
def test_what_not_everybody_may_see_is_counted_and_its_words_are_left_out(
    seen: Visibility,
) -> None:
    secret = post(1, title="our secret", tiktok_id=ID, visibility=seen)
    made = report([secret], [posted(secret, visibility=seen)])
    assert (made.found, made.notes[0].is_private) == (1, True)
    assert rows_in(notes_table(made))[0]["title"] == ""
    assert rows_in(links_table(made)) == []


def test_files_are_those_that_were_sent_with_their_checksums() -> None:
    before = Carried("", "c" * 64, (("a" * 64,),))
    made = report([post(1)], [posted(post(1), carried=before)])
    files = made.notes[0].files
    assert [(file.sha256[0], file.is_cover) for file in files] == [("a", False), ("c", True)]
    planned = report([post(1)]).notes[0].files
    assert [file.path is not None and file.bytes is not None for file in planned] == [True, True]


def test_what_became_known_is_told_in_order_without_who_said_it() -> None:
    def event(kind: str, operator: str | None, handle: str = "") -> Event:
        return Event(NOW, post(1).id, 1, handle, kind, 1, None, None, None, operator, "run-1")

    runs = [
        Run("run-1", NOW, None, None, "crossover upload", "kit", "/home/mara/w", "mara"),
        Run("run-2", NOW, NOW, "done", "crossover upload", "kit", "/home/mara/w", "mara"),
    ]
    events = [event("handed", None), event("link", "mara-at-home"), event("link", "x", "another")]
    made = report([post(1)], [posted(post(1))], events, runs)
    history = made.notes[0].history
    assert [(one.kind, one.by_creator) for one in history] == [("handed", False), ("link", True)]
    assert [(run.id, run.ended, run.notes) for run in made.runs] == [("run-1", None, 1)]
    assert "mara-at-home" not in to_json(made)
    assert "/home/mara" not in to_json(made)


def test_what_was_dropped_stands_by_its_note_and_among_what_is_open() -> None:
    made = report([post(1), post(2)], [posted(post(1), not_taken=("topics", "original"))])
    assert [note.not_taken for note in made.notes] == [("topics", "original"), ()]
    assert {one.gap: one.numbers for one in made.gaps}[GapKind.NOT_TAKEN] == ("1",)
    assert [row["not_taken"] for row in rows_in(notes_table(made))] == ["topics original", ""]


def test_gaps_name_what_is_not_done_or_not_known() -> None:
    posts = [post(1, tiktok_id=ID), post(2), post(3), post(4)]
    rows = [
        posted(posts[0], review="passed"),
        posted(posts[1], url=None),
        entry(posts[2].id, 1, State.HANDED, out_day=date(2026, 12, 1)),
    ]
    gaps = {one.gap: one.numbers for one in report(posts, rows).gaps}
    assert gaps == {
        GapKind.NOT_SENT: ("4",),
        GapKind.NO_LINK: ("2", "3"),
        GapKind.REVIEW_NOT_KNOWN: ("2",),
        GapKind.NO_TIKTOK_LINK: ("2",),
    }


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(title: str) -> None:
    made = report([post(1)], [posted(post(1), title=title)])
    assert not rows_in(notes_table(made))[0]["title"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_is_known_as_ours_by_its_first_line() -> None:
    made = report([])
    assert is_table(links_table(made), LINKS)
    assert is_table(notes_table(made), NOTES)
    assert is_table(b"", LINKS)
    assert not is_table(b"number,link\r\n1,https://x", LINKS)
