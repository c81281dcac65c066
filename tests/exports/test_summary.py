from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crossover.exports.archive.bundle import LeftOut
from crossover.exports.base import ExportProblem
from crossover.exports.keys import redact_key
from crossover.exports.summary import Summary, summarise
from crossover.storage.documents import to_json

from .makers import MADE, document, photo_link, read, record, video_link

VIDEO = record("2025-01-01 00:00:00", WhoCanView="Only You")
PHOTOS = record("2025-01-02 00:00:00", Link=f"{photo_link('1')} {photo_link('2')}", Title="Day out")


def codes(summary: Summary) -> list[str]:
    return [problem.code for problem in summary.problems]


def test_the_document_has_every_field_of_the_contract(tmp_path: Path) -> None:
    summary = summarise(read(tmp_path, document(PHOTOS, VIDEO, None)), MADE)
    found = json.loads(to_json(summary))
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
    assert list(found["unreadable"]) == [
        {"position": 3, "reason": "it is not a record with fields"}
    ]
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


def test_a_link_to_a_page_is_no_file(tmp_path: Path) -> None:
    page = record(Link="https://www.tiktokv.com/share/video/7000000000000000007/")
    silent = record(Link="https://example.invalid/storage/v1/x?mime_type=video_mp4")
    summary = summarise(read(tmp_path, document(page, silent)), MADE)
    assert (summary.links.unknown, summary.links.pages, summary.links.videos.pages) == (2, 1, 1)
    told = next(one for one in summary.problems if one.code == "links-to-pages")
    assert told.message.startswith("The links of 1 post lead to pages")


def test_a_dying_link_of_a_post_of_unknown_kind_has_its_deadline(tmp_path: Path) -> None:
    dies = int(MADE.timestamp()) + 86_400
    odd = record(Link=f"https://example.invalid/abc?x-expires={dies}")
    links = summarise(read(tmp_path, document(odd)), MADE).links
    assert (links.live, links.others.live) == (1, 1)
    assert links.deadlines.others == links.others.deadline == "2026-11-21T12:00:00Z"


def test_one_wrong_date_makes_no_years_and_is_told(tmp_path: Path) -> None:
    dates = ("1970-01-01", "2024-05-01", "2026-05-01", "2026-11-21", "9999-12-31")
    export = read(tmp_path, document(*(record(f"{date} 00:00:00") for date in dates)))
    summary = summarise(export, MADE)
    assert summary.posts.by_year == {"1970": 1, "2024": 1, "2025": 0, "2026": 2, "9999": 1}
    assert summary.posts.total == 5
    told = next(one for one in summary.problems if one.code == "dates-unlikely")
    assert "2 posts" in told.message
    assert "1970-01-01, 9999-12-31" in told.message


def test_lost_posts_make_an_export_incomplete(tmp_path: Path) -> None:
    whole = read(tmp_path, document(VIDEO))
    assert not summarise(whole, MADE).incomplete
    assert summarise(read(tmp_path, document(VIDEO, None)), MADE).incomplete
    for code in ("export-damaged", "cut-off"):
        damaged = replace(whole, problems=(ExportProblem(code, "It is damaged.", "Again."),))
        assert summarise(damaged, MADE).incomplete


def test_a_file_that_breaks_off_does_not_call_the_other_posts_sound(tmp_path: Path) -> None:
    export = read(tmp_path, document(VIDEO, None))
    assert "not affected" in summarise(export, MADE).problems[0].message
    cut = replace(export, problems=(ExportProblem("cut-off", "It breaks off.", "Again."),))
    messages = [problem.message for problem in summarise(cut, MADE).problems]
    assert messages[:2] == ["It breaks off.", "1 post cannot be read."]


def test_of_many_new_fields_a_few_are_named_and_hidden_names_are_not_asked_for(
    tmp_path: Path,
) -> None:
    export = read(tmp_path, document(VIDEO))

    def told(*keys: str) -> tuple[str, str]:
        summary = summarise(replace(export, unknown_keys=keys), MADE)
        problem = next(one for one in summary.problems if one.code == "unknown-keys")
        return problem.message, problem.next

    many = told(*(f"Key{number:02}" for number in range(64)))
    assert many[0].endswith("passed over: Key00, Key01, Key02, Key03, Key04 and 59 more.")
    assert "telling us their names" in many[1]
    hidden = told(redact_key("somebody@example.invalid"))
    assert "names are not shown" in hidden[0]
    assert "telling us" not in hidden[1]


def test_every_file_that_is_left_out_is_named_in_one_sentence(tmp_path: Path) -> None:
    left = (LeftOut("a.zip", "it is a web page. Download it again."), LeftOut("b.zip", "it is odd"))
    summary = summarise(replace(read(tmp_path, document(VIDEO)), left_out=left), MADE)
    told = next(one for one in summary.problems if one.code == "left-out")
    assert told.message == (
        "2 files were left out: a.zip, because it is a web page. Download it again; also b.zip."
    )


def test_a_section_not_asked_for_says_which_boxes_to_tick(tmp_path: Path) -> None:
    absent = summarise(read(tmp_path, {"Likes and Favorites": {}}), MADE)
    assert codes(absent) == ["posts-not-requested"]
    assert "Posts and Profile" in absent.problems[0].next
    assert "JSON" in absent.problems[0].next
    assert codes(summarise(read(tmp_path, document()), MADE)) == ["no-posts"]


def test_captions_in_the_export_need_no_second_source(tmp_path: Path) -> None:
    export = read(tmp_path, document(record(Title="words", Link=video_link())))
    assert "no-words" not in codes(summarise(export, MADE))
