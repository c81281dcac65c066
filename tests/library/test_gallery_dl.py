"""Photo posts come to their words and their pictures by what gallery-dl left of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.library.gathering import gather
from crossover.library.posts_file import Library
from crossover.library.update import Added, add
from crossover.model.posts import Kind, Origin
from tests.gallery_dl import SOUND, fields, photo_post
from tests.library.test_update import export, record, tiktok_id

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = ("clay & water 🏺\nthe whole story #pottery", "3 mugs in 2024", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photo posts, of which the last has no words, and an export of them."""
    for place, words in enumerate(WORDS):
        photo_post(tmp_path / "gallery-dl", tiktok_id(place * 60), words, 3)
    export(tmp_path / "export", *(record(n * 60, f"k{n}", photos=3) for n in range(3)))
    return tmp_path


def added(*paths: Path) -> Added:
    return add(Library(), gather(paths, NOW))


def test_a_photo_post_gets_its_words_and_pictures_in_order(folder: Path) -> None:
    result = added(folder / "export", folder / "gallery-dl")
    assert [post.text for post in result.library.posts] == [*WORDS[:2], None]
    for post in result.library.posts:
        placed = result.files[post.id]
        assert placed.how is Origin.TIKTOK_ID_IN_NAME
        starts = [path.name.split(" ")[0] for path in placed.paths]
        assert starts == [f"{post.tiktok_id}_{n:02}" for n in (1, 2, 3)]
    assert (result.got_words, result.got_files) == (2, 3)


def test_music_is_left_aside_by_its_name_and_nothing_else_is(folder: Path) -> None:
    leftovers = added(folder / "export", folder / "gallery-dl").leftovers
    assert {Path(one.what).suffix for one in leftovers} == {".mp3"}
    assert {one.reason for one in leftovers} == {
        "it is sound alone; a note is made of a video or pictures"
    }


def test_a_folder_of_gallery_dl_alone_is_no_export(folder: Path) -> None:
    found = gather([folder / "gallery-dl"], NOW)
    assert found.exports == ()
    assert len(found.words) == 3  # one of each post, though it has a file beside every picture


@pytest.mark.parametrize("lines", [False, True])
def test_what_it_prints_is_read_and_its_own_failures_are_told(folder: Path, lines: bool) -> None:
    rows: list[list[object]] = []
    for place, words in enumerate(WORDS):
        known = fields(tiktok_id(place * 60), words)
        rows += [[2, known], [3, "https://p16.example/a~b.jpeg", known], [3, "https://p16.example/c", known]]  # fmt: skip
    rows.append([-1, {"error": "HttpError", "message": "'403 Forbidden' for 'https://…'"}])
    dump = folder / "dump.json"
    text = "\n".join(map(json.dumps, rows)) if lines else json.dumps(rows, indent=2)
    dump.write_text(text, "utf-8")
    result = added(folder / "export", dump)
    assert [post.text for post in result.library.posts] == [*WORDS[:2], None]
    assert [one.reason for one in result.leftovers] == ["gallery-dl itself could not read it"]


def test_a_photo_post_of_another_account_is_refused_by_name(tmp_path: Path) -> None:
    photo_post(tmp_path / "g", tiktok_id(0), "theirs", 1, user="nick", author={"uniqueId": "nick"})
    result = added(export(tmp_path / "e", record(0, "k", photos=1)), tmp_path / "g")
    assert result.library.posts[0].text is None
    assert "it is of @nick, not of @mara" in {one.reason for one in result.leftovers}


def test_a_video_beside_its_sidecar_is_a_video(tmp_path: Path) -> None:
    one = tiktok_id(0)
    gallery = tmp_path / "g"
    gallery.mkdir()
    name = f"{one} turning [v12044gd0000].mp4"
    (gallery / name).write_bytes(b"\0\0\0\x14ftypisom")
    (gallery / f"{one} turning.jpeg").write_bytes(b"\xff\xd8\xff\xe0")  # its cover
    video = fields(one, "turning a bowl", post_type="video", type="video", num=0)
    (gallery / f"{name}.json").write_text(json.dumps(video), "utf-8")
    result = added(export(tmp_path / "e", record(0, "k", Link="N/A")), gallery)
    (post,) = result.library.posts
    assert (post.kind, post.text) == (Kind.VIDEO, "turning a bowl")
    assert [path.name for path in result.files[post.id].paths] == [name]
    assert [one.reason for one in result.leftovers] == ["perhaps the thumbnail of the video"]


def test_the_sound_of_a_post_never_counts_as_a_post(folder: Path) -> None:
    found = gather([folder / "gallery-dl"], NOW)
    assert SOUND not in {words.tiktok_id for words in found.words}
    assert {own.tiktok_id for own in found.media.files} == {tiktok_id(n * 60) for n in range(3)}
