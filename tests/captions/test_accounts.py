"""The join over made accounts, as a creator's years look: bursts, gaps, posts and ids missing.

The truth is known here, so every accepted pair can be checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from crossover.captions.caption import Caption
from crossover.captions.join import join_by_time
from crossover.captions.pairs import WINDOW, Candidate
from crossover.captions.questions import make_questions
from crossover.model.posts import Kind, Post
from tests.tier import by_tier

ACCOUNTS = by_tier(24, 2000)
APART = 120
"""Seconds: a missing id and an extra one nearer than this cannot be told apart by time."""
T0 = datetime(2019, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Account:
    """`truth` is post → id for every post whose id is listed; ids of no post are extra."""

    posts: list[Post]
    candidates: list[Candidate]
    truth: dict[str, str]
    missing: list[int]
    extra: list[int]


def account(chance: Random, *, apart: int, days: int = 400) -> Account:
    """Hundreds of posts. Most days none, some days one, now and then a burst seconds apart. The
    id is 0 to 49 s before its post, seldom after it. Some posts are not listed, some listed ones
    are not in the export; where `apart`, no two such within that many seconds of each other."""
    seconds: list[int] = []
    now = 0
    for _ in range(chance.randint(days // 5, days)):
        now += chance.choice([40_000, 90_000, 300_000, 5_000, 130])
        now += chance.randint(0, 4000)
        burst = chance.choice([1] * 12 + [2, 3, 7])
        for _ in range(burst):
            seconds.append(now)
            now += chance.choice([1, 3, 15, 40, 61, 100])
    posts, candidates, truth = [], [], {}
    missing: list[int] = []
    extra: list[int] = []
    for number, second in enumerate(seconds):
        kind = chance.choice([Kind.VIDEO, Kind.VIDEO, Kind.PHOTOS, None])
        skew = chance.choice([14, 3, 25, 49, 0, chance.randint(0, 49), -chance.randint(0, 49)])
        made = int(T0.timestamp()) + second - skew
        tiktok_id = str(made << 32 | number)
        post = Post(f"p{number}", T0 + timedelta(seconds=second), kind, number)
        fate = chance.choice(["both"] * 9 + ["missing", "extra"])
        if fate == "missing" and all(abs(made - other) > apart for other in extra):
            missing.append(made)
            posts.append(post)
        elif fate == "extra" and all(abs(made - other) > apart for other in missing):
            extra.append(made)
            candidates.append(Candidate(tiktok_id))
        else:
            posts.append(post)
            candidates.append(Candidate(tiktok_id, chance.choice([None, None, kind])))
            truth[post.id] = tiktok_id
    chance.shuffle(posts)
    chance.shuffle(candidates)
    return Account(posts, candidates, truth, missing, extra)


def unambiguous(made: Account) -> set[str]:
    """The posts whose own id is near no other post, and near whom is no other id."""
    at = {post.id: int(post.posted_at.timestamp()) for post in made.posts}
    posts = Counter(second // APART for second in at.values())
    seconds = {c.tiktok_id: int(c.tiktok_id) >> 32 for c in made.candidates}
    ids = Counter(second // APART for second in seconds.values())

    def alone(second: int, crowd: Counter[int], exact: list[int]) -> bool:
        if sum(crowd[second // APART + step] for step in (-1, 0, 1)) == 1:
            return True
        return sum(abs(second - other) <= WINDOW for other in exact) == 1

    return {
        post
        for post, tiktok_id in made.truth.items()
        if alone(at[post], ids, list(seconds.values()))
        and alone(seconds[tiktok_id], posts, list(at.values()))
    }


def test_accepted_pairs_are_right_and_nearly_all_unambiguous_ones_are_accepted(
    figure: Callable[[str], None],
) -> None:
    posts = accepted = wrong = clear = found = asked = likely = right = 0
    for seed in range(ACCOUNTS):
        made = account(Random(seed), apart=APART)
        joined = join_by_time(made.posts, made.candidates)
        pairs = {pair.post: pair.tiktok_id for pair in joined.pairs}
        wrong += sum(made.truth.get(post) != tiktok_id for post, tiktok_id in pairs.items())
        sure = unambiguous(made)
        posts, accepted = posts + len(made.posts), accepted + len(pairs)
        clear, found = clear + len(sure), found + len(sure.intersection(pairs))
        words = {
            c.tiktok_id: Caption(c.tiktok_id, None, None, c.kind, None, "") for c in made.candidates
        }
        for proposal in make_questions(joined.ambiguous, made.posts, words):
            own = made.truth.get(proposal.post.id)
            asked += 1
            likely += proposal.likely is not None
            right += proposal.likely == own
            assert own is None or own in {choice.tiktok_id for choice in proposal.choices}
    figure(
        f"{ACCOUNTS} accounts, {posts:,} posts: {accepted:,} pairs accepted, {wrong} wrong;"
        f" {found:,} of {clear:,} unambiguous ones accepted ({found / clear:.2%});"
        f" {asked:,} posts to confirm, first proposal right for {right / asked:.1%}"
    )
    assert wrong == 0
    assert found >= 0.99 * clear
    assert min(clear, asked, likely) > 100, "the accounts must show both sides"


def test_a_missing_and_an_extra_id_close_together_are_counted_apart(
    figure: Callable[[str], None],
) -> None:
    """Time cannot tell these: a post that is not listed, and a listed one that is not in the
    export, each the other's only choice. Nothing else may be wrong."""
    accepted = wrong = explained = 0
    for seed in range(ACCOUNTS):
        made = account(Random(seed), apart=0)
        for pair in join_by_time(made.posts, made.candidates).pairs:
            accepted += 1
            if made.truth.get(pair.post) != pair.tiktok_id:
                wrong += 1
                second = int(pair.tiktok_id) >> 32
                explained += any(abs(second - other) <= APART for other in made.missing)
    figure(
        f"missing and extra ids side by side: {wrong} of {accepted:,} accepted pairs are of another"
        f" post ({wrong / accepted:.3%})"
    )
    assert wrong == explained
    assert wrong > 0, "the case must occur"


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_posts_and_ids_does_not_matter(seed: int) -> None:
    made = account(Random(seed), apart=0)
    one = join_by_time(made.posts, made.candidates)
    other = join_by_time(made.posts[::-1], made.candidates[::-1])
    assert set(one.pairs) == set(other.pairs)
    assert {frozenset(g.posts) for g in one.ambiguous} == {
        frozenset(g.posts) for g in other.ambiguous
    }


@pytest.mark.parametrize("seed", range(2))
def test_answering_every_question_rightly_pairs_everything_rightly(seed: int) -> None:
    """Refusals and pairs that are said narrow down what is left until nothing is open."""
    made = account(Random(seed), apart=APART, days=60)
    posts = {post.id: post for post in made.posts}
    while (joined := join_by_time(posts.values(), made.candidates)).ambiguous:
        group = joined.ambiguous[0]
        asked = group.posts[0]
        own = made.truth.get(asked)
        if own is not None:
            posts[asked] = replace(posts[asked], tiktok_id=own)
        else:
            posts[asked] = replace(posts[asked], not_tiktok_ids=group.tiktok_ids)
    assert {pair.post: pair.tiktok_id for pair in joined.pairs} == made.truth


# --- TikTok's own times ---------------------------------------------------------------------


def as_listed(made: Account, chance: Random, differing: float | None) -> list[Candidate]:
    """The candidates with TikTok's own times: the dates of their posts, some of them a second or a
    few off; without a share that is `differing`, the ids' own seconds."""
    dates = {made.truth[post.id]: post.posted_at for post in made.posts if post.id in made.truth}

    def own_time(one: Candidate) -> datetime:
        second = datetime.fromtimestamp(int(one.tiktok_id) >> 32, UTC)
        if differing is None:
            return second
        date = dates.get(one.tiktok_id) or second + timedelta(
            seconds=chance.choice([0, 14, 25, 49])
        )
        off = chance.choice([1, 1, -1, 3, 14]) if chance.random() < differing else 0
        return date + timedelta(seconds=off)

    return [replace(one, posted_at=own_time(one)) for one in made.candidates]


@pytest.mark.parametrize("differing", by_tier([0.0, 0.5, None], [0.0, 0.005, 0.05, 0.5, 1.0, None]))
@pytest.mark.parametrize("apart", [APART, 0])
def test_own_times_settle_bursts_and_never_wrongly(
    figure: Callable[[str], None], differing: float | None, apart: int
) -> None:
    before = after = wrong = settled = 0
    for seed in range(by_tier(8, 1000)):
        made = account(Random(seed), apart=apart)
        listed = as_listed(made, Random(seed + 1), differing)
        near, joined = join_by_time(made.posts, made.candidates), join_by_time(made.posts, listed)
        before += sum(len(group.posts) for group in near.ambiguous)
        after += sum(len(group.posts) for group in joined.ambiguous)
        old = {(pair.post, pair.tiktok_id) for pair in near.pairs}
        fresh = [pair for pair in joined.pairs if (pair.post, pair.tiktok_id) not in old]
        settled += len(fresh)
        wrong += sum(made.truth.get(pair.post) != pair.tiktok_id for pair in fresh)
    figure(
        f"own times differ for {differing}, ids {apart} s apart: {before:,} posts open without them,"
        f" {after:,} with them; {settled:,} settled, {wrong} wrong"
    )
    assert wrong == 0
    if differing == 0.0:
        assert after < before * 0.35
