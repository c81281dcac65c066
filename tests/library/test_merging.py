"""A later export renews what it says and takes nothing away; every post stays the one it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.exports.base import Export
from crossover.library.merging import Merged, merge
from crossover.model.posts import (
    Declaration,
    Evidence,
    Kind,
    Link,
    Origin,
    Post,
    Profile,
    Visibility,
)

NOON = datetime(2025, 2, 6, 12, 0, 0, tzinfo=UTC)
MADE = datetime(2026, 3, 1, tzinfo=UTC)


def link(url: str = "https://a/storage/v1/b/k", days: int | None = 10) -> Link:
    return Link(url, None, MADE + timedelta(days=days) if days is not None else None)


def post(second: int = 0, ordinal: int = 1, **fields: Any) -> Post:
    moment = NOON + timedelta(seconds=second)
    name = f"{moment:%Y-%m-%dT%H:%M:%SZ}" + (f"-{ordinal}" if ordinal > 1 else "")
    return Post(**{"id": name, "posted_at": moment, "kind": Kind.VIDEO, **fields})


def export(*posts: Post, made: datetime | None = MADE) -> Export:
    fields: dict[str, Any] = {"format": "json", "file": "x", "layout": None, "made": made}
    fields["source"] = Path("x")
    fields |= {"posts_section": "present", "made_from": "name" if made else None}
    return Export(**fields, profile=Profile(None, None), posts=posts, unreadable=())


def merged(known: Post, later: Post, *, older: bool = False, made: datetime | None = MADE) -> Post:
    (found,) = merge([replace(known, number=1)], export(later, made=made), older=older).posts
    return found


def test_a_later_export_renews_what_it_says_and_keeps_what_it_does_not() -> None:
    full = post(
        title="T",
        kind=Kind.PHOTOS,
        visibility=Visibility.PUBLIC,
        visibility_said="Everyone",
        declaration=Declaration.AI,
        links=(link(),),
    )
    kept = merged(full, post(kind=None))
    assert kept == replace(full, number=1)
    said = post(kind=None, title="U", visibility=Visibility.ONLY_ME, visibility_said="Only You")
    renewed = merged(full, said)
    assert (renewed.title, renewed.visibility) == ("U", Visibility.ONLY_ME)
    assert merged(full, said, older=True) == replace(full, number=1)


def test_the_likes_are_those_of_the_newest_export_that_counts_them() -> None:
    assert merged(post(likes=5), post(likes=9)).likes == 9
    assert merged(post(likes=9), post(likes=0)).likes == 0
    assert merged(post(likes=5), post()).likes == 5
    assert merged(post(likes=9), post(likes=5), older=True).likes == 9
    assert merged(post(), post(likes=5), older=True).likes == 5
    assert merge([post(number=1)], export(post(likes=9))).changed == frozenset()


def test_a_word_for_visibility_that_is_not_understood_is_no_longer_public() -> None:
    public = post(visibility=Visibility.PUBLIC, visibility_said="Everyone")
    later = merged(public, post(visibility=None, visibility_said="Some people"))
    assert (later.visibility, later.visibility_said) == (None, "Some people")


def test_words_from_a_second_source_outlast_every_export() -> None:
    told = post(
        text="words", evidence=(Evidence("words", Origin.SAME_ID, "the same TikTok id", "x"),)
    )
    assert merged(told, post(text="title")).text == "words"
    assert merged(post(text="old title"), post(text="title")).text == "title"


def test_an_id_that_the_creator_refused_does_not_come_back() -> None:
    mine, other = "7" * 19, "6" * 19
    known = post(not_tiktok_ids=(other,))
    assert merged(known, post(tiktok_id=other)).tiktok_id is None
    assert merged(known, post(tiktok_id=mine)).tiktok_id == mine


def test_a_caption_without_a_link_was_taken_for_a_title() -> None:
    for one, other in [
        (post(kind=None, title="caption"), post(text="caption")),
        (post(text="caption"), post(kind=None, title="caption")),
    ]:
        both = merged(one, other)
        assert (both.kind, both.title, both.text) == (Kind.VIDEO, None, "caption")


@pytest.mark.parametrize(
    ("before", "later", "made", "renewed"),
    [
        (link("https://a/1", 1), link("https://a/2", 9), MADE, True),
        (link("https://a/1", 9), link("https://a/2", 1), MADE, False),
        (link("https://a/1", 9), link("https://a/2", None), MADE, True),
        (link("https://a/1", 1), link("https://a/2", 9), None, True),
        (link("https://a/1", 9), link("https://a/2", 1), None, False),
        (link("https://a/1", 9), link("https://a/2", None), None, False),
        (link("https://a/1", 9), link("https://a/video/7000000000000000001"), MADE, False),
    ],
)
def test_links_that_live_longer_stay_else_those_of_the_later_export(
    before: Link, later: Link, made: datetime | None, renewed: bool
) -> None:
    found = merged(post(links=(before,)), post(links=(later,)), made=made)
    assert found.links == ((later,) if renewed else (before,))
    assert merged(post(links=(before,)), post(), made=made).links == (before,)
    assert merged(post(), post(links=(later,)), made=made).links == (later,)


def counts(found: Merged) -> tuple[int, int, int]:
    return len(found.new), len(found.changed), len(found.seen - found.new - found.changed)


def test_another_signature_or_way_to_the_same_file_is_no_change() -> None:
    known = [post(number=1, links=(link("https://a/storage/v1/k?s=1"),), object_keys=("a/k",))]
    way = post(links=(link("https://a/kfc/k?s=2"),), object_keys=("kfc/k",), tiktok_id="7" * 19)
    assert counts(merge(known, export(way))) == (0, 0, 1)
    assert counts(merge([replace(known[0], links=())], export(way))) == (0, 1, 0)


def test_another_number_of_pictures_is_a_change() -> None:
    known = post(number=1, kind=Kind.PHOTOS, links=(link("https://a/1"), link("https://a/2")))
    more = replace(known, links=(*known.links, link("https://a/3")))
    assert counts(merge([known], export(known))) == (0, 0, 1)
    assert counts(merge([known], export(more))) == (0, 1, 0)


def test_an_object_that_several_posts_share_tells_nothing() -> None:
    cut = [post(second, object_keys=("storage/v1/b/",), number=second + 1) for second in range(3)]
    again = merge(cut, export(*(replace(p, number=0) for p in cut)))
    assert again.posts == tuple(cut)
    assert counts(again) == (0, 0, 3)


def test_twins_are_told_apart_by_their_objects_and_else_by_their_order() -> None:
    first = post(object_keys=("a",), number=1)
    second = post(ordinal=2, object_keys=("b",), number=2)
    turned = export(post(object_keys=("b",), title="B"), post(ordinal=2, object_keys=("a",)))
    assert [p.object_keys for p in merge([first, second], turned).posts] == [("a",), ("b",)]
    gone = export(post(object_keys=("b",)))
    assert merge([first, second], gone).posts == (first, second)
    nameless = export(post(title="A"), post(ordinal=2, object_keys=("b",), title="B"))
    texts = [p.text for p in merge([first, second], nameless).posts]
    assert texts == ["A", "B"]


def test_a_third_twin_never_takes_a_known_id() -> None:
    known = [post(object_keys=("a",), number=1), post(ordinal=2, object_keys=("b",), number=2)]
    found = export(
        post(object_keys=("c",)),
        post(ordinal=2, object_keys=("a",)),
        post(ordinal=3, object_keys=("b",)),
    )
    after = merge(known, found)
    assert [(p.id[20:], p.object_keys, p.number) for p in after.posts] == [
        ("", ("a",), 1),
        ("-2", ("b",), 2),
        ("-3", ("c",), 3),
    ]


seconds = st.lists(st.integers(0, 3), max_size=8)
keys = st.sampled_from([(), ("a",), ("b",), ("c",)])


@given(st.lists(st.tuples(seconds, st.lists(keys, min_size=8, max_size=8)), max_size=4))
def test_ids_and_numbers_once_given_never_change(
    exports: list[tuple[list[int], list[tuple[str, ...]]]],
) -> None:
    known: tuple[Post, ...] = ()
    for seconds_of, keys_of in exports:
        ordinals: dict[int, int] = {}
        posts = []
        for second, key in zip(sorted(seconds_of), keys_of, strict=False):
            ordinals[second] = ordinals.get(second, 0) + 1
            own = tuple(f"{second}{name}" for name in key)  # an object belongs to one second
            posts.append(post(second, ordinals[second], object_keys=own))
        after = merge(known, export(*posts))
        numbers = {p.id: p.number for p in after.posts}
        assert numbers.items() >= {p.id: p.number for p in known}.items()
        assert sorted(numbers.values()) == list(range(1, len(after.posts) + 1))
        assert len(after.seen) == len(posts), "every post of an export is one of the workspace"
        assert len(after.posts) <= len(known) + len(posts)
        again = merge(after.posts, export(*posts))
        assert (len(again.new), again.posts) == (0, after.posts)
        known = after.posts


def test_what_a_post_says_besides_is_that_of_the_newest_export_that_says_it() -> None:
    old: dict[str, Any] = {
        "sound": "a - b",
        "location": "Porto",
        "comments": True,
        "alt_text": "a door",
    }
    new: dict[str, Any] = {
        "sound": "c - d",
        "location": "Faro",
        "comments": False,
        "alt_text": "a gate",
    }
    for before, found, older, expected in (
        (old, new, False, new),
        (old, {}, False, old),
        (new, old, True, new),
        ({}, old, True, old),
    ):
        made = merged(post(**before), post(**found), older=older)
        assert {name: getattr(made, name) for name in old} == expected
