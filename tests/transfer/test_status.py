"""Where every post stands: each in one state, and the sums are complete."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.ledger.entry import Entry
from crossover.model.notes import Plan, State
from crossover.model.posts import Visibility
from crossover.transfer.report.status import status_of
from tests.makers import entry, plan, post

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
