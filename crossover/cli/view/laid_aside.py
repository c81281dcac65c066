"""Files of posts that no post has any more, where there may be no other copy of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crossover.cli.log import log
from crossover.cli.view.screen import count, home_short, say


def show_laid_aside(places: Sequence[Path]) -> None:
    """Say how many files were laid aside, and where; the log has them all."""
    for place in places:
        log.info("laid aside: %s", place)
    if len(places) == 1:
        say(f"A file that no post has any more was laid aside: {home_short(places[0])}")
    elif places:
        what = count(len(places), "file")
        say(f"{what} that no post has any more were laid aside: {home_short(places[0].parent)}")
