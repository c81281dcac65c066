"""Which posts files may be by their dates: near ones of the right kind, and never all of a roll."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crossover.media.dating.dated import Dated, DatedFile, DateSource
from crossover.media.dating.proposals import (
    MOST_FILES,
    NamedMoment,
    OpenPost,
    Proposals,
    propose,
)
from crossover.model.posts import Kind, MediaKind
from tests.tier import by_tier

POSTED = datetime(2025, 5, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def post(number: int, at: datetime = POSTED, pictures: int = 0) -> OpenPost:
    kind = Kind.PHOTOS if pictures else Kind.VIDEO
    return OpenPost(f"p{number}", number, at, kind, pictures or None)


def video(name: str, at: datetime, *, zoned: bool = True, whole_day: bool = False) -> DatedFile:
    date = Dated(at, DateSource.FILE, zoned, whole_day)
    return DatedFile(name, 1, 1, MediaKind.VIDEO, date)


def image(name: str, at: datetime) -> DatedFile:
    return DatedFile(name, 1, 1, MediaKind.IMAGE, Dated(at, DateSource.FILE, True))


def proposed(files: list[DatedFile], *posts: OpenPost) -> Proposals:
    return propose(files, posts, lambda *_: False)


def numbers(found: Proposals) -> list[tuple[list[str], list[int]]]:
    return [([f.path for f in group], [one.number for one in some]) for group, some in found.asked]


def test_the_nearest_post_after_it_comes_first() -> None:
    posts = post(1, POSTED - DAY), post(2), post(3, POSTED + 3 * DAY), post(4, POSTED + 90 * DAY)
    assert numbers(proposed([video("a", POSTED - HOUR)], *posts)) == [(["a"], [2, 3])]


def test_a_post_of_another_kind_is_none() -> None:
    found = proposed([video("a", POSTED - HOUR)], post(1, pictures=1))
    assert (found.asked, found.out_of_reach) == ((), 1)


def test_a_clock_without_a_zone_may_be_ahead_and_one_with_it_may_not() -> None:
    ahead = POSTED + 13 * HOUR
    assert numbers(proposed([video("a", ahead, zoned=False)], post(1))) == [(["a"], [1])]
    assert proposed([video("a", ahead)], post(1)).out_of_reach == 1


def test_a_day_without_a_time_counts_whole() -> None:
    day = POSTED.replace(hour=0)
    found = proposed([video("a", day, zoned=False, whole_day=True)], post(1))
    assert found.asked[0][1][0].about


def test_each_post_is_first_for_the_file_that_is_nearest_to_it() -> None:
    """The raw days of two videos overlap: the earlier one is the later post's."""
    files = [video("late", POSTED - 5 * DAY), video("soon", POSTED - 4 * DAY - HOUR)]
    found = proposed(files, post(1, POSTED - 4 * DAY), post(2))
    assert [one[1][0] for one in numbers(found)] == [2, 1]


def test_the_post_whose_second_stands_in_the_name_comes_before_all_others() -> None:
    named = video("/roll/20250501_120000.mp4", POSTED, zoned=False)
    as_long = replace(post(2, POSTED + HOUR), seconds=23.0)
    found = proposed([replace(named, seconds=23.4)], post(1), as_long)
    assert numbers(found) == [(["/roll/20250501_120000.mp4"], [1, 2])]
    assert [one.named for one in found.asked[0][1]] == [NamedMoment.SECOND, None]


def test_a_post_of_the_named_day_is_told_so_and_one_of_the_next_is_not() -> None:
    named = video("2025-05-01 first words.mp4", POSTED.replace(hour=0), zoned=False, whole_day=True)
    found = proposed([named], post(1), post(2, POSTED + DAY))
    assert [one.named for one in found.asked[0][1]] == [NamedMoment.DAY, None]


def test_a_name_of_another_second_says_nothing_of_the_post() -> None:
    named = video("20250501_115959.mp4", POSTED, zoned=False)
    assert proposed([named], post(1)).asked[0][1][0].named is None


def test_a_post_of_the_same_length_comes_before_a_nearer_one_and_of_another_last() -> None:
    file = replace(video("a", POSTED - HOUR), seconds=23.4)
    other, same, unknown = (
        replace(post(1), seconds=40.0),
        replace(post(2, POSTED + 20 * DAY), seconds=23.0),
        post(3, POSTED + DAY),
    )
    found = proposed([file], other, same, unknown)
    assert numbers(found) == [(["a"], [2, 3, 1])]
    assert [one.same_length for one in found.asked[0][1]] == [True, None, False]


def test_pictures_taken_together_are_one_question_where_a_post_has_as_many() -> None:
    burst = [image(f"{n}", POSTED - DAY + n * timedelta(minutes=1)) for n in range(3)]
    lone = image("lone", POSTED - DAY - 5 * HOUR)
    found = proposed([lone, *burst], post(1, pictures=3), post(2, POSTED + HOUR, pictures=1))
    assert sorted(numbers(found)) == [(["0", "1", "2"], [1]), (["lone"], [2])]
    found = proposed([*burst, lone], post(1, pictures=4))
    assert numbers(found) == [(["lone", "0", "1", "2"], [1])], "or those of the whole day"
    assert proposed(burst, post(1, pictures=5)).uneven == 3


def test_what_was_refused_is_not_proposed_again() -> None:
    file = video("a", POSTED - HOUR)
    posts = [post(1), post(2, POSTED + DAY)]
    found = propose([file], posts, lambda _, one: one.number == 1)
    assert numbers(found) == [(["a"], [2])]


def test_of_a_whole_roll_only_the_nearest_are_asked_and_all_are_counted() -> None:
    size = by_tier(2_000, 10_000)
    rng = random.Random(1)
    start = POSTED - 500 * DAY
    files = [video(f"{n:05}", start + rng.random() * 500 * DAY) for n in range(size)]
    posts = [post(n, start + rng.random() * 500 * DAY) for n in range(20)]
    found = proposed(files, *posts)
    asked = sum(len(group) for group, _ in found.asked)
    assert 20 <= asked <= 20 * MOST_FILES
    assert asked + found.out_of_reach + found.crowded_out + found.uneven == size
    likely = [some[0].post for _, some in found.asked[:20]]
    assert len(set(likely)) == 20, "first one file for each post"


def test_among_videos_of_daily_life_the_first_proposal_stays_right(
    figure: Callable[[str], None],
) -> None:
    """60 posts, and three other videos a day: one who knows answers until nothing is asked."""
    rng = random.Random(2)
    at, truth, files, posts = POSTED, {}, [], []
    for number in range(by_tier(15, 60)):
        at += rng.randint(1, 6) * DAY + rng.random() * DAY / 2
        posts.append(post(number, at))
        lag = rng.choice((0.5, 1, 2, 3, 6, 20, 26, 50, 75, 120))
        files.append(video(f"own {number}", at - lag * HOUR))
        truth[files[-1].path] = number
    days = (at - POSTED) // DAY
    files += [video(f"other {n}", POSTED + rng.random() * (at - POSTED)) for n in range(days * 3)]
    given, right, asked, found = len(files), 0, 0, set()
    while questions := proposed(files, *posts).asked:
        asked += 1
        (file,), some = questions[0]
        numbers = [one.number for one in some]
        if (number := truth.get(file.path, -1)) in numbers:
            right += number == numbers[0]
            found.add(number)
            posts = [one for one in posts if one.number != number]
        files.remove(file)
    figure(f"{right} of {len(truth)} first proposals right, {asked} of {given} files asked about")
    assert len(found) == len(truth)
    assert right >= 0.85 * len(truth)
    assert asked < given * 0.75
