"""Where every post stands: each in one state, and the sums are complete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.ledger.entry import Entry
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Visibility
from crossover.transfer.report.status import KnownStandings, status_of
from tests.makers import edited, entry, link, plan, post

LEDGER_STATES = [
    State.READY,
    State.UPLOADING,
    State.STARTED,
    State.UNKNOWN,
    State.FAILED,
    State.HANDED,
    State.POSTED,
]
COUNTED: list[State] = list(State)


def state_of(made: Plan, entries: dict[tuple[str, int], Entry]) -> State:
    status = status_of(made, entries)
    found: list[State] = [state for state in COUNTED if getattr(status, state)]
    assert len(found) == 1
    return found[0]


@given(st.data())
def test_the_sums_are_complete_whatever_happened(data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 8))
    posts = [
        post(
            n,
            pictures=data.draw(st.sampled_from([0, 2, 40])),
            visibility=data.draw(st.sampled_from(list(Visibility))),
        )
        for n in range(1, count + 1)
    ]
    made = plan(*posts)
    entries = {
        n.key: entry(n.post, n.part[0], state)
        for n in made.notes
        if (state := data.draw(st.sampled_from([None, *LEDGER_STATES])))
    }
    status = status_of(made, entries)
    assert sum(getattr(status, state) for state in COUNTED) == status.found == count
    assert len(status.notes) == len(made.notes)


def test_what_is_known_of_notes_is_found_anew_where_a_note_or_its_row_is_another() -> None:
    made, known = plan(post(1), post(2), post(3)), KnownStandings()
    first, second, third = made.notes
    rows = {first.key: entry(first.post, 1, State.STARTED)}
    before = status_of(made, rows, known=known)
    assert before == status_of(made, rows)
    again = replace(made, notes=(first, second, replace(third, title="Another")))
    rows = {first.key: entry(first.post, 1, State.POSTED)}
    after = status_of(again, rows, known=known)
    assert after == status_of(again, rows) != before
    assert after.notes[1] is before.notes[1]


def test_a_post_of_parts_is_as_far_as_its_least_advanced_part() -> None:
    made = plan(post(1, pictures=40))
    first = made.notes[0].post
    order = LEDGER_STATES
    for place, low in enumerate(order):
        for high in order[place:]:
            parts = {(first, 1): low, (first, 2): high, (first, 3): high}
            entries = {key: entry(*key, state) for key, state in parts.items()}
            assert state_of(made, entries) is low


def test_a_held_post_is_on_hold_until_something_left_for_the_account() -> None:
    made = plan(post(1, visibility=Visibility.ONLY_ME))
    key = (made.notes[0].post, 1)
    assert state_of(made, {key: entry(*key, State.UPLOADING)}) is State.HOLD
    assert state_of(made, {key: entry(*key, State.STARTED)}) is State.STARTED
    assert state_of(made, {key: entry(*key, State.POSTED)}) is State.POSTED


def test_leaving_a_note_out_answers_whether_it_is_there_already() -> None:
    item = post(1)
    key = (item.id, 1)
    skipped = plan(item, edits=edited(n1=Edit(action=Action.SKIP)))
    asked, tried = entry(*key, State.UNKNOWN, attempt=0, marker=None), entry(*key, State.UNKNOWN)
    assert state_of(plan(item), {key: asked}) is State.HOLD
    assert state_of(skipped, {key: asked}) is State.SKIP
    assert state_of(skipped, {key: tried}) is State.UNKNOWN


def sent(*notes: Note) -> dict[tuple[str, int], Entry]:
    """The rows of these notes of one post, which went out in this cut."""
    cut = tuple(tuple(file.sha256 for file in note.media) for note in notes)
    return {
        note.key: entry(
            *note.key, State.POSTED, title=note.title, carried=Carried(note.description, None, cut)
        )
        for note in notes
    }


def test_a_post_with_pictures_in_no_note_that_went_out_is_not_posted() -> None:
    rows = sent(*plan(post(1, pictures=18)).notes)
    more = post(1, pictures=20)
    known = plan(more, sent=rows.values())
    assert state_of(known, rows) is State.HOLD
    left = plan(more, sent=rows.values(), edits=edited(n1_2=Edit(action=Action.SKIP)))
    assert state_of(left, rows) is State.POSTED


def test_a_post_is_not_posted_while_pictures_of_it_are_not_here() -> None:
    item = post(1, pictures=2)
    rows = sent(*plan(item).notes)
    lacking = replace(item, links=(link(), link(), link()))
    status = status_of(plan(lacking, sent=rows.values()), rows)
    assert (status.posted, status.hold) == (0, 1)
    assert (status.notes[0].state, status.notes[0].changed_since) == (State.POSTED, ("files",))
    left = plan(lacking, sent=rows.values(), edits=edited(n1=Edit(action=Action.SKIP)))
    assert state_of(left, rows) is State.POSTED


def test_a_plan_that_does_not_know_what_went_out_has_its_post_on_hold() -> None:
    rows = sent(*plan(post(1, pictures=5)).notes)
    status = status_of(plan(post(1, pictures=12), post(2)), rows)
    assert (status.posted, status.hold, status.ready, status.cut_anew) == (0, 1, 1, (1,))


def test_what_was_dropped_is_told_until_the_list_shows_it_set() -> None:
    made = plan(post(1, visibility=Visibility.FRIENDS))
    key = made.notes[0].key
    row = entry(
        *key,
        State.POSTED,
        note_id="1",
        visibility=Visibility.FRIENDS,
        not_taken=("visibility", "declaration"),
    )

    def told(**seen: Any) -> tuple[str, ...]:
        return status_of(made, {key: replace(row, **seen)}).notes[0].not_taken

    assert told() == told(visibility_now=Visibility.PUBLIC) == ("visibility", "declaration")
    assert told(visibility_now=Visibility.FRIENDS) == ("declaration",)
    assert told(review="gone") == told(state=State.READY) == ()


def test_what_changed_since_a_note_went_out_is_told() -> None:
    item = post(1, pictures=3)
    rows = sent(*plan(item).notes)
    before = status_of(plan(item), rows).notes[0]
    assert (before.state, before.changed_since) == (State.POSTED, ())
    turned = replace(item, media=item.media[::-1], text="Other words")
    after = status_of(plan(turned, sent=rows.values()), rows)
    assert (after.posted, after.notes[0].changed_since) == (1, ("title", "text", "order"))
