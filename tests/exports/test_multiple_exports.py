"""Of several exports none is passed over in silence: not a damaged one, not an empty one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.errors import ExportError
from crossover.exports.multiple_exports import MAX_EXPORTS
from crossover.exports.read import is_export, read_export, read_exports
from crossover.library.gathering import gather
from crossover.library.posts_file import Library
from crossover.library.update import add
from tests.exports.makers import document, record, write, write_zip

POSTS = {"user_data_tiktok.json": document(record())}
EMPTY = {"user_data_tiktok.json": document()}
TXT = b"Date: 2024-01-06 15:34:00 UTC\nLink: \nLike(s): 5\n"
OLDER, NEWER = "TikTok_Data_1700000000.zip", "TikTok_Data_1763640000.zip"


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read_export(path).problems]


@pytest.mark.parametrize("content", [b"PK\x03\x04cut", b"<html>Log in</html>", b""])
def test_a_newest_export_that_is_damaged_is_told_with_its_own_sentence(
    tmp_path: Path, content: bytes
) -> None:
    write_zip(tmp_path / OLDER, POSTS)
    (tmp_path / NEWER).write_bytes(content)
    export = read_export(tmp_path)
    assert export.found == 1
    (told,) = export.problems
    assert told.code == "export-damaged"
    assert told.message.startswith(f"Your newest export {NEWER} is damaged")
    assert "ownload" in told.next
    assert ".." not in told.message


def test_an_older_export_that_is_damaged_is_named_and_changes_nothing(tmp_path: Path) -> None:
    write_zip(tmp_path / NEWER, POSTS)
    (tmp_path / OLDER).write_bytes(b"PK\x03\x04cut")
    (told,) = read_export(tmp_path).problems
    assert told.code == "export-passed-over"
    assert OLDER in told.message


def test_every_damaged_export_is_named(tmp_path: Path) -> None:
    for name in (OLDER, NEWER):
        (tmp_path / name).write_bytes(b"PK\x03\x04cut")
    with pytest.raises(ExportError, match=f"{NEWER} is cut short.*{OLDER} is cut short"):
        read_export(tmp_path)


@pytest.mark.parametrize("other", ["user_data_tiktok (1).json", "TikTok/Posts/Posts.txt"])
def test_a_broken_json_beside_a_readable_file_is_told(tmp_path: Path, other: str) -> None:
    write(tmp_path, json.dumps(document(record())).encode()[:110])
    write(tmp_path, TXT if other.endswith("txt") else document(record()), other)
    export = read_export(tmp_path)
    assert export.file == other
    (told,) = export.problems
    assert told.code == "export-damaged"
    assert told.message.startswith("user_data_tiktok.json is broken JSON at line 1, column 111")
    assert ".." not in told.message


def test_an_empty_newer_export_does_not_hide_the_posts_of_an_older_one(tmp_path: Path) -> None:
    write_zip(tmp_path / OLDER, POSTS)
    write_zip(tmp_path / NEWER, EMPTY)
    export = read_export(tmp_path)
    assert (export.found, export.source.name) == (1, OLDER)
    (told,) = export.problems
    assert f"{NEWER} (made 2025-11-20 12:00 UTC, 0 posts) is newer, and its list" in told.message


def test_where_all_are_empty_no_one_is_said_to_hold_posts(tmp_path: Path) -> None:
    write_zip(tmp_path / OLDER, EMPTY)
    write_zip(tmp_path / NEWER, EMPTY)
    export = read_export(tmp_path)
    assert export.source.name == NEWER
    assert "None of them holds posts" in export.problems[0].message


def test_a_renamed_export_is_found_in_its_folder(tmp_path: Path) -> None:
    write_zip(tmp_path / "my tiktok.zip", POSTS)
    write_zip(tmp_path / "holiday.zip", {"beach.jpg": b"x"})
    assert is_export(tmp_path)
    assert read_export(tmp_path).source.name == "my tiktok.zip"
    (tmp_path / "my tiktok.zip").unlink()
    assert not is_export(tmp_path)
    with pytest.raises(ExportError, match=r"^holiday\.zip holds nothing of a TikTok export"):
        read_export(tmp_path)


@pytest.mark.parametrize("form", ["zip", "json"])
def test_more_exports_than_are_read_at_once_are_told(tmp_path: Path, form: str) -> None:
    for number in range(MAX_EXPORTS + 1):
        if form == "zip":
            write_zip(tmp_path / f"TikTok_Data_17000000{number:02}.zip", POSTS)
        else:
            write(tmp_path, document(record()), f"user_data_tiktok ({number}).json")
    assert "too-many-exports" in codes(tmp_path)
    next(tmp_path.iterdir()).unlink()
    assert "too-many-exports" not in codes(tmp_path)


def test_a_name_that_lies_in_the_future_tells_no_time(tmp_path: Path) -> None:
    future = int(datetime.now(UTC).timestamp()) + 3 * 86400
    export = read_export(write_zip(tmp_path / f"TikTok_Data_{future}.zip", POSTS))
    assert export.made_from == "links"
    soon = future - 2 * 86400
    export = read_export(write_zip(tmp_path / f"TikTok_Data_{soon}.zip", POSTS))
    assert export.made_from == "name"


def days(*some: int) -> dict[str, object]:
    """An export of posts of these days, newest first, in the order that TikTok gives."""
    return document(*(record(f"2024-01-{day:02} 12:00:00") for day in sorted(some, reverse=True)))


def txt(*some: int) -> bytes:
    made = (f"Date: 2024-01-{day:02} 12:00:00 UTC\nLink: \nLike(s): 5\n\n" for day in some)
    return "".join(made).encode()


def as_zips(folder: Path) -> None:
    write_zip(folder / OLDER, {"user_data_tiktok.json": days(1, 2)})
    write_zip(folder / NEWER, {"user_data_tiktok.json": days(2, 3)})


def as_copies(folder: Path) -> None:
    write(folder, days(2, 3))
    write(folder, days(1, 2), "user_data_tiktok (1).json")


def as_texts(folder: Path) -> None:
    write(folder, txt(2, 3), f"{NEWER.removesuffix('.zip')}/TikTok/Posts/Posts.txt")
    write(folder, txt(1, 2), f"{OLDER.removesuffix('.zip')}/TikTok/Posts/Posts.txt")


def as_copied_texts(folder: Path) -> None:
    write(folder, txt(2, 3), "Posts.txt")
    write(folder, txt(1, 2), "Posts (1).txt")


def mixed(folder: Path) -> None:
    write_zip(folder / NEWER, {"user_data_tiktok.json": days(2, 3)})
    write(folder, txt(1, 2), "old/TikTok/Posts/Posts.txt")


@pytest.mark.parametrize("lay", [as_zips, as_copies, as_texts, as_copied_texts, mixed])
def test_each_export_of_a_folder_is_read_by_itself_the_newest_last(
    tmp_path: Path, lay: Callable[[Path], None]
) -> None:
    lay(tmp_path)
    found = [[post.posted_at.day for post in export.posts] for export in read_exports(tmp_path)]
    assert found == [[1, 2], [2, 3]]
    assert [problem.code for export in read_exports(tmp_path) for problem in export.problems] == []
    assert [post.posted_at.day for post in read_export(tmp_path).posts] == [2, 3]


def test_what_a_folder_holds_is_added_as_if_each_export_was_named(tmp_path: Path) -> None:
    as_zips(tmp_path)
    named = [tmp_path / NEWER, tmp_path / OLDER]
    by_name, by_folder = (
        add(Library(), gather(paths, datetime(2026, 1, 1, tzinfo=UTC)))
        for paths in (named, [tmp_path])
    )
    assert [post.posted_at.day for post in by_folder.library.posts] == [1, 2, 3]
    assert by_folder == by_name


def test_of_a_folder_a_damaged_export_is_told_once_and_the_others_are_added(tmp_path: Path) -> None:
    as_zips(tmp_path)
    (tmp_path / "TikTok_Data_1764000000.zip").write_bytes(b"PK\x03\x04cut")
    older, newer = read_exports(tmp_path)
    assert [problem.code for problem in (*older.problems, *newer.problems)] == ["export-damaged"]


def test_exports_of_two_accounts_in_a_folder_are_never_mixed(tmp_path: Path) -> None:
    for name, handle in ((OLDER, "mara"), (NEWER, "nick")):
        profile = {"Profile": {"Profile Info": {"ProfileMap": {"userName": handle}}}}
        write_zip(tmp_path / name, {"user_data_tiktok.json": days(1) | profile})
    with pytest.raises(ExportError, match="different accounts: @mara, @nick"):
        read_exports(tmp_path)
