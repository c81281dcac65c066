"""Every link is in one line, every post gets its own files whole, and originals win."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.library.link_survey import FOLDER, survey, take_fetched, to_fetch, unfinished
from crossover.library.posts_file import Library
from crossover.media.containers.probe import MP4, PICTURES
from crossover.media.download.outcomes import LinkState, Result
from crossover.media.download.outcomes_file import LinkOutcomes
from crossover.model.posts import Kind, Link, MediaKind, Origin, Post
from crossover.storage.checksums import Checksums
from tests.makers import post

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOON = NOW + timedelta(days=3)


def film(key: str, host: str = "video-va.tiktokv.com", sign: str = "s") -> Link:
    url = f"https://{host}/storage/v1/b/{key}?mime_type=video_mp4&x-tos-signature={sign}"
    return Link(url, MediaKind.VIDEO, SOON)


def picture(key: str, expires: datetime | None = SOON) -> Link:
    url = f"https://p16-sign-sg.ibyteimg.com/tos-photomode/{key}~tplv-noop.jpeg?x-signature=s"
    return Link(url, MediaKind.IMAGE, expires)


def cover(key: str) -> Link:
    url = f"https://p16-sign-sg.tiktokcdn.com/tos/{key}~tplv-tiktokx-origin.image?x-signature=s"
    return Link(url, MediaKind.IMAGE, SOON)


def bare(number: int, *links: Link, kind: Kind | None = Kind.VIDEO, **fields: object) -> Post:
    return post(number, kind=kind, media=(), links=links, **fields)


def library(*posts: Post) -> Library:
    return Library("mara", posts=posts)


def come(root: Path, key: str, stem: str, suffix: str = ".jpg") -> Result:
    """A fetched file, as the engine leaves it."""
    path = root / FOLDER / f"{stem}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(key.encode())
    return Result(LinkState.FETCHED, path=path)


def test_each_link_says_what_it_may_be_and_where_it_goes(tmp_path: Path) -> None:
    lines = survey(
        library(
            bare(1, film("a"), cover_link=cover("c")),
            bare(2, picture("p"), picture("q"), kind=Kind.PHOTOS, cover_link=cover("p")),
            bare(3, film("x"), kind=None),
        ),
        tmp_path,
        NOW,
    )
    assert [(line.number, line.place) for line in lines] == [(1, 1), (1, 0), (2, 1), (2, 2), (3, 1)]
    assert [line.wanted.stem[:7] for line in lines][:3] == ["0001-01", "0001-co", "0002-01"]
    assert [line.wanted.kinds for line in lines] == [
        {MP4},
        set(PICTURES),
        set(PICTURES),
        set(PICTURES),
        {MP4, *PICTURES},
    ]
    assert "x-" not in "".join(line.wanted.key + repr(line) for line in lines)


def test_the_same_object_is_the_same_file_whatever_its_host_and_signature(tmp_path: Path) -> None:
    one = survey(library(bare(1, film("a"))), tmp_path, NOW)[0]
    renewed = film("a", host="video-sg.tiktokv.com", sign="other")
    other = survey(library(bare(1, renewed)), tmp_path, NOW)[0]
    assert (one.wanted.key, one.wanted.stem) == (other.wanted.key, other.wanted.stem)
    two_posts = library(bare(1, film("a")), bare(2, renewed))
    assert len(to_fetch(survey(two_posts, tmp_path, NOW))) == 1
    result = come(tmp_path, "a", one.wanted.stem, ".mp4")
    lines = survey(two_posts, tmp_path, NOW)
    assert [line.known and line.known.state for line in lines] == [LinkState.PRESENT] * 2
    settled = take_fetched(two_posts, lines, {}, tmp_path, Checksums())
    assert [p.media[0].path for p in settled.library.posts] == [
        result.path and result.path.relative_to(tmp_path).as_posix()
    ] * 2


def test_what_is_dead_or_a_page_or_yours_is_not_asked_for(tmp_path: Path) -> None:
    page = Link("https://www.tiktokv.com/share/video/7312000000000000000/", MediaKind.VIDEO, None)
    lines = survey(
        library(
            bare(1, picture("a", NOW), kind=Kind.PHOTOS),
            bare(2, page),
            post(3, links=(film("c"),)),
            bare(4, picture("d", None), kind=Kind.PHOTOS),
        ),
        tmp_path,
        NOW,
    )
    states = [line.known.state if line.known else None for line in lines]
    assert states == [LinkState.EXPIRED, LinkState.UNFIT, LinkState.OWN, None]
    assert [one.key for one in to_fetch(lines)] == ["tos-photomode/d"]


def test_pictures_come_in_the_order_of_their_links_and_all_or_none(tmp_path: Path) -> None:
    links = tuple(picture(key) for key in "zab")
    before = library(bare(1, *links, kind=Kind.PHOTOS))
    lines = survey(before, tmp_path, NOW)
    keys = [line.wanted.key for line in lines]
    results = {line.wanted.key: come(tmp_path, line.wanted.key, line.wanted.stem) for line in lines}
    some = take_fetched(before, lines, {k: results[k] for k in keys[:2]}, tmp_path, Checksums())
    assert some.library == before
    assert some.posts_without_files == (1,)
    assert [end.state for end in some.links] == [LinkState.FETCHED] * 2 + [LinkState.LATER]
    done = take_fetched(before, lines, results, tmp_path, Checksums())
    contents = [(tmp_path / m.path).read_text() for m in done.library.posts[0].media]
    assert contents == keys
    assert done.posts_without_files == ()
    assert {e.how for e in done.library.posts[0].evidence} == {Origin.LINK}


def test_a_picture_that_is_shown_twice_is_fetched_once(tmp_path: Path) -> None:
    before = library(bare(1, picture("a"), picture("b"), picture("a"), kind=Kind.PHOTOS))
    lines = survey(before, tmp_path, NOW)
    wanted = to_fetch(lines)
    assert len(wanted) == 2
    results = {one.key: come(tmp_path, one.key, one.stem) for one in wanted}
    settled = take_fetched(before, lines, results, tmp_path, Checksums())
    assert [Path(m.path).stem[:7] for m in settled.library.posts[0].media] == [
        "0001-01",
        "0001-02",
        "0001-01",
    ]


def test_a_cover_is_kept_apart_and_a_missing_one_costs_nothing(tmp_path: Path) -> None:
    before = library(bare(1, film("a"), cover_link=cover("c")))
    lines = survey(before, tmp_path, NOW)
    film_line = lines[0].wanted
    results = {film_line.key: come(tmp_path, film_line.key, film_line.stem, ".mp4")}
    settled = take_fetched(before, lines, results, tmp_path, Checksums())
    assert len(settled.library.posts[0].media) == 1
    assert settled.posts_without_files == ()
    assert [end.cover for end in settled.links] == [False, True]


def test_originals_win_over_what_was_fetched(tmp_path: Path) -> None:
    before = library(post(1, links=(film("a"),)))
    line = survey(library(bare(1, film("a"))), tmp_path, NOW)[0]
    come(tmp_path, "a", line.wanted.stem, ".mp4")
    lines = survey(before, tmp_path, NOW)
    settled = take_fetched(before, lines, {}, tmp_path, Checksums())
    assert settled.library == before
    assert [end.state for end in settled.links] == [LinkState.OWN]


def test_unfinished_is_what_a_link_or_a_file_that_lies_there_may_still_fill(tmp_path: Path) -> None:
    pictures = (picture("p"), picture("dead", NOW))
    before = library(
        bare(1, film("a")),
        bare(2, picture("b", NOW), kind=Kind.PHOTOS),
        bare(3, *pictures, kind=Kind.PHOTOS),
        bare(4, kind=None, cover_link=cover("c")),
        post(5, links=(film("e"),)),
    )
    lines = survey(before, tmp_path, NOW)
    assert unfinished(before, lines) == (1, 3)
    for line in lines[0], lines[2]:
        come(tmp_path, "x", line.wanted.stem, ".mp4" if MP4 in line.wanted.kinds else ".jpg")
    lines = survey(before, tmp_path, NOW)
    assert unfinished(before, lines) == (1,), "half of a photo post fills nothing"
    done = take_fetched(before, lines, {}, tmp_path, Checksums()).library
    assert unfinished(done, survey(done, tmp_path, NOW)) == ()


def test_what_ended_for_good_counts_no_more_until_it_is_tried_anew(tmp_path: Path) -> None:
    before = library(bare(1, film("a")), bare(2, film("b")))
    lines = survey(before, tmp_path, NOW)
    refused = Result(LinkState.REFUSED, "no")
    known = LinkOutcomes().after([(lines[0].wanted, refused)], NOW)
    again = survey(before, tmp_path, NOW, known)
    assert [line.known for line in again] == [refused, None]
    assert unfinished(before, again) == (2,)
    come(tmp_path, "a", lines[0].wanted.stem, ".mp4")
    there = survey(before, tmp_path, NOW, known)[0].known
    assert there is not None
    assert there.state is LinkState.PRESENT, "a file that lies there says more"


def test_a_post_without_a_link_lacks_its_files_too(tmp_path: Path) -> None:
    before = library(bare(1), post(2), bare(3, kind=None, cover_link=cover("c")))
    settled = take_fetched(before, survey(before, tmp_path, NOW), {}, tmp_path, Checksums())
    assert settled.posts_without_files == (1, 3)


def test_settling_twice_changes_nothing(tmp_path: Path) -> None:
    before = library(bare(1, film("a"), kind=None))
    lines = survey(before, tmp_path, NOW)
    wanted = lines[0].wanted
    results = {wanted.key: come(tmp_path, wanted.key, wanted.stem, ".mp4")}
    once = take_fetched(before, lines, results, tmp_path, Checksums()).library
    assert once.posts[0].kind is Kind.VIDEO
    again = take_fetched(once, survey(once, tmp_path, NOW), {}, tmp_path, Checksums()).library
    assert again == once


def test_no_file_is_read_twice_for_its_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = library(*(bare(n, film(f"k{n}")) for n in range(1, 4)))
    lines = survey(before, tmp_path, NOW)
    for line in lines:
        come(tmp_path, line.wanted.key, line.wanted.stem, ".mp4")
    lines = survey(before, tmp_path, NOW)
    checksums = Checksums()
    first = take_fetched(before, lines, {}, tmp_path, checksums)
    monkeypatch.setattr(
        "crossover.storage.checksums.sha256_file", lambda path: pytest.fail(f"read {path}")
    )
    assert take_fetched(before, lines, {}, tmp_path, checksums) == first
    assert len(replace(checksums).known) == 3
