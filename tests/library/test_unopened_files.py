"""Archives, unfinished downloads and what macOS and Windows leave: told for what they are, with the
way out, and never in the way of what can be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.errors import ExportError
from crossover.library.gathering import gather
from crossover.library.posts_file import Library
from crossover.library.update import add
from crossover.media.files.file_names import LEFT_BEHIND
from tests.exports.makers import document, record, write, write_zip

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIKTOK_ID = str((1735689600 << 32) + 1)


def leftovers(path: Path) -> list[tuple[str, str]]:
    return [(one.what, one.reason) for one in add(Library(), gather([path], NOW)).leftovers]


def refused(*paths: Path) -> ExportError:
    with pytest.raises(ExportError) as caught:
        gather(paths, NOW)
    return caught.value


def export_in(folder: Path) -> Path:
    return write(folder, document(record("2025-01-01 00:00:00"))).parent


def cloud_zip(path: Path) -> Path:
    names = (f"v/{TIKTOK_ID}.mp4", f"v/{TIKTOK_ID}.info.json", f"v/._{TIKTOK_ID}.mp4")
    return write_zip(path, dict.fromkeys(names, b"\0\0\0\x18ftypisom"))


def test_what_gallery_dl_wrote_beside_pictures_counts_as_captions(tmp_path: Path) -> None:
    names = (f"g/{TIKTOK_ID}_01 mugs [0a].jpeg", f"g/{TIKTOK_ID}_01 mugs [0a].jpeg.json")
    zipped = write_zip(tmp_path / "g.zip", dict.fromkeys(names, b"x"))
    assert "holds 1 picture and 1 caption file" in refused(zipped).message


def test_a_zip_of_videos_says_what_it_holds_and_the_way_out(tmp_path: Path) -> None:
    error = refused(cloud_zip(tmp_path / "videos-001.zip"))
    assert "holds 1 video and 1 caption file" in error.message
    assert "Unpack it, then add the folder" in error.next


def test_a_folder_of_such_zips_is_one_line(tmp_path: Path) -> None:
    for place in range(40):
        cloud_zip(tmp_path / f"videos-{place:03}.zip")
    line, then = refused(tmp_path).more
    assert "40 ZIP files: they hold 40 videos and 40 caption files: unpack them" in line
    assert "crossover add FOLDER" in then


def test_beside_an_export_they_are_named_and_the_posts_are_taken(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    cloud_zip(folder / "videos-001.zip")
    assert gather([folder], NOW).exports[0].found == 1
    assert leftovers(folder) == [
        (
            "videos-001.zip",
            "it holds 1 video and 1 caption file: unpack it, then add the folder",
        )
    ]


def test_several_of_them_are_one_line_and_count_as_several(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    for place in range(3):
        cloud_zip(folder / f"videos-{place:03}.zip")
    (folder / "a.rar").write_bytes(b"Rar!")
    items = add(Library(), gather([folder], NOW)).leftovers
    assert [(one.what, one.number) for one in items] == [("3 ZIP files", 3), ("a.rar", 1)]


def test_a_cut_zip_in_a_folder_is_told(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    whole = cloud_zip(tmp_path / "videos-001.zip").read_bytes()
    (folder / "videos-001.zip").write_bytes(whole[:-30])
    ((_, reason),) = leftovers(folder)
    assert "no whole ZIP file" in reason


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.rar", "a RAR archive"),
        ("a.7z", "a 7-Zip archive"),
        ("a.tar.gz", "a TAR or GZIP archive"),
        ("A.TGZ", "a TAR or GZIP archive"),
        ("a.dmg", "a disk image of a Mac"),
        ("a.zip.001", "one part of a split archive"),
        ("a.zip.crdownload", "download is not finished"),
        (f"{TIKTOK_ID}.mp4.part", "download is not finished"),
        ("a.mp4.part-Frag12", "download is not finished"),
        ("a.zip.download", "download is not finished"),
    ],
)
def test_other_files_are_named_for_what_they_are(tmp_path: Path, name: str, said: str) -> None:
    folder = export_in(tmp_path / "e")
    (folder / name).write_bytes(b"PK\x03\x04 something")
    ((what, reason),) = leftovers(folder)
    assert (what, said in reason) == (name, True)
    assert said in refused(folder / name).message


def test_what_a_download_left_behind_beside_the_whole_file_needs_nothing(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    (folder / f"T [{TIKTOK_ID}].mp4").write_bytes(b"\0\0\0\x18ftypisom")
    for left in (".mp4.part", ".mp4.ytdl", ".fbytevc1_540p_1-0.mp4.part"):
        (folder / f"T [{TIKTOK_ID}]{left}").write_bytes(b"some")
    assert {reason for _, reason in leftovers(folder)} == {LEFT_BEHIND}


def test_a_folder_that_safari_fills_is_one_unfinished_download(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    inner = folder / f"{TIKTOK_ID}.mp4.download" / f"{TIKTOK_ID}.mp4"
    inner.parent.mkdir()
    inner.write_bytes(b"\0\0\0\x18ftypisom")
    assert [what for what, _ in leftovers(folder)] == [inner.parent.name]
    assert "not finished" in refused(inner.parent).message


def test_what_macos_and_windows_leave_is_counted_and_never_listed(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    names = [f"._{TIKTOK_ID}_{place}.mp4" for place in range(30)]
    names += [f"._{TIKTOK_ID}.avi", f"._{TIKTOK_ID}.info.json", "._a.zip"]
    for name in (*names, ".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / name).write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X" + bytes(50))
    assert leftovers(folder) == []
    found = gather([folder], NOW)
    assert found.system_files == len(names) + 3
    assert not add(Library(), found).library.posts[0].unmoved


def test_named_beside_other_files_they_do_not_stand_in_the_way(tmp_path: Path) -> None:
    export = export_in(tmp_path / "e") / "user_data_tiktok.json"
    for name in ("Thumbs.db", "a.rar"):
        (tmp_path / name).write_bytes(bytes(50))
    found = gather([tmp_path / "Thumbs.db", tmp_path / "a.rar", export], NOW)
    assert (len(found.exports), found.system_files, len(found.unopened)) == (1, 1, 1)
    assert "keeps for itself" in refused(tmp_path / "Thumbs.db").message


def test_a_hidden_video_is_told_for_its_name(tmp_path: Path) -> None:
    folder = export_in(tmp_path / "e")
    (folder / f".{TIKTOK_ID}.mp4").write_bytes(b"\0\0\0\x18ftypisom")
    ((_, reason),) = leftovers(folder)
    assert "begins with a dot" in reason
