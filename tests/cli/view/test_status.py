"""Where posts stand, as a creator reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.next_step import Flags
from crossover.cli.view.status import show_changes_since, show_needs, show_reasons
from crossover.model.notes import State
from crossover.transfer.report.status import status_of
from tests.makers import entry, plan, post


def test_notes_that_changed_alike_since_they_went_out_are_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = status_of(plan(*(post(n) for n in range(1, 5))), {})
    changes = [("text",), ("text",), (), ("title", "files", "order")]
    notes = zip(status.notes, changes, strict=True)
    changed = replace(
        status,
        notes=tuple(replace(one, changed_since=names, title="Sent") for one, names in notes),
    )
    show_changes_since(changed, Flags())
    show_changes_since(status, Flags())  # nothing changed, nothing is said
    many = "its title, its files and the order of its pictures"
    assert capsys.readouterr().err.splitlines() == [
        "  1-2  each stays as it went out; since then its text changed",
        f"    4  stays as it went out; since then {many} changed",
        "       “Sent” → “Words of post 4”",
        "To practise all notes anew, as they are now: `crossover rehearsal reset`, then `crossover upload`",
    ]


def test_what_is_unclear_leads_to_settling_it(capsys: pytest.CaptureFixture[str]) -> None:
    item = post(1)
    row = entry(item.id, 1, State.UNKNOWN)
    show_needs(status_of(plan(item), {(item.id, 1): row}), Flags())
    assert "1 post unclear: 1. Settle what you know: `crossover resolve`" in capsys.readouterr().err


def test_why_a_note_was_not_sent_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    items = post(1), post(2)
    row = entry(items[0].id, 1, State.READY, attempt=0, reason="you skipped it")
    show_reasons(status_of(plan(*items), {(items[0].id, 1): row}))
    assert "    1  not sent yet  You skipped it." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("gone", "gone  You deleted it there."),
        ("refused", "refused by review  You deleted it there."),
    ],
)
def test_what_became_of_a_note_after_it_was_there_is_told(
    capsys: pytest.CaptureFixture[str], review: str, said: str
) -> None:
    item = post(1)
    row = entry(
        item.id, 1, State.POSTED, review=review, review_reason="you deleted it there", note_id="1"
    )
    where = status_of(plan(item), {(item.id, 1): row})
    show_reasons(where)
    assert f"    1  {said} It is not sent again by itself." in capsys.readouterr().err
    assert (where.posted, where.notes[0].review) == (1, review)
    assert (where.notes[0].visibility_now is None) == (review == "gone")
