"""The posts to begin with: fair to early years, spread, in season, each with its reason."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.model.choices import Order
from crossover.schedule.best_first import (
    RatedPost,
    choose_best,
    find_out_of_season,
    offer_best,
    rate_posts,
)
from crossover.schedule.seasons import Season, load_seasons
from tests.makers import post

START = datetime(2020, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2026, 12, 1)
CHRISTMAS = load_seasons().by_tag["christmas"]
EASTER = load_seasons().by_tag["easter"]


def rated(number: int, likes: int = 10, **fields: object) -> RatedPost:
    values: dict[str, object] = {
        "number": number,
        "posted_at": START + timedelta(days=7 * number),
        "likes": likes,
        "around": 10,
        "subject": None,
        "season": None,
    }
    return RatedPost(**(values | fields))  # type: ignore[arg-type]


def days(number: int, first: date = FIRST_DAY) -> list[date]:
    return [first + timedelta(days=at) for at in range(number)]


def best(posts: list[RatedPost], number: int, first: date = FIRST_DAY) -> list[int]:
    return [one.post.number for one in choose_best(posts, days(number, first))]


def test_early_years_compare_fairly_with_late_ones() -> None:
    """A few likes among posts with hardly any beat many among posts with as many."""
    early = [post(n, likes=40 if n == 20 else 2) for n in range(1, 41)]
    late = [post(n, likes=9000 if n == 70 else 5000) for n in range(41, 81)]
    found = choose_best(rate_posts([*late, *early]), days(2))
    assert [(one.post.number, one.why) for one in found] == [
        (20, "40 likes, 20 times those of the posts around it"),
        (70, "9,000 likes, 1.8 times those of the posts around it"),
    ]


def test_the_best_stand_in_the_order_of_the_posts() -> None:
    posts = [rated(n, likes) for n, likes in ((1, 30), (2, 10), (3, 90), (4, 10), (5, 50))]
    assert best(posts, 3) == [1, 3, 5]


def test_they_are_spread_over_subjects() -> None:
    cats = [rated(n, 100 - n, subject="cats") for n in range(1, 31)]
    books = [rated(n, 95 - n, subject="books") for n in range(31, 41)]
    found = Counter(one.post.subject for one in choose_best([*cats, *books], days(8)))
    assert found == {"cats": 6, "books": 2}, "as all posts are"


def test_they_are_spread_over_time() -> None:
    one_good_year = [rated(n, 40 if n <= 52 else 20) for n in range(1, 209)]
    years = Counter(o.post.posted_at.year for o in choose_best(one_good_year, days(16)))
    assert set(years) == {2020, 2021, 2022, 2023}


def test_a_post_of_a_feast_goes_out_in_its_season_or_not_among_the_best() -> None:
    posts = [rated(1, 90, season=CHRISTMAS), rated(2, 95, season=EASTER), rated(3), rated(4)]
    in_november = choose_best(posts, days(3, date(2026, 11, 19)))
    assert [(one.post.number, one.day.day) for one in in_november] == [(3, 19), (1, 20), (4, 21)]
    assert in_november[1].why.endswith("; in season: Christmas")
    assert best(posts, 2, date(2026, 7, 1)) == [3, 4]
    assert best(posts, 2, date(2027, 3, 20)) == [2, 3]


def test_a_post_as_good_out_of_its_season_is_told() -> None:
    posts = [rated(1, 90, season=EASTER), rated(2, 5, season=EASTER), rated(3, 20), rated(4, 20)]
    chosen = choose_best(posts, days(2))
    assert [post.number for post in find_out_of_season(posts, chosen)] == [1]
    crowded = [rated(n, 90, season=CHRISTMAS) for n in range(1, 5)]
    assert find_out_of_season(crowded, choose_best(crowded, days(2))) == (), "in season they were"
    in_spring = choose_best(posts, days(2, date(2027, 3, 20)))
    assert [post.number for post in find_out_of_season(posts, in_spring)] == []


@pytest.mark.parametrize(
    ("order", "numbers"), [(Order.OLDEST_FIRST, [1, 3]), (Order.NEWEST_FIRST, [3, 1])]
)
def test_posts_that_go_are_offered_in_the_order_in_which_they_go(
    order: Order, numbers: list[int]
) -> None:
    posts = [rated(1, 50), rated(2, 99), rated(3, 90), rated(4), rated(5, 95, season=EASTER)]
    chosen, out_of_season = offer_best(posts, {1, 3, 4, 5}, days(2), order)
    assert [one.post.number for one in chosen] == numbers
    assert [post.number for post in out_of_season] == [5]


def test_a_feast_takes_no_more_days_than_it_has() -> None:
    posts = [rated(n, 99, season=CHRISTMAS) for n in range(1, 6)] + [rated(9), rated(10)]
    assert best(posts, 4, date(2026, 12, 25)) == [1, 2, 9, 10]


def test_with_few_posts_every_one_is_chosen_that_is_in_season() -> None:
    posts = [rated(1), rated(2, season=CHRISTMAS), rated(3)]
    assert best(posts, 60) == [2, 1, 3]
    assert best([], 60) == []
    assert best([rated(1)], 0) == []


def test_summer_is_the_time_of_the_year_at_which_it_was_posted() -> None:
    summer = load_seasons().by_tag["summer"]
    in_sydney, in_rome = date(2022, 1, 10), date(2022, 7, 10)
    assert summer.includes(date(2026, 12, 20), in_sydney)
    assert not summer.includes(date(2026, 12, 20), in_rome)
    assert summer.includes(date(2027, 8, 1), in_rome)


def test_a_season_over_the_turn_of_the_year() -> None:
    new_year = load_seasons().by_tag["newyear"]
    inside = [date(2026, 12, 31), date(2027, 1, 10)]
    assert [new_year.includes(day, START.date()) for day in inside] == [True, True]
    assert not new_year.includes(date(2027, 1, 11), START.date())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Our tree #xmas #home", "Christmas"),
        ("Joyeux Noël à tous", "Christmas"),
        ("圣诞快乐", "Christmas"),
        ("Lantern making #元宵节快乐 #chinesenewyear", "Chinese New Year"),
        ("winter morning #winter #christmas", "Christmas"),
        ("#Herbst walk", "autumn"),
        ("I fall asleep in spring", None),
        ("Mother’s Day brunch", "Mother's Day"),
        ("Holiday in the valentineworks", None),
        ("", None),
    ],
)
def test_a_season_is_found_by_hashtags_and_words(text: str, name: str | None) -> None:
    (found,) = rate_posts([post(text=text, likes=1)])
    assert (found.season.name if found.season else None) == name


def test_the_subject_is_what_most_hashtags_are_about() -> None:
    text = "So #cats #kitten #coffee #christmas #fyp"
    assert [one.subject for one in rate_posts([post(text=text, likes=1)])] == ["cats"]
    for of_none in ("#fyp", "#christmas", "#foundation", ""):
        assert [one.subject for one in rate_posts([post(text=of_none, likes=1)])] == [None]


def test_posts_whose_likes_are_not_known_are_left_out() -> None:
    assert [one.number for one in rate_posts([post(1), post(2, likes=0)])] == [2]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"likes": 100, "around": 10}, "100 likes, 10 times those of the posts around it"),
        ({"likes": 1, "around": 0}, "1 like, the most of 2020"),
        ({"likes": 1204, "around": 1000, "subject": "city-life"}, "1,204 likes, the most of 2020"),
    ],
)
def test_each_has_its_reason(fields: dict[str, object], why: str) -> None:
    (found,) = choose_best([rated(1, **fields)], days(1))  # type: ignore[arg-type]
    assert found.why == why


def test_the_best_of_a_subject_and_the_others_have_a_reason_too() -> None:
    posts = [
        rated(1, 14, subject="cats"),
        rated(2, 13, subject="city-life"),
        rated(3, 12, subject="cats"),
    ]
    assert [one.why for one in choose_best(posts, days(3))] == [
        "14 likes, the most of 2020",
        "13 likes, the most about city life",
        "12 likes, where those around it have 10",
    ]


def test_every_season_has_tags_of_the_table_and_a_name_of_its_own() -> None:
    from crossover.mapping.topics.table import load_table

    firsts = {row.tag for row in load_table().rows}
    table = load_seasons()
    assert set(table.by_tag) <= firsts, set(table.by_tag) - firsts
    for season in table.by_tag.values():
        assert all(first < last for first, last in season.dates)


@st.composite
def some_posts(draw: st.DrawFn) -> list[RatedPost]:
    seasons: list[Season | None] = [None, None, None, *load_seasons().by_tag.values()]
    return [
        rated(
            number,
            draw(st.integers(0, 10_000)),
            around=draw(st.integers(0, 1000)),
            subject=draw(st.sampled_from([None, "cats", "books", "travel"])),
            season=draw(st.sampled_from(seasons)),
        )
        for number in range(1, draw(st.integers(0, 30)) + 1)
    ]


@given(some_posts(), st.integers(0, 40), st.integers(0, 400))
def test_none_comes_twice_and_none_out_of_season(
    posts: list[RatedPost], number: int, later: int
) -> None:
    wanted = days(number, FIRST_DAY + timedelta(days=later))
    found = choose_best(posts, wanted)
    numbers = [one.post.number for one in found]
    timeless = [one.post.number for one in found if one.post.season is None]
    assert len(numbers) == len(set(numbers)) <= number
    assert timeless == sorted(timeless), "in the order of the posts"
    assert [one.day for one in found] == wanted[: len(found)], "no day is left empty between"
    assert all(
        one.post.season is None or one.post.season.includes(one.day, one.post.posted_at.date())
        for one in found
    )
    without_season = sum(one.season is None for one in posts)
    assert len(found) >= min(number, without_season), "as many as asked for, if there are"
    assert all(one.why for one in found)


def test_thousands_of_posts_are_chosen_from_at_once() -> None:
    posts = [rated(n, n * 7919 % 1000, subject=str(n % 30)) for n in range(1, 5001)]
    begun = process_time()
    assert len(choose_best(posts, days(400))) == 400
    assert process_time() - begun < 1.5
