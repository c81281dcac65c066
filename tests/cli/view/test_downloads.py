"""What is shown while files are fetched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.downloads import download_screen, show_dead_links
from crossover.library.downloads import ToFetch
from crossover.library.link_survey import Line
from crossover.library.posts_file import Library
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.probe import MP4
from tests.makers import post

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
