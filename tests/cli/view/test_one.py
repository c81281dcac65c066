"""One of a thing is said as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.captions.ytdlp import ListedPage
from crossover.cli.view.captions import show_offer, show_page
from crossover.cli.view.export import rows
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import say
from crossover.cli.view.sheet import show_sent
from crossover.cli.view.without_text import show_without_text
from crossover.exports.summary import summarise
from crossover.library.add import AddResult
from crossover.library.gathering import Gathered
from crossover.library.page_captions import PageResult
from crossover.library.posts_file import Library
from crossover.library.update import add
from crossover.model.posts import Kind
from crossover.transfer.without_text import TextMissing
from tests.exports.makers import document, read, record
from tests.makers import link, notes_of, post

NOW = datetime(2025, 3, 1, tzinfo=UTC)


def captioned(folder: Path) -> None:
    library = Library(posts=(post(),))
    found = Gathered()
    page = ListedPage((), (), None, "1")
    show_page(PageResult(page, AddResult(found, add(library, found), library), {}), Flags())


def inspected(folder: Path) -> None:
    export = read(folder, document(record(WhoCanView="Only You")))
    for row in rows(summarise(export, NOW), folder, NOW):
        say(*row)


def lacks_pictures(folder: Path) -> None:
    (note,) = notes_of(post(kind=Kind.PHOTOS, pictures=1, links=(link(), link())))
    say(note.reason)


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (captioned, "1 of 1 post has a caption."),
        (inspected, "ONLY YOU can see it on TikTok 1 post: held"),
        (lacks_pictures, "1 of its 2 pictures is here."),
        (lambda _: show_sent(["1"]), "Sent already, and left there as it is: 1."),
        (lambda _: show_offer(1), "1 post has no caption:"),
        (
            lambda _: show_without_text(TextMissing(notes_of(post()), on_page=True), Flags()),
            "1 note goes out with a title and no text: 1.",
        ),
    ],
)
def test_one_of_a_thing_is_said_as_one(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    show: Callable[[Path], object],
    said: str,
) -> None:
    show(tmp_path)
    assert said in " ".join(capsys.readouterr().err.split())
