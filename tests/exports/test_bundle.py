from __future__ import annotations

import gzip
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crossover.errors import CrossoverError, ExportError, UsageProblem
from crossover.exports.archive import bundle as bundles
from crossover.exports.archive import open as opening
from crossover.exports.archive import unzip, zip_directory
from crossover.exports.archive.open import normalise_member_name, open_bundle
from crossover.exports.read import is_export, read_export
from crossover.exports.txt.files import MAX_LOOKS

from .hostile import NAME, hidden_overlap
from .makers import MADE, VIDEO_DIES, document, record, video_link, write, write_zip

ONE_POST = document(record())
POSTS_ONLY = {"Post": ONE_POST["Post"]}


def test_nothing_at_the_path_is_a_usage_problem(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="There is nothing at"):
        read_export(tmp_path / "missing.zip")
    assert not is_export(tmp_path / "missing.zip")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("export.zip", b"", "0 bytes"),
        ("export.zip", b"<!DOCTYPE html><title>Log in</title>", "web page"),
        ("user_data_tiktok.json", b"\n <html>", "web page"),
        ("export.zip", b"something else", "not a ZIP"),
        ("export.zip", b"PK\x03\x04cut off here", "cut short"),
        ("notes.md", b"hello", "not a TikTok export"),
        ("list.json", b"[1, 2]", "not a TikTok export"),
        ("other.json", b'{"name": 1}', "not a TikTok export"),
        ("user_data_tiktok.json", b'{"name": 1}', "no section"),
        ("user_data_lemon8.json", b'{"Post": {"Posts": {"VideoList": []}}}', "Lemon8"),
        ("Likes.txt", b"Date: 2025-01-01 00:00:00 UTC\nLink: https://a/video/1\n", "not like"),
    ],
)
def test_what_is_no_export_is_refused_with_its_own_sentence(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(ExportError, match=message) as refused:
        read_export(write(tmp_path, content, name))
    assert refused.value.next
    assert refused.value.exit_code == 8


def test_an_empty_folder_and_one_with_nothing_known_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is empty"):
        read_export(tmp_path)
    write(tmp_path, b"hello", "holiday.txt")
    with pytest.raises(ExportError, match="nothing of a TikTok export"):
        read_export(tmp_path)


@pytest.mark.parametrize("content", [b"", b"null\n", "null\r\n".encode("utf-16"), b" \n", b"[]"])
def test_what_a_failed_yt_dlp_leaves_is_no_broken_export_alone(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(ExportError, match=r"listing\.json (is empty|has nothing in it)") as refused:
        read_export(write(tmp_path, content, "listing.json"))
    assert "If yt-dlp wrote it, it failed" in refused.value.next
    assert "download it again from TikTok" in refused.value.next


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_zip_cut_short_says_download_again(tmp_path: Path, kept: float) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": ONE_POST})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(ExportError, match="cut short") as refused:
        read_export(path)
    assert "Download it again" in refused.value.next


def test_a_flipped_byte_in_a_member_is_damage_not_a_traceback(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": ONE_POST})
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        refused = None
        try:
            assert read_export(path).found == 1
        except CrossoverError as exc:
            refused = exc
        assert refused is None or refused.next


@pytest.mark.parametrize(
    "name",
    [
        "user_data_tiktok.json",
        "user_data.json",
        "/user_data_tiktok.json",
        "TikTok_Data_1/user_data_tiktok.json",
        "TikTok_Data_1\\user_data_tiktok.json",
        "user_data_tiktok (1).json",
        "anything.json",
    ],
)
def test_the_posts_file_is_found_under_every_name_it_had(tmp_path: Path, name: str) -> None:
    noise = {"__MACOSX/._user_data_tiktok.json": b"\x00\x05", "user_data_lemon8.json": b"{}"}
    export = read_export(write_zip(tmp_path / "export.zip", {**noise, name: ONE_POST}))
    assert export.found == 1
    assert export.file == name.replace("\\", "/").lstrip("/")


def test_info_json_files_in_a_folder_are_never_taken_for_an_export(tmp_path: Path) -> None:
    write(tmp_path, ONE_POST, "a [7312].info.json")
    with pytest.raises(ExportError, match="nothing of a TikTok export"):
        read_export(tmp_path)
    write(tmp_path, {"entries": [{"video": {}}]}, "listing.json")
    assert not is_export(tmp_path)
    write(tmp_path, ONE_POST, "renamed.json")
    assert read_export(tmp_path).file == "renamed.json"


def test_of_several_zips_in_a_folder_the_newest_of_each_part_is_read(tmp_path: Path) -> None:
    name_only = {"Profile": {"Profile Info": {"ProfileMap": {"userName": "newer_name"}}}}
    write_zip(tmp_path / "TikTok_Data_1700000000.zip", {"user_data.json": document()})
    write_zip(tmp_path / "TikTok_Data_1763640000.zip", {"user_data_tiktok.json": POSTS_ONLY})
    write_zip(tmp_path / "sub" / "TikTok_Data_1763726400 (1).zip", {"user_data.json": name_only})
    (tmp_path / "TikTok_Data_1763726401.zip").write_bytes(b"PK\x03\x04cut")
    with pytest.raises(ExportError, match="different accounts: @made_up, @newer_name"):
        read_export(tmp_path)
    (tmp_path / "TikTok_Data_1700000000.zip").unlink()
    write_zip(tmp_path / "TikTok_Data_1700000000.zip", {"user_data.json": {"Post": None}})
    export = read_export(tmp_path)
    assert export.source == tmp_path / "TikTok_Data_1763640000.zip"
    assert (export.found, export.profile.handle) == (1, "newer_name")
    assert export.made is not None
    assert export.made_from == "name"
    assert export.made.timestamp() == 1763640000
    damaged, several = export.problems
    assert damaged.code == "export-damaged"
    assert damaged.message.startswith("Your newest export TikTok_Data_1763726401.zip is damaged")
    said = several.message
    assert said.startswith("3 exports lie here. The posts are from the newest that holds posts: ")
    assert "TikTok_Data_1763640000.zip (made 2025-11-20 12:00 UTC, 1 post)" in said
    assert "The name is from TikTok_Data_1763726400 (1).zip" in said
    assert "Not shown here: TikTok_Data_1763726400 (1).zip" in said


def test_of_several_unpacked_exports_the_one_whose_links_die_last_is_read(tmp_path: Path) -> None:
    old = document(record("2020-01-01 00:00:00", Link=video_link(expires=VIDEO_DIES - 86400)))
    write(tmp_path, old, "user_data_tiktok.json")
    write(tmp_path, document(record(), record()), "user_data_tiktok (1).json")
    export = read_export(tmp_path)
    assert (export.file, export.found, export.made) == ("user_data_tiktok (1).json", 2, MADE)
    assert "user_data_tiktok.json (made 2026-11-19 12:00 UTC, 1 post)" in export.problems[0].message


def test_a_folder_of_several_unpacked_exports_tells_their_times_by_its_folders(
    tmp_path: Path,
) -> None:
    for made, posts in (("1700000000", 1), ("1763640000", 2)):
        write(tmp_path / f"TikTok_Data_{made}", document(*[record()] * posts))
    export = read_export(tmp_path)
    assert export.file == "TikTok_Data_1763640000/user_data_tiktok.json"
    assert (export.found, export.made_from) == (2, "name")


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "C:\\x", "c:x", "\\\\server\\share", "//s/x", "a\\..\\x", "", "/"]
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert normalise_member_name(name) is None


def test_members_that_lead_elsewhere_are_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "export.zip", {"../evil.txt": b"x", "user_data_tiktok.json": ONE_POST}
    )
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("user_data.json")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    export = read_export(path)
    assert export.found == 1
    assert [left.name for left in export.left_out] == ["../evil.txt", "user_data.json"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["export.zip"]


def test_a_password_is_named(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": ONE_POST})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(ExportError, match="password"):
        read_export(path)


def test_two_members_of_one_name_are_refused_as_unclear(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("user_data_tiktok.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("user_data_tiktok.json", "{}")
    with pytest.raises(ExportError, match="2 times"):
        read_export(path)


def test_caps_are_counted_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": b" " * 2_000_000})
    monkeypatch.setattr(unzip, "BOMB_FROM", 1_000_000)
    with pytest.raises(ExportError, match="200 times"):
        read_export(path)
    bundle = open_bundle(write(tmp_path, b" " * 2_000))
    with pytest.raises(ExportError, match="larger than 1,000 bytes"):
        bundle.read(bundle.members[0], 1000)


def test_a_large_member_is_unpacked_ahead_and_still_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(
        tmp_path / "export.zip",
        {"user_data_tiktok.json": json.dumps(ONE_POST).encode() + b" " * 100_000},
    )
    quick = read_export(path)
    monkeypatch.setattr(unzip, "LARGE", 0)
    monkeypatch.setattr(unzip, "BLOCK", 1000)
    assert read_export(path) == quick
    with zipfile.ZipFile(path) as archive:
        sum_at = path.read_bytes().rindex(archive.infolist()[0].CRC.to_bytes(4, "little"))
    data = bytearray(path.read_bytes())
    data[sum_at] ^= 1
    path.write_bytes(data)
    with pytest.raises(ExportError, match="check sum is wrong"):
        read_export(path)


def test_where_there_is_no_quick_unpacker_the_plain_one_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": ONE_POST})
    quick = read_export(path)
    monkeypatch.setattr(unzip, "_GzipFile", gzip.GzipFile)
    assert read_export(path) == quick
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ExportError, match="is damaged"):
        read_export(path)


def test_a_file_that_shares_the_bytes_of_another_is_refused_though_the_directory_hides_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(ExportError, match=f"{NAME} in .* is damaged: it overlaps another file"):
        read_export(hidden_overlap(tmp_path / "export.zip"))


def test_a_directory_too_large_to_hold_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(tmp_path / "export.zip", {"user_data_tiktok.json": ONE_POST})
    monkeypatch.setattr(zip_directory, "MAX_DIRECTORY", 20)
    with pytest.raises(ExportError, match="list of files is larger than 20 bytes"):
        read_export(path)


def test_links_loops_and_devices_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", ONE_POST)
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "user_data_tiktok.json").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "user_data.json")
    bundle = open_bundle(folder)
    assert bundle.members == ()
    assert [left.name for left in bundle.left_out] == [
        "loop",
        "user_data.json",
        "user_data_tiktok.json",
    ]
    with pytest.raises(ExportError, match="loop is left out, because it is a link"):
        read_export(folder)
    with pytest.raises(UsageProblem, match="neither a file nor a folder"):
        read_export(folder / "user_data.json")


def test_a_folder_is_walked_to_a_bounded_depth_and_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "/".join("abcdefghijk"), ONE_POST)
    bundle = open_bundle(tmp_path)
    assert bundle.members == ()
    assert "folders deep" in bundle.left_out[0].reason
    for number in range(5):
        write(tmp_path, b"x", f"{number}.txt")
    monkeypatch.setattr(opening, "MAX_MEMBERS", 3)
    with pytest.raises(ExportError, match="more than 3 files"):
        read_export(tmp_path)


def test_reading_leaves_the_export_untouched(tmp_path: Path) -> None:
    path = write(tmp_path, ONE_POST)
    before: Any = path.stat()
    read_export(tmp_path)
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_why_nothing_can_be_read_is_said(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"C:\\user_data_tiktok.json": ONE_POST})
    with pytest.raises(ExportError, match="its name leads outside the archive"):
        read_export(path)
    folder = tmp_path / "devices"
    folder.mkdir()
    os.mkfifo(folder / "user_data.json")
    with pytest.raises(ExportError, match=r"user_data\.json is left out, because it is neither"):
        read_export(folder)


def test_what_cannot_be_read_has_nothing_to_do_with_the_workspace(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UsageProblem, match="loop cannot be read") as caught:
        read_export(loop)
    assert "-w" not in caught.value.next


def test_of_many_small_json_files_a_bounded_number_is_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members: dict[str, Any] = {f"{number:04}.json": {} for number in range(MAX_LOOKS + 50)}
    path = write_zip(tmp_path / "x.zip", {**members, "z/renamed.json": ONE_POST})
    looked: list[str] = []
    head = bundles.Bundle.head

    def counting(self: bundles.Bundle, member: bundles.Member, size: int) -> bytes:
        looked.append(member.name)
        return head(self, member, size)

    monkeypatch.setattr(bundles.Bundle, "head", counting)
    assert read_export(path).file == "z/renamed.json"
    assert len(set(looked)) <= MAX_LOOKS
