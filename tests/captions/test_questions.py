"""What is left open becomes questions with the likeliest answer first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crossover.captions.caption import Caption
from crossover.captions.join import join_by_time
from crossover.captions.pairs import Candidate
from crossover.captions.questions import MOST_CHOICES, find_likely_pairs, make_questions
from crossover.model.posts import Kind, Post

T0 = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def post(
    seconds: int, number: int, kind: Kind | None = None, refused: tuple[str, ...] = ()
) -> Post:
    moment = T0 + timedelta(seconds=seconds)
    return Post(f"p{number}", moment, kind, number, not_tiktok_ids=refused)


def made_id(seconds: int, low: int = 7) -> str:
    return str((int(T0.timestamp()) + seconds) << 32 | low)


def words(*ids: str) -> dict[str, Caption]:
    return {i: Caption(i, f"text {i[-3:]}", None, None, None, "x") for i in ids}


def test_a_burst_is_proposed_in_its_order() -> None:
    posts = [post(0, 1), post(4, 2), post(9, 3)]
    ids = [made_id(-14), made_id(-10), made_id(-4)]
    joined = join_by_time(posts, map(Candidate, ids))
    made = make_questions(joined.ambiguous, posts, words(*ids))
    assert [proposal.likely for proposal in made] == ids
    assert [proposal.choices[0].tiktok_id for proposal in made] == ids
    assert all(len(proposal.choices) == 3 for proposal in made)


def test_a_post_too_many_is_left_without_a_guess_and_keeps_its_choices() -> None:
    posts = [post(0, 1), post(30, 2)]
    joined = join_by_time(posts, [Candidate(made_id(28))])
    first, second = make_questions(joined.ambiguous, posts, words(made_id(28)))
    assert (first.likely, second.likely) == (None, made_id(28))
    assert first.choices == second.choices


def test_posts_of_one_second_have_no_order_to_guess_by() -> None:
    posts = [post(0, 1), post(0, 2), post(5, 3)]
    ids = [made_id(-14), made_id(-13), made_id(-4)]
    made = make_questions(join_by_time(posts, map(Candidate, ids)).ambiguous, posts, words(*ids))
    assert [proposal.likely for proposal in made] == [None, None, ids[2]]


def test_what_contradicts_or_was_refused_is_no_choice() -> None:
    refusing = [post(0, 1, Kind.VIDEO, (made_id(2),)), post(1, 2)]
    ids = [Candidate(made_id(0), Kind.PHOTOS), Candidate(made_id(2)), Candidate(made_id(3))]
    assert find_likely_pairs(refusing[:1], ids[:2]) == {}
    joined = join_by_time(refusing, ids)
    known = {c.tiktok_id: Caption(c.tiktok_id, None, None, c.kind, None, "x") for c in ids}
    first, second = make_questions(joined.ambiguous, refusing, known)
    assert [choice.tiktok_id for choice in first.choices] == [made_id(3)]
    assert len(second.choices) == 3


def test_a_refusal_can_leave_another_pair_sure() -> None:
    posts = [post(0, 1, refused=(made_id(10),)), post(20, 2)]
    joined = join_by_time(posts, [Candidate(made_id(10))])
    assert [(pair.post, pair.tiktok_id) for pair in joined.pairs] == [("p2", made_id(10))]
    assert joined.posts_left == ("p1",)


def test_thousands_in_one_minute_are_listed_with_the_nearest_choices() -> None:
    posts = [post(n // 100, n) for n in range(1200)]
    ids = [made_id(n // 100, n) for n in range(1200)]
    made = make_questions(join_by_time(posts, map(Candidate, ids)).ambiguous, posts, words(*ids))
    assert len(made) == 1200
    assert {(len(proposal.choices), proposal.likely) for proposal in made} == {(MOST_CHOICES, None)}
