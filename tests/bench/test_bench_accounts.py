"""A note costs the disk little, and a pack of long videos is written at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.accounts import COMMITS_GOAL, PACK_SECONDS, pack_seconds, syncs_of_a_note
from tests.programs import program


@pytest.mark.complete
def test_a_note_costs_few_syncs(tmp_path: Path, figure: Callable[[str], None]) -> None:
    program("strace")
    syncs = syncs_of_a_note(tmp_path)
    figure(f"{syncs:.1f} syncs a note, goal {COMMITS_GOAL}")
    assert syncs <= COMMITS_GOAL


@pytest.mark.complete
def test_a_gigabyte_is_linked_into_a_pack(tmp_path: Path, figure: Callable[[str], None]) -> None:
    seconds, shares = pack_seconds(tmp_path)
    figure(f"a pack of 9 with 1 GB: {seconds:.2f} s, goal {PACK_SECONDS}, linked: {shares}")
    assert shares
