"""A sheet that comes back: only what was changed in it counts, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.model.choices import Action, Edit, Rules, TitleChoice
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Post, Visibility
from crossover.settings.edits import Edits
from crossover.sheet.changes import SheetChanges, find_changes
from crossover.sheet.rows import COLUMNS, EDITABLE, Row, Sheet, SheetRow, make_rows
from tests.makers import KEEP_TOPICS, edited, plan, post
from tests.mapping.test_notes import KEEP, WORDS
from tests.tier import by_tier

POSTS = (
    post(1, tiktok_id="7323897339678436582"),
    post(2, pictures=40, text="Many pictures 👋 #one #two"),
    post(3, visibility=Visibility.ONLY_ME),
    post(4, text=None),
)


MEDIA = {
    "mov": b"\0\0\0\x14ftypqt  ",
    "mp4": b"\0\0\0\x14ftypisom",
    "jpg": b"\xff\xd8\xff\xe0",
}


class Creator:
    """A creator with posts and edits, who writes sheets and brings them in."""

    def __init__(
        self,
        *posts: Post,
        edits: Edits | None = None,
        rules: Rules = KEEP,
        folder: Path = Path("nowhere"),
    ) -> None:
        self.folder = folder
        self.rules = rules
        self.library = Library(handle="mara", posts=posts or POSTS)
        self.edits = edits or edited()

    def notes(self, edits: Edits) -> tuple[Note, ...]:
        return plan(*self.library.posts, rules=self.rules, edits=edits).notes

    def map_again(
        self, notes: Iterable[Note], edits: Edits, posts: Collection[str]
    ) -> tuple[Note, ...]:
        again = {note.number: note for note in self.notes(edits)}
        return tuple(again[note.number] if note.post in posts else note for note in notes)

    def rows(self) -> dict[str, Row]:
        rows = make_rows(self.notes(self.edits), self.library, self.edits)
        return {row["number"]: row for row in rows}

    def bring_in(
        self, rows: Sequence[Row] | dict[str, Row], *, narrow: bool = False
    ) -> SheetChanges:
        listed = list(rows.values()) if isinstance(rows, dict) else list(rows)
        found = tuple(SheetRow(f"row {n}", row) for n, row in enumerate(listed, 2))
        columns = tuple(dict.fromkeys(name for row in listed for name in row))
        sheet = Sheet(found, columns, narrow=narrow)
        path = self.folder / "s.csv"
        root = self.folder / "workspace"
        changes = find_changes(
            sheet,
            path,
            self.edits,
            self.library,
            self.notes(self.edits),
            self.map_again,
            root,
        )
        self.edits = changes.edits
        return changes

    def change(self, number: str, **cells: str) -> SheetChanges:
        rows = self.rows()
        return self.bring_in(rows | {number: {**rows[number], **cells}})


def mistakes(
    desk: Creator, rows: Sequence[Row] | dict[str, Row], *, narrow: bool = False
) -> tuple[str, ...]:
    """A sheet that is not taken names each mistake in a line of its own."""
    with pytest.raises(UsageProblem) as caught:
        desk.bring_in(rows, narrow=narrow)
    assert caught.value.message == "Nothing of s.csv was taken."
    return caught.value.more


def test_a_row_tells_whose_it_is_and_what_stands_in_it() -> None:
    rows = Creator().rows()
    assert list(rows) == ["1", "2.1", "2.2", "2.3", "3", "4"]
    assert tuple(rows["1"]) == COLUMNS
    assert {k: v for k, v in rows["1"].items() if k != "written"} == {
        "number": "1",
        "date": "2025-01-01T00:01:00Z",
        "kind": "video",
        "link": "https://www.tiktok.com/@mara/video/7323897339678436582",
        "title": "Words of post 1",
        "titles_found": "1: Words of post 1",
        "title_candidate": "",
        "body": "Words of post 1",
        "topics": "#sunset",
        "visibility": "public",
        "declaration": "none",
        "original": "no",
        "action": "move",
        "file": "v.mp4",
        "sent": "",
    }
    assert (rows["3"]["action"], rows["3"]["visibility"], rows["3"]["link"]) == (
        "hold",
        "only-me",
        "",
    )


# --- properties -----------------------------------------------------------------------------


@given(st.lists(WORDS, min_size=1, max_size=3), st.booleans())
@settings(deadline=None)
def test_out_and_in_without_a_change_changes_nothing(texts: list[str], own: bool) -> None:
    posts = [post(n, text=text) for n, text in enumerate(texts, 1)]
    edits = edited(n1=Edit(body=texts[0], topics=("a", "b"), action=Action.HOLD)) if own else None
    desk = Creator(*posts, edits=edits)
    before = desk.edits.by_note
    changes = desk.bring_in(desk.rows())
    assert (changes.cells, changes.edits.by_note, changes.remarks) == ((), before, ())


CELLS = {
    "title": WORDS,
    "body": WORDS,
    "topics": st.sampled_from(["", "#a #b", "a, b", "陶艺，海边", "＃x"]),
    "visibility": st.sampled_from([*Visibility, "Only me", "PUBLIC", ""]),
    "action": st.sampled_from([*Action, "Skip", ""]),
    "title_candidate": st.sampled_from(["1", "1.0", ""]),
    "original": st.sampled_from(["yes", "No", "TRUE", "false", ""]),
    "declaration": st.sampled_from([*Declaration, "Self shot", "AI", ""]),
}


@given(st.sampled_from(["1", "2.2", "3"]), st.sampled_from(EDITABLE), st.data())
@settings(deadline=None, max_examples=by_tier(60, 200))
def test_one_changed_cell_is_exactly_that_edit(
    number: str, column: str, data: st.DataObject
) -> None:
    cell = data.draw(CELLS[column])
    desk = Creator()
    before = desk.rows()
    changes = desk.change(number, **{column: cell})
    decided = {
        (n, name): getattr(edit, name)
        for n, edit in changes.edits.by_note.items()
        for name in EDITABLE
        if getattr(edit, name) is not None
    }
    assert set(decided) <= {(number, column)}
    assert len(changes.cells) == len(decided)
    after = desk.rows()
    assert {n: row for n, row in after.items() if n != number} == {
        n: row for n, row in before.items() if n != number
    }
    assert desk.bring_in(after).cells == ()


# --- cells ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "cells", "edit"),
    [
        ("1", {"title": "工作室"}, Edit(title="工作室")),
        ("1", {"title": "", "body": ""}, Edit(title="", body="")),
        ("1", {"topics": ""}, Edit(topics=())),
        ("1", {"topics": "#a, ＃b；c\n#d#e"}, Edit(topics=("a", "b", "c", "d", "e"))),
        ("1", {"topics": "sunset"}, None),
        ("1", {"body": "Words of post 1\r\n"}, None),
        ("1", {"body": "a\r\nb\rc"}, Edit(body="a\nb\nc")),
        ("1", {"action": " Skip "}, Edit(action=Action.SKIP)),
        ("1", {"action": "", "visibility": ""}, None),
        ("3", {"visibility": "Only me"}, None),
        ("3", {"action": "move"}, Edit(action=Action.MOVE)),
        ("3", {"visibility": "friends"}, Edit(visibility=Visibility.FRIENDS)),
        ("1", {"declaration": " AI"}, Edit(declaration=Declaration.AI)),
        ("1", {"declaration": "none"}, None),
        ("1", {"original": "Yes"}, Edit(original=True)),
        ("1", {"original": "FALSE"}, None),
        ("1", {"declaration": ""}, None),
        ("1", {"title_candidate": "1"}, Edit(title_candidate=TitleChoice(1, "Words of post 1"))),
        ("1", {"title_candidate": ""}, None),
        ("2.2", {"title": "Two"}, Edit(title="Two")),
        ("4", {"title": "At last", "action": "hold"}, Edit(title="At last")),
    ],
)
def test_a_cell_means_what_it_says(number: str, cells: dict[str, str], edit: Edit | None) -> None:
    changes = Creator().change(number, **cells)
    assert dict(changes.edits.by_note) == ({number: edit} if edit else {})
    assert dict(changes.edits.posts) == ({number: POSTS[int(number[0]) - 1].id} if edit else {})


def test_words_that_stood_in_the_title_alone_are_in_the_text_again_under_a_new_title() -> None:
    desk = Creator(rules=KEEP_TOPICS)
    assert (desk.rows()["1"]["title"], desk.rows()["1"]["body"]) == ("Words of post 1", "")
    (note,) = desk.change("1", title="工作室").notes
    assert (note.title, note.body) == ("工作室", "Words of post 1")
    assert desk.change("1", title="Words of post 1").edits.by_note == {}


def test_an_edit_is_taken_back_by_what_was_there_before_or_by_an_empty_choice() -> None:
    kept = Edit(title="Mine", visibility=Visibility.ONLY_ME, action=Action.SKIP)
    desk = Creator(edits=edited(n1=kept))
    changes = desk.change("1", title="Words of post 1", visibility="", action="")
    assert changes.edits.by_note == {}
    assert [cell.decision for cell in changes.cells] == [None, None, None]


def test_hold_stays_hold_where_without_the_edit_it_would_move() -> None:
    silent = Creator(edits=edited(n4=Edit(title="Words")))
    assert silent.rows()["4"]["action"] == "move"
    assert silent.change("4", action="hold").edits.by_note["4"].action is Action.HOLD
    assert silent.rows()["4"]["action"] == "hold"


def test_the_plan_with_the_changes_tells_what_is_wrong_with_them() -> None:
    changes = Creator().change("1", title="x" * 47)
    assert [p.message for note in changes.notes for p in note.problems] == [
        "The title has 47 of 40 letters."
    ]


def test_what_was_said_of_a_note_before_is_not_said_again_of_a_change_but_what_holds_it_is() -> (
    None
):
    desk = Creator(post(1, text="More under www.example.com"), post(2, text=""))
    changes = desk.change("1", declaration="ad")
    assert {p.code for note in changes.notes for p in note.problems} > {"steers-away"}
    assert [p.code for _, p in changes.find_problems()] == ["declaration-unsure"]
    again = desk.change("2", visibility="friends")
    assert [p.code for _, p in again.find_problems()] == ["no-words"]


def test_a_note_whose_number_has_an_edit_of_another_post_is_not_changed_until_that_is_settled() -> (
    None
):
    strayed = replace(edited(n1=Edit(action=Action.SKIP)), posts={"1": "2020-01-01T00:00:00Z"})
    desk = Creator(edits=strayed)
    rows = desk.rows()
    assert rows["1"]["action"] == "move"
    (mistake,) = mistakes(desk, [{**rows["1"], "title": "Mine"}])
    assert "in edits.yaml there is an edit of another post under 1" in mistake
    assert desk.change("3", title="Mine").edits.by_note == {
        "1": Edit(action=Action.SKIP),
        "3": Edit(title="Mine"),
    }


# --- another of the titles found ------------------------------------------------------------

ROOM = post(1, text="i rearranged my entire apartment at 2am\nIt took all night")
SECOND = TitleChoice(2, "It took all night")


def test_another_of_the_titles_is_chosen_by_its_number_and_kept_with_its_words() -> None:
    desk = Creator(ROOM)
    listed = desk.rows()["1"]["titles_found"].splitlines()
    assert listed[:2] == ["1: i rearranged my entire apartment at 2am", "2: It took all night"]
    changes = desk.change("1", title_candidate="2")
    assert dict(changes.edits.by_note) == {"1": Edit(title_candidate=SECOND)}
    row = desk.rows()["1"]
    assert (row["title"], row["title_candidate"]) == ("It took all night", "2")
    assert desk.bring_in(desk.rows()).cells == ()
    assert dict(desk.change("1", title_candidate="").edits.by_note) == {}


def test_a_choice_takes_a_title_of_ones_own_back_and_says_so() -> None:
    desk = Creator(ROOM, edits=edited(n1=Edit(title="Mine")))
    changes = desk.change("1", title_candidate="2")
    assert dict(changes.edits.by_note) == {"1": Edit(title_candidate=SECOND)}
    assert [(cell.column, cell.before) for cell in changes.cells] == [
        ("title_candidate", ""),
        ("title", "Mine"),
    ]
    assert changes.notes[0].title == SECOND.title


@pytest.mark.parametrize(
    ("title", "edit"),
    [("Mine", Edit(title="Mine")), ("i rearranged my entire apartment at 2am", None)],
)
def test_a_title_of_ones_own_takes_a_choice_back_and_says_so(title: str, edit: Edit | None) -> None:
    desk = Creator(ROOM, edits=edited(n1=Edit(title_candidate=SECOND)))
    changes = desk.change("1", title=title)
    assert dict(changes.edits.by_note) == ({"1": edit} if edit else {})
    assert "title_candidate" in [cell.column for cell in changes.cells]
    assert changes.notes[0].title == title


def test_a_choice_for_one_part_comes_before_a_title_of_the_whole_post() -> None:
    photos = post(1, pictures=20, text=ROOM.text)
    desk = Creator(photos, edits=edited(n1=Edit(title="Mine")))
    desk.change("1.2", title_candidate="2")
    assert [row["title"] for row in desk.rows().values()] == [
        "Mine (1/2)",
        "It took all night (2/2)",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title_candidate": "4"}, "'4' is none of 1, 2, 3"),
        ({"title_candidate": "9" * 5000}, "is none of 1, 2, 3"),
        ({"title_candidate": "two"}, "'two' is none of 1, 2, 3"),
        ({"title_candidate": "3", "titles_found": "1: a\n2: b"}, "there are only 2 titles"),
        ({"title_candidate": "2", "title": "New"}, "the title of this row was changed too"),
        (
            {"title_candidate": "2", "titles_found": "1: a\n2: Gone since"},
            "title 2 was 'Gone since', and its words do not have that any more",
        ),
        ({"original": "maybe"}, "'maybe' is none of yes, no"),
        ({"declaration": "advert"}, "'advert' is none of none, fiction, ai, ad"),
    ],
)
def test_a_choice_that_cannot_be_made_is_told_and_nothing_is_taken(
    cells: dict[str, str], said: str
) -> None:
    desk = Creator(ROOM)
    rows = desk.rows()
    (mistake,) = mistakes(desk, [{**rows["1"], **cells}])
    assert said in mistake
    assert desk.edits.by_note == {}


@pytest.mark.parametrize("lost", [TitleChoice(2, "Gone since"), TitleChoice(3)])
def test_a_choice_that_is_lost_is_empty_in_the_sheet_and_gives_way_to_another(
    lost: TitleChoice,
) -> None:
    desk = Creator(
        post(1, text="Market day!!\nCome say hi"), edits=edited(n1=Edit(title_candidate=lost))
    )
    assert desk.rows()["1"]["title_candidate"] == ""
    assert desk.bring_in(desk.rows()).edits.by_note["1"].title_candidate == lost
    chosen = desk.change("1", title_candidate="2").edits.by_note["1"].title_candidate
    assert chosen == TitleChoice(2, "Come say hi")


def test_a_post_without_titles_has_none_to_choose() -> None:
    desk = Creator(post(1, text="#cats #dogs"))
    (mistake,) = mistakes(desk, [{**desk.rows()["1"], "title_candidate": "1"}])
    assert "its words have no titles" in mistake


def test_of_an_older_sheet_the_title_that_was_meant_counts_wherever_it_stands_now() -> None:
    desk = Creator(ROOM)
    older = {"titles_found": "1: It took all night\n2: another", "title_candidate": "1"}
    changes = desk.bring_in([{**desk.rows()["1"], **older}])
    assert changes.edits.by_note["1"].title_candidate == SECOND


def test_what_nobody_touched_in_a_sheet_of_an_earlier_version_still_changes_nothing() -> None:
    desk = Creator()
    old = {
        number: {name: cell for name, cell in row.items() if name not in NEW}
        | {"written": "-".join(row["written"].split("-")[:8])}
        for number, row in desk.rows().items()
    }
    desk.edits = edited(n1=Edit(title="Changed since"))
    assert desk.bring_in(list(old.values())).cells == ()


NEW = ("titles_found", "title_candidate", "declaration", "original")


# --- files ----------------------------------------------------------------------------------


def test_files_that_are_named_are_handed_on_and_are_no_edits(tmp_path: Path) -> None:
    for name in ("IMG_2034.MOV", "a; b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(MEDIA[name[-3:].lower()])
    desk = Creator(folder=tmp_path)
    assert desk.change("1", file="IMG_2034.MOV").files == {
        POSTS[0].id: (tmp_path / "IMG_2034.MOV",)
    }
    whole = desk.change("4", file=f'"{tmp_path / "IMG_2034.MOV"}"')
    assert (whole.files, whole.cells) == ({POSTS[3].id: (tmp_path / "IMG_2034.MOV",)}, ())
    assert desk.change("2.1", file="a; b.jpg").files == {POSTS[1].id: (tmp_path / "a; b.jpg",)}
    (tmp_path / "b.jpg").write_bytes(MEDIA["jpg"])
    two = desk.change("2.1", file="c.jpg;\n b.jpg ;")
    assert two.files == {POSTS[1].id: (tmp_path / "c.jpg", tmp_path / "b.jpg")}
    assert desk.edits.by_note == {}


@pytest.mark.parametrize(
    ("number", "cell", "said"),
    [
        ("1", "none.mp4", "there is no file "),
        ("1", "none.mp4", "none.mp4 beside the sheet"),
        ("1", "folder", "folder is a folder, not a file"),
        ("1", "text.mp4", "text.mp4 is no kind of picture or video known here"),
        ("2.1", ";", "it names no file"),
        ("2.1", "a.jpg; a.jpg", "a.jpg stands there twice"),
        ("2.1", "a.jpg, b.jpg", "between several files stands `;`"),
        ("1", "https://x.tiktokv.com/v?sig=CANARY", "that is a link, not a file"),
        ("1", "words.txt", "words.txt is neither a video nor a picture"),
        ("1", "raw.nef", "raw.nef cannot be used: it is a raw picture, which is not moved"),
        ("1", "cloud.mov", "cloud.mov is empty; if it lies in a cloud, download it first"),
        ("1", "a.jpg", "the post's kind is video, so it takes no pictures"),
        ("2.1", "v.mp4", "the post's kind is photos, so it takes no videos"),
        ("4", "v.mp4; a.jpg", "a post has one video, or pictures"),
        ("4", "nul\0.mp4", "there is no file "),
        ("4", "~nobody-of-that-name/v.mp4", "there is no file "),
        ("4", "x" * 5_000 + ".mp4", "there is no file xxx"),
    ],
)
def test_a_file_that_cannot_be_taken_names_its_row_and_takes_nothing(
    tmp_path: Path, number: str, cell: str, said: str
) -> None:
    for name in ("v.mp4", "a.jpg", "words.txt", "raw.nef"):
        (tmp_path / name).write_bytes(MEDIA.get(name[-3:], b"x"))
    (tmp_path / "text.mp4").write_bytes(b"hello, this is no video")
    (tmp_path / "cloud.mov").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageProblem) as raised:
        Creator(folder=tmp_path).change(number, file=cell, title="New")
    assert "Nothing of s.csv was taken." in raised.value.message
    (mistake,) = raised.value.more
    assert said in mistake
    assert ", column file: " in mistake
    assert "CANARY" not in mistake
    assert len(mistake) < 300


def test_two_parts_of_a_post_name_the_same_files(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(MEDIA["jpg"])
    desk = Creator(folder=tmp_path)
    rows = desk.rows()
    first = {**rows["2.1"], "file": "a.jpg"}
    same = desk.bring_in(rows | {"2.1": first, "2.3": {**rows["2.3"], "file": "a.jpg"}})
    assert same.files == {POSTS[1].id: (tmp_path / "a.jpg",)}
    said = mistakes(desk, rows | {"2.1": first, "2.3": {**rows["2.3"], "file": "b.jpg"}})
    assert "row 5, column file: row 3 names other files" in said[0]


def test_an_old_sheet_brings_no_old_file_back() -> None:
    desk = Creator()
    old = desk.rows()
    other = replace(POSTS[0], media=tuple(replace(m, source="new.mp4") for m in POSTS[0].media))
    desk.library = replace(desk.library, posts=(other, *POSTS[1:]))
    assert desk.rows()["1"]["file"] == "new.mp4"
    assert desk.bring_in(old).files == {}


def test_one_file_is_not_two_posts_own(tmp_path: Path) -> None:
    (tmp_path / "w.mp4").write_bytes(MEDIA["mp4"])
    desk = Creator(folder=tmp_path)
    rows = desk.rows()
    both = {number: {**rows[number], "file": "w.mp4"} for number in ("3", "4")}
    assert "row 7, column file: row 6 names w.mp4 for another" in mistakes(desk, rows | both)[0]


def test_pictures_that_are_there_can_be_put_in_another_order(tmp_path: Path) -> None:
    three = post(1, pictures=3)
    media = tuple(replace(m, source=f"{n}.jpg") for n, m in enumerate(three.media))
    desk = Creator(replace(three, media=media), folder=tmp_path)
    for file in media:
        path = tmp_path / "workspace" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MEDIA["jpg"])
    names = desk.rows()["1"]["file"].split("; ")
    (files,) = desk.change("1", file="; ".join(names[::-1])).files.values()
    assert files == tuple(tmp_path / "workspace" / file.path for file in reversed(media))


def test_an_emptied_cell_takes_no_file_away_and_says_what_does() -> None:
    changes = Creator().change("1", file="")
    assert changes.files == {}
    assert any("crossover add --no-pair 1" in remark for remark in changes.remarks)


# --- old, other, partial sheets -------------------------------------------------------------


def test_cells_that_nobody_touched_do_not_bring_old_words_back() -> None:
    desk = Creator()
    old = desk.rows()
    desk.change("1", title="Changed later")
    desk.library = replace(
        desk.library, posts=(POSTS[0], replace(POSTS[1], text="Better words"), *POSTS[2:])
    )
    changes = desk.bring_in(old | {"3": {**old["3"], "title": "Translated"}})
    assert [(c.number, c.column) for c in changes.cells] == [("3", "title")]
    assert changes.edits.by_note["1"] == Edit(title="Changed later")


def test_a_cell_that_was_changed_on_both_sides_is_said() -> None:
    desk = Creator()
    old = desk.rows()
    desk.change("1", title="Changed later")
    changes = desk.bring_in(old | {"1": {**old["1"], "title": "Friend's"}})
    assert changes.edits.by_note["1"] == Edit(title="Friend's")
    assert [r for r in changes.remarks if "row 2, column title" in r and "changed here too" in r]


def test_without_the_last_column_cells_are_compared_with_now() -> None:
    desk = Creator()
    rows = [{"number": "1", "title": "Words of post 1"}, {"number": "3", "title": "New"}]
    changes = desk.bring_in(rows)
    assert dict(changes.edits.by_note) == {"3": Edit(title="New")}
    assert changes.remarks == ("4 notes are not in the sheet, and stay as they are.",)


@pytest.mark.parametrize("said", ["2.2", "2,2", "'2.2", " 2.2 "])
def test_a_number_is_read_as_spreadsheets_write_it(said: str) -> None:
    assert list(Creator().bring_in([{"number": said, "title": "x"}]).edits.by_note) == ["2.2"]
    assert list(Creator().bring_in([{"number": "1.0", "title": "x"}]).edits.by_note) == ["1"]


def test_without_unicode_lost_letters_are_no_change_and_no_edit() -> None:
    desk = Creator(post(1, text="Café 👋 日本"), post(2))
    rows = desk.rows()
    lossy = {**rows["1"], "title": "Café ?? ??", "body": "Café ?? ??"}
    assert desk.bring_in([lossy, {**rows["2"], "title": "Zoë"}], narrow=True).edits.by_note == {
        "2": Edit(title="Zoë")
    }
    (said,) = mistakes(desk, [{**lossy, "body": "Café ?? in Lisbon"}], narrow=True)
    assert "letters of it were lost" in said


def test_without_unicode_an_old_cell_does_not_undo_a_newer_edit() -> None:
    desk = Creator(post(1, text="First words 🙂"))
    old = {**desk.rows()["1"], "body": "First words ??", "title": "First words ??"}
    desk.change("1", body="My own newer text")
    assert "column body: note 1 was changed here too" in mistakes(desk, [old], narrow=True)[0]


# --- mistakes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r["1"] | {"number": "99"}, "row 2, column number: there is no note '99'."),
        (lambda r: r["1"] | {"number": ""}, "row 2, column number: the note's number is missing."),
        (
            lambda r: r["1"] | {"number": "2"},
            "row 2, column number: there is no note '2'; it goes out as 2.1 and 2.2 and 2.3.",
        ),
        (
            lambda r: r["1"] | {"number": "4"},
            "row 2, column number: the row was written for another note than 4.",
        ),
        (
            lambda r: r["1"] | {"visibility": "private"},
            "row 2, column visibility: 'private' is none of public, friends, only-me",
        ),
        (lambda r: r["1"] | {"action": "post"}, "row 2, column action: 'post' is none of move"),
        (lambda r: r["1"] | {"topics": "a[b]"}, "row 2, column topics: 'a[b]' is no topic."),
    ],
)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_taken(
    change: Callable[[dict[str, dict[str, str]]], Row], said: str
) -> None:
    desk = Creator()
    rows = desk.rows()
    good = {**rows["3"], "title": "Good"}
    assert said in mistakes(desk, [change({n: dict(row) for n, row in rows.items()}), good])[0]
    assert desk.edits.by_note == {}


def test_all_mistakes_are_said_at_once_and_a_row_twice_is_one() -> None:
    desk = Creator()
    row = {**desk.rows()["1"], "action": "post"}
    said = mistakes(desk, [row, row, *[{"number": f"{n}0"} for n in range(20)]])
    assert "  row 3, column number: note 1 stands in row 2 already." in said
    assert any("row 2, column action" in line or "more" in line for line in said)
    assert len(said) == 13


def test_other_decisions_stay() -> None:
    desk = Creator(edits=edited(n1=Edit(body="Mine"), n3=Edit(action=Action.SKIP)))
    changes = desk.change("1", title="New")
    assert dict(changes.edits.by_note) == {
        "1": Edit(title="New", body="Mine"),
        "3": Edit(action=Action.SKIP),
    }
