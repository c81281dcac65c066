"""Posts, words and files come together: numbers stay, nothing is guessed, nothing is lost."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import UsageProblem
from crossover.keeping import keep
from crossover.library import Library, add, gather, read_library
from crossover.model import Post, Visibility

NOW = datetime(2026, 11, 22, tzinfo=UTC)
START = datetime(2025, 5, 1, 12, 0, 0, tzinfo=UTC)
VIDEO = "https://video-va.tiktokv.com/storage/v1/b/{}?mime_type=video_mp4&x-tos-expires=1"
PHOTO = "https://p16-ttdyd-sign-sg.ibyteimg.com/tos-photomode-sg/{}~tplv-noop.jpeg?x-expires=1"


def record(minute: float, key: str, *, photos: int = 0, **fields: str) -> dict[str, str]:
    date = START + timedelta(minutes=minute)
    link = "\n".join(PHOTO.format(f"{key}{n}") for n in range(photos)) or VIDEO.format(key)
    base = {"Date": f"{date:%Y-%m-%d %H:%M:%S}", "Link": link, "WhoCanView": "Everyone"}
    return base | fields


def export(folder: Path, *records: dict[str, str], handle: str = "mara") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "user_data_tiktok.json"
    newest_first = sorted(records, key=lambda r: r["Date"], reverse=True)
    profile = {"Profile Info": {"ProfileMap": {"userName": handle}}}
    path.write_text(
        json.dumps({"Post": {"Posts": {"VideoList": newest_first}}, "Profile": profile}), "utf-8"
    )
    return path


def tiktok_id(minute: float, seconds: int = 5, low: int = 7) -> str:
    moment = int((START + timedelta(minutes=minute)).timestamp()) + seconds
    return str(moment << 32 | low)


def info(folder: Path, minute: float, text: str, **fields: Any) -> Path:
    known = {
        "id": tiktok_id(minute),
        "description": text,
        "extractor_key": "TikTok",
        "uploader": "mara",
        "webpage_url": f"https://www.tiktok.com/@mara/video/{tiktok_id(minute)}",
    }
    path = folder / f"x [{tiktok_id(minute)}].info.json"
    path.write_text(json.dumps(known | fields), "utf-8")
    return path


def media(folder: Path, name: str, content: bytes = b"bytes") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def took(root: Path, *paths: Path) -> tuple[Post, ...]:
    library = read_library(root / "posts.json")
    return keep(add(library, gather(paths, NOW)), root).posts


def test_words_and_files_find_their_posts_and_say_how(given: Path, root: Path) -> None:
    export(given, record(0, "a"), record(10, "b", photos=2))
    info(given, 0, "first words")
    media(given, f"x [{tiktok_id(0)}].mp4")
    media(given, f"{tiktok_id(10)}_1.jpg", b"one")
    media(given, f"{tiktok_id(10)}_2.jpg", b"two")
    first, second = took(root, given)
    assert (first.text, first.tiktok_id, len(first.media)) == ("first words", tiktok_id(0), 1)
    assert [e.what for e in first.evidence] == ["words", "file"]
    assert "5 s apart" in first.evidence[0].how
    assert [(root / m.path).read_bytes() for m in second.media] == [b"one", b"two"]


def test_posts_too_close_to_tell_apart_are_listed_not_guessed(given: Path) -> None:
    export(given, record(0, "a"), record(0.5, "b"))
    info(given, 0, "whose?")
    added = add(Library(), gather([given], NOW))
    assert [post.text for post in added.library.posts] == [None, None]
    (item,) = added.ambiguous
    assert "posts 1, 2" in item.what


def test_twins_of_different_kind_are_told_apart(given: Path, root: Path) -> None:
    export(given, record(0, "a"), record(0, "b", photos=1))
    media(given, f"x [{tiktok_id(0, 3)}].mp4")
    media(given, f"{tiktok_id(0, 9)}_1.jpg")
    posts = took(root, given)
    assert {post.id[-2:] for post in posts} == {"0Z", "-2"}
    assert all(len(post.media) == 1 for post in posts)


def test_what_is_not_used_is_listed_with_its_reason(given: Path) -> None:
    export(given, record(0, "a"))
    media(given, f"{tiktok_id(500)}_1.jpg")
    media(given, "IMG_2034.mp4")
    info(given, 0, "of somebody else", uploader="other")
    (given / "bad.info.json").write_text("{")
    reasons = [item.reason for item in add(Library(), gather([given], NOW)).leftovers]
    assert [reason.split()[0] for reason in reasons] == ["no", "no", "it", "it"]
    assert "@other" in reasons[-1]


def test_a_file_of_a_kind_that_is_not_moved_is_listed(given: Path) -> None:
    export(given, record(0, "a"))
    media(given, f"{tiktok_id(0)}.avi")
    media(given, "notes.txt")
    left = add(Library(), gather([given], NOW)).leftovers
    assert [(item.what, item.reason) for item in left] == [
        (f"{tiktok_id(0)}.avi", "files ending in .avi are not moved")
    ]


def test_without_a_profile_words_come_from_one_account_or_none(given: Path) -> None:
    export(given, record(0, "a"), record(10, "b"), handle="")
    info(given, 0, "one", uploader="one")
    (post, _) = add(Library(), gather([given], NOW)).library.posts
    assert post.text == "one"
    assert "@one" in post.evidence[0].source
    info(given, 10, "two", uploader="two")
    added = add(Library(), gather([given], NOW))
    assert [p.text for p in added.library.posts] == [None, None]
    assert len(added.leftovers) == 2


def test_a_file_named_through_a_link_is_kept_itself(
    given: Path, tmp_path: Path, root: Path
) -> None:
    took(root, export(given, record(0, "a")))
    real = media(tmp_path, "real", b"the film")
    named = given / f"{tiktok_id(0)}.mp4"
    named.symlink_to(real.name if os.name == "nt" else real)
    (post,) = took(root, named)
    kept = root / post.media[0].path
    assert not kept.is_symlink()
    assert kept.read_bytes() == b"the film"


def test_a_later_export_adds_what_is_new_and_numbers_stay(given: Path, root: Path) -> None:
    took(root, export(given / "1", record(10, "a"), record(20, "b")))
    posts = took(
        root,
        export(
            given / "2", record(0, "0"), record(10, "a", WhoCanView="Only You"), record(20, "b")
        ),
    )
    assert [post.number for post in posts] == [3, 1, 2]
    assert posts[1].visibility is Visibility.ONLY_ME


def test_a_post_gone_from_a_later_export_is_kept(given: Path, root: Path) -> None:
    took(root, export(given / "1", record(10, "a"), record(20, "b")))
    assert len(took(root, export(given / "2", record(20, "b")))) == 2


def test_words_and_files_survive_a_later_export(given: Path, root: Path) -> None:
    export(given, record(0, "a"))
    info(given, 0, "words")
    media(given, f"{tiktok_id(0)}.mp4")
    took(root, given)
    (post,) = took(root, export(given / "later", record(0, "a", Likes="9")))
    assert (post.text, len(post.media)) == ("words", 1)


def test_adding_the_same_again_changes_nothing(given: Path, root: Path) -> None:
    export(given, record(0, "a"))
    info(given, 0, "words")
    media(given, f"{tiktok_id(0)}.mp4")
    took(root, given)
    before = (root / "posts.json").read_bytes()
    took(root, given)
    assert (root / "posts.json").read_bytes() == before


def test_another_copy_of_a_file_takes_its_place_and_the_old_one_goes(
    given: Path, root: Path
) -> None:
    export(given, record(0, "a"))
    source = media(given, f"{tiktok_id(0)}.mp4", b"old")
    took(root, given)
    source.unlink()
    media(given, f"{tiktok_id(0)}.mp4", b"new!")
    (post,) = took(root, given)
    assert [(root / m.path).read_bytes() for m in post.media] == [b"new!"]
    assert len(list((root / "media").iterdir())) == 1


def test_originals_are_linked_not_copied_where_the_disk_can(given: Path, root: Path) -> None:
    export(given, record(0, "a"))
    source = media(given, f"{tiktok_id(0)}.mp4")
    (post,) = took(root, given)
    assert (root / post.media[0].path).samefile(source)


def test_where_it_cannot_link_it_copies(
    given: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    export(given, record(0, "a"))
    source = media(given, f"{tiktok_id(0)}.mp4")
    (post,) = took(root, given)
    kept = root / post.media[0].path
    assert not kept.samefile(source)
    assert kept.read_bytes() == source.read_bytes()


def test_links_out_of_the_folder_are_not_followed(given: Path, tmp_path: Path, root: Path) -> None:
    export(given, record(0, "a"))
    secret = media(tmp_path, "secret", b"secret")
    (given / f"{tiktok_id(0)}.mp4").symlink_to(secret)
    (post,) = took(root, given)
    assert post.media == ()


def test_an_export_of_another_account_changes_nothing(given: Path, root: Path) -> None:
    took(root, export(given / "1", record(0, "a")))
    before = (root / "posts.json").read_bytes()
    with pytest.raises(UsageProblem, match="@other"):
        took(root, export(given / "2", record(0, "a"), handle="other"))
    assert (root / "posts.json").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_signed_links_stay_in_a_file_for_its_owner_alone(given: Path, root: Path) -> None:
    took(root, export(given, record(0, "a")))
    assert (root / "posts.json").stat().st_mode & 0o777 == 0o600
    assert "x-tos-expires" not in repr(read_library(root / "posts.json"))


def test_an_older_export_never_replaces_links_that_live_longer(tmp_path: Path) -> None:
    def with_links(expires: int, folder: str) -> Library:
        one = record(0, "a", Link=VIDEO.format("a").replace("=1", f"={expires}"))
        one["CoverImage"] = f"https://p16-sign-sg.tiktokcdn.com/c~t.image?x-expires={expires}"
        found = gather([export(tmp_path / folder, one)], NOW)
        return add(library, found).library

    library = Library()
    for expires, folder, kept in (
        (1795e6, "a", 1795e6),
        (1794e6, "b", 1795e6),
        (1796e6, "c", 1796e6),
    ):
        library = with_links(int(expires), folder)
        (post,) = library.posts
        assert post.cover_link is not None
        for link in (*post.links, post.cover_link):
            assert link.expires is not None
            assert link.expires.timestamp() == kept


def test_a_file_from_another_disk_is_read_once_for_its_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("another disk")

    monkeypatch.setattr("os.link", no_links)
    own = media(tmp_path, f"{tiktok_id(0)}.mp4")
    paths = [export(tmp_path / "e", record(0, "a")), own]
    root = tmp_path / "w"
    root.mkdir()
    library = keep(add(Library(), gather(paths, NOW)), root)
    monkeypatch.setattr("crossover.sums.sha256_file", lambda path: pytest.fail(f"read {path}"))
    assert keep(add(library, gather(paths, NOW)), root) == library
