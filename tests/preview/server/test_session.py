"""What the page decides is on disk, as a sheet would have written it; what others wrote meanwhile stays."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.ledger.open import open_ledger
from crossover.library.posts_file import read_library, write_library
from crossover.model.account import Receipt
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.model.posts import Declaration, Visibility
from crossover.preview.server.planned_notes import PlannedNotes
from crossover.preview.server.session import EditingSession
from crossover.settings.edits import format_edits, read_edits
from crossover.sheet.changes import find_changes
from crossover.sheet.rows import COLUMNS, Row, Sheet, SheetRow, make_rows
from crossover.workspace import Workspace
from tests.makers import ACCOUNT, MARKER, post
from tests.preview.server.sessions import change, open_session, refusal, save
from tests.tier import by_tier

POSTS = (
    post(1, text="First words here. And others behind them, of the same day #sunset"),
    replace(
        post(2, text="First words here. And others behind them, of the same day #sunset"),
        media=post(1).media,
    ),
    post(3, visibility=Visibility.ONLY_ME),
    post(4, text=None),
    post(5, pictures=40, text="Many pictures 👋 #one #two"),
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditingSession:
    return open_session(tmp_path / "w", *POSTS, patch=monkeypatch)


def edits_of(session: EditingSession) -> dict[str, Edit]:
    return dict(read_edits(session.workspace.edits).by_note)


def note_of(session: EditingSession, number: str) -> Any:
    return session.planned.by_number[number]


# --- deciding -------------------------------------------------------------------------------


def test_a_decision_is_on_disk_and_in_the_answer(session: EditingSession) -> None:
    before = session.planned.generation
    answer = session.save([change("3", "title", "Mine")], since=before)
    assert read_edits(session.workspace.edits).by_note == {"3": Edit(title="Mine")}
    assert [(note.number, note.title, note.decided) for note in answer.notes] == [
        ("3", "Mine", {"title": "Mine"})
    ]
    assert answer.generation == before + 1
    assert session.saved == 1


def test_the_sums_of_the_answer_are_those_of_the_next_plan(session: EditingSession) -> None:
    answer = session.save(
        [change("3", "action", "move"), change("1", "action", "skip")], wider=True
    )
    sums, made = answer.sums, session.planned.planner.plan(read_edits(session.workspace.edits))
    assert (sums.move, sums.hold, sums.skip) == (made.move, made.hold, made.skip)
    assert (sums.found, sums.notes_total) == (made.found, made.notes_total)
    assert {note.number for note in answer.notes} == {"1", "2", "3"}, "2 is no twin any more"


def test_null_takes_a_decision_back(session: EditingSession) -> None:
    was = note_of(session, "3").title
    save(session, change("3", "title", "Mine"))
    save(session, change("3", "title", None, "Mine"))
    assert edits_of(session) == {}
    assert note_of(session, "3").title == was


def test_what_the_note_has_anyway_is_no_decision(session: EditingSession) -> None:
    note = note_of(session, "1")
    for field in ("title", "body", "visibility", "declaration", "original", "action"):
        save(session, change("1", field, getattr(note, field)))
    save(session, change("1", "topics", list(note.topics)))
    assert edits_of(session) == {}


def test_a_twin_that_is_moved_is_a_decision(session: EditingSession) -> None:
    assert note_of(session, "2").action is Action.HOLD
    save(session, change("2", "action", "move"))
    assert edits_of(session) == {"2": Edit(action=Action.MOVE)}
    assert note_of(session, "2").action is Action.MOVE


def test_a_title_and_one_that_is_chosen_give_way_to_each_other(session: EditingSession) -> None:
    titles = note_of(session, "1").title_candidates
    save(session, change("1", "title", "Mine"))
    save(session, change("1", "title_candidate", 2))
    edit = edits_of(session)["1"]
    assert (edit.title, edit.title_candidate and edit.title_candidate.title) == (None, titles[1])
    assert "title_candidate: [2, " in session.workspace.edits.read_text("utf-8")
    save(session, change("1", "title", "Mine again"))
    assert edits_of(session) == {"1": Edit(title="Mine again")}


def test_an_edit_that_says_to_be_another_posts_is_not_shown_as_the_notes_and_gives_way(
    session: EditingSession,
) -> None:
    edits = session.workspace.edits
    edits.write_text("notes:\n  1: {post: '2001-01-01T00:00:00Z', title: Stray}\n", "utf-8")
    page = json.loads(session.encode_page(""))
    assert "decided" not in page["notes"][0]
    save(session, change("1", "title", "Mine"))
    assert note_of(session, "1").title == "Mine"


def test_a_note_is_seen_by_more_people_only_with_a_word_of_its_own(session: EditingSession) -> None:
    changes = [change("3", "visibility", "public"), change("1", "title", "Mine")]
    refused = refusal(session, changes)
    assert (refused.status, refused.code) == (422, "wider")
    assert refused.more["numbers"] == ["3"]
    assert not session.workspace.edits.exists()
    assert refusal(session, changes, force=True).code == "wider", "that is another word"
    session.save(changes, wider=True)
    assert edits_of(session)["3"] == Edit(visibility=Visibility.PUBLIC)
    # What was agreed to once is not asked again, and a move alone lets nobody more see it.
    session.save([change("3", "action", "hold")])
    session.save([change("3", "action", "move", "hold")])
    assert note_of(session, "3").visibility is Visibility.PUBLIC


def test_many_notes_are_decided_at_once_or_none(session: EditingSession) -> None:
    changes = [change(number, "visibility", "friends") for number in ("1", "2", "5.1")]
    save(session, *changes)
    assert set(edits_of(session)) == {"1", "2", "5.1"}
    wrong = [change("1", "title", "A"), change("9", "title", "B")]
    assert refusal(session, wrong).code == "invalid"
    assert "title" not in session.workspace.edits.read_text("utf-8").partition("version")[2]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 3),
        ("title", "x" * 200_000),
        ("topics", ["two words"]),
        ("topics", ["#tag"]),
        ("topics", "tag"),
        ("topics", [""]),
        ("visibility", "everyone"),
        ("declaration", ""),
        ("action", "unreadable"),
        ("original", "yes"),
        ("title_candidate", 0),
        ("title_candidate", 9),
        ("title_candidate", True),
        ("cover", {"seconds": -1}),
        ("cover", {"seconds": True}),
        ("cover", {"file": "2.4s"}),
        ("cover", {"file": ""}),
        ("cover", {"file": "a\nb"}),
        ("cover", "2.4"),
        ("nothing", "x"),
        ("post", "x"),
        ("by_note", "x"),
    ],
)
def test_a_decision_that_is_none_is_refused_and_nothing_is_written(
    session: EditingSession, field: str, value: object
) -> None:
    refused = refusal(session, [change("1", field, value)])
    assert (refused.status, refused.code) == (422, "invalid")
    assert refused.message
    assert not session.workspace.edits.exists()


@pytest.mark.parametrize("changes", [[], [3], [{}], ["x"], [{"number": 1, "field": "title"}]])
def test_changes_of_another_form_are_refused(session: EditingSession, changes: list[Any]) -> None:
    assert refusal(session, changes).status == 422
    assert not session.workspace.edits.exists()


def test_letters_that_no_file_holds_do_not_break_the_file(session: EditingSession) -> None:
    odd = "half \ud83d an emoji, \x00 \x1b \u2028 and \ufeff\u202e"
    save(session, change("1", "title", odd), change("1", "body", odd))
    assert edits_of(session)["1"].body == odd.replace("\ud83d", "?")
    again = session.planned.planner.plan(read_edits(session.workspace.edits))
    assert {note.number: note for note in again.notes} == session.planned.by_number


# --- as the sheet ---------------------------------------------------------------------------

_TEXTS = st.sampled_from(
    [
        "",
        "Mine",
        " Mine ",
        "two\nlines",
        "a\r\nb #tag",
        "First words here",
        "Words of post 3",
        "ü 👋",
    ]
)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": _TEXTS,
    "body": _TEXTS,
    "topics": st.lists(st.sampled_from(["sunset", "one", "two", "日落"]), unique=True),
    "title_candidate": st.integers(1, 2),
    "visibility": st.sampled_from([*map(str, Visibility)]),
    "declaration": st.sampled_from([*map(str, Declaration)]),
    "original": st.booleans(),
    "action": st.sampled_from([*map(str, Action)]),
}


def as_cell(field: str, value: Any) -> str:
    """What a creator types into a sheet for the same decision."""
    if field == "topics":
        return " ".join(f"#{name}" for name in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def sheet_after(planned: PlannedNotes, root: Path, wanted: dict[tuple[str, str], Any]) -> bytes:
    """edits.yaml as a sheet with these decisions writes it."""
    library = planned.planner.library
    now, edits = planned.notes, planned.edits
    rows: dict[str, dict[str, str]] = {
        row["number"]: dict(row) for row in make_rows(now, library, edits)
    }
    for (number, field), value in wanted.items():
        rows[number][field] = as_cell(field, value)
    listed: list[Row] = list(rows.values())
    found = tuple(SheetRow(f"row {n}", row) for n, row in enumerate(listed, 2))
    sheet = Sheet(found, COLUMNS)
    changes = find_changes(
        sheet, root / "s.csv", edits, library, now, planned.planner.map_again, root
    )
    return format_edits(changes.edits)


@given(st.data())
@settings(max_examples=by_tier(12, 150))
def test_edits_are_byte_for_byte_those_of_the_sheet(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("w")
        session = open_session(root, *POSTS, patch=patch)
        for _ in range(data.draw(st.integers(1, 3))):
            wanted = draw_changes(session, data)
            if not wanted:
                continue
            expected = sheet_after(session.planned, root, wanted)
            save(
                session,
                *(change(n, field, value) for (n, field), value in wanted.items()),
                force=True,
            )
            assert session.workspace.edits.read_bytes() == expected
            session.load()


def draw_changes(session: EditingSession, data: st.DataObject) -> dict[tuple[str, str], Any]:
    """Decisions that are some: a sheet takes a cell that is as it was for no word of the creator."""
    wanted: dict[tuple[str, str], Any] = {}
    rows = {
        row["number"]: row
        for row in make_rows(
            session.planned.notes, session.planned.planner.library, session.planned.edits
        )
    }
    for _ in range(data.draw(st.integers(0, 3))):
        number = data.draw(st.sampled_from(sorted(rows)))
        field = data.draw(st.sampled_from(list(_VALUES)))
        value = data.draw(_VALUES[field])
        titles = session.planned.by_number[number].title_candidates
        if field == "title_candidate" and value > len(titles):
            continue
        if (
            field.startswith("title")
            and {(number, "title"), (number, "title_candidate")} & wanted.keys()
        ):
            continue
        if as_cell(field, value).replace("\r\n", "\n").strip() != rows[number][field]:
            wanted[number, field] = value
    return wanted


@given(st.data())
@settings(max_examples=by_tier(6, 60))
def test_the_notes_of_a_session_are_those_of_a_new_plan(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        session = open_session(tmp_path_factory.mktemp("w"), *POSTS, patch=patch)
        for _ in range(3):
            if wanted := draw_changes(session, data):
                changes = [change(n, field, value) for (n, field), value in wanted.items()]
                save(session, *changes, force=True)
        made = session.planned.planner.plan(read_edits(session.workspace.edits))
        assert session.planned.plan.notes == made.notes
        new = open_session(session.workspace.root, patch=patch)
        page, again = (json.loads(one.encode_page("")) for one in (session, new))
        assert page["sums"] == again["sums"]
        assert rows_in_full(page) == rows_in_full(again)


def rows_in_full(page: dict[str, Any]) -> list[Any]:
    """The rows, with the texts that they name by their places."""
    texts = page["texts"]

    def read(row: dict[str, Any]) -> dict[str, Any]:
        changes = [[*one[:3], texts[one[3]]] for one in row.get("changes", [])]
        problems = [[*one[:2], texts[one[2]], texts[one[3]]] for one in row.get("problems", [])]
        return row | {"changes": changes, "problems": problems}

    return [read(row) for row in page["notes"]]


# --- what others do meanwhile ---------------------------------------------------------------


def test_what_an_editor_wrote_meanwhile_stays(session: EditingSession) -> None:
    save(session, change("1", "title", "Mine"))
    path = session.workspace.edits
    path.write_text(path.read_text("utf-8") + "  4:\n    title: Of an editor\n", "utf-8")
    save(session, change("3", "title", "Later"))
    assert {n: e.title for n, e in edits_of(session).items()} == {
        "1": "Mine",
        "3": "Later",
        "4": "Of an editor",
    }
    assert note_of(session, "4").title == "Of an editor"


def test_a_page_that_looks_hears_of_what_an_editor_wrote(session: EditingSession) -> None:
    since = session.planned.generation
    session.workspace.edits.write_text("notes: {4: {title: Of an editor}}", "utf-8")
    answer = session.changes_since(since)
    assert [(note.number, note.title) for note in answer.notes] == [("4", "Of an editor")]
    assert session.changes_since(answer.generation).notes == ()


def test_a_decision_over_one_that_the_page_did_not_know_is_refused(session: EditingSession) -> None:
    save(session, change("1", "title", "Of another tab"))
    written = session.workspace.edits.read_bytes()
    refused = refusal(session, [change("1", "title", "Mine"), change("3", "title", "B")])
    assert (refused.status, refused.code) == (409, "changed-meanwhile")
    assert [note.title for note in refused.more["notes"]] == ["Of another tab"]
    assert session.workspace.edits.read_bytes() == written
    save(session, change("1", "title", "Mine", "Of another tab"))
    save(session, change("1", "title", "Mine all the same", None), force=True)
    assert edits_of(session) == {"1": Edit(title="Mine all the same")}


def test_another_field_of_the_same_note_is_nobodys_conflict(session: EditingSession) -> None:
    save(session, change("1", "title", "Of another tab"))
    save(session, change("1", "body", "Mine"))
    assert edits_of(session) == {"1": Edit(title="Of another tab", body="Mine")}


@pytest.mark.parametrize("broken", ["notes: [", "notes: {1: {titel: x}}", "\x00", "notes: {x: {}}"])
def test_a_file_that_an_editor_broke_is_left_alone_until_it_is_mended(
    session: EditingSession, broken: str
) -> None:
    save(session, change("1", "title", "Mine"))
    path = session.workspace.edits
    path.write_text(broken, "utf-8")
    refused = refusal(session, [change("3", "title", "Later")])
    assert (refused.status, refused.code) == (422, "edits-broken")
    assert "edits.yaml" in refused.message
    assert path.read_text("utf-8") == broken
    looked = session.changes_since(0)
    assert (looked.stale, looked.message) == ("edits", refused.message)
    assert note_of(session, "1").title == "Mine", "what was read last counts on"
    path.write_text("notes: {4: {title: Mended}}", "utf-8")
    save(session, change("3", "title", "Later"))
    assert set(edits_of(session)) == {"3", "4"}
    assert session.changes_since(0).stale is None


def test_an_editor_that_is_quicker_than_the_clock_is_noticed(session: EditingSession) -> None:
    save(session, change("1", "title", "Mine"))
    path = session.workspace.edits
    stat = path.stat()
    path.write_text(path.read_text("utf-8").replace("Mine", "Hers"), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert refusal(session, [change("1", "title", "B", "Mine")]).code == "changed-meanwhile"


def test_posts_that_changed_make_the_page_stale_and_the_next_one_new(
    session: EditingSession,
) -> None:
    workspace = session.workspace
    library = read_library(workspace.posts)
    new = post(6, text="A post that came later #later")
    write_library(workspace.posts, replace(library, posts=(*library.posts, new)))
    since = session.planned.generation
    assert session.changes_since(since).stale == "posts"
    page = json.loads(session.encode_page("/files/"))
    assert page["notes"][-1]["number"] == "6"
    answer = session.changes_since(since)
    assert (answer.stale, [note.number for note in answer.notes]) == (None, ["6"])


def test_a_decision_is_made_about_the_posts_as_they_are(session: EditingSession) -> None:
    workspace = session.workspace
    library = read_library(workspace.posts)
    write_library(workspace.posts, replace(library, posts=library.posts[:-1]))
    assert refusal(session, [change("5.1", "title", "Gone")]).code == "invalid"
    since = session.planned.generation
    gone = session.changes_since(since - 1).gone
    assert sorted(gone) == [f"{POSTS[-1].id}{part}" for part in ("", "/2", "/3")]


def test_a_rule_that_changed_counts_for_the_next_decision(session: EditingSession) -> None:
    session.workspace.rules.write_text("only_me: move\n", "utf-8")
    assert session.changes_since(0).stale == "posts"
    assert "3" in save(session, change("1", "title", "Mine"))
    assert note_of(session, "3").action is Action.MOVE


def test_a_workspace_that_went_away_is_said(session: EditingSession) -> None:
    session.workspace.posts.unlink()
    assert session.changes_since(0).stale == "gone"


def test_another_run_that_holds_the_workspace_is_waited_for(session: EditingSession) -> None:
    with session.workspace.hold("crossover upload"):
        refused = refusal(session, [change("1", "title", "Mine")])
    assert (refused.status, refused.code) == (423, "busy")
    assert "crossover upload" in refused.message
    assert not session.workspace.edits.exists()
    save(session, change("1", "title", "Mine"))


def test_a_page_that_is_loaded_while_another_run_is_at_work_shows_what_was_known(
    session: EditingSession,
) -> None:
    workspace = session.workspace
    library = read_library(workspace.posts)
    write_library(workspace.posts, replace(library, posts=library.posts[:1]))
    with workspace.hold("crossover add"):
        assert len(json.loads(session.encode_page(""))["notes"]) == 7
        assert session.changes_since(0).stale == "posts"
    assert len(json.loads(session.encode_page(""))["notes"]) == 1


def test_what_went_out_meanwhile_makes_the_page_stale_and_the_next_one_new(
    session: EditingSession,
) -> None:
    workspace = session.workspace
    workspace.practice.mkdir()
    one = note_of(session, "1")
    with open_ledger(workspace.practice / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        cut = (tuple(file.sha256 for file in one.media),)
        ledger.started(one, MARKER, Carried(one.description, None, cut))
        ledger.posted(one, Receipt("1", None, "the answer"))
    assert session.changes_since(0).stale == "posts"
    page = json.loads(session.encode_page(""))
    assert (page["notes"][0]["state"], page["sums"]["states"]["posted"]) == ("posted", 1)
    assert session.changes_since(0).stale is None


def test_when_the_notes_go_out_is_told_as_the_decisions_of_the_moment_make_it(
    session: EditingSession,
) -> None:
    def numbers() -> set[str]:
        return {number for sitting in session.list_sittings() for number in sitting.numbers}

    assert "1" in numbers()
    save(session, change("1", "action", "skip"))
    assert "1" not in numbers()
    assert numbers() == {
        number
        for sitting in json.loads(session.encode_page(""))["calendar"]
        for number in sitting["numbers"]
    }


def test_nobody_is_kept_out_between_two_decisions(session: EditingSession) -> None:
    save(session, change("1", "title", "Mine"))
    session.changes_since(0)
    with Workspace(session.workspace.root).hold("crossover upload"):  # raises where it is held
        assert session.planned.by_number["1"].title == "Mine"


def test_what_a_page_missed_comes_with_the_answer_to_its_next_decision(
    session: EditingSession,
) -> None:
    since = session.planned.generation
    save(session, change("4", "title", "Of another tab"))
    answer = session.save([change("3", "title", "Mine")], since=since)
    assert [note.number for note in answer.notes] == ["3", "4"]


def test_texts_keep_their_places_while_a_server_lives(session: EditingSession) -> None:
    before = json.loads(session.encode_page(""))["texts"]
    answer = session.save([change("1", "body", "B #new")], since=0)
    assert list(answer.texts[: len(before)]) == before
    session.load()
    assert list(session.changes_since(0).texts[: len(before)]) == before


def test_an_answer_holds_only_what_changed(session: EditingSession) -> None:
    answer = session.save([change("3", "title", "Mine")])
    assert len(msgspec.json.encode(answer)) < len(session.encode_page(""))
    assert [note.number for note in answer.notes] == ["3"]
