"""Where posts stand, as a creator reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.next_step import Flags
from crossover.cli.view.status import show_changes_since, show_needs
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


@pytest.mark.parametrize("attempt", [0, 1])
def test_leaving_out_is_offered_for_what_was_never_sent_from_here(
    capsys: pytest.CaptureFixture[str], attempt: int
) -> None:
    item = post(1)
    row = entry(item.id, 1, State.UNKNOWN, attempt=attempt)
    show_needs(status_of(plan(item), {(item.id, 1): row}), Flags())
    assert ("`action: skip`" in capsys.readouterr().err) == (attempt == 0)
