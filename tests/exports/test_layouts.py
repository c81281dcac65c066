"""One made account as every JSON layout since 2020 would write it: the same posts, the same ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crossover.exports import Export
from crossover.library import Gathered, Library, add
from crossover.media.match import match_files
from crossover.model import Kind

from .makers import photo_link, read, video_link

KFC = "https://video-va.tiktokv.com/kfc/tos-x/k?dpk=1&dpm=aes-256-cfb&l=1&l=1&x-tos-expires=1796040000"
POSTS = [
    ("2022-05-03 10:00:00", "N/A", ""),
    ("2022-05-03 10:00:00", video_link("twin"), ""),
    ("2022-05-02 10:00:00", KFC, ""),
    ("2022-05-01 10:00:00", f"{photo_link('1')}\n{photo_link('2')}", "Day out"),
]
HISTORY = [{"Date": "2022-06-01 00:00:00", "Link": "https://www.tiktokv.com/share/video/7/"}]
NAME = {"userName": "made_up", "emailAddress": "x"}
LONG = ("WhoCanView", "AllowComments", "Sound", "AddYoursText", "ContentDisclosure")


def short(key: str, glue: str = "\n") -> list[dict[str, Any]]:
    return [{"Date": d, key: link.replace("\n", glue), "Likes": "58"} for d, link, _ in POSTS]


def long(**more: str) -> list[dict[str, Any]]:
    return [
        {
            "Date": d,
            "Link": link,
            "Title": title or "N/A",
            "Likes": 58,
            **dict.fromkeys(LONG, ""),
            **more,
        }
        for d, link, title in POSTS
    ]


def j1() -> dict[str, Any]:
    return {
        "Activity": {"Video Browsing History": {"VideoList": HISTORY}},
        "Profile": {"Profile Information": {"ProfileMap": NAME}},
        "Video": {"Videos": {"VideoList": short("VideoLink")}},
    }


def j2() -> dict[str, Any]:
    return {**j1(), "Poi Review": {}, "Video": {"Videos": {"VideoList": short("Link", " ")}}}


def j3() -> dict[str, Any]:
    deleted = {"PostList": [{"DateDeleted": "2022-01-01 00:00:00"}]}
    return {
        **j1(),
        "Video": {"RecentlyDeletedPosts": deleted, "Videos": {"VideoList": long()}},
    }


def j4() -> dict[str, Any]:
    return {
        "Your Activity": {"Watch History": {"VideoList": HISTORY}},
        "Post": {
            "Posts": {"VideoList": long(AlternateText="N/A", CoverImage=photo_link("1"))},
            "Recently Deleted Posts": {"PostList": [{}]},
        },
        "Profile": {"Profile Info": {"ProfileMap": NAME}},
        "Tiktok Live": None,
    }


def j5() -> dict[str, Any]:
    posts = {"VideoList": [dict(sorted(row.items())) for row in long(NumberOfCollections="3")]}
    return {
        "Likes and Favorites": {"Like List": {"ItemFavoriteList": HISTORY}},
        "Post": {"Posts": posts, "Recently Deleted Posts": {"PostList": [{}]}, "Story": {}},
        "Profile And Settings": {"Profile Info": {"ProfileMap": NAME}},
        "Income+ Wallet": {},
    }


LAYOUTS = (j1, j2, j3, j4, j5)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_posts(tmp_path: Path, layout: Callable[[], Any]) -> None:
    export = read(tmp_path, layout())
    assert [(post.id, post.kind, len(post.links)) for post in export.posts] == [
        ("2022-05-01T10:00:00Z", Kind.PHOTOS, 2),
        ("2022-05-02T10:00:00Z", Kind.VIDEO, 1),
        ("2022-05-03T10:00:00Z", Kind.VIDEO, 1),
        ("2022-05-03T10:00:00Z-2", None, 0),
    ]
    assert export.profile.handle == "made_up"
    assert export.unknown_keys == ()
    assert (export.problems, export.unreadable) == ((), ())
    assert export.deleted == (1 if layout in (j3, j4, j5) else 0)
    assert export.source == tmp_path / "user_data_tiktok.json"


@pytest.mark.parametrize("first", LAYOUTS)
def test_every_layout_merges_into_every_other_without_a_new_post(
    tmp_path: Path, first: Callable[[], Any]
) -> None:
    library = merged(Library(), read(tmp_path, first()))
    numbers = [(post.id, post.number) for post in library.posts]
    for layout in LAYOUTS:
        library = merged(library, read(tmp_path, layout()))
        assert [(post.id, post.number) for post in library.posts] == numbers


def merged(library: Library, export: Export) -> Library:
    nothing = match_files([], datetime(2026, 11, 20, tzinfo=UTC))
    return add(library, Gathered((export,), (), (), nothing)).library
