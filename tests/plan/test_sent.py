"""A post of which a part went out: its cut stays, new pictures wait, what changed is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import files_by_post
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.model.cut import is_cut_anew
from crossover.model.notes import Level, Note, State
from crossover.model.posts import Kind, Post
from crossover.plan.sent import group_sent, sent_of, sent_parts
from tests.makers import edited, entry, plan, post, video

SENT = st.sampled_from([State.POSTED, State.HANDED, State.STARTED, State.UNKNOWN])


def rows(notes: Sequence[Note], *parts: int, state: State = State.POSTED) -> list[Entry]:
    """The rows of these parts after they went out as planned; of all parts where none is named."""
    cut = tuple(tuple(file.sha256 for file in note.media) for note in notes)
    return [
        entry(
            note.post,
            note.part[0],
            state,
            title=note.title,
            carried=Carried(note.description, note.cover.sha256 if note.cover else None, cut),
        )
        for note in notes
        if not parts or note.part[0] in parts
    ]


def without_cut(entries: Iterable[Entry]) -> list[Entry]:
    """As a ledger has them that did not keep what a note carried."""
    return [replace(one, carried=None) for one in entries]


def pictures(item: Post, *places: int) -> Post:
    """The post with these of its pictures, counted from 1, in this order."""
    return replace(item, media=tuple(item.media[n - 1] for n in places))


def carried(notes: Iterable[Note]) -> list[list[int]]:
    """The pictures of each note, as `makers.image` counts them."""
    return [[int(file.sha256[60:], 16) for file in note.media] for note in notes]


def codes(note: Note) -> list[str]:
    return [problem.code for problem in note.problems]


@given(st.integers(1, 60), st.sets(st.integers(1, 4), min_size=1), SENT)
def test_what_went_out_unchanged_changes_nothing_of_the_plan(
    many: int, out: set[int], state: State
) -> None:
    item = post(1, pictures=many)
    made = plan(item)
    assert plan(item, sent=rows(made.notes, *out, state=state)) == made


def test_new_pictures_of_a_post_that_went_out_wait_and_none_goes_out_twice() -> None:
    out = rows(plan(post(1, pictures=18)).notes)
    made = plan(post(1, pictures=20), sent=out)
    assert carried(made.notes) == [list(range(1, 19)), [19, 20]]
    first, second = made.notes
    assert (first.number, first.title, first.action) == ("1.1", out[0].title, Action.MOVE)
    assert codes(first) == []
    assert (second.number, second.part, second.action) == ("1.2", (2, 2), Action.HOLD)
    assert codes(second) == ["new-pictures"]
    assert second.reason == (
        "2 new pictures since the post went out: send them as a new note, or leave them."
    )
    assert (made.hold, made.move) == (1, 0)


def test_the_second_part_keeps_its_pictures_when_more_come() -> None:
    out = rows(plan(post(1, pictures=20)).notes, 1)
    made = plan(post(1, pictures=37), sent=out)
    assert carried(made.notes) == [
        list(range(1, 11)),
        list(range(11, 21)),
        list(range(21, 38)),
    ]
    assert [note.title[-5:] for note in made.notes] == ["(1/2)", "(2/2)", "(3/3)"]
    assert [note.action for note in made.notes] == [Action.MOVE, Action.MOVE, Action.HOLD]
    assert made.notes_total == 2


def test_more_new_pictures_than_a_note_takes_become_several_notes() -> None:
    out = rows(plan(post(1, pictures=3)).notes)
    made = plan(post(1, pictures=23), sent=out)
    assert carried(made.notes) == [[1, 2, 3], list(range(4, 14)), list(range(14, 24))]
    assert [note.title[-5:] for note in made.notes[1:]] == ["(2/3)", "(3/3)"]


def test_another_order_keeps_every_picture_in_its_part() -> None:
    item = post(1, pictures=20)
    out = rows(plan(item).notes, 1)
    made = plan(pictures(item, *range(20, 0, -1)), sent=out)
    assert carried(made.notes) == [list(range(10, 0, -1)), list(range(20, 10, -1))]
    assert [note.action for note in made.notes] == [Action.MOVE] * 2
    assert [codes(note) for note in made.notes] == [["changed-since"], []]
    assert made.notes[0].problems[0].level is Level.NOTE
    assert "the order of its pictures changed" in made.notes[0].problems[0].message


def test_only_the_very_number_of_new_pictures_moves_them() -> None:
    out = rows(plan(post(1, pictures=18)).notes)
    item = post(1, pictures=20)

    def action(**by_note: Edit) -> Action:
        return plan(item, sent=out, edits=edited(**by_note)).notes[1].action

    assert action(n1=Edit(action=Action.MOVE)) is Action.HOLD
    assert action(n1_2=Edit(title="New words")) is Action.HOLD
    assert action(n1_2=Edit(action=Action.MOVE)) is Action.MOVE
    assert action(n1_2=Edit(action=Action.SKIP)) is Action.SKIP
    assert action(n1=Edit(action=Action.SKIP)) is Action.SKIP


@given(st.lists(st.integers(2, 4), unique=True, min_size=1))
def test_notes_of_new_pictures_keep_their_numbers_and_titles_whichever_goes_out_first(
    order: list[int],
) -> None:
    item = post(1, pictures=50)
    moved = edited(**{f"n1_{part}": Edit(action=Action.MOVE) for part in (2, 3, 4)})
    out = rows(plan(pictures(item, *range(1, 11))).notes)
    made = plan(item, edits=moved, sent=out)
    assert [len(note.media) for note in made.notes] == [10, 14, 13, 13]
    for part in order:
        out += rows(made.notes, part)
        assert plan(item, edits=moved, sent=out) == made


def test_a_note_of_new_pictures_that_went_out_keeps_its_title_when_more_come() -> None:
    moved = edited(n1_2=Edit(action=Action.MOVE))
    out = rows(plan(post(1, pictures=3)).notes)
    out += rows(plan(post(1, pictures=5), edits=moved, sent=out).notes, 2)
    made = plan(post(1, pictures=9), edits=moved, sent=out)
    assert [note.title[-5:] for note in made.notes[1:]] == ["(2/2)", "(3/3)"]
    assert [codes(note) for note in made.notes] == [[], [], ["new-pictures"]]


def test_pictures_taken_away_leave_their_part_and_no_other_takes_their_place() -> None:
    item = post(1, pictures=20)
    out = rows(plan(item).notes, 1)
    made = plan(pictures(item, 2, 3, 12, 13), sent=out)
    assert carried(made.notes) == [[2, 3], [12, 13]]
    assert [codes(note) for note in made.notes] == [["changed-since"], []]


def test_a_part_whose_pictures_are_all_gone_waits() -> None:
    item = post(1, pictures=20)
    made = plan(pictures(item, *range(1, 11)), sent=rows(plan(item).notes, 1))
    assert carried(made.notes) == [list(range(1, 11)), []]
    assert (made.notes[1].action, codes(made.notes[1])) == (Action.HOLD, ["no-media"])


def test_a_picture_that_stands_twice_is_first_that_of_the_part_that_went_out() -> None:
    item = post(1, pictures=20)
    twice = pictures(item, *range(1, 20), 1)
    made = plan(twice)
    assert plan(twice, sent=rows(made.notes, 2)) == made
    once = plan(pictures(item, *range(1, 20)), sent=rows(made.notes, 2))
    assert carried(once.notes) == [list(range(2, 11)), [1, *range(11, 20)]]


def test_a_video_given_anew_is_told_and_makes_no_second_note() -> None:
    out = rows(plan(post(1)).notes)
    (note,) = plan(post(1, media=(video(2),)), sent=out).notes
    assert codes(note) == ["changed-since"]
    assert "its files changed" in note.problems[0].message


@pytest.mark.parametrize("state", [State.READY, State.FAILED, State.UPLOADING])
def test_what_is_not_on_the_account_keeps_no_cut(state: State) -> None:
    out = rows(plan(post(1, pictures=18)).notes, state=state)
    assert plan(post(1, pictures=20), sent=out) == plan(post(1, pictures=20))


def test_a_note_kept_back_without_an_attempt_keeps_no_cut() -> None:
    (row,) = rows(plan(post(1, pictures=18)).notes, state=State.UNKNOWN)
    out = [replace(row, attempt=0, marker=None, carried=None)]
    assert plan(post(1, pictures=20), sent=out) == plan(post(1, pictures=20))


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"title": "Another title"}, "its title changed"),
    ({"text": "Words of post 1\nmore #sunset"}, "its text changed"),
    ({"title": None, "text": "Other words"}, "its title and its text changed"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES, ids=[told for _, told in CHANGES])
def test_words_changed_since_are_told_and_send_nothing(change: dict[str, Any], told: str) -> None:
    item = post(1, pictures=2, kind=Kind.PHOTOS, title="A title of its own")
    (note,) = plan(replace(item, **change), sent=rows(plan(item).notes)).notes
    assert (note.action, codes(note)) == (Action.MOVE, ["changed-since"])
    assert note.problems[0].message == f"It stays as it went out; since then {told}."


# --- ledgers that did not keep what a note carried ------------------------------------------


@pytest.mark.parametrize("part", [1, 2])
def test_an_old_row_of_the_same_title_leaves_the_plan_as_it_is(part: int) -> None:
    item = post(1, pictures=20)
    made = plan(item)
    assert plan(item, sent=without_cut(rows(made.notes, part))) == made


@pytest.mark.parametrize(("before", "now"), [(18, 20), (20, 37)])
def test_an_old_row_of_another_title_holds_what_did_not_go_out(before: int, now: int) -> None:
    out = without_cut(rows(plan(post(1, pictures=before)).notes, 1))
    first, *others = plan(post(1, pictures=now), sent=out).notes
    assert first.action is Action.MOVE
    assert {(note.action, *codes(note)) for note in others} == {(Action.HOLD, "cut-unsure")}
    moved = edited(n1_2=Edit(action=Action.MOVE))
    _, second, *_ = plan(post(1, pictures=now), sent=out, edits=moved).notes
    assert second.action is Action.MOVE


def test_an_old_row_whose_title_tells_no_number_of_parts_tells_no_cut() -> None:
    own = edited(n1_1=Edit(title="Mine"))
    out = without_cut(rows(plan(post(1, pictures=20), edits=own).notes, 1))
    _, second, third = plan(post(1, pictures=37), edits=own, sent=out).notes
    assert [second.action, third.action] == [Action.HOLD] * 2


def test_an_old_row_beside_a_new_one_has_its_pictures_from_that() -> None:
    item = post(1, pictures=20)
    first, second = rows(plan(item).notes)
    made = plan(post(1, pictures=22), sent=[*without_cut([first]), second])
    assert carried(made.notes) == [list(range(1, 11)), list(range(11, 21)), [21, 22]]


# --- a plan that does not know what went out ------------------------------------------------


def cut_anew(notes: Iterable[Note], out: Iterable[Entry]) -> bool:
    media: Mapping[int, Any] = {note.part[0]: note.media for note in notes}
    (sent,) = group_sent(out).values()
    return is_cut_anew(media, sent_parts(sent))


def test_of_an_unknown_handle_only_a_row_that_shares_a_file_counts() -> None:
    """Two TikTok accounts posted in the same second; the export of one does not tell its name."""
    ours, others = plan(post(1, pictures=20)).notes, plan(post(1)).notes
    sent = [replace(row, handle="mara") for row in rows(ours, 1)]
    assert sent_of(None, files_by_post(ours), sent)
    assert not sent_of(None, files_by_post(others), sent)
    assert sent_of(None, files_by_post(others), without_cut(sent))


def test_a_plan_that_does_not_keep_the_cut_is_noticed() -> None:
    out = rows(plan(post(1, pictures=18)).notes)
    assert cut_anew(plan(post(1, pictures=20)).notes, out)
    assert cut_anew(plan(post(1, pictures=17), post(2)).notes[:1], out) is False
    out = rows(plan(post(1, pictures=20)).notes, 1)
    assert cut_anew(plan(post(1, pictures=37)).notes, out)


@given(st.integers(1, 40), st.sets(st.integers(1, 3), min_size=1), st.permutations(range(1, 41)))
def test_a_plan_that_knows_what_went_out_is_never_taken_for_one_that_does_not(
    before: int, parts: set[int], now: list[int]
) -> None:
    item = post(1, pictures=40)
    out = rows(plan(pictures(item, *range(1, before + 1))).notes, *parts)
    made = plan(pictures(item, *now[: 41 - before]), sent=out)
    if out:
        assert not cut_anew(made.notes, out)
    assert sorted(chain.from_iterable(carried(made.notes))) == sorted(now[: 41 - before])
