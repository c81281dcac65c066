"""Several files with one TikTok id: which of them a post gets, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from crossover.library.posts_file import read_library
from crossover.model.posts import Post
from tests.conftest import Run
from tests.library.test_update import export, record, tiktok_id
from tests.media.fitting import film as encode
from tests.media.likeness.made_videos import Frames, film, labelled, talking
from tests.media.likeness.made_videos import encode as write_film

ID = tiktok_id(0)
pytestmark = pytest.mark.usefixtures("at_once")


class Folder:
    """An export of one post, and a folder of files for it."""

    def __init__(self, root: Path, run: Run) -> None:
        self.files = root / "files"
        self.files.mkdir()
        self.root = root
        self._run = run

    def video(self, name: str, frames: Frames, *, sound: bool = True) -> Path:
        encode(self.files / name, frames, sound=sound)
        return self.files / name

    def add(self, *, photos: int = 0, arguments: Sequence[str] = ()) -> tuple[Post, str]:
        """The post after `crossover add`, and the screen."""
        given = export(self.root / "export", record(0, "a", photos=photos))
        workspace = self.root / "w"
        code, screen = self._run("add", given, self.files, *arguments, "-w", workspace)
        assert code == 0, screen
        return read_library(workspace / "posts.json").posts[0], screen

    def plan(self) -> str:
        return self._run("plan", "-w", self.root / "w")[1]

    def preview(self) -> str:
        """The preview of the post, without its frame."""
        screen = self._run("preview", "1", "-w", self.root / "w")[1]
        return " ".join(screen.replace("│", " ").split())


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Folder:
    return Folder(tmp_path, run)


def sources(post: Post) -> list[str]:
    return [file.source for file in post.media]


def view(size: tuple[int, int] = (600, 800)) -> Image.Image:
    return film(9)[0].resize(size)


@pytest.mark.parametrize("names", [("{}.mp4", "{} (1).mp4"), ("one/{}.mp4", "two/{}.mp4")])
def test_the_same_file_twice_counts_once(folder: Folder, names: tuple[str, str]) -> None:
    for name in names:
        path = folder.files / name.format(ID)
        path.parent.mkdir(exist_ok=True)
        encode(path, film(1), sound=True)
    post, screen = folder.add()
    assert sources(post) == [f"{ID}.mp4"]
    assert "the same file as another one" in screen


def test_the_whole_file_goes_before_what_is_cut_short(folder: Folder) -> None:
    whole = folder.video(f"b {ID}.mp4", film(1))
    (folder.files / f"a {ID}.mp4").write_bytes(whole.read_bytes()[:2000])
    post, screen = folder.add()
    assert sources(post) == [f"b {ID}.mp4"]
    assert f"a {ID}.mp4: the video is cut short" in screen


def test_of_two_that_show_the_same_the_one_with_more_pixels_is_taken(folder: Folder) -> None:
    folder.video(f"a {ID}.mp4", [image.resize((72, 120)) for image in film(1)])
    folder.video(f"b {ID}.mp4", film(1))
    post, screen = folder.add()
    assert sources(post) == [f"b {ID}.mp4"]
    assert "the same as another one, which has as many pixels or more" in screen


def test_of_two_that_show_something_else_the_creator_chooses(folder: Folder) -> None:
    folder.video(f"a {ID}.mp4", film(1))
    folder.video(f"b {ID}.mp4", labelled(film(1), "TikTok", (0.1, 0.4), 1 / 8))
    post, screen = folder.add()
    assert (sources(post), post.unclear_files) == ([], (f"a {ID}.mp4", f"b {ID}.mp4"))
    assert "Perhaps a post's own (1), not used until you say so" in screen
    assert "it is one of 2 videos with the TikTok id of the post, which differ" in screen
    assert f"--pair '1=a {ID}.mp4'" in screen
    assert "Not used" not in screen
    planned = folder.plan()
    assert "1 post whose files may be among those you gave: 1. `crossover add --confirm" in planned
    said = f"2 files with its TikTok id are here: a {ID}.mp4, b {ID}.mp4."
    assert said in folder.preview()
    post, screen = folder.add(arguments=("--pair", f"1=a {ID}.mp4"))
    assert sources(post) == [f"a {ID}.mp4"]
    post, screen = folder.add()
    assert sources(post) == [f"a {ID}.mp4"], "and it stays"
    assert f"b {ID}.mp4: you named another file for its post" in screen
    assert f"a {ID}.mp4: you named" not in screen


def test_what_is_none_of_them_is_not_asked_again(folder: Folder) -> None:
    folder.video(f"a {ID}.mp4", film(1))
    folder.video(f"b {ID}.mp4", film(2))
    folder.add()
    post, _ = folder.add(arguments=("--no-pair", "1"))
    assert len(post.not_files) == 2
    _, screen = folder.add()
    assert "Perhaps a post's own" not in screen
    assert "crossover add --confirm" not in folder.plan()


@pytest.mark.parametrize("photos", [0, 2])
def test_the_kind_of_the_post_decides_between_pictures_and_a_video_of_them(
    folder: Folder, photos: int
) -> None:
    for number in (1, 2):
        view().save(folder.files / f"{ID}_{number}.jpg", quality=90 + number)
    folder.video(f"{ID}.mp4", film(1))
    post, screen = folder.add(photos=photos)
    if photos:
        assert sources(post) == [f"{ID}_1.jpg", f"{ID}_2.jpg"]
        assert (
            f"{ID}.mp4: its post has pictures, which are here; TikTok makes such videos of posts"
            in screen
        )
    else:
        assert sources(post) == [f"{ID}.mp4"]


def test_the_same_picture_in_two_formats_is_taken_once(folder: Folder) -> None:
    view((300, 400)).save(folder.files / f"{ID}_1.jpg", quality=90)
    view((600, 800)).save(folder.files / f"{ID}_1.webp", quality=90)
    film(4)[0].resize((600, 800)).save(folder.files / f"{ID}_2.jpg")
    post, _ = folder.add(photos=2)
    assert sources(post) == [f"{ID}_1.webp", f"{ID}_2.jpg"]


def test_two_pictures_of_one_number_are_asked_about(folder: Folder) -> None:
    view().save(folder.files / f"{ID}_1.jpg")
    film(2)[0].resize((600, 800)).save(folder.files / f"{ID}_1.webp")
    film(4)[0].resize((600, 800)).save(folder.files / f"{ID}_2.jpg")
    post, screen = folder.add(photos=2)
    assert sources(post) == []
    assert post.unclear_files == (f"{ID}_1.jpg", f"{ID}_1.webp")
    assert "another picture of its post is unclear" in screen
    assert "of pictures each in its order: `crossover add FOLDER --pair 1=FILE" in screen
    planned = folder.plan()
    assert f"2 files with its TikTok id are here: {ID}_1.jpg, {ID}_1.webp." in planned
    assert "`crossover add FOLDER --pair NOTE=FILE -w" in planned


def test_a_photo_post_of_which_only_a_video_is_here_says_so(folder: Folder) -> None:
    folder.video(f"{ID}.mp4", film(1))
    post, _ = folder.add(photos=2)
    assert (sources(post), post.other_kind_files) == ([], (f"{ID}.mp4",))
    said = f"It is a photo post, and only a video of it is here: {ID}.mp4."
    assert said in folder.plan()
    (folder.files / f"{ID}.mp4").unlink()
    for number in (1, 2):
        film(number)[0].resize((600, 800)).save(folder.files / f"{ID}_{number}.jpg")
    post, _ = folder.add(photos=2)
    assert (len(post.media), post.other_kind_files) == (2, ())


def test_a_video_of_which_only_pictures_are_here_says_so(folder: Folder) -> None:
    view().save(folder.files / f"{ID}_1.jpg")
    folder.add()
    assert f"It is a video, and only pictures of it are here: {ID}_1.jpg." in folder.plan()


def test_sound_goes_before_pixels(folder: Folder) -> None:
    frames = film(1)
    write_film(folder.files / f"a {ID}.mp4", frames)
    heard = talking(1, len(frames) / 10)
    write_film(folder.files / f"b {ID}.mp4", frames, size=(72, 120), sound=heard)
    post, screen = folder.add()
    assert sources(post) == [f"b {ID}.mp4"]
    assert "the same as another one, without its sound" in screen
