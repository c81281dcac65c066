"""What leaves the folder of media: only files that crossover put there, and never the only copy."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crossover.library.posts_file import read_library
from crossover.model.posts import Media
from crossover.workspace import Workspace
from tests.conftest import Run

DATES = ("2025-05-02 09:10:55", "2025-05-02 09:49:43")
IDS = ("7499773344250593281", "7499783342934458369")
"""TikTok ids of these seconds."""


def video(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0\0\0\x14ftypisom" + content.encode())
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Two posts, without links."""
    records = [{"Date": date, "Link": "", "Title": f"Post of {date}"} for date in DATES]
    path = tmp_path / "user_data_tiktok.json"
    path.write_text(json.dumps({"Post": {"Posts": {"VideoList": records}}}), "utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "crossover" / "tiktok")


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that cannot link."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)


def media_of(place: Workspace, number: int) -> tuple[Media, ...]:
    return read_library(place.posts).posts[number - 1].media


def in_media(place: Workspace) -> set[str]:
    return {path.name for path in place.media.rglob("*") if path.is_file()}


def give(run: Run, tmp_path: Path, content: str) -> Path:
    """Give post 1 a file of this content, by its name; returns the creator's own."""
    file = video(tmp_path / content / f"{IDS[0]}.mp4", content)
    assert run("add", file)[0] == 0
    return file


OWN = (
    "2025-06-beach.mp4",
    "0001-01-0123456789ab.mp4",
    "0001-02-holiday.jpg",
    "20250601-123456-x.mov",
)


def test_files_that_the_creator_put_into_the_folder_stay_whatever_they_are_called(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    own = [video(place.media / name, name) for name in OWN]
    assert run("add", export)[0] == 0
    give(run, tmp_path, "one")
    give(run, tmp_path, "two")
    assert [path.read_bytes()[12:].decode() for path in own] == list(OWN)


def test_a_replaced_file_goes_where_the_creator_has_it_still(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    give(run, tmp_path, "one")
    give(run, tmp_path, "two")
    (media,) = media_of(place, 1)
    assert in_media(place) == {Path(media.path).name}


@pytest.mark.parametrize("way", ["copied", "original gone"])
def test_a_replaced_file_that_may_be_the_only_copy_is_laid_aside_and_the_screen_says_where(
    run: Run,
    place: Workspace,
    export: Path,
    tmp_path: Path,
    way: str,
    request: pytest.FixtureRequest,
) -> None:
    if way == "copied":
        request.getfixturevalue("copies")
    run("add", export)
    original = give(run, tmp_path, "one")
    (before,) = media_of(place, 1)
    original.unlink()
    code, screen = run("add", video(original, "two"))
    aside = place.media / "unpaired" / Path(before.path).name
    assert code == 0
    assert aside.read_bytes()[12:] == b"one"
    assert f"laid aside: ~/crossover/tiktok/media/unpaired/{aside.name}" in screen
    assert not (place.root / before.path).exists()


def test_so_it_is_where_a_sheet_names_another(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    give(run, tmp_path, "one").unlink()
    sheet = tmp_path / "words.csv"
    assert run("sheet", "out", sheet)[0] == 0
    head, first, *rest = sheet.read_text("utf-8-sig").splitlines()
    cells = first.split(",")
    cells[head.split(",").index("file")] = str(video(tmp_path / "two.mp4", "two"))
    sheet.write_text("\n".join([head, ",".join(cells), *rest]), "utf-8-sig")
    code, screen = run("sheet", "in", sheet)
    assert code == 0
    (aside,) = (place.media / "unpaired").iterdir()
    assert aside.read_bytes()[12:] == b"one"
    assert f"laid aside: ~/crossover/tiktok/media/unpaired/{aside.name}" in screen


@pytest.mark.usefixtures("copies")
def test_several_are_counted_on_the_screen(run: Run, export: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for name in IDS:
        video(old / f"{name}.mp4", f"old {name}")
        video(new / f"{name}.mp4", f"new {name}")
    assert run("add", export, old)[0] == 0
    code, screen = run("add", new)
    assert code == 0
    assert "2 files that no post has any more were laid aside: ~/crossover/tiktok/media" in screen


@pytest.mark.usefixtures("copies")
def test_what_was_laid_aside_once_is_neither_doubled_nor_written_over(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    give(run, tmp_path, "one")
    aside = place.media / "unpaired" / Path(media_of(place, 1)[0].path).name
    for content in ("two", "one", "two"):
        give(run, tmp_path, content)
    assert len(list(aside.parent.iterdir())) == 2
    video(aside, "cut by the creator")
    give(run, tmp_path, "one")
    give(run, tmp_path, "two")
    assert aside.read_bytes()[12:] == b"cut by the creator"
    assert aside.with_stem(f"{aside.stem}-2").read_bytes()[12:] == b"one"


def test_a_file_changed_in_the_workspace_is_laid_aside_before_the_original_comes_back(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    original = give(run, tmp_path, "whole")
    (media,) = media_of(place, 1)
    kept = place.root / media.path
    kept.unlink()
    video(kept, "trimmed")
    code, screen = run("add", original)
    assert code == 0
    assert kept.read_bytes()[12:] == b"whole"
    assert (place.media / "unpaired" / kept.name).read_bytes()[12:] == b"trimmed"
    assert "laid aside" in screen


def test_a_name_that_posts_json_was_made_to_say_leads_to_no_other_file(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    give(run, tmp_path, "one")
    (media,) = media_of(place, 1)
    letter = video(tmp_path / "letter.mp4", "mine")
    saved = place.posts.read_text("utf-8")
    assert media.path in saved
    place.posts.write_text(saved.replace(media.path, "media/../../../letter.mp4"), "utf-8")
    give(run, tmp_path, "two")
    assert letter.exists()


@pytest.mark.skipif(os.name == "nt", reason="on Windows a link needs a right that a test may lack")
def test_a_link_that_the_creator_put_in_the_place_of_a_file_stays(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    give(run, tmp_path, "one")
    (media,) = media_of(place, 1)
    kept = place.root / media.path
    kept.unlink()
    kept.symlink_to(video(tmp_path / "elsewhere.mp4", "one"))
    give(run, tmp_path, "two")
    assert kept.is_symlink()
