"""`many_pictures` and `long_text`: what becomes of a post that is too much for one note."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.body import count_description_chars, split_body
from crossover.model.choices import Action, Edit, LongText, ManyPictures, Rules, TitleInBody
from crossover.model.notes import Note
from crossover.model.posts import Kind
from tests.makers import LIMITS, edited, plan, post
from tests.plan.test_sent import rows

ON = Rules(long_text=LongText.SECOND_PART)
WAIT = Rules(many_pictures=ManyPictures.HOLD)
FIRST = Rules(many_pictures=ManyPictures.FIRST)
LIMIT = LIMITS.description_chars.value
LONG = "Winter light. " + " ".join(f"Sentence number {n} of a long day." for n in range(60))


def letters(*texts: str) -> str:
    """What no cut may lose."""
    return re.sub(r"[\s…,;:]", "", "".join(texts))


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


@given(
    st.text("ab .,…!?\n中。🧶-(", max_size=300),
    st.sampled_from([(), ("cats",), ("a", "猫")]),
    st.integers(40, 80),
    st.integers(1, 12),
)
def test_pieces_of_a_text_lose_and_repeat_nothing_and_all_but_the_last_fit(
    text: str, topics: tuple[str, ...], limit: int, most: int
) -> None:
    pieces = split_body(text, topics, limit=limit, aim=limit - 5, most=most)
    assert letters(*pieces) == letters(text)
    assert 1 <= len(pieces) <= most
    assert all(count_description_chars(piece, topics) <= limit for piece in pieces[:-1])


def test_a_long_text_goes_on_with_some_of_the_pictures_only_where_the_rule_says_so() -> None:
    item = post(1, pictures=5, text=f"{LONG} #light")
    (cut,) = plan(item).notes
    assert codes(cut) == ["body-cut"]
    assert "`long_text: second-part`" in next(p.next for p in cut.problems)
    notes = plan(item, rules=ON).notes
    assert [note.number for note in notes] == ["1.1", "1.2", "1.3"]
    assert [len(note.media) for note in notes] == [2, 2, 1]
    assert letters(*(note.body for note in notes)) == letters(LONG)
    assert all(note.description_chars <= LIMIT and codes(note) == [] for note in notes)
    assert len({note.topics for note in notes}) == 1
    assert all(note.title.endswith(f"({n}/3)") for n, note in enumerate(notes, 1))
    whys = {change.why for note in notes for change in note.changes if change.field == "media"}
    assert whys == {"a long text takes several notes (`long_text` in crossover.yaml)"}


@pytest.mark.parametrize(
    ("pictures", "notes", "why"),
    [(0, 1, "a video is one note"), (1, 1, "pictures are too few"), (2, 2, "pictures are too few")],
)
def test_where_it_cannot_go_on_it_is_cut_and_that_is_said(
    pictures: int, notes: int, why: str
) -> None:
    made = plan(post(1, pictures=pictures, text=LONG), rules=ON).notes
    assert len(made) == notes
    assert [codes(note) for note in made] == [[]] * (notes - 1) + [["body-cut"]]
    assert why in made[-1].problems[0].next


def test_where_a_rule_keeps_it_one_note_the_rule_is_named() -> None:
    rules = replace(ON, many_pictures=ManyPictures.FIRST)
    (note,) = plan(post(1, pictures=5, text=LONG), rules=rules).notes
    assert "`many_pictures: first` keeps it one note" in note.problems[0].next


def test_a_text_that_fits_and_one_that_the_creator_wrote_change_nothing() -> None:
    item = post(1, pictures=5, text="A day at the sea")
    assert plan(item, rules=ON).notes == plan(item).notes
    own = edited(n1=Edit(body="x" * 1200))
    made = plan(post(1, pictures=5, text=LONG), rules=ON, edits=own)
    assert [(note.action, codes(note)) for note in made.notes] == [(Action.HOLD, ["text-long"])]


def test_the_date_behind_a_text_stands_in_its_last_part_alone() -> None:
    rules = Rules(long_text=LongText.SECOND_PART, original_date="📅 {date}")
    bodies = [note.body for note in plan(post(1, pictures=5, text=LONG), rules=rules).notes]
    assert ["📅" in body for body in bodies] == [False] * (len(bodies) - 1) + [True]


def test_a_post_that_went_out_as_one_note_stays_one() -> None:
    item = post(1, pictures=5, text=LONG)
    went = rows(plan(item).notes)
    again = plan(item, rules=ON, sent=went).notes
    assert [(note.number, len(note.media)) for note in again] == [("1", 5)]
    assert "changed-since" not in codes(again[0])
    parts = plan(item, rules=ON)
    stays = plan(item, rules=ON, sent=rows(parts.notes, 1)).notes
    assert [note.body for note in stays] == [note.body for note in parts.notes]


def test_the_first_pictures_go_out_alone_where_the_rule_says_so() -> None:
    item = post(1, pictures=20)
    (made,) = plan(item, rules=FIRST).notes
    assert (made.number, len(made.media), codes(made)) == ("1", 18, ["pictures-left-out"])
    assert made.problems[0].message == "2 of its 20 pictures are left out."
    assert [(c.before, c.after) for c in made.changes if c.field == "media"] == [("1-20", "1-18")]
    (after,) = plan(item, rules=FIRST, sent=rows((made,))).notes
    assert (len(after.media), after.action) == (18, Action.MOVE), "the others stay behind"
    (few,) = plan(post(1, pictures=18), rules=FIRST).notes
    assert codes(few) == []


def test_the_rules_leave_videos_and_their_titles_alone() -> None:
    film = post(1, kind=Kind.VIDEO)
    rules = Rules(
        many_pictures=ManyPictures.FIRST,
        long_text=LongText.SECOND_PART,
        title_in_body=TitleInBody.DROP,
    )
    assert plan(film, rules=rules).notes == plan(film).notes


@pytest.mark.parametrize(
    ("pictures", "parts"),
    [
        (18, [18]),
        (19, [10, 9]),
        (20, [10, 10]),
        (35, [18, 17]),
        (36, [18, 18]),
        (37, [13, 12, 12]),
        (54, [18, 18, 18]),
        (55, [14, 14, 14, 13]),
    ],
)
def test_parts_are_even_and_numbered_within_the_units_of_a_title(
    pictures: int, parts: list[int]
) -> None:
    item = post(1, pictures=pictures, title="Forty Latin letters fill a title wholly.")
    notes = plan(item).notes
    assert [len(note.media) for note in notes] == parts
    sent = [file.sha256 for note in notes for file in note.media]
    assert sent == [file.sha256 for file in item.media], "every picture once, in order"
    assert all(note.title_units <= LIMITS.title_units.value for note in notes)
    if len(parts) > 1:
        ends = [f"({n}/{len(parts)})" for n in range(1, len(parts) + 1)]
        assert [note.title[-len(end) :] for note, end in zip(notes, ends, strict=True)] == ends


def test_a_post_of_many_pictures_waits_where_the_rule_says_so_until_the_creator_moves_it() -> None:
    item = post(1, pictures=20)
    held = plan(item, rules=WAIT).notes
    assert [(n.number, n.action, codes(n)) for n in held] == [
        ("1.1", Action.HOLD, ["pictures-many"]),
        ("1.2", Action.HOLD, ["pictures-many"]),
    ]
    assert held[0].reason == (
        "Its post has 20 pictures, and a note takes 18: it would become 2 notes."
    )
    assert "crossover plan --set many_pictures=split" in held[0].problems[0].next
    moved = plan(item, rules=WAIT, edits=edited(n1=Edit(action=Action.MOVE))).notes
    assert [note.action for note in moved] == [Action.MOVE, Action.MOVE]
    one = plan(item, rules=WAIT, edits=edited(n1_1=Edit(action=Action.MOVE))).notes
    assert [note.action for note in one] == [Action.MOVE, Action.HOLD]
    (few,) = plan(post(1, pictures=18), rules=WAIT).notes
    assert few.action is Action.MOVE


def test_what_went_out_is_not_held_again_by_a_rule_of_today() -> None:
    item = post(1, pictures=20)
    went = rows(plan(item).notes, 1)
    after = plan(item, rules=WAIT, sent=went).notes
    assert [codes(note) for note in after] == [[], ["pictures-many"]]
