"""What is shown while files are fetched."""

from __future__ import annotations

import pytest

from crossover.cli.view.downloads import download_screen
from crossover.library.downloads import ToFetch
from crossover.library.link_survey import Line
from crossover.media.download.outcomes import LinkState, Result, Wanted
from crossover.media.probe import MP4


def test_each_file_is_told_with_how_many_of_how_many_have_ended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = Line("p1", 1, 1, Wanted("a", "https://x.example/a", "a", frozenset({MP4})))
    with download_screen() as screen:
        screen.begin(ToFetch(files=2, bytes=None, free=9_000_000_000))
        screen.ended(line, Result(LinkState.LATER))
    assert capsys.readouterr().err.splitlines()[-1].endswith("not yet  [1 of 2 files]")
