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


def name_file(run: Run, tmp_path: Path, file: Path) -> str:
    """Give post 1 the file by a sheet; what the screen said."""
    sheet = tmp_path / "words.csv"
    assert run("sheet", "out", sheet, "--yes")[0] == 0
    head, first, *rest = sheet.read_text("utf-8-sig").splitlines()
    columns = head.split(",")
    cells = first.split(",")
    cells[columns.index("file")] = str(file)
    sheet.write_text("\n".join([head, ",".join(cells), *rest]), "utf-8-sig")
    code, screen = run("sheet", "in", sheet)
    assert code == 0, screen
    return screen


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
    assert run("add", video(tmp_path / f"{IDS[0]}.mp4", "1"))[0] == 0
    name_file(run, tmp_path, video(tmp_path / "other.mp4", "2"))
    assert [path.read_bytes()[12:].decode() for path in own] == list(OWN)


def test_a_replaced_file_goes_where_the_creator_has_it_still(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    name_file(run, tmp_path, video(tmp_path / "one.mp4", "1"))
    screen = name_file(run, tmp_path, video(tmp_path / "two.mp4", "2"))
    (media,) = media_of(place, 1)
    assert media.source == "two.mp4"
    assert in_media(place) == {Path(media.path).name}
    assert "laid aside" not in screen


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
    first = video(tmp_path / "one.mp4", "1")
    name_file(run, tmp_path, first)
    (before,) = media_of(place, 1)
    first.unlink()
    screen = name_file(run, tmp_path, video(tmp_path / "two.mp4", "2"))
    aside = place.media / "unpaired" / Path(before.path).name
    assert aside.read_bytes()[12:] == b"1"
    assert f"laid aside: ~/crossover/tiktok/media/unpaired/{aside.name}" in screen
    assert not (place.root / before.path).exists()


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
    one, two = video(tmp_path / "one.mp4", "1"), video(tmp_path / "two.mp4", "2")
    name_file(run, tmp_path, one)
    name = Path(media_of(place, 1)[0].path).name
    aside = place.media / "unpaired" / name
    for file in (two, one, two):
        name_file(run, tmp_path, file)
    assert {path.name for path in aside.parent.iterdir()} >= {name}
    assert len(list(aside.parent.iterdir())) == 2
    video(aside, "cut by the creator")
    name_file(run, tmp_path, one)
    name_file(run, tmp_path, two)
    assert aside.read_bytes()[12:] == b"cut by the creator"
    assert aside.with_stem(f"{aside.stem}-2").read_bytes()[12:] == b"1"


def test_a_file_changed_in_the_workspace_is_laid_aside_before_the_original_comes_back(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    original = video(tmp_path / f"{IDS[0]}.mp4", "whole")
    run("add", original)
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
    run("add", video(tmp_path / f"{IDS[0]}.mp4", "1"))
    (media,) = media_of(place, 1)
    letter = video(tmp_path / "letter.mp4", "mine")
    saved = place.posts.read_text("utf-8")
    assert media.path in saved
    place.posts.write_text(saved.replace(media.path, "media/../../../letter.mp4"), "utf-8")
    name_file(run, tmp_path, video(tmp_path / "two.mp4", "2"))
    assert letter.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_that_the_creator_put_in_the_place_of_a_file_stays(
    run: Run, place: Workspace, export: Path, tmp_path: Path
) -> None:
    run("add", export)
    run("add", video(tmp_path / f"{IDS[0]}.mp4", "1"))
    (media,) = media_of(place, 1)
    kept = place.root / media.path
    kept.unlink()
    kept.symlink_to(video(tmp_path / "elsewhere.mp4", "1"))
    name_file(run, tmp_path, video(tmp_path / "two.mp4", "2"))
    assert kept.is_symlink()
