"""What is shown while files are fetched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.cli.view.downloads import download_screen, show_all_saved, show_dead_links
from crossover.library.downloads import ToFetch
from crossover.library.link_survey import Line
from crossover.library.posts_file import Library
from crossover.media.containers.probe import MP4
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.model.posts import Kind, Media, MediaKind, Unreadable
from tests.makers import link, post

LINK = Line("p1", 1, 1, Wanted("a", "https://x.example/a", "a", frozenset({MP4})))


def test_each_file_is_told_with_how_many_of_how_many_have_ended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with download_screen() as screen:
        screen.begin(ToFetch(files=2, bytes=None, free=9_000_000_000))
        screen.ended(LINK, Result(LinkState.LATER, "no connection to x.example"))
    said = " ".join(capsys.readouterr().err.split())
    assert said.endswith("1 video not yet: no connection to x.example [1 of 2 files]")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LinkState.EXPIRED, "The links in this export are dead."),
        (LinkState.NOT_ALLOWED, "There is nothing to fetch."),
    ],
)
def test_links_are_called_dead_only_where_they_are(
    capsys: pytest.CaptureFixture[str], state: LinkState, said: str
) -> None:
    library = Library(posts=(post(1, media=()),))
    show_dead_links(library, [replace(LINK, known=Result(state))])
    assert said in capsys.readouterr().err


ALIVE = replace(link(), expires=datetime(2999, 1, 1, tzinfo=UTC))
FILE = Media("v.mp4", MediaKind.VIDEO, "a" * 64, 5, 0, "v.mp4")
SAVED = post(1, media=(FILE,), links=(ALIVE,))


@pytest.mark.parametrize(
    ("library", "said"),
    [
        (Library(posts=(SAVED, SAVED)), "All 2 posts have their files; the links may die now."),
        (Library(posts=(SAVED,)), "The post has its files; the links may die now."),
        (
            Library(posts=(replace(SAVED, links=(link(),)),) * 2),  # dead long since
            "All 2 posts have their files.",
        ),
        (
            Library(posts=(SAVED, SAVED), unreadable=(Unreadable(3, "no date"),)),
            "All 2 posts that can be read have their files; the links may die now.",
        ),
        (Library(posts=(SAVED, replace(SAVED, media=()))), ""),
        (Library(posts=(replace(SAVED, media=(replace(FILE, path="gone.mp4"),)),)), ""),
        (Library(posts=(replace(SAVED, kind=Kind.PHOTOS, links=(ALIVE, ALIVE)),)), ""),
        (Library(), ""),
    ],
)
def test_that_all_posts_have_their_files_is_said_where_it_is_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, library: Library, said: str
) -> None:
    (tmp_path / "v.mp4").write_bytes(b"video")
    show_all_saved(library, tmp_path)
    assert capsys.readouterr().err.strip() == said
