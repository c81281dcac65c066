"""Hashtags that are plain text on the account, as a creator reads of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.next_step import Flags
from crossover.cli.view.topics import (
    count_plain_topics,
    plain_topics_text,
    show_plain_topics,
    why_plain,
)
from crossover.model.account import SiteName
from crossover.model.carried import Carried
from crossover.model.notes import State
from crossover.transfer.report.status import Status, status_of
from tests.makers import entry, plan, post


def sent(*names: tuple[str, ...]) -> Status:
    """Notes that went out with these topics as plain text."""
    made = plan(*(post(n) for n, _ in enumerate(names, 1)))
    rows = {
        note.key: entry(*note.key, State.POSTED, carried=Carried("", None, (), plain))
        for note, plain in zip(made.notes, names, strict=True)
    }
    return status_of(made, rows)


def test_a_note_names_its_own() -> None:
    assert plain_topics_text(["a"]) == "1 hashtag is plain text there: #a"
    assert plain_topics_text(["a", "b\n"]) == "2 hashtags are plain text there: #a, #b"


def test_all_are_counted_and_named_with_their_notes_the_most_frequent_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = sent(("bench",), ("glaze", "kiln"), (), ("glaze",))
    why = why_plain(SiteName.REHEARSAL)
    count_plain_topics(status, Flags())
    show_plain_topics(status)
    assert capsys.readouterr().err.splitlines() == [
        f"4 hashtags are plain text in 3 notes (crossover status). {why}",
        f"4 hashtags are plain text in 3 notes. {why}",
        "  #glaze (2, 4), #bench (1), #kiln (2)",
    ]


def test_on_a_real_account_it_is_rednote_that_has_no_such_topic(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_plain_topics(replace(sent(("bench",)), site=SiteName.REDNOTE))
    told = capsys.readouterr().err.splitlines()[0]
    assert told.endswith("RedNote knows no topics of these names.")


def test_very_many_do_not_fill_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    show_plain_topics(sent(*((f"tag{n}",) for n in range(45))))
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith("#tag11 (12), and 33 more, which the preview names")


def test_nothing_is_said_where_all_are_topics(capsys: pytest.CaptureFixture[str]) -> None:
    status = sent((), ())
    count_plain_topics(status, Flags())
    show_plain_topics(status)
    assert capsys.readouterr().err == ""
