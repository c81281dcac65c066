"""The rule `order`: oldest or newest first, and nothing else changes places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crossover.model.choices import Order, PostNumbers, Rules
from tests.makers import plan, post

NEWEST = Order.NEWEST_FIRST
START = datetime(2024, 1, 1, tzinfo=UTC)


@given(st.lists(st.integers(0, 3), max_size=6).map(sorted))
def test_newest_first_keeps_posts_of_one_second_and_the_parts_of_a_post_in_order(
    seconds: list[int],
) -> None:
    posts = [
        post(number, posted_at=START + timedelta(seconds=second), pictures=20)
        for number, second in enumerate(seconds, 1)
    ]
    made = plan(*posts, rules=Rules(order=NEWEST)).notes
    assert len(made) == 2 * len(posts)
    expected = sorted(made, key=lambda n: (-n.posted_at.timestamp(), n.post_number, n.part))
    assert list(made) == expected
    oldest = plan(*posts).notes
    assert sorted(made, key=lambda n: n.number) == sorted(oldest, key=lambda n: n.number)


def test_what_goes_first_by_name_comes_before_the_newest() -> None:
    posts = [post(number, posted_at=START + timedelta(days=number)) for number in (1, 2, 3)]
    rules = Rules(order=NEWEST, first=PostNumbers((1,)))
    assert [note.number for note in plan(*posts, rules=rules).notes] == ["1", "3", "2"]
