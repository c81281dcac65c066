from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.captions.join import join_by_time
from crossover.captions.pairs import AmbiguousGroup, Candidate, JoinResult, Pair
from crossover.model.posts import Kind, Post
from crossover.model.tiktok import id_second

T0 = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def post(
    seconds: int, kind: Kind | None = None, name: str = "", tiktok_id: str | None = None
) -> Post:
    moment = T0 + timedelta(seconds=seconds)
    return Post(name or f"{seconds}", moment, kind, tiktok_id=tiktok_id)


def made_id(seconds: int, low: int = 7) -> str:
    return str((int(T0.timestamp()) + seconds) << 32 | low)


def all_posts_and_ids(joined: JoinResult) -> tuple[list[str], list[str]]:
    posts = [p.post for p in joined.pairs] + list(joined.posts_left)
    ids = [p.tiktok_id for p in joined.pairs] + list(joined.tiktok_ids_left)
    for group in joined.ambiguous:
        posts += group.posts
        ids += group.tiktok_ids
    return sorted(posts), sorted(ids)


def test_the_upper_half_of_an_id_is_its_second() -> None:
    assert id_second("7000000000000000007") == 7000000000000000007 >> 32
    assert id_second("abc") is id_second("") is id_second("٣") is id_second("9" * 40) is None


@pytest.mark.parametrize(("gap", "accepted"), [(0, True), (60, True), (61, False), (-60, True)])
def test_a_pair_within_the_window_is_accepted_with_its_difference(gap: int, accepted: bool) -> None:
    joined = join_by_time([post(gap)], [Candidate(made_id(0))])
    assert joined.pairs == ((Pair(str(gap), made_id(0), gap, sure=False),) if accepted else ())
    assert all_posts_and_ids(joined) == ([str(gap)], [made_id(0)])


def test_two_posts_for_one_id_are_ambiguous_and_list_both_sides() -> None:
    joined = join_by_time([post(0), post(50)], [Candidate(made_id(0))])
    assert joined.ambiguous == (AmbiguousGroup(("0", "50"), (made_id(0),)),)
    assert joined.pairs == ()


def test_kinds_that_contradict_tell_posts_of_one_second_apart() -> None:
    twins = [post(0, Kind.VIDEO, "v"), post(0, Kind.PHOTOS, "p")]
    ids = [Candidate(made_id(-3, 1), Kind.PHOTOS), Candidate(made_id(-3, 2), Kind.VIDEO)]
    joined = join_by_time(twins, ids)
    assert {(p.post, p.tiktok_id) for p in joined.pairs} == {
        ("p", made_id(-3, 1)),
        ("v", made_id(-3, 2)),
    }
    unknown = join_by_time(twins, [Candidate(c.tiktok_id) for c in ids])
    assert unknown.pairs == ()
    assert len(unknown.ambiguous) == 1


def test_an_id_the_export_itself_gives_is_sure_and_frees_the_neighbour() -> None:
    joined = join_by_time(
        [post(0, tiktok_id=made_id(-2)), post(10)], [Candidate(made_id(-2)), Candidate(made_id(5))]
    )
    assert [(p.post, p.sure) for p in joined.pairs] == [("0", True), ("10", False)]


def test_a_post_with_an_id_takes_no_other() -> None:
    joined = join_by_time([post(0, tiktok_id=made_id(500))], [Candidate(made_id(0))])
    assert (joined.posts_left, joined.tiktok_ids_left) == (("0",), (made_id(0),))


def test_a_candidate_given_twice_counts_once() -> None:
    joined = join_by_time([post(0)], [Candidate(made_id(0)), Candidate(made_id(0), Kind.VIDEO)])
    assert len(joined.pairs) == 1


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(), count=st.integers(1, 400), drop=st.sampled_from(["posts", "ids", ""]))
def test_accepted_pairs_are_always_right(seed: int, count: int, drop: str) -> None:
    random = Random(seed)
    truth: dict[str, str] = {}
    posts: list[Post] = []
    candidates: list[Candidate] = []
    for number in range(count):
        second = random.randrange(count * random.choice([20, 400, 4000]))
        kind = random.choice([*Kind, None])
        name = f"post-{number}"
        truth[name] = made_id(second - random.randint(-49, 49), number)
        posts.append(post(second, kind, name))
        candidates.append(Candidate(truth[name], random.choice([kind, None])))
    kept_posts = [p for p in posts if drop != "posts" or random.random() < 0.7]
    kept_ids = [c for c in candidates if drop != "ids" or random.random() < 0.7]
    random.shuffle(kept_posts)
    random.shuffle(kept_ids)
    joined = join_by_time(kept_posts, kept_ids)
    assert all(truth[pair.post] == pair.tiktok_id for pair in joined.pairs)
    assert all(abs(pair.seconds) <= 49 for pair in joined.pairs)
    assert all_posts_and_ids(joined) == (
        sorted(p.id for p in kept_posts),
        sorted(c.tiktok_id for c in kept_ids),
    )
    assert set(joined.pairs) == set(join_by_time(kept_posts[::-1], kept_ids[::-1]).pairs)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from([*Kind, None])), max_size=8),
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from([*Kind, None])), max_size=8),
)
def test_a_pair_is_accepted_exactly_when_each_is_the_others_only_choice(
    some_posts: list[tuple[int, Kind | None]], some_ids: list[tuple[int, Kind | None]]
) -> None:
    posts = [post(s, kind, f"p{n}") for n, (s, kind) in enumerate(some_posts)]
    ids = [Candidate(made_id(s, n), kind) for n, (s, kind) in enumerate(some_ids)]

    def fits(p: Post, c: Candidate) -> bool:
        near = abs(p.posted_at.timestamp() - (int(c.tiktok_id) >> 32)) <= 60
        return near and (p.kind is None or c.kind is None or p.kind is c.kind)

    wanted = set()
    for p in posts:
        choices = [c for c in ids if fits(p, c)]
        if len(choices) == 1 and [q for q in posts if fits(q, choices[0])] == [p]:
            wanted.add((p.id, choices[0].tiktok_id))
    assert {(p.post, p.tiktok_id) for p in join_by_time(posts, ids).pairs} == wanted


def test_many_posts_in_one_second_are_joined_in_seconds() -> None:
    posts = [post(0, None, f"p{n}") for n in range(15_000)]
    ids = [Candidate(made_id(0, n)) for n in range(15_000)]
    began = time.monotonic()
    assert len(join_by_time(posts, ids).ambiguous) == 1
    assert time.monotonic() - began < 10


# --- TikTok's own times ---------------------------------------------------------------------


def listed(seconds: int, own: int, low: int = 7) -> Candidate:
    """A candidate whose id was made in one second, and whose own time is another."""
    return Candidate(made_id(seconds, low), None, T0 + timedelta(seconds=own))


def of(joined: JoinResult) -> dict[str, str]:
    return {pair.post: pair.tiktok_id for pair in joined.pairs}


def test_own_times_that_are_the_dates_settle_a_burst() -> None:
    posts = [post(0), post(25), post(50)]
    ids = [listed(-14, 0), listed(-5, 25), listed(41, 50)]
    joined = join_by_time(posts, ids)
    assert of(joined) == {"0": made_id(-14), "25": made_id(-5), "50": made_id(41)}
    assert all(pair.own_time for pair in joined.pairs)
    assert join_by_time(posts, [Candidate(one.tiktok_id) for one in ids]).pairs == ()


def test_own_times_settle_a_burst_in_part_only_where_the_account_shows_that_they_are_dates() -> (
    None
):
    posts, ids = [post(0), post(25)], [listed(-14, 0), listed(20, 26)]
    assert of(join_by_time(posts, ids)) == {}
    elsewhere = [day * 86400 for day in (1, 2, 3)]
    posts += [post(second) for second in elsewhere]
    joined = join_by_time(posts, [*ids, *(listed(second - 9, second) for second in elsewhere)])
    assert of(joined).get("0") == made_id(-14)
    assert "25" not in of(joined), "its own time is another: that one is asked about"


def test_own_times_that_are_the_ids_seconds_over_again_settle_nothing() -> None:
    """By them the second post would get the id of the first."""
    posts = [post(0), post(14)]
    assert of(join_by_time(posts, [listed(-14, -14), listed(0, 0)])) == {}


def test_where_sure_pairs_contradict_them_own_times_settle_nothing() -> None:
    posts = [post(0), post(25), post(86400)]
    ids = [listed(-14, 0), listed(20, 25), listed(86390, 86391)]
    assert of(join_by_time(posts, ids)) == {"86400": made_id(86390)}


def test_two_posts_of_one_second_are_not_told_apart_by_it() -> None:
    posts = [post(0, name="a"), post(0, name="b")]
    assert of(join_by_time(posts, [listed(-14, 0, 1), listed(-5, 0, 2)])) == {}


def test_an_id_made_days_before_is_asked_about_and_blocks_no_other() -> None:
    """Scheduled: its id fell beside another post, its own time says three days later."""
    later = 3 * 86400
    posts, ids = [post(0), post(later)], [listed(-9, 0), listed(21, later)]
    joined = join_by_time(posts, ids)
    assert of(joined) == {"0": made_id(-9)}
    assert joined.ambiguous == (AmbiguousGroup((str(later),), (made_id(21),)),)
    assert joined.tiktok_ids_left == ()


def test_a_refused_post_or_one_of_another_kind_is_no_match_by_own_time() -> None:
    refused = replace(post(0), not_tiktok_ids=(made_id(-14),))
    far = listed(-90_000, 0)
    assert of(join_by_time([refused, post(25)], [listed(-14, 0), listed(20, 25)])) == {}
    assert join_by_time([post(0, Kind.PHOTOS)], [replace(far, kind=Kind.VIDEO)]).ambiguous == ()
