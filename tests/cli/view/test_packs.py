"""What a creator reads of packs that are not as they were left."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.cli.view.next_step import Flags
from crossover.cli.view.packs import show_packed_before, show_tidied
from crossover.transfer.hand_over import TidiedPacks
from crossover.transfer.resolve.packed_before import PackedBefore
from tests.makers import plan, post


def test_of_a_pack_that_was_damaged_the_notes_are_named_with_the_way_to_get_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_tidied(TidiedPacks((Path("kit/a"),), ("2", "3")), Flags())
    shown, damaged = capsys.readouterr().err.splitlines()
    assert shown == "A pack of an earlier run that was stopped is there now: kit/a"
    assert damaged.endswith(
        "with 2 notes: 2-3. To get them anew: `crossover resolve --not-posted 2 --not-posted 3`."
    )


def test_old_packs_are_warned_of_by_where_they_lie(capsys: pytest.CaptureFixture[str]) -> None:
    one, two, three = plan(post(1), post(2), post(3)).notes
    here = [PackedBefore(note, "2026-11-30-1200", is_out=True) for note in (one, two)]
    show_packed_before([*here, PackedBefore(three, "2026-12-01-1200", is_out=False)])
    marked, left = capsys.readouterr().err.splitlines()
    assert marked.startswith("Pack 2026-11-30-1200 says now that 1-2 ")
    assert left.startswith("Do not post 3 from pack 2026-12-01-1200 any more.")
