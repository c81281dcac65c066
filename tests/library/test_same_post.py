"""Posts of one second stay apart: what an export says of one never reaches another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.exports.same_second import assign_unique_ids
from crossover.library.merging import Merged, merge
from crossover.model.posts import Evidence, Kind, Origin, Post, Visibility
from tests.library.test_merging import MADE, export, link, post

EVERYONE: dict[str, Any] = {"visibility": Visibility.PUBLIC, "visibility_said": "Everyone"}
ONLY_YOU: dict[str, Any] = {"visibility": Visibility.ONLY_ME, "visibility_said": "Only You"}


def twins(*fields: dict[str, Any]) -> list[Post]:
    """Posts of one second, as an export gives them; without a link nobody knows their kind."""
    return [post(0, place, **({"kind": None} | one)) for place, one in enumerate(fields, 1)]


def titled(*titles: str) -> list[Post]:
    return twins(*({"title": title} for title in titles))


def later(known: list[Post], *found: dict[str, Any], older: bool = False) -> Merged:
    numbered = [replace(one, number=number) for number, one in enumerate(known, 1)]
    return merge(numbered, export(*twins(*found)), older=older)


def titles(after: Merged) -> list[str | None]:
    return [one.title for one in after.posts]


def test_when_one_of_two_was_deleted_the_other_keeps_its_own_words() -> None:
    after = later(titled("a", "b"), {"title": "b"})
    assert titles(after) == ["a", "b"]
    assert (after.new, after.changed, len(after.seen)) == (frozenset(), frozenset(), 1)


def test_twins_in_another_order_are_known_by_their_words() -> None:
    assert titles(later(titled("a", "b"), {"title": "b"}, {"title": "a"})) == ["a", "b"]


def test_a_caption_is_the_same_words_with_a_link_and_without() -> None:
    known = twins({"kind": Kind.VIDEO, "text": "a"}, {"kind": Kind.VIDEO, "text": "b"})
    after = later(known, {"title": "b"})
    assert [one.text for one in after.posts] == ["a", "b"]


def test_new_words_of_one_are_taken_where_the_other_is_known() -> None:
    assert titles(later(titled("a", "b"), {"title": "b"}, {"title": "a, again"})) == [
        "a, again",
        "b",
    ]


@pytest.mark.parametrize(
    "found",
    [
        ({"title": "c"},),
        ({"title": "c"}, {"title": "d"}),
        ({"object_keys": ("k",), "links": (link("https://a/storage/v1/k"),), "kind": Kind.VIDEO},),
        ({"kind": Kind.PHOTOS},),
    ],
)
def test_what_may_be_one_or_the_other_changes_neither(found: tuple[dict[str, Any], ...]) -> None:
    known = titled("a", "b")
    after = later(known, *found)
    assert after.posts == tuple(replace(one, number=n) for n, one in enumerate(known, 1))
    assert (after.new, after.changed, len(after.seen)) == (frozenset(), frozenset(), len(found))


def test_where_one_of_two_has_another_object_nobody_knows_which_the_others_are() -> None:
    known = twins({"object_keys": ("a",), "title": "a"}, {"title": None})
    found = ({"object_keys": ("b",)}, {"object_keys": ("c",)})
    after = later(known, *found)
    assert [(one.title, one.object_keys) for one in after.posts] == [("a", ("a",)), (None, ())]
    assert len(after.seen) == 2


def test_of_more_posts_a_known_one_is_only_what_nothing_else_can_be() -> None:
    known = twins({"object_keys": ("a",), "title": "a"})
    one_fits = later(known, {"title": "b"}, {"title": None})
    assert titles(one_fits) == ["a", "b"]
    two_fit = later(twins({}), {"title": "b"}, {"title": "c"})
    assert titles(two_fit) == [None, "b", "c"]


def test_what_may_be_one_or_the_other_and_is_for_nobody_to_see_makes_both_private() -> None:
    known = twins({"title": "a", **EVERYONE}, {"title": "b", **EVERYONE})
    after = later(known, {"title": "c", **ONLY_YOU})
    assert [one.visibility for one in after.posts] == [Visibility.ONLY_ME] * 2
    assert len(after.changed) == 2
    assert later(known, {"title": "c", **ONLY_YOU}, older=True).changed == frozenset()
    private = twins({"title": "a", **ONLY_YOU}, {"title": "b", **ONLY_YOU})
    assert later(private, {"title": "c", **EVERYONE}).changed == frozenset()


def test_what_may_be_one_of_two_with_the_same_words_leaves_a_third_as_public_as_it_was() -> None:
    same = {"title": "a", **ONLY_YOU}
    after = later(twins(same, same, {"title": "b", **EVERYONE}), same)
    assert [one.visibility for one in after.posts][2] is Visibility.PUBLIC


def test_an_older_export_brings_back_the_one_that_was_deleted_since() -> None:
    after = later(titled("b"), {"title": "a"}, {"title": "b"}, older=True)
    assert [(one.id[20:], one.title) for one in after.posts] == [("", "b"), ("-2", "a")]


def test_more_posts_that_fit_nothing_are_all_new() -> None:
    assert titles(later(titled("a"), {"title": "b"}, {"title": "c"})) == ["a", "b", "c"]


def test_a_page_tells_twins_apart() -> None:
    known = twins({"tiktok_id": "6" * 19, "title": "a"}, {"tiktok_id": "7" * 19, "title": "b"})
    after = later(known, {"tiktok_id": "7" * 19})
    assert len(after.seen) == 1
    assert after.seen == {known[1].id}
    assert titles(after) == ["a", "b"]


words = st.sampled_from([None, "x", "y"])
objects = st.sampled_from([(), ("a",), ("b",), ("c",), ("d", "e"), ("e", "f")])


@st.composite
def wild_posts(draw: st.DrawFn) -> list[Post]:
    """Posts of few seconds, like each other in what an export says of them."""
    found = []
    for second in draw(st.lists(st.integers(0, 1), max_size=6)):
        kind, said, keys = draw(st.sampled_from([None, *Kind])), draw(words), draw(objects)
        found.append(
            post(
                second,
                kind=kind,
                title=None if kind is Kind.VIDEO else said,
                text=said if kind is Kind.VIDEO else None,
                object_keys=keys,
                links=tuple(link(f"https://a/storage/v1/{key}") for key in keys),
                tiktok_id=draw(st.sampled_from([None, "6" * 19, "7" * 19])),
                **draw(st.sampled_from([EVERYONE, ONLY_YOU, {}])),
            )
        )
    return found


def joined(one: Post, text: str) -> Post:
    """The post with words from a second source."""
    return replace(
        one, text=text, evidence=(Evidence("words", Origin.TIME, "near in time", "a page"),)
    )


@given(wild_posts(), st.data())
def test_posts_removed_or_in_another_order_change_nothing_of_the_others(
    wild: list[Post], data: st.DataObject
) -> None:
    known = merge((), export(*assign_unique_ids(wild))).posts
    left = data.draw(st.permutations(wild))[: data.draw(st.integers(0, len(wild)))]
    after = merge(known, export(*assign_unique_ids(left), made=MADE))
    assert after.posts == known
    assert (after.new, after.changed) == (frozenset(), frozenset())
    assert len(after.seen) == len(left)


@given(wild_posts(), st.data())
def test_words_from_a_second_source_stay_where_they_are(
    wild: list[Post], data: st.DataObject
) -> None:
    before = merge((), export(*assign_unique_ids(wild))).posts
    told = data.draw(st.sets(st.sampled_from([one.id for one in before]))) if before else set()
    known = [joined(one, f"words of {one.id}") if one.id in told else one for one in before]
    left = data.draw(st.permutations(wild))[: data.draw(st.integers(0, len(wild)))]
    after = merge(known, export(*assign_unique_ids(left), made=MADE))
    assert [spoken(one) for one in after.posts] == [spoken(one) for one in known]


def spoken(one: Post) -> tuple[str, str | None]:
    """A title may turn out to be the caption of a video, so it is not told from a text."""
    return one.id, one.text if one.has_joined_words else one.title or one.text
