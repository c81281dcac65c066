from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from crossover.exports import Summary, summarise

from .makers import MADE, document, photo_link, read, record, video_link

VIDEO = record("2025-01-01 00:00:00", WhoCanView="Only You")
PHOTOS = record("2025-01-02 00:00:00", Link=f"{photo_link('1')} {photo_link('2')}", Title="Day out")


def codes(summary: Summary) -> list[str]:
    return [problem.code for problem in summary.problems]


def test_the_document_has_every_field_of_the_contract(tmp_path: Path) -> None:
    summary = summarise(read(tmp_path, document(PHOTOS, VIDEO, None)), MADE)
    found = msgspec.to_builtins(summary)
    assert found["export"] == {
        "format": "json",
        "layout": "Post.Posts",
        "file": "user_data_tiktok.json",
        "posts_section": "present",
        "made": "2026-11-20T12:00:00Z",
    }
    assert found["account"] == {"handle": "made_up", "name": None}
    assert found["posts"] == {
        "total": 3,
        "videos": 1,
        "photo_posts": 1,
        "kind_unknown": 0,
        "images": 2,
        "only_me": 1,
        "with_title": 1,
        "with_text": 0,
        "without_link": 0,
        "deleted": 0,
        "stories": 0,
        "unreadable": 1,
        "by_year": {"2025": 2},
    }
    assert found["dates"] == {"first": "2025-01-01T00:00:00Z", "last": "2025-01-02T00:00:00Z"}
    assert codes(summary) == ["unreadable-records", "links-expire-soon", "no-words"]
    assert all(problem.message and problem.next for problem in summary.problems)
    assert "SIGNED" not in repr(found)


def test_links_live_and_die_by_kind(tmp_path: Path) -> None:
    export = read(tmp_path, document(PHOTOS, VIDEO))
    fresh = summarise(export, MADE).links
    assert (fresh.live, fresh.expired) == (2, 0)
    assert fresh.deadlines.photos == "2026-11-24T12:00:00Z"
    assert fresh.deadlines.videos == "2026-11-30T12:00:00Z"
    assert (fresh.photos.live, fresh.photos.expired, fresh.photos.died) == (1, 0, None)
    later = summarise(export, MADE + timedelta(days=5))
    assert (later.links.live, later.links.expired) == (1, 1)
    assert (later.links.deadlines.photos, later.links.deadlines.videos) == (
        None,
        "2026-11-30T12:00:00Z",
    )
    assert {"links-expire-soon", "links-expired"} <= set(codes(later))
    assert (later.links.photos.expired, later.links.photos.died) == (1, "2026-11-24T12:00:00Z")
    assert later.links.videos.deadline == "2026-11-30T12:00:00Z"
    dead = summarise(export, MADE + timedelta(days=10))
    assert (dead.links.live, dead.links.expired) == (0, 2)
    assert "links-expire-soon" not in codes(dead)


def test_a_post_counts_as_dead_with_its_first_dead_link(tmp_path: Path) -> None:
    half = record(Link=f"{photo_link('1')} {photo_link('2', 1600000000)}")
    assert summarise(read(tmp_path, document(half)), MADE).links.expired == 1


def test_posts_without_link_are_in_none_of_the_three(tmp_path: Path) -> None:
    page = record(Link="https://www.tiktokv.com/share/video/7000000000000000007/")
    summary = summarise(read(tmp_path, document(page, record(Link="N/A"))), MADE)
    links = summary.links
    assert (links.live, links.expired, links.unknown) == (0, 0, 1)
    assert summary.posts.without_link == summary.posts.kind_unknown == 1
    assert "posts-without-link" in codes(summary)


def test_a_section_not_asked_for_says_which_boxes_to_tick(tmp_path: Path) -> None:
    absent = summarise(read(tmp_path, {"Likes and Favorites": {}}), MADE)
    assert codes(absent) == ["posts-not-requested"]
    assert "Posts and Profile" in absent.problems[0].next
    assert "JSON" in absent.problems[0].next
    assert codes(summarise(read(tmp_path, document()), MADE)) == ["no-posts"]


def test_captions_in_the_export_need_no_second_source(tmp_path: Path) -> None:
    export = read(tmp_path, document(record(Title="words", Link=video_link())))
    assert "no-words" not in codes(summarise(export, MADE))
