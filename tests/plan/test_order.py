"""The posts that the creator wants first go out first, and the others say that they wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.model.choices import PostNumbers, Rules
from crossover.model.notes import Plan, State
from crossover.transfer.outcome import to_send
from crossover.transfer.report.status import status_of
from tests.makers import plan, post


def staged(*first: int) -> Plan:
    posts = [post(1), post(2, pictures=20), post(3, text=None, title=None), post(4)]
    return plan(*posts, rules=Rules(first=PostNumbers(first)))


def numbers(made: Plan) -> list[str]:
    return [note.number for note in made.notes]


def test_without_the_rule_notes_go_in_the_order_of_their_posts() -> None:
    assert numbers(staged()) == ["1", "2.1", "2.2", "3", "4"]
    assert {note.reason for note in staged().notes if note.number != "3"} == {""}


def test_the_first_posts_come_first_in_their_order_with_all_their_parts() -> None:
    made = staged(4, 2)
    assert numbers(made) == ["4", "2.1", "2.2", "1", "3"]
    assert [note.number for note in to_send(made, {})] == ["4", "2.1", "2.2", "1"]


def test_the_others_are_ready_and_say_what_they_wait_for() -> None:
    standings = {note.number: note for note in status_of(staged(4, 2), {}).notes}
    assert (standings["1"].state, standings["1"].reason) == (
        State.READY,
        "after the 2 posts that go first",
    )
    assert standings["4"].reason is None
    assert standings["3"].state is State.HOLD
    assert "words" in str(standings["3"].reason), "what is on hold keeps its own reason"
    only = {note.number: note.reason for note in staged(4).notes}
    assert only["1"] == "after post 4, which goes first"


def test_another_order_is_another_plan() -> None:
    digests = {staged(*first).digest for first in ((), (4, 2), (2, 4), (4,))}
    assert len(digests) == 4


def test_a_post_that_is_not_there_is_told() -> None:
    with pytest.raises(
        UsageProblem, match=r"`stages.first` names post 9, and there is none: .* 1 to 4"
    ) as raised:
        staged(4, 9)
    assert "`crossover plan --set stages.first=4`" in str(raised.value.next)


@given(st.lists(st.integers(1, 4), unique=True))
def test_no_note_is_lost_or_doubled(first: list[int]) -> None:
    made = staged(*first)
    assert sorted(numbers(made)) == ["1", "2.1", "2.2", "3", "4"]
    assert (made.found, made.move, made.hold) == (4, 3, 1)
